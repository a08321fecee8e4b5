"""Change between rounds against published rules, SciPy, statsmodels or slow loops."""

import itertools

import numpy as np
import pytest
from coproduction.methods import stability
from hypothesis import given, settings
from hypothesis import strategies as some
from scipy import stats

pairs = some.lists(some.tuples(some.integers(0, 2), some.integers(0, 2)), min_size=1, max_size=9)


def test_exact_signed_rank_is_scipys_where_scipy_can_and_brute_force_elsewhere():
    before = np.array([1, 2, 3, 4, 5, 6, 7.0])
    after = before + np.array([0.5, -1, 1.5, 2, 2.5, 3, 3.5])
    p = stats.wilcoxon(after, before, method="exact").pvalue
    assert stability.signed_rank(before, after)[1] == pytest.approx(p)
    change = np.array([0, 1, 1, -1, 2, 2, 3, 0, -2])
    ranks = stats.rankdata(np.abs(change))[change != 0]
    signs = np.array(np.meshgrid(*[[0, 1]] * len(ranks))).reshape(len(ranks), -1)
    sums = ranks @ signs
    up = ranks[change[change != 0] > 0].sum()
    wanted = np.mean(np.abs(sums - ranks.sum() / 2) >= abs(up - ranks.sum() / 2))
    assert stability.signed_rank(np.zeros(9), change)[1] == pytest.approx(wanted)
    assert stability.signed_rank(before, before)[1] == 1


def test_net_change_does_not_see_swapped_places_but_individual_measures_do():
    before, after = np.array([2, 2, 8, 8]), np.array([8, 8, 2, 2])
    assert stability.net_change(before, after) == 0
    assert stability.unchanged(before, after) == 0
    assert stability.net_change(np.array([1, 1, 1, 1]), np.array([1, 1, 2, 2])) == 0.5


@settings(max_examples=60, deadline=None)
@given(pairs)
def test_homogeneity_is_the_test_that_turns_every_pair_round(values):
    table = np.zeros((3, 3), int)
    for before, after in values:
        table[before, after] += 1

    steps = np.array([np.eye(3)[before][:2] - np.eye(3)[after][:2] for before, after in values])
    inverse = np.linalg.pinv(sum(np.outer(step, step) for step in steps))  # the same whichever way a pair is turned
    gaps = np.array(list(itertools.product([1, -1], repeat=len(steps)))) @ steps
    found = ((gaps @ inverse) * gaps).sum(axis=1)  # of the pairs as they are first
    wanted = np.mean(found >= found[0] - 1e-9)
    assert stability.homogeneity(table) == pytest.approx(wanted)


def test_homogeneity_of_large_panels_is_stuart_and_maxwells():
    tables = pytest.importorskip("statsmodels.stats.contingency_tables")
    table = np.array([[300, 150, 60], [90, 500, 200], [80, 120, 700]])
    wanted = tables.SquareTable(table, shift_zeros=False).homogeneity("stuart_maxwell").pvalue
    assert stability.homogeneity(table) == pytest.approx(wanted)
    small = table // 30
    close = tables.SquareTable(small, shift_zeros=False).homogeneity("stuart_maxwell").pvalue
    assert stability.homogeneity(small) == pytest.approx(close, abs=0.03)


def test_dajani_and_chaffin_talley_are_the_chi_squares_of_scipy():
    before = np.array([0] * 10 + [1] * 15 + [2] * 15)
    after = np.array([0] * 6 + [1] * 4 + [1] * 9 + [2] * 6 + [2] * 12 + [0] * 3)
    rows = [np.bincount(before, minlength=3), np.bincount(after, minlength=3)]
    wanted = stats.chi2_contingency(rows, correction=False)
    found = stability.group_stability(before, after)
    assert (found.chi2, found.p) == pytest.approx((wanted.statistic, wanted.pvalue))
    table = stability.crossed_thirds(before, after)
    assert table.sum(1).tolist() == [10, 15, 15]
    wanted = stats.chi2_contingency(table, correction=False)
    found = stability.individual_stability(table)
    assert (found.chi2, found.df, found.p) == pytest.approx((wanted.statistic, 4, wanted.pvalue))
    assert found.smallest == pytest.approx(wanted.expected_freq.min())


def test_lambda_is_the_share_of_errors_that_knowing_the_round_before_saves():
    table = np.array([[8, 1, 0], [2, 5, 2], [0, 1, 6]])
    without, with_it = table.sum() - table.sum(0).max(), table.sum() - table.max(1).sum()
    assert stability.association(table) == pytest.approx((without - with_it) / without)
    assert np.isnan(stability.association(np.array([[3, 0, 0], [4, 0, 0], [0, 0, 0]])))
    moved_up = np.array([[0, 5, 0], [0, 0, 5], [0, 0, 0]])
    assert stability.association(moved_up) == 1  # association is not agreement


def test_permuted_independence_is_fishers_exact_test_of_two_by_two():
    table = np.array([[6, 1, 0], [2, 5, 0], [0, 0, 0]])
    found = stability.permuted_independence(table, np.random.default_rng(1))
    chi2 = stats.chi2_contingency(table[:2, :2], correction=False).statistic
    rows, columns, n = (7, 7), (8, 6), 14
    p = 0.0
    for a in range(8):
        case = np.array([[a, rows[0] - a], [columns[0] - a, rows[1] - (columns[0] - a)]])
        if (case >= 0).all() and stats.chi2_contingency(case, correction=False)[0] >= chi2 - 1e-9:
            p += stats.hypergeom.pmf(a, n, columns[0], rows[0])
    assert found == pytest.approx(p, abs=0.01)


def test_net_change_is_that_of_a_hand_count():
    before = np.array([1, 1, 2, 3, 3, 3, 4, 5, 5, 5])
    after = np.array([1, 2, 2, 3, 3, 4, 4, 4, 5, 5])
    # Histograms 2 1 3 1 3 and 1 2 2 3 2: 1 + 1 + 1 + 2 + 1 = 6 units, 3 people, of 10.
    assert stability.net_change(before, after) == pytest.approx(0.3)


def test_spearman_friedman_and_mcnemar_are_scipys():
    rng = np.random.default_rng(4)
    x, y, z = rng.integers(1, 10, (3, 20))
    assert stability.spearman(x, y) == pytest.approx(stats.spearmanr(x, y).statistic)
    found = stability.friedman(np.array([x, y, z]))
    assert found == pytest.approx(stats.friedmanchisquare(x, y, z).pvalue)
    high = x >= 7, y >= 7
    crossed = int((~high[0] & high[1]).sum()), int((high[0] & ~high[1]).sum())
    wanted = stats.binomtest(crossed[0], sum(crossed)).pvalue
    assert stability.mcnemar(*high) == pytest.approx(wanted)
    assert np.isnan(stability.friedman(np.array([x, y])))
