"""Samples drawn again from what was sampled, many at once, and the ranks that follow.

Draws are kept as counts (how often each unit is in a draw), so that a draw is a row of weights and all
draws are one matrix product. scipy.stats.bootstrap calls a function for each batch of resampled values and
knows one statistic of one sample; here several samples feed one result.

Source: Efron and Tibshirani (1993), An Introduction to the Bootstrap.
"""

import numpy as np


def resampled(units: int, draws: int, random: np.random.Generator) -> np.ndarray:
    """How often each unit is in each draw with replacement: (draws, units), rows adding up to `units`.

    >>> resampled(3, 2, np.random.default_rng(1)).sum(axis=1)
    array([3, 3])
    """
    picked = random.integers(units, size=(draws, units)) if units else np.zeros((draws, 0), int)
    places = picked + np.arange(draws)[:, None] * units
    return np.bincount(places.ravel(), minlength=draws * units).reshape(draws, units)


def weighted_medians(values: np.ndarray, counts: np.ndarray) -> np.ndarray:
    """The medians of columns of `values` (units, columns) with each unit so often as `counts` says.

    values: NaN where a unit has none. counts: (draws, units). Returns (draws, columns), NaN where nothing
    is left; of an even number the mean of the two in the middle.

    >>> weighted_medians(np.array([[1.0], [2.0], [9.0]]), np.array([[1, 1, 1], [0, 1, 1]])).tolist()
    [[2.0], [5.5]]
    """
    order = np.argsort(values, axis=0, kind="stable")  # NaN last
    medians = np.full((len(counts), values.shape[1]), np.nan)
    for column in range(values.shape[1]):
        rows = order[:, column]
        sorted_values = values[rows, column]
        known = ~np.isnan(sorted_values)
        total = counts[:, rows[known]].cumsum(axis=1)
        if not total.shape[1]:
            continue
        number = total[:, -1]
        low = (total <= ((number - 1) // 2)[:, None]).sum(axis=1)
        high = (total <= (number // 2)[:, None]).sum(axis=1)
        last = total.shape[1] - 1
        middle = (sorted_values[known][np.minimum(low, last)] + sorted_values[known][np.minimum(high, last)]) / 2
        medians[:, column] = np.where(number > 0, middle, np.nan)
    return medians


def ranks(values: np.ndarray) -> np.ndarray:
    """Ranks along the last axis, the largest first; equals share the best rank.

    >>> ranks(np.array([0.5, 0.9, 0.5, 0.1]))
    array([2, 1, 2, 4])
    """
    return 1 + (values[..., None, :] > values[..., :, None]).sum(axis=-1)


def interval(draws: np.ndarray, level: float = 0.95) -> tuple[np.ndarray, np.ndarray]:
    """Percentile interval over the first axis.

    >>> [round(float(limit), 6) for limit in interval(np.arange(101.0), 0.9)]
    [5.0, 95.0]
    """
    tail = (1 - level) / 2
    low, high = np.quantile(draws, [tail, 1 - tail], axis=0)
    return low, high
