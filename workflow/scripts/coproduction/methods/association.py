"""Things that come up together: how often, against what chance would give, and how surely.

networkx could project the bipartite graph of things and units; counting pairs directly keeps the split
by the groups of units (techniques, sources) that the expected value needs.
"""

from collections.abc import Sequence

import numpy as np
import scipy


def expected_together(first: float, second: float, units: float) -> float:
    """Units that would hold both of two things if each were spread over the units independently.

    >>> expected_together(10, 20, 100)
    2.0
    """
    return first * second / units


def association_strength(units: np.ndarray, expected: np.ndarray) -> np.ndarray:
    """Units that hold both, divided by those expected: 1 for chance, more for what belongs together, NaN for nothing expected.

    Source: van Eck and Waltman (2009), JASIST 60(8), 1635-1651, doi:10.1002/asi.21075.

    >>> association_strength(np.array([6.0]), np.array([2.0]))
    array([3.])
    """
    return np.divide(units, expected, out=np.full(len(units), np.nan), where=expected > 0)


def together_by_chance(first: int, second: int, units: int) -> np.ndarray:
    """Chance of each number of units with both things, 0 to the smaller of the two: the hypergeometric distribution.

    >>> together_by_chance(1, 2, 4)
    array([0.5, 0.5])
    """
    both = np.arange(min(first, second) + 1)
    neither = units - first - second + both
    possible = neither >= 0
    counts = [both, first - both, second - both, np.where(possible, neither, 0)]
    fixed = [first, units - first, second, units - second]
    log = scipy.special.gammaln(np.add(fixed, 1.0)).sum() - scipy.special.gammaln(units + 1.0)
    log = log - scipy.special.gammaln(np.add(counts, 1.0)).sum(axis=0)
    return np.where(possible, np.exp(log), 0.0)


def more_than_chance(together: int, groups: Sequence[tuple[int, int, int]]) -> float:
    """Chance of so many units with both things or more, over groups of units that are kept apart.

    groups: for each the units with the first thing, with the second, and all. With one group it is Fisher's exact
    test (one-sided), with several its extension to a common odds ratio: the sum of independent hypergeometric numbers.
    Source: Fisher (1922), doi:10.2307/2340521; Gart (1970), Biometrika 57(3), 471-475, doi:10.1093/biomet/57.3.471.

    >>> round(more_than_chance(3, [(3, 4, 8)]), 4)
    0.0714
    """
    chances = np.ones(1)
    for first, second, units in groups:
        chances = np.convolve(chances, together_by_chance(first, second, units))
    return float(min(chances[together:].sum(), 1.0))


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


def shared_order(first: np.ndarray, second: np.ndarray, draws: int, random: np.random.Generator) -> tuple[float, float]:
    """How far two tables of pairs rank the pairs alike (Spearman), and the chance of that or more.

    first, second: n × n; only cells off the diagonal that are known in both count. The pairs of one thing hang
    together, so that the chance is found by giving the things of one table the names of others at random (quadratic
    assignment; Krackhardt 1988, Social Networks 10(4), 359-381, doi:10.1016/0378-8733(88)90004-4). NaN where there
    are fewer than three things, or one table is the same throughout.

    >>> table = np.array([[0, 1, 2.0], [1, 0, 3], [2, 3, 0]])
    >>> shared_order(table, table, 100, np.random.default_rng(1))[0]
    1.0
    """
    number = len(first)
    off = ~np.eye(number, dtype=bool)
    known = off & ~np.isnan(first) & ~np.isnan(second)
    observed = _rank_correlation(first[known], second[known])
    if number < 3 or np.isnan(observed):
        return float("nan"), float("nan")
    complete = bool(known[off].all())
    if complete:  # then all tables drawn hold the same values, and ranks are made once
        first, second = _standard_ranks(first, off), _standard_ranks(second, off)
    reached = 1
    for _ in range(draws):
        names = random.permutation(number)
        drawn = second[np.ix_(names, names)]
        if complete:
            alike = float(np.round(first[off] @ drawn[off], 12))
        else:
            both = off & ~np.isnan(first) & ~np.isnan(drawn)
            alike = _rank_correlation(first[both], drawn[both])
        reached += bool(alike >= observed - 1e-12)
    return observed, reached / (draws + 1)


def _standard_ranks(table: np.ndarray, off: np.ndarray) -> np.ndarray:
    """The ranks of the cells in `off`, with mean 0 and length 1, so that a product of two is their correlation."""
    ranks = np.zeros(table.shape)
    ranks[off] = scipy.stats.rankdata(table[off])
    ranks[off] -= ranks[off].mean()
    return ranks / np.linalg.norm(ranks)


def _rank_correlation(first: np.ndarray, second: np.ndarray) -> float:
    ranks = [scipy.stats.rankdata(cells) for cells in (first, second)]
    if any(len(cells) < 3 or np.ptp(cells) == 0 for cells in ranks):
        return float("nan")
    return float(np.round(np.corrcoef(*ranks)[0, 1], 12))
