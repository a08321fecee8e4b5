"""Comparison of groups against SciPy's tests of raw values."""

import numpy as np
import pytest
from coproduction.methods import distributions as st
from coproduction.methods import group_comparison as groups
from coproduction.methods.group_comparison import benjamini_hochberg, holm
from hypothesis import given, settings
from hypothesis import strategies as some
from scipy import stats

NINE = st.Scale(1, 9, 3, 7)


samples = some.lists(some.lists(some.integers(1, 9), min_size=2, max_size=25), min_size=2, max_size=4)


def counts_of(*values):
    return np.stack([st.tally(v, NINE) for v in values])


def test_holm_and_benjamini_hochberg_leave_gaps_out():
    sm = pytest.importorskip("statsmodels.stats.multitest")
    p = np.array([0.01, np.nan, 0.04, 0.03, 0.005])
    there = ~np.isnan(p)
    for ours, name in ((holm, "holm"), (benjamini_hochberg, "fdr_bh")):
        found = ours(p)
        np.testing.assert_allclose(found[there], sm.multipletests(p[there], method=name)[1])
        assert np.isnan(found[1])


@settings(max_examples=100, deadline=None)
@given(samples)
def test_kruskal_wallis_of_counts_is_scipys_of_values(values):
    h, df = groups.kruskal_wallis(counts_of(*values))
    if len({v for part in values for v in part}) == 1:
        assert np.isnan(h[0])
    else:
        assert h[0] == pytest.approx(stats.kruskal(*values).statistic, abs=1e-8)
        assert df[0] == len(values) - 1


def test_two_groups_are_mann_whitney():
    rng = np.random.default_rng(5)
    one, other = rng.integers(1, 10, 60), rng.integers(3, 10, 45)
    wanted = stats.mannwhitneyu(one, other, method="asymptotic", use_continuity=False).pvalue
    assert groups.differ(counts_of(one, other), [1])[0] == pytest.approx(wanted)


def test_small_groups_are_compared_by_permutation():
    one, other = [1, 2, 2, 3], [3, 4, 4, 5, 5]
    exact = stats.permutation_test(
        (one, other),
        lambda x, y: abs(stats.mannwhitneyu(x, y).statistic - 10),
        alternative="greater",
        n_resamples=np.inf,
    ).pvalue
    assert groups.differ(counts_of(one, other), [1])[0] == pytest.approx(exact, abs=0.005)


def test_groups_of_one_are_left_out_and_nothing_to_compare_gives_no_p():
    assert groups.kruskal_wallis(counts_of([1, 2], [3]))[1][0] == 0
    assert np.isnan(groups.differ(counts_of([1, 2], [3]), [1])[0])
    assert np.isnan(groups.differ(counts_of([5, 5], [5, 5, 5]), [1])[0])


@settings(max_examples=60, deadline=None)
@given(some.lists(some.integers(1, 9), min_size=1), some.lists(some.integers(1, 9), min_size=1))
def test_cliffs_delta_counts_pairs(one, other):
    wanted = np.mean([np.sign(x - y) for x in one for y in other])
    found = groups.cliffs_delta(st.tally(one, NINE), st.tally(other, NINE))[0]
    assert found == pytest.approx(wanted)
