"""Tables: how they are read from people, checked against one schema, and written.

The CSV parser is Python's own `csv`, because pandas' reader drops or shifts ragged rows and knows
no row numbers for messages; the checks are pandera's. Every table has one schema in code, from which
its documentation is generated (`describe`).
"""

import csv
import io
import os
import re
from contextlib import suppress
from datetime import datetime, time
from pathlib import Path

import openpyxl
import pandas as pd
import pandera.pandas as pa

from coproduction.errors import StudyError, raise_all

ENCODINGS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
SHEETS = {".xlsx", ".xlsm"}
SEPARATOR_LINE = re.compile(r"\"?sep=(?P<mark>[,;\t])\"?\r?\n", re.IGNORECASE)  # written for Excel


def schema(name: str, description: str, columns: dict[str, pa.Column]) -> pa.DataFrameSchema:
    """A schema with every column documented; columns that it does not name are let through."""
    return pa.DataFrameSchema(columns, name=name, description=description)


def text(description: str, required: bool = True, filled: bool = False, **kwargs) -> pa.Column:
    """A column of text; `filled` refuses empty cells, `required=False` lets the column be absent."""
    checks = [pa.Check.str_length(min_value=1, error="must not be empty")] if filled else []
    checks += kwargs.pop("checks", [])
    return pa.Column(str, checks, description=description, required=required, **kwargs)


def choice(description: str, values: list[str], required: bool = True, **kwargs) -> pa.Column:
    """A column of text that takes one of `values`."""
    check = pa.Check.isin(
        values, error=f"must be one of: {', '.join(v or '(empty)' for v in values)}"
    )
    return pa.Column(str, check, description=description, required=required, **kwargs)


def whole(description: str, required: bool = True, low: int | None = None, **kwargs) -> pa.Column:
    """A column of whole numbers, empty cells allowed (pandas Int64), not below `low`."""
    check = None if low is None else pa.Check.ge(low, error=f"must be {low} or more")
    return pa.Column(
        "Int64", check, nullable=True, description=description, required=required, **kwargs
    )


def number(description: str, required: bool = True, **kwargs) -> pa.Column:
    """A column of decimal numbers, empty cells allowed (NaN)."""
    return pa.Column(float, nullable=True, description=description, required=required, **kwargs)


def empty(form: pa.DataFrameSchema) -> pd.DataFrame:
    """A table of this schema without rows."""
    return typed(pd.DataFrame({name: [] for name in form.columns}, dtype=str), form)


def read_people_csv(path: str | Path, form: pa.DataFrameSchema) -> pd.DataFrame:
    """Read a CSV that people keep (comma, semicolon or tab; UTF-8 or UTF-16) and check it.

    Raises StudyError with file, row and column for an empty file, another encoding, a missing or
    doubled column, a row with too many cells and every value that the schema refuses.
    """
    return check(*_rows_of_csv(Path(path)), form, path)


def read_people_table(path: str | Path, form: pa.DataFrameSchema) -> pd.DataFrame:
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
        sheet = openpyxl.load_workbook(path, read_only=True, data_only=True).worksheets[0]
        sheet.reset_dimensions()  # some programs state a size of one cell
        cells = [[cell_text(v).strip() for v in row] for row in sheet.iter_rows(values_only=True)]
    except Exception as error:
        raise StudyError(
            "this is not a readable Excel workbook",
            file=path,
            remedy="Save it again as .xlsx or as CSV UTF-8",
        ) from error
    kept = [(row, line) for line, row in enumerate(cells, start=1) if any(row)]
    return [row for row, _ in kept], [line for _, line in kept]


def cell_text(value: object) -> str:
    """The value of a workbook's cell as text: whole numbers and dates as people write them."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    return str(value)


def check(
    rows: list[list[str]], lines: list[int], form: pa.DataFrameSchema, path: str | Path
) -> pd.DataFrame:
    """Turn rows of text (the first is the header; `lines` are their row numbers) into a table.

    The result has the schema's columns, typed, and the others as text; its index is the row number
    in the file, so that later checks can name the row.
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
    body = [(row + [""] * width)[:width] for row in rows[1:]]
    table = pd.DataFrame(body, columns=header, index=pd.Index(lines[1:], name="row"), dtype=str)
    table = table.loc[:, [name for name in header if name]]
    return _validated(typed(table, form, path), form, path)


def _columns_remedy(form: pa.DataFrameSchema) -> str:
    needed = [name for name, column in form.columns.items() if column.required]
    return f"It needs a header with the columns {', '.join(needed)}"


def _as_in_schema(header: list[str], form: pa.DataFrameSchema) -> list[str]:
    """The header with the schema's spelling where only capitals or spaces differ (`First round`)."""
    spelled = {name.casefold(): name for name in form.columns}
    plain = ["_".join(name.casefold().split()) for name in header]
    return [
        name if name in form.columns else spelled.get(word, name)
        for name, word in zip(header, plain, strict=True)
    ]


def _check_header(header: list[str], form: pa.DataFrameSchema, path: str | Path) -> None:
    doubled = sorted({name for name in header if name and header.count(name) > 1})
    missing = [name for name, c in form.columns.items() if c.required and name not in header]
    if doubled:
        raise StudyError(
            f"the column '{doubled[0]}' stands twice", file=path, row=1, remedy="Rename one of them"
        )
    if missing:
        found = ", ".join(name for name in header if name)[:200]
        raise StudyError(
            f"the column {', '.join(repr(name) for name in missing)} is missing (found: {found})",
            file=path,
            row=1,
            remedy=_columns_remedy(form),
        )


def typed(table: pd.DataFrame, form: pa.DataFrameSchema, path: str | Path = "") -> pd.DataFrame:
    """The columns of the schema with its types; StudyError for a cell that is no number."""
    errors = []
    table = table.copy()
    for name, column in form.columns.items():
        if name not in table:
            continue
        kind = str(column.dtype)
        if kind in ("Int64", "float64"):
            table[name], wrong = _numbers(table[name], whole=kind == "Int64")
            errors += [
                StudyError(
                    f"'{value}' is not a {'whole ' if kind == 'Int64' else ''}number",
                    file=path,
                    row=row,
                    column=name,
                    remedy="Correct the cell or leave it empty",
                )
                for row, value in wrong.items()
            ]
        else:
            table[name] = table[name].astype(str)
    raise_all(errors)
    return table


def _numbers(cells: pd.Series, whole: bool) -> tuple[pd.Series, pd.Series]:
    if pd.api.types.is_numeric_dtype(cells):  # many times faster than by way of words
        filled, values = cells, cells.astype(float)
        wrong = pd.Series(False, index=cells.index)
    else:
        filled = cells.astype(str).str.strip()
        values = pd.to_numeric(filled.mask(filled == ""), errors="coerce").astype(float)
        wrong = values.isna() & (filled != "")
    if whole:
        wrong |= values.notna() & (values != values.round())
    good = values.mask(wrong)
    return (good.astype("Int64") if whole else good), filled[wrong]


def _validated(table: pd.DataFrame, form: pa.DataFrameSchema, path: str | Path) -> pd.DataFrame:
    try:
        return form.validate(table, lazy=True)
    except pa.errors.SchemaErrors as failed:
        cases = failed.failure_cases.to_dict("records")
        errors = [_as_study_error(case, path) for case in cases]
        raise_all(sorted(errors, key=lambda error: error.row or 0))
        raise


def _as_study_error(case: dict, path: str | Path) -> StudyError:
    value, problem = case["failure_case"], str(case["check"])
    problem = f"'{value}' stands there more than once" if "unique" in problem else problem
    shown = "the cell" if str(value) == "" else f"'{value}'"
    if not problem.startswith("'"):
        problem = f"{shown} {problem}"
    row = None if pd.isna(case["index"]) else int(case["index"])
    return StudyError(problem, file=path, row=row, column=case["column"], remedy="Correct it there")


def write_csv(
    table: pd.DataFrame, path: str | Path, form: pa.DataFrameSchema | None = None
) -> None:
    """Write a result as UTF-8 CSV, whole or not at all; numbers with up to ten digits.

    With a schema the table is checked and only the schema's columns are written, in its order.
    """
    if form is not None:
        table = table[[name for name in form.columns if name in table]]
        table = form.validate(empty(form)[list(table)] if table.empty else table)
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(path.name + ".part")
    table.to_csv(part, index=False, lineterminator="\n", float_format="%.10g", encoding="utf-8")
    os.replace(part, path)


def read_result(path: str | Path, form: pa.DataFrameSchema) -> pd.DataFrame:
    """Read a result of an earlier step as its schema says (empty text stays empty text)."""
    raw = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8")
    return typed(raw, form, path)


def write_text(content: str, path: str | Path) -> None:
    """Write a text result as UTF-8 with one newline at the end, whole or not at all."""
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(path.name + ".part")
    part.write_text(content.rstrip("\n") + "\n", encoding="utf-8", newline="\n")
    os.replace(part, path)


def describe(form: pa.DataFrameSchema) -> str:
    """The schema as Markdown: its description and a table of its columns."""
    kinds = {"Int64": "whole number", "float64": "number"}
    rows = [
        f"| `{name}` | {kinds.get(str(column.dtype), 'text')} | {column.description} |"
        for name, column in form.columns.items()
    ]
    head = f"### {form.name}\n\n{form.description}\n\n| column | kind | meaning |\n|---|---|---|"
    return "\n".join([head, *rows]) + "\n"
