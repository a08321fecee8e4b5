"""Robustness of a solution of a QCA against a set of solutions found with other choices.

Memberships of the cases (values between 0 and 1) in the initial solution, in each of the others and
in the outcome. Core: the smallest membership over all solutions. The R package SetMethods is the
reference; its functions of version 4.0 take only the first and the last of the other solutions into
the smallest and largest test set, here all of them are.

Source: Oana and Schneider (2024), doi:10.1177/00491241211036158
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from coproduction.methods.truth_tables import consistency, coverage, ratio


@dataclass(frozen=True)
class Robustness:
    """Robustness parameters; 1 is the most robust, NaN where a denominator is 0.

    rf_cons: consistency of the initial solution in that of the core; rf_cov: coverage of the core in
    that of the initial solution; rf_sc_min and rf_sc_max: what the initial solution shares with the
    smallest and with the largest test set; rcr_typ and rcr_dev: cases in the core among those in any
    of the solutions, with the outcome and without it; rank: 1 where no case is shaky or possible, 2
    where some are possible, 3 where some are shaky, 4 where both.
    """

    rf_cons: float
    rf_cov: float
    rf_sc_min: float
    rf_sc_max: float
    rcr_typ: float
    rcr_dev: float
    rank: int


def robustness(initial: np.ndarray, others: Sequence[np.ndarray], y: np.ndarray) -> Robustness:
    """The parameters for the initial solution, at least one other and the outcome.

    Source: Oana and Schneider (2024), doi:10.1177/00491241211036158

    >>> x, y = np.array([1.0, 1.0, 0.0]), np.array([1.0, 0.0, 1.0])
    >>> found = robustness(x, [np.array([1.0, 0.0, 0.0])], y)
    >>> found.rf_cons, found.rf_cov, found.rcr_typ, found.rank
    (0.5, 1.0, 1.0, 3)
    """
    smallest, largest = np.min(others, axis=0), np.max(others, axis=0)
    core = np.minimum(initial, smallest)
    both = np.minimum(initial, smallest) > 0.5
    shaky = np.minimum(initial, 1 - smallest) > 0.5
    possible = np.minimum(1 - initial, largest) > 0.5
    typical, deviant = (
        ratio((both & part).sum(), ((both | shaky | possible) & part).sum()) for part in (y > 0.5, y < 0.5)
    )
    return Robustness(
        ratio(consistency(initial, y), consistency(core, y)),
        ratio(coverage(core, y), coverage(initial, y)),
        overlap(initial, smallest),
        overlap(initial, largest),
        typical,
        deviant,
        1 + bool(possible.any()) + 2 * bool(shaky.any()),
    )


def overlap(first: np.ndarray, second: np.ndarray) -> float:
    """What two sets share: the sum of the smaller memberships in that of the larger.

    >>> overlap(np.array([1.0, 0.5]), np.array([0.5, 0.5]))
    0.6666666666666666
    """
    return ratio(np.minimum(first, second).sum(), np.maximum(first, second).sum())


def unchanged_range(chosen: float, reach: float, same: Callable[[float], bool], steps: int = 8) -> float:
    """How far a number may move from `chosen` by up to `reach` until something is no longer the same.

    The furthest number at which `same` still holds, found by steps that double and then halve; each
    number up to it is taken to give the same, too. `chosen + reach` where nothing changes.

    >>> unchanged_range(10, 4, lambda number: number < 12)
    11.984375
    """
    unchanged, changed = 0.0, None
    step = 1 / 2**steps
    while changed is None and unchanged < 1:
        ahead = min(1.0, max(2 * unchanged, step))
        unchanged, changed = (ahead, None) if same(chosen + reach * ahead) else (unchanged, ahead)
    if changed is None:
        return chosen + reach
    while changed - unchanged > step:
        middle = (unchanged + changed) / 2
        unchanged, changed = (middle, changed) if same(chosen + reach * middle) else (unchanged, middle)
    return chosen + reach * unchanged
