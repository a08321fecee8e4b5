"""Duplicate clusters from scored pairs, with what people decided in force.

Union-find over the pairs from the surest on. Two clusters are not joined when somebody decided to
keep a pair of them apart, or when they hold different DOIs and no pair between them says more than
a similar text: one wrong pair must not chain two studies together.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np


@dataclass
class Clusters:
    """`label` gives each entry its cluster (the smallest position in it).

    `refused` are positions (in the order given) of pairs that would have joined clusters that must
    stay apart.
    """

    label: np.ndarray
    refused: list[int] = field(default_factory=list)


def cluster_pairs(
    n: int,
    pairs: np.ndarray,
    strength: np.ndarray,
    doi: np.ndarray,
    sure: np.ndarray,
    merge: Sequence[tuple[int, int]] = (),
    keep: Sequence[tuple[int, int]] = (),
) -> Clusters:
    """Clusters of `n` entries.

    `pairs` (m, 2) with `strength`; `sure` marks those that join in spite of different DOIs (the
    same number elsewhere, or every other field equal). `merge` and `keep` are people's decisions.

    >>> pairs = np.array([(0, 1), (1, 2)])
    >>> dois = np.array(["a", "", "b"], dtype=object)
    >>> found = cluster_pairs(3, pairs, np.array([9.0, 5.0]), dois, np.array([False, False]))
    >>> found.label.tolist(), found.refused
    ([0, 0, 2], [1])
    """
    parent = list(range(n))
    dois: dict[int, set] = {i: {d} for i, d in enumerate(doi) if d}
    apart: dict[int, set[int]] = {}
    for i, j in keep:
        apart.setdefault(i, set()).add(j)
        apart.setdefault(j, set()).add(i)
    members: dict[int, list[int]] = {}

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    def forbidden(i: int, j: int) -> bool:
        small, large = sorted((i, j), key=lambda r: len(members.get(r, (r,))))
        return any(root(other) == large for m in members.get(small, (small,)) for other in apart.get(m, ()))

    def join(i: int, j: int) -> None:
        low, high = min(i, j), max(i, j)
        parent[high] = low
        members.setdefault(low, [low]).extend(members.pop(high, [high]))
        if high in dois:
            dois.setdefault(low, set()).update(dois.pop(high))

    for i, j in merge:
        if root(i) != root(j):
            join(root(i), root(j))
    refused = []
    order: Sequence[int] = np.lexsort((pairs[:, 1], pairs[:, 0], -strength)).tolist() if len(pairs) else []
    for k in order:
        i, j = root(int(pairs[k, 0])), root(int(pairs[k, 1]))
        if i == j:
            continue
        other_doi = i in dois and j in dois and not dois[i] & dois[j]
        if (other_doi and not sure[k]) or (apart and forbidden(i, j)):
            refused.append(int(k))
            continue
        join(i, j)
    return Clusters(np.array([root(i) for i in range(n)], dtype=np.int64), refused)
