"""Everything that is wrong in the files of a study, at once and without computing anything.

Every table that people keep is read against its schema, also behind the first error; cells of a column
that break the same rule are told together. Where the tables of a technique keep to their schemas, its
doors are tried too: exports, decisions, rounds, ids that another table must have.
"""

import csv
import io
import os
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from pathlib import Path

import pandas as pd
import yaml

from coproduction import doors, looked_for, new_study
from coproduction.config import Config, load_config
from coproduction.config_file import HOUSE, check_config_file
from coproduction.core import beside_cells, countries, identities, people_tables, study_files, tables
from coproduction.core.days import as_times
from coproduction.core.errors import StudyError, did_you_mean, told_once
from coproduction.core.factors import check_factor_ids, read_factors
from coproduction.reference import declared_tables

SHOWN_VALUES = 4
OF_ONE_COUNTRY = ("desk/register.csv", "interviews/participants.csv", "delphi/panel.csv")  # a row each
_YEAR = r"(?<!\d)(?:19|20)\d\d(?!\d)"
CONFIG_TABLE = "config/factors.csv"


def problems(config: Path) -> list[str]:
    """One sentence for each thing that is wrong in the study of this config file, or may be."""
    wrong, questions = looked_through(config)
    return wrong + questions


def looked_through(config: Path) -> tuple[list[str], list[str]]:
    """One sentence for each thing that is wrong, and for each that may be: files passed over, doubtful exports."""
    try:
        check_config_file(config)
        settings = load_config(yaml.safe_load(config.read_text(encoding="utf-8-sig")), str(config))
    except StudyError as error:
        return told_once(error.parts), []
    errors: list[str] = _without_language(settings)
    troubled = set()
    condition_ids = _conditions(settings)
    doubtful: list[str] = []
    for path, form in _tables_of_people(settings, errors):
        table_errors = in_table(path, form, condition_ids)
        errors += table_errors
        if not table_errors:
            doubtful += in_doubt(path, form, _settled(settings))
        troubled |= {str(path)} if table_errors else set()
    if str(Path(settings.factors)) in troubled:
        return errors, []  # without a codebook no door opens
    refused, questions = doors.refused(settings, troubled)
    return list(dict.fromkeys(errors + refused)), list(
        dict.fromkeys(doubtful + questions + _passed_over(settings, config))
    )


def _without_language(settings: Config) -> list[str]:
    """A sentence where the report is to be in a language that has no templates."""
    try:
        study_files.report_folders(Path(settings.study) / "report", HOUSE / "report", settings.language)
    except StudyError as error:
        return told_once(error.parts)
    return []


def _settled(settings: Config) -> dict[str, str]:
    """What people say in countries.csv; nothing where it cannot be read, which is said elsewhere."""
    try:
        return countries.settled_in(next(iter(study_files.present(Path(settings.study), "countries.csv")), None))
    except StudyError:
        return {}


def _conditions(settings: Config) -> set[str]:
    """The ids of the codebook; none where it cannot be read, which is said elsewhere."""
    try:
        return set(read_factors(settings.factors)["id"])
    except StudyError:
        return set()


def _passed_over(settings: Config, config: Path) -> list[str]:
    """A sentence for each file of the study folder that no step reads."""
    study = Path(settings.study)
    patterns = looked_for.patterns()
    read_files = set(study_files.present_of(study, patterns))
    special_files = [*study_files.present(study, "report/**/*"), str(config), settings.factors, settings.references]
    results = study_files.present(study, f"{os.path.relpath(settings.results, study)}/**/*")
    unread_files = study_files.unread(study, read_files | set(map(str, special_files)) | set(results), patterns)
    return [
        str(
            StudyError(
                f"no step reads this file, as {why}",
                file=name,
                remedy=f"Did you mean {suggestion}?" if suggestion else None,
            )
        )
        for name, why, suggestion in unread_files
    ]


def _tables_of_people(settings: Config, errors: list[str]) -> Iterable[tuple[Path, tables.Table]]:
    """The files that are people's tables, each with its schema; a table in two forms is told in `errors`."""
    for form in declared_tables():
        try:
            for path in _files_of(form, settings):
                yield path, form
        except StudyError as error:
            errors.append(str(error))


def _files_of(form: tables.Table, settings: Config) -> list[Path]:
    if not form.people:
        return []
    if form.file == CONFIG_TABLE:
        return [Path(settings.factors)]
    return [Path(path) for path in study_files.present(Path(settings.study), form.file.split(" ")[0])]


def in_table(path: Path, form: tables.Table, condition_ids: Collection[str] = ()) -> list[str]:
    """What is wrong in one table: its reading, or else every cell that breaks the schema.

    known: ids of the conditions, which the columns `factor` and `factors` name
    """
    try:
        rows, lines = people_tables.read_people_rows(path, joined=True)
        raw = people_tables.raw_table(rows, lines, form, path)
    except StudyError as error:
        return told_once(map(identities.without_names, error.parts) if form is identities.IDENTITIES else error.parts)
    sentences = [
        sentence
        for name, column in form.columns.items()
        if name in raw
        for sentence in _in_column(raw[name], column, name, path)
        if sentence
    ]
    for name in ("factor", "factors") if sentences and condition_ids else ():  # else a door looks at them
        if name in raw and name in form.columns:
            try:
                check_factor_ids(raw[name], set(condition_ids), path, name)
            except StudyError as error:
                sentences += told_once(error.parts)
    return sentences


def in_doubt(path: Path, form: tables.Table, settled: Mapping[str, str]) -> list[str]:
    """What a table in order may still have wrong: countries nobody knows, days that are none.

    settled: what people say in countries.csv
    """
    rows, lines = people_tables.read_people_rows(path, joined=True)
    raw = people_tables.raw_table(rows, lines, form, path)
    questions = [] if form is identities.IDENTITIES else beside_cells.questions(path)  # a comment may hold a name
    sentences = [str(question) for question in questions]
    year = date.today().year  # a run must not depend on the day; this look may
    late = f"{year + 2}-"
    sentences.append(_filled_example(path, form, rows, lines))
    for name, column in form.columns.items():
        cells = raw[name] if name in raw else pd.Series(dtype=object)
        if name == "country" and form.file.split(" ")[0] in OF_ONE_COUNTRY:
            strange = set(countries.unknown(cells, settled))
            remedy = "Write its ISO code (AUT) or English name, or say in countries.csv what it is"
            sentences.append(_sentence(path, name, cells[cells.isin(strange)], "not a known country", remedy))
        if name == "year" and len(cells):
            years = pd.to_numeric(cells, errors="coerce")
            sentences.append(_sentence(path, name, cells[years > year + 1], "far in the future", "Correct the year"))
        if column.day and len(cells):
            days = pd.Series(as_times(cells.tolist()), index=cells.index)
            wrong = cells[(cells != "") & (days == "") & ~cells.str.contains(_YEAR)]
            sentences.append(_sentence(path, name, wrong, "neither a date nor a year", "Write YYYY-MM-DD"))
            sentences.append(_sentence(path, name, cells[days >= late], "far in the future", "Correct the year"))
    return [sentence for sentence in sentences if sentence]


def _filled_example(path: Path, form: tables.Table, rows: list[list[str]], lines: list[int]) -> str:
    """What is asked where somebody has written into the row of a form that only shows how; empty where nobody has."""
    name = form.file.split(" ")[0]
    if name not in new_study.kept_tables():
        return ""
    shown = list(csv.reader(io.StringIO(new_study.form_of(name, form, HOUSE))))[1]
    examples = [(row, line) for row, line in zip(rows, lines, strict=True) if study_files.is_example(row)]
    changed = [line for row, line in examples if [cell for cell in row if cell] != [cell for cell in shown if cell]]
    if not changed:
        return ""
    problem = "the row begins with (example), so that it does not count, but somebody has changed it"
    remedy = "Take '(example)' out of its first cell if it is to count"
    return str(StudyError(problem, file=path, row=changed[0], remedy=remedy))


def _in_column(cells: pd.Series, column: tables.Column, name: str, path: Path) -> Iterable[str]:
    filled = cells[cells != ""]
    if column.filled and len(filled) < len(cells):
        yield _sentence(path, name, cells[cells == ""], "the cell is empty", "Fill it in")
    if column.allowed is not None:
        allowed = [word for word in column.allowed if word]
        wrong = cells[~cells.isin(column.allowed)]
        near = did_you_mean(str(wrong.iloc[0]), allowed) if len(wrong) else ""
        yield _sentence(path, name, wrong, "not an allowed value", f"{near}Allowed: {', '.join(allowed)}")
    if column.kind != "text":
        numbers = pd.to_numeric(filled, errors="coerce")
        wrong = filled[numbers.isna() | ((numbers % 1 != 0) & (column.kind == "whole"))]
        kind = "a whole number" if column.kind == "whole" else "a number"
        yield _sentence(path, name, wrong, f"not {kind}", "Write digits only, with a decimal point")
        if column.low is not None:
            yield _sentence(path, name, filled[numbers < column.low], f"below {column.low:g}", "Correct it")
        if column.above is not None:
            wrong = filled[numbers <= column.above]
            yield _sentence(path, name, wrong, f"not above {column.above:g}", "Correct it")
    if column.pattern:
        shape, rule = column.pattern
        yield _sentence(path, name, filled[~filled.str.match(shape)], rule, "Correct it")
    if column.unique:
        wrong = filled[filled.duplicated(keep=False)]
        yield _sentence(path, name, wrong, "more than once", "Keep one of the rows")


def _sentence(path: Path, name: str, wrong: pd.Series, problem: str, remedy: str) -> str:
    """One sentence for all cells of a column with the same fault; empty where there are none."""
    if wrong.empty:
        return ""
    rows = [str(row) for row in wrong.index]
    values = [f"'{value}'" for value in wrong.unique() if value]
    listed = ", ".join(values[:SHOWN_VALUES]) + (" …" if values[SHOWN_VALUES:] else "")
    place = f"row {rows[0]}" if len(rows) == 1 else f"{len(rows)} rows (first {rows[0]})"
    return str(
        StudyError(f"{place}: {listed + ': ' if listed else ''}{problem}", file=path, column=name, remedy=remedy)
    )
