"""Forms that people fill in with Excel or LibreOffice: a table with room for their answers.

Written with XlsxWriter, which gives the same bytes for the same table; openpyxl, which reads the
workbooks, writes the time of the run into them and no words set apart within a cell. The first sheet
holds the table, so that a form that is filled in is read like any other table; the second says how.
"""

import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import pandas as pd

from coproduction.core.tables import Table

MOST_ROWS = 1_000  # of a form; the others are offered once these are filled in
MOST_SIGNS = 32_000  # in a cell; Excel holds 32,767
MOST_LISTED = 250  # signs of the words of a drop-down list; Excel takes 255
ID = 40  # signs up to which the first column is an id, beside which the answers have their place
NARROW, MIDDLE, WIDE = 11, 28, 64  # width of columns in signs: the least, of names, of sentences
SENTENCE = 90  # signs from which a cell holds a sentence
LINE, TALLEST = 15, 400  # height of a line and of the tallest row in points; Excel allows 409
NOTES = "how to fill in"  # the second sheet
FILL, HEAD, TERM = "#FFF7D6", "#E4E9EE", "#A33B00"
# What becomes of a file that is there already.
BESIDE = "If such a file exists already, add to the name: every file that begins with it is read."
INSTEAD = "It replaces the existing file, whose contents it includes."
ADDED = "If such a file exists already, add these rows to it."
MADE = datetime(2000, 1, 1)


@dataclass(frozen=True)
class Form:
    """A form: where it is saved in the study folder, what it shows, and what people fill in.

    rows: the table as it is shown; kept: the schema of the table that people keep
    fill: the columns that people fill in, in order; words: the words a column takes, where its schema
    does not say; marked: per row the words to set apart in a column, by its name
    notes: further lines for the second sheet; beside: what becomes of a file that is there already
    """

    file: str
    rows: pd.DataFrame
    kept: Table
    fill: Sequence[str]
    words: Mapping[str, Sequence[str]] = field(default_factory=dict)
    marked: Mapping[str, Sequence[Sequence[str]]] = field(default_factory=dict)
    notes: Sequence[str] = ()
    beside: str = ""

    def allowed(self, column: str) -> list[str]:
        """The words that a column takes; none where any will do."""
        declared = self.kept.columns[column].allowed if column in self.kept.columns else None
        return [word for word in self.words.get(column) or declared or () if word]


def workbook(form: Form) -> bytes:
    """The form as an .xlsx file: frozen header, filter, wrapped text, lists of the allowed words.

    At most MOST_ROWS rows are offered; the second sheet says how many others there are.
    """
    import xlsxwriter

    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(buffer, options) as book:
        book.set_properties({"created": MADE, "title": form.file})
        _write_table(book, form)
        _write_notes(book, form)
    return buffer.getvalue()


def _write_table(book: Any, form: Form) -> None:
    rows = form.rows.head(MOST_ROWS)
    rows = rows.assign(**{name: "" for name in form.fill if name not in rows})
    shown_columns = [name for name in rows if name not in form.fill]
    names = shown_columns[:1] + list(form.fill) + shown_columns[1:]
    names = names if _narrow(rows, shown_columns[0]) else shown_columns + list(form.fill)
    sheet = book.add_worksheet("to fill in")
    plain = {"text_wrap": True, "valign": "top"}
    head = book.add_format(plain | {"bold": True, "bg_color": HEAD, "bottom": 1})
    open_head = book.add_format(plain | {"bold": True, "bg_color": FILL, "bottom": 1})
    cell, answer = book.add_format(plain), book.add_format(plain | {"bg_color": FILL, "border": 4, "num_format": "@"})
    term = book.add_format({"bold": True, "font_color": TERM})
    for at, name in enumerate(names):
        fills = name in form.fill
        sheet.set_column(at, at, _width(rows[name], name), answer if fills else cell)
        sheet.write_string(0, at, name, open_head if fills else head)
        marked = form.marked.get(name, ())
        for number, value in enumerate(rows[name].tolist()):
            _write_cell(sheet, (number + 1, at), value, answer if fills else cell, term, marked, number)
        if fills:
            _offer_words(sheet, at, len(rows), form.allowed(name))
    widths = [_width(rows[name], name) for name in names]
    for number, cells in enumerate(rows[names].itertuples(index=False), start=1):
        sheet.set_row(number, _height(cells, widths))
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, max(len(rows), 1), len(names) - 1)
    sheet.set_landscape()
    sheet.set_paper(8)  # A3
    sheet.repeat_rows(0)
    sheet.fit_to_pages(1, 0)


def _narrow(rows: pd.DataFrame, name: str) -> bool:
    """Whether the first column is an id, beside which the answers stand at once."""
    return bool(rows[name].astype(str).str.len().max() < ID) if len(rows) else True


def _width(cells: pd.Series, name: str) -> int:
    longest = int(cells.astype(str).str.len().max()) if len(cells) else 0
    return min(max(longest + 2, len(name) + 4, NARROW), WIDE if longest > SENTENCE else MIDDLE)


def _height(cells: Sequence[Any], widths: Sequence[int]) -> int:
    """The height of a row in points: LibreOffice fits none by itself that has words set apart."""
    lines = max(
        sum(1 + len(line) // width for line in str(cell).split("\n")) for cell, width in zip(cells, widths, strict=True)
    )
    return min(LINE * lines, TALLEST)


def _write_cell(sheet: Any, place: tuple[int, int], value: Any, style: Any, term: Any, marked: Sequence, row: int):
    if isinstance(value, str) or value is None or pd.isna(value):
        text = _fitting(value if isinstance(value, str) else "")
        pieces = _set_apart(text, marked[row], term) if row < len(marked) else []
        if len(pieces) > 2:
            sheet.write_rich_string(*place, *pieces, style)
        elif text:
            sheet.write_string(*place, text, style)
        else:
            sheet.write_blank(*place, None, style)
    else:
        sheet.write_number(*place, value, style)


def _fitting(text: str) -> str:
    return text if len(text) <= MOST_SIGNS else text[:MOST_SIGNS] + " … (cut off: an Excel cell holds no more)"


def _set_apart(text: str, words: Iterable[str], term: Any) -> list:
    """The text in pieces, the words among them with the format `term` before them."""
    patterns = [re.escape(word) for word in words if word.strip()]
    if not patterns:
        return []
    pieces: list = []
    for number, piece in enumerate(re.split(rf"\b({'|'.join(patterns)})\b", text, flags=re.IGNORECASE)):
        if piece:
            pieces += [term, piece] if number % 2 else [piece]
    return pieces


def _offer_words(sheet: Any, column: int, rows: int, words: Sequence[str]) -> None:
    """A list to choose from; where it is too long for Excel any words can be typed."""
    if not words or not rows or sum(map(len, words)) + len(words) > MOST_LISTED or any("," in w for w in words):
        return
    sheet.data_validation(
        1,
        column,
        rows,
        column,
        {
            "validate": "list",
            "source": list(words),
            "error_title": "Not an allowed value",
            "error_message": f"Choose one of: {', '.join(words)}"[:250],
        },
    )


def _write_notes(book: Any, form: Form) -> None:
    sheet = book.add_worksheet(NOTES)
    plain = {"text_wrap": True, "valign": "top"}
    cell, head = book.add_format(plain), book.add_format(plain | {"bold": True, "bg_color": HEAD})
    sheet.set_column(0, 0, 24, cell)
    sheet.set_column(1, 2, WIDE, cell)
    more = len(form.rows) - MOST_ROWS
    lines = [f"Fill in the yellow columns and save the file in the study folder as {form.file}. {form.beside}".strip()]
    lines += ["Cells that you leave empty will be asked for again."]
    lines += [f"{more} more rows will follow once these are filled in."] if more > 0 else []
    for number, line in enumerate([*lines, *form.notes]):
        sheet.merge_range(number, 0, number, 2, line, cell)
        sheet.set_row(number, _height([line], [2 * WIDE]))
    start = len(lines) + len(form.notes) + 1
    for at, title in enumerate(("column", "meaning", "words")):
        sheet.write_string(start, at, title, head)
    for number, name in enumerate(form.fill, start=start + 1):
        described = form.kept.columns[name].description if name in form.kept.columns else ""
        for at, text in enumerate((name, described, ", ".join(form.allowed(name)))):
            sheet.write_string(number, at, text, cell)
