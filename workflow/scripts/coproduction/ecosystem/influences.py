"""What the experts say of influences between factors: the form, the pooling, and when one counts as an influence.

An empty cell and a missing row mean "not judged", never 0: the mean of a pair is over those who
judged it. A pair that nobody judged enters the analysis as no influence and is counted as such.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from coproduction.core.errors import Asked, StudyError, did_you_mean
from coproduction.ecosystem.settings import StructureSettings

HIGHEST = 4  # of the scale on which experts judge
MANY_PAIRS = 6  # from which an expert of degrees will hardly give 0 and 1 alone


class Judged(NamedTuple):
    """The judgements as numbers: `values[expert, from, to]`, NaN where not judged."""

    factors: list[str]
    raters: list[str]
    values: np.ndarray

    @property
    def binary(self) -> bool:
        """Only 0 and 1 were given: influence or none, without degrees."""
        ratings = self.values[~np.isnan(self.values)]
        return ratings.size > 0 and bool((ratings <= 1).all())


def check_ids(setting: str, ids: Sequence[str], factor_ids: set[str]) -> None:
    """Raise StudyError where a setting names what is not a factor."""
    for name in ids:
        if name not in factor_ids:
            hint = did_you_mean(name, sorted(factor_ids))
            raise StudyError(f"{setting}: '{name}' is not a factor", remedy=f"{hint}Use ids of factors.csv")


def two_scales(table: pd.DataFrame) -> list[StudyError]:
    """A question for each expert who gives only 0 and 1 on many pairs, where others give degrees.

    table: INFLUENCES with the `file` of each row
    """
    given = table.dropna(subset="influence")
    experts = given.groupby(["rater", "file"])["influence"].agg(["max", "count"]).reset_index().to_dict("records")
    highest = max((row["max"] for row in experts), default=0)
    return [
        Asked(
            f"'{row['rater']}' gives only 0 and 1 on {row['count']} pairs, where others give up to {highest}",
            file=row["file"],
            column="influence",
            remedy="If it means no and yes, ask for degrees (0 to 4) or leave the file out; if it means none and low, leave it so",
        )
        for row in experts
        if row["max"] <= 1 and row["count"] >= MANY_PAIRS and highest > 2
    ]


def factors_asked(ranked: pd.DataFrame, settings: StructureSettings) -> list[str]:
    """Ids of the factors whose influences are judged: those named, or the strongest with evidence.

    `ranked`: the weighed factors, strongest first; the order is kept.
    """
    named = settings.structure_factors
    check_ids("ecosystem.structure_factors", named, set(ranked["id"]))
    if named:
        return [name for name in ranked["id"] if name in named]
    return list(ranked.loc[ranked["strength"] > 0, "id"])[: settings.structure_strongest]


def form(factors: Sequence[str], names: dict[str, str]) -> pd.DataFrame:
    """The blank form: every ordered pair, grouped by the factor that influences."""
    rows = [(a, names[a], b, names[b], "", "") for a in factors for b in factors if a != b]
    return pd.DataFrame(rows, columns=["from", "from_name", "to", "to_name", "rater", "influence"])


def judgements_on(table: pd.DataFrame, factors: Sequence[str]) -> Judged:
    """The judgements on these factors; experts who judged none of their pairs are left out."""
    used = table[usable(table, factors)]
    raters = sorted(set(used["rater"]))
    values = np.full((len(raters), len(factors), len(factors)), np.nan)
    place = {name: position for position, name in enumerate(factors)}
    place_of_rater = {name: position for position, name in enumerate(raters)}
    for row in used.to_dict("records"):
        values[place_of_rater[row["rater"]], place[row["from"]], place[row["to"]]] = row["influence"]
    return Judged(list(factors), raters, values)


def usable(table: pd.DataFrame, factors: Sequence[str]) -> pd.Series:
    """Which rows hold a judgement on a pair of these factors."""
    inside = table["from"].isin(factors) & table["to"].isin(factors)
    return inside & table["influence"].notna()


def means(values: np.ndarray) -> np.ndarray:
    """Mean influence per pair over those who judged it; 0 where nobody did."""
    number = (~np.isnan(values)).sum(axis=0)
    return np.divide(np.nansum(values, axis=0), number, out=np.zeros(number.shape), where=number > 0)


def shares(values: np.ndarray, least: float) -> np.ndarray:
    """Share of those who judged a pair that say at least `least`; 0 where nobody judged."""
    number = (~np.isnan(values)).sum(axis=0)
    high = (np.nan_to_num(values, nan=-1.0) >= least).sum(axis=0)
    return np.divide(high, number, out=np.zeros(number.shape), where=number > 0)


def agreed(values: np.ndarray, binary: bool, settings: StructureSettings) -> np.ndarray:
    """Which factor influences which, by the rule of the settings."""
    if binary:
        return shares(values, 1) >= settings.influence_share
    if settings.influence_rule == "share":
        return shares(values, settings.influence_from) >= settings.influence_share
    return means(values) >= settings.influence_from
