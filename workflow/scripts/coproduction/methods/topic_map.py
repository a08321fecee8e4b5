"""Topics beside one another: how far apart they are, where they lie on a map, which belong together.

scikit-learn scales the distances to two dimensions and measures silhouettes, SciPy joins topics.
pyLDAvis draws such a map as a page that runs in a browser; a figure for paper needs places alone.
"""

import numpy as np
import scipy

NUDGES, APART = 500, 0.02  # rounds in which circles are pushed apart; room between them


def distances(terms: np.ndarray) -> np.ndarray:
    """Jensen-Shannon distances of topics (topics x topics, 0 the same to 1 no term in common).

    terms: topics x terms, weights of 0 or more; the root of the divergence in bits, a metric.

    Source: Lin (1991), IEEE Transactions on Information Theory 37, 145-151, doi:10.1109/18.61115;
    Endres and Schindelin (2003), IEEE Transactions on Information Theory 49, 1858-1860,
    doi:10.1109/TIT.2003.813506.

    >>> distances(np.array([[1.0, 1, 0], [2, 2, 0], [0, 0, 3]])).round(6).tolist()
    [[0.0, 0.0, 1.0], [0.0, 0.0, 1.0], [1.0, 1.0, 0.0]]
    """
    spread = terms / terms.sum(axis=1, keepdims=True)
    apart = scipy.spatial.distance.pdist(spread, "jensenshannon") / np.sqrt(np.log(2))
    return scipy.spatial.distance.squareform(np.nan_to_num(apart))


def on_plane(apart: np.ndarray) -> tuple[np.ndarray, float]:
    """Places in two dimensions (items x 2) whose distances are nearest to those given, and the share kept.

    apart: items x items, distances. The share is that of the first two eigenvalues among all positive
    ones, 1 where nothing is lost. The larger deviation on each axis is on the positive side.

    Source: Torgerson (1952), Psychometrika 17, 401-419, doi:10.1007/BF02288916.

    >>> places, kept = on_plane(np.array([[0.0, 1, 2], [1, 0, 1], [2, 1, 0]]))
    >>> np.abs(places[:, 0]).round(6).tolist(), round(kept, 6)
    ([1.0, 0.0, 1.0], 1.0)
    """
    items = len(apart)
    if items < 2 or not apart.any():
        return np.zeros((items, 2)), 1.0
    squares = apart**2
    centred = -0.5 * (squares - squares.mean(0) - squares.mean(1)[:, None] + squares.mean())
    values = np.linalg.eigvalsh(centred)
    from sklearn.manifold import ClassicalMDS  # here, since figures and the choice of a number need no map

    scaled = ClassicalMDS(n_components=2, metric="precomputed").fit_transform(apart)
    places = np.nan_to_num(scaled)
    places = np.where(np.abs(places) < 1e-9, 0.0, places)
    largest = places[np.abs(places).round(9).argmax(axis=0), [0, 1]]
    places = places * np.where(largest < 0, -1.0, 1.0)
    positive = np.sort(values[values > 0])[::-1]
    return places, float(positive[:2].sum() / positive.sum())


def groups(apart: np.ndarray, most: int) -> tuple[np.ndarray, float]:
    """A group for each item, numbered as they come, and the mean silhouette of the groups (-1 to 1).

    apart: items x items, distances; most: groups at most. Items are joined by average linkage; the number of
    groups, 2 or more, is the one with the highest mean silhouette, of equal ones the smaller. One group and
    NaN with fewer than four items.

    Source: Sokal and Michener (1958), University of Kansas Science Bulletin 38, 1409-1438; Rousseeuw (1987),
    Journal of Computational and Applied Mathematics 20, 53-65, doi:10.1016/0377-0427(87)90125-7.

    >>> places = np.array([0.0, 0.1, 5, 5.1])
    >>> groups(np.abs(places[:, None] - places), 3)[0].tolist()
    [0, 0, 1, 1]
    """
    if len(apart) < 4 or most < 2:
        return np.zeros(len(apart), dtype=int), float("nan")
    from sklearn.metrics import silhouette_score

    tree = scipy.cluster.hierarchy.linkage(scipy.spatial.distance.squareform(apart), "average")
    best, of_best = -2.0, np.zeros(len(apart), dtype=int)
    for number in range(2, min(most, len(apart) - 1) + 1):
        labels = scipy.cluster.hierarchy.fcluster(tree, number, "maxclust")
        if len(set(labels)) < 2:
            continue
        quality = round(float(silhouette_score(apart, labels, metric="precomputed")), 9)
        if quality > best:
            best, of_best = quality, labels
    if best == -2.0:
        return np.zeros(len(apart), dtype=int), float("nan")
    numbers = {label: n for n, label in enumerate(dict.fromkeys(of_best.tolist()))}
    return np.array([numbers[label] for label in of_best.tolist()]), best


def pushed_apart(places: np.ndarray, radii: np.ndarray) -> np.ndarray:
    """Places of circles that do not overlap, near the ones given; the same every time.

    places: circles x 2; radii: of each, in the same unit. Two that overlap move apart by half of it each, until
    none do; what is left after 500 rounds overlaps by less than the room between circles.

    >>> pushed_apart(np.array([[0.0, 0], [1, 0]]), np.array([1.0, 1])).round(2).tolist()
    [[-0.51, 0.0], [1.51, 0.0]]
    """
    places = places.astype(float).copy()
    for _ in range(NUDGES):
        moved = False
        for i in range(len(places)):
            for j in range(i):
                way = places[i] - places[j]
                length = float(np.hypot(*way))
                lacks = radii[i] + radii[j] + APART - length
                if lacks > 1e-6:
                    moved = True
                    way = way / length if length > 1e-9 else np.array([np.cos(i), np.sin(i)])
                    places[i] += way * lacks / 2
                    places[j] -= way * lacks / 2
        if not moved:
            break
    return places
