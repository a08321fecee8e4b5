"""Agreement between reviewers who screened the same records.

Two coefficients are reported for each pair of reviewers and two for a stage as a whole, since
kappa falls when almost everything is excluded even where reviewers hardly ever differ (the
"paradox" of Feinstein & Cicchetti 1990), which is the usual case in screening.

scikit-learn's `cohen_kappa_score` and statsmodels' `cohens_kappa` were considered: neither has
PABAK, AC1 or missing ratings, and statsmodels is used in the tests as the independent reference.
"""

import itertools
import math
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.stats import norm, t


@dataclass(frozen=True)
class Coefficient:
    """A coefficient with its standard error and confidence limits (all may be nan)."""

    value: float
    error: float = math.nan
    low: float = math.nan
    high: float = math.nan


def cross_table(first, second, categories) -> np.ndarray:
    """Counts of pairs of decisions, shape (k, k): rows `first`, columns `second`."""
    place = {category: i for i, category in enumerate(categories)}
    table = np.zeros((len(categories), len(categories)), dtype=int)
    for a, b in zip(first, second, strict=True):
        table[place[a], place[b]] += 1
    return table


def _limits(value: float, error: float, quantile: float) -> Coefficient:
    if math.isclose(error, 0.0, abs_tol=1e-12):  # all alike: the variance is not known, not nil
        return Coefficient(value, error)
    low, high = value - quantile * error, value + quantile * error
    return Coefficient(value, error, max(-1.0, low), min(1.0, high))


def cohen_kappa(table: np.ndarray, confidence: float = 0.95) -> Coefficient:
    """Cohen's kappa of a k x k table with its large-sample interval.

    Kappa: Cohen (1960), doi:10.1177/001316446002000104. Standard error for the interval: Fleiss,
    Cohen & Everitt (1969), doi:10.1037/h0028106, equation 13. Undefined (nan) for an empty table
    and where both reviewers used one and the same category only.
    """
    n = table.sum()
    if n == 0:
        return Coefficient(math.nan)
    p = table / n
    rows, columns = p.sum(axis=1), p.sum(axis=0)
    observed, expected = np.trace(p), float(rows @ columns)
    if math.isclose(expected, 1.0):
        return Coefficient(math.nan)
    kappa = (observed - expected) / (1 - expected)
    total = rows[None, :] + columns[:, None]  # [i, j]: p.i + pj. as the formula has it
    diagonal = np.diag(p) @ (1 - (rows + columns) * (1 - kappa)) ** 2
    off = p * total**2
    off_diagonal = (1 - kappa) ** 2 * (off.sum() - np.trace(off))
    last = (kappa - expected * (1 - kappa)) ** 2
    variance = (diagonal + off_diagonal - last) / (n * (1 - expected) ** 2)
    return _limits(kappa, math.sqrt(max(variance, 0.0)), norm.ppf((1 + confidence) / 2))


def pabak(table: np.ndarray, confidence: float = 0.95) -> Coefficient:
    """Prevalence- and bias-adjusted kappa, (k po - 1) / (k - 1), with Wilson's interval.

    Byrt, Bishop & Carlin (1993), doi:10.1016/0895-4356(93)90018-V. For two categories 2 po - 1.
    The interval is that of the observed agreement po (Wilson 1927,
    doi:10.1080/01621459.1927.10502953), carried over linearly: unlike Wald's it has a width where
    reviewers agree on everything. The error is Wald's.
    """
    n, k = table.sum(), table.shape[0]
    if n == 0 or k < 2:
        return Coefficient(math.nan)
    observed, z = np.trace(table) / n, norm.ppf((1 + confidence) / 2)
    middle = (observed + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * math.sqrt(observed * (1 - observed) / n + z * z / (4 * n * n))
    error = k / (k - 1) * math.sqrt(observed * (1 - observed) / n)
    value, low, high = (
        (k * share - 1) / (k - 1) for share in (observed, middle - half, middle + half)
    )
    return Coefficient(float(value), error, float(low), float(high))


def rating_counts(ratings: pd.DataFrame, categories) -> np.ndarray:
    """How many reviewers put each record in each category, shape (records, k).

    `ratings`: one row per record, one column per reviewer, empty cells as None or nan.
    """
    return np.column_stack(
        [ratings.eq(category).sum(axis=1).to_numpy() for category in categories]
    ).astype(float)


def _observed(counts: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Agreement of each record (0 where fewer than two ratings) and which records have two."""
    raters = counts.sum(axis=1)
    several = raters >= 2
    pairs = np.where(several, raters * (raters - 1), 1)
    return (counts * (counts - 1)).sum(axis=1) / pairs * several, several


def _chance_corrected(
    counts: np.ndarray, expected: float, each_expected: np.ndarray, confidence: float
) -> Coefficient:
    """(po - pe) / (1 - pe) over records with missing ratings, with its linearised variance.

    `each_expected`: what each record adds to pe. Gwet, Handbook of Inter-Rater Reliability, 4th ed.
    (2014), section 5.5, without finite population correction; interval by Student's t with
    records - 1 degrees of freedom.
    """
    agreement, several = _observed(counts)
    n = len(counts)
    if several.sum() == 0 or math.isclose(expected, 1.0):
        return Coefficient(math.nan)
    value = float((agreement[several].mean() - expected) / (1 - expected))
    if n < 2:
        return Coefficient(value)
    each = n / several.sum() * np.where(several, agreement - expected, 0) / (1 - expected)
    each = each - 2 * (1 - value) * (each_expected - expected) / (1 - expected)
    error = math.sqrt(((each - value) ** 2).sum() / (n * (n - 1)))
    return _limits(value, error, t.ppf((1 + confidence) / 2, n - 1))


def gwet_ac1(counts: np.ndarray, confidence: float = 0.95) -> Coefficient:
    """Gwet's AC1 for any number of reviewers and missing ratings, counts of shape (records, k).

    Gwet (2008), doi:10.1348/000711006X126600; with missing ratings as Gwet (2014).
    """
    counts = counts[counts.sum(axis=1) > 0]
    k = counts.shape[1]
    if not len(counts) or k < 2:
        return Coefficient(math.nan)
    share = counts / counts.sum(axis=1, keepdims=True)
    prevalence = share.mean(axis=0)
    expected = float((prevalence * (1 - prevalence)).sum() / (k - 1))
    return _chance_corrected(counts, expected, share @ (1 - prevalence) / (k - 1), confidence)


def fleiss_kappa(counts: np.ndarray, confidence: float = 0.95) -> Coefficient:
    """Fleiss' kappa, generalised to records rated by different numbers of reviewers.

    Fleiss (1971), doi:10.1037/h0031619; with missing ratings as Gwet (2014). Undefined (nan) where
    all used one category only.
    """
    counts = counts[counts.sum(axis=1) > 0]
    if not len(counts):
        return Coefficient(math.nan)
    share = counts / counts.sum(axis=1, keepdims=True)
    prevalence = share.mean(axis=0)
    return _chance_corrected(counts, float(prevalence @ prevalence), share @ prevalence, confidence)


def mean_pabak(counts: np.ndarray, confidence: float = 0.95) -> Coefficient:
    """PABAK of any number of reviewers, (k po - 1) / (k - 1) with the mean agreement po.

    Brennan & Prediger (1981), doi:10.1177/001316448104100307, which for two reviewers is PABAK.
    """
    counts = counts[counts.sum(axis=1) > 0]
    k = counts.shape[1]
    if not len(counts) or k < 2:
        return Coefficient(math.nan)
    return _chance_corrected(counts, 1 / k, np.full(len(counts), 1 / k), confidence)


def krippendorff_alpha(counts: np.ndarray) -> float:
    """Krippendorff's alpha for nominal data, counts of shape (records, k).

    Hayes & Krippendorff (2007), doi:10.1080/19312450709336664. Records with one rating do not
    count. The package krippendorff does the same and serves as the reference in the tests.
    """
    counts = counts[counts.sum(axis=1) >= 2]
    raters = counts.sum(axis=1)
    n = raters.sum()
    if n == 0:
        return math.nan
    totals = counts.sum(axis=0)
    expected = (n * n - (totals**2).sum()) / (n * (n - 1))
    if expected == 0:
        return math.nan
    differing = (raters**2 - (counts**2).sum(axis=1)) / (raters - 1)
    return float(1 - differing.sum() / n / expected)


def describe_kappa(value: float) -> str:
    """The words of Landis & Koch (1977), doi:10.2307/2529310, for a kappa-like value."""
    if math.isnan(value):
        return "not defined"
    for limit, word in ((0.0, "poor"), (0.2, "slight"), (0.4, "fair"), (0.6, "moderate")):
        if value <= limit:
            return word
    return "substantial" if value <= 0.8 else "almost perfect"


def agree_by_pair(ratings: pd.DataFrame, categories, confidence: float = 0.95) -> list[dict]:
    """One row per pair of reviewers with records in common: n, agreement, kappa, PABAK, AC1."""
    rows = []
    for a, b in itertools.combinations(sorted(ratings.columns), 2):
        both = ratings[[a, b]].dropna()
        if both.empty:
            continue
        table = cross_table(both[a], both[b], categories)
        rows.append(
            {"first": a, "second": b, "records": len(both)}
            | _row(table, rating_counts(both, categories), confidence)
        )
    return rows


def _row(table: np.ndarray, counts: np.ndarray, confidence: float) -> dict:
    kappa, adjusted = cohen_kappa(table, confidence), pabak(table, confidence)
    ac1 = gwet_ac1(counts, confidence)
    return {
        "agreement": np.trace(table) / table.sum(),
        "kappa": kappa.value,
        "kappa_low": kappa.low,
        "kappa_high": kappa.high,
        "pabak": adjusted.value,
        "pabak_low": adjusted.low,
        "pabak_high": adjusted.high,
        "ac1": ac1.value,
        "ac1_low": ac1.low,
        "ac1_high": ac1.high,
        "alpha": krippendorff_alpha(counts),
    }


def agree_overall(ratings: pd.DataFrame, categories, confidence: float = 0.95) -> dict | None:
    """The same for all reviewers together; kappa is Fleiss'.

    None where no record has two decisions.
    """
    several = ratings[ratings.notna().sum(axis=1) >= 2]
    if several.empty:
        return None
    counts = rating_counts(several, categories)
    row = {
        "first": "all",
        "second": "all",
        "records": len(several),
        "agreement": float(_observed(counts)[0].mean()),
        "alpha": krippendorff_alpha(counts),
    }
    for name, measure in (("kappa", fleiss_kappa), ("pabak", mean_pabak), ("ac1", gwet_ac1)):
        found = measure(counts, confidence)
        row |= {name: found.value, f"{name}_low": found.low, f"{name}_high": found.high}
    return row
