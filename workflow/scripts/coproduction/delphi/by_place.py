"""Rankings exported place by place: column 'first' holds an item, 'second' the next (LimeSurvey)."""

from __future__ import annotations

import re

import pandas as pd

from coproduction.delphi.headers import Grid
from coproduction.delphi.places import RATING, Finder

PLACE = re.compile(
    r"(?:\[|\(|\b(?:rank|rang|place|position|ranking)[ _.-]*|_)(\d{1,3})[\])]?\s*$", re.I
)


def turned(grid: Grid, finder: Finder) -> tuple[pd.DataFrame, dict[str, tuple[str, str]], set[str]]:
    """Rows with a column per statement that holds its rank, their roles, and the columns used up.

    Empty roles where fewer than two columns are places that hold statements.
    """
    places = {}
    for column in grid.rows:
        match = PLACE.search(column) or PLACE.search(grid.titles[column])
        cells = [c for c in grid.rows[column] if c and not c.startswith("{")]
        named = [finder.statement(c) for c in cells]
        if match and cells and 5 * sum(map(bool, named)) >= 4 * len(cells):
            places[column] = int(match.group(1))
    if len(places) < 2 or len(set(places.values())) < len(places):
        return grid.rows, {}, set()
    ranks: dict[str, list[str]] = {}
    for at, (_, line) in enumerate(grid.rows.iterrows()):
        for column, place in sorted(places.items(), key=lambda pair: pair[1]):
            statement = finder.statement(line[column])
            if statement:
                ranks.setdefault(statement, [""] * len(grid.rows))[at] = str(place)
    made = pd.DataFrame(
        {f"rank of {s}": r for s, r in sorted(ranks.items())}, index=grid.rows.index
    )
    cells = {f"rank of {s}": (RATING, s) for s in sorted(ranks)}
    return pd.concat([grid.rows, made], axis=1), cells, set(places)
