"""Agreement of people who judged the same things: kappas, PABAK, AC1 and Krippendorff's alphas.

Ratings come in three shapes: a cross table of two raters (k, k), `counts` of how many raters put
each unit in each category (units, k), or units with the values they were given. A coefficient that
is not defined (nothing rated twice, or one category only) is nan.

Krippendorff's alpha for nominal and interval data is that of the package `krippendorff`. scikit-learn
and statsmodels were considered for the kappas: neither has PABAK, AC1, missing ratings or weights
over the points of a scale that nobody used; statsmodels and R's irr and irrCAC are the references in
the tests. `nltk` has alpha with distances of sets, but draws no intervals.
"""

import math
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from statistics import NormalDist
from typing import Literal

import krippendorff
import numpy as np
import pandas as pd

NAN = float("nan")


@dataclass(frozen=True)
class Coefficient:
    """A coefficient with its standard error and confidence limits (all may be nan)."""

    value: float
    error: float = NAN
    low: float = NAN
    high: float = NAN


def cross_table(first: Iterable[Hashable], second: Iterable[Hashable], categories: Iterable[Hashable]) -> np.ndarray:
    """Counts of pairs of decisions, shape (k, k): rows `first`, columns `second`.

    >>> cross_table(["in", "in", "out"], ["in", "out", "out"], ["in", "out"]).tolist()
    [[1, 1], [0, 1]]
    """
    place = {category: i for i, category in enumerate(categories)}
    table = np.zeros((len(place), len(place)), dtype=int)
    for a, b in zip(first, second, strict=True):
        table[place[a], place[b]] += 1
    return table


def rating_counts(ratings: pd.DataFrame, categories: Iterable[Hashable]) -> np.ndarray:
    """How many raters put each unit in each category, shape (units, k).

    `ratings`: one row per unit, one column per rater, empty cells as None or nan.

    >>> ratings = pd.DataFrame({"a": ["in", "out"], "b": ["in", None]})
    >>> rating_counts(ratings, ["in", "out"]).tolist()
    [[2.0, 0.0], [0.0, 1.0]]
    """
    if not list(categories := list(categories)):
        return np.zeros((len(ratings), 0))
    return np.column_stack([ratings.eq(category).sum(axis=1).to_numpy() for category in categories]).astype(float)


def _limits(value: float, error: float, quantile: float) -> Coefficient:
    if math.isclose(error, 0.0, abs_tol=1e-12):  # all alike: the variance is not known, not nil
        return Coefficient(value, error)
    low, high = value - quantile * error, value + quantile * error
    return Coefficient(value, error, max(-1.0, low), min(1.0, high))


def _normal_quantile(confidence: float) -> float:
    return NormalDist().inv_cdf((1 + confidence) / 2)


def _student_quantile(confidence: float, freedom: float) -> float:
    from scipy.special import stdtrit  # here, as it takes longer to load than all else

    return float(stdtrit(freedom, (1 + confidence) / 2))


def cohen_kappa(table: np.ndarray, confidence: float = 0.95) -> Coefficient:
    """Cohen's kappa of a cross table (k, k) with its large-sample interval.

    Undefined for an empty table and where both raters used one and the same category only.

    Source: Cohen (1960), doi:10.1177/001316446002000104; standard error for the interval: Fleiss,
    Cohen and Everitt (1969), doi:10.1037/h0028106, equation 13.

    >>> round(cohen_kappa(np.array([[20, 5], [10, 15]])).value, 3)
    0.4
    """
    n = table.sum()
    if n == 0:
        return Coefficient(NAN)
    p = table / n
    rows, columns = p.sum(axis=1), p.sum(axis=0)
    observed, expected = float(np.trace(p)), float(rows @ columns)
    if math.isclose(expected, 1.0):
        return Coefficient(NAN)
    kappa = (observed - expected) / (1 - expected)
    total = rows[None, :] + columns[:, None]  # [i, j]: p.i + pj. as the formula has it
    diagonal = np.diag(p) @ (1 - (rows + columns) * (1 - kappa)) ** 2
    off = p * total**2
    off_diagonal = (1 - kappa) ** 2 * (off.sum() - np.trace(off))
    last = (kappa - expected * (1 - kappa)) ** 2
    variance = (diagonal + off_diagonal - last) / (n * (1 - expected) ** 2)
    return _limits(kappa, math.sqrt(max(variance, 0.0)), _normal_quantile(confidence))


def weighted_kappa(first: np.ndarray, second: np.ndarray, points: np.ndarray, weights: str = "linear") -> float:
    """Weighted kappa of paired ratings over all points of a scale.

    `weights` grow with the distance of two points ("linear") or its square ("quadratic"). Undefined
    where both sets of ratings sit on one and the same point, although nothing differs there.

    Source: Cohen (1968), doi:10.1037/h0026256.

    >>> round(weighted_kappa(np.array([1, 2, 3, 3]), np.array([1, 2, 3, 2]), np.arange(1, 4)), 3)
    0.714
    """
    rated = ~np.isnan(np.asarray(first, float)) & ~np.isnan(np.asarray(second, float))
    first, second = first[rated], second[rated]
    if not len(first):
        return NAN
    power = 2 if weights == "quadratic" else 1
    gap = np.abs(points[:, None] - points[None, :]).astype(float) ** power
    observed = np.mean(np.abs(first - second) ** power)
    shares = [(ratings[:, None] == points).mean(0) for ratings in (first, second)]
    expected = shares[0] @ gap @ shares[1]
    return float(1 - observed / expected) if expected > 0 else NAN


def pabak(table: np.ndarray, confidence: float = 0.95) -> Coefficient:
    """Prevalence- and bias-adjusted kappa of a cross table, (k po - 1) / (k - 1).

    The interval is that of the observed agreement po, carried over linearly: unlike Wald's it has a
    width where raters agree on everything. The error is Wald's.

    Source: Byrt, Bishop and Carlin (1993), doi:10.1016/0895-4356(93)90018-V; interval: Wilson
    (1927), doi:10.1080/01621459.1927.10502953.

    >>> round(pabak(np.array([[80, 10], [5, 5]])).value, 2)
    0.7
    """
    n, k = int(table.sum()), table.shape[0]
    if n == 0 or k < 2:
        return Coefficient(NAN)
    observed, z = float(np.trace(table)) / n, _normal_quantile(confidence)
    middle = (observed + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * math.sqrt(observed * (1 - observed) / n + z * z / (4 * n * n))
    error = k / (k - 1) * math.sqrt(observed * (1 - observed) / n)
    value, low, high = ((k * share - 1) / (k - 1) for share in (observed, middle - half, middle + half))
    return Coefficient(value, error, low, high)


def _agreement(counts: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Agreement of each unit (0 where fewer than two ratings) and which units have two."""
    raters = counts.sum(axis=1)
    several = raters >= 2
    pairs = np.where(several, raters * (raters - 1), 1)
    return (counts * (counts - 1)).sum(axis=1) / pairs * several, several


def mean_agreement(counts: np.ndarray) -> float:
    """Mean share of agreeing pairs of raters over the units with two ratings or more.

    >>> mean_agreement(np.array([[2.0, 0.0], [1.0, 1.0], [0.0, 1.0]]))
    0.5
    """
    agreement, several = _agreement(counts)
    return float(agreement[several].mean()) if several.any() else NAN


def _chance_corrected(
    counts: np.ndarray, expected: float, each_expected: np.ndarray, confidence: float, times: np.ndarray | None = None
) -> Coefficient:
    """(po - pe) / (1 - pe) over units with missing ratings, with its linearised variance.

    `each_expected`: what each unit adds to pe; `times`: how many equal units each row stands for.
    Gwet, Handbook of Inter-Rater Reliability, 4th ed. (2014), section 5.5, without finite population
    correction; interval by Student's t with units - 1 degrees of freedom.
    """
    agreement, several = _agreement(counts)
    times = np.ones(len(counts)) if times is None else times
    n, rated = times.sum(), (times * several).sum()
    if rated == 0 or math.isclose(expected, 1.0):
        return Coefficient(NAN)
    value = float(((times * agreement)[several].sum() / rated - expected) / (1 - expected))
    if n < 2:
        return Coefficient(value)
    each = n / rated * np.where(several, agreement - expected, 0) / (1 - expected)
    each = each - 2 * (1 - value) * (each_expected - expected) / (1 - expected)
    error = math.sqrt((times * (each - value) ** 2).sum() / (n * (n - 1)))
    return _limits(value, error, _student_quantile(confidence, n - 1))


def _rated(counts: np.ndarray, times: np.ndarray | None) -> tuple[np.ndarray, np.ndarray]:
    """The units that somebody rated, and how many each stands for."""
    is_rated = counts.sum(axis=1) > 0
    return counts[is_rated], np.ones(int(is_rated.sum())) if times is None else times[is_rated].astype(float)


def gwet_ac1(counts: np.ndarray, confidence: float = 0.95, times: np.ndarray | None = None) -> Coefficient:
    """Gwet's AC1 for any number of raters and missing ratings, counts of shape (units, k).

    times: how many equal units each row stands for, one by default.

    It does not fall as kappa does when nearly everything is put in one category, the "paradox" of
    Feinstein and Cicchetti (1990), doi:10.1016/0895-4356(90)90158-L.

    Source: Gwet (2008), doi:10.1348/000711006X126600; with missing ratings as Gwet (2014).

    >>> round(gwet_ac1(np.array([[2.0, 0.0], [2.0, 0.0], [0.0, 2.0], [1.0, 1.0]])).value, 3)
    0.529
    """
    counts, often = _rated(counts, times)
    k = counts.shape[1]
    if not len(counts) or k < 2:
        return Coefficient(NAN)
    share = counts / counts.sum(axis=1, keepdims=True)
    prevalence = often @ share / often.sum()
    expected = float((prevalence * (1 - prevalence)).sum() / (k - 1))
    return _chance_corrected(counts, expected, share @ (1 - prevalence) / (k - 1), confidence, often)


def gwet_ac2(counts: np.ndarray, points: np.ndarray, weights: str = "quadratic") -> float:
    """Gwet's AC2 of ratings on ordered points, from `counts` (units, k) of raters per point (k,).

    Agreement is weighted: 1 - the distance of two points over the largest ("linear"), or its square
    ("quadratic"). Units with one rating count for the chance part only. Undefined where nothing is
    rated twice and on a scale of one point; 1 where all ratings are the same.

    Source: Gwet (2014), Handbook of Inter-Rater Reliability, 4th ed.; weights of Cohen (1968),
    doi:10.1037/h0026256.

    >>> counts = np.array([[3, 0, 0], [0, 2, 1], [0, 0, 3]])
    >>> round(gwet_ac2(counts, np.arange(1, 4)), 3)
    0.845
    """
    counts = np.asarray(counts, float)
    raters = counts.sum(axis=1)
    twice = counts[raters >= 2]
    if not len(twice) or len(points) < 2:
        return NAN
    gap = np.abs(points[:, None] - points[None, :]) / (points.max() - points.min())
    weight = 1 - gap ** (2 if weights == "quadratic" else 1)
    n = twice.sum(axis=1)
    observed = ((twice * (twice @ weight - 1)).sum(axis=1) / (n * (n - 1))).mean()
    share = (counts[raters > 0] / raters[raters > 0][:, None]).mean(axis=0)
    k = len(points)
    chance = weight.sum() / (k * (k - 1)) * (share * (1 - share)).sum()
    return float((observed - chance) / (1 - chance)) if chance < 1 else NAN


def fleiss_kappa(counts: np.ndarray, confidence: float = 0.95, times: np.ndarray | None = None) -> Coefficient:
    """Fleiss' kappa, generalised to units rated by different numbers of raters; counts (units, k).

    Undefined where all used one category only. times: how many equal units each row stands for.

    Source: Fleiss (1971), doi:10.1037/h0031619; with missing ratings as Gwet (2014).

    >>> round(fleiss_kappa(np.array([[2.0, 0.0], [2.0, 0.0], [0.0, 2.0], [1.0, 1.0]])).value, 3)
    0.467
    """
    counts, often = _rated(counts, times)
    if not len(counts):
        return Coefficient(NAN)
    share = counts / counts.sum(axis=1, keepdims=True)
    prevalence = often @ share / often.sum()
    return _chance_corrected(counts, float(prevalence @ prevalence), share @ prevalence, confidence, often)


def mean_pabak(counts: np.ndarray, confidence: float = 0.95) -> Coefficient:
    """PABAK of any number of raters, (k po - 1) / (k - 1) with the mean agreement po.

    Source: Brennan and Prediger (1981), doi:10.1177/001316448104100307, which for two raters is
    PABAK.

    >>> mean_pabak(np.array([[2.0, 0.0], [2.0, 0.0], [0.0, 2.0], [1.0, 1.0]])).value
    0.5
    """
    counts = counts[counts.sum(axis=1) > 0]
    k = counts.shape[1]
    if not len(counts) or k < 2:
        return Coefficient(NAN)
    return _chance_corrected(counts, 1 / k, np.full(len(counts), 1 / k), confidence)


def krippendorff_alpha(counts: np.ndarray, values: Sequence[float] | np.ndarray | None = None) -> float:
    """Krippendorff's alpha from counts (units, k): nominal, or interval with the k `values`.

    Units with one rating do not count. Undefined where nothing is rated twice and where all values
    are the same.

    Source: Hayes and Krippendorff (2007), doi:10.1080/19312450709336664, by the package krippendorff.

    >>> counts = np.array([[2, 0, 0], [0, 1, 1], [0, 0, 2]])
    >>> round(krippendorff_alpha(counts), 3)
    0.545
    >>> round(krippendorff_alpha(counts, [1, 2, 3]), 3)
    0.828
    """
    rated = counts[counts.sum(axis=1) >= 2]
    if np.count_nonzero(rated.sum(axis=0)) < 2:
        return NAN
    if values is None:
        return float(krippendorff.alpha(value_counts=rated, level_of_measurement="nominal"))
    return float(krippendorff.alpha(None, rated, values, level_of_measurement="interval"))


def interval_alpha(ratings: np.ndarray) -> float:
    """Krippendorff's alpha for interval data of ratings (raters, units), nan where not rated.

    Source: Krippendorff (2011), Computing Krippendorff's Alpha-Reliability,
    https://repository.upenn.edu/asc_papers/43.

    >>> round(interval_alpha(np.array([[1, 2, 3, 3], [1, 2, 3, np.nan]])), 3)
    1.0
    """
    values = np.unique(ratings[~np.isnan(ratings)])
    counts = (ratings.T[..., None] == values).sum(axis=1)
    return krippendorff_alpha(counts, values) if len(values) else NAN


def ordinal_alpha(ratings: np.ndarray) -> float:
    """Krippendorff's alpha for ordinal data of ratings (raters, units), nan where not rated.

    Undefined where nothing is rated twice and where all ratings are the same.

    Source: Krippendorff (2011), Computing Krippendorff's Alpha-Reliability,
    https://repository.upenn.edu/asc_papers/43, by the package krippendorff.

    >>> round(ordinal_alpha(np.array([[1, 2, 3, 3], [1, 2, 3, 2]])), 3)
    0.79
    """
    return _alpha_at(ratings, "ordinal")


def ratio_alpha(ratings: np.ndarray) -> float:
    """Krippendorff's alpha for ratio data, such as how many passages each marked: (raters, units).

    nan where not rated. Undefined where nothing is rated twice and where all ratings are the same.

    Source: Krippendorff (2011), Computing Krippendorff's Alpha-Reliability,
    https://repository.upenn.edu/asc_papers/43, by the package krippendorff.

    >>> round(ratio_alpha(np.array([[1, 2, 3, 3], [1, 2, 3, 2]])), 3)
    0.889
    """
    return _alpha_at(ratings, "ratio")


def _alpha_at(ratings: np.ndarray, level: Literal["ordinal", "ratio"]) -> float:
    """Alpha of the units rated twice or more at a level of measurement; nan where all are the same."""
    ratings = np.asarray(ratings, float)
    twice = ratings[:, (~np.isnan(ratings)).sum(axis=0) >= 2] if ratings.size else ratings
    if len(np.unique(twice[~np.isnan(twice)])) < 2:
        return NAN
    return float(krippendorff.alpha(twice, level_of_measurement=level))


def describe_kappa(value: float) -> str:
    """The words of Landis and Koch for a kappa-like value; only a negative one is poor.

    Source: Landis and Koch (1977), doi:10.2307/2529310.

    >>> describe_kappa(0.65), describe_kappa(0.0)
    ('substantial', 'slight')
    """
    if math.isnan(value):
        return "not defined"
    if value < -1e-12:
        return "poor"
    for limit, word in ((0.2, "slight"), (0.4, "fair"), (0.6, "moderate")):
        if value <= limit:
            return word
    return "substantial" if value <= 0.8 else "almost perfect"
