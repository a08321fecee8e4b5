"""Which pairs of entries are worth comparing: a few out of the n²/2.

Sorted neighbourhood within blocks (Hernández and Stolfo 1995, doi:10.1145/223784.223807): entries
that share a key are sorted by title, and each is paired with its next few neighbours. The number of
pairs is at most keys × window × n and the cost that of sorting, whatever the size of a block.
"""

import numpy as np
import pandas as pd

from coproduction.methods.distinct import distinct
from coproduction.methods.duplicates.compared import Features, object_array, significant

WINDOW = 12  # neighbours within a block; a block of 13 entries is compared completely
NEIGHBOURS = 3  # neighbours in the list of all titles
CROWD = 5  # entries with one volume and first page that are likely several works


def candidate_pairs(f: Features, window: int = WINDOW) -> np.ndarray:
    """Pairs (i < j) of positions, shape (m, 2), sorted, each once.

    >>> from coproduction.methods.duplicates.compared import features_of
    >>> f = features_of(["doors of houses", "keys", "doors of houses"])
    >>> [0, 2] in candidate_pairs(f).tolist()
    True
    """
    n = len(f.title)
    if n < 2:
        return np.empty((0, 2), dtype=np.int64)
    rank = _ranks(f.title.tolist())
    codes = [_neighbours(rank, np.zeros(n, dtype=np.int64), NEIGHBOURS)]
    for key in _keys(f):
        group, _ = pd.factorize(key)
        group = np.where(key == "", -1, group)
        codes.append(_neighbours(rank, group, window))
    return np.column_stack(np.divmod(distinct(np.concatenate(codes)), n))


def _ranks(words: list[str]) -> np.ndarray:
    """The place of each word in their order; Python sorts words in half the time that NumPy takes."""
    ranks = np.empty(len(words), dtype=np.int64)
    ranks[sorted(range(len(words)), key=words.__getitem__)] = np.arange(len(words))
    return ranks


def _keys(f: Features):
    """Block keys, each an array of text; an empty key joins nobody."""
    year = np.where(f.year > 0, f.year, 0).astype(str).astype(object)
    yield f.doi_stem
    yield f.pmid
    yield object_array(t.replace(" ", "") for t in f.title)
    first, last, longest = [], [], []
    for title in f.title:
        words = significant(title, 99)
        first.append(_joined(words[:4], 5))
        last.append(_joined(words[-4:], 5))
        longest.append(_joined(sorted(words, key=len)[-3:], 12))
    yield object_array(first)
    yield object_array(last)
    yield object_array(longest)
    yield _join(f.first_author, year)
    yield _join(f.first_author, f.page)
    yield _join(f.first_author, f.volume, f.issue)
    yield _of_a_year(_join(f.volume, f.page), f.year)
    yield _join(f.initials, f.volume, f.page)
    yield object_array(a[:60] if len(a) > 80 else "" for a in f.abstract)


def _of_a_year(place: np.ndarray, year: np.ndarray) -> np.ndarray:
    """The places, those with a crowd of entries divided by their years.

    There are a few ten thousand volumes with a page, so that in large searches each has entries of many journals: these pairs
    would be ever more, up to the window. A place with an entry without a year stays whole.
    """
    block, _ = pd.factorize(place)
    crowded = (np.bincount(block)[block] >= CROWD) & ~np.isin(block, block[year == 0]) & (place != "")
    divided = place.copy()
    divided[crowded] = object_array(f"{p}|{y}" for p, y in zip(place[crowded], year[crowded].tolist(), strict=True))
    return divided


def _joined(words: list[str], letters: int) -> str:
    return " ".join(w[:letters] for w in words) if len(words) > 2 else ""


def _join(*parts: np.ndarray) -> np.ndarray:
    """Parts joined to one key; empty where any part is."""
    columns = (p.tolist() for p in parts)
    return object_array("|".join(v) if all(v) and "0" not in v else "" for v in zip(*columns, strict=True))


def _neighbours(rank: np.ndarray, group: np.ndarray, window: int) -> np.ndarray:
    """Pairs within the same group at most `window` apart in rank, coded as i · n + j with i < j."""
    n = len(rank)
    order = np.lexsort((rank, group))
    order = order[group[order] >= 0]
    pairs = []
    for step in range(1, min(window, len(order) - 1) + 1):
        a, b = order[:-step], order[step:]
        same = group[a] == group[b]
        if not same.any():
            break
        a, b = a[same], b[same]
        pairs.append(np.minimum(a, b).astype(np.int64) * n + np.maximum(a, b))
    return np.concatenate(pairs) if pairs else np.empty(0, dtype=np.int64)
