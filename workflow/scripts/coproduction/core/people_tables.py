"""Tables that people keep: read from CSV or workbooks, checked against their schema.

The CSV parser is Python's own `csv`, because pandas' reader drops or shifts ragged rows and knows
no row numbers for messages; the checks are pandera's. pandera and openpyxl take as long to load as
pandas itself, so each is loaded where it is needed: openpyxl for a workbook, pandera for a table in
which a plain look over the columns does not rule out that a cell breaks the schema.
"""

import csv
import io
import re
from contextlib import suppress
from pathlib import Path
from typing import Any

import pandas as pd

from coproduction.core import workbooks
from coproduction.core.errors import StudyError, raise_all
from coproduction.core.tables import Column, Table, typed

ENCODINGS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
SHEETS = {".xlsx", ".xlsm"}
SEPARATOR_LINE = re.compile(r"\"?sep=(?P<mark>[,;\t])\"?\r?\n", re.IGNORECASE)  # written for Excel
EXAMPLE = "(example)"  # what the first cell of a row begins with that only shows how
TYPES = {"text": str, "whole": "Int64", "number": float}


def read_people_csv(path: str | Path, form: Table) -> pd.DataFrame:
    """Read a CSV that people keep (comma, semicolon or tab; UTF-8 or UTF-16) and check it.

    Raises StudyError with file, row and column for an empty file, another encoding, a missing or
    doubled column, a row with too many cells and every value that the schema refuses.
    """
    return check(*_rows_of_csv(Path(path)), form, path)


def read_people_table(path: str | Path, form: Table) -> pd.DataFrame:
    """The same for a CSV or the first sheet of an Excel workbook, told apart by the ending."""
    return check(*read_people_rows(path), form, path)


def read_people_rows(path: str | Path, older: str = "") -> tuple[list[list[str]], list[int]]:
    """All rows of a CSV or of the first sheet of a workbook as text, with their row numbers.

    For files with several header rows; `check` turns rows into a table. `older` is an encoding that
    is tried where the file is neither UTF-8 nor UTF-16 (Excel's plain CSV: cp1252).
    """
    path = Path(path)
    return _rows_of_sheet(path) if path.suffix.lower() in SHEETS else _rows_of_csv(path, older)


def read_text(path: str | Path, older: str = "") -> str:
    """The text of a file people keep; raises StudyError where it is neither UTF-8 nor UTF-16."""
    raw = Path(path).read_bytes()
    if raw.startswith(b"PK\x03\x04"):
        raise StudyError(
            f"the file is a workbook or an archive under the name of a {Path(path).suffix} file",
            file=path,
            remedy="Open it in its program and save it as CSV UTF-8 (or as plain text)",
        )
    encoding = next((name for mark, name in ENCODINGS.items() if raw.startswith(mark)), "utf-8")
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError as error:
        if older:
            with suppress(UnicodeDecodeError):
                return raw.decode(older)
        raise StudyError(
            f"the file is not valid {encoding.upper()}",
            file=path,
            row=raw[: error.start].count(b"\n") + 1,
            remedy="Save it again as 'CSV UTF-8' or as plain text in UTF-8",
        ) from error


def _rows_of_csv(path: Path, older: str = "") -> tuple[list[list[str]], list[int]]:
    content = read_text(path, older)
    if "\0" in content:
        raise StudyError("the file is not a text table", file=path, remedy="Save it as CSV UTF-8")
    stated = SEPARATOR_LINE.match(content)
    body = content[stated.end() :] if stated else content
    first = next((line for line in body.splitlines() if line.strip()), "")
    delimiter = max(",;\t", key=lambda mark: (first.count(mark), mark == ","))
    delimiter = stated["mark"] if stated else delimiter
    reader = csv.reader(io.StringIO(body, newline=""), delimiter=delimiter, strict=True)
    before = 1 if stated else 0
    rows, lines, start = [], [], before + 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                rows.append([cell.strip() for cell in cells])
                lines.append(start)
            start = before + reader.line_num + 1
    except csv.Error as error:
        raise StudyError(
            f"the table breaks off or a quotation mark is not closed ({error})",
            file=path,
            row=start,
            remedy="Close the quotation mark or export the file again",
        ) from error
    return rows, lines


def _rows_of_sheet(path: Path) -> tuple[list[list[str]], list[int]]:
    try:
        first = workbooks.read_sheets(path)[0]
    except Exception as error:
        raise StudyError(
            "this is not a readable Excel workbook", file=path, remedy="Save it again as .xlsx or as CSV UTF-8"
        ) from error
    cells = [[cell.strip() for cell in row] for row in first]
    kept = [(row, line) for line, row in enumerate(cells, start=1) if any(row)]
    return [row for row, _ in kept], [line for _, line in kept]


def check(rows: list[list[str]], lines: list[int], form: Table, path: str | Path) -> pd.DataFrame:
    """Turn rows of text (the first is the header; `lines` are their row numbers) into a table.

    The result has the schema's columns, typed, and the others as text; its index is the row number
    in the file, so that later checks can name the row.
    """
    return _validated(typed(raw_table(rows, lines, form, path), form, path), form, path)


def raw_table(rows: list[list[str]], lines: list[int], form: Table, path: str | Path) -> pd.DataFrame:
    """The same as text, before its cells are checked; rows that only show how are left out.

    Raises StudyError where the header or the number of cells in a row does not fit.
    """
    if not rows:
        raise StudyError("the file is empty", file=path, remedy=_columns_remedy(form))
    header = _as_in_schema(rows[0], form)
    _check_header(header, form, path)
    ragged = [
        StudyError(
            f"the row has {len(row)} cells, the header {len(header)}",
            file=path,
            row=line,
            remedy="Put text that contains the separator in quotation marks",
        )
        for row, line in zip(rows[1:], lines[1:], strict=True)
        if len(row) > len(header) and any(row[len(header) :])
    ]
    raise_all(ragged)
    width = len(header)
    kept = [(row, line) for row, line in zip(rows[1:], lines[1:], strict=True) if not _example(row)]
    body = [(row + [""] * width)[:width] for row, _ in kept]
    index = pd.Index([line for _, line in kept], name="row", dtype="int64")
    table = pd.DataFrame(body, columns=header, index=index, dtype=str)
    return table.loc[:, [name for name in header if name]]


def _example(row: list[str]) -> bool:
    """Whether a row shows how the table is filled in, as in the tables of a new study."""
    return row[0].casefold().startswith(EXAMPLE)


def _columns_remedy(form: Table) -> str:
    needed = [name for name, column in form.columns.items() if column.required]
    return f"It needs a header with the columns {', '.join(needed)}"


def _as_in_schema(header: list[str], form: Table) -> list[str]:
    """The header with the schema's spelling where only capitals or spaces differ (`First round`)."""
    spelled = {name.casefold(): name for name in form.columns}
    plain = ["_".join(name.casefold().split()) for name in header]
    return [name if name in form.columns else spelled.get(word, name) for name, word in zip(header, plain, strict=True)]


def _check_header(header: list[str], form: Table, path: str | Path) -> None:
    doubled = sorted({name for name in header if name and header.count(name) > 1})
    missing = [name for name, c in form.columns.items() if c.required and name not in header]
    if doubled:
        raise StudyError(f"the column '{doubled[0]}' appears twice", file=path, row=1, remedy="Rename one of them")
    if missing:
        found = ", ".join(name for name in header if name)[:200]
        raise StudyError(
            f"the column {', '.join(repr(name) for name in missing)} is missing (found: {found})",
            file=path,
            row=1,
            remedy=_columns_remedy(form),
        )


def pandera_schema(form: Table) -> Any:
    """The schema as pandera checks it (a DataFrameSchema)."""
    import pandera.pandas as pa

    return pa.DataFrameSchema({name: _pandera_column(c) for name, c in form.columns.items()})


def _pandera_column(column: Column) -> Any:
    import pandera.pandas as pa

    checks = []
    if column.filled:
        checks.append(pa.Check.str_length(min_value=1, error="must not be empty"))
    if column.allowed is not None:
        words = ", ".join(value or "(empty)" for value in column.allowed)
        checks.append(pa.Check.isin(list(column.allowed), error=f"must be one of: {words}"))
    if column.low is not None:
        checks.append(pa.Check.ge(column.low, error=f"must be {column.low} or more"))
    if column.above is not None:
        checks.append(pa.Check.gt(column.above, error=f"must be more than {column.above}"))
    if column.pattern:
        shape, words = column.pattern
        checks.append(pa.Check.str_matches(shape, error=words))
    return pa.Column(
        TYPES[column.kind], checks, nullable=column.kind != "text", required=column.required, unique=column.unique
    )


def _validated(table: pd.DataFrame, form: Table, path: str | Path) -> pd.DataFrame:
    if all(_surely_fits(table[name], c) for name, c in form.columns.items() if name in table):
        return table
    import pandera.pandas as pa

    try:
        return pandera_schema(form).validate(table, lazy=True)
    except pa.errors.SchemaErrors as failed:
        cases = failed.failure_cases.to_dict("records")
        errors = [_as_study_error(case, path) for case in cases]
        raise_all(sorted(errors, key=lambda error: error.row or 0))
        raise


def _surely_fits(cells: pd.Series, column: Column) -> bool:
    """Whether no cell of a typed column can break its schema; False where pandera must look."""
    if column.unique and not cells.is_unique:
        return False
    if column.allowed is not None and not cells.isin(column.allowed).all():
        return False
    if column.filled and (column.kind != "text" or (cells == "").any()):
        return False
    given = cells.dropna()
    if column.low is not None and not (given >= column.low).all():
        return False
    if column.above is not None and not (given > column.above).all():
        return False
    return not column.pattern or bool(given.str.match(column.pattern[0]).all())


def _as_study_error(case: dict, path: str | Path) -> StudyError:
    value, problem = case["failure_case"], str(case["check"])
    problem = f"'{value}' appears more than once" if "unique" in problem else problem
    shown = "the cell" if str(value) == "" else f"'{value}'"
    if not problem.startswith("'"):
        problem = f"{shown} {problem}"
    row = None if pd.isna(case["index"]) else int(case["index"])
    return StudyError(problem, file=path, row=row, column=case["column"], remedy="Correct it there")
