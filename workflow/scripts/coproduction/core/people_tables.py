"""Tables that people keep: read from CSV, .xlsx or .ods, checked against their schema.

The checks are pandera's. pandera and openpyxl take as long to load as pandas itself, so each is loaded where it is
needed: openpyxl for a workbook, pandera for a table in which a plain look over the columns does not rule out that a
cell breaks the schema.
"""

import re
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import pandas as pd

from coproduction.core import cells as written
from coproduction.core import table_shape, text_tables, wide_tables, workbooks
from coproduction.core.days import YEAR_LAST, as_iso, as_times
from coproduction.core.errors import StudyError, raise_all
from coproduction.core.study_files import is_example
from coproduction.core.tables import Column, Table, empty, typed, words_of

SAVE_AGAIN = "Open it in Excel or LibreOffice and save it again"  # what gives a formula its value
ENCODINGS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
WINDOWS = ("cp1252", "cp1250")
LETTER_OF_MAC = re.compile(rb"[\x80-\x84\x86-\x90\x98-\xbf]|[A-Za-z][\x85\x91-\x97](?=[A-Za-z])")
SPELL_APART = "Keep one of the rows, or spell two different things in ways that differ in more than that"
_SEPARATING = re.compile(r"[\s_-]+")
TYPES = {"text": str, "whole": "Int64", "number": float}


def read_people_table(path: str | Path, form: Table) -> pd.DataFrame:
    """Read a table that people keep and check it: CSV (comma, semicolon or tab), .xlsx or .ods.

    Raises StudyError with file, row and column for an empty file, an encoding that cannot be told, a
    missing or doubled column, a row with too many cells and every value that the schema refuses.
    """
    return check(*read_people_rows(path, joined=True), form, path)


def read_single_table(paths: Sequence[str], form: Table, rows: str) -> pd.DataFrame:
    """The one of several tables that has rows; empty where none has. `rows` says what they are, as in "criteria".

    The form of a new study has none. Raises StudyError where two have: the order over both is not known.
    """
    tables = {path: read_people_table(path, form) for path in paths}
    filled = {path: table for path, table in tables.items() if len(table)}
    if len(filled) > 1:
        first, second = sorted(filled)[:2]
        raise StudyError(
            f"{Path(second).name} lists {rows} as well, and their order across two files is unknown",
            file=first,
            remedy=f"Put all {rows} in one file",
        )
    return next(iter(filled.values()), empty(form)).reset_index(drop=True)


def read_people_rows(
    path: str | Path, older: str = "", joined: bool = False, delimiter: str = "", sheet: str = ""
) -> tuple[list[list[str]], list[int]]:
    """All rows of a CSV, or of a sheet (by its name; else the first one that is shown), as text with their row numbers.

    For files with several header rows; `check` turns rows into a table. `older` is an encoding that
    is tried where the file is neither UTF-8 nor UTF-16 (Excel's plain CSV: cp1252). Below a cell that is
    joined downwards cells are empty, or `workbooks.Joined` where *joined* asks for it. `delimiter` says what parts
    the cells of a CSV where it is known.
    """
    path = Path(path)
    if path.suffix.lower() in workbooks.SHEETS:
        return _rows_of_sheet(path, joined, sheet)
    return text_tables.rows_in(read_text(path, older), path, delimiter)


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
        if encoding == "utf-8" and same_in_windows(raw):
            return raw.decode(WINDOWS[0])
        raise StudyError(
            f"the file is not valid {encoding.upper()}",
            file=path,
            row=raw[: error.start].count(b"\n") + 1,
            remedy="Save it again as 'CSV UTF-8' or as plain text in UTF-8",
        ) from error


def same_in_windows(raw: bytes) -> bool:
    """Whether a file is surely ANSI: western and central European Windows read it alike.

    Letters below C0 would be those of an older Mac; a dash or quotation mark of Windows stands
    there too, but not within a word.
    """
    if LETTER_OF_MAC.search(raw):
        return False
    with suppress(UnicodeDecodeError):
        return len({raw.decode(page) for page in WINDOWS}) == 1
    return False


def _rows_of_sheet(path: Path, joined: bool, sheet: str = "") -> tuple[list[list[str]], list[int]]:
    try:
        sheet_rows = workbooks.read_shown_sheet(path, sheet)
    except workbooks.SeveralSheets as error:
        read = f"the sheet '{sheet}'" if sheet else "the first sheet"
        raise StudyError(
            f"the sheet '{error}' has rows under the same headings as {read}",
            file=path,
            remedy="Keep the sheet that counts in this file and save the other as a separate file; hide it "
            "if it does not count",
        ) from error
    except workbooks.Struck as error:
        raise struck(error, path) from error
    except workbooks.Uncalculated as error:
        raise uncalculated(error, path, f"{SAVE_AGAIN}, or write the value itself") from error
    except Exception as error:
        kind = "OpenDocument table" if path.suffix.lower() == ".ods" else "Excel workbook"
        raise StudyError(
            f"this is not a readable {kind}",
            file=path,
            remedy="Save it again as .xlsx or .ods, without a password, or as CSV UTF-8",
        ) from error
    cells = [[_plain(cell, joined) for cell in row] for row in sheet_rows]
    filled_rows = [(row, line) for line, row in enumerate(cells, start=1) if any(row)]
    return [row for row, _ in filled_rows], [line for _, line in filled_rows]


def uncalculated(error: workbooks.Uncalculated, path: Path, remedy: str) -> StudyError:
    """What is told of a formula without its value."""
    problem = f"the cell {error} contains a formula whose result is not saved in the file"
    return StudyError(problem, file=path, remedy=remedy)


def struck(error: workbooks.Struck, path: Path) -> StudyError:
    """What is told of cells that are struck through."""
    return StudyError(
        f"struck through, so that nobody can tell whether it counts: {error}",
        file=path,
        remedy="Delete what does not count, or take the line away from what does",
    )


def _plain(cell: str, joined: bool) -> str:
    if isinstance(cell, workbooks.Joined):
        return workbooks.Joined(cell.strip()) if joined else ""
    return cell.strip()


def check(rows: list[list[str]], lines: list[int], form: Table, path: str | Path) -> pd.DataFrame:
    """Turn rows of text (the first is the header; `lines` are their row numbers) into a table.

    The result has the schema's columns, typed, and the others as text; its index is the row number
    in the file, so that later checks can name the row.
    """
    table = _validated(typed(raw_table(rows, lines, form, path), form, path), form, path)
    for name, column in form.columns.items():
        if column.unique and column.kind == "text" and name in table:
            raise_all(alike(table[name], path, name, SPELL_APART))
    return table


def alike(names: pd.Series, path: str | Path, column: str, remedy: str) -> list[StudyError]:
    """An error for each name that differs from an earlier one in capitals, blanks and hyphens alone."""
    first: dict[str, str] = {}
    errors = []
    for row, name in names.drop_duplicates().items():
        before = first.setdefault(_SEPARATING.sub(" ", name.casefold()), name)
        if before != name:
            problem = f"'{name}' is almost '{before}', and it is unclear whether they are the same"
            errors.append(StudyError(problem, file=path, row=int(str(row)), column=column, remedy=remedy))
    return errors


def raw_table(rows: list[list[str]], lines: list[int], form: Table, path: str | Path) -> pd.DataFrame:
    """The same as text, before its cells are checked; rows that only show how are left out.

    Raises StudyError where the header or the number of cells in a row does not fit.
    """
    if not rows:
        raise StudyError("the file is empty", file=path, remedy=table_shape.columns_remedy(form))
    rows, lines = wide_tables.long_form(rows, lines, form, path)
    top = table_shape.header_row(rows, form)
    rows, lines = rows[top:], lines[top:]
    header = table_shape.as_in_schema(rows[0], form)
    table_shape.check_header(header, form, path, lines[0])
    body, numbers = rows[1:], lines[1:]
    table_shape.check_cells(body, numbers, header, form, path)
    data_rows = [(row, line) for row, line in zip(body, numbers, strict=True) if not is_example(row)]
    places = [(at, name) for at, name in enumerate(header) if name]
    spread = {name for at, (name, c) in enumerate(form.columns.items()) if at and not c.unique}
    cells = {
        name: [_spread(row[at], name in spread) if at < len(row) else "" for row, _ in data_rows] for at, name in places
    }
    lines = [line for _, line in data_rows]
    table_shape.check_headings(cells, form, path)
    table_shape.check_errors(cells, lines, form, path)
    _put_in_plain_words(cells, lines, form, path)
    index = pd.Index(lines, name="row", dtype="int64")
    return pd.DataFrame({name: words_of(column) for name, column in cells.items()}, index=index)


def _spread(cell: str, allowed: bool) -> str:
    """The words of a cell; one that is joined with the one above has them where the column allows it.

    A column that names the row, the first of the schema or one without repetitions, does not.
    """
    return written.cleaned(str(cell)) if allowed or not isinstance(cell, workbooks.Joined) else ""


def _put_in_plain_words(cells: dict[str, list[str]], lines: list[int], form: Table, path: str | Path) -> None:
    """Spell the cells of each column as the schema does: allowed words, decimal points, days as YYYY-MM-DD."""
    errors: list[StudyError] = []
    of_numbers = [cells[name] for name, column in form.columns.items() if column.kind == "number" and name in cells]
    commas = any(written.is_decimal(cell) for cells_of_column in of_numbers for cell in cells_of_column)
    for name, column in form.columns.items() if lines else ():
        if name not in cells:
            continue
        if column.allowed is not None:
            spelled = {" ".join(word.casefold().split()): word for word in column.allowed}
            cells[name] = [spelled.get(" ".join(cell.casefold().split()), cell) for cell in cells[name]]
        elif column.kind != "text":
            cells[name], doubtful = written.numbers(cells[name], commas, column.shares)
            errors += [
                StudyError(
                    f"'{cells[name][at]}' may be another number than it seems",
                    file=path,
                    row=lines[at],
                    column=name,
                    remedy="Write figures alone, without a mark for thousands, and all decimals with the same mark",
                )
                for at in doubtful
            ]
        elif column.day:
            cells[name], wrong = _days(cells[name], lines, name, path, exact=column.day == "exact")
            errors += wrong
    raise_all(errors)


def _days(
    cells: list[str], lines: list[int], name: str, path: str | Path, exact: bool
) -> tuple[list[str], list[StudyError]]:
    """The days of a column, and a sentence for each cell that has two readings or (`exact`) none."""
    days = as_times(cells)
    errors = [
        StudyError(
            f"'{cell}' can be read as two dates" if _two_days(cell) else f"'{cell}' is not a date",
            file=path,
            row=row,
            column=name,
            remedy="Write YYYY-MM-DD (in Excel format the column as text first) or leave it empty",
        )
        for row, cell, day in zip(lines, cells, days, strict=True)
        if cell and not day and (exact or YEAR_LAST.match(cell))
    ]
    return [day or cell for day, cell in zip(days, cells, strict=True)], errors


def _two_days(cell: str) -> bool:
    """Whether a day is written with its year last, and day and month can be told in some way."""
    return bool(YEAR_LAST.match(cell)) and any(as_iso([cell], order) != [cell] for order in ("day", "month"))


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
    filled = cells.tolist() if column.kind == "text" else cells.dropna().tolist()
    if column.unique and len(set(filled)) < len(cells):
        return False
    if column.allowed is not None and not set(column.allowed).issuperset(filled):
        return False
    if column.filled and (column.kind != "text" or "" in filled):
        return False
    if column.low is not None and any(value < column.low for value in filled):
        return False
    if column.above is not None and any(value <= column.above for value in filled):
        return False
    return not column.pattern or all(map(re.compile(column.pattern[0]).match, filled))


def _as_study_error(case: dict, path: str | Path) -> StudyError:
    value, problem = case["failure_case"], str(case["check"])
    problem = f"'{value}' appears more than once" if "unique" in problem else problem
    subject = "the cell" if str(value) == "" else f"'{value}'"
    if not problem.startswith("'"):
        problem = f"{subject} {problem}"
    row = None if pd.isna(case["index"]) else int(case["index"])
    return StudyError(problem, file=path, row=row, column=case["column"], remedy="Correct it there")
