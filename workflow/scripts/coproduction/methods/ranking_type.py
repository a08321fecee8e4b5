"""Ranking-type Delphi: who puts what first, and how far panellists and rounds agree on it.

After Schmidt (1997, doi:10.1111/j.1540-5915.1997.tb01330.x): mean ranks, Kendall's W with ties in
each round, and how much the top of the list is shared. pymcdm and ranky were considered; neither has
overlaps with ties, and SciPy has the ranks and Kendall's tau.
"""

from dataclasses import dataclass

import numpy as np
import scipy

DRAWS, LARGEST = 4999, 4000  # permutations, and ratings beyond which chi-square needs none
LEVELS = [(0.9, "unusually strong"), (0.7, "strong"), (0.5, "moderate"), (0.3, "weak")]


@dataclass(frozen=True)
class Concordance:
    """Kendall's W over statements (*subjects*) and panellists (*raters*)."""

    w: float
    uncorrected: float
    subjects: int
    raters: int
    chi2: float
    p: float


def kendall_w(ratings: np.ndarray) -> Concordance:
    """Kendall's coefficient of concordance of ratings (subjects, raters) without gaps.

    W = 12 S / (m^2 (n^3 - n) - m T), T = sum of t^3 - t over the ties of each rater (Kendall and
    Gibbons 1990); chi2 = m (n - 1) W with n - 1 degrees of freedom, good from about seven subjects.

    >>> kendall_w(np.array([[1, 1, 1], [2, 2, 2], [3, 3, 3]])).w
    1.0
    """
    n, m = ratings.shape if ratings.ndim == 2 else (0, 0)
    if n < 2 or m < 2:
        return Concordance(float("nan"), float("nan"), n, m, float("nan"), float("nan"))
    ranks = scipy.stats.rankdata(ratings, axis=0)
    s = float(((ranks.sum(1) - m * (n + 1) / 2) ** 2).sum())
    ties = sum(float((t**3 - t).sum()) for t in map(_ties, ranks.T))
    full = m**2 * (n**3 - n)
    w = 12 * s / (full - m * ties) if full > m * ties else float("nan")
    chi2 = m * (n - 1) * w
    return Concordance(w, 12 * s / full, n, m, chi2, float(scipy.stats.chi2.sf(chi2, n - 1)))


def _ties(column: np.ndarray) -> np.ndarray:
    return np.unique(column, return_counts=True)[1].astype(float)


def top_weights(table: np.ndarray, k: int) -> np.ndarray:
    """How far each statement (rows) is in each panellist's (columns) top k, 0 to 1; columns sum to k.

    Statements that share the last places share what is left of them: with two tied on places 3 and 4
    of a top 3, each is in it by one half.

    >>> top_weights(np.array([[1.0], [2.0], [3.5], [3.5]]), 3).ravel().tolist()
    [1.0, 1.0, 0.5, 0.5]
    """
    k = min(k, len(table))
    first = scipy.stats.rankdata(table, axis=0, method="min")
    last = scipy.stats.rankdata(table, axis=0, method="max")
    return np.clip((k - (first - 1)) / (last - first + 1), 0, 1)


def overlap(weights: np.ndarray, k: int) -> float:
    """Mean share of the top k that two panellists have in common; NaN with fewer than two.

    With full ties at the border two tops have in common what both have of each statement (minimum).
    Chance is k / statements.

    >>> overlap(np.array([[1.0, 1.0], [1.0, 0.0], [0.0, 1.0]]), 2)
    0.5
    """
    people = weights.shape[1]
    if people < 2 or not len(weights):
        return float("nan")
    # Σ over pairs of min(a, b), statement by statement, from the sorted weights: no people² table.
    ordered = np.sort(weights, axis=1)
    pairs = (ordered * np.arange(people - 1, -1, -1)).sum()
    return float(pairs / (people * (people - 1) / 2) / min(k, len(weights)))


def permuted_p(table: np.ndarray, rng: np.random.Generator) -> float:
    """p of no concordance by permuting each panellist's ranks.

    NaN where chi-square is good anyway, and where W is not defined: with gaps, fewer than two
    subjects or raters, or raters who tell nothing apart.

    >>> table = np.tile(np.arange(1.0, 7)[:, None], 5)  # five raters with one order
    >>> permuted_p(table, np.random.default_rng(1))
    0.0002
    """
    n, m = table.shape
    if n < 2 or m < 2 or n * m > LARGEST or np.isnan(table).any() or not np.ptp(table, axis=0).any():
        return float("nan")
    observed = ((table.sum(1) - m * (n + 1) / 2) ** 2).sum()
    hits = 0
    for _ in range(DRAWS):
        sums = rng.permuted(table, axis=0).sum(1)
        hits += ((sums - m * (n + 1) / 2) ** 2).sum() >= observed - 1e-9
    return float((hits + 1) / (DRAWS + 1))


def level(w: float) -> str:
    """Schmidt's words for W: from 0.9 unusually strong, 0.7, 0.5, 0.3; below, very weak.

    >>> level(0.75)
    'strong'
    """
    if np.isnan(w):
        return ""
    return next((words for least, words in LEVELS if w >= least), "very weak")
