"""Distributions of ratings on a scale of points, from how often each point was chosen.

Everything here takes `counts`: an array (…, K) of how many raters chose each of the K points of a
scale, lowest first. Leading axes are free (statements, bootstrap draws, raters left out), so one call
serves a single statement and a hundred thousand of them alike.

SciPy and NumPy have quantiles of raw values but not of weighted histograms, and NumPy's
nan-quantiles loop in Python.
"""

from dataclasses import dataclass

import numpy as np


def _averaged(n, q):
    """Position of type 2: between two values where n q is whole, at the next value elsewhere."""
    reached = n * q
    is_whole = np.abs(reached - np.rint(reached)) < 1e-9
    return np.where(is_whole, np.rint(reached) - 0.5, np.floor(reached))


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
    """A rating scale of points from `lowest` to `highest` by `step`, and its two decisive ends.

    Ratings up to `unfavourable_to` speak against a statement, from `favourable_from` on for it.
    """

    lowest: float
    highest: float
    unfavourable_to: float
    favourable_from: float
    step: float = 1

    @property
    def points(self) -> np.ndarray:
        """The points, lowest first."""
        count = round((self.highest - self.lowest) / self.step) + 1
        return self.lowest + self.step * np.arange(count)

    @property
    def low(self) -> np.ndarray:
        """Which points speak against a statement."""
        return self.points <= self.unfavourable_to + 1e-9

    @property
    def high(self) -> np.ndarray:
        """Which points speak for it."""
        return self.points >= self.favourable_from - 1e-9

    def place(self, ratings: np.ndarray) -> np.ndarray:
        """Number of the point of each rating, counted from 0."""
        return np.rint((np.asarray(ratings, float) - self.lowest) / self.step).astype(int)

    @property
    def is_nine_point(self) -> bool:
        """Whether this is the scale that RAND/UCLA and COMET were made for."""
        return (self.lowest, self.highest, self.step) == (1, 9, 1)


def tally(ratings: np.ndarray, scale: Scale) -> np.ndarray:
    """Count ratings (S, P) with NaN for none into counts (S, K).

    >>> tally([1, 3, 3, float("nan")], Scale(1, 3, 1, 3)).tolist()
    [[1, 0, 2]]
    """
    ratings = np.atleast_2d(np.asarray(ratings, dtype=float))
    k = len(scale.points)
    row = np.broadcast_to(np.arange(len(ratings))[:, None], ratings.shape)
    rated = ~np.isnan(ratings)
    flat = row[rated] * k + scale.place(ratings[rated])
    return np.bincount(flat, minlength=len(ratings) * k).reshape(len(ratings), k)


def quantile(counts: np.ndarray, q: float, points: np.ndarray, method: str) -> np.ndarray:
    """Quantile *q* of each histogram (…, K); NaN where nobody rated.

    *method* is one of QUANTILES and always named by the caller: with 9 to 20 panellists the types
    differ by up to a whole point of the scale, enough to turn a verdict.

    >>> quantile(np.array([1, 1, 0, 2]), 0.75, np.arange(1, 5), "linear").item()
    4.0
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
    """Median (…,); all quantile types agree on it.

    >>> median(np.array([1, 1, 0, 2]), np.arange(1, 5)).item()
    3.0
    """
    return quantile(counts, 0.5, points, "linear")


def mean_and_sd(counts: np.ndarray, points: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Mean and standard deviation (n - 1) of each histogram.

    >>> [x.item() for x in mean_and_sd(np.array([1, 0, 1]), np.arange(1, 4))]
    [2.0, 1.4142135623730951]
    """
    n = counts.sum(-1)
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = (counts * points).sum(-1) / n
        spread = (counts * (points - mean[..., None]) ** 2).sum(-1) / (n - 1)
    return mean, np.sqrt(np.where(n > 1, spread, np.nan))


def share(counts: np.ndarray, where: np.ndarray, denominator: np.ndarray | None = None):
    """Share of ratings at the points *where*, among *denominator* (default: all who rated).

    >>> share(np.array([1, 1, 0, 2]), np.array([False, False, True, True])).item()
    0.5
    """
    n = counts.sum(-1) if denominator is None else np.asarray(denominator)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(n > 0, counts[..., where].sum(-1) / n, np.nan)


def bimodality(counts: np.ndarray, points: np.ndarray) -> np.ndarray:
    """Sarle's bimodality coefficient with the small-sample terms of SAS; above 5/9 is a hint.

    See Pfister et al. (2013, doi:10.3389/fpsyg.2013.00700). Strong skew raises it too, so it
    decides nothing here. NaN below four ratings or without spread.

    >>> bimodality(np.array([5, 0, 0, 0, 5]), np.arange(1, 6)).round(3).item()
    0.566
    """
    n = counts.sum(-1).astype(float)
    mean, sd = mean_and_sd(counts, points)
    with np.errstate(divide="ignore", invalid="ignore"):
        z = (points - mean[..., None]) / sd[..., None]
        m3, m4 = (counts * z**3).sum(-1), (counts * z**4).sum(-1)
        skew = n / ((n - 1) * (n - 2)) * m3
        spread = (n - 1) / ((n - 2) * (n - 3))
        kurtosis = n * (n + 1) / ((n - 1) * (n - 2) * (n - 3)) * m4 - 3 * (n - 1) * spread
        coefficient = (skew**2 + 1) / (kurtosis + 3 * (n - 1) * spread)
    return np.where((n > 3) & (sd > 0), coefficient, np.nan)
