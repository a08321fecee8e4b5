"""What is edited decides exactly what runs again: inputs, settings, code."""

import os
import re
import time
from pathlib import Path

import pytest

from .conftest import contents

pytestmark = pytest.mark.slow

STATE = {"collect_status", "draw_design", "introduce_report", "fill_checklists", "render_report"}
DRIVERS = {"analyse_structure", "draw_ecosystem", "write_model", "summarise_ecosystem"} | STATE
MODEL = {"weigh_factors", "estimate_robustness", "find_gaps"} | DRIVERS
LINKS = {"link_literature"} | MODEL
DESK = {"draw_desk", "summarise_desk"} | MODEL
PASSAGES = {"find_passages"} | DESK
COUNTRIES = {"compare_countries", "vary_comparison"} | DESK
QCA = {"calibrate_sets", "analyse_configurations", "draw_qca", "summarise_qca"} | MODEL
STUDIES = {"describe_studies", "distribute_topics", "summarise_screening", "summarise_topics"}
TOPIC_TEXTS = {"describe_topics", "draw_topics", "summarise_topics", "draw_ecosystem", "summarise_ecosystem"} | STATE
TOPICS = {"model_topics", "compare_topic_numbers", "distribute_topics"} | TOPIC_TEXTS | LINKS
RANKING = {"rank_queue", "summarise_screening"} | STATE
SCREENING = (
    {"settle_screening", "measure_screening", "draw_screening", "export_screening", "list_reports"}
    | STUDIES
    | RANKING
    | LINKS
    | TOPIC_TEXTS
)
RECORDS = {"merge_records", "draw_literature", "export_records", "summarise_literature"}
LITERATURE = (
    {"find_duplicates", "match_full_texts", "vectorise_records", "identify_languages"} | RECORDS | TOPICS | SCREENING
)
STRUCTURE = {
    "build_gioia",
    "compare_coders",
    "draw_interviews",
    "summarise_interviews",
    "export_coding",
    "relate_concepts",
} | MODEL
DELPHI = {
    "import_ratings",
    "aggregate_rounds",
    "compare_rounds",
    "draw_delphi",
    "extend_delphi",
    "prepare_next_round",
    "print_next_round",
    "summarise_delphi",
} | MODEL
GATE = {"release_report"}  # whatever runs, all results are searched for names once more
FORMING = {  # what writes a table of which people get a form
    "merge_records",
    "find_duplicates",
    "settle_screening",
    "rank_queue",
    "list_reports",
    "describe_studies",
    "find_passages",
    "describe_topics",
    "compare_coders",
    "import_ratings",
    "weigh_factors",
    "analyse_structure",
}
LIBRARY = "workflow/scripts/coproduction"
OF_NO_FILE = ("Params have changed", "Code has changed", "Set of input files has changed")


def append(text: str):
    """An edit that adds `text` at the end of a file."""

    def edit(path: Path) -> None:
        with path.open("a", encoding="utf-8") as file:
            file.write(text)

    return edit


def touch(path: Path) -> None:
    """A newer time, the same content."""
    os.utime(path)


def swap(old: str, new: str):
    """An edit that replaces the first `old`, which must be there."""

    def edit(path: Path) -> None:
        text = path.read_text(encoding="utf-8")
        assert old in text, path
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    return edit


REMARK = append("\n# a remark\n")
CODE = append("\n_MORE = 1\n")

DEMO = "data/demo"
LINE = append("\n")
OURS = append("Our own words.\n")

CASES = {
    "a newer time alone": (f"{DEMO}/delphi/panel.csv", touch, set()),
    "a document": (
        f"{DEMO}/desk/documents/D07_council_statement.txt",
        append("One more sentence.\n"),
        {"read_documents"} | PASSAGES,
    ),
    "the register": (f"{DEMO}/desk/register.csv", LINE, {"read_documents"} | PASSAGES),
    "the indicators": (f"{DEMO}/desk/indicators.csv", LINE, {"read_indicators"} | COUNTRIES | QCA),
    "a download": (f"{DEMO}/desk/downloads/series.csv", LINE, {"read_indicators"} | COUNTRIES | QCA),
    "the memberships": (f"{DEMO}/qca/memberships.csv", LINE, QCA),
    "an export": (f"{DEMO}/searches/wos.txt", LINE, {"import_exports"} | LITERATURE),
    "a note among the exports": (f"{DEMO}/searches/NOTES.md", LINE, set()),
    "a file that no step reads": (f"{DEMO}/photos/bridge.jpg", LINE, STATE),
    "the searches": (f"{DEMO}/searches/searches.csv", LINE, {"import_exports"} | LITERATURE),
    "screening decisions": (f"{DEMO}/screening/title_abstract.csv", LINE, SCREENING),
    "what was taken from studies": (f"{DEMO}/screening/extraction.csv", LINE, STUDIES | STATE),
    "a transcript": (f"{DEMO}/interviews/transcripts/P01.txt", LINE, {"read_interviews", "import_codings"} | STRUCTURE),
    "the data structure": (f"{DEMO}/interviews/gioia.csv", LINE, STRUCTURE),
    "a round": (f"{DEMO}/delphi/round2.csv", LINE, DELPHI),
    "the influences": (f"{DEMO}/ecosystem/influences.csv", LINE, DRIVERS),
    "the directions": (f"{DEMO}/ecosystem/directions.csv", LINE, MODEL | PASSAGES),
    "the panel": (f"{DEMO}/delphi/panel.csv", LINE, DELPHI),
    "the codebook": (
        "config/factors.csv",
        LINE,
        {"read_documents", "read_indicators", "list_reports"}
        | STUDIES
        | PASSAGES
        | COUNTRIES
        | QCA
        | LINKS
        | STRUCTURE
        | DELPHI
        | TOPIC_TEXTS,
    ),
    "the references": ("config/references.bib", LINE, {"render_report"}),
    "the prose": ("report/sections/methods.qmd", LINE, {"render_report"}),
    "a template": ("report/techniques/topics/results.md.j2", LINE, {"summarise_topics"} | STATE),
    "the template of the first words": (
        "report/techniques/report/summary.md.j2",
        LINE,
        {"introduce_report", "fill_checklists", "render_report"},
    ),
    "a page that panellists read": (
        "report/techniques/delphi/panel/feedback_sheet.html.j2",
        LINE,
        {"prepare_next_round", "print_next_round"},
    ),
    "what the policy brief advises": (
        f"{DEMO}/report/advice.csv",
        LINE,
        {"introduce_report", "fill_checklists", "render_report"},
    ),
    "answers to a reporting guideline": (f"{DEMO}/report/checklists.csv", LINE, {"fill_checklists", "render_report"}),
    "the template of how the report was made": ("report/techniques/report/methods.md.j2", LINE, {"render_report"}),
    "a setting of one technique": (
        "config/config.yaml",
        swap("n_topics: 7", "n_topics: 6"),
        {"keep_settings"} | TOPICS,
    ),
    "a setting that few steps ask for": (
        "config/config.yaml",
        swap("calibration: 20", "calibration: 25"),
        {"keep_settings", "measure_screening", "draw_screening", "summarise_screening"} | STATE,
    ),
    "the title": (
        "config/config.yaml",
        swap("title: An ", "title: The "),
        {"keep_settings", "introduce_report", "fill_checklists", "render_report"},
    ),
    "the seed": (
        "config/config.yaml",
        swap("seed: 20260401", "seed: 20260402"),
        {"keep_settings", "compare_coders", "relate_concepts", "draw_interviews"}
        | {"summarise_interviews"}
        | COUNTRIES
        | TOPICS
        | RANKING
        | {"estimate_robustness"}
        | DRIVERS,
    ),
    "a newer time of a script": ("workflow/scripts/summarise_topics.py", touch, set()),
    "a remark in the code": (f"{LIBRARY}/topics/model.py", REMARK, set()),
    "code of the topics": (f"{LIBRARY}/topics/model.py", CODE, TOPICS),
    "code of one figure": (f"{LIBRARY}/topics/figures.py", CODE, {"draw_topics", "render_report"}),
    "code of the agreement": (
        f"{LIBRARY}/screening/agreement.py",
        CODE,
        {"measure_screening", "draw_screening", "summarise_screening"} | STATE,
    ),
    "code of the matching": (f"{LIBRARY}/methods/duplicates/same_work.py", CODE, LITERATURE),
    "code of the model figure": (f"{LIBRARY}/ecosystem/figures.py", CODE, {"draw_ecosystem", "render_report"}),
    "code of the levels": (f"{LIBRARY}/methods/dematel.py", CODE, DRIVERS),
    "code of the report": (f"{LIBRARY}/report/source.py", CODE, {"render_report"}),
    "a script": ("workflow/scripts/summarise_topics.py", CODE, {"summarise_topics"} | STATE),
}


def with_readers(rules: set[str]) -> set[str]:
    """The rules with those that follow wherever they run: the last gate, forms, and the drawn figures' export."""
    drawing = any(rule.startswith("draw_") for rule in rules)
    forms = {"offer_forms"} if rules & FORMING else set()
    return rules | forms | (GATE if rules else set()) | ({"export_figures"} if drawing else set())


CASES = {case: (name, edit, with_readers(expected)) for case, (name, edit, expected) in CASES.items()}


def named(case: str) -> bool:
    """Whether Snakemake names what was edited as the reason: a file, not settings or code."""
    beginnings = (f"{DEMO}/", "config/factors", "config/references", "report/")
    return CASES[case][0].startswith(beginnings) and "/photos/" not in CASES[case][0]


def batches(checkout) -> list[list[str]]:
    """Cases that are planned together, so that each can still be told from the others.

    Of a rule that runs after another Snakemake gives no other reason. So the first rules of a case must
    not be among those that run after another case's, and only one case may be without a name.
    """
    first = {case: checkout.first_of(expected) for case, (_, _, expected) in CASES.items()}
    later = {case: CASES[case][2] - first[case] for case in CASES}

    def apart(one: str, other: str) -> bool:
        hidden = (first[one] & later[other]) | (first[other] & later[one])
        if not (named(one) and named(other)):
            hidden |= first[one] & first[other]
        same = CASES[one][0] == CASES[other][0]
        return not hidden and not same and (named(one) or named(other))

    together: list[list[str]] = []
    for case in CASES:
        batch = next((b for b in together if all(apart(case, other) for other in b)), None)
        if batch is None:
            together.append(batch := [])
        batch.append(case)
    return together


def triggered(case: str, reasons: dict[str, str]) -> set[str]:
    """The rules that run because of this edit, not because another rule runs."""
    if named(case):
        files = {rule: re.split(r"[,;] |: ", reason) for rule, reason in reasons.items()}
        return {rule for rule in reasons if CASES[case][0] in files[rule]}
    return {rule for rule, reason in reasons.items() if reason.startswith(OF_NO_FILE)}


@pytest.mark.parametrize("case", CASES)
def test_an_edit_runs_exactly_what_depends_on_it(edited, case):
    """The edits of a batch are made in a finished checkout, planned once, and taken back."""
    batch = next(batch for batch in batches(edited) if case in batch)
    reasons = edited.plan(batch[0], [CASES[other][:2] for other in batch])
    assert edited.with_followers(triggered(case, reasons)) == CASES[case][2]
    assert set(reasons) == set().union(*(CASES[other][2] for other in batch))


def test_exports_of_large_searches_are_left_until_somebody_asks(fresh):
    small = fresh.planned("--config", "literature={exports_up_to_mb: 0}")
    assert small.isdisjoint({"export_records", "export_screening"})
    assert "list_reports" in small


def test_results_that_people_touch_are_made_anew_and_kept_aside(again):
    results = again.path / "results"
    before = contents(results)
    changed, removed = results / "literature/export/records.ris", results / "delphi/next_round"
    gone = sorted(path for path in removed.glob("*.csv"))[0]
    changed.write_bytes(changed.read_bytes().replace(b"TY  - ", b"TY  - X", 1))
    gone.unlink()
    assert again.planned() >= {"export_records", "prepare_next_round"}
    assert again.planned().isdisjoint({"import_exports", "import_ratings", "compare_rounds"})
    done = again.snakemake(cores=2)
    assert done.returncode == 0, done.stdout[-3000:]
    assert "records.ris was changed after the workflow had written it" in done.stdout
    assert f"{gone.relative_to(again.path)} is missing and will be recreated" in done.stdout
    assert b"TY  - X" in (results / "set_aside/literature/export/records.ris").read_bytes()
    after = contents(results)
    assert {name: after[name] for name in before} == before
    assert again.planned() == set()


OWN_WORDS = {
    "techniques/topics/results.md.j2": {"summarise_topics"} | STATE,
    "techniques/house/methods.md.j2": {"keep_settings", "fill_checklists", "render_report"},
    "sections/methods.qmd": {"render_report"},
    "ecosystem.qmd": {"render_report"},
}


@pytest.mark.parametrize("name", OWN_WORDS)
def test_a_study_s_own_words_run_exactly_the_step_that_uses_them(edited, name):
    """They are laid beside the house's in the study folder, planned, and taken away."""
    reasons = edited.plan(name.replace("/", "_"), [(f"{DEMO}/report/{name}", OURS)])
    assert set(reasons) == with_readers(OWN_WORDS[name])


def test_results_with_equal_bytes_drag_nothing_behind_them(again):
    results, target = again.path / "results", "results/delphi/facts.json"
    before = contents(results)
    logs = {log: log.stat().st_mtime_ns for log in (results / "logs" / "delphi").glob("*.log")}

    def ran():
        return {log.stem for log, time in logs.items() if log.stat().st_mtime_ns != time}

    panel, tomorrow = again.path / DEMO / "delphi" / "panel.csv", time.time() + 86_400
    LINE(panel)
    os.utime(panel, (tomorrow, tomorrow))  # it comes from a computer whose clock is ahead of this one's
    assert {"import_ratings", "aggregate_rounds", "summarise_delphi"} <= again.planned(target)
    done = again.snakemake(target)
    assert done.returncode == 0, done.stdout
    assert ran() == {"import_ratings"}
    assert contents(results) == before
    assert again.planned(target) == set()
    assert again.snakemake("--force", "results/delphi/summary.csv").returncode == 0
    assert ran() == {"import_ratings", "aggregate_rounds"}  # who asks for a step gets it
    assert contents(results) == before
