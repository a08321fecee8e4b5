"""Answers one by one: tables with a row per answer, and revisions, of which the last counts.

Real-time Delphi (Gordon and Pease 2006, doi:10.1016/j.techfore.2005.09.005) has no rounds in
between: panellists come back and change their answers, and the last value of each counts.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

import pandas as pd

from coproduction.delphi.formats import Long, Sheet
from coproduction.delphi.places import COMMENT, NO_OPINION, RATING, Finder
from coproduction.delphi.privacy import shown
from coproduction.delphi.times import as_iso

REVISED, NO_STATEMENT, OTHER_ROUND = (
    "revised later", "names no statement of statements.csv", "of a round that rounds.csv lacks",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Entry:
    """One answer: where it stands in the file, whose it is, and its texts by role."""

    row: int
    column: str
    panellist: str
    submitted: str
    statement: str
    texts: dict[str, str]
    columns: dict[str, str]


@dataclass(frozen=True)
class Turned:
    """A sheet with one row per panellist, all answers in order, and cells that went elsewhere."""

    sheet: Sheet
    entries: list[Entry] = field(default_factory=list)
    elsewhere: Counter = field(default_factory=Counter)
    notes: list[dict] = field(default_factory=list)


def turn(
    long: Long, finder: Finder, number: int, rounds: set[int], dates: str, keep: str
) -> Turned:
    """A file with one row per answer as a sheet; *rounds* are those that share the file.

    Of several answers of one panellist on one statement the last in time counts (or the first).
    """
    times = (
        as_iso(list(long.rows[long.submitted]), dates) if long.submitted else [""] * len(long.rows)
    )
    elsewhere: Counter = Counter()
    unknown: dict[str, list[int]] = {}
    entries = []
    columns = {RATING: long.value} | ({COMMENT: long.comment} if long.comment else {})
    lines = zip(long.rows.index, long.rows.to_dict("records"), times, strict=True)
    for row, line, time in lines:
        own = _number(line[long.round]) if long.round else number
        if own != number:
            # Counted once, with the first of the rounds that share the file.
            elsewhere[OTHER_ROUND] += own not in rounds and number == min(rounds)
            continue
        statement = finder.statement(line[long.statement])
        if not statement:
            unknown.setdefault(line[long.statement], []).append(int(row))
            continue
        texts = {role: line[column] for role, column in columns.items()}
        who = line[long.panellist].strip()
        entries.append(Entry(int(row), long.value, who, time, statement, texts, columns))
    elsewhere[NO_STATEMENT] += sum(map(len, unknown.values()))
    notes = [
        dict(row=rows[0], column=long.statement, content=shown(cell[:200]), reason=f"{len(rows)} × {NO_STATEMENT}")
        for cell, rows in unknown.items()
    ]  # fmt: skip
    sheet, revised = collected(entries, keep, long.unused)
    elsewhere[REVISED] += revised
    return Turned(sheet, entries, elsewhere, notes)


def _number(cell: str) -> int | None:
    match = re.search(r"\d+", cell)
    return int(match.group()) if match else None


def revisable(sheet: Sheet) -> Turned:
    """A sheet with several submissions of one panellist, whose last answer on each statement counts.

    Empty cells of a later submission do not take an earlier answer away.
    """
    entries = []
    by: dict[str, dict[str, str]] = {}
    for column, (role, statement) in sheet.cells.items():
        by.setdefault(statement, {})[role] = column
    for row, line in zip(sheet.rows.index, sheet.rows.to_dict("records"), strict=True):
        who = line[sheet.panellist].strip()
        time = line[sheet.submitted] if sheet.submitted else ""
        for statement, columns in by.items():
            texts = {role: line[column] for role, column in columns.items()}
            if RATING in columns and any(texts.get(role, "") for role in (RATING, NO_OPINION)):
                entries.append(
                    Entry(int(row), columns[RATING], who, time, statement, texts, columns)
                )
    made, revised = collected(entries, "last", sheet.unused)
    return Turned(made, entries, Counter({REVISED: revised}))


def collected(entries: list[Entry], keep: str, unused: dict[str, str]) -> tuple[Sheet, int]:
    """A sheet with one row per panellist of the answers that count, and how many do not."""
    ordered = sorted(entries, key=lambda e: (e.submitted, e.row))
    by: dict[tuple[str, str], list[Entry]] = {}
    for entry in ordered:
        by.setdefault((entry.panellist.casefold(), entry.statement), []).append(entry)
    counting = [group[-1] if keep == "last" else group[0] for group in by.values()]
    statements = sorted({entry.statement for entry in counting})
    cells = {f"{s} {role}": (role, s) for s in statements for role in (RATING, COMMENT, NO_OPINION)}
    people: dict[str, list[Entry]] = {}
    for entry in counting:
        people.setdefault(entry.panellist.casefold(), []).append(entry)
    rows, origin = [], {}
    for own in people.values():
        last = max(own, key=lambda e: (e.submitted, e.row))
        line = dict.fromkeys(cells, "") | dict(panellist=last.panellist, submitted=last.submitted)
        for entry in own:
            for role, text in entry.texts.items():
                line[f"{entry.statement} {role}"] = text
                origin[last.row, f"{entry.statement} {role}"] = (
                    entry.row,
                    entry.columns.get(role, ""),
                )
        rows.append((last.row, line))
    rows.sort(key=lambda pair: pair[0])
    table = pd.DataFrame([line for _, line in rows], index=[row for row, _ in rows], dtype=str)
    table = table.reindex(columns=["panellist", "submitted", *cells])
    sheet = Sheet(table, "panellist", "submitted", cells, unused, origin=origin)
    return sheet, len(entries) - len(counting)
