"""Change and concordance: statistics on panellists who rated in both rounds, or all statements.

SciPy gives Spearman, Friedman, Kruskal-Wallis, the binomial and chi-square tests. Kendall's W with
ties and an exact signed-rank test with ties and zeros are written here: SciPy has neither (its exact
Wilcoxon refuses ties), and pingouin or statsmodels would be new dependencies.
"""

from dataclasses import dataclass

import numpy as np
import scipy


def paired(before: np.ndarray, after: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The pairs of which both sides are there, as numbers.

    >>> [side.tolist() for side in paired(np.array([7, np.nan]), np.array([8, 9]))]
    [[7.0], [8.0]]
    """
    before, after = np.asarray(before, float), np.asarray(after, float)
    both = ~np.isnan(before) & ~np.isnan(after)
    return before[both], after[both]


def unchanged(before: np.ndarray, after: np.ndarray, within: float = 0) -> float:
    """Share of pairs (P,) whose rating moved by at most *within* points; NaN without pairs.

    >>> unchanged(np.array([7, 8, 3]), np.array([7, 9, 6]), within=1)
    0.6666666666666666
    """
    before, after = paired(before, after)
    return float(np.mean(np.abs(after - before) <= within)) if len(before) else float("nan")


def net_change(before: np.ndarray, after: np.ndarray) -> float:
    """Net change of the distribution, 0 to 1 (Scheibe, Skutsch and Schofer 1975).

    Half the sum of absolute differences between both histograms, divided by the number of pairs; of
    rounds with different numbers of ratings, between the shares of each rating.
    Up to 0.15 counts as stable, a limit read off one classroom Delphi. It does not see panellists
    who change places, and with ten pairs one panellist is already 0.1.

    >>> net_change(np.array([1, 1, 1, 1]), np.array([1, 1, 2, 2]))
    0.5
    """
    before, after = (r[~np.isnan(r)] for r in (np.asarray(before, float), np.asarray(after, float)))
    if not len(before) or not len(after):
        return float("nan")
    points = np.union1d(before, after)
    if len(before) != len(after):
        shares = [abs(np.mean(before == p) - np.mean(after == p)) for p in points]
        return float(np.sum(shares) / 2)
    gap = [abs(np.sum(before == p) - np.sum(after == p)) for p in points]
    return float(np.sum(gap) / 2 / len(before))


def variation(values: np.ndarray) -> float:
    """Coefficient of variation, standard deviation (n - 1) over mean.

    >>> round(variation(np.array([6, 8, 10])), 2)
    0.25
    """
    values = np.asarray(values, float)
    values = values[~np.isnan(values)]
    mean = np.mean(values) if len(values) > 1 else 0
    return float(np.std(values, ddof=1) / mean) if mean else float("nan")


def signed_rank(before: np.ndarray, after: np.ndarray) -> tuple[float, float]:
    """Wilcoxon signed-rank test of pairs: (sum of positive ranks, two-sided p).

    Zeros are ranked and then dropped (Pratt 1959), ties get mid-ranks. Up to 60 changed pairs p is
    exact: the distribution over all 2^n signs, by convolution. Beyond, normal approximation with
    the exact variance. p is 1 where nobody changed, and NaN without pairs.

    >>> signed_rank(np.array([5, 5, 5, 5]), np.array([6, 7, 8, 9]))
    (10.0, 0.125)
    """
    before, after = paired(before, after)
    if not len(before):
        return float("nan"), float("nan")
    change = after - before
    ranks = scipy.stats.rankdata(np.abs(change))[change != 0]
    if not len(ranks):
        return 0.0, 1.0
    up = float(ranks[change[change != 0] > 0].sum())
    if len(ranks) > 60:
        z = (up - ranks.sum() / 2) / np.sqrt((ranks**2).sum() / 4)
        return up, float(2 * scipy.stats.norm.sf(abs(z)))
    doubled = np.rint(2 * ranks).astype(int)
    chance = np.array([1.0])
    for rank in doubled:
        wider = np.zeros(len(chance) + rank)
        wider[: len(chance)] += chance / 2
        wider[rank:] += chance / 2
        chance = wider
    far = np.abs(np.arange(len(chance)) - doubled.sum() / 2) >= abs(2 * up - doubled.sum() / 2)
    return up, float(min(1.0, chance[far].sum()))


def mcnemar(before: np.ndarray, after: np.ndarray) -> float:
    """Exact McNemar p of two paired yes/no arrays; 1 where nobody crossed, NaN without pairs.

    >>> mcnemar(np.array([False] * 4), np.array([True] * 4))
    0.125
    """
    if not len(before):
        return float("nan")
    gained, lost = int(np.sum(~before & after)), int(np.sum(before & ~after))
    return float(scipy.stats.binomtest(gained, gained + lost).pvalue) if gained + lost else 1.0


def spearman(before: np.ndarray, after: np.ndarray) -> float:
    """Rank correlation of pairs; NaN where one round has no spread or fewer than three pairs.

    >>> round(spearman(np.array([1, 2, 3]), np.array([2, 4, 9])), 3)
    1.0
    """
    before, after = paired(before, after)
    if len(before) < 3 or np.ptp(before) == 0 or np.ptp(after) == 0:
        return float("nan")
    return float(scipy.stats.spearmanr(before, after).statistic)


PAIRS = ((0, 1), (0, 2), (1, 2))  # of thirds


@dataclass(frozen=True)
class Table:
    """A chi-square test: statistic, degrees of freedom, p and the smallest expected count."""

    chi2: float
    df: int
    p: float
    smallest: float


def chi_square(table: np.ndarray) -> Table:
    """Pearson chi-square of a contingency table without its empty rows and columns.

    >>> round(chi_square(np.array([[10, 20], [20, 10]])).p, 4)
    0.0098
    """
    table = table[table.sum(1) > 0][:, table.sum(0) > 0] if table.size else table
    if table.size == 0 or min(table.shape) < 2:
        return Table(float("nan"), 0, float("nan"), float("nan"))
    test = scipy.stats.chi2_contingency(table, correction=False)
    smallest = float(test.expected_freq.min())
    return Table(float(test.statistic), int(test.dof), float(test.pvalue), smallest)


def thirds(ratings: np.ndarray, unfavourable_to: float, favourable_from: float) -> np.ndarray:
    """Ratings as 0 (against), 1 (between) or 2 (for); -1 where there is none.

    >>> thirds(np.array([2, 5, 9]), 3, 7).tolist()
    [0, 1, 2]
    """
    third = (ratings > unfavourable_to).astype(int) + (ratings >= favourable_from).astype(int)
    return np.where(np.isnan(np.asarray(ratings, float)), -1, third)


def group_stability(before: np.ndarray, after: np.ndarray) -> Table:
    """Do both rounds have the same distribution over thirds? (Dajani, Sincoff and Talley 1979)

    doi:10.1016/0040-1625(79)90007-6. A small p speaks against stability. Treats the rounds as
    independent samples, as published; `homogeneity` asks the same of pairs.

    >>> group_stability(np.array([0, 1, 2, 2]), np.array([0, 1, 2, 2])).p
    1.0
    """
    rows = [[np.sum(r == k) for k in range(3)] for r in (before, after)]
    return chi_square(np.array(rows))


def individual_stability(table: np.ndarray) -> Table:
    """Does the third before tell the third after, from `crossed_thirds`? (Chaffin and Talley 1980)

    doi:10.1016/0040-1625(80)90074-8. A small p speaks for it. It is association, not agreement: a
    panel that moves up by one third as a whole passes too.

    >>> round(individual_stability(np.diag([5, 5, 5])).chi2, 1)
    30.0
    """
    return chi_square(table)


def crossed_thirds(before: np.ndarray, after: np.ndarray) -> np.ndarray:
    """Panellists by third before (rows) and after (columns).

    >>> crossed_thirds(np.array([0, 2]), np.array([1, 2])).tolist()
    [[0, 1, 0], [0, 0, 0], [0, 0, 1]]
    """
    table, both = np.zeros((3, 3), int), (before >= 0) & (after >= 0)
    np.add.at(table, (before[both], after[both]), 1)
    return table


def association(table: np.ndarray) -> float:
    """Goodman and Kruskal's lambda, columns predicted from rows (Chaffin and Talley 1980).

    By how much the errors of a guess fall when the round before is known, 0 to 1. NaN where all end
    in one third: nothing is left to guess.

    >>> association(np.diag([5, 5, 5]))
    1.0
    """
    n, best = table.sum(), table.sum(0).max() if table.size else 0
    return float((table.max(1).sum() - best) / (n - best)) if n > best else float("nan")


def permuted_independence(table: np.ndarray, rng: np.random.Generator, draws=9_999) -> float:
    """p of the chi-square of independence from random tables with the same margins.

    Patefield's tables (1981, doi:10.2307/2346669), the observed one counted in; for tables whose
    expected counts are too small for the chi-square distribution. NaN for one row or column.

    >>> permuted_independence(np.diag([5, 5]), np.random.default_rng(1), draws=99) < 0.05
    True
    """
    table = table[table.sum(1) > 0][:, table.sum(0) > 0] if table.size else table
    if table.size == 0 or min(table.shape) < 2:
        return float("nan")
    rows, columns = table.sum(1), table.sum(0)
    expected = np.outer(rows, columns) / table.sum()
    drawn = scipy.stats.random_table(rows, columns).rvs(draws, random_state=rng)
    statistics = ((drawn - expected) ** 2 / expected).sum((1, 2))
    observed = ((table - expected) ** 2 / expected).sum()
    return float((1 + np.sum(statistics >= observed - 1e-9)) / (draws + 1))


def homogeneity(table: np.ndarray) -> float:
    """p that both rounds have the same distribution over three thirds, from pairs (3, 3).

    Dajani's question with the panellists' pairs kept, by Stuart and Maxwell's statistic (Stuart
    1955, doi:10.1093/biomet/42.3-4.412): if nothing changed, each move was as likely the other way
    round. Exact over all directions of the moves, chi-square with very many moves. 1 where nobody
    moved.

    >>> homogeneity(np.array([[2, 4, 0], [0, 3, 0], [0, 0, 1]]))
    0.125
    """
    moves = np.array([table[i, j] + table[j, i] for i, j in PAIRS])
    if not moves.sum():
        return 1.0 if table.sum() else float("nan")
    net = [np.array(table[i, j] - table[j, i], float) for i, j in PAIRS]
    observed = _stuart(net, moves)
    if np.prod(moves + 1.0) > 500_000:
        thirds_used = int(((table.sum(0) + table.sum(1)) > 0).sum())
        return float(scipy.stats.chi2.sf(observed, thirds_used - 1))
    chance = [scipy.stats.binom.pmf(np.arange(m + 1), m, 0.5) for m in moves]
    weight = np.einsum("i,j,k->ijk", *chance)
    every = _stuart(np.ix_(*(2.0 * np.arange(m + 1) - m for m in moves)), moves)
    return float(min(1.0, weight[every >= observed - 1e-9].sum()))


def _stuart(net, moves: np.ndarray) -> np.ndarray:
    """Stuart's statistic from the net moves between each two thirds and all moves between them."""
    low, middle = net[0] + net[1], net[2] - net[0]
    spread = [[moves[0] + moves[1], -moves[0]], [-moves[0], moves[0] + moves[2]]]
    (a, b), (_, d) = np.linalg.pinv(np.array(spread, float))
    return a * low**2 + 2 * b * low * middle + d * middle**2


def friedman(ratings: np.ndarray) -> float:
    """Friedman p of ratings (rounds, panellists) with at least three rounds, NaN else.

    >>> round(friedman(np.array([[1, 2, 1, 2], [3, 4, 4, 3], [8, 9, 7, 8]])), 3)
    0.018
    """
    rounds, people = ratings.shape
    if rounds < 3 or people < 3 or np.all(ratings == ratings[0]):
        return float("nan")
    return float(scipy.stats.friedmanchisquare(*ratings).pvalue)
