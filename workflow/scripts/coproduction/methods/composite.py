"""Composite indicators: normalise, aggregate, rank, and see how far the ranks depend on the method.

Definitions follow the Handbook on Constructing Composite Indicators (OECD and JRC 2008,
doi:10.1787/9789264043466-en): chapter 5 (normalisation), 6 (weighting and aggregation) and 7
(uncertainty and sensitivity). The R package COINr is the reference of the tests; no Python
package on the index covers more than one of these steps, so they are written here on plain
pandas frames (rows units such as countries, columns indicators, NaN where there is no value).
"""

import itertools
from typing import Any

import numpy as np
import pandas as pd

NORMALISATIONS = ("minmax", "zscore", "rank")
AGGREGATIONS = ("arithmetic", "geometric")
SKEWED, PEAKED, WINSORISED_AT_MOST = 2.0, 3.5, 5
LOWEST_FOR_GEOMETRIC = 1.0


def normalise(values: pd.DataFrame, lower_better: set[str], how: str) -> pd.DataFrame:
    """Bring indicators to one scale on which more is better; NaN stays NaN.

    minmax  100 (x - min) / (max - min)                                    0 to 100
    zscore  (x - mean) / standard deviation (n - 1)                        mean 0, SD 1
    rank    100 (countries below + half of the ties, itself included) / n  0 to 100, open

    Indicators in `lower_better` are turned (x to -x) first, so that the three agree on it.
    An indicator with one and the same value everywhere separates nothing; its column is NaN.

    Source: OECD and JRC (2008), doi:10.1787/9789264043466-en, step 5

    >>> values = pd.DataFrame({"trust": [20.0, 60.0, 40.0], "gap": [3.0, 1.0, 5.0]})
    >>> normalise(values, {"gap"}, "minmax").to_numpy().tolist()
    [[0.0, 50.0], [100.0, 100.0], [50.0, 0.0]]
    """
    flip = np.array([name in lower_better for name in values.columns], dtype=bool)
    numbers = values.to_numpy(float, na_value=np.nan)
    turned = pd.DataFrame(np.where(flip, -numbers, numbers), values.index, values.columns)
    if how == "zscore":
        return (turned - turned.mean()) / _spread(turned.std(ddof=1))
    low, high = (np.array(ends(turned.to_numpy(), axis=0, initial=np.nan)) for ends in (np.fmin.reduce, np.fmax.reduce))
    spread = np.where(high > low, high - low, np.nan)
    if how == "minmax":
        return pd.DataFrame((turned.to_numpy() - low) / spread * 100, values.index, values.columns)
    if how == "rank":
        ranks = (turned.rank(method="average").to_numpy() - 0.5) / turned.notna().to_numpy().sum(axis=0) * 100
        return pd.DataFrame(np.where(np.isnan(spread), np.nan, ranks), values.index, values.columns)
    raise ValueError(f"unknown normalisation {how!r}")


def _spread(spread: pd.Series) -> pd.Series:
    """The spread by which a column is divided; NaN where there is none."""
    return spread.where(spread > 0)


def winsorise(values: pd.DataFrame) -> pd.DataFrame:
    """Winsorise outliers by the rule of the JRC (as `winsorise` in COINr).

    While a column has an absolute skewness of at least 2 and a kurtosis of at least 3.5 (both
    corrected for bias), its most extreme value takes the value of the next, at most five times.

    Source: OECD and JRC (2008), doi:10.1787/9789264043466-en, step 3

    >>> winsorise(pd.DataFrame({"a": [*range(20), 500]}))["a"].tolist()[-1]
    19.0
    """
    treated = values.astype(float).copy()
    for name in treated.columns:
        pulled = 0
        while pulled < WINSORISED_AT_MOST and has_outliers(treated[name]):
            column = treated[name]
            high = column.skew() > 0
            extreme = column.max() if high else column.min()
            others = column[column != extreme]
            treated[name] = column.mask(column == extreme, others.max() if high else others.min())
            pulled = int((treated[name] != values[name]).where(values[name].notna(), False).sum())
    return treated


def has_outliers(column: pd.Series) -> bool:
    """Whether skewness and kurtosis say that single values decide the scale of an indicator.

    >>> has_outliers(pd.Series(range(20))), has_outliers(pd.Series([*range(20), 500]))
    (False, True)
    """
    return bool(abs(column.skew()) >= SKEWED and column.kurt() >= PEAKED)


def aggregate(
    normalised: pd.DataFrame, weights: pd.Series, how: str, minimum_share: float, measured: pd.DataFrame | None = None
) -> pd.DataFrame:
    """One score per unit from the columns of `normalised`, with the share it rests on.

    Returns a frame indexed as `normalised` with columns score, n (indicators with a value) and
    share (weight of these in the weight of all). Below `minimum_share` the score is NaN. Above it
    the missing indicators are left out and the others keep their weights relative to each other,
    which amounts to giving a missing one the unit's own mean (Handbook, step 3).

    geometric: exp of the weighted mean of logarithms. Values of 0 would void all others, so the
    0-100 scale is moved to 1-100 as COINr advises; z-scores have no geometric mean (ValueError).

    measured: which values are no imputed ones; n and share are counted from these (all, if None).

    Source: OECD and JRC (2008), doi:10.1787/9789264043466-en, step 6

    >>> scaled = pd.DataFrame({"a": [100.0, 50.0], "b": [0.0, np.nan]})
    >>> aggregate(scaled, pd.Series({"a": 3.0, "b": 1.0}), "arithmetic", 0.6)["score"].tolist()
    [75.0, 50.0]
    """
    weight_of = weights.reindex(normalised.columns).fillna(0).to_numpy(float)
    values = normalised.to_numpy(float)
    weight = np.where(np.isnan(values), 0.0, weight_of)
    real = normalised.notna() if measured is None else measured.reindex_like(normalised)
    if how not in AGGREGATIONS:
        raise ValueError(f"unknown aggregation {how!r}")
    numbers = np.log(_positive(values)) if how == "geometric" else values
    with np.errstate(divide="ignore", invalid="ignore"):  # where nothing is there
        share = _row_sums(real.to_numpy(float) * weight_of) / weight_of.sum()
        weight_present = _row_sums(weight)
        score = _row_sums(np.where(np.isnan(numbers), 0.0, numbers) * weight) / weight_present
    score = np.exp(score) if how == "geometric" else score
    enough = (share >= minimum_share - 1e-9) & (weight_present > 0)
    columns = {"score": np.where(enough, score, np.nan), "n": real.to_numpy(int).sum(axis=1), "share": share}
    return pd.DataFrame(columns, normalised.index)


def _row_sums(values: np.ndarray) -> np.ndarray:
    """The sum of each row, the same to the last digit however the values lie in memory."""
    return np.ascontiguousarray(values).sum(axis=1)


def _positive(normalised: Any) -> Any:
    """The scale from 0 to 100 (a frame or an array) moved to 1 to 100."""
    if np.any(np.asarray(normalised) < 0):
        raise ValueError("a geometric mean needs positive values, so not z-scores")
    low = LOWEST_FOR_GEOMETRIC
    return low + normalised * (100 - low) / 100


def rank(scores: pd.Series) -> pd.Series:
    """Rank 1 for the highest score; ties share the better rank; NaN where there is no score.

    >>> rank(pd.Series([5.0, 9.0, 9.0, np.nan])).tolist()
    [3.0, 1.0, 1.0, nan]
    """
    return scores.rank(ascending=False, method="min")


def variants() -> list[tuple[str, str]]:
    """All pairs of normalisation and aggregation that are defined.

    >>> variants()[:2]
    [('minmax', 'arithmetic'), ('minmax', 'geometric')]
    """
    pairs = itertools.product(NORMALISATIONS, AGGREGATIONS)
    return [pair for pair in pairs if pair != ("zscore", "geometric")]


def variant_ranks(
    values: pd.DataFrame,
    lower_better: set[str],
    weights: pd.Series,
    minimum_share: float,
    chosen: tuple[str, str],
    measured: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Ranks of each unit (rows) under each variant (columns).

    Variants are every defined pair of normalisation and aggregation ("minmax, arithmetic"), and
    the chosen pair with outliers winsorised ("outliers winsorised") and without one indicator at a
    time ("without rule_of_law").

    >>> values = pd.DataFrame({"a": [1.0, 2.0], "b": [5.0, 4.0]}, index=["X", "Y"])
    >>> equal = pd.Series(1.0, index=values.columns)
    >>> variant_ranks(values, set(), equal, 0.5, ("minmax", "arithmetic"))["without a"].tolist()
    [1.0, 2.0]
    """
    ranks_by_variant = {}
    scaled = {how: normalise(values, lower_better, how) for how in NORMALISATIONS}
    for how, together in variants():
        scores = aggregate(scaled[how], weights, together, minimum_share, measured)
        ranks_by_variant[f"{how}, {together}"] = rank(scores["score"])
    pulled = normalise(winsorise(values), lower_better, chosen[0])
    scores = aggregate(pulled, weights, chosen[1], minimum_share, measured)
    ranks_by_variant["outliers winsorised"] = rank(scores["score"])
    for name in values.columns if len(values.columns) > 1 else []:
        remaining = scaled[chosen[0]].drop(columns=name)
        scores = aggregate(remaining, weights.drop(name), chosen[1], minimum_share, measured)
        ranks_by_variant[f"without {name}"] = rank(scores["score"])
    return pd.DataFrame(ranks_by_variant, index=values.index)


def weight_uncertainty(
    normalised: pd.DataFrame,
    how: str,
    minimum_share: float,
    draws: int,
    seed: int,
    measured: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Rank interval when nothing is known about the weights.

    Weights are drawn from the flat Dirichlet distribution `draws` times; returned are the 5th,
    50th and 95th percentile of each unit's rank (columns low, middle, high). Whether a unit has a
    score at all is decided with equal weights, so that the draws do not change who takes part.

    Source: Saisana, Saltelli and Tarantola (2005), doi:10.1111/j.1467-985X.2005.00350.x

    >>> scaled = pd.DataFrame({"a": [100.0, 50.0], "b": [100.0, 0.0]}, index=["X", "Y"])
    >>> weight_uncertainty(scaled, "arithmetic", 0.5, draws=100, seed=1).loc["X"].tolist()
    [1.0, 1.0, 1.0]
    """
    equal = pd.Series(1.0, index=normalised.columns)
    taking_part = aggregate(normalised, equal, how, minimum_share, measured)["score"].notna()
    data = normalised[taking_part]
    result = pd.DataFrame(np.nan, index=normalised.index, columns=["low", "middle", "high"])
    if data.empty:
        return result
    weights = np.random.default_rng(seed).dirichlet(np.ones(data.shape[1]), size=draws)
    numbers = np.log(_positive(data)) if how == "geometric" else data
    scores = numbers.fillna(0).to_numpy() @ weights.T / (data.notna().to_numpy() @ weights.T)
    ranks = pd.DataFrame(-scores).rank(method="min").to_numpy()
    result[taking_part] = np.percentile(ranks, [5, 50, 95], axis=1).T
    return result


def cronbach_alpha(normalised: pd.DataFrame) -> tuple[float, int]:
    """Cronbach's alpha of the columns over complete rows, and how many rows these are.

    alpha = k / (k - 1) (1 - sum of item variances / variance of the sum). NaN with fewer than two
    indicators or three complete rows.

    Source: Cronbach (1951), doi:10.1007/BF02310555

    >>> cronbach_alpha(pd.DataFrame({"a": [1.0, 2.0, 3.0], "b": [1.0, 2.0, 3.0]}))
    (1.0, 3)
    """
    complete = normalised.dropna()
    k = complete.shape[1]
    total = complete.sum(axis=1).var(ddof=1)
    if k < 2 or len(complete) < 3 or not total > 0:
        return float("nan"), len(complete)
    return float(k / (k - 1) * (1 - complete.var(ddof=1).sum() / total)), len(complete)


def correlations(normalised: pd.DataFrame) -> pd.DataFrame:
    """Spearman correlations of all pairs of columns: first, second, rho, n (rows with both).

    >>> data = pd.DataFrame({"a": [1.0, 2.0, 3.0], "b": [9.0, 5.0, 1.0]})
    >>> float(round(correlations(data).loc[0, "rho"], 6))
    -1.0
    """
    columns = sorted(normalised.columns)
    values = {name: normalised[name].to_numpy(float) for name in columns}
    rows = []
    for first, second in itertools.combinations(columns, 2):
        both = ~np.isnan(values[first]) & ~np.isnan(values[second])
        ranks = np.array([pd.Series(values[name][both]).rank() for name in (first, second)])
        known = ranks.shape[1] > 2 and bool((np.ptp(ranks, axis=1) > 0).all())
        rho = float(np.corrcoef(ranks)[0, 1]) if known else float("nan")
        rows.append((first, second, rho, ranks.shape[1]))
    return pd.DataFrame(rows, columns=["first", "second", "rho", "n"])


def principal_components(normalised: pd.DataFrame) -> tuple[pd.Series, pd.DataFrame]:
    """Eigenvalues of the correlations of the columns over complete rows, and the loadings.

    The largest loading of each component is positive. Empty with fewer than two columns or three
    complete rows.

    Source: OECD and JRC (2008), doi:10.1787/9789264043466-en, step 4

    >>> data = pd.DataFrame({"a": [1.0, 2.0, 3.0], "b": [2.0, 4.0, 6.0]})
    >>> principal_components(data)[0].round(6).tolist()
    [2.0, 0.0]
    """
    complete = normalised.dropna()
    complete = complete.loc[:, complete.std(ddof=1) > 0]
    if complete.shape[1] < 2 or len(complete) < 3:
        return pd.Series(dtype=float), pd.DataFrame(index=normalised.columns)
    values, vectors = np.linalg.eigh(np.corrcoef(complete.to_numpy().T))
    values, vectors = np.maximum(values[::-1], 0), vectors[:, ::-1]
    signs = np.sign(vectors[np.abs(vectors).argmax(axis=0), np.arange(len(values))])
    numbers = range(1, len(values) + 1)
    loadings = vectors * signs * np.sqrt(values)
    return pd.Series(values, numbers), pd.DataFrame(loadings, complete.columns, numbers)
