"""Sheets on which a decision is ticked: columns `Include`, `Exclude` and perhaps `Maybe`, of all or of each reviewer.

What is ticked becomes a decision. Two ticks for one record, and a cell that is neither a tick nor empty, are asked about.
"""

import re
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from coproduction.core.errors import StudyError, raise_all
from coproduction.screening.decision_words import decision_in, plain_word, says_so
from coproduction.screening.sheet_headings import (
    EXCLUDED,
    HEADINGS,
    INCLUDED,
    UNSURE,
    is_something_else,
    may_be_a_person,
    plain_heading,
)
from coproduction.screening.tables import ANSWERS
from coproduction.screening.ticks import is_ticked

_KINDS = {INCLUDED: "include", EXCLUDED: "exclude", UNSURE: "maybe"}
_BRACKETS = re.compile(r"[(\[]([^()\[\]]*)[)\]]\s*[?:]*\s*\Z")
_NAME = re.compile(r"[^\W\d_][\w.'’ -]*\Z")
_EDGES = " -_:–—?()[]"


class Ticks(NamedTuple):
    """A column of ticks: the decision that a tick is, and whose; empty where the heading names nobody."""

    column: str
    decision: str
    who: str


def as_decisions(table: pd.DataFrame, path: Path) -> pd.DataFrame:
    """The sheet with a column of decisions in the place of columns of ticks.

    Raises StudyError for cells that are no ticks, for two ticks of one record, and where only exclusions have a column.
    """
    groups: dict[str, list[Ticks]] = {}
    for name in table:
        ticks = _of_heading(name)
        if ticks:
            groups.setdefault(ticks.who.casefold(), []).append(ticks)
    names_there = {name.lower() for name in table}
    for columns in groups.values():
        reviewer, kinds = columns[0].who, [ticks.decision for ticks in columns]
        target = f"decision {reviewer}".strip()
        if len(set(kinds)) < len(kinds):
            continue
        if target.lower() in names_there:
            _refuse_two_ways(table, columns, target, path)
            continue
        if "include" in kinds and len(kinds) > 1:
            table = _ticked(table, columns, target, path)
        elif reviewer and kinds == ["include"] and _says_yes_and_no(table[columns[0].column]):
            table = table.rename(columns={columns[0].column: target})
        elif "exclude" in kinds and (reviewer or "decision" not in names_there):
            _refuse_exclusions(table, columns[kinds.index("exclude")].column, path)
    return table


def _of_heading(name: str) -> Ticks | None:
    """What a tick in the column means and who made it: `Exclude`, `Ann include`, `Include? (Bo)`."""
    inner = _BRACKETS.search(name)
    meaning = HEADINGS.get(plain_heading(name))
    if meaning in _KINDS:
        return Ticks(name, _KINDS[meaning], inner[1].strip() if inner and _is_who(inner[1].strip()) else "")
    without_brackets = name[: inner.start()] if inner and not _is_who(inner[1].strip()) and inner.start() else name
    words = [word for word in re.split(r"[\s:–—?()_\[\]]+|\s-\s", without_brackets) if word and word != "-"]
    for at in (0, -1) if len(words) > 1 else ():
        kind = HEADINGS.get(plain_word(words[at]))
        reviewer = " ".join(words[1:] if at == 0 else words[:-1]).strip(_EDGES)
        reviewer = re.sub(r"['’]s\Z", "", reviewer)
        if kind in _KINDS and _is_who(reviewer):
            return Ticks(name, _KINDS[kind], reviewer)
    return None


def _is_who(who: str) -> bool:
    """Whether what stands beside the word of a decision can be a reviewer: not `Y/N`, `on title`, `Number`."""
    name = bool(_NAME.match(who)) and who[:1].isupper() and len(who.split()) < 4
    return name and HEADINGS.get(plain_heading(who)) is None and not is_something_else(who) and may_be_a_person(who)


def _says_yes_and_no(cells: pd.Series) -> bool:
    filled = [cell for cell in cells if cell]
    return bool(filled) and all(decision_in(cell, ANSWERS)[0] for cell in filled)


def _ticked(table: pd.DataFrame, columns: list[Ticks], target: str, path: Path) -> pd.DataFrame:
    """The sheet with the column `target` in place of the columns of ticks."""
    decisions, errors = [], []
    for row, cells in zip(table.index, table[[t.column for t in columns]].to_numpy().tolist(), strict=True):
        states = [_is_ticked(cell, ticks.decision) for cell, ticks in zip(cells, columns, strict=True)]
        for cell, ticks, state in zip(cells, columns, states, strict=True):
            if state is None:
                errors.append(_no_tick(cell, ticks.column, int(row), path))
        chosen = [ticks for ticks, state in zip(columns, states, strict=True) if state]
        if len(chosen) > 1:
            both = " and ".join(f"'{ticks.column}'" for ticks in chosen)
            errors.append(
                StudyError(f"{both} are ticked", file=path, row=int(row), remedy="Keep only the one that counts")
            )
        if not chosen:
            errors += [
                StudyError(
                    f"nothing is ticked, but there is '{cell}' in the column '{ticks.column}'",
                    file=path,
                    row=int(row),
                    remedy="Tick one option, or leave the cell empty if the record has not yet been screened",
                )
                for cell, ticks in zip(cells, columns, strict=True)
                if ticks.decision == "include" and _denies(cell)
            ]
        decisions.append(chosen[0].decision if len(chosen) == 1 else "")
    raise_all(errors)
    at = list(table).index(columns[0].column)
    table = table.drop(columns=[ticks.column for ticks in columns])
    table.insert(min(at, len(table.columns)), target, decisions)
    return table


def _denies(cell: str) -> bool:
    """Whether a cell says no in a word, which a box that is not ticked (0, FALSE) does not."""
    return decision_in(cell, ANSWERS)[0] == "exclude" and not says_so(cell) and plain_word(cell) != "0"


def _is_ticked(cell: str, decision: str) -> bool | None:
    """Whether a cell is a tick; None where it is neither that nor empty."""
    ticked = is_ticked(cell)
    if ticked is None and decision_in(cell, ANSWERS)[0] == decision and (says_so(cell) or decision == "maybe"):
        return True
    return ticked


def _no_tick(cell: str, column: str, row: int, path: Path) -> StudyError:
    return StudyError(
        f"'{cell}' is neither a tick nor empty",
        file=path,
        row=row,
        column=column,
        remedy="Write x or leave it empty, or write include, exclude or maybe in a single column 'decision'",
    )


def _refuse_two_ways(table: pd.DataFrame, columns: list[Ticks], target: str, path: Path) -> None:
    """Refuse ticks for inclusion and exclusion beside a column of decisions."""
    cells = [(ticks, cell) for ticks in columns for cell in table[ticks.column] if cell]
    both = {"include", "exclude"} <= {ticks.decision for ticks in columns}
    if both and any(_is_ticked(cell, ticks.decision) for ticks, cell in cells):
        raise StudyError(
            f"the columns '{target}' and '{columns[0].column}' both contain decisions",
            file=path,
            row=1,
            remedy="Keep the one that counts",
        )


def _refuse_exclusions(table: pd.DataFrame, column: str, path: Path) -> None:
    """Refuse a column of exclusions by itself: what is not ticked may be included, or not yet screened."""
    cells = [cell for cell in table[column] if cell]
    if cells and all(_is_ticked(cell, "exclude") is not None for cell in cells) and not any(map(says_so, cells)):
        raise StudyError(
            f"the column '{column}' shows what is excluded, and none what is included",
            file=path,
            row=1,
            remedy="Add a column 'decision' and write include, exclude or maybe in it",
        )
