"""MICMAC by powers of the matrix: who drives and depends most over chains of influences.

Source: Duperrin and Godet (1973, CEA-R-4541); Godet (1994, From Anticipation to Action, UNESCO). The k-th power of the
matrix of direct influences adds up, over all chains of k influences, the products of their weights. Row sums give the
driving power, column sums the dependence; the matrix is raised until both orders stay the same. They need not:
around a circle they change for ever, and where there is no feedback all chains end (Dema and Barberá 2010, IV
International Conference on Industrial Engineering and Industrial Management). Both are told apart here. networkx
counts chains too (`number_of_walks`); the tests compare with it.
"""

import itertools
from typing import NamedTuple

import numpy as np

HIGHEST = 60  # powers tried
HOLD = 8  # following powers in which the order must stay


class Indirect(NamedTuple):
    """Orders at the power from which they are stable; `power` is 0 where there is none, `why` says the reason."""

    power: int
    why: str
    driving: np.ndarray
    dependence: np.ndarray


def ranks(sums: np.ndarray) -> np.ndarray:
    """Places by size, the largest first; equals share the best place. Sums that differ by rounding are equal.

    >>> ranks(np.array([2.0, 5.0, 2.0])).tolist()
    [2, 1, 2]
    """
    largest = sums.max(initial=0.0)
    steps = np.round(sums / largest, 9) if largest > 0 else np.zeros(len(sums))
    return np.array([1 + int((steps > step).sum()) for step in steps], dtype=int)


def direct(influences: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Places by direct driving power (row sums) and dependence (column sums).

    >>> [places.tolist() for places in direct(np.array([[0, 3, 1], [0, 0, 2], [0, 0, 0]]))]
    [[1, 2, 3], [3, 1, 1]]
    """
    off_diagonal = _without_diagonal(influences)
    return ranks(off_diagonal.sum(axis=1)), ranks(off_diagonal.sum(axis=0))


def indirect(influences: np.ndarray) -> Indirect:
    """Places over chains, at the first power (2 or higher) from which both orders stay for HOLD powers.

    influences: n × n, not negative; what stands on the diagonal does not count.

    >>> indirect(np.array([[0, 3, 1], [1, 0, 2], [2, 1, 0]])).driving.tolist()
    [1, 3, 2]
    >>> indirect(np.array([[0, 1, 0], [0, 0, 1], [0, 0, 0]])).why
    'no chain returns to its origin, so that all chains end (after 2 influences)'
    """
    off_diagonal = _without_diagonal(influences)
    if (off_diagonal < 0).any():
        raise ValueError("influences must not be negative")
    nothing = np.zeros(len(off_diagonal), dtype=int)
    orders: list[tuple[np.ndarray, np.ndarray]] = []
    power = off_diagonal
    for exponent in range(1, HIGHEST + HOLD + 1):
        if not (power > 0).any():
            why = f"no chain returns to its origin, so that all chains end (after {exponent - 1} influences)"
            return Indirect(0, "there is no influence" if exponent == 1 else why, nothing, nothing)
        orders.append((ranks(power.sum(axis=1)), ranks(power.sum(axis=0))))
        power = off_diagonal @ (power / power.max())
    same = [
        all(np.array_equal(a, b) for a, b in zip(first, second, strict=True))
        for first, second in itertools.pairwise(orders)
    ]
    for exponent in range(2, HIGHEST + 1):
        if all(same[exponent - 1 : exponent - 1 + HOLD]):
            return Indirect(exponent, "", *orders[exponent - 1])
    return Indirect(0, f"the order still changes at the {HIGHEST}th power of the matrix", nothing, nothing)


def _without_diagonal(influences: np.ndarray) -> np.ndarray:
    off_diagonal = np.array(influences, dtype=float)
    np.fill_diagonal(off_diagonal, 0.0)
    return off_diagonal
