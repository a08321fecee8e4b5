"""Candidate pairs that are simply different works, told by a few fields before all are compared.

Most candidates share nothing but a neighbourhood. Where the titles are less than half alike, no identifier is
the same, nor the page (or the years are too far apart), and no title can be within the other, no other
field can make up for it: the score stays below BOUND, and there is nothing to link. The scores of the rest
are the same with and without this step (tests/methods/test_plain_strangers.py).
"""

import numpy as np
import pandas as pd
from rapidfuzz import fuzz

from coproduction.methods.duplicates.compared import Features
from coproduction.methods.duplicates.same_work import similarity

# Prior and weight of such titles with the best of authors, journal, volume, issue and abstract, and either
# the same year and another page (-6.5) or the same page and another year (-6).
BOUND = -6.0
YEARS = 2  # from which on years contradict each other
HALF = 50  # per cent of likeness from which titles may be those of one work
LONGER = 2.5  # times as long: at most so much, and a title within another one is half alike at least


class PlainStrangers:
    """What tells pairs apart, as numbers made once for all of the entries.

    >>> from coproduction.methods.duplicates.compared import features_of
    >>> f = features_of(["citizens as partners", "doors of an old house", "doors of the old house"])
    >>> PlainStrangers(f).among(np.array([(0, 1), (1, 2)])).tolist()
    [True, False]
    """

    def __init__(self, f: Features) -> None:
        self._f = f
        self._equal = [_codes(values) for values in (f.doi, f.pmid, f.span, f.heads)]
        self._page = _codes(f.page)
        self._second = (f.other_title != "").astype(bool)
        self._tongues = [_codes(values) for values in (f.tongue, f.language)]
        self._volume = _codes(f.volume)
        self._length = np.fromiter(map(len, f.title), dtype=np.int32, count=len(f.title))

    def among(self, pairs: np.ndarray, workers: int = 1) -> np.ndarray:
        """Whether each pair (positions, shape (m, 2)) is one of two works that have nothing to do with each other."""
        a, b = pairs[:, 0], pairs[:, 1]
        apart = (self._length[a] > 0) & (self._length[b] > 0)
        for codes in self._equal:
            apart &= (codes[a] != codes[b]) | (codes[a] < 0)
        years = self._f.year
        other_year = (years[a] > 0) & (years[b] > 0) & (np.abs(years[a] - years[b]) >= YEARS)
        elsewhere = (self._page[a] != self._page[b]) | (self._page[a] < 0)
        apart &= elsewhere | (other_year & ~self._second[a] & ~self._second[b])
        for codes in self._tongues:
            apart &= (codes[a] == codes[b]) | (codes[a] < 0) | (codes[b] < 0)
        shorter, longer = np.minimum(self._length[a], self._length[b]), np.maximum(self._length[a], self._length[b])
        volumes = (self._volume[a] != self._volume[b]) & (self._volume[a] >= 0) & (self._volume[b] >= 0)
        apart &= (longer <= LONGER * shorter) | volumes
        for scorer in (fuzz.ratio, fuzz.token_sort_ratio):
            remaining = np.flatnonzero(apart)
            apart[remaining] = similarity(self._f.title, a[remaining], b[remaining], scorer, workers, HALF) < HALF / 100
        return apart


def _codes(values: np.ndarray) -> np.ndarray:
    """A number for each value, the same for equal ones; below zero where it is empty."""
    codes, _ = pd.factorize(values)
    return np.where(values == "", -1, codes).astype(np.int32)
