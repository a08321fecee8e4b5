"""Workbooks as rows of text: the one reader for what people keep and what databases export.

openpyxl reads .xlsx, xlrd .xls; each is loaded only for a file of its kind. Of .ods the few elements
that hold cells are read with lxml, because odfpy, which pandas uses, had its last release in 2020 and has no wheel, so that
it cannot be installed where packages are not built. python-calamine 0.9
(considered) reads .xlsx in a tenth of the time and gave the same cells on the workbooks tried, but it
lays out every cell up to the last one: a workbook of two rows with a space in its last possible cell
ended the whole process for want of memory, and a cut .xls left a panic that is no Exception.
"""

import io
import os
import re
import zipfile
from dataclasses import dataclass
from datetime import datetime, time
from pathlib import Path
from typing import Any

from coproduction.core import open_document
from coproduction.core.text import some

Rows = list[list[str]]
SHEETS = {".xlsx", ".xlsm", ".ods"}
LARGE = 4_000_000  # bytes from which a workbook is read cell by cell, without its joined cells
MOST_COLUMNS = 5_000
TITLE_ROWS = 10  # above the header a title, a date or a note may stand
_NO_VALUE = re.compile(
    rb'<c r="([A-Z]+\d+)"(?![^>]* t=)[^>]*>\s*<f(?:[^>]*/>|[^>]*>[^<]*</f>)\s*(?:<v\s*/>|<v>\s*</v>)?\s*</c>'
)
_HIDDEN_ROW = re.compile(rb'<row [^>]*hidden="(?:1|true)"[^>]*>')
_NUMBER_OF = re.compile(rb' r="(\d+)"')
_HIDDEN_COLUMN = re.compile(rb'<col [^>]*hidden="(?:1|true)"[^>]*>')
_SPAN_OF = re.compile(rb'(?=.* min="(\d+)")(?=.* max="(\d+)")')
_OWN_FORMATS = 164  # from this number on a workbook brings its formats of numbers itself
_QUOTED = re.compile(r'"[^"]*"|\\\\.')  # words within a format
_WITH_WORDS = re.compile(r"xl/sharedStrings\.xml|xl/worksheets/[^/]+\.xml")
_NOUGHTS = re.compile(r"0{2,}")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")  # how .xlsx writes what XML cannot hold


def hidden_sheets(book: str | Path | bytes) -> set[int]:
    """The places of the sheets that a workbook (.xlsx) does not show, the first being 0."""
    import openpyxl

    source = io.BytesIO(book) if isinstance(book, bytes) else book
    sheets = openpyxl.load_workbook(source, read_only=True).worksheets
    return {at for at, sheet in enumerate(sheets) if sheet.sheet_state != "visible"}


class SeveralSheets(ValueError):
    """Another sheet, whose name it has, holds rows under the same headings as the first one."""


class Uncalculated(ValueError):
    """A cell, whose place it has, holds a formula without the value that it comes to."""


class Struck(ValueError):
    """What is said of cells that are struck through: the first of them, and how many others are."""


@dataclass(frozen=True)
class Sheet:
    """A sheet that a workbook shows: its name, its first rows, and which of its rows and columns are hidden."""

    name: str
    top: Rows
    hidden_rows: tuple[int, ...] = ()
    hidden_columns: tuple[str, ...] = ()


class Joined(str):
    """The words of a cell that is joined with the one above, which holds them."""


def read_sheets(book: str | Path | bytes, as_shown: bool = False) -> list[Rows]:
    """The sheets of a workbook (.xlsx), each as its rows of text; row 1 is the first.

    as_shown: percentages and leading noughts as a reader sees them, and in files that are not LARGE cells joined downwards
    as `Joined`. Raises Struck then, and whatever openpyxl stumbles over in a broken file.
    """
    import openpyxl

    source = io.BytesIO(book) if isinstance(book, bytes) else book
    size = len(book) if isinstance(book, bytes) else Path(book).stat().st_size
    whole = as_shown and size <= LARGE
    opened = openpyxl.load_workbook(source, read_only=not whole, data_only=True)
    styles = _styles(opened) if as_shown else []
    sheets = []
    for sheet in opened.worksheets:
        if not whole:
            sheet.reset_dimensions()  # some programs state a size of one cell
        rows = _as_shown(sheet, styles, in_parts=False)
        sheets.append(_with_joined(sheet, rows) if whole else rows)
    return sheets


def _with_joined(sheet: Any, rows: Rows) -> Rows:
    """The rows, with `Joined` below each cell that is joined downwards."""
    for joined in sheet.merged_cells.ranges:
        for below in range(joined.min_row, joined.max_row):
            rows[below][joined.min_col - 1] = Joined(rows[joined.min_row - 1][joined.min_col - 1])
    return rows


def shown_sheets(path: str | Path) -> list[Sheet]:
    """The sheets of a workbook (.xlsx, .ods) that are not hidden; of .ods without what is hidden in them."""
    if Path(path).suffix.lower() == ".ods":
        shown = _shown_in_open_document(open_document.content(Path(path)))
        return [Sheet(s.get(f"{open_document.TABLE}name", ""), _open_document_rows(s, TITLE_ROWS + 1)) for s in shown]
    import openpyxl

    opened = openpyxl.load_workbook(path, read_only=True, data_only=True)
    return [_sheet(path, n, sheet) for n, sheet in enumerate(opened.worksheets, 1) if sheet.sheet_state == "visible"]


def _sheet(path: str | Path, number: int, sheet: Any) -> Sheet:
    sheet.reset_dimensions()
    tops = sheet.iter_rows(values_only=True, max_row=TITLE_ROWS + 1)
    rows = [[cell_text(value) for value in row] for row in tops]
    raw = _raw_sheet(path, number)
    if b"hidden=" not in raw:
        return Sheet(sheet.title, rows)
    hidden_rows = [int(match[1]) for match in map(_NUMBER_OF.search, _HIDDEN_ROW.findall(raw)) if match]
    spans = [match for match in map(_SPAN_OF.search, _HIDDEN_COLUMN.findall(raw)) if match]
    width = max(map(len, rows), default=0)  # programs hide all columns behind the last one
    columns = [at for match in spans for at in range(int(match[1]), min(int(match[2]), width) + 1)]
    return Sheet(sheet.title, rows, tuple(hidden_rows), tuple(map(column_letters, columns)))


def column_letters(column: int) -> str:
    """How table programs call a column (A, B … AA), of which the first is 1."""
    from openpyxl.utils import get_column_letter

    return get_column_letter(column)


def _raw_sheet(book: str | Path, number: int) -> bytes:
    """The XML of the sheet of this number; empty where the workbook has it under another name."""
    with zipfile.ZipFile(book) as archive:
        name = f"xl/worksheets/sheet{number}.xml"
        return archive.read(name) if name in archive.namelist() else b""


def read_shown_sheet(path: str | Path, name: str = "") -> Rows:
    """The sheet of this name in a workbook (.xlsx, .ods), or the first one that is not hidden, as rows of text.

    Of cells joined downwards those below the first are `Joined` with its words. Raises SeveralSheets where another sheet
    that is shown has rows under the same headings, Uncalculated for a formula without its value, Struck for cells that are
    struck through, and whatever the reader stumbles over in a broken file.
    """
    if Path(path).suffix.lower() == ".ods":
        return _read_open_document(Path(path), name)
    import openpyxl

    large = Path(path).stat().st_size > LARGE
    in_parts = _has_struck_words(path)
    opened = openpyxl.load_workbook(path, read_only=large, data_only=True, rich_text=in_parts)
    shown = [s for s in opened.worksheets if s.sheet_state == "visible"] or opened.worksheets[:1]
    sheet, *others = sorted(shown, key=lambda s: s.title != name) if name else shown
    if large:
        sheet.reset_dimensions()
    rows = _as_shown(sheet, _styles(opened), in_parts)
    check_calculated(path, opened.worksheets.index(sheet) + 1)
    for other in others:
        if large:
            other.reset_dimensions()
        tops = other.iter_rows(values_only=True, max_row=TITLE_ROWS + 1)
        _refuse_the_same(rows, [[cell_text(value) for value in row] for row in tops], other.title)
    return rows if large else _with_joined(sheet, rows)


def _has_struck_words(path: str | Path) -> bool:
    """Whether words within a cell are struck through, which are read apart from the others then."""
    with zipfile.ZipFile(path) as archive:
        names = [name for name in archive.namelist() if _WITH_WORDS.fullmatch(name)]
        return any(b"<strike" in archive.read(name) for name in names)


@dataclass(frozen=True)
class _Style:
    """What the style of a cell says of its value."""

    struck: bool = False
    percent: bool = False
    digits: int = 0  # of a number, with leading noughts


def _styles(book: Any) -> list[_Style]:
    """The styles of a workbook (.xlsx), by their numbers."""
    fonts, own = book._fonts, book._number_formats
    styles = []
    for style in book._cell_styles:
        number = style.numFmtId
        form = own[number - _OWN_FORMATS] if number >= _OWN_FORMATS else {9: "0%", 10: "0.00%"}.get(number, "")
        percent = "%" in _QUOTED.sub("", form)
        noughts = _NOUGHTS.fullmatch(form)
        styles.append(_Style(bool(fonts[style.fontId].strike), percent, len(form) if noughts else 0))
    return styles


def _as_shown(sheet: Any, styles: list[_Style], in_parts: bool) -> Rows:
    """The rows of a sheet as text, percentages and leading noughts as they are shown; raises Struck.

    in_parts: words within a cell may have styles of their own
    """
    plain, struck = _Style(), list[str]()
    if all(style == plain for style in styles) and not in_parts:
        return [[cell_text(value) for value in row] for row in sheet.iter_rows(values_only=True)]
    rows = []
    for row in sheet.iter_rows():
        texts = []
        for cell in row:
            style = styles[_number_of_style(cell)] if cell.has_style else plain
            texts.append(shown_text(cell.value, style.percent, style.digits))
            if texts[-1].strip() and (style.struck or _has_struck_part(cell.value)):
                struck.append(f"{cell.coordinate} ('{texts[-1]}')")
        rows.append(texts)
    _refuse_struck(struck)
    return rows


def _number_of_style(cell: Any) -> int:
    return cell._style_id if hasattr(cell, "_style_id") else cell.style_id


def _has_struck_part(value: Any) -> bool:
    parts = value if isinstance(value, list) else ()  # words in several styles
    return any(getattr(part, "font", None) is not None and part.font.strike and str(part).strip() for part in parts)


def _refuse_struck(cells: list[str]) -> None:
    if cells:
        raise Struck(some(cells))


def shown_text(value: object, percent: bool = False, digits: int = 0) -> str:
    """The value of a cell as text, a percentage and leading noughts as a reader sees them.

    >>> shown_text(0.07, percent=True), shown_text(7, digits=3), shown_text(0.5)
    ('7%', '007', '0.5')
    """
    if isinstance(value, int | float) and not isinstance(value, bool):
        if percent:
            return f"{value * 100:.10g}%"
        if digits and value == int(value):
            return str(int(value)).zfill(digits)
    return cell_text(value)


def check_calculated(book: str | Path, number: int) -> None:
    """Raise Uncalculated where a formula in the sheet of this number has no value, as files have that no table program saved.

    openpyxl gives such a cell as empty.
    """
    raw = _raw_sheet(book, number)
    if b"<f" in raw and (match := _NO_VALUE.search(raw)):
        raise Uncalculated(match[1].decode())


def _shown_in_open_document(root: Any) -> list[Any]:
    hidden = {
        style.get(f"{open_document.STYLE}name")
        for style in root.iter(f"{open_document.STYLE}style")
        if any(part.get(f"{open_document.TABLE}display") == "false" for part in style)
    }
    sheets = list(root.iter(f"{open_document.TABLE}table"))
    return [s for s in sheets if s.get(f"{open_document.TABLE}style-name") not in hidden] or sheets[:1]


def _read_open_document(path: Path, name: str = "") -> Rows:
    root = open_document.content(path)
    shown = _shown_in_open_document(root)
    sheet, *others = sorted(shown, key=lambda s: s.get(f"{open_document.TABLE}name") != name) if name else shown
    rows = _open_document_rows(sheet)
    _refuse_struck(_struck_in_open_document(root, sheet))
    _fill_joined(sheet, rows)
    for other in others:
        _refuse_the_same(rows, _open_document_rows(other, TITLE_ROWS + 1), other.get(f"{open_document.TABLE}name", ""))
    return rows


def _struck_in_open_document(root: Any, sheet: Any) -> list[str]:
    """The words of the cells that are struck through, wholly or in part."""
    struck = {
        style.get(f"{open_document.STYLE}name")
        for style in root.iter(f"{open_document.STYLE}style")
        if any(part.get(f"{open_document.STYLE}text-line-through-style") not in (None, "none") for part in style)
    }
    if not struck:
        return []
    cells = sheet.iter(f"{open_document.TABLE}table-cell")
    texts = [(_open_document_cell(cell), cell) for cell in cells if struck & _styles_in(cell)]
    return [f"'{text}'" for text, _ in texts if text.strip()]


def _styles_in(cell: Any) -> set[str]:
    """The names of the styles of a cell and of the words in it."""
    spans = cell.iter(f"{open_document.TEXT}span")
    return {
        cell.get(f"{open_document.TABLE}style-name"),
        *(span.get(f"{open_document.TEXT}style-name") for span in spans),
    }


def _open_document_rows(sheet: Any, most: int | None = None) -> Rows:
    rows: Rows = []
    for row in sheet.iter(f"{open_document.TABLE}table-row"):
        cells = _open_document_row(row)
        times = int(row.get(f"{open_document.TABLE}number-rows-repeated") or 1)
        if not any(cells) and times > 1 and row.getnext() is None:
            break  # to the end of the sheet
        rows += [list(cells) for _ in range(times)]
        if most and len(rows) >= most:
            return rows[:most]
    return rows


def _refuse_the_same(first: Rows, other: Rows, name: str) -> None:
    """Raise SeveralSheets where both begin with the same headings, two or more of them, and both have rows below."""
    heads = [_headings(rows) for rows in (first, other)]
    if len(heads[0] & heads[1]) > 1 and 2 * len(heads[0] & heads[1]) >= max(map(len, heads)):
        raise SeveralSheets(name)


def _headings(rows: Rows) -> set[str]:
    """The cells of the first row of several cells, if there is another one below it."""
    filled = [row for row in rows[: TITLE_ROWS + 1] if sum(1 for cell in row if cell.strip()) > 1]
    return {cell.strip().casefold() for cell in filled[0] if cell.strip()} if len(filled) > 1 else set()


def _open_document_row(row: Any) -> list[str]:
    """The cells of a row; empty ones behind the last that is filled are left out."""
    cells: list[str] = []
    for cell in row.iter(f"{open_document.TABLE}table-cell", f"{open_document.TABLE}covered-table-cell"):
        times = int(cell.get(f"{open_document.TABLE}number-columns-repeated") or 1)
        cells += [_open_document_cell(cell)] * min(times, MOST_COLUMNS)
    while cells and not cells[-1]:
        cells.pop()
    return cells


def _open_document_cell(cell: Any) -> str:
    """The value of a cell as `cell_text` gives it; of text its paragraphs, without comments."""
    kind = cell.get(f"{open_document.OFFICE}value-type")
    if kind in ("float", "percentage", "currency"):
        written = "".join(map(open_document.words, cell.iter(*open_document.PARAGRAPHS)))
        digits = len(written) if written.isdecimal() and written.startswith("0") else 0
        return shown_text(float(cell.get(f"{open_document.OFFICE}value")), kind == "percentage", digits)
    if kind == "date":
        return (cell.get(f"{open_document.OFFICE}date-value") or "").removesuffix("T00:00:00").replace("T", " ")
    if kind == "boolean":
        return (cell.get(f"{open_document.OFFICE}boolean-value") or "").capitalize()
    return "\n".join(open_document.words(p) for p in cell if p.tag in open_document.PARAGRAPHS)


def _fill_joined(sheet: Any, rows: Rows) -> None:
    """Write the words of cells joined downwards into each row that they cover."""
    at = 0
    for row in sheet.iter(f"{open_document.TABLE}table-row"):
        column = 0
        for cell in row.iter(f"{open_document.TABLE}table-cell", f"{open_document.TABLE}covered-table-cell"):
            down = int(cell.get(f"{open_document.TABLE}number-rows-spanned") or 1)
            if down > 1 and int(cell.get(f"{open_document.TABLE}number-columns-spanned") or 1) == 1:
                for covered in rows[at + 1 : at + down]:
                    covered.extend([""] * (column + 1 - len(covered)))
                    covered[column] = Joined(rows[at][column])
            column += int(cell.get(f"{open_document.TABLE}number-columns-repeated") or 1)
        at += int(row.get(f"{open_document.TABLE}number-rows-repeated") or 1)
        if at >= len(rows):
            return


def read_old_sheets(book: bytes, as_shown: bool = False) -> list[Rows]:
    """The same for a workbook of Excel 97 to 2003 (.xls); a cell with an error is empty, or `as_shown` what it shows."""
    import xlrd

    with open(os.devnull, "w") as silent:
        opened = xlrd.open_workbook(file_contents=book, logfile=silent, formatting_info=as_shown and len(book) <= LARGE)
    if as_shown:
        return [_old_rows_as_shown(sheet, opened, xlrd) for sheet in opened.sheets()]
    return [
        [[_old_cell(c, opened.datemode, xlrd) for c in sheet.row(n)] for n in range(sheet.nrows)]
        for sheet in opened.sheets()
    ]


def _old_rows_as_shown(sheet: Any, book: Any, xlrd: Any) -> Rows:
    rows, struck = [], []
    for number in range(sheet.nrows):
        texts = []
        for at, cell in enumerate(sheet.row(number)):
            style = _old_style(book, cell.xf_index) if cell.xf_index is not None else _Style()
            if cell.ctype == xlrd.XL_CELL_ERROR:
                text = xlrd.error_text_from_code.get(cell.value, "#N/A")
            elif cell.ctype == xlrd.XL_CELL_NUMBER:
                text = shown_text(cell.value, style.percent, style.digits)
            else:
                text = _old_cell(cell, book.datemode, xlrd)
            if style.struck and text.strip():
                struck.append(f"{xlrd.cellname(number, at)} ('{text}')")
            texts.append(text)
        rows.append(texts)
    _refuse_struck(struck)
    for top, end, left, _ in sheet.merged_cells:
        for below in range(top + 1, min(end, len(rows))):
            rows[below][left] = Joined(rows[top][left])
    return rows


def _old_style(book: Any, number: int) -> _Style:
    style = book.xf_list[number]
    form = book.format_map[style.format_key].format_str
    struck = bool(book.font_list[style.font_index].struck_out)
    return _Style(struck, "%" in _QUOTED.sub("", form), len(form) if _NOUGHTS.fullmatch(form) else 0)


def _old_cell(cell: Any, datemode: int, xlrd: Any) -> str:
    if cell.ctype == xlrd.XL_CELL_DATE:
        return xlrd.xldate_as_datetime(cell.value, datemode).date().isoformat()
    return "" if cell.ctype == xlrd.XL_CELL_ERROR else cell_text(cell.value)


def cell_text(value: object) -> str:
    """The value of a cell as text: whole numbers and dates as people write them.

    What XML cannot hold stands in .xlsx as its code ("_x000D_"); it is undone here.

    >>> cell_text(3.0), cell_text("Yes_x000D_"), cell_text("_x005F_x000D_")
    ('3', 'Yes', '_x000D_')
    """
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    text = str(value)
    return _ESCAPED.sub(_unescaped, text) if "_x" in text else text


def _unescaped(match: re.Match[str]) -> str:
    sign = chr(int(match.group(1), 16))
    return sign if sign.isprintable() or sign in "\t\n" else ""
