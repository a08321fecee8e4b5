"""Groups of units by their values: Ward and k-medoids, silhouettes, stability, agreement.

SciPy makes Ward's tree. scikit-learn-extra, which holds k-medoids, is no longer kept up; for the few
dozen units of a study the plain algorithm (PAM) is exact enough and quick.
"""

import numpy as np
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.spatial.distance import pdist, squareform


def distances(values: np.ndarray) -> np.ndarray:
    """Euclidean distances between the rows, as a square.

    >>> distances(np.array([[0.0, 0.0], [3.0, 4.0]])).tolist()
    [[0.0, 5.0], [5.0, 0.0]]
    """
    return squareform(pdist(values))


def ward(values: np.ndarray, k: int) -> np.ndarray:
    """The group of each row (1 to k, in the order in which they first appear), by Ward's method.

    Source: Ward (1963), doi:10.1080/01621459.1963.10500845

    >>> ward(np.array([[0.0], [9.0], [0.1], [9.2]]), 2).tolist()
    [1, 2, 1, 2]
    """
    return in_order(fcluster(linkage(values, method="ward"), k, criterion="maxclust"))


def k_medoids(between: np.ndarray, k: int) -> np.ndarray:
    """The group of each unit around k of them, from the distances: build, then swap while it helps.

    Source: Kaufman and Rousseeuw (1990), doi:10.1002/9780470316801

    >>> k_medoids(distances(np.array([[0.0], [9.0], [0.1], [9.2]])), 2).tolist()
    [1, 2, 1, 2]
    """
    n = len(between)
    medoids = [int(np.argmin(between.sum(axis=0)))]
    while len(medoids) < k:
        nearest = between[:, medoids].min(axis=1)
        gains = np.maximum(nearest[:, None] - between, 0).sum(axis=0)
        gains[medoids] = -1
        medoids.append(int(np.argmax(gains)))
    best = between[:, medoids].min(axis=1).sum()
    improved = True
    while improved:
        improved = False
        for place in range(k):
            for candidate in (unit for unit in range(n) if unit not in medoids):
                tried = [*medoids[:place], candidate, *medoids[place + 1 :]]
                cost = between[:, tried].min(axis=1).sum()
                if cost < best - 1e-12:
                    medoids, best, improved = tried, cost, True
    return in_order(np.argmin(between[:, medoids], axis=1))


def in_order(groups: np.ndarray) -> np.ndarray:
    """The groups numbered from 1 in the order in which they first appear.

    >>> in_order(np.array([7, 7, 2])).tolist()
    [1, 1, 2]
    """
    numbers = {group: n for n, group in enumerate(dict.fromkeys(groups.tolist()), start=1)}
    return np.array([numbers[group] for group in groups.tolist()])


def silhouette(between: np.ndarray, groups: np.ndarray) -> np.ndarray:
    """The silhouette width of each unit, -1 to 1; 0 where it is alone in its group.

    Source: Rousseeuw (1987), doi:10.1016/0377-0427(87)90125-7

    >>> far = distances(np.array([[0.0], [1.0], [10.0], [11.0]]))
    >>> silhouette(far, np.array([1, 1, 2, 2])).round(3).tolist()
    [0.905, 0.895, 0.895, 0.905]
    """
    names = np.unique(groups)
    sums = np.stack([between[:, groups == name].sum(axis=1) for name in names], axis=1)
    sizes = np.array([(groups == name).sum() for name in names])
    group_of = np.searchsorted(names, groups)
    rows = np.arange(len(groups))
    inside = sums[rows, group_of] / np.maximum(sizes[group_of] - 1, 1)
    means = sums / sizes
    means[rows, group_of] = np.inf
    outside = means.min(axis=1)
    widths = (outside - inside) / np.maximum(np.maximum(outside, inside), 1e-12)
    return np.where(sizes[group_of] > 1, widths, 0.0)


def stability(values: np.ndarray, groups: np.ndarray, draws: int, seed: int) -> np.ndarray:
    """For each group of Ward's method its mean largest Jaccard similarity in bootstrap samples.

    0.75 and more is stable, below 0.6 it should not be trusted.

    Source: Hennig (2007), doi:10.1016/j.csda.2006.11.025

    >>> values = np.array([[0.0], [0.1], [0.2], [9.0], [9.1], [9.2]])
    >>> stability(values, ward(values, 2), draws=20, seed=1).round(2).tolist()
    [1.0, 0.98]
    """
    chance = np.random.default_rng(seed)
    k = int(groups.max())
    similarities: list[list[float]] = [[] for _ in range(k)]
    for _ in range(draws):
        sample = np.unique(chance.integers(0, len(values), len(values)))
        if len(sample) <= k:
            continue
        again = ward(values[sample], k)
        for group in range(1, k + 1):
            members = groups[sample] == group
            if members.any():
                parts = [again == other for other in range(1, k + 1)]
                similarities[group - 1].append(max((members & part).sum() / (members | part).sum() for part in parts))
    return np.array([np.mean(shares) if shares else np.nan for shares in similarities])


def adjusted_rand(first: np.ndarray, second: np.ndarray) -> float:
    """Agreement of two classifications: 1 the same, about 0 by chance.

    Source: Hubert and Arabie (1985), doi:10.1007/BF01908075

    >>> adjusted_rand(np.array([1, 1, 2, 2]), np.array(["a", "a", "b", "b"]))
    1.0
    """
    _, one = np.unique(first, return_inverse=True)
    _, two = np.unique(second, return_inverse=True)
    table = np.zeros((one.max() + 1, two.max() + 1))
    np.add.at(table, (one, two), 1)

    def pairs(counts: np.ndarray) -> float:
        return float((counts * (counts - 1) / 2).sum())

    both, rows, columns = pairs(table), pairs(table.sum(axis=1)), pairs(table.sum(axis=0))
    everything = pairs(np.array([len(first)]))
    expected = rows * columns / everything if everything else 0.0
    most = (rows + columns) / 2
    return (both - expected) / (most - expected) if most > expected else float("nan")
