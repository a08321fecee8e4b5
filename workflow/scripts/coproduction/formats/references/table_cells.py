"""What programs do to the cells of a table, undone: lists of Python and JSON, numbers and pages that became dates.

A table that a script has written from an API holds "['Alder, B.', 'Birch, C.']" or "[{'name': 'Alder, B.'}]" for names. A
table program takes "10-11" for a day, and shows a number as a day where the column is formatted so.
"""

import ast
import json
import re
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from typing import Any

from coproduction.core.days import MONTHS
from coproduction.formats.references.field_plan import column_name
from coproduction.formats.references.maps import SHEET, Fields

_LONGEST = 50_000  # letters of a cell that is read as a list
_NAMES = ("name", "display_name", "full_name", "fullName", "title", "value", "text", "descriptor")
_DAY_MONTH = re.compile(r"(\d{1,2})\.?[- ]([^\W\d_]{3})[^\W\d_]{0,6}\.?\Z|([^\W\d_]{3})[^\W\d_]{0,6}\.?-(\d{1,2})\Z")
_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:[T ]00:00:00)?\Z")
_FIRST_DAY = date(1899, 12, 30)  # from which table programs count
_AUTHORITY = re.compile(r"::[^|;:]*(?:::[^|;:]*)?::-?\d{1,3}(?=\||\Z)")  # DSpace: "Alder, Béla::virtual::123::600"


def plain_cells(fields: Fields) -> Fields:
    """The fields with plain values; what changed is kept under "… (as written)".

    >>> plain_cells([("pages", "10-Nov"), ("Title", "10-Nov")])
    [('pages', '10-11'), ('pages (as written)', '10-Nov'), ('Title', '10-Nov')]
    """
    if not any(
        value[0] in "[{" or (len(value) < 20 and not value.isdecimal() and _field(tag)) or tag[:3] == "dc."
        for tag, value in fields
        if value
    ):
        return fields  # as most entries
    plain: Fields = []
    for tag, value in fields:
        new_cell = value
        if value[:1] in ("[", "{") and value[-1:] in ("]", "}"):
            listed = _listed(value)
            new_cell = value if listed is None else listed
        elif len(value) < 20 and (change := _CELLS.get(_field(tag))):
            new_cell = change(value)
        if "::" in new_cell and tag.startswith("dc."):
            new_cell = _AUTHORITY.sub("", new_cell)
        plain.append((tag, new_cell))
        if new_cell != value:
            plain.append((f"{tag} (as written)", value))
    return plain


@cache
def _field(tag: str) -> str:
    """The field that a column fills, of those in which a table program may have written a day."""
    name = column_name(tag)
    return next((field for field in _CELLS if name in SHEET[field]), "")


def _listed(cell: str) -> str | None:
    """The texts of a list or object, with semicolons between; None where the cell is none."""
    if len(cell) > _LONGEST:
        return None
    for read in (json.loads, ast.literal_eval):
        try:
            list_read = read(cell)
            return "; ".join(dict.fromkeys(_texts(list_read))) if isinstance(list_read, list | tuple | dict) else None
        except (ValueError, SyntaxError, RecursionError, MemoryError):
            continue
    return None


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield from filter(None, [value.strip()])
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _texts(one)
    elif isinstance(value, dict):
        parts = value.get("date-parts")
        if parts and isinstance(parts, list) and isinstance(parts[0], list):
            yield "-".join(map(str, parts[0]))
        elif value.get("family"):
            yield ", ".join(str(value[name]) for name in ("family", "given") if value.get(name))
        else:
            inner = next((value[name] for name in _NAMES if value.get(name)), value.get("author"))
            yield from _texts(inner)
    elif value is not None and not isinstance(value, bool):
        yield str(value)


def _day(cell: str) -> date | None:
    match = _ISO.match(cell)
    try:
        return date(*map(int, match.groups())) if match else None
    except ValueError:  # no day of the calendar
        return None


def _number(cell: str) -> str:
    """A number that a table program shows as a day: "1905-07-12" for 2020, "1900-01-12" for 12."""
    day = _day(cell)
    if day is None or day.year > 1910 or day <= _FIRST_DAY:
        return cell
    count = (day - _FIRST_DAY).days
    return str(count if count > 60 else count - 1)  # which count a 29 February 1900


def _year(cell: str) -> str:
    number = _number(cell)
    return number if re.match(r"1905-0[67]", cell) and number.isdigit() and 1950 < int(number) < 2050 else cell


def _pages(cell: str) -> str:
    """Pages that were taken for a day and a month; the first comes before the last."""
    named, day = _DAY_MONTH.match(cell), _day(cell)
    if named:
        month = MONTHS.get((named[2] or named[3]).lower())
        ends = sorted([int(named[1] or named[4]), month]) if month else []
    else:
        ends = sorted([day.month, day.day]) if day else []
    return "-".join(map(str, dict.fromkeys(ends))) if ends else cell


_CELLS: dict[str, Callable[[str], str]] = {"year": _year, "volume": _number, "issue": _number, "pages": _pages}
