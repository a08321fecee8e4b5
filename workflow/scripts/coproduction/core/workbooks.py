"""Excel workbooks as rows of text: the one reader for what people keep and what databases export.

openpyxl reads .xlsx, xlrd .xls; each is loaded only for a file of its kind. python-calamine 0.9
(considered) reads .xlsx in a tenth of the time and gave the same cells on the workbooks tried, but it
lays out every cell up to the last one: a workbook of two rows with a space in its last possible cell
ended the whole process for want of memory, and a cut .xls left a panic that is no Exception.
"""

import io
import os
import re
from datetime import datetime, time
from pathlib import Path
from typing import Any

Rows = list[list[str]]
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")  # how .xlsx writes what XML cannot hold


def read_sheets(book: str | Path | bytes) -> list[Rows]:
    """The sheets of a workbook (.xlsx), each as its rows of text; row 1 is the first.

    Raises whatever openpyxl stumbles over in a broken file.
    """
    import openpyxl

    source = io.BytesIO(book) if isinstance(book, bytes) else book
    opened = openpyxl.load_workbook(source, read_only=True, data_only=True)
    sheets = []
    for sheet in opened.worksheets:
        sheet.reset_dimensions()  # some programs state a size of one cell
        sheets.append([[cell_text(v) for v in row] for row in sheet.iter_rows(values_only=True)])
    return sheets


def read_old_sheets(book: bytes) -> list[Rows]:
    """The same for a workbook of Excel 97 to 2003 (.xls); a cell with an error is empty."""
    import xlrd

    with open(os.devnull, "w") as silent:
        opened = xlrd.open_workbook(file_contents=book, logfile=silent)
    return [
        [[_old_cell(c, opened.datemode, xlrd) for c in sheet.row(n)] for n in range(sheet.nrows)]
        for sheet in opened.sheets()
    ]


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


def _unescaped(found: re.Match[str]) -> str:
    sign = chr(int(found.group(1), 16))
    return sign if sign.isprintable() or sign in "\t\n" else ""
