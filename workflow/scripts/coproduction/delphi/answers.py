"""One table of answers from a round file, whatever its form: a row for each cell that may be one.

Columns of ANSWERS: `file`, `row` and `column` (where the cell is), `panellist` (as the file writes
it; empty where no column tells), `statement` (empty: the file names none that is known; `named` has
its words), `round`, `time` (ISO; empty without one), `state` (finished, not finished, test or
preview, spam; empty: the tool does not say), `role` (rating, comment, no opinion) and `text`. The
table lives in memory only, because comments may tell who somebody is.
"""

from pathlib import Path

import numpy as np
import pandas as pd

from coproduction.core.days import as_iso
from coproduction.delphi.headings import CHOICE, RANK, RATING, Headings
from coproduction.delphi.round_layout import Layout
from coproduction.formats.surveys import columns as tools
from coproduction.formats.surveys.reading_exports import NOT_SHOWN, Grid
from coproduction.formats.surveys.states import states_of

ANSWERS = ["file", "row", "column", "panellist", "statement", "named", "round", "time", "state", "role", "text"]
NOT_TICKED = {"", "0", "no", "false", "unchecked", NOT_SHOWN}


def answers_of(path: Path, grid: Grid, layout: Layout, headings: Headings, number: int, dates: str) -> pd.DataFrame:
    """ANSWERS of a round file, by row, then in the order of its columns.

    `number` is the round of a file that does not name rounds itself. Every row of the file has its
    cells here, also empty ones.
    """
    rows = grid.rows
    columns = list(layout.cells)
    places = [layout.cells[column] for column in columns]
    size, width = len(rows), len(columns)
    times, states = _times(grid, layout, number, dates)
    person = _who(rows, layout, number)
    table = pd.DataFrame(
        {
            "file": path.name,
            "row": np.repeat(rows.index.to_numpy(int), width),
            "column": pd.Categorical.from_codes(np.tile(np.arange(width), size), columns),
            "panellist": as_words(np.repeat(person.to_numpy(object), width)),
            "statement": as_words(np.tile(np.array([p.statement for p in places], object), size)),
            "named": "",
            "round": float(number),
            "time": as_words(np.repeat(times.to_numpy(object), width)),
            "state": as_words(np.repeat(states.to_numpy(object), width)),
            "role": as_words(np.tile(np.array([p.role for p in places], object), size)),
            "text": as_words(rows[columns].to_numpy(object).ravel()),
        }
    )
    if layout.round:
        named_round = rows[layout.round].map(tools.round_named)
        table["round"] = np.repeat(named_round.to_numpy(float), width)
    if layout.statement:
        named_round = rows[layout.statement]
        table["named"] = np.repeat(named_round.to_numpy(object), width)
        table["statement"] = np.repeat(named_round.map(headings.statement).to_numpy(object), width)
    place_of = dict(zip(columns, places, strict=True))
    if any(place.role == RANK for place in places):
        table = _ranked(table, place_of, headings)
    if any(place.role == CHOICE for place in places):
        table = _chosen(table, place_of)
    return table[ANSWERS]


def _who(rows: pd.DataFrame, layout: Layout, number: int) -> pd.Series:
    """Who answers in each row, as the file writes it; empty where no column tells.

    Where only e-mail addresses tell, rows with one address are one person, named by the first of them.
    """
    if layout.panellist:
        return rows[layout.panellist].str.strip()
    person = pd.Series("", rows.index)
    if layout.email:
        address = rows[layout.email].str.strip().str.casefold()
        address = address[address.str.contains("@")]
        shared_address = address[address.duplicated(keep=False)]
        first = {cell: row for row, cell in reversed(list(shared_address.items()))}
        person[shared_address.index] = [f"R{number} row {first[cell]}" for cell in shared_address]
    return person


def as_words(cells: np.ndarray) -> pd.Series:
    """Words as they are: pandas would look through each of them to make a column of text."""
    return pd.Series(cells, dtype=object)


def _times(grid: Grid, layout: Layout, number: int, dates: str) -> tuple[pd.Series, pd.Series]:
    """When each row was submitted, and its state as the tool has it."""
    times = pd.Series("", grid.rows.index)
    states = states_of(grid, number)
    if not layout.submitted:
        return times, states
    times[:] = as_iso(list(grid.rows[layout.submitted]), dates)
    if not layout.statement:
        # LimeSurvey's VV writes the word for 'not shown' where a submission is unfinished.
        times = times.mask(times.str.startswith(("{", "[")) | (times == tools.NO_DATE), "")
    return times, states


def _ranked(table: pd.DataFrame, places: dict, headings: Headings) -> pd.DataFrame:
    """Cells that name the statement on a rank as ratings; empty for statements without a rank."""
    ranks = table[table["role"] == RANK]
    other_answers = table[table["role"] != RANK]
    ranked = ranks.assign(
        statement=ranks["text"].map(headings.statement),
        text=[str(places[column].rank) for column in ranks["column"]],
        role=RATING,
    )
    ranked = ranked[ranked["statement"] != ""]
    # On two places at once is no rank: both are in the text, so that it is refused.
    texts = ranked.groupby(["row", "statement"])["text"].transform("; ".join)
    ranked = ranked.assign(text=texts).drop_duplicates(["row", "statement"])
    not_ranked = ranks.drop_duplicates("row").merge(
        pd.Series(sorted(set(ranked["statement"])), name="ranked"), how="cross"
    )
    not_ranked = not_ranked.assign(statement=not_ranked["ranked"], role=RATING, text="")
    both = pd.concat([ranked, not_ranked[ANSWERS]]).drop_duplicates(["row", "statement"])
    return pd.concat([both, other_answers]).sort_values("row", kind="stable", ignore_index=True)


def _chosen(table: pd.DataFrame, places: dict) -> pd.DataFrame:
    """Columns that each stand for a point of the scale as one rating: the point that is ticked.

    Two ticked points are both in the text, so that the rating is refused; a statement whose columns
    are all empty has an empty rating.
    """
    choices = table["role"] == CHOICE
    choice_cells = table[choices]
    ticked = ~choice_cells["text"].str.casefold().isin(NOT_TICKED)
    points = choice_cells["column"].map(lambda column: places[column].point).astype(str)
    with_point = choice_cells.assign(text=points.where(ticked, ""), role=RATING)
    first = with_point.drop_duplicates(["row", "statement"]).drop(columns="text")
    joined = with_point[ticked].groupby(["row", "statement"])["text"].agg("; ".join).reset_index()
    first = first.merge(joined, how="left", on=["row", "statement"]).fillna({"text": ""})
    return pd.concat([first[ANSWERS], table[~choices]]).sort_values("row", kind="stable", ignore_index=True)
