"""A study from empty to finished: at every state each claim of its texts is held against what people have done.

The texts are those that the steps write, composed as the report and its supplement are; nothing is rendered.
"""

import json
import os
import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

import in_process
import pandas as pd
import pytest
from coproduction.core import study_files
from coproduction.core.vocabulary import TECHNIQUES
from coproduction.report import source

from .conftest import DEMO, copied, shared_folder

pytestmark = pytest.mark.slow

# What people put into the study at each state, beside what is there.
STATES = {
    "nothing": [],
    "statements and a panel": ["delphi/statements.csv", "delphi/panel.csv"],
    "a round that is open": ["delphi/rounds.csv:0"],
    "a first round": ["delphi/rounds.csv:1", "delphi/round1.csv"],
    "a second round": ["delphi/rounds.csv:2", "delphi/round2.csv"],
    "transcripts": ["interviews/transcripts", "interviews/participants.csv", "interviews/identities.csv"],
    "coded transcripts": ["interviews/coded"],
    "a data structure": ["interviews/gioia.csv"],
    "searches": ["searches"],
    "decisions on titles": ["screening/criteria.csv", "screening/title_abstract.csv"],
    "decisions on full texts": ["screening/retrieval.csv", "screening/full_text.csv"],
}
FINISHED = "everything"  # as a run leaves it
# Numbers of draws do not matter here.
FEW = [
    "topics={n_topics: 7, compared_numbers: [7], compared_draws: 2}",
    "ecosystem={bootstrap_draws: 100, structure_draws: 50}",
    "delphi={bootstrap: 100}",
    "screening={simulation_starts: 1}",
]
TEXTS = [f"results/{name}/report/{kind}.md" for name in [*TECHNIQUES, "status"] for kind in ("methods", "results")]
TEXTS += ["results/report/checklists.csv", "results/report/report/summary.md", "results/house/report/methods.md"]
TEXTS += ["results/ecosystem/report/trace.md", "results/literature/report/merges.md", "results/status/report/design.md"]

# By what must have been done: the words that claim it. Methods tell a plan as one, see TENSES.
CLAIMS = {
    "delphi/round1.csv": r"responded in round|\d+ reached consensus|panellists? (?:has|have) responded|Kendall’s W over",
    "delphi/round2.csv": r"Retention from the first|[Bb]etween the last two closed rounds",
    "interviews/transcripts": r"gave a usable interview|turns and [\d,]+ words",
    "interviews/coded": r"coders? submitted|were coded by at least|coded interviews? yielded",
    "interviews/gioia.csv": r"The data structure groups|based on \d+ quotes",
    "desk/documents": r"could be read|mentioned, in [\d,]+ passages?",
    "desk/indicators.csv": r"indicators? from public sources|[\d,]+ draws of all",
    "qca/sets.csv": r"cases are assigned to a configuration|configurations, \d+ are observed",
    "searches": r"sources? yielded \d+ entr|duplicates were removed|unique records",
    "screening/title_abstract.csv": r"have been screened on title|reviewers agreed on \d+ %",
    "screening/full_text.csv": r"reports? assessed for eligibility, \d+|On full text, reviewers agreed",
    "ecosystem/influences.csv": r"experts judged \d+ pairs|reaches \d+ of \d+ other conditions",
}
# By what must have been done: the technique, and how its methods tell of it, as done and as a plan.
TENSES = {
    "desk/documents": ("desk", r"Documents were read", r"Documents will be read"),
    "desk/indicators.csv": ("desk", r"Ranks were recomputed", r"Ranks will be recomputed"),
    "screening/title_abstract.csv": (
        "screening",
        r"abstracts (?:were|are being) screened",
        r"abstracts will be screened",
    ),
    "screening/full_text.csv": (
        "screening",
        r"(?:were|are being) screened by [^.]* per record and full texts by",
        r"full texts will be screened|will be screened by [^.]* per record and full texts by",
    ),
    "interviews/transcripts": ("interviews", r"consented were read", r"consented will be read"),
    "interviews/coded": ("interviews", r"segment was located", r"segment will be located"),
    "delphi/round1.csv": ("delphi", r"Panellists rated each", r"Panellists (?:will )?rate each"),
}
# By technique: the answers of checklists that need what people do, and what that is.
ANSWERED = {
    "delphi/panel.csv": {"DELPHISTAR": "11", "ACCORD": "M3 M4 M18"},
    "delphi/round1.csv": {"DELPHISTAR": "21 28 30 31 33 34 37 38", "ACCORD": "M11 M15 R1 R3 R4 D1 D2"},
    "delphi/round2.csv": {"DELPHISTAR": "24 25 26 27", "ACCORD": "M13 M17"},
    "searches": {"ACCORD": "M7"},
}


@dataclass(frozen=True)
class Told:
    """What a study says at a state: the texts by document and of each technique, checklists, and how far it is."""

    there: Callable[[str], bool]
    documents: dict[str, str]  # the words as they are read, without links
    methods: dict[str, str]
    checklists: pd.DataFrame
    states: dict[str, dict[str, str]]
    status: pd.DataFrame


@pytest.fixture(scope="module")
def told(root, finished, tmp_path_factory):
    """Each state in turn; the steps run once, whatever tests look at them."""
    place = copied(root, tmp_path_factory.mktemp("states") / "checkout", shared_folder(tmp_path_factory)).path
    steps = in_process.Steps(in_process.plan(place, TEXTS, "--config", *FEW), str(DEMO))
    shutil.rmtree(place / DEMO)
    (place / DEMO).mkdir()
    before, found = Path.cwd(), {}
    os.chdir(place)
    try:
        for state, names in STATES.items():
            for name in names:
                put(root / DEMO, DEMO, *name.split(":"))
            steps.run()
            found[state] = read(root, DEMO)
        os.chdir(finished.path)
        found[FINISHED] = read(root, DEMO, place / "build")
    finally:
        os.chdir(before)
    return found


def put(study: Path, to: Path, name: str, closed: str = "") -> None:
    """Put a file or folder of the bundled study into another; of the rounds so many closed ones, and one open."""
    given, target = study / name, to / name
    target.parent.mkdir(parents=True, exist_ok=True)
    if closed:
        rounds = pd.read_csv(given, dtype=str, keep_default_na=False).head(int(closed) + 1)
        rounds.loc[int(closed), ["closed", "status"]] = ["", "open"]
        rounds.to_csv(target, index=False)
    elif given.is_dir():
        shutil.copytree(given, target)
    else:
        shutil.copyfile(given, target)


def read(root: Path, study: Path, build: Path = Path("build")) -> Told:
    results = Path("results")
    there = {path.relative_to(study).as_posix() for path in study.rglob("*")}
    fragments = source.names_of([str(path) for path in sorted(results.glob("*/report/*.md"))])
    prose = study_files.report_sources(study_files.report_folders(Path("none"), root / "report", "en"))
    source.stage(prose, fragments, {}, Path("config/references.bib"), {"title": "A study"}, build)
    states = json.loads((results / "report" / "states.json").read_text(encoding="utf-8"))
    documents, _ = source.compose(build, "A study", states, 1, 8)
    return Told(
        there.__contains__,
        {name: plain(document.text) for name, document in documents.items()},
        {name: (build / "fragments" / name / "methods.md").read_text(encoding="utf-8") for name in states},
        pd.read_csv(results / "report" / "checklists.csv", dtype=str, keep_default_na=False),
        states,
        pd.read_csv(results / "status" / "status.csv", keep_default_na=False),
    )


def plain(text: str) -> str:
    """The words as they are read: without links, in one line a paragraph."""
    return unquote(re.sub(r"\[([^]]*)\]\([^)]*\)(?:\{[^}]*\})?", r"\1", text))


@pytest.mark.parametrize("state", [*STATES, FINISHED])
def test_no_text_claims_what_nobody_has_done(told, state):
    now = told[state]
    for needed, claim in CLAIMS.items():
        for name, text in now.documents.items():
            hit = re.search(claim, text)
            assert hit is None or now.there(needed), f"{name} says '{hit[0]}', but there is no {needed}"


def test_each_claim_is_made_when_it_is_true(told):
    """Else the words have changed, and the test above looks for nothing."""
    text = "\n".join(told[FINISHED].documents.values())
    assert [needed for needed, claim in CLAIMS.items() if not re.search(claim, text)] == []


@pytest.mark.parametrize("state", [*STATES, FINISHED])
def test_no_item_of_a_checklist_is_answered_without_people_s_work(told, state):
    items = told[state].checklists.set_index(["guideline", "item"])
    for needed, by_guideline in ANSWERED.items():
        for guideline, numbers in by_guideline.items():
            for number in numbers.split():
                answer = items.loc[(guideline, number), "answer"]
                assert not answer or told[state].there(needed), f"{guideline} {number}: {answer}"
    if state == "nothing":
        filled = items[items["state"] == "filled"]
        assert filled.empty, filled["answer"].to_dict()


def test_each_item_of_a_checklist_is_answered_in_the_end(told):
    items = told[FINISHED].checklists.set_index(["guideline", "item"])
    wanted = [(g, n) for kinds in ANSWERED.values() for g, numbers in kinds.items() for n in numbers.split()]
    assert [item for item in wanted if not items.loc[item, "answer"]] == []


@pytest.mark.parametrize("state", [*STATES, FINISHED])
def test_methods_tell_in_the_past_only_what_was_done(told, state):
    now = told[state]
    for needed, (name, done, planned) in TENSES.items():
        said, text = now.states[name], plain(now.methods[name])
        if said["state"] == "not begun":
            assert text.strip() == source.NOT_BEGUN
        else:
            told_as = [bool(re.search(words, text)) for words in (done, planned)]
            assert told_as == [now.there(needed), not now.there(needed)], (needed, text[:300])


@pytest.mark.parametrize("state", [*STATES, FINISHED])
def test_the_front_page_says_how_far_the_study_is(told, state):
    now = told[state]
    text = now.documents[source.MAIN]
    done, steps = int((now.status["state"] == "done").sum()), len(now.status)
    if done and done < steps:
        assert f"{done} of {steps} steps" in text
    evidence = any(now.there(needed) for needed in ("delphi/round1.csv", "interviews/gioia.csv", "desk/documents"))
    assert ("There is none yet" in text) is not evidence
    assert ("We cannot say anything yet" in text) is not evidence
    assert ("There is nothing to discuss" in text) is not evidence
