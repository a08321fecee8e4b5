"""Exports as tables: CSV of Scopus, Zotero, Embase, IEEE, Springer and others, Web of Science
tab-delimited, and Excel workbooks (core/workbooks).

pandas.read_csv (considered) shifts every column of Web of Science files (58 names, 59 cells a row)
and drops or stops at rows of another length; a quote that is never closed makes any plain reader
swallow the rest of the file as one cell. Rows are therefore cut here and then split by `csv`.
"""

import csv
import re
from collections.abc import Generator, Iterator

from coproduction.core import workbooks
from coproduction.formats.references import maps
from coproduction.formats.references.fields import column_name
from coproduction.formats.references.maps import RawEntry, outside

_FOOT = re.compile(  # what programs write in a row of its own
    r"(?:©|\(c\)|copyright\b|export(?:ed)?\b|total\b|source: |end of |date(?: of export)?: |search(?:ed)?: "
    r"|query: |database: |page \d)",
    re.IGNORECASE,
)
_SUM = re.compile(
    r"(?:grand |sub)?(?:totals?|sum|count|summe|anzahl|gesamt|insgesamt|somme|suma|totale|totaal)\s*:?\Z", re.IGNORECASE
)
_COUNT = re.compile(r"[\d.,%\s]+\Z")
_DIGIT, _DOI = re.compile(r"\d"), re.compile(r"10\.|\bn/?a\b|not |none|^-$", re.IGNORECASE)
# What a cell under these names holds, if it is not empty.
_FITS = {
    **dict.fromkeys(
        ("year", "publication year", "pubyear", "published year", "jahr", "erscheinungsjahr", "année", "año", "ano"),
        _DIGIT,
    ),
    **dict.fromkeys(maps.SHEET["doi"], _DOI),
    **dict.fromkeys((*maps.SHEET["start"], *maps.SHEET["end"], "volume", "pages", "seiten", "pages start"), _DIGIT),
}
_LONGEST_ROW = 500  # lines in one cell before a quote counts as never closed
_HIGHEST = 20  # lines among which the names of the columns stand
_LONGEST_HEAD = 20_000
_NAMES = frozenset(name for field in ("title", "doi", "abstract") for name in maps.SHEET[field])
_COLUMNS = frozenset(name for tags in maps.SHEET.values() for name in tags)
_ALL_AUTHORS = frozenset(maps.SHEET["authors"]) - {"first author"}
_ONE_AUTHOR = re.compile(r"(?:author|autor|auteur|autore)[ _]?(?:[1-9]|[1-4]\d)\Z", re.IGNORECASE)
_ERRORS = frozenset(["#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!"])
csv.field_size_limit(1 << 30)
Row = tuple[int, list[str], str]  # line, cells, what was repaired


def read_delimited(text: str) -> Iterator[RawEntry]:
    """Entries of a CSV or tab-separated table, below the row of names.

    That is the first row that names a title, DOI or abstract (Embase, Dimensions and others write
    the search above it), else the first row with several cells.
    """
    lines = text.split("\n")
    named = find_names(lines)
    first = next((i for i, line in enumerate(lines) if line.strip()), 0)
    first = first if named is None else named
    above = [(number, line) for number, line in enumerate(lines[:first], 1) if line.strip()]
    if above:
        text = " ".join(line.strip() for _, line in above)
        yield outside(above[0][0], text, "above the names of the columns", len(above))
    delimiter = find_delimiter(lines[first]) if lines else ","
    yield from _entries(_rows(lines, first, delimiter))


def find_names(lines: list[str], known: frozenset[str] = frozenset()) -> int | None:
    """Index of the line among the first that names the columns of a bibliographic table."""
    for index, line in enumerate(lines[:_HIGHEST]):
        cells = line[:_LONGEST_HEAD].split(find_delimiter(line[:_LONGEST_HEAD]))
        if len(cells) > 1 and (_names_columns(cells) or known & set(map(column_name, cells))):
            return index
    return None


def _names_columns(cells: list[str]) -> bool:
    return any(column_name(cell) in _NAMES for cell in cells)


class NoNames(ValueError):
    """No row of a workbook names the columns of records; its text is the first row with cells."""


def read_workbook(data: bytes, known: frozenset[str] = frozenset()) -> Iterator[RawEntry]:
    """Entries of an Excel workbook (.xlsx); `known` are names of columns beside the usual ones.

    Raises NoNames where no row names columns.
    """
    sheets = [_sheet_rows(rows) for rows in workbooks.read_sheets(data)]
    hidden = workbooks.hidden_sheets(data) if len(sheets) > 1 else set()
    if len(hidden) < len(sheets):
        for rows in (sheets[at] for at in sorted(hidden)):
            filled = [(number, text) for number, cells, _ in rows if (text := " ".join(cells).strip())]
            if filled:
                yield outside(filled[0][0], " ".join(text for _, text in filled), "hidden sheet", len(filled))
        sheets = [rows for at, rows in enumerate(sheets) if at not in hidden]
    yield from _of_sheets(sheets, known)


def read_old_workbook(data: bytes, known: frozenset[str] = frozenset()) -> Iterator[RawEntry]:
    """The same for workbooks of Excel 97 to 2003 (.xls), as Web of Science and ProQuest export."""
    yield from _of_sheets([_sheet_rows(rows) for rows in workbooks.read_old_sheets(data)], known)


def _sheet_rows(rows: workbooks.Rows) -> list[Row]:
    """The rows with their numbers; a cell in which a formula failed holds nothing."""
    return [(number, ["" if cell in _ERRORS else cell for cell in row], "") for number, row in enumerate(rows, 1)]


def _of_sheets(sheets: list[list[Row]], known: frozenset[str]) -> Iterator[RawEntry]:
    """Entries of the sheets that name columns of records; other sheets are listed."""
    starts = [
        next(
            (
                i
                for i, (_, cells, _) in enumerate(rows[:_HIGHEST])
                if _names_columns(cells) or known & set(map(column_name, cells))
            ),
            None,
        )
        for rows in sheets
    ]
    if all(at is None for at in starts):
        filled = ([c.strip() for c in cells if c.strip()] for rows in sheets for _, cells, _ in rows)
        first = next((cells for cells in filled if cells), [])
        if first:
            raise NoNames(", ".join(first))
        return
    for rows, at in zip(sheets, starts, strict=True):
        above = [(number, " ".join(cells).strip()) for number, cells, _ in rows[:at]]
        above = [(number, text) for number, text in above if text]
        if above:
            reason = "sheet without records" if at is None else "above the names of the columns"
            yield outside(above[0][0], " ".join(text for _, text in above), reason, len(above))
        if at is not None:
            yield from _entries(iter(rows[at:]))


def find_delimiter(line: str) -> str:
    """The sign that splits `line` into most cells: tab, semicolon or comma."""
    return max("\t;,|", key=lambda d: len(next(csv.reader([line], delimiter=d), [])) if d in line else bool(line))


def _rows(lines: list[str], at: int, delimiter: str) -> Iterator[Row]:
    """Line, cells and what was repaired of each row; a row may run over several lines.

    As long as every row has as many cells as the names, `csv` reads on; a row that has not is cut
    out with care and the reading goes on behind it.
    """
    width = 0
    while at < len(lines):
        row, after = _careful_row(lines, at, delimiter, width)
        if any(cell.strip() for cell in row[1]):
            width = max(width, len(row[1]) if after == at + 1 and not row[2] else 0)
            yield row
        at = after
        if width > 1:
            at = yield from _plain_rows(lines, at, delimiter, width)


def _plain_rows(lines: list[str], at: int, delimiter: str, width: int) -> Generator[Row, None, int]:
    """Rows of exactly `width` cells from line `at` on; returns the line of the first other row."""
    source = _Source(lines, at)
    for cells in csv.reader(source, delimiter=delimiter):
        if len(cells) != width or (delimiter == "\t" and source.at > at + 1):
            break
        yield at + 1, cells, ""
        at = source.start = source.at
    return at


class _Source:
    """Lines for `csv`, but none beyond the longest row that can be meant."""

    def __init__(self, lines: list[str], at: int) -> None:
        self.lines, self.start, self.at = lines, at, at

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        if self.at >= len(self.lines) or self.at - self.start >= _LONGEST_ROW:
            raise StopIteration
        self.at += 1
        return self.lines[self.at - 1] + "\n"


def _careful_row(lines: list[str], at: int, delimiter: str, width: int) -> tuple[Row, int]:
    """The row that begins on line `at`, and the line behind it."""
    end = _row_end(lines, at, delimiter)
    if end is not None and end > at and width:
        row = "\n".join(lines[at : end + 1])
        if len(next(csv.reader([row], delimiter=delimiter), [])) > width + 1:
            end = None  # it closed only at a quote of another row
    if end is None:  # never closed: the row is its first line alone
        cells = lines[at].replace('"', "").split(delimiter)
        return (at + 1, cells, "a quote is never closed"), at + 1
    if delimiter == "\t" and end == at:
        return (at + 1, [_unquote(c) for c in lines[at].split("\t")], ""), at + 1
    row = "\n".join(lines[at : end + 1])
    return (at + 1, next(csv.reader([row], delimiter=delimiter), []), ""), end + 1


def _unquote(cell: str) -> str:
    quoted = len(cell) > 1 and cell[0] == cell[-1] == '"'
    return cell[1:-1].replace('""', '"') if quoted else cell


def _row_end(lines: list[str], at: int, delimiter: str) -> int | None:
    """Index of the line that ends the row begun on line `at`; None when its quote never closes."""
    opened = False
    for index in range(at, min(at + _LONGEST_ROW, len(lines))):
        opened = _open_after(lines[index], delimiter, opened)
        if not opened:
            return index
    return None


def _open_after(line: str, delimiter: str, opened: bool) -> bool:
    """Whether a quoted cell is still open at the end of `line`, given whether it was before."""
    if '"' not in line:
        return opened
    position = 0
    if not opened and not line.startswith('"'):
        position = line.find(delimiter + '"') + 1
        if position == 0:
            return False
    if not opened:
        position += 1
    while True:
        position = line.find('"', position)
        if position < 0:
            return True
        if line[position + 1 : position + 2] == '"':
            position += 2
            continue
        position = line.find(delimiter + '"', position + 1) + 2
        if position == 1:
            return False


def _entries(rows: Iterator[tuple[int, list[str], str]]) -> Iterator[RawEntry]:
    """Rows after the header as entries; cells beyond the last name are kept when they say more."""
    names: list[str] = []
    for line, row, broken in rows:
        if not names:
            if sum(bool(c.strip()) for c in row) > 1:  # title rows above the names have one cell
                names = _with_authors([c.strip() for c in row])
            continue
        if not any(cell.strip() for cell in row):
            continue
        if (again := _names_again(names, row)) is not None:
            names = again
            yield outside(line, ", ".join(filter(None, names)), "the names of the columns again")
            continue
        filled_cells = [cell.strip() for cell in row if cell.strip()]
        if (len(filled_cells) == 1 and len(names) > 2 and _FOOT.match(filled_cells[0])) or _is_sum(filled_cells):
            yield outside(line, ", ".join(filled_cells), "below the table")
            continue
        cells, beyond = _aligned(names, row)
        if beyond and (shifted := _shifted(names, cells)):
            problem = f"the row has {len(row)} cells under {len(names)} column names, and {shifted}"
            yield RawEntry(line, [("", "; ".join(filled_cells))], problem=problem)
            continue
        repaired = broken or (f"{len(row)} cells under {len(names)} names" if beyond else "")
        fields = [(n, c) for n, c in zip(names, cells, strict=False) if c.strip()]
        if beyond:
            fields.append(("beyond the last column", "; ".join(beyond)))
        yield RawEntry(line, fields, repaired=repaired)


def _with_authors(names: list[str]) -> list[str]:
    """The names of the columns; `Author 1`, `Author 2` are one field where none is for all authors."""
    if any(column_name(name) in _ALL_AUTHORS for name in names):
        return names
    return ["Author" if _ONE_AUTHOR.match(name) else name for name in names]


def _is_sum(filled_cells: list[str]) -> bool:
    """Whether a row is the sum of a table: a word for it, and numbers."""
    return (
        len(filled_cells) > 1
        and _SUM.match(filled_cells[0]) is not None
        and all(_COUNT.match(cell) for cell in filled_cells[1:])
    )


def _shifted(names: list[str], cells: list[str]) -> str:
    """What shows that cells stand under the names of others, as behind a separator without quotation marks."""
    for name, cell in zip(names, cells, strict=False):
        fits = _FITS.get(column_name(name))
        if fits and cell.strip() and not fits.search(cell):
            value = cell.strip()[:40]
            return f"'{value}' is in the column '{name}': put cells that contain the separator in quotation marks"
    return ""


def _names_again(names: list[str], row: list[str]) -> list[str] | None:
    """The names that the columns have from this row on, where tables were put together."""
    cells = [cell.strip() for cell in row]
    if cells == names[: len(cells)]:
        return names
    if sum(map(bool, cells)) < 3 or not _names_columns(cells):
        return None
    column_names = {column_name(name) for name in names} | _COLUMNS
    return cells if all(column_name(cell) in column_names for cell in cells if cell) else None


def _aligned(names: list[str], cells: list[str]) -> tuple[list[str], list[str]]:
    """Cells under their names, and those beyond the last one that say something.

    Scopus writes more funding texts than it has names for: the last cell is then the record's EID, and
    the cells right of the funding text count from the end.
    """
    extra = len(cells) - len(names)
    if extra < 1:
        return cells, []
    pivot = len(names) - 1
    if names[-1] == "EID" and cells[-1].startswith("2-s2.0-"):
        pivot = next((i for i, n in enumerate(names) if n.startswith("Funding Text")), pivot)
        beyond = cells[pivot + 1 : pivot + 1 + extra]
        cells = cells[: pivot + 1] + cells[pivot + 1 + extra :]
    else:
        beyond = cells[len(names) :]
    return cells[: len(names)], [cell.strip() for cell in beyond if cell.strip()]
