"""Checklists for reporting a Delphi, filled where the workflow knows the answer, gaps shown.

DELPHISTAR (Niederberger et al. 2024, doi:10.1371/journal.pone.0304651) has 38 items for the social and
health sciences, ACCORD (Gattrell et al. 2024, doi:10.1371/journal.pmed.1004326) 35 for consensus
methods in biomedicine. `checklist.csv` has the items in short words of our own under their numbers;
the guidelines say what each asks for. What only people know they answer in delphi/checklist.csv.
The items per topic are those that DELPHISTAR's abstract counts (title and abstract 3, context 7,
method 20, results 4, discussion 4); the wording was not compared with the guidelines item by item.
"""

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from coproduction.core import accounting
from coproduction.core.errors import StudyError, raise_all
from coproduction.delphi.tables import CHECKLIST

ITEMS_FILE = Path(__file__).with_suffix(".csv")
STATES = ("filled", "partly", "open")


@dataclass(frozen=True)
class Item:
    """An item of a guideline; `known` names an answer of the workflow, `whole` if it covers it all."""

    guideline: str
    number: str
    section: str
    topic: str
    known: str
    whole: bool


def _items() -> list[Item]:
    with ITEMS_FILE.open(encoding="utf-8", newline="") as file:
        rows = [(list(row.values()), row["covers"]) for row in csv.DictReader(file)]
    return [
        Item(guideline, number, section, topic, known, whole=covers == "all")
        for (guideline, number, section, topic, known, *_), covers in rows
    ]


ITEMS = _items()
GUIDELINES = tuple(dict.fromkeys(item.guideline for item in ITEMS))


def answers(text: str) -> dict[str, str]:
    """What the workflow knows, by name: the paragraphs under the headings of the filled template."""
    found = re.findall(r"^# (\w+)\n+([^\n#].*)$", text, re.MULTILINE)
    return {name: answer.strip() for name, answer in found}


def fill(known: Mapping[str, str], given: pd.DataFrame | None) -> pd.DataFrame:
    """CHECKLIST: every item with its state and answer, the workflow's and the authors'."""
    own = {}
    if given is not None:
        keys = zip(given["guideline"], given["item"].str.upper(), strict=True)
        own = dict(zip(keys, given["answer"], strict=True))
    rows = []
    for item in ITEMS:
        theirs, ours = own.get((item.guideline, item.number), ""), known.get(item.known, "")
        filled = bool(theirs) or (bool(ours) and item.whole)
        rows.append(
            {
                "guideline": item.guideline,
                "item": item.number,
                "section": item.section,
                "topic": item.topic,
                "state": "filled" if filled else "partly" if ours else "open",
                "answer": "; ".join(part for part in (ours, theirs) if part),
            }
        )
    return accounting.table(rows, CHECKLIST)


def check(given: pd.DataFrame, path: str | Path) -> None:
    """Raise StudyError for answers to items that no guideline has."""
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
            if (row.guideline, row.item.upper()) not in known
        ]
    )


def facts(items: pd.DataFrame, guideline: str) -> dict[str, Any]:
    """How far each guideline is answered, and the items of the one that the report prints."""
    counts = []
    for name in GUIDELINES:
        states = items.loc[items["guideline"] == name, "state"].value_counts()
        number = {state: int(states.get(state, 0)) for state in STATES}
        counts.append({"guideline": name, "all": sum(number.values())} | number)
    name = guideline.upper()
    shown = items.loc[items["guideline"] == name, ["item", "topic", "state", "answer"]]
    shown = shown.assign(answer=shown["answer"].str.replace("`", "").replace("", "–"))
    return {"counts": counts, "guideline": name, "shown": shown}
