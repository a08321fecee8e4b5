"""Groups of the panel compared, from counts (G, S, K): group, statement, point of the scale.

SciPy's Mann-Whitney and Kruskal-Wallis take one statement at a time and raw values; here hundreds of
statements are tested at once from their histograms, with permutation where groups are small.
"""

import numpy as np
import scipy

SMALL, DRAWS = 60, 4_999  # ratings up to which p comes from permutations, and how many of them


def midranks(total: np.ndarray) -> np.ndarray:
    """Rank of each point (…, K) in the pooled ratings, ties sharing the middle of their ranks.

    >>> midranks(np.array([2, 0, 1])).tolist()
    [1.5, 2.5, 3.0]
    """
    return total.cumsum(-1) - total + (total + 1) / 2


def cliffs_delta(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    """Cliff's delta of counts (…, K): P(one > other) - P(one < other), -1 to 1 (Cliff 1993).

    doi:10.1037/0033-2909.114.3.494. NaN where one side is empty.

    >>> cliffs_delta(np.array([0, 0, 4]), np.array([4, 0, 0])).item()
    1.0
    """
    below = other.cumsum(-1) - other
    above = other.sum(-1, keepdims=True) - other.cumsum(-1)
    pairs = one.sum(-1) * other.sum(-1)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(pairs > 0, (one * (below - above)).sum(-1) / pairs, np.nan)


def kruskal_wallis(counts: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Kruskal and Wallis's H with correction for ties and its degrees of freedom, each (S,).

    doi:10.1080/01621459.1952.10483441. Groups with one rating are left out. NaN with fewer than two
    groups or where all rate the same. With two groups H is the square of the Mann-Whitney z without
    continuity correction.

    >>> h, df = kruskal_wallis(np.array([[[4, 0, 0]], [[0, 0, 4]]]))
    >>> round(h.item(), 3), df.item()
    (7.0, 1)
    """
    counts = np.where(counts.sum(-1, keepdims=True) >= 2, counts, 0)
    total, size = counts.sum(0), counts.sum(-1)
    n = total.sum(-1).astype(float)
    sums = (counts * midranks(total)).sum(-1)
    with np.errstate(divide="ignore", invalid="ignore"):
        spread = np.where(size > 0, sums**2 / size, 0).sum(0)
        ties = 1 - (total.astype(float) ** 3 - total).sum(-1) / (n**3 - n)
        h = (12 / (n * (n + 1)) * spread - 3 * (n + 1)) / ties
    df = (size > 0).sum(0) - 1
    return np.where((df > 0) & (ties > 0), h, np.nan), df


def differ(counts: np.ndarray, seed: list[int]) -> np.ndarray:
    """p (S,) that the groups rate alike, from Kruskal-Wallis.

    From chi-square; with up to SMALL ratings, where that is rough, from DRAWS random allocations of
    the ratings to groups of the same sizes (the observed one counted in). NaN as in kruskal_wallis.

    >>> alike = differ(np.array([[[2, 2, 0]], [[2, 2, 0]]]), [1])
    >>> alike.item()
    1.0
    """
    h, df = kruskal_wallis(counts)
    with np.errstate(invalid="ignore"):
        p = np.where(np.isnan(h), np.nan, scipy.stats.chi2.sf(h, np.maximum(df, 1)))
    for s in np.flatnonzero(~np.isnan(h) & (counts.sum((0, 2)) <= SMALL)):
        p[s] = _by_permutation(counts[:, s], np.random.default_rng([*seed, int(s)]))
    return p


def _by_permutation(counts: np.ndarray, rng: np.random.Generator) -> float:
    """H grows with the sum of squared rank sums over sizes; the rest of it stays the same."""
    counts = counts[counts.sum(1) >= 2]
    size, total = counts.sum(1), counts.sum(0)
    ranks = np.repeat(midranks(total), total)
    starts = size.cumsum() - size
    drawn = rng.permuted(np.broadcast_to(ranks, (DRAWS, len(ranks))), axis=1)
    sums = np.add.reduceat(drawn, starts, axis=1)
    observed = ((counts @ midranks(total)) ** 2 / size).sum()
    permuted = (sums**2 / size).sum(1)
    return float((1 + np.sum(permuted >= observed - 1e-9 * observed)) / (DRAWS + 1))


def holm(p: np.ndarray) -> np.ndarray:
    """Holm-adjusted p (S,), NaN left out of the family (Holm 1979).

    >>> holm(np.array([0.01, np.nan, 0.04])).tolist()
    [0.02, nan, 0.04]
    """
    p = np.asarray(p, float)
    adjusted = np.full(p.shape, np.nan)
    defined = np.flatnonzero(~np.isnan(p))
    order = defined[np.argsort(p[defined], kind="stable")]
    steps = p[order] * (len(order) - np.arange(len(order)))
    adjusted[order] = np.minimum(1, np.maximum.accumulate(steps)) if len(order) else []
    return adjusted


def benjamini_hochberg(p: np.ndarray) -> np.ndarray:
    """Benjamini-Hochberg adjusted p (S,), NaN left out of the family.

    >>> benjamini_hochberg(np.array([0.01, np.nan, 0.04])).tolist()
    [0.02, nan, 0.04]
    """
    p = np.asarray(p, float)
    adjusted = np.full(p.shape, np.nan)
    defined = ~np.isnan(p)
    adjusted[defined] = scipy.stats.false_discovery_control(p[defined]) if defined.any() else []
    return adjusted
