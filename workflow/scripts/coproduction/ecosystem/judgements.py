"""What people hand in to the ecosystem: directions of evidence, judgements of confidence, influences."""

import re
from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from coproduction.core import people_tables, tables
from coproduction.core.errors import StudyError, did_you_mean, raise_all
from coproduction.ecosystem.influences import HIGHEST
from coproduction.ecosystem.tables import INFLUENCES, JUDGEMENTS, PEOPLE_CERQUAL, PEOPLE_DIRECTIONS, WEIGHTS

KEY = ["from", "to", "rater"]
UNIT = re.compile(r"[Uu][0-9A-Fa-f]{8}")


def settled_rows(path: str | Path | None) -> pd.DataFrame:
    """Every row of the people's file of directions with its `row`; none where there is no file.

    Raises StudyError with file and row for what is no id of a unit (as where columns are shifted), for units that are
    settled in different ways, and for a direction without a reader.
    """
    if path is None:
        return tables.empty(PEOPLE_DIRECTIONS).assign(row=0)
    table = people_tables.read_people_table(path, PEOPLE_DIRECTIONS)
    units = ["U" + unit[1:].lower() if UNIT.fullmatch(unit) else unit for unit in table["unit"]]
    table = table.assign(unit=pd.Series(units, index=table.index, dtype=str))  # text where there is none, too
    errors = [
        StudyError(
            f"'{row.unit}' is not the id of a unit",
            file=path,
            row=int(row.Index),
            column="unit",
            remedy="Copy it from direction_form.csv (U and eight characters)",
        )
        for row in table[~table["unit"].str.fullmatch(UNIT.pattern)].itertuples()
    ]
    settled = table[table["direction"] != ""]
    first = settled.drop_duplicates("unit").set_index("unit")["direction"]
    errors += [
        StudyError(
            f"unit '{row.unit}' is settled twice: here as '{row.direction}', before as '{first[row.unit]}'",
            file=path,
            row=int(row.Index),
            column="direction",
            remedy="Agree on one direction and keep one row",
        )
        for row in settled.itertuples()
        if row.direction != first[row.unit]
    ]
    errors += [
        StudyError(
            f"no reader is named for unit '{row.unit}'",
            file=path,
            row=int(row.Index),
            column="reader",
            remedy="Add the reader's initials",
        )
        for row in settled[settled["reader"] == ""].itertuples()
    ]
    raise_all(sorted(errors, key=lambda error: error.row or 0))
    return table.assign(row=table.index).reset_index(drop=True)


def directions_of(rows: pd.DataFrame) -> pd.DataFrame:
    """The directions that people settled (PEOPLE_DIRECTIONS): one row a unit, with all who read it."""
    settled = rows[rows["direction"] != ""]
    readers = settled.groupby("unit")["reader"].agg(lambda readers_of_unit: " ".join(dict.fromkeys(readers_of_unit)))
    first_rows = settled.drop_duplicates("unit").reset_index(drop=True)
    return first_rows.assign(reader=first_rows["unit"].map(readers).astype(str))


def read_judgements(path: str | Path | None, known: set[str]) -> pd.DataFrame:
    """The team's judgements; none where there is no file or a confidence is left empty.

    Raises StudyError with file and row for unknown and doubled factors and for a judgement
    without a reason.
    """
    if path is None:
        return tables.empty(JUDGEMENTS)
    table = people_tables.read_people_table(path, JUDGEMENTS)
    table = table[table["confidence"] != ""]
    errors = []
    for row in table[table["factor"].duplicated()].itertuples():
        errors.append((row.Index, "factor", f"'{row.factor}' is judged twice", "Agree on one row"))
    return _sound(table, errors, known, path)


def read_cerqual(path: str | Path | None, known: set[str]) -> pd.DataFrame:
    """The team's concerns by component; none where there is no file or a concern is left empty.

    Raises StudyError with file and row for unknown factors, a component judged twice, and a judgement
    without a reason.
    """
    if path is None:
        return tables.empty(PEOPLE_CERQUAL)
    table = people_tables.read_people_table(path, PEOPLE_CERQUAL)
    table = table[table["concern"] != ""]
    errors = []
    for row in table[table.duplicated(["factor", "component"])].itertuples():
        problem = f"'{row.component}' of '{row.factor}' is judged twice"
        errors.append((row.Index, "component", problem, "Agree on one row"))
    return _sound(table, errors, known, path)


def _sound(table: pd.DataFrame, errors: list[tuple], known: set[str], path: str | Path) -> pd.DataFrame:
    """Judgements on known factors, each with its reason; `errors` (row, column, problem, remedy) are told too."""
    for row in table[~table["factor"].isin(known)].itertuples():
        hint = did_you_mean(row.factor, sorted(known))
        errors.append((row.Index, "factor", f"'{row.factor}' is not a factor", f"{hint}Use an id of factors.csv"))
    for row in table[table["reason"] == ""].itertuples():
        errors.append((row.Index, "reason", f"the judgement on '{row.factor}' has no reason", "Give one"))
    raise_all(
        [
            StudyError(problem, file=path, row=row, column=column, remedy=remedy)
            for row, column, problem, remedy in sorted(errors)
        ]
    )
    return table.reset_index(drop=True)


def read_influences(paths: Sequence[str | Path], known: set[str]) -> pd.DataFrame:
    """All judgements with their `file` and `row`; without files an empty table.

    Raises StudyError with file and row for an unknown factor, a factor on itself, a value outside
    0 to 4, a judgement without its expert, and the same pair twice from one expert, also over files.
    """
    return _read_pairs(paths, INFLUENCES, "influence", (0, HIGHEST), known)


def read_weights(paths: Sequence[str | Path], known: set[str]) -> pd.DataFrame:
    """All signed weights of the fuzzy cognitive map with their `file` and `row`; without files an empty table.

    Raises StudyError as for influences; weights lie between −1 and 1, and may be one map without experts.
    """
    return _read_pairs(paths, WEIGHTS, "weight", (-1, 1), known)


def _read_pairs(
    paths: Sequence[str | Path], form: tables.Table, column: str, ends: tuple[int, int], known: set[str]
) -> pd.DataFrame:
    """What is said of ordered pairs of factors in all files, in the columns of `form`."""
    if not paths:
        return tables.empty(form).assign(file="", row=0)
    parts = []
    for path in paths:
        part = people_tables.read_people_table(path, form)
        part = part.assign(**{name: "" for name in form.columns if name not in part})[list(form.columns)]
        parts.append(part.assign(file=str(path), row=part.index))
    table = pd.concat(parts, ignore_index=True)
    raise_all([error for row in table.to_dict("records") for error in _problems(row, column, ends, known)])
    raise_all(_spelled_twice(table))
    named = table[(table["rater"] != "") | (form is WEIGHTS)]
    raise_all(
        [
            StudyError(
                f"{_rater_in_words(row['rater'])} judges '{row['from']}' on '{row['to']}' a second time",
                file=row["file"],
                row=row["row"],
                column=column,
                remedy="Keep one of the rows",
            )
            for row in named[named.duplicated(KEY)].to_dict("records")
        ]
    )
    return table


def _spelled_twice(table: pd.DataFrame) -> list[StudyError]:
    """Experts whose names differ by capitals or blanks alone: nobody can tell whether they are one or two."""
    first: dict[str, str] = {}
    errors = []
    for row in table.drop_duplicates("rater").to_dict("records"):
        first_spelling = first.setdefault("".join(row["rater"].casefold().split()), row["rater"])
        if first_spelling != row["rater"]:
            problem = f"'{row['rater']}' may be the expert '{first_spelling}'"
            remedy = "Spell the same expert the same way everywhere, and different experts differently"
            errors.append(StudyError(problem, file=row["file"], row=row["row"], column="rater", remedy=remedy))
    return errors


def _rater_in_words(rater: str) -> str:
    return f"'{rater}'" if rater else "the file"


def _problems(row: dict, column: str, ends: tuple[int, int], known: set[str]) -> list[StudyError]:
    errors = []

    def wrong(column: str, problem: str, remedy: str) -> None:
        place = dict(file=row["file"], row=row["row"], column=column)
        errors.append(StudyError(problem, **place, remedy=remedy))

    for name in ("from", "to"):
        if row[name] not in known:
            hint = did_you_mean(row[name], sorted(known))
            wrong(name, f"'{row[name]}' is not a factor", f"{hint}Use an id of factors.csv")
    if row["from"] == row["to"]:
        wrong("to", f"'{row['to']}' is paired with itself", "Remove the row")
    if pd.isna(row[column]):
        return errors
    if not ends[0] <= row[column] <= ends[1]:
        wrong(column, f"{row[column]:g} is outside {ends[0]} to {ends[1]}", "Correct the cell")
    if row["rater"] == "" and column == "influence":
        wrong("rater", "the judgement has no expert", "Give a pseudonym")
    return errors
