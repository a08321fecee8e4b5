"""What headings of public statistics are known to hold, and headings in two rows as one.

Publishers write the years in a row of their own, below a heading that joins them (`Value`) or, as Eurostat's workbooks do,
above the heading of the countries, with the marks of each value in a column without a heading beside it.
"""

import csv
import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from coproduction.core.workbooks import Joined
from coproduction.formats.statistics.reading import Sheet

TOP = 25  # rows in which the headings are looked for: publishers say something of the data above
_STATUS = "p|e|r|b|prov|prel|est|rev"  # provisional, estimated, revised, break in series
_YEAR = r"1[89]\d\d|20\d\d|2100"
YEAR_HEADING = re.compile(rf"(?:YR)?({_YEAR})(?:\.0)?(?: \[YR\d{{4}}\])?(?:\s*(?:([*†‡]+)|\(?({_STATUS})\)?))?")
_FLAG = re.compile(r"[a-z]{1,4}")
_NOTES = re.compile(r"(?:special values?|available flags|observation flags)\b", re.IGNORECASE)


@cache
def roles() -> dict[str, tuple[str, int]]:
    """By plain heading its role and its rank among those of the role."""
    path = Path(__file__).with_name("headings.csv")
    with path.open(encoding="utf-8", newline="") as file:
        return {row["heading"]: (row["role"], rank) for rank, row in enumerate(csv.DictReader(file))}


def plain(heading: str) -> str:
    """A heading without capitals and marks, as `headings.csv` has it.

    >>> plain("Country Code"), plain("TIME_PERIOD")
    ('countrycode', 'timeperiod')
    """
    return re.sub(r"[\W_]+", "", heading.casefold())


def mark_of(heading: str) -> str:
    """The mark behind a year in a heading, which all values below it have.

    >>> mark_of("2020 (p)"), mark_of("2021e"), mark_of("2022")
    ('p', 'e', '')
    """
    match = YEAR_HEADING.fullmatch(heading)
    return (match[2] or match[3] or "") if match else ""


def in_one_row(sheet: Sheet) -> Sheet:
    """The sheet with its headings in one row, and with marks beside the values behind them; as it is otherwise.

    A heading that is joined with the one above it stands once.
    """
    at = next((n for n, row in enumerate(sheet.rows[:TOP]) if any(_role(cell) == "place" for cell in row)), -1)
    if not any(isinstance(cell, Joined) for row in sheet.rows[: at + 2] for cell in row):
        return _with_one_row(sheet)
    once = [["" if isinstance(cell, Joined) else cell for cell in row] for row in sheet.rows[: at + 2]]
    return _with_one_row(Sheet(sheet.name, [*once, *sheet.rows[at + 2 :]], sheet.lines))


def _with_one_row(sheet: Sheet) -> Sheet:
    for at, row in enumerate(sheet.rows[:TOP]):
        places = [n for n, cell in enumerate(row) if _role(cell) == "place"]
        if not places or any(_is_year(cell) or _role(cell) == "year" for cell in row):
            continue
        below = sheet.rows[at + 1] if at + 1 < len(sheet.rows) else []
        above = sheet.rows[at - 1] if at else []
        if _years_beside(above, places) and not any(cell for n, cell in enumerate(row) if n not in places):
            heads = [cell or _at(above, n) for n, cell in enumerate(_padded(row, above))]
            return _with_marks(sheet, at, heads, at + 1)
        if _years_beside(below, places) and not any(_at(below, n) for n in places):
            return _with_marks(sheet, at, _joined(_padded(row, below), below), at + 2)
    return sheet


def _role(heading: str) -> str:
    return roles().get(plain(heading), ("", 0))[0]


def _is_year(heading: str) -> bool:
    return YEAR_HEADING.fullmatch(heading) is not None


def _at(row: Sequence[str], n: int) -> str:
    return row[n] if n < len(row) else ""


def _padded(row: Sequence[str], other: Sequence[str]) -> list[str]:
    return [*row, *[""] * (len(other) - len(row))]


def _years_beside(row: Sequence[str], places: Sequence[int]) -> bool:
    """Whether a row has years, and nothing else, beside the columns of places."""
    cells = [cell for n, cell in enumerate(row) if cell and n not in places]
    return bool(cells) and all(map(_is_year, cells))


def _joined(above: Sequence[str], below: Sequence[str]) -> list[str]:
    """Each year behind the heading that stands once over its columns."""
    heads, group = [], ""
    for n, cell in enumerate(above):
        group = cell or group
        heads.append(f"{group} {_at(below, n)}" if _at(below, n) else cell)
    return heads


def _with_marks(sheet: Sheet, at: int, heads: list[str], first: int) -> Sheet:
    """The sheet with these headings, the rows from `first` on below them, without the publisher's key to its signs."""
    rows, lines = sheet.rows[first:], sheet.lines[first:]
    last = next((n for n, row in enumerate(rows) if _NOTES.match(row[0])), len(rows))
    heads = _padded(heads, max(rows[:last], key=len, default=heads))
    rows, lines = [_padded(row, heads) for row in rows[:last]], lines[:last]
    for n in range(1, len(heads)):
        marks = {row[n] for row in rows} - {""}
        if not heads[n] and heads[n - 1] and all(map(_FLAG.fullmatch, marks)):
            for row in rows:
                row[n - 1 : n + 1] = [f"{row[n - 1]} {row[n]}".strip(), ""]
    return Sheet(sheet.name, [*sheet.rows[:at], heads, *rows], [*sheet.lines[: at + 1], *lines])
