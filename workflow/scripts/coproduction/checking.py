"""Everything that is wrong in the files of a study, at once and without computing anything.

Every table that people keep is read against its schema, also behind the first error; cells of a column
that break the same rule are told together. Where the tables of a technique keep to their schemas, its
doors are tried too: exports, decisions, rounds, ids that another table must have.
"""

from collections.abc import Iterable
from pathlib import Path

import pandas as pd
import yaml

from coproduction import doors
from coproduction.config import Config, load_config
from coproduction.core import people_tables, study_files, tables
from coproduction.core.errors import StudyError, did_you_mean
from coproduction.reference import declared_tables

SHOWN_VALUES = 4
CONFIG_TABLE = "config/factors.csv"


def problems(config: Path) -> list[str]:
    """One sentence for each thing that is wrong in the study of this config file."""
    try:
        settings = load_config(yaml.safe_load(config.read_text(encoding="utf-8-sig")), str(config))
    except StudyError as error:
        return [str(error)]
    found: list[str] = []
    troubled = set()
    for path, form in _there(settings, found):
        told = in_table(path, form)
        found += told
        troubled |= {form.file.partition("/")[0]} if told else set()
    if CONFIG_TABLE.partition("/")[0] in troubled:
        return found  # without a codebook no door opens
    return found + doors.refused(settings, troubled)


def _there(settings: Config, found: list[str]) -> Iterable[tuple[Path, tables.Table]]:
    """The files that are people's tables, each with its schema; a table in two forms is told in `found`."""
    for form in declared_tables():
        try:
            for path in _files_of(form, settings):
                yield path, form
        except StudyError as error:
            found.append(str(error))


def _files_of(form: tables.Table, settings: Config) -> list[Path]:
    if not form.people:
        return []
    if form.file == CONFIG_TABLE:
        return [Path(settings.factors)]
    return [Path(path) for path in study_files.present(Path(settings.study), form.file.split(" ")[0])]


def in_table(path: Path, form: tables.Table) -> list[str]:
    """What is wrong in one table: its reading, or else every cell that breaks the schema."""
    try:
        rows, lines = people_tables.read_people_rows(path, joined=True)
        raw = people_tables.raw_table(rows, lines, form, path)
    except StudyError as error:
        return [str(error)]
    return [
        sentence
        for name, column in form.columns.items()
        if name in raw
        for sentence in _in_column(raw[name], column, name, path)
        if sentence
    ]


def _in_column(cells: pd.Series, column: tables.Column, name: str, path: Path) -> Iterable[str]:
    filled = cells[cells != ""]
    if column.filled and len(filled) < len(cells):
        yield _told(path, name, cells[cells == ""], "the cell is empty", "Fill it in")
    if column.allowed is not None:
        allowed = [word for word in column.allowed if word]
        wrong = cells[~cells.isin(column.allowed)]
        near = did_you_mean(str(wrong.iloc[0]), allowed) if len(wrong) else ""
        yield _told(path, name, wrong, "not among the words", f"{near}Allowed: {', '.join(allowed)}")
    if column.kind != "text":
        numbers = pd.to_numeric(filled, errors="coerce")
        wrong = filled[numbers.isna() | ((numbers % 1 != 0) & (column.kind == "whole"))]
        kind = "a whole number" if column.kind == "whole" else "a number"
        yield _told(path, name, wrong, f"not {kind}", "Write figures alone, with a decimal point")
        if column.low is not None:
            yield _told(path, name, filled[numbers < column.low], f"below {column.low:g}", "Correct it")
        if column.above is not None:
            wrong = filled[numbers <= column.above]
            yield _told(path, name, wrong, f"not above {column.above:g}", "Correct it")
    if column.pattern:
        shape, said = column.pattern
        yield _told(path, name, filled[~filled.str.match(shape)], said, "Correct it")
    if column.unique:
        wrong = filled[filled.duplicated(keep=False)]
        yield _told(path, name, wrong, "more than once", "Keep one of the rows")


def _told(path: Path, name: str, wrong: pd.Series, problem: str, remedy: str) -> str:
    """One sentence for all cells of a column with the same fault; empty where there are none."""
    if wrong.empty:
        return ""
    rows = [str(row) for row in wrong.index]
    values = [f"'{value}'" for value in wrong.unique() if value]
    shown = ", ".join(values[:SHOWN_VALUES]) + (" …" if values[SHOWN_VALUES:] else "")
    place = f"row {rows[0]}" if len(rows) == 1 else f"{len(rows)} rows (first {rows[0]})"
    return str(StudyError(f"{place}: {shown + ': ' if shown else ''}{problem}", file=path, column=name, remedy=remedy))
