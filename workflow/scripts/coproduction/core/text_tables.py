"""Tables in text files (CSV) as rows of cells with the numbers of their rows.

Python's own `csv` parses them, because pandas' reader drops or shifts ragged rows and knows no row numbers for
messages.
"""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from coproduction.core.errors import StudyError

SEPARATORS = ",;\t"
LAST = "|"  # separates only where none of the others does: people write it within cells
SEPARATOR_LINE = re.compile(r"\"?sep=(?P<mark>[,;\t|])\"?\r?\n", re.IGNORECASE)  # written for Excel
LOOKED_AT = 4  # lines by which the separator is told


def rows_in(content: str, path: str | Path, delimiter: str = "") -> tuple[list[list[str]], list[int]]:
    """The rows of a CSV that are not empty, their cells stripped, and their row numbers (the first is 1).

    `delimiter` says what separates the cells where it is known. Raises StudyError for a quotation mark that is not closed.
    """
    if "\0" in content:
        raise StudyError("the file is not a text table", file=path, remedy="Save it as CSV UTF-8")
    stated = SEPARATOR_LINE.match(content)
    body = content[stated.end() :] if stated else content
    delimiter = stated["mark"] if stated else delimiter or separator_of(body)
    reader = csv.reader(io.StringIO(body, newline=""), delimiter=delimiter, strict=True)
    before = 1 if stated else 0
    rows, lines, start = [], [], before + 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                rows.append([_of_formula(cell.strip()) for cell in cells])
                lines.append(start)
                _check_swallowed(cells, delimiter, start, path)
            start = before + reader.line_num + 1
    except csv.Error as error:
        raise StudyError(
            f"the table is truncated or a quotation mark is not closed ({error})",
            file=path,
            row=start,
            remedy="Close the quotation mark or export the file again",
        ) from error
    return _unquoted(rows), lines


def _of_formula(cell: str) -> str:
    """The words of a cell that programs write as a formula, so that Excel keeps its noughts (`="007"`)."""
    return cell[2:-1] if cell.startswith('="') and cell.endswith('"') and len(cell) > 2 else cell


def _check_swallowed(cells: list[str], delimiter: str, row: int, path: str | Path) -> None:
    """Raise StudyError for a cell that holds a line like a row: a quotation mark before it is not closed where it should."""
    for cell in cells:
        for line in cell.splitlines()[1:] if "\n" in cell else ():
            if len(cells) > 2 and line.count(delimiter) >= len(cells) - 1 and f"{delimiter} " not in line:
                raise StudyError(
                    f"a quotation mark seems to take in the rows below it ('{line.strip()[:40]}' stands in one cell)",
                    file=path,
                    row=row,
                    remedy="Close the quotation mark in its row, or write two in place of one within a text",
                )


def _unquoted(rows: list[list[str]]) -> list[list[str]]:
    """Rows that a program has put into quotation marks as a whole, with the cells that they have; others as they are.

    >>> _unquoted([["case,set"], ['AUT,"a, b"']]), _unquoted([["a,b"], ["c"]])
    ([['case', 'set'], ['AUT', 'a, b']], [['a,b'], ['c']])
    """
    if len(rows) < 2 or any(len(row) > 1 for row in rows):
        return rows
    lines = [row[0] for row in rows]
    separator = separator_of("\n".join(lines))
    parts = [[cell.strip() for cell in row] for row in csv.reader(lines, delimiter=separator)]
    same = len(parts) == len(rows) and len(set(map(len, parts))) == 1
    return parts if same and len(parts[0]) > 1 else rows


def separator_of(body: str) -> str:
    """What separates the cells: the mark that the first line has most of, or a title below which lines have another.

    >>> separator_of("a;b,c;d"), separator_of("Ours, of March\\na;b;c\\n1;2,5;3"), separator_of("a|b")
    (';', ';', '|')
    """
    head = _first_lines(body)
    first, *below = head or [""]
    counted = max(SEPARATORS, key=lambda mark: (first.count(mark), mark == ","))
    stated = first.count(counted)
    if (len(below) > 1 and any(line.count(counted) < stated for line in below)) or not stated:
        for mark in SEPARATORS:  # the first line may be a title
            each = {line.count(mark) for line in below}
            if mark not in first and len(each) == 1 and each.pop() >= max(1, stated):
                return mark
    return counted if counted in first or LAST not in first else LAST


def _first_lines(body: str) -> list[str]:
    lines = (line for line in io.StringIO(body) if line.strip())
    return [line for line, _ in zip(lines, range(LOOKED_AT), strict=False)]


def broken_rows(rows: Sequence[Sequence[str]], width: int, needed: int) -> Iterator[tuple[int, int]]:
    """The first and the last of rows that together have the cells of one: a line end within a cell breaks a row.

    Only where other rows have all `width` cells and one of these ends before the first `needed` ones: people may leave
    out empty cells at the end of a row.

    >>> rows = [["a", "1", "x"], ["b", "2"], ["y", "z"]]
    >>> list(broken_rows(rows, 3, needed=3)), list(broken_rows(rows, 3, needed=2))
    ([(1, 2)], [])
    """
    if not any(len(row) == width for row in rows):
        return
    at = 0
    while at < len(rows):
        cells, last = len(rows[at]), at
        while cells <= width and last + 1 < len(rows) and len(rows[last + 1]) < width:
            last += 1
            cells += len(rows[last]) - 1
            if cells == width:
                break
        if last > at and cells == width and any(len(row) < needed for row in rows[at : last + 1]):
            yield at, last
            at = last
        at += 1
