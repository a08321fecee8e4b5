"""How often each word and each pair of neighbours is in which text.

Words are numbers and pairs have codes that follow from them: a word's number times one more than there are words, and
for a pair the number of the second word plus one. They are grouped by counting, which compares none of them.
"""

import itertools
from dataclasses import dataclass

import numpy as np
from scipy import sparse

FEW = 20  # texts up to which document frequencies say nothing
BLOCK = 4_000_000  # words counted together at most
BLOCKS = 8  # in which they are counted, unless so many words would be more
LEAST = 250_000  # words worth a block


@dataclass(frozen=True)
class Text:
    """All words in a row: the number of each, which of the `n` records it is in (rising), and whether in its title."""

    ids: np.ndarray
    owner: np.ndarray
    in_title: np.ndarray
    n: int


@dataclass(frozen=True)
class _Grouped:
    """Pairs of whole numbers grouped by a third: those of its value v are from `ends`[v] to `ends`[v + 1]."""

    both: np.ndarray
    ends: np.ndarray

    @property
    def first(self) -> np.ndarray:
        """The first of each pair."""
        return self.both.view(np.int32)[1::2]

    @property
    def second(self) -> np.ndarray:
        """The second of each pair."""
        return self.both.view(np.int32)[::2]


def blocks_of(ids: np.ndarray, size: int) -> list[tuple[int, int]]:
    """Ranges of word numbers that hold about as many words of the text each.

    >>> blocks_of(np.array([0, 1, 1, 2]), 3)
    [(0, 3)]
    """
    reached = np.bincount(ids, minlength=size).cumsum()
    block = min(max(len(ids) // BLOCKS, LEAST), BLOCK)
    marks = np.arange(block, len(ids), block)
    cuts = sorted({0, size, *(np.searchsorted(reached, marks) + 1).clip(max=size).tolist()})
    return list(itertools.pairwise(cuts))


def count_terms(text: Text, low: int, high: int, width: int) -> tuple[np.ndarray, ...]:
    """Codes of words and pairs, in how many records each is, in which, and how often there.

    Those of the words from `low` to before `high` and the pairs that begin with them, in rising order. With them the
    records of what is in one of many records only, and how often it is there. width: one more than there are words.

    >>> text = Text(np.array([0, 1, 0, 1]), np.array([0, 0, 1, 1]), np.ones(4, dtype=bool), 2)
    >>> codes, many, owners, times, *_ = count_terms(text, 0, 2, 3)
    >>> codes.tolist(), many.tolist(), owners.tolist()
    ([0, 2, 3], [2, 2, 2], [0, 1, 0, 1, 0, 1])
    """
    terms = _terms(text, low, high)
    starts_of_words = terms.ends[:-1][np.diff(terms.ends) > 0]
    new = np.diff(terms.both, prepend=-1) != 0
    new[starts_of_words] = True
    first = np.flatnonzero(new)
    times = np.diff(first, append=len(terms.both)).astype(np.int32)
    word = np.repeat(np.arange(low, low + len(terms.ends) - 1), np.diff(terms.ends))[first]
    codes, owners = word * width + terms.first[first], terms.second[first]
    starts = np.flatnonzero(np.diff(codes, prepend=-1))
    spread = np.diff(starts, append=len(codes))
    telling = is_telling(spread, text.n)
    entries = np.repeat(telling, spread)
    single = np.repeat((spread == 1) & ~telling, spread)
    return codes[starts][telling], spread[telling], owners[entries], times[entries], owners[single], times[single]


def _terms(text: Text, low: int, high: int) -> _Grouped:
    """The words from `low` to before `high`, each alone and with the next one: 0 or that one from 1 on, and the record."""
    here = np.flatnonzero((text.ids >= low) & (text.ids < high))
    first = here[: -1 if len(here) and here[-1] == len(text.ids) - 1 else None]
    first = first[text.owner[first + 1] == text.owner[first]]
    second = text.ids[first + 1]
    pairs = _grouped(second, int(second.max(initial=-1)) + 1, text.ids[first], text.owner[first])
    seconds = np.repeat(np.arange(1, len(pairs.ends), dtype=np.int32), np.diff(pairs.ends))
    return _grouped(
        np.concatenate([text.ids[here], pairs.first]) - low,
        high - low,
        np.concatenate([np.zeros(len(here), dtype=np.int32), seconds]),
        np.concatenate([text.owner[here], pairs.second]),
    )


def _grouped(by: np.ndarray, size: int, first: np.ndarray, second: np.ndarray) -> _Grouped:
    """Pairs in rising order of `by` (below `size`), equal ones as they come; whole numbers of 32 bits.

    SciPy turns a row into columns by counting how long each will be, which takes half the time of sorting.
    """
    both = np.empty((len(by), 2), dtype=np.int32)
    both[:, 0], both[:, 1] = second, first  # moved and compared as one number of 64 bits
    row = sparse.csr_matrix((both.view(np.int64).ravel(), by, [0, len(by)]), (1, size)).tocsc()
    return _Grouped(row.data, row.indptr)


def is_telling(spread: np.ndarray, n: int) -> np.ndarray:
    """Terms of two records or more, but not of more than 95 %: others say not who is alike.

    >>> is_telling(np.array([1, 2, 40]), 40).tolist()
    [False, True, False]
    """
    if n <= FEW:
        return np.ones(len(spread), dtype=bool)
    return (spread >= 2) & (spread <= 0.95 * n)
