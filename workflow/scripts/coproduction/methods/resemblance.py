"""How much of their words texts share: identical texts, near copies, texts contained in others.

Texts are compared by their shingles, the runs of five words. All pairs are compared exactly, by one
product of a sparse matrix: for hundreds of documents that takes a second, so that sketches (MinHash,
as in the package datasketch), which estimate, are not needed.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.sparse import csr_matrix

SIZE = 5  # words of a shingle
_WORD = re.compile(r"\w+")
_FACTOR = np.uint64(0x9E3779B97F4A7C15)


@dataclass(frozen=True)
class Pair:
    """Two texts by their places, the first before the second, and the shares of their shingles.

    resemblance: shared shingles in all of both; first and second: in those of one alone.
    """

    texts: tuple[int, int]
    resemblance: float
    first: float
    second: float


def shingles(text: str) -> np.ndarray:
    """Sorted numbers (64 bits) of the different shingles; case, marks and lines do not count.

    Source: Broder (1997), doi:10.1109/SEQUEN.1997.666900

    >>> len(shingles("One two three four five six.")), len(shingles("Too short."))
    (2, 0)
    """
    return shingles_of(words_of(text))


def words_of(text: str) -> list[str]:
    """The words of a text, whatever their case, without marks.

    >>> words_of("One, TWO!")
    ['one', 'two']
    """
    return _WORD.findall(text.casefold())


def shingles_of(words: Sequence[str]) -> np.ndarray:
    """As `shingles`, of words.

    Source: Broder (1997), doi:10.1109/SEQUEN.1997.666900

    >>> len(shingles_of("one two three four five six".split()))
    2
    """
    if len(words) < SIZE:
        return np.zeros(0, dtype=np.uint64)
    codes, different = pd.factorize(np.array(words, dtype=object))
    numbers = pd.util.hash_array(np.asarray(different, dtype=object), categorize=False)[codes]
    runs = np.zeros(len(words) - SIZE + 1, dtype=np.uint64)
    for place in range(SIZE):
        runs = (runs + numbers[place : place + len(runs)]) * _FACTOR
        runs ^= runs >> np.uint64(29)
    return np.unique(runs)


def similar_pairs(sets: Sequence[np.ndarray], least: float, fewest: int = 30) -> list[Pair]:
    """Pairs of texts of which at least `least` of the shorter one's shingles are in the other.

    sets: the shingles of each text; texts with fewer than `fewest` are not compared.

    Source: Broder (1997), doi:10.1109/SEQUEN.1997.666900

    >>> whole = np.arange(100, dtype=np.uint64)
    >>> [(p.texts, p.resemblance, p.second) for p in similar_pairs([whole, whole[:50]], 0.8)]
    [((0, 1), 0.5, 1.0)]
    """
    sizes = np.array([len(own) if len(own) >= fewest else 0 for own in sets], dtype=np.int64)
    if (sizes > 0).sum() < 2:
        return []
    held = np.concatenate([own[:size] for own, size in zip(sets, sizes, strict=True)])
    columns, _ = pd.factorize(held)
    rows = np.repeat(np.arange(len(sets)), sizes)
    present = csr_matrix((np.ones(len(held), dtype=np.int32), (rows, columns)))
    shared = (present @ present.T).tocoo()
    found = []
    order = np.lexsort((shared.col, shared.row))
    for first, second, n in zip(
        shared.row[order].tolist(), shared.col[order].tolist(), shared.data[order].tolist(), strict=True
    ):
        if first < second and n >= least * min(sizes[first], sizes[second]):
            together = sizes[first] + sizes[second] - n
            shares = (n / whole for whole in (together, sizes[first], sizes[second]))
            found.append(Pair((first, second), *map(float, shares)))
    return found
