"""Things that come up together: how often, against what chance would give, and how surely.

networkx could project the bipartite graph of things and units; counting pairs directly keeps the split
by the groups of units (techniques, sources) that the expected value needs.
"""

import numpy as np
import scipy


def expected_together(first: float, second: float, units: float) -> float:
    """Units that would hold both of two things if each were spread over the units independently.

    >>> expected_together(10, 20, 100)
    2.0
    """
    return first * second / units


def association_strength(units: np.ndarray, expected: np.ndarray) -> np.ndarray:
    """Units that hold both, divided by those expected: 1 for chance, more for what belongs together.

    Source: van Eck and Waltman (2009), JASIST 60(8), 1635-1651, doi:10.1002/asi.21075.

    >>> association_strength(np.array([6.0]), np.array([2.0]))
    array([3.])
    """
    return units / expected


def more_than_chance(units: np.ndarray, expected: np.ndarray) -> np.ndarray:
    """Chance of so many units or more, where a number is expected: the upper tail of the Poisson.

    >>> more_than_chance(np.array([0, 3]), np.array([1.0, 1.0])).round(3)
    array([1.  , 0.08])
    """
    return scipy.stats.poisson.sf(units - 1, expected)


def adjusted(p: np.ndarray, possible: int) -> np.ndarray:
    """p-values of the observed pairs, adjusted for all `possible` ones (the rest have p = 1).

    Source: Benjamini and Hochberg (1995), J. R. Stat. Soc. B 57(1), 289-300,
    doi:10.1111/j.2517-6161.1995.tb02031.x; scipy's implementation.

    >>> adjusted(np.array([0.01, 0.04]), 4).round(3)
    array([0.04, 0.08])
    """
    padded = np.ones(max(possible, len(p)))
    padded[: len(p)] = p
    return scipy.stats.false_discovery_control(padded)[: len(p)]
