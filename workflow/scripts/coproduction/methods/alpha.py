"""Krippendorff's alpha under any distance, with an interval from units drawn again; distances of sets."""

import math
from collections.abc import Callable, Hashable, Sequence
from functools import cached_property
from typing import Any

import numpy as np

DRAWS = 1000
DRAWN_AT_ONCE, ROWS_AT_ONCE = 100, 500  # so that memory stays small
NAN = float("nan")
Distance = Callable[[Any, Any], float]


class Alpha:
    """Krippendorff's alpha of units under any distance, and its interval by drawing units again.

    units: for each unit the values that raters gave it; units with fewer than two do not count.
    distance: of two values, from 0 (the same) on; without it the values are nominal.

    Written out for what the package krippendorff does not offer: distances of sets, and a thousand
    draws that use the distances and the counts of the units once.

    Source: Krippendorff (2011), Computing Krippendorff's Alpha-Reliability,
    https://repository.upenn.edu/asc_papers/43.

    >>> alpha = Alpha([["a", "a"], ["b", "b"], ["a", "b"], ["b"]])
    >>> round(alpha.value(), 3)
    0.444
    """

    def __init__(self, units: Sequence[Sequence[Hashable]], distance: Distance | None = None) -> None:
        rated = [unit if len(unit) > 1 else () for unit in units]
        place = {value: n for n, value in enumerate(dict.fromkeys(v for u in rated for v in u))}
        ratings = np.full((len(units), max(map(len, rated), default=0)), -1)
        for row, unit in zip(ratings, rated, strict=True):
            row[: len(unit)] = [place[value] for value in unit]
        distances = [[float(a != b) if distance is None else distance(a, b) for b in place] for a in place]
        self._prepare(ratings, np.array(distances).reshape(len(place), len(place)), None)

    @classmethod
    def of_numbers(cls, ratings: np.ndarray, distances: np.ndarray, times: np.ndarray | None = None) -> "Alpha":
        """Alpha of values by their numbers: many units at once.

        ratings: (units, raters), whole numbers from 0, -1 where not rated; distances: (k, k) between
        the values; times: how many equal units each row stands for, one by default.

        >>> alpha = Alpha.of_numbers(np.array([[0, 0], [1, 1], [0, 1]]), 1 - np.eye(2), np.array([1, 1, 1]))
        >>> round(alpha.value(), 3)
        0.444
        """
        alpha = cls([])
        alpha._prepare(np.where((ratings >= 0).sum(axis=1, keepdims=True) > 1, ratings, -1), distances, times)
        return alpha

    def _prepare(self, ratings: np.ndarray, distances: np.ndarray, times: np.ndarray | None) -> None:
        """Keep the ratings in a list (unit, value) and what is observed in each unit."""
        self._ratings, self._distances = ratings, distances
        self._times = np.ones(len(ratings)) if times is None else times.astype(float)
        self._unit, rater = np.nonzero(ratings >= 0)
        self._value = ratings[self._unit, rater]
        apart = np.zeros(len(ratings))
        for first in range(ratings.shape[1]):
            for second in range(first):
                both = (ratings[:, first] >= 0) & (ratings[:, second] >= 0)
                apart[both] += 2 * distances[ratings[both, first], ratings[both, second]]
        self._observed = self._times * apart / np.maximum((ratings >= 0).sum(axis=1) - 1, 1)

    @cached_property
    def counts(self) -> np.ndarray:
        """How many raters gave each unit each value: (units, k)."""
        counted = np.zeros((len(self._ratings), len(self._distances)))
        np.add.at(counted, (self._unit, self._value), 1)
        return counted

    def value(self) -> float:
        """Alpha over all units; nan where all values are the same."""
        totals = np.bincount(self._value, weights=self._times[self._unit], minlength=len(self._distances))
        return float(self._values(totals[None, :], self._observed.sum()[None])[0])

    def _values(self, totals: np.ndarray, observed: np.ndarray) -> np.ndarray:
        """Alpha of each draw: totals (draws, k) of the values, observed disagreement (draws,)."""
        expected = ((totals @ self._distances) * totals).sum(axis=1)
        defined = expected > 0
        shares = (totals.sum(axis=1) - 1) * observed / np.where(defined, expected, 1)
        return np.where(defined, 1 - shares, NAN)

    def interval(self, groups: Sequence[Hashable], seed: int) -> tuple[float, float]:
        """Percentile interval (95 %) from drawing groups of units with replacement.

        groups: the group of each unit; units of one group (the codes of a turn) are not independent.
        nan with fewer than two groups.

        Source: Efron and Tibshirani (1993), An Introduction to the Bootstrap.
        """
        order: dict[Hashable, int] = {}
        group = np.array([order.setdefault(name, len(order)) for name in groups], dtype=int)
        if len(order) < 2:
            return NAN, NAN
        k = len(self._distances)
        cells, where = np.unique(group[self._unit] * k + self._value, return_inverse=True)
        counts = np.bincount(where, weights=self._times[self._unit], minlength=len(cells))
        disagreement = np.bincount(group, weights=self._observed, minlength=len(order))
        values = []
        drawn = np.random.default_rng(seed).integers(0, len(order), size=(DRAWS, len(order)))
        for batch in np.array_split(drawn, math.ceil(DRAWS / DRAWN_AT_ONCE)):
            often = np.array([np.bincount(picked, minlength=len(order)) for picked in batch], dtype=float)
            times = often[:, cells // max(k, 1)] * counts
            totals = np.array([np.bincount(cells % max(k, 1), weights=row, minlength=k) for row in times])
            values.append(self._values(totals, often @ disagreement))
        joined = np.concatenate(values)
        defined = joined[~np.isnan(joined)]
        if not len(defined):
            return NAN, NAN
        low, high = np.quantile(defined, [0.025, 0.975])
        return float(low), float(high)


def nominal_distances(k: int) -> np.ndarray:
    """Distances (k, k) of nominal values: 0 for the same, 1 otherwise.

    >>> nominal_distances(2).tolist()
    [[0.0, 1.0], [1.0, 0.0]]
    """
    return 1 - np.eye(k)


def masi_distances(sets: np.ndarray) -> np.ndarray:
    """The distances of `masi` between all sets (k, k), from what each holds (k, codes), true or false.

    Source: Passonneau (2006), https://aclanthology.org/L06-1392/.

    >>> masi_distances(np.array([[True, False], [True, True]])).round(3).tolist()
    [[0.0, 0.667], [0.667, 0.0]]
    """
    holds = sets.astype(np.float32)
    sizes = sets.sum(axis=1).astype(float)
    between = np.ones((len(sets), len(sets)))
    for low in range(0, len(sets), ROWS_AT_ONCE):
        rows = slice(low, low + ROWS_AT_ONCE)
        shared = (holds[rows] @ holds.T).astype(float)
        either = sizes[rows, None] + sizes - shared
        within = shared == np.minimum(sizes[rows, None], sizes)
        between[rows] = 1 - shared / np.maximum(either, 1) * np.where(within, 2 / 3, 1 / 3)
        between[rows][shared == either] = 0
    return between


def masi(first: frozenset, second: frozenset) -> float:
    """Distance of two sets: 1 - J M, with J = |A and B| / |A or B| (Jaccard).

    M is 1 for equal sets, 2/3 where one holds the other, 1/3 where they overlap, 0 where they have
    nothing in common. Two empty sets are equal.

    Source: Passonneau (2006), Measuring Agreement on Set-valued Items (MASI) for Semantic and
    Pragmatic Annotation, LREC 2006, https://aclanthology.org/L06-1392/.

    >>> round(masi(frozenset("a"), frozenset("ab")), 3)
    0.667
    """
    if first == second:
        return 0.0
    shared = len(first & second)
    if not shared:
        return 1.0
    monotonic = 2 / 3 if first <= second or second <= first else 1 / 3
    return 1 - shared / len(first | second) * monotonic
