"""Exports of survey tools as a table: the sheet that is read, its rows, and the name and question of each column.

Names that appear twice (Google Forms: one 'Comments' after each question) get a number instead of being refused.
LimeSurvey's VV file writes line breaks and tabs as words in braces (as its own export code does). What is no part of
the table is named (`outside`): other sheets, titles and other rows above the header, columns without a heading.
"""

from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from coproduction.core import people_tables, workbooks
from coproduction.core.errors import StudyError
from coproduction.core.text import normalise, one_line, some
from coproduction.formats.surveys.column_names import names_of
from coproduction.formats.surveys.header_rows import (
    IMPORT_ID,
    Names,
    header_of,
    heading_row,
    is_vv,
    repeated,
    statements_in,
    words_of,
)

# The order matters: lbrace stands for the brace that opens all others and is undone last.
VV_WORDS = {"{newline}": "\n", "{cr}": "", "{tab}": " ", "{quote}": '"', "{lbrace}": "{"}
NOT_SHOWN = "{question_not_shown}"
HIDDEN = "hidden {what} are read like the others"
WEB_PAGE = ("<html", "<!doctype", "<table", "<?xml")  # some tools export these under the name of a workbook
LEAST_NAMED = 2  # statements in the headings of a sheet that is read though it is not the first
FIRST = "(first column)"  # the name of a first column without a heading


@dataclass(frozen=True)
class Grid:
    """Rows of an export as text (index: row in the file), and the question above each column.

    A column's name is its code where the tool writes codes, else its heading; `texts` has the words
    of a second header row (empty: there is none, or it says the same), `keys` Qualtrics' ImportIds,
    which are the same in every language. `outside` tells of rows and columns that are no part of the
    table: row (None for a column), content and reason. `leading` has, by row, the words at its beginning
    that stand in a column without a heading. `joined` has, by row and column, the words of the cell above with which an empty
    one is joined.
    """

    rows: pd.DataFrame
    texts: dict[str, str]
    keys: dict[str, str] = field(default_factory=dict)
    outside: list[dict[str, Any]] = field(default_factory=list)
    leading: dict[int, str] = field(default_factory=dict)
    joined: dict[tuple[int, str], str] = field(default_factory=dict)

    def title(self, column: str) -> str:
        """The name and the words above a column."""
        return one_line(f"{column} {self.texts[column]}")


def read_grid(path: Path, names: Names = lambda heading: "") -> Grid:
    """The rows below all header rows, under names that are unique.

    `names` tells the statement that a heading names: of several sheets that is read whose headings name statements, and of
    several rows the heading is the one that names most. Raises StudyError for an empty file, a row with more cells than
    the header, and a second table below the first.
    """
    sheet, outside = _sheet(path, names)
    shown, lines = people_tables.read_people_rows(path, joined=True, older="cp1252", sheet=sheet)
    plain = [["" if isinstance(cell, workbooks.Joined) else cell for cell in row] for row in shown]
    joined = {line: row for line, row, own in zip(lines, shown, plain, strict=True) if row != own}
    lines = [line for line, row in zip(lines, plain, strict=True) if any(row)]
    rows = [row for row in plain if any(row)]
    if not rows:
        raise StudyError("the file is empty", file=path, remedy="Export the round again")
    if rows[0][0].lower().startswith(WEB_PAGE):
        raise StudyError(
            "the file is a web page, not a table",
            file=path,
            remedy="Open it in Excel or LibreOffice and save it as .xlsx",
        )
    rows, lines, titles = _without_title(rows, lines, names)
    header = header_of(rows, names)
    outside += titles
    outside += [
        dict(row=lines[place], content=words_of(rows[place]), reason="a row above the header") for place in header.above
    ]
    skip = header.size
    width = len(header.names)
    for row, line in zip(rows[skip:], lines[skip:], strict=True):
        if len(row) > width and any(row[width:]):
            raise StudyError(
                f"the row has {len(row)} cells, the header {width}",
                file=path,
                row=line,
                remedy="Put text that contains the separator in quotation marks",
            )
    body = [(row + [""] * width)[:width] for row in rows[skip:]]
    body, index, again = _without_headings_again(path, body, lines[skip:], header.names)
    outside += again
    if skip == 2 and is_vv(rows):
        body = [[_from_vv(cell) for cell in row] for row in body]
    columns = _unique(_with_first([one_line(name) for name in header.names], body))
    table = pd.DataFrame(body, columns=columns, index=pd.Index(index, name="row"), dtype=str)
    texts = _questions(dict(zip(columns, header.texts, strict=True)), names)
    keys = {name: m[1] for name, cell in zip(columns, header.ids, strict=False) if (m := IMPORT_ID.search(cell))}
    named_columns = [name for name in columns if name]
    outside += _without_heading(columns, body)
    first_named = next((place for place, name in enumerate(columns) if name), 0)
    leading = {
        line: first for line, row in zip(index, body, strict=True) if (first := one_line(" ".join(row[:first_named])))
    }
    above = {
        (line, name): str(cell)
        for line, row in joined.items()
        for name, cell in zip(columns, row, strict=False)
        if isinstance(cell, workbooks.Joined)
    }
    texts = {name: one_line(texts[name]) for name in named_columns}
    return Grid(table[named_columns], texts, keys, outside, leading, above)


def _sheet(path: Path, names: Names) -> tuple[str, list[dict[str, Any]]]:
    """The sheet to read (empty: the first) and a note on each other one, and on what is hidden in it.

    The first sheet, unless its headings name no statement and those of another one do.
    """
    sheets = []
    if path.suffix.lower() in workbooks.SHEETS:
        with suppress(Exception):  # a broken file is told when its rows are read
            sheets = workbooks.shown_sheets(path)
    if not sheets:
        return "", []
    named = [len(set(statements_in(_heading(s, names), names)) - {""}) for s in sheets]
    if not max(named):
        named = [LEAST_NAMED * _is_row_by_row(s) for s in sheets]
    read = sheets[named.index(max(named))] if max(named) >= LEAST_NAMED > named[0] else sheets[0]
    for sheet, n in zip(sheets, named, strict=True):
        if n and sheet is not read and any(map(any, sheet.top[1:])):
            raise StudyError(
                f"the sheet '{sheet.name}' has columns on statements too, beside the sheet '{read.name}'",
                file=path,
                remedy="Put its columns into that sheet, or save it as a file of its own; hide it if it does not count",
            )
    notes = [
        dict(row=None, content=f"sheet '{s.name}'", reason=f"the sheet '{read.name}' is read")
        for s in sheets
        if s is not read and any(map(any, s.top))
    ]
    for what, hidden in (("rows", read.hidden_rows), ("columns", read.hidden_columns)):
        if hidden:
            notes.append(dict(row=None, content=f"{what} {some(hidden, 8)}", reason=HIDDEN.format(what=what)))
    return read.name if read is not sheets[0] else "", notes


def _is_row_by_row(sheet: workbooks.Sheet) -> bool:
    """Whether some row has headings for the statement and for the answer, as tables with one row per answer do."""
    heads = [{normalise(cell) for cell in row} for row in sheet.top]
    return any(head & set(names_of("statement")) and head & set(names_of("value")) for head in heads)


def _heading(sheet: workbooks.Sheet, names: Names) -> list[str]:
    rows = [row for row in sheet.top if any(row)]
    return rows[heading_row(rows, names)] if rows else []


def _with_first(names: list[str], body: list[list[str]]) -> list[str]:
    """The names with one for a first column without a heading that most rows fill: it may hold the ids."""
    if not names or names[0] or 2 * sum(bool(row[0]) for row in body) <= len(body):
        return names
    return [FIRST, *names[1:]]


def _questions(texts: dict[str, str], names: Names) -> dict[str, str]:
    """The words of a second header row; in exports of KoboToolbox those behind the groups that stand before a question."""
    if not {"_uuid", "_submission_time"} <= set(texts):
        return texts
    return {name: text or _behind_groups(name, names) for name, text in texts.items()}


def _behind_groups(name: str, names: Names) -> str:
    """What names a statement behind a stroke, else what is behind the last one."""
    parts = name.split("/")
    tails = ["/".join(parts[at:]) for at in range(1, len(parts))]
    return next((tail for tail in tails if names(tail)), tails[-1] if tails else "")


def _without_headings_again(
    path: Path, body: list[list[str]], lines: list[int], names: list[str]
) -> tuple[list[list[str]], list[int], list[dict[str, Any]]]:
    """The rows that are not the heading again; StudyError where it stands below a title of its own: a second table."""
    again = repeated(body, names)
    for place in again:
        above = body[place - 1] if place else []
        if sum(map(bool, above)) == 1:
            raise StudyError(
                f"a second table begins below '{words_of(above)}'",
                file=path,
                row=lines[place],
                remedy="Keep one table in the file and save the other as a file of its own (rounds.csv names it)",
            )
    notes = [dict(row=lines[place], content=words_of(body[place]), reason="the header again") for place in again]
    kept = [place for place in range(len(body)) if place not in set(again)]
    return [body[place] for place in kept], [lines[place] for place in kept], notes


def _without_title(
    rows: list[list[str]], lines: list[int], names: Names
) -> tuple[list[list[str]], list[int], list[dict[str, Any]]]:
    """The rows from the header on, and the rows of a single cell above it, which are a title.

    A cell alone that names a statement is the header of a table whose ids have none.
    """
    alone = [not row[0] and any(statements_in(row, names)) for row in rows[: workbooks.TITLE_ROWS]]
    header = next((at for at, row in enumerate(rows) if sum(map(bool, row)) > 1 or any(alone[at : at + 1])), 0)
    outside = [
        dict(row=line, content=one_line(" ".join(row))[:60], reason="a title above the header")
        for row, line in zip(rows[:header], lines[:header], strict=True)
    ]
    return rows[header:], lines[header:], outside


def _without_heading(names: list[str], body: list[list[str]]) -> list[dict[str, Any]]:
    """The columns that hold something and have no heading."""
    notes = []
    for place, name in enumerate(names):
        cells = 0 if name else sum(bool(row[place]) for row in body)
        if cells:
            content = f"column {place + 1}, cells: {cells}"
            notes.append(dict(row=None, content=content, reason="the column has no heading"))
    return notes


def _from_vv(cell: str) -> str:
    if cell == NOT_SHOWN:
        return cell
    for word, sign in VV_WORDS.items():
        cell = cell.replace(word, sign)
    return cell


def _unique(names: list[str]) -> list[str]:
    """Names with a number behind each repetition; the first keeps its name."""
    times_seen: dict[str, int] = {}
    unique_names = []
    for name in names:
        times_seen[name] = times_seen.get(name, 0) + 1
        unique_names.append(name if times_seen[name] == 1 or not name else f"{name} ({times_seen[name]})")
    return unique_names
