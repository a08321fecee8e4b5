"""One table of answers from a round file, whatever its form: a row for each cell that may be one.

Columns of ANSWERS: `file`, `row` and `column` (where the cell is), `panellist` (as the file writes
it), `statement` (empty: the file names none that is known; `named` has its words), `round`, `time`
(ISO; empty for a submission that is not finished), `role` (rating, comment, no opinion) and `text`.
The table lives in memory only, because comments may tell who somebody is.
"""

import re
from pathlib import Path

import numpy as np
import pandas as pd

from coproduction.delphi.columns import RANK, RATING, Finder, Layout
from coproduction.formats.surveys.grid import Grid
from coproduction.formats.surveys.times import as_iso

ANSWERS = [
    "file", "row", "column", "panellist", "statement", "named", "round", "time", "role", "text",
]  # fmt: skip


def answers_of(
    path: Path, grid: Grid, layout: Layout, finder: Finder, number: int, dates: str
) -> pd.DataFrame:
    """ANSWERS of a round file, by row, then in the order of its columns.

    `number` is the round of a file that does not name rounds itself. Every row of the file has its
    cells here, also empty ones.
    """
    rows = grid.rows
    columns = list(layout.cells)
    places = [layout.cells[column] for column in columns]
    size, width = len(rows), len(columns)
    times = pd.Series("", rows.index)
    if layout.submitted:
        times[:] = as_iso(list(rows[layout.submitted]), dates)
        if not layout.statement:
            # LimeSurvey's VV writes the word for 'not shown' where a submission is unfinished.
            times = times.mask(times.str.startswith("{"), "")
    table = pd.DataFrame(
        {
            "file": path.name,
            "row": np.repeat(rows.index.to_numpy(int), width),
            "column": pd.Categorical.from_codes(np.tile(np.arange(width), size), columns),
            "panellist": np.repeat(rows[layout.panellist].str.strip().to_numpy(object), width),
            "statement": np.tile(np.array([p.statement for p in places], object), size),
            "named": "",
            "round": number,
            "time": np.repeat(times.to_numpy(object), width),
            "role": np.tile(np.array([p.role for p in places], object), size),
            "text": rows[columns].to_numpy(object).ravel(),
        }
    )
    if layout.round:
        table["round"] = np.repeat(rows[layout.round].map(_number).to_numpy(float), width)
    if layout.statement:
        named = rows[layout.statement]
        table["named"] = np.repeat(named.to_numpy(object), width)
        table["statement"] = np.repeat(named.map(finder.statement).to_numpy(object), width)
    if any(place.role == RANK for place in places):
        table = _ranked(table, dict(zip(columns, places, strict=True)), finder)
    return table[ANSWERS]


def _number(cell: str) -> float:
    match = re.search(r"\d+", cell)
    return float(match.group()) if match else np.nan


def _ranked(table: pd.DataFrame, places: dict, finder: Finder) -> pd.DataFrame:
    """Cells that name the statement on a rank as ratings; empty for statements without a rank."""
    ranks = table[table["role"] == RANK]
    others = table[table["role"] != RANK]
    found = ranks.assign(
        statement=ranks["text"].map(finder.statement),
        text=[str(places[column].rank) for column in ranks["column"]],
        role=RATING,
    )
    found = found[found["statement"] != ""].drop_duplicates(["row", "statement"], keep="last")
    whole = ranks.drop_duplicates("row").merge(
        pd.Series(sorted(set(found["statement"])), name="ranked"), how="cross"
    )
    whole = whole.assign(statement=whole["ranked"], role=RATING, text="")
    both = pd.concat([found, whole[ANSWERS]]).drop_duplicates(["row", "statement"])
    return pd.concat([both, others]).sort_values("row", kind="stable", ignore_index=True)
