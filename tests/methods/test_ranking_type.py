"""Orders of statements against printed examples, R and SciPy."""

import itertools

import numpy as np
import pandas as pd
import pytest
from coproduction.methods import ranking_type
from coproduction.methods.ranking_type import kendall_w
from scipy import stats

# Three selectors rank ten films (accendoreliability.com, Kendall coefficient of concordance): the
# sums of ranks, S = 320.5 and W follow from the printed table; it has no ties.
FILMS = np.array(
    [[1, 1, 7], [2, 5, 6], [3, 6, 2], [4, 7, 5], [5, 10, 9], [6, 4, 3], [7, 8, 1], [8, 3, 10], [9, 9, 4], [10, 2, 8]],
    float,
)


def test_kendalls_w_is_that_of_r_irr(shared_data):
    anxiety = pd.read_csv(shared_data / "irr" / "anxiety.csv").to_numpy()
    found = kendall_w(anxiety)
    assert found.w == pytest.approx(0.539656876, abs=1e-9)
    assert found.uncorrected == pytest.approx(0.5019214703, abs=1e-9)
    assert found.chi2 == pytest.approx(30.76044193, abs=1e-7)
    assert found.p == pytest.approx(0.04288347313, abs=1e-9)


def test_kendalls_w_of_untied_ranks_is_friedmans_over_its_maximum():
    rng = np.random.default_rng(6)
    ranks = np.array([rng.permutation(8) for _ in range(5)]).T
    found = kendall_w(ranks)
    wanted = stats.friedmanchisquare(*ranks).statistic
    assert found.w == pytest.approx(wanted / (5 * 7))
    assert found.chi2 == pytest.approx(wanted)
    assert found.w == pytest.approx(found.uncorrected)


def test_w_of_a_printed_example():
    w = ranking_type.kendall_w(FILMS)
    sums = FILMS.sum(1)
    s = ((sums - 16.5) ** 2).sum()
    assert w.w == pytest.approx(12 * s / (9 * (1000 - 10)))
    assert w.chi2 == pytest.approx(3 * 9 * w.w)


@pytest.mark.parametrize("k", [1, 2, 3, 7])
def test_shared_tops_are_those_of_all_pairs(k):
    rng = np.random.default_rng(k)
    table = pd.DataFrame(rng.integers(1, 5, (6, 9))).rank(axis=0).to_numpy()
    weights = ranking_type.top_weights(table, k)
    top = min(k, 6)
    assert weights.sum(0) == pytest.approx(np.full(9, top))
    pairs = [np.minimum(weights[:, a], weights[:, b]).sum() / top for a, b in itertools.combinations(range(9), 2)]
    assert ranking_type.overlap(weights, k) == pytest.approx(np.mean(pairs))


def test_ties_at_the_end_of_the_top_share_what_is_left():
    weights = ranking_type.top_weights(np.array([[1.0], [2.0], [3.5], [3.5]]), 3)
    assert weights[:, 0].tolist() == [1, 1, 0.5, 0.5]
    assert np.isnan(ranking_type.overlap(weights, 3))


def test_permutation_agrees_with_chi_square_where_that_is_good():
    table = pd.DataFrame(np.random.default_rng(5).normal(0, 1, (12, 20)) + np.linspace(0, 0.9, 12)[:, None])
    ranks = table.rank(axis=0).to_numpy()
    assert ranking_type.permuted_p(ranks, np.random.default_rng(1)) == pytest.approx(
        ranking_type.kendall_w(ranks).p, abs=0.02
    )
    assert np.isnan(ranking_type.permuted_p(np.ones((50, 100)), np.random.default_rng(1)))
