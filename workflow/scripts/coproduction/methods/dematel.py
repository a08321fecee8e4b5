"""DEMATEL: from judged direct influences to total ones.

Source: Gabus and Fontela (1972, 1973, Battelle Geneva). Normalised by the larger of the largest row sum and the
largest column sum, after which no row and no column adds up to more than 1. It is three lines of
linear algebra, for which no package was taken in; the tests compare with an R package's output.
"""

from typing import NamedTuple

import numpy as np

NEARLY = 1e-9


class NoTotalRelation(ValueError):
    """The influences never fade out, so that their sum over all paths has no limit."""


class Totals(NamedTuple):
    """Total relation matrix T; D (row sums, given) and R (column sums, received)."""

    total: np.ndarray
    given: np.ndarray
    received: np.ndarray

    @property
    def prominence(self) -> np.ndarray:
        """D + R: how much a factor takes part, giving and receiving."""
        return self.given + self.received

    @property
    def relation(self) -> np.ndarray:
        """D − R: positive for a factor that gives more than it receives (cause)."""
        return self.given - self.received


def normalised(direct: np.ndarray) -> np.ndarray:
    """X = A / max(largest row sum, largest column sum) of the direct influences A.

    >>> normalised(np.array([[0.0, 3.0], [1.0, 0.0]])).round(2)
    array([[0.  , 1.  ],
           [0.33, 0.  ]])
    """
    largest = max(direct.sum(axis=1).max(), direct.sum(axis=0).max())
    if largest <= 0:
        raise NoTotalRelation("no factor has any influence on another")
    return direct / largest


def total_relation(scaled: np.ndarray) -> np.ndarray:
    """T = X + X² + … = X (I − X)⁻¹ of the normalised influences X.

    The series converges where the spectral radius of X is below 1. It is 1 where a set of factors
    passes all it receives on among itself, for example where every pair got the same number;
    NoTotalRelation then says so.

    >>> total_relation(np.array([[0.0, 0.5], [0.0, 0.0]]))
    array([[0. , 0.5],
           [0. , 0. ]])
    """
    if np.abs(np.linalg.eigvals(scaled)).max() >= 1 - NEARLY:
        raise NoTotalRelation(
            "the influences do not diminish along chains (spectral radius 1), "
            "as when some factors give and receive equally among themselves"
        )
    return np.linalg.solve((np.eye(len(scaled)) - scaled).T, scaled.T).T


def totals(direct: np.ndarray) -> Totals:
    """The total relation of the direct influences, with its row and column sums.

    >>> totals(np.array([[0.0, 3.0], [1.0, 0.0]])).relation.round(2)
    array([ 1., -1.])
    """
    total = total_relation(normalised(direct))
    return Totals(total, total.sum(axis=1), total.sum(axis=0))
