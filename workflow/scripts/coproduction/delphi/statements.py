"""The statements of the Delphi and their wordings over the rounds."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from coproduction.core import people_tables
from coproduction.core.errors import StudyError, raise_all
from coproduction.delphi import tables as forms


def read_statements(path: str | Path) -> pd.DataFrame:
    """Statements (STATEMENTS); a wording that stands twice or ends before it begins is refused."""
    table = people_tables.read_people_csv(path, forms.STUDY_STATEMENTS)
    for name, usual in (("version", 1), ("first_round", 1), ("last_round", pd.NA)):
        given = table[name] if name in table else pd.Series(pd.NA, table.index, "Int64")
        table[name] = given if usual is pd.NA else given.fillna(usual)
    table["factor"] = table.get("factor", "")
    errors = [
        StudyError(
            f"version {v} of {s} stands there more than once", file=path, row=int(row),
            column="version", remedy="Give each wording of a statement its own version",
        )
        for row, s, v in table[table.duplicated(["statement", "version"])][
            ["statement", "version"]
        ].itertuples()
    ]  # fmt: skip
    errors += [
        StudyError(
            "the last round lies before the first", file=path, row=int(row), column="last_round",
            remedy="Correct first_round or last_round",
        )
        for row in table.index[(table["last_round"] < table["first_round"]).fillna(False)]
    ]  # fmt: skip
    raise_all(errors + _overlaps(table, path))
    return table


def _overlaps(table: pd.DataFrame, path) -> list[StudyError]:
    errors = []
    for statement, part in table.sort_values("first_round").groupby("statement", sort=True):
        until = part["last_round"].fillna(10**6).tolist()
        for k, (row, first) in enumerate(part["first_round"].items()):
            if k and first <= until[k - 1]:
                errors.append(
                    StudyError(
                        f"two wordings of {statement} are asked in round {first}",
                        file=path,
                        row=int(row),
                        column="first_round",
                        remedy="End the earlier wording (last_round) before the later one begins",
                    )
                )
    return errors


def wordings_of(statements: pd.DataFrame, number: int) -> pd.DataFrame:
    """The wordings that are asked in round *number*."""
    last = statements["last_round"].fillna(10**6)
    return statements[(statements["first_round"] <= number) & (last >= number)]
