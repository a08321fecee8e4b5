"""Which entries are compared where a volume with a page is that of many journals."""

import numpy as np
import pytest
from coproduction.methods.duplicates.blocking import CROWD, candidate_pairs
from coproduction.methods.duplicates.compared import features_of


def pairs_at_one_place(years):
    """Pairs among works of one volume and page; in the alphabet their titles are far from each other."""
    count = len(years)
    letters = "abcdefghijklmnopqrstuvwxyz"[:count]
    titles = [f"{letter}a {letter}b {letter}c" for letter in letters]
    others = [f"{letter}d {letter}{number} {number}" for letter in letters for number in "efgh"]
    place = ["7"] * count + [""] * len(others)
    f = features_of([*titles, *others], volume=place, page=place, year=[*years, *[2000] * len(others)])
    return {(i, j) for i, j in candidate_pairs(f).tolist() if j < count}


def test_few_works_at_a_place_are_all_compared():
    years = [1990 + 3 * number for number in range(CROWD - 1)]
    assert len(pairs_at_one_place(years)) == (CROWD - 1) * (CROWD - 2) / 2


def test_many_are_compared_within_a_year():
    assert pairs_at_one_place([1990, 1990, 2001, 2012, 2012, 2012]) == {(0, 1), (3, 4), (3, 5), (4, 5)}


def test_a_place_with_a_work_of_no_year_stays_whole():
    assert len(pairs_at_one_place([1990, 0, 2001, 2012, 2015, 2019])) == 15


@pytest.mark.parametrize("times", [1, 4])
def test_pairs_grow_as_the_entries_where_places_fill_up(times):
    random = np.random.default_rng(3)
    count = 2_000 * times
    place = random.integers(1, 21, (2, count)).astype(str)
    titles = [" ".join(map(str, words)) for words in random.integers(0, 10**6, (count, 6))]
    f = features_of(titles, volume=place[0], page=place[1], year=random.integers(1985, 2026, count))
    assert len(candidate_pairs(f)) < 5 * count  # 3 of them neighbours by title
