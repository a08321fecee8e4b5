"""Checklists for reporting a Delphi, filled where the workflow knows the answer, gaps shown.

DELPHISTAR (Niederberger et al. 2024, doi:10.1371/journal.pone.0304651) has 38 items for the social and
health sciences, ACCORD (Gattrell et al. 2024, doi:10.1371/journal.pmed.1004326) 35 for consensus
methods in biomedicine. The items stand here in short words of our own under their numbers; the
guidelines say what each asks for. What only people know they answer in delphi/checklist.csv.
The items per topic are those that DELPHISTAR's abstract counts (title and abstract 3, context 7,
method 20, results 4, discussion 4); the wording was not compared with the guidelines item by item.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from coproduction.core import accounting
from coproduction.core import markdown as md
from coproduction.core.errors import StudyError, raise_all
from coproduction.delphi import study
from coproduction.delphi import tables as forms
from coproduction.delphi.settings import DelphiSettings

NAMES = {"delphistar": "DELPHISTAR", "accord": "ACCORD"}
CITED = {"delphistar": "[@niederberger2024]", "accord": "[@gattrell2024]"}

# item | section | topic | known: an answer of `answers` (a name with ? is only a part of it)
_DELPHISTAR = """
1 | title and abstract | Delphi named in the title |
2 | title and abstract | Delphi named in the abstract |
3 | title and abstract | abstract in sections |
4 | context | funding |
5 | context | research team |
6 | context | advice on method |
7 | context | larger project around it | project
8 | context | study protocol | protocol?
9 | context | why a Delphi |
10 | context | aim |
11 | method | fields of expertise on the panel | groups?
12 | method | expertise that is missing |
13 | method | who counts as an expert |
14 | method | type of Delphi | type?
15 | method | reasons for the type, changes to it | changes?
16 | method | criteria for the invitation |
17 | method | how experts were found |
18 | method | how experts were invited |
19 | method | how the questionnaire came about |
20 | method | what the questionnaire holds | questionnaire
21 | method | number of rounds | rounds
22 | method | aim of each round |
23 | method | when to stop | stop
24 | method | what was fed back | feedback
25 | method | how it was fed back | sheets
26 | method | feedback by group | group_feedback
27 | method | what became of dissent | dissent
28 | method | analysis, numbers and words | analysis?
29 | method | consensus: definition and measure | consensus
30 | method | groups or weights in the analysis | weights
31 | results | course of the Delphi as a figure | course
32 | results | events during the Delphi |
33 | results | experts per round | response
34 | results | results of each round | results
35 | discussion | main findings |
36 | discussion | validity |
37 | discussion | reliability | reliability?
38 | discussion | limitations | limits?
"""
_ACCORD = """
T1 | title | consensus method named |
I1 | introduction | why a consensus exercise |
I2 | introduction | aim, audience, scope |
I3 | introduction | what it updates, and why |
M1 | methods | registration |
M2 | methods | who led it and how chosen |
M3 | methods | criteria and number of panellists | groups?
M4 | methods | recruitment and invitations | invited?
M5 | methods | part of the public or of patients |
M6 | methods | preparatory research | preparation?
M7 | methods | literature search | search
M8 | methods | evidence shown to panellists |
M9 | methods | method and its modifications | type?
M10 | methods | statements given in full | questionnaire
M11 | methods | steps and their purpose | rounds?
M12 | methods | consensus defined, with reasons | consensus?
M13 | methods | were settled items voted on again | dissent
M14 | methods | how responses were collected |
M15 | methods | analysis of responses | analysis?
M16 | methods | piloting |
M17 | methods | feedback | feedback
M18 | methods | anonymity | anonymity
M19 | methods | votes of those who led it |
M20 | methods | reminders, incentives |
M21 | methods | languages, accessibility |
R1 | results | dates of each step | dates
R2 | results | deviations from the plan | changes?
R3 | results | panellists per step | response?
R4 | results | outcome of each item | results
R5 | results | items reworded, added or dropped | items?
D1 | discussion | strengths and limitations | limits?
D2 | discussion | agreement with other evidence | evidence
O1 | other | endorsing organisations |
O2 | other | conflicts of interest |
O3 | other | funding |
"""


@dataclass(frozen=True)
class Item:
    """An item of a guideline; *known* names an answer of `answers`, *whole* if it covers it all."""

    guideline: str
    number: str
    section: str
    topic: str
    known: str
    whole: bool


def _items(guideline: str, lines: str) -> list[Item]:
    found = []
    for line in lines.strip().splitlines():
        number, section, topic, known = (part.strip() for part in f"{line} ".split("|"))
        found.append(
            Item(guideline, number, section, topic, known.rstrip("?"), not known.endswith("?"))
        )
    return found


ITEMS = [*_items("delphistar", _DELPHISTAR), *_items("accord", _ACCORD)]


def answers(
    statements: pd.DataFrame,
    rounds: pd.DataFrame,
    panel: pd.DataFrame,
    flow: pd.DataFrame,
    settings: DelphiSettings,
    record: str,
) -> dict[str, str]:
    """What the workflow knows, by name; empty where the data for it are not there yet."""
    asked = int(statements["statement"].nunique())
    all_of = flow[flow["group"] == "all"].sort_values("round")
    closed = all_of[all_of["state"] == "closed"]
    said = {
        "project": "one technique of a mixed-methods study; the other methods sections",
        "protocol": record,
        "type": f"rating of given statements in up to {settings.max_rounds} rounds with feedback",
        "changes": record,
        "stop": "methods: stable and consensus or split, or a limit of rounds or of response",
        "feedback": "own rating, distribution, median, middle half"
        + (", comments without names" if settings.comments_in_feedback else ""),
        "sheets": "one sheet per panellist before each further round (results/delphi/next_round)",
        "group_feedback": f"medians of groups of {settings.small_group} ratings and more",
        "dissent": "asked again until the stop rule; a stable split is a result; settled "
        "statements are not asked again",
        "analysis": "numbers: methods and tables; comments are fed back and not analysed",
        "consensus": f"methods; deciding rule '{settings.consensus.rule}', all rules beside it",
        "weights": "groups compared, no weights",
        "anonymity": "pseudonyms throughout; feedback without names or small groups",
        "preparation": "statements from the codebook of conditions; the other methods sections",
        "search": "methods section on the literature search",
        "evidence": "the ecosystem of conditions sets the verdicts beside the other techniques",
    }
    if len(panel):
        sizes = panel["group"].value_counts().sort_index()
        said["groups"] = "; ".join(f"{group}: {n}" for group, n in sizes.items())
        said["invited"] = f"{len(panel)} in the panel; "
        said["invited"] += ", ".join(
            f"round {r.round}: {r.invited} invited" for r in all_of.itertuples()
        )
    if asked:
        points = f"{settings.scale.lowest} to {settings.scale.highest}"
        said["questionnaire"] = (
            f"{asked} statements, {points}, no opinion apart; table of decisions"
        )
        said["items"] = _changed_items(statements)
    if len(closed):
        said["rounds"] = f"{len(closed)} closed, {len(all_of) - len(closed)} open"
        said["course"] = "figure of the panel from round to round"
        said["response"] = "; ".join(
            f"round {r.round}: {r.responded} of {r.invited}" for r in closed.itertuples()
        )
        said["results"] = "figures and tables of every statement and round"
        said["reliability"] = "bootstrap, leaving each panellist out, stability between rounds"
        said["limits"] = "what small numbers cannot show: column limits of change.csv"
        said["dates"] = _dates(rounds, all_of)
    return said


def _dates(rounds: pd.DataFrame, flow: pd.DataFrame) -> str:
    found = []
    first = flow.set_index("round")[["first_day", "last_day"]]
    for row in rounds.sort_values("round").to_dict("records"):
        number = int(row["round"])
        days = first.loc[number] if number in first.index else {"first_day": "", "last_day": ""}
        start = row.get("opened") or days["first_day"]
        end = row.get("closed") or days["last_day"]
        if start:
            found.append(f"round {number}: {start} to {end or 'today'}")
    return "; ".join(found)


def _changed_items(statements: pd.DataFrame) -> str:
    later = sorted(set(statements.loc[statements["version"] > 1, "statement"]))
    first = statements.groupby("statement")["first_round"].min()
    added = sorted(first.index[first > 1])
    newest = statements.sort_values("version").groupby("statement").tail(1)
    ended = sorted(newest.loc[newest["last_round"].notna(), "statement"])
    parts = [
        f"{name}: {', '.join(ids) if len(ids) <= 10 else len(ids)}"
        for name, ids in (("reworded", later), ("added", added), ("not asked again", ended))
        if ids
    ]
    return "; ".join(parts) or "none"


def fill(known: dict[str, str], given: pd.DataFrame | None) -> pd.DataFrame:
    """CHECKLIST: every item with its state and answer, the workflow's and the authors'."""
    own = {}
    if given is not None:
        keys = zip(given["guideline"].str.lower(), given["item"].str.upper(), strict=True)
        own = dict(zip(keys, given["answer"], strict=True))
    rows = []
    for item in ITEMS:
        theirs, ours = own.get((item.guideline, item.number), ""), known.get(item.known, "")
        filled = bool(theirs) or (bool(ours) and item.whole)
        rows.append(
            dict(
                guideline=NAMES[item.guideline],
                item=item.number,
                section=item.section,
                topic=item.topic,
                state="filled" if filled else "partly" if ours else "open",
                answer="; ".join(part for part in (ours, theirs) if part),
            )
        )
    return accounting.table(rows, forms.CHECKLIST)


def read(paths) -> pd.DataFrame | None:
    """STUDY_CHECKLIST from a list with one path or none; StudyError for items that no guideline has."""
    given = study.one_table(paths, forms.STUDY_CHECKLIST)
    if given is not None:
        _check(given, paths if isinstance(paths, str) else paths[0])
    return given


def _check(given: pd.DataFrame, path: str | Path) -> None:
    known = {(item.guideline, item.number) for item in ITEMS}
    raise_all(
        [
            StudyError(
                f"{row.guideline} has no item '{row.item}'",
                file=path,
                row=number,
                column="item",
                remedy="Take guideline and item from results/delphi/checklist.csv",
            )
            for number, row in zip(given.index, given.itertuples(), strict=True)
            if (row.guideline.lower(), row.item.upper()) not in known
        ]
    )


def words(table: pd.DataFrame, guideline: str) -> str:
    """A sentence on both guidelines and the table of the chosen one."""
    counted = []
    for key, name in NAMES.items():
        n = table.loc[table["guideline"] == name, "state"].value_counts()
        counted.append(
            f"of the {int(n.sum())} items of {name} {CITED[key]} {n.get('filled', 0)} are filled, "
            f"{n.get('partly', 0)} in part, and {n.get('open', 0)} wait for the authors"
        )
    shown = table[table["guideline"] == NAMES[guideline]]
    columns = {
        "Item": shown["item"],
        "Asks for": shown["topic"],
        "State": shown["state"],
        "Answer, or where it stands": shown["answer"].str.replace("`", "").replace("", "–"),
    }
    return md.paragraphs(
        f"Reporting was checked against two guidelines (@tbl-delphi-checklist): {counted[0]}; "
        f"{counted[1]}. Answers go into `delphi/checklist.csv`.",
        md.table(
            pd.DataFrame(columns),
            f"Checklist {NAMES[guideline]} {CITED[guideline]}, items in short words of our own. "
            "Partly: the workflow knows a part, the authors add the rest. Both checklists are in "
            "`checklist.csv`.",
            "delphi-checklist",
            widths=[2, 8, 3, 16],
        ),
    )
