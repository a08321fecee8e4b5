"""Checklists for reporting: filled where people did it and the workflow knows it, open where not.

`checklists.csv` has the items of each guideline in short words of our own under their numbers; the
guidelines say what each asks for:

PRISMA 2020 (Page et al. 2021, doi:10.1136/bmj.n71), PRISMA-S (Rethlefsen et al. 2021,
doi:10.1186/s13643-020-01542-z), COREQ (Tong et al. 2007, doi:10.1093/intqhc/mzm042), SRQR (O'Brien et
al. 2014, doi:10.1097/ACM.0000000000000388), DELPHISTAR (Niederberger et al. 2024,
doi:10.1371/journal.pone.0304651), ACCORD (Gattrell et al. 2024, doi:10.1371/journal.pmed.1004326) and
GRAMMS (O'Cathain et al. 2008, doi:10.1258/jhsrp.2007.007074).

What the workflow knows of an item is an answer in the template `checklist_answers` of a technique, which
gives it only where the facts of the technique say that it was done. What only people know they answer in
report/checklists.csv. The items of DELPHISTAR per topic are those that its abstract counts; the wording
of all was not compared with the guidelines item by item.
"""

import csv
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from coproduction.core import accounting
from coproduction.core.errors import StudyError, raise_all
from coproduction.report.tables import CHECKLISTS

ITEMS_FILE = Path(__file__).with_suffix(".csv")
STATES = ("filled", "partly", "open")
# The technique that a guideline is about; where it has not begun the checklist is not printed.
ABOUT = {
    "PRISMA 2020": "literature",
    "PRISMA-S": "literature",
    "COREQ": "interviews",
    "SRQR": "interviews",
    "DELPHISTAR": "delphi",
    "ACCORD": "delphi",
    "GRAMMS": "ecosystem",
}
_ANSWER = re.compile(r"^# (\w+)( partly)?\n+([^\n#].*)$", re.MULTILINE)
_REFERENCE = re.compile(r"@((?:fig|tbl|sec)-[\w-]*\w)")
# What a paragraph of the team's declarations is about, by the words it begins with: a heading, or italic or bold ones.
DECLARED = {
    "ethics": "ethic",
    "funding": "fund",
    "interests": "interest",
    "protocol": "protocol",
    "registration": "regist",
}
_LEAD = re.compile(r"^\s*(?:#+\s+(.+)|\*{1,2}([^*]+)\*)", re.MULTILINE)


@dataclass(frozen=True)
class Item:
    """An item of a guideline; `known` names an answer of `technique`, `covers` says all or part of it.

    place: the label in the report of what is asked for
    """

    guideline: str
    item: str
    section: str
    topic: str
    technique: str
    known: str
    covers: str
    place: str


@dataclass(frozen=True)
class Answer:
    """What the workflow knows, and whether that is all that can be known of it."""

    text: str
    whole: bool = True


def _items() -> list[Item]:
    with ITEMS_FILE.open(encoding="utf-8", newline="") as file:
        return [Item(**row) for row in csv.DictReader(file)]


ITEMS = _items()
GUIDELINES = tuple(dict.fromkeys(item.guideline for item in ITEMS))


def answers(text: str) -> dict[str, Answer]:
    """What a technique knows, by name: the paragraphs under the headings of its filled template.

    >>> answers("# sources\\n6 sources\\n\\n# queries partly\\n5 of 6\\n")["queries"].whole
    False
    """
    return {name: Answer(words.strip(), not partly) for name, partly, words in _ANSWER.findall(text)}


def told_in_sections(sections: Sequence[str | Path]) -> list[str]:
    """What the research team writes on in its own sections of the report: their names, and what its declarations name.

    Only whether there is something is read, not whether it says all that a guideline asks for.
    """
    topics = []
    for path in map(Path, sections):
        text = path.read_text(encoding="utf-8-sig")
        if path.stem == "declarations":
            leads = " ".join("".join(lead) for lead in _LEAD.findall(text)).casefold()
            topics += [name for name, word in DECLARED.items() if word in leads]
        elif text.strip():
            topics.append(path.stem)
    return topics


def fill(known: Mapping[str, Mapping[str, Answer]], authors_tables: Sequence[pd.DataFrame] = ()) -> pd.DataFrame:
    """CHECKLISTS: every item with its state and answer, the workflow's and the authors'.

    known: by technique, from `answers`; given: STUDY_CHECKLISTS, what people answer
    """
    authors_answers = {
        (row.guideline, row.item.casefold()): row.answer for table in authors_tables for row in table.itertuples()
    }
    rows = []
    for item in ITEMS:
        authors_answer = authors_answers.get((item.guideline, item.item.casefold()), "")
        own_answer = known.get(item.technique, {}).get(item.known)
        is_complete = own_answer is not None and own_answer.whole and item.covers == "all"
        rows.append(
            {
                "guideline": item.guideline,
                "item": item.item,
                "section": item.section,
                "topic": item.topic,
                "state": "filled" if authors_answer or is_complete else "partly" if own_answer else "open",
                "answer": "; ".join(part for part in (own_answer.text if own_answer else "", authors_answer) if part),
                "place": item.place if own_answer else "",
            }
        )
    return accounting.table(rows, CHECKLISTS)


def check(answers: pd.DataFrame, path: str | Path) -> None:
    """Raise StudyError for answers to items that no guideline has."""
    existing_items = {(item.guideline, item.item.casefold()) for item in ITEMS}
    raise_all(
        [
            StudyError(
                f"{row.guideline} has no item '{row.item}'",
                file=path,
                row=number,
                column="item",
                remedy="Take guideline and item from report/checklists.csv in the results",
            )
            for number, row in zip(answers.index, answers.itertuples(), strict=True)
            if (row.guideline, row.item.casefold()) not in existing_items
        ]
    )


def facts(items: pd.DataFrame, wanted: Sequence[str], states: Mapping[str, str]) -> list[dict[str, Any]]:
    """How far each guideline that the report prints is answered, with its items.

    wanted: guidelines in the order of printing
    states: by technique done, under way or not begun
    """
    guidelines = []
    for name in wanted:
        if states.get(ABOUT[name], "not begun") == "not begun":
            continue
        of_guideline = items[items["guideline"] == name]
        count = of_guideline["state"].value_counts()
        item_rows = of_guideline.assign(
            answer=of_guideline["answer"].str.replace("`", ""),
            place=of_guideline["place"].map(lambda label: f"@{label}" if label else "–"),
        )
        guidelines.append(
            {"guideline": name, "label": re.sub(r"\W+", "-", name.casefold()), "all": len(of_guideline)}
            | {state: int(count.get(state, 0)) for state in STATES}
            | {"rows": item_rows[["item", "topic", "state", "answer", "place"]]}
        )
    return guidelines


def without_lost_places(text: str, labels: frozenset[str]) -> str:
    """The printed checklists where a place that no document has is a dash."""
    return _REFERENCE.sub(lambda match: match[0] if match[1] in labels else "–", text)
