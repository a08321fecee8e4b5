"""Measures of the agreement of coders: Cohen's kappa, Krippendorff's alpha, distance of sets.

`krippendorff`, `statsmodels` and `nltk` have the same measures; they are written out here because the
workflow then needs none of them and says what it computes, and the tests compare with them.
"""

from collections.abc import Callable, Hashable, Sequence

import numpy as np

DRAWS = 1000
Distance = Callable[[Hashable, Hashable], float]


def cohen_kappa(both: int, only_first: int, only_second: int, neither: int) -> float:
    """Cohen's kappa of two coders on yes or no; NaN where chance alone explains everything.

    Cohen (1960), Educational and Psychological Measurement 20(1), 37-46,
    doi:10.1177/001316446002000104.
    """
    n = both + only_first + only_second + neither
    if n == 0:
        return float("nan")
    observed = (both + neither) / n
    first, second = (both + only_first) / n, (both + only_second) / n
    expected = first * second + (1 - first) * (1 - second)
    return float("nan") if expected == 1 else (observed - expected) / (1 - expected)


class Alpha:
    """Krippendorff's alpha of units that coders gave values, `1 - D_o / D_e`.

    units: for each unit the values that coders gave it; units with fewer than two do not count.
    distance: of two values, from 0 (the same) on; without it the values are nominal. Hayes and
    Krippendorff (2007), Communication Methods and Measures 1(1), 77-89,
    doi:10.1080/19312450709336664; for other distances Krippendorff (2011), Computing Krippendorff's
    Alpha-Reliability, https://repository.upenn.edu/asc_papers/43.
    """

    def __init__(self, units: Sequence[Sequence[Hashable]], distance: Distance | None = None):
        rated = [unit if len(unit) > 1 else () for unit in units]
        place = {value: n for n, value in enumerate(dict.fromkeys(v for u in rated for v in u))}
        self._distances = np.array(
            [[float(a != b) if distance is None else distance(a, b) for b in place] for a in place]
        ).reshape(len(place), len(place))
        self._counts = np.zeros((len(units), len(place)))
        for row, unit in zip(self._counts, rated, strict=True):
            for value in unit:
                row[place[value]] += 1
        apart = np.einsum("ui,ij,uj->u", self._counts, self._distances, self._counts)
        self._observed = apart / np.maximum(self._counts.sum(axis=1) - 1, 1)

    def value(self, picked: np.ndarray | None = None) -> float:
        """Alpha over all units or the picked ones; NaN where all values are the same."""
        rows = slice(None) if picked is None else picked
        totals = self._counts[rows].sum(axis=0)
        expected = totals @ self._distances @ totals
        if not expected:
            return float("nan")
        return float(1 - (totals.sum() - 1) * self._observed[rows].sum() / expected)

    def interval(self, groups: Sequence[Hashable], seed: int) -> tuple[float, float]:
        """Percentile interval (95 %) from drawing groups of units with replacement.

        groups: the group of each unit; units of one group (the codes of a turn) are not independent.
        Efron and Tibshirani (1993), An Introduction to the Bootstrap. NaN with fewer than two groups.
        """
        members: dict[Hashable, list[int]] = {}
        for unit, group in enumerate(groups):
            members.setdefault(group, []).append(unit)
        units = [np.array(rows) for rows in members.values()]
        if len(units) < 2:
            return float("nan"), float("nan")
        drawn = np.random.default_rng(seed).integers(0, len(units), size=(DRAWS, len(units)))
        values = [self.value(np.concatenate([units[n] for n in picked])) for picked in drawn]
        kept = [value for value in values if not np.isnan(value)]
        if not kept:
            return float("nan"), float("nan")
        low, high = np.quantile(kept, [0.025, 0.975])
        return float(low), float(high)


def masi(first: frozenset, second: frozenset) -> float:
    """Distance of two sets of codes: 1 - J M, with J = |A and B| / |A or B| (Jaccard).

    M is 1 for equal sets, 2/3 where one holds the other, 1/3 where they overlap, 0 where they have
    nothing in common. Two empty sets are equal. Passonneau (2006), Measuring Agreement on Set-valued
    Items (MASI) for Semantic and Pragmatic Annotation, LREC 2006,
    https://aclanthology.org/L06-1392/.
    """
    if first == second:
        return 0.0
    shared = len(first & second)
    if not shared:
        return 1.0
    monotonic = 2 / 3 if first <= second or second <= first else 1 / 3
    return 1 - shared / len(first | second) * monotonic
