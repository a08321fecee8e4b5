"""How much of their words texts share: identical texts, near copies, texts contained in others.

Texts are compared by their shingles, the runs of five words. All pairs are compared exactly, by
products of matrices: for hundreds of documents that takes a second, so that sketches (MinHash,
as in the package datasketch), which estimate, are not needed.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
import scipy

SIZE = 5  # words of a shingle
BLOCK = 8192  # shingles that are multiplied at once
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
    pieces = Pieces()
    return pieces.shingles([pieces.codes(text)])[0]


def words_of(text: str) -> list[str]:
    """The words of a text, whatever their case, without marks.

    >>> words_of("One, TWO!")
    ['one', 'two']
    """
    return _WORD.findall(text.casefold())


class Pieces(dict[str, int]):
    """The different pieces of text between blanks, each with its number, which is its place in the order of them all.

    Texts say the same words again and again: what is told of a piece is found out once.
    """

    def __init__(self) -> None:
        super().__init__()
        self.in_order: list[str] = []

    def __missing__(self, piece: str) -> int:
        self[piece] = code = len(self)
        self.in_order.append(piece)
        return code

    def codes(self, text: str) -> np.ndarray:
        """The numbers of the pieces of a text, in its order.

        >>> Pieces().codes("to be, or not to be,").tolist()
        [0, 1, 2, 3, 0, 1]
        """
        pieces = text.split()
        return np.fromiter(map(self.__getitem__, pieces), dtype=np.int32, count=len(pieces))

    def shingles(self, texts: Iterable[np.ndarray]) -> list[np.ndarray]:
        """As the function `shingles`, of several texts, each by the numbers of its pieces.

        Source: Broder (1997), doi:10.1109/SEQUEN.1997.666900

        >>> pieces = Pieces()
        >>> [len(own) for own in pieces.shingles([pieces.codes("One, two three-four five six."), pieces.codes("Short.")])]
        [2, 0]
        """
        divided = list(map(words_of, self.in_order))
        many = np.array(list(map(len, divided)), dtype=np.int64)
        first = np.cumsum(many) - many
        words = np.array([word for words_of_piece in divided for word in words_of_piece], dtype=object)
        numbers = pd.util.hash_array(words, categorize=False) if len(words) else np.zeros(0, dtype=np.uint64)
        return [_runs(numbers[_expanded(first[codes], many[codes])]) for codes in texts]


def _expanded(first: np.ndarray, many: np.ndarray) -> np.ndarray:
    """first[0], first[0] + 1 … as `many` as are told, then those from first[1] on, and so on."""
    ends = np.cumsum(many)
    return np.repeat(first - ends + many, many) + np.arange(ends[-1] if len(ends) else 0)


def _runs(numbers: np.ndarray) -> np.ndarray:
    """Sorted numbers of the different runs of SIZE words."""
    if len(numbers) < SIZE:
        return np.zeros(0, dtype=np.uint64)
    runs = np.zeros(len(numbers) - SIZE + 1, dtype=np.uint64)
    for place in range(SIZE):
        runs = (runs + numbers[place : place + len(runs)]) * _FACTOR
        runs ^= runs >> np.uint64(29)
    runs.sort()
    return runs[np.concatenate([[True], runs[1:] != runs[:-1]])]


def similar_pairs(sets: Sequence[np.ndarray], least: float, fewest: int = 30) -> list[Pair]:
    """Pairs of texts of which at least `least` of the shorter one's shingles are in the other.

    sets: the shingles of each text; texts with fewer than `fewest` are not compared.

    Source: Broder (1997), doi:10.1109/SEQUEN.1997.666900

    >>> whole = np.arange(100, dtype=np.uint64)
    >>> [(p.texts, p.resemblance, p.second) for p in similar_pairs([whole, whole[:50]], 0.8)]
    [((0, 1), 0.5, 1.0)]
    """
    sizes = np.array(
        [len(shingles_of_text) if len(shingles_of_text) >= fewest else 0 for shingles_of_text in sets], dtype=np.int64
    )
    if (sizes > 0).sum() < 2:
        return []
    rows, columns = _shared(sets, sizes)
    common = _common(rows, columns, len(sets))
    firsts, seconds = np.nonzero(np.triu(common, 1))
    shared, shorter = common[firsts, seconds], np.minimum(sizes[firsts], sizes[seconds])
    pairs = []
    for place in np.flatnonzero((shared >= least * shorter) & (shorter > 0)).tolist():
        first, second, n = int(firsts[place]), int(seconds[place]), shared[place]
        together = sizes[first] + sizes[second] - n
        pairs.append(Pair((first, second), *(float(n / whole) for whole in (together, sizes[first], sizes[second]))))
    return pairs


def _shared(sets: Sequence[np.ndarray], sizes: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The text and the number (from 0) of each shingle that more than one text has, shingle by shingle."""
    hashes = np.concatenate([shingles_of_text[:size] for shingles_of_text, size in zip(sets, sizes, strict=True)])
    order = np.argsort(hashes)
    hashes, rows = hashes[order], np.repeat(np.arange(len(sets)), sizes)[order]
    starts = np.concatenate([[True], hashes[1:] != hashes[:-1]])
    several = ~(starts & np.concatenate([starts[1:], [True]]))
    return rows[several], np.cumsum(starts[several]) - 1


def _common(rows: np.ndarray, columns: np.ndarray, n: int) -> np.ndarray:
    """How many shingles each pair of texts shares.

    Shingles of few texts are multiplied as a sparse matrix, those of many (at least one text in ten, as of forms) as a
    dense one, part by part.
    """
    many = np.bincount(columns) * 10 >= n if len(columns) else np.zeros(0, dtype=bool)
    dense = many[columns]
    common = np.zeros((n, n), dtype=np.int64)
    if not dense.all():
        ones, shape = np.ones((~dense).sum(), dtype=np.int32), (n, len(many))
        sparse = scipy.sparse.csr_matrix((ones, (rows[~dense], columns[~dense])), shape)
        common += (sparse @ sparse.T).toarray()
    rows, columns = rows[dense], (np.cumsum(many) - 1)[columns[dense]]
    for start in range(0, int(many.sum()), BLOCK):
        in_block = slice(*np.searchsorted(columns, [start, start + BLOCK]))
        block = np.zeros((n, BLOCK), dtype=np.float32)  # exact up to 16 million
        block[rows[in_block], columns[in_block] - start] = 1
        common += (block @ block.T).astype(np.int64)
    return common
