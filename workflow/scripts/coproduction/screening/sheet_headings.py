"""What people head the columns of a sheet of decisions with, in the languages of Europe (`sheet_headings.csv`).

A heading counts as a whole, without accents, a question mark or what is in brackets behind it. Columns that are known
to hold something else than decisions, as volumes or marks of duplicates, are no reviewers even where they hold 1 and 0.
"""

import csv
import re
from collections.abc import Collection
from pathlib import Path

import pandas as pd

from coproduction.core.truth import truth_of
from coproduction.screening.decision_words import plain_word
from coproduction.screening.ticks import is_ticked

NOTHING, INCLUDED, EXCLUDED, UNSURE = "nothing", "included", "excluded", "unsure"
_BEHIND = re.compile(r"\s*(?:\([^()]*\)|\[[^\[\]]*\])?\s*[?:]*\s*$")
_BETWEEN = re.compile(r"_|(?<=[a-z])(?=[A-Z])")  # what stands for a blank in headings of programs
_NUMBERS = re.compile(r"^\d{3,}$|^unnamed: ?\d+$|(?:^|[ _\-])(?:ids?|nr|no|number|ref|refid|#)\.?$|^#", re.IGNORECASE)
_MACHINE = re.compile(
    r"\b(?:ai|ki|ia|model|prediction|predicted|suggest(?:ion|ed)|algorithm|machine|classifier|chatgpt|gpt[\w.-]*|llm|"
    r"claude|gemini|asreview|robot\w*)\b",
    re.IGNORECASE,
)
_STATED = re.compile(  # what may be said of a work, or of the reviewers together
    r"\b(?:agreement|agreed?|resolved|resolution|discuss\w*|relevan(?:t|ce)|(?:in)?eligib\w+|suitable|useful|keep|screened|checked|done)\b",
    re.IGNORECASE,
)


def plain_heading(name: str) -> str:
    """The heading as it is compared.

    >>> plain_heading("Décision :"), plain_heading("Include (Y/N)?"), plain_heading("reviewer_name"), plain_heading("recordId")
    ('decision', 'include', 'reviewer name', 'record id')
    """
    return plain_word(_BETWEEN.sub(" ", _BEHIND.sub("", name)))


def _listed() -> dict[str, str]:
    with Path(__file__).with_suffix(".csv").open(encoding="utf-8", newline="") as file:
        return {plain_heading(row["heading"]): row["means"] for row in csv.DictReader(file)}


HEADINGS = _listed()


def is_something_else(name: str) -> bool:
    """Whether a column of this heading holds no decisions: what a record is, its numbers, marks of duplicates.

    >>> is_something_else("Volume"), is_something_else("study_id"), is_something_else("Ann")
    (True, True, False)
    """
    return HEADINGS.get(plain_heading(name)) == NOTHING or bool(_NUMBERS.search(name.strip()))


def may_be_a_person(name: str) -> bool:
    """Whether a heading can be a name or a number of a reviewer: `Ann`, `Reviewer 2`, `Maria de Vries`, not `Open access`.

    >>> may_be_a_person("Maria de Vries"), may_be_a_person("Open access"), may_be_a_person("AI suggestion")
    (True, False, False)
    """
    if is_machine(name) or _STATED.search(name):
        return False
    *first, last = _BEHIND.sub("", name).replace("_", " ").split() or [""]
    return not first or last[:1].isupper() or last[:1].isdigit()


def is_machine(name: str) -> bool:
    """Whether a column may hold what a program suggests.

    >>> is_machine("GPT-4"), is_machine("Kim")
    (True, False)
    """
    return bool(_MACHINE.search(name))


def in_known_words(table: pd.DataFrame) -> pd.DataFrame:
    """The sheet with the headings of this study, where a heading of another language or wording surely means one.

    A column headed `included` holds decisions, and its TRUE and FALSE are include and exclude. Where two columns
    could be one, or there is one of that name, nothing is renamed.

    >>> sheet = pd.DataFrame({"record": ["r1"], "Gutachter": ["Ann"], "Included": ["WAHR"]})
    >>> in_known_words(sheet).to_dict("records")
    [{'record': 'r1', 'reviewer': 'Ann', 'decision': 'include'}]
    """
    names_there = {name.lower() for name in table}
    means: dict[str, list[str]] = {}
    for name in table:
        kind = HEADINGS.get(plain_heading(name), NOTHING)
        kind = NOTHING if kind in (EXCLUDED, UNSURE) else kind  # as columns of ticks only
        means.setdefault("decision" if kind == INCLUDED else kind, []).append(name)
    renamed = {
        names[0]: kind
        for kind, names in means.items()
        if kind != NOTHING and len(names) == 1 and kind not in names_there
    }
    for name in renamed:
        if HEADINGS[plain_heading(name)] == INCLUDED:
            table = table.assign(**{name: table[name].map(_of_truth)})
    return table.rename(columns=renamed)


_NUMBER_BEHIND = re.compile(r"[ _]*\d+\Z")


def gathered(table: pd.DataFrame) -> pd.DataFrame:
    """The sheet with several columns of reasons as one, and of notes: `reason`, `Reason 2`, `Comments`.

    >>> sheet = pd.DataFrame({"record": ["r1"], "Reason 1": ["old"], "Reason 2": ["short"], "Remarks": ["hm"]})
    >>> gathered(sheet).to_dict("records")
    [{'record': 'r1', 'reason': 'old; short', 'note': 'hm'}]
    """
    for kind in ("reason", "note", "date"):
        names = [name for name in table if HEADINGS.get(_NUMBER_BEHIND.sub("", plain_heading(name))) == kind]
        if not names or names == [kind] or (kind == "date" and len(names) > 1):
            continue
        texts = ["; ".join(dict.fromkeys(filter(None, cells))) for cells in table[names].to_numpy().tolist()]
        at = list(table).index(names[0])
        table = table.drop(columns=names)
        table.insert(at, kind, texts)
    return table


def ticked_headings(table: pd.DataFrame, used: Collection[str] = ()) -> list[str]:
    """For each row the headings of the columns of ticks in which it has one, but those of columns that are *used* otherwise.

    Such a heading is a reason where a criterion for exclusion has its name.

    >>> sheet = pd.DataFrame({"record": ["r1"], "decision": ["no"], "Wrong design": ["✔"], "Old": [""]})
    >>> ticked_headings(sheet)
    ['Wrong design']
    """
    columns: dict[str, list[bool | None]] = {}
    for name in table:
        if name not in used and HEADINGS.get(plain_heading(name), NOTHING) == NOTHING:
            tick_of = {cell: is_ticked(cell) for cell in table[name].unique()}
            if None not in tick_of.values():
                columns[name] = [tick_of[cell] for cell in table[name]]
    if not columns:
        return [""] * len(table)
    words = {}  # most rows have the ticks of others
    for ticks in set(rows := list(zip(*columns.values(), strict=True))):
        words[ticks] = "; ".join(name for name, tick in zip(columns, ticks, strict=True) if tick)
    return [words[ticks] for ticks in rows]


def _of_truth(cell: str) -> str:
    truth = truth_of(cell)
    return cell if truth is None else "include" if truth else "exclude"
