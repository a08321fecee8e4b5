"""Where each country lies on a map of Europe in tiles, one square a country, all of them equally easy to see.

On a map by area Norway would look like much and Malta like nothing. The places are kept in `tile_map.csv`; the
arrangement is our own. What has no tile is named below the map.
"""

from functools import cache
from pathlib import Path

import pandas as pd

from coproduction.desk.settings import OVERALL

FEWEST = 3  # tiles that make a map


@cache
def _tiles() -> pd.DataFrame:
    path = Path(__file__).with_suffix(".csv")
    return pd.read_csv(path, dtype={"country": str, "column": "Int64", "row": "Int64"}, encoding="utf-8")


def shown_tiles(scores: pd.DataFrame, groups: pd.DataFrame) -> pd.DataFrame:
    """What the map shows: each country with its overall score and rank, its group and its tile.

    The first dimension stands in where there is no overall score. `column` and `row` (from 0, at the top left)
    are empty for countries without a tile.

    scores, groups: SCORES and COUNTRY_GROUPS
    """
    lead = OVERALL if (scores["dimension"] == OVERALL).any() else "".join(scores["dimension"].head(1))
    lead_scores = scores.loc[scores["dimension"] == lead, ["country", "name", "dimension", "score", "rank"]]
    with_tiles = lead_scores.merge(groups[["country", "group"]], on="country", how="left").merge(
        _tiles(), on="country", how="left"
    )
    return with_tiles.sort_values(["rank", "name"], na_position="last", ignore_index=True)


def without_tile(tiles: pd.DataFrame) -> list[str]:
    """The countries that have no tile, each with its rank."""
    off = tiles[tiles["column"].isna()]
    return [row.name if pd.isna(row.rank) else f"{row.name} (rank {row.rank})" for row in off.itertuples(index=False)]


def drawn_tiles(tiles: pd.DataFrame) -> int:
    """How many countries the map shows: none where too few of those with a score have a tile."""
    with_tile = tiles[tiles["column"].notna()]
    return len(with_tile) if int(with_tile["score"].notna().sum()) >= FEWEST else 0
