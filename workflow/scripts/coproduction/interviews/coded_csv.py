"""Coded segments in a table: read as people export or fill it."""

from pathlib import Path

import pandas as pd

from coproduction.core import people_tables
from coproduction.core.errors import StudyError, raise_all
from coproduction.interviews.tables import CODED


def read_coded_csv(path: str | Path) -> pd.DataFrame:
    """Rows of CODED with `row`; rows without words and places are refused by name.

    Raises StudyError where start and end contradict each other.
    """
    table = people_tables.read_people_table(path, CODED)
    if "memo" not in table:
        table["memo"] = ""
    errors = []
    for row, entry in table.iterrows():
        start, end = entry["start"], entry["end"]
        if pd.isna(start) != pd.isna(end):
            problem = "start and end belong together: only one of them is filled"
            errors.append(_error(problem, path, row, "end" if pd.isna(end) else "start"))
        elif not pd.isna(start) and end <= start:
            errors.append(_error(f"the segment ends at {end}, before its start", path, row, "end"))
        elif pd.isna(start) and not entry["text"]:
            errors.append(_error("the segment has neither words nor a place", path, row, "text"))
    raise_all(errors)
    return table.assign(row=table.index)[[*CODED.columns, "row"]].reset_index(drop=True)


def _error(problem: str, path: str | Path, row: int, column: str) -> StudyError:
    return StudyError(
        problem,
        file=path,
        row=row,
        column=column,
        remedy="Give the words of the segment, and its place as start and end where it is known",
    )
