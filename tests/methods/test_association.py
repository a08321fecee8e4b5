"""Association strength, its exact significance and the comparison of tables against published and slow results."""

import itertools

import numpy as np
import pytest
import scipy
from coproduction.methods import association
from hypothesis import given
from hypothesis import strategies as st


def table(both, first, second, units):
    return [[both, first - both], [second - both, units - first - second + both]]


@given(st.integers(0, 9), st.integers(0, 9), st.integers(0, 9), st.integers(0, 9))
def test_one_group_is_fishers_exact_test(both, only_first, only_second, neither):
    first, second, units = both + only_first, both + only_second, both + only_first + only_second + neither
    found = association.more_than_chance(both, [(first, second, units)])
    peer = scipy.stats.fisher_exact(table(both, first, second, units), alternative="greater")
    assert found == pytest.approx(float(peer.pvalue), abs=1e-12)


def test_several_groups_are_the_exact_conditional_test_of_the_rabbits():
    """Agresti (1990) on penicillin: R's mantelhaen.test(Rabbits, exact = TRUE, alternative = "greater")."""
    groups = [(6, 0, 11), (6, 3, 12), (6, 8, 12), (6, 11, 12), (2, 7, 7)]
    assert association.more_than_chance(0 + 3 + 6 + 5 + 2, groups) == pytest.approx(0.0199724517906)


def test_chances_add_up_and_are_those_of_all_ways_to_place_them():
    first, second, units = 3, 4, 7
    ways = list(itertools.combinations(range(units), first))
    counts = np.bincount([sum(place < second for place in way) for way in ways], minlength=4) / len(ways)
    found = association.together_by_chance(first, second, units)
    assert found == pytest.approx(counts)
    assert association.together_by_chance(5, 6, 7).sum() == pytest.approx(1)


def test_adjusted_p_values_step_up_by_hand():
    p = np.array([0.005, 0.04, 0.011, 0.9])
    steps = sorted(p)
    by_hand = [min(min(1, steps[j] * 6 / (j + 1)) for j in range(i, 4)) for i in range(4)]
    found = association.adjusted(p, 6)
    assert found[np.argsort(p)][:3] == pytest.approx(by_hand[:3])
    assert association.adjusted(p[:0], 0).size == 0


FIRST = np.array([[0, 1, 4, 2], [1, 0, 5, 3], [4, 5, 0, 6], [2, 3, 6, 0.0]])
SECOND = np.array([[0, 2, 3, 1], [2, 0, 6, 4], [3, 6, 0, 5], [1, 4, 5, 0.0]])


def test_the_chance_of_a_shared_order_is_that_of_all_namings():
    """All 24 namings of four things, one by one; scikit-bio 0.7 gives 0.8286 (mantel, Spearman)."""
    found, p = association.shared_order(FIRST, SECOND, 20_000, np.random.default_rng(3))
    off = ~np.eye(4, dtype=bool)
    reached = []
    for names in itertools.permutations(range(4)):
        drawn = SECOND[np.ix_(names, names)]
        reached.append(scipy.stats.spearmanr(FIRST[off], drawn[off]).statistic)
    assert found == pytest.approx(reached[0])
    assert found == pytest.approx(0.8285714285714285)
    assert p == pytest.approx(np.mean(np.array(reached) >= found - 1e-9), abs=0.01)


def test_cells_that_one_table_does_not_know_do_not_count():
    gap = FIRST.copy()
    gap[0, 1] = np.nan
    off = ~np.eye(4, dtype=bool) & ~np.isnan(gap)
    found, _ = association.shared_order(gap, SECOND, 100, np.random.default_rng(3))
    assert found == pytest.approx(scipy.stats.spearmanr(gap[off], SECOND[off]).statistic)


@pytest.mark.parametrize("first", [np.zeros((4, 4)), np.full((4, 4), np.nan), np.zeros((0, 0)), np.eye(2)])
def test_nothing_to_compare_gives_no_number(first):
    found = association.shared_order(first, SECOND[: len(first), : len(first)], 100, np.random.default_rng(3))
    assert np.isnan(found).all()
