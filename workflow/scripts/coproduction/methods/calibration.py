"""From values to memberships in a set: crisp by a threshold, fuzzy by three anchors."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike


def crisp(values: ArrayLike, threshold: float) -> np.ndarray:
    """1 from the threshold on, 0 below; NaN stays NaN.

    >>> crisp([1, 2, 3], 2).tolist()
    [0.0, 1.0, 1.0]
    """
    numbers = np.asarray(values, dtype=float)
    return np.where(np.isnan(numbers), np.nan, (numbers >= threshold).astype(float))


def multi_value(values: ArrayLike, thresholds: Sequence[float]) -> np.ndarray:
    """0 below the first of the rising thresholds, 1 from it on, 2 from the next; NaN stays NaN.

    >>> multi_value([5, 10, 25], [10, 20]).tolist()
    [0.0, 1.0, 2.0]
    """
    numbers = np.asarray(values, dtype=float)
    levels = np.searchsorted(np.asarray(thresholds, dtype=float), numbers, side="right")
    return np.where(np.isnan(numbers), np.nan, levels.astype(float))


def direct(values: ArrayLike, exclusion: float, crossover: float, inclusion: float, at: float = 0.95) -> np.ndarray:
    """Memberships by the direct method.

    The log odds of membership are linear in the value on each side of the crossover (membership
    .5) and reach ln(at / (1 − at)) at the anchor of inclusion and its negative at that of exclusion.
    The anchors rise or fall strictly; with falling ones low values are in the set. NaN stays NaN.

    Source: Ragin (2008), doi:10.7208/chicago/9780226702797.001.0001

    >>> direct([400, 550, 900], exclusion=400, crossover=550, inclusion=900).round(2).tolist()
    [0.05, 0.5, 0.95]
    """
    numbers = np.asarray(values, dtype=float)
    towards = (numbers - crossover) * np.sign(inclusion - exclusion) >= 0
    reach = np.where(towards, inclusion - crossover, crossover - exclusion)
    return 1 / (1 + np.exp(-np.log(at / (1 - at)) * (numbers - crossover) / reach))
