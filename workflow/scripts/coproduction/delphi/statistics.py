"""Statistics of one statement in one round, from how often each point of the scale was chosen.

Everything here takes *counts*: an array (…, K) with the number of panellists who chose each of the
K points of the scale, lowest first. Leading axes are free (statements, bootstrap draws, panellists
left out), so one call serves a single statement and a hundred thousand of them alike.

SciPy and NumPy have quantiles of raw values but not of weighted histograms, and NumPy's
nan-quantiles loop in Python; the RAND/UCLA and COMET rules are in no maintained Python library.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np


def _averaged(n, q):
    """Position of type 2: between two values where n q is whole, at the next value elsewhere."""
    reached = n * q
    whole = np.abs(reached - np.rint(reached)) < 1e-9
    return np.where(whole, np.rint(reached) - 0.5, np.floor(reached))


# Quantile types as in Hyndman and Fan (1996, doi:10.1080/00031305.1996.10473566): the position
# (counted from 0) of quantile q in n sorted values. What computes which by default: type 2 SAS,
# 6 SPSS and Minitab, 7 R, NumPy and Excel.
QUANTILES = {
    "averaged_inverted_cdf": (2, _averaged),
    "hazen": (5, lambda n, q: n * q - 0.5),
    "weibull": (6, lambda n, q: (n + 1) * q - 1),
    "linear": (7, lambda n, q: (n - 1) * q),
    "median_unbiased": (8, lambda n, q: (n + 1 / 3) * q - 2 / 3),
}


@dataclass(frozen=True)
class Scale:
    """A rating scale of whole numbers from *lowest* to *highest*, and its two decisive ends.

    Ratings up to *unfavourable_to* speak against a statement, from *favourable_from* on for it.
    """

    lowest: int
    highest: int
    unfavourable_to: int
    favourable_from: int

    @property
    def points(self) -> np.ndarray:
        return np.arange(self.lowest, self.highest + 1)

    @property
    def low(self) -> np.ndarray:
        return self.points <= self.unfavourable_to

    @property
    def high(self) -> np.ndarray:
        return self.points >= self.favourable_from

    @property
    def is_nine_point(self) -> bool:
        return (self.lowest, self.highest) == (1, 9)


def tally(ratings: np.ndarray, scale: Scale) -> np.ndarray:
    """Count ratings (S, P) with NaN for none into counts (S, K)."""
    ratings = np.atleast_2d(np.asarray(ratings, dtype=float))
    index = ratings - scale.lowest
    k = len(scale.points)
    row = np.broadcast_to(np.arange(len(ratings))[:, None], ratings.shape)
    there = ~np.isnan(index)
    flat = (row[there] * k + index[there]).astype(int)
    return np.bincount(flat, minlength=len(ratings) * k).reshape(len(ratings), k)


def quantile(counts: np.ndarray, q: float, points: np.ndarray, method: str) -> np.ndarray:
    """Quantile *q* of each histogram (…, K); NaN where nobody rated.

    *method* is one of QUANTILES and always named by the caller: with 9 to 20 panellists the types
    differ by up to a whole point of the scale, enough to turn a verdict.
    """
    n = counts.sum(-1)
    with np.errstate(invalid="ignore"):
        position = np.clip(QUANTILES[method][1](n, q), 0, np.maximum(n - 1, 0))
    # 1e-9 keeps 0.3 * 10 = 2.9999999999999996 from falling one order statistic short.
    below = np.floor(position + 1e-9)
    part = np.clip(position - below, 0, 1)
    upper = np.minimum(below + 1, np.maximum(n - 1, 0))
    cumulated = counts.cumsum(-1)
    last = len(points) - 1
    left = points[np.minimum((cumulated <= below[..., None]).sum(-1), last)]
    right = points[np.minimum((cumulated <= upper[..., None]).sum(-1), last)]
    return np.where(n > 0, left + part * (right - left), np.nan)


def median(counts: np.ndarray, points: np.ndarray) -> np.ndarray:
    """Median (…,); all quantile types agree on it."""
    return quantile(counts, 0.5, points, "linear")


def mean_and_sd(counts: np.ndarray, points: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Mean and standard deviation (n - 1) of each histogram."""
    n = counts.sum(-1)
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = (counts * points).sum(-1) / n
        spread = (counts * (points - mean[..., None]) ** 2).sum(-1) / (n - 1)
    return mean, np.sqrt(np.where(n > 1, spread, np.nan))


def share(counts: np.ndarray, where: np.ndarray, denominator: np.ndarray | None = None):
    """Share of ratings at the points *where*, among *denominator* (default: all who rated)."""
    n = counts.sum(-1) if denominator is None else np.asarray(denominator)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(n > 0, counts[..., where].sum(-1) / n, np.nan)


@dataclass(frozen=True)
class Rand:
    """RAND/UCLA appropriateness method on the scale 1 to 9, all arrays (…,)."""

    p30: np.ndarray
    p70: np.ndarray
    ipr: np.ndarray
    centre: np.ndarray
    asymmetry: np.ndarray
    ipras: np.ndarray
    index: np.ndarray

    @property
    def disagreement(self) -> np.ndarray:
        return self.ipr > self.ipras


def rand(counts: np.ndarray, method: str) -> Rand:
    """Interpercentile range adjusted for symmetry (Fitch et al. 2001, RAND MR-1269).

    IPRAS = 2.35 + 1.5 AI, where AI is the distance of the centre of the 30th and 70th percentile
    from 5. Disagreement: IPR > IPRAS; disagreement index = IPR / IPRAS. The constants were fitted
    on the scale 1 to 9; counts must have 9 points. The manual does not name a quantile type.
    """
    if counts.shape[-1] != 9:
        raise ValueError("the RAND/UCLA constants hold on the scale 1 to 9 only")
    points = np.arange(1, 10)
    p30 = quantile(counts, 0.3, points, method)
    p70 = quantile(counts, 0.7, points, method)
    centre = (p30 + p70) / 2
    asymmetry = np.abs(5 - centre)
    ipras = 2.35 + 1.5 * asymmetry
    return Rand(p30, p70, p70 - p30, centre, asymmetry, ipras, (p70 - p30) / ipras)


def rand_classic(counts: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Classic RAND/UCLA agreement and disagreement by panel size, as 1, 0 or NaN (not defined).

    Fitch et al. (2001) tabulate panels of 8 to 16. Disagreement: at least 3 (8-10 panellists),
    4 (11-13) or 5 (14-16) ratings in each extreme third; agreement: at most one fewer outside the
    third that holds the median.
    """
    n = counts.sum(-1)
    limit = (n + 1) // 3
    known = (n >= 8) & (n <= 16)
    thirds = counts.reshape(*counts.shape[:-1], 3, 3).sum(-1)
    inside = np.take_along_axis(thirds, tertile(counts)[..., None], -1)[..., 0]
    agree = n - inside <= limit - 1
    disagree = (thirds[..., 0] >= limit) & (thirds[..., 2] >= limit)
    return np.where(known, agree, np.nan), np.where(known, disagree, np.nan)


def tertile(counts: np.ndarray) -> np.ndarray:
    """Third of the scale 1 to 9 that holds the median: 0, 1 or 2.

    A median of 3.5 or 6.5 lies between two thirds and is counted to the higher one, as RAND's manual
    (Fitch et al. 2001) is understood; its wording was not at hand to confirm this. Practice differs:
    EPAGE (1999) calls every median above 3 and below 7 uncertain, so 6.5 stays in the middle there.
    """
    middle = median(counts, np.arange(1, 10))
    return np.where(middle < 3.5, 0, np.where(middle < 6.5, 1, 2))


def bimodality(counts: np.ndarray, points: np.ndarray) -> np.ndarray:
    """Sarle's bimodality coefficient with the small-sample terms of SAS; above 5/9 is a hint.

    See Pfister et al. (2013, doi:10.3389/fpsyg.2013.00700). Strong skew raises it too, so it
    decides nothing here. NaN below four ratings or without spread.
    """
    n = counts.sum(-1).astype(float)
    mean, sd = mean_and_sd(counts, points)
    with np.errstate(divide="ignore", invalid="ignore"):
        z = (points - mean[..., None]) / sd[..., None]
        m3, m4 = (counts * z**3).sum(-1), (counts * z**4).sum(-1)
        skew = n / ((n - 1) * (n - 2)) * m3
        spread = (n - 1) / ((n - 2) * (n - 3))
        kurtosis = n * (n + 1) / ((n - 1) * (n - 2) * (n - 3)) * m4 - 3 * (n - 1) * spread
        found = (skew**2 + 1) / (kurtosis + 3 * (n - 1) * spread)
    return np.where((n > 3) & (sd > 0), found, np.nan)


def nine_points(counts: np.ndarray, scale: Scale) -> np.ndarray:
    """Move counts on any scale to 1 to 9, each point to the nearest one after linear stretching."""
    place = 1 + (scale.points - scale.lowest) / (scale.highest - scale.lowest) * 8
    found = np.zeros((*counts.shape[:-1], 9), dtype=counts.dtype)
    for source, target in enumerate(np.floor(place + 0.5).astype(int) - 1):
        found[..., target] += counts[..., source]
    return found
