"""Tables: each is declared once, with its file, and results are written and read by that schema.

A schema names the file that holds the table, so that a step, its rule and the documentation speak of
it by one word. Tables that people keep are read by `people_tables`, which loads what checks them;
a result that breaks its schema is a defect of the workflow and raises ValueError.
"""

import csv
import io
import json
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from coproduction.core.errors import StudyError, raise_all
from coproduction.core.failed_steps import PART

LONG = 10_000  # rows from which a table is written cell by cell
BLOCK = 20_000  # rows written at once, so that a table is never in memory twice
WORDS = pd.Series(["a"]).dtype  # what `astype(str)` gives
_NEEDS_MARKS = re.compile(r'[,"\n\r]').search


@dataclass(frozen=True)
class Column:
    """A column: `kind` is text, whole or number; the others say what a cell may hold."""

    kind: str
    description: str
    required: bool = True
    filled: bool = False
    unique: bool = False
    allowed: tuple[str, ...] | None = None
    low: float | None = None
    above: float | None = None
    pattern: tuple[str, str] | None = None  # a regular expression and the words of its message
    shares: bool = False  # a percentage is the share that it is: 80% is 0.8
    day: str = ""  # written in many ways, read as YYYY-MM-DD: "exact", or "loose" (words stay as they are)


@dataclass(frozen=True)
class Table:
    """The schema of a table and the file that holds it.

    `file` is relative to the results folder (`delphi/ratings.csv`; `*/status.csv` for a table that
    every technique writes) or, where `people` keep the table, to the study folder.
    """

    file: str
    description: str
    columns: Mapping[str, Column]
    people: bool = False
    wide: tuple[str, str, str] | None = None  # the columns by which people may lay it out: rows, headings, cells
    directed: bool = False  # rows and headings of the wide table are of one kind, so that it says which side is which
    own_columns: bool = False  # a study adds columns of its own, which the step looks at that reads them

    def holds(self, path: str | Path) -> bool:
        """Whether `path` is a file of this table in the results."""
        tail = "/".join(Path(path).parts[-len(Path(self.file).parts) :])
        return not self.people and fnmatchcase(tail, self.file)

    def columns_in(self, names: Iterable[str]) -> dict[str, Column]:
        """The columns of a table with these names; `sources_*` stands for all that begin so."""
        present = dict.fromkeys(names)
        columns: dict[str, Column] = {}
        for name, column in self.columns.items():
            matching = (
                [present_name for present_name in present if fnmatchcase(present_name, name)] if "*" in name else [name]
            )
            columns |= {present_name: column for present_name in matching if present_name in present}
        return columns

    def part(self, *names: str) -> "Table":
        """The same table with these columns only, for a step that needs no others."""
        return replace(self, columns={n: self.columns[n] for n in names})


def schema(file: str, description: str, columns: Mapping[str, Column]) -> Table:
    """A result that is kept in `file` of the results folder."""
    return Table(file, description, columns)


def people(file: str, description: str, columns: Mapping[str, Column], **more) -> Table:
    """A table that people keep in `file` of the study folder; other columns are let through."""
    return Table(file, description, columns, people=True, **more)


def text(description: str, **more) -> Column:
    """A column of text; `filled` refuses empty cells, `required=False` lets it be absent."""
    return Column("text", description, **more)


def choice(description: str, values: Iterable[str], **more) -> Column:
    """A column of text that takes one of `values`."""
    return Column("text", description, allowed=tuple(values), **more)


def day(description: str, exact: bool = True, **more) -> Column:
    """A column of days, YYYY-MM-DD once read, empty cells allowed; `exact` refuses words ("in spring")."""
    return Column("text", description, day="exact" if exact else "loose", **more)


def whole(description: str, **more) -> Column:
    """A column of whole numbers (pandas Int64), empty cells allowed; `low` is the least."""
    return Column("whole", description, **more)


def number(description: str, **more) -> Column:
    """A column of decimal numbers, empty cells allowed (NaN)."""
    return Column("number", description, **more)


def empty(form: Table) -> pd.DataFrame:
    """A table of this schema without rows."""
    names = [name for name in form.columns if not name.endswith("*")]
    return typed(pd.DataFrame({name: [] for name in names}, dtype=str), form)


def typed(table: pd.DataFrame, form: Table, path: str | Path = "") -> pd.DataFrame:
    """The columns of the schema with its types; StudyError for a cell that is no number."""
    errors = []
    columns: dict[Any, Any] = dict(table.items())
    for name, column in form.columns_in(columns).items():
        if column.kind != "text":
            columns[name], wrong = _numbers(columns[name], whole=column.kind == "whole")
            errors += [
                StudyError(
                    f"'{value}' is not a {'whole ' if column.kind == 'whole' else ''}number",
                    file=path,
                    row=row,
                    column=name,
                    remedy="Correct the cell or leave it empty",
                )
                for row, value in wrong
            ]
        elif columns[name].dtype != WORDS:
            columns[name] = columns[name].astype(str)
    raise_all(errors)
    if len(columns) < len(table.columns):  # two of one name
        return pd.DataFrame(columns, table.index, table.columns)
    typed_table = pd.DataFrame({name: cells.array for name, cells in columns.items()}, table.index, copy=True)
    typed_table.columns = table.columns
    return typed_table


def words_of(cells: list[Any]) -> pd.api.extensions.ExtensionArray:
    """A column of words from a list of them, the same as `pd.Series(cells, dtype=str)` has."""
    return pd.array(cells, WORDS)


def _numbers(cells: pd.Series, whole: bool) -> tuple[pd.Series, list[tuple[Any, Any]]]:
    """The cells as numbers, and what is none with its row; by way of arrays, as steps do so for every column."""
    if pd.api.types.is_numeric_dtype(cells):  # many times faster than by way of words
        words: Any = cells.array
        values = cells.to_numpy(dtype=float, na_value=np.nan, copy=True)
        wrong = np.zeros(len(values), dtype=bool)
    else:
        raw = cells.tolist()
        all_words = all(type(cell) is str for cell in raw)
        stripped = [word.strip() for word in raw] if all_words else cells.astype(str).str.strip()
        words = np.array(stripped, dtype=object)
        values = np.array(pd.to_numeric(words, errors="coerce"), dtype=float)
        wrong = np.isnan(values) & (words != "")
    if whole:
        wrong |= ~np.isnan(values) & (values != np.round(values))
    values[wrong] = np.nan
    if whole and (np.abs(values[~np.isnan(values)]) < 2**53).all():
        empty_cells = np.isnan(values)
        typed_values: Any = pd.arrays.IntegerArray(np.where(empty_cells, 0, values).astype("int64"), empty_cells)
    else:
        typed_values = values
    numbers = pd.Series(typed_values, cells.index, "Int64" if whole else float, cells.name)
    return numbers, [(cells.index[place], words[place]) for place in np.flatnonzero(wrong)]


def write_csv(table: pd.DataFrame, path: str | Path, form: Table | None = None) -> None:
    """Write a result as UTF-8 CSV, whole or not at all; numbers with up to ten digits.

    With a schema the table is checked and only the schema's columns are written, in its order.
    """
    if form is not None:
        table = conforming(table, form)
    with written_whole(path) as part:
        long = len(table) >= LONG and len(table.columns) > 1
        if not (long and _write_long(table, part)):
            table.to_csv(part, index=False, lineterminator="\n", float_format="%.10g", encoding="utf-8")


def _write_long(table: pd.DataFrame, path: Path) -> bool:
    """Write a long table as `to_csv` does, faster; False if it would not surely be the same."""
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(",".join(_quoted(str(name)) for name in table) + "\n")
        for start in range(0, len(table), BLOCK):
            block = table.iloc[start : start + BLOCK]
            columns = [cells for name in block if (cells := _written_cells(block[name])) is not None]
            if len(columns) < len(table.columns):
                return False
            file.writelines(f"{line}\n" for line in map(",".join, zip(*columns, strict=True)))
    return True


def _written_cells(cells: pd.Series) -> list[str] | None:
    """The cells of a long column as `to_csv` writes them; None if not surely the same.

    What a column says many times is put into words once.
    """
    if cells.dtype.kind == "f" and isinstance(cells.dtype, np.dtype):
        return [f"{value:.10g}" if value == value else "" for value in cells.tolist()]  # noqa: PLR0124
    if isinstance(cells.dtype, pd.StringDtype):
        words = cells.tolist()
        sample = words[:1000]
        if len(set(sample)) > len(sample) / 2 and all(type(word) is str for word in words):
            return [_quoted(word) if _NEEDS_MARKS(word) else word for word in words]
    codes, values = pd.factorize(cells, use_na_sentinel=True)
    if cells.dtype == "Int64" or cells.dtype.kind == "i":
        words = [str(value) for value in values.tolist()]
    elif all(type(value) is str for value in values):
        words = [_quoted(value) for value in values]
    else:
        return None
    return np.array([*words, ""], object)[codes].tolist()


def _quoted(cell: str) -> str:
    """A cell as Python's csv writes it: in quotation marks where it has a sign that CSV needs."""
    if not _NEEDS_MARKS(cell):
        return cell
    if "\r" not in cell:
        return '"' + cell.replace('"', '""') + '"'
    line = io.StringIO()
    csv.writer(line, lineterminator="\n").writerow([cell, ""])
    return line.getvalue()[:-2]


def conforming(table: pd.DataFrame, form: Table) -> pd.DataFrame:
    """The schema's columns of a result; ValueError where one is missing or breaks the schema."""
    columns = form.columns_in(list(table))
    missing = [
        name
        for name, column in form.columns.items()
        if column.required and name not in table and not name.endswith("*")
    ]
    if missing:
        raise ValueError(f"{form.file}: the columns {missing} are missing")
    table = table[list(columns)]
    if table.empty:
        return typed(table.astype(str), form)
    for name in table:
        _check_column(table[name], columns[name], f"{form.file}, column '{name}'")
    return table


def _check_column(cells: pd.Series, column: Column, place: str) -> None:
    if column.kind == "text":
        if isinstance(cells.dtype, pd.StringDtype):
            wrong: list = [float("nan")] if cells.isna().any() else []
        else:
            wrong = [cell for cell in cells.unique() if not isinstance(cell, str)]
    else:
        wrong = [] if pd.api.types.is_numeric_dtype(cells) else [cells.dtype]
    if not wrong and column.allowed is not None:
        wrong = sorted(set(cells.unique()) - set(column.allowed))
    if not wrong and column.filled and "" in set(cells.unique()):
        wrong = ["an empty cell"]
    if not wrong and column.unique and cells.duplicated().any():
        wrong = [f"{cells[cells.duplicated()].iloc[0]!r} twice"]
    if not wrong and column.low is not None and (cells < column.low).any():
        wrong = [f"a number below {column.low}"]
    if wrong:
        raise ValueError(f"{place}: contains {wrong[0]}, which its schema does not allow")


def read_result(path: str | Path, form: Table) -> pd.DataFrame:
    """Read a result of an earlier step as its schema says (empty text stays empty text)."""
    raw = pd.read_csv(
        path, usecols=lambda name: bool(form.columns_in([name])), dtype=str, keep_default_na=False, encoding="utf-8"
    )
    return typed(raw, form, path)


def read_pieces(path: str | Path, form: Table) -> Iterator[pd.DataFrame]:
    """The same, BLOCK rows at a time; one empty table where there are none."""
    with pd.read_csv(
        path,
        usecols=lambda name: bool(form.columns_in([name])),
        dtype=str,
        keep_default_na=False,
        encoding="utf-8",
        chunksize=BLOCK,
    ) as pieces:
        for raw in pieces:
            yield typed(raw, form, path)


def rows_of(table: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows as dicts, the same as `to_dict("records")` has them, in a sixth of the time for long tables of text."""
    names = [str(name) for name in table]
    return [dict(zip(names, row, strict=True)) for row in zip(*(table[name].tolist() for name in table), strict=True)]


def write_text(content: str, path: str | Path) -> None:
    """Write a text result as UTF-8 with one newline at the end, whole or not at all."""
    with written_whole(path) as part:
        part.write_text(content.rstrip("\n") + "\n", encoding="utf-8", newline="\n")


def write_pieces(pieces: Iterable[str], path: str | Path) -> None:
    """Write a long text piece by piece, as `write_text` does in one, so that it is never in memory whole.

    No piece but the last may end with an empty line.
    """
    with written_whole(path) as part, part.open("w", encoding="utf-8", newline="") as file:
        last = ""
        for piece in pieces:
            file.write(last)
            last = piece
        file.write(last.rstrip("\n") + "\n")


def write_bytes(content: bytes, path: str | Path) -> None:
    """Write a result, whole or not at all."""
    with written_whole(path) as part:
        part.write_bytes(content)


def write_json(content: Mapping, path: str | Path) -> None:
    """Write facts as JSON: a table as a list of rows, a missing number as null."""
    write_text(json.dumps(plain(content), indent=1, ensure_ascii=False, allow_nan=False), path)


def plain(value: Any) -> Any:
    """`value` in JSON's own types: a table as a list of rows, what is missing as None."""
    if type(value) in (str, int, bool):
        return value
    if isinstance(value, pd.DataFrame):
        return [plain(row) for row in value.to_dict("records")]
    if isinstance(value, Mapping):
        return {str(key): plain(entry) for key, entry in value.items()}
    if isinstance(value, (list, tuple, pd.Series)):
        return [plain(entry) for entry in value]
    if value is None or pd.isna(value):
        return None
    return value.item() if hasattr(value, "item") else value


@contextmanager
def written_whole(path: str | Path) -> Iterator[Path]:
    """Where to write a result, which then takes its name; nothing is left of a half-written one."""
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(path.name + PART)
    try:
        yield part
        os.replace(part, path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def describe(form: Table) -> str:
    """The schema as Markdown: its file, its description and a table of its columns."""
    kinds = {"whole": "whole number", "number": "number", "text": "text"}
    rows = [f"| `{name}` | {kinds[column.kind]} | {column.description} |" for name, column in form.columns.items()]
    head = f"### {form.file}\n\n{form.description}\n\n| column | kind | meaning |\n|---|---|---|"
    return "\n".join([head, *rows]) + "\n"
