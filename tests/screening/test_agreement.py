"""Agreement of reviewers, against published examples and other packages."""

import math

import krippendorff
import numpy as np
import pandas as pd
import pytest
from coproduction.screening.agreement import (
    agree_by_pair,
    agree_overall,
    cohen_kappa,
    cross_table,
    describe_kappa,
    fleiss_kappa,
    gwet_ac1,
    krippendorff_alpha,
    mean_pabak,
    pabak,
    rating_counts,
)
from statsmodels.stats.inter_rater import cohens_kappa
from statsmodels.stats.inter_rater import fleiss_kappa as peer_fleiss
from statsmodels.stats.proportion import proportion_confint

# Twelve units, four raters, five categories, gaps: Krippendorff's example, also in Gwet's irrCAC.
FOUR_RATERS = pd.DataFrame(
    {
        "a": [1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None],
        "b": [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, None],
        "c": [None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, 3],
        "d": [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None],
    }
)


def test_kappa_of_the_example_of_fleiss():
    table = np.array([[75, 1, 4], [5, 4, 1], [0, 0, 10]])
    kappa = cohen_kappa(table)
    assert kappa.value == pytest.approx(0.676, abs=5e-4)
    assert kappa.error == pytest.approx(0.087, abs=1e-3)


@pytest.mark.parametrize("seed", range(5))
def test_kappa_and_its_interval_agree_with_statsmodels(seed):
    table = np.random.default_rng(seed).integers(1, 60, (3, 3))
    ours, peer = cohen_kappa(table), cohens_kappa(table)
    assert ours.value == pytest.approx(peer.kappa)
    assert ours.error == pytest.approx(peer.std_kappa)
    assert (ours.low, ours.high) == pytest.approx((peer.kappa_low, peer.kappa_upp))


def test_the_paradox_high_agreement_low_kappa():
    """Feinstein & Cicchetti's case: 85 % agreement, kappa .70 and .32; PABAK is .70 both times."""
    balanced, skewed = np.array([[40, 9], [6, 45]]), np.array([[80, 10], [5, 5]])
    assert cohen_kappa(balanced).value == pytest.approx(0.70, abs=5e-3)
    assert cohen_kappa(skewed).value == pytest.approx(0.32, abs=5e-3)
    assert pabak(balanced).value == pytest.approx(0.70)
    assert pabak(skewed).value == pytest.approx(0.70)


def test_ac1_of_the_handbook_example_with_gaps():
    """irrCAC gives 0.77544 with standard error 0.14295 for these ratings."""
    ac1 = gwet_ac1(rating_counts(FOUR_RATERS, [1, 2, 3, 4, 5]))
    assert ac1.value == pytest.approx(0.77544, abs=1e-5)
    assert ac1.error == pytest.approx(0.14295, abs=1e-5)
    assert ac1.low == pytest.approx(0.4608, abs=1e-3)
    assert ac1.high == 1


def test_alpha_agrees_with_the_package_and_the_published_value():
    counts = rating_counts(FOUR_RATERS, [1, 2, 3, 4, 5])
    peer = krippendorff.alpha(
        reliability_data=FOUR_RATERS.T.to_numpy(dtype=float), level_of_measurement="nominal"
    )
    assert krippendorff_alpha(counts) == pytest.approx(peer)
    assert krippendorff_alpha(counts) == pytest.approx(0.7434210526)


@pytest.mark.parametrize("seed", range(3))
def test_fleiss_kappa_agrees_with_statsmodels(seed):
    counts = np.random.default_rng(seed).multinomial(4, [0.5, 0.3, 0.2], size=30)
    assert fleiss_kappa(counts.astype(float)).value == pytest.approx(peer_fleiss(counts))


def test_agreement_of_real_ratings_as_r_gives_it(shared_data):
    ratings = pd.read_csv(shared_data / "irr" / "diagnoses.csv")
    counts = rating_counts(ratings, sorted(set(ratings.to_numpy().ravel())))
    assert fleiss_kappa(counts).value == pytest.approx(0.4302445201)
    anxiety = pd.read_csv(shared_data / "irr" / "anxiety.csv")
    table = cross_table(anxiety["rater1"], anxiety["rater2"], range(1, 7))
    assert cohen_kappa(table).value == pytest.approx(0.1194968553)


def test_what_cannot_be_measured_is_not_a_number():
    assert math.isnan(cohen_kappa(np.zeros((2, 2))).value)
    assert math.isnan(cohen_kappa(np.array([[9, 0], [0, 0]])).value)
    assert math.isnan(gwet_ac1(np.array([[1.0, 0.0]])).value)
    assert describe_kappa(math.nan) == "not defined"
    assert agree_overall(pd.DataFrame({"a": ["x"], "b": [None]}), ["x", "y"]) is None


def test_pairs_are_measured_on_the_records_they_share():
    ratings = pd.DataFrame(
        {
            "a": ["in", "in", "out", "out", None],
            "b": ["in", "out", "out", None, "in"],
            "c": [None, None, None, None, "in"],
        }
    )
    rows = agree_by_pair(ratings, ["in", "out"])
    assert [(row["first"], row["second"], row["records"]) for row in rows] == [
        ("a", "b", 3),
        ("b", "c", 1),
    ]
    assert rows[0]["agreement"] == pytest.approx(2 / 3)
    assert agree_overall(ratings, ["in", "out"])["records"] == 4


def test_all_reviewers_together_have_intervals_as_ircac_gives_them():
    """The handbook example; irrCAC: Fleiss 0.76117 (0.15302), Brennan-Prediger 0.77273 (0.14472)."""
    kappa = fleiss_kappa(rating_counts(FOUR_RATERS, [1, 2, 3, 4, 5]))
    assert kappa.value == pytest.approx(0.76117, abs=1e-5)
    assert kappa.error == pytest.approx(0.15302, abs=1e-5)
    adjusted = mean_pabak(rating_counts(FOUR_RATERS, [1, 2, 3, 4, 5]))
    assert adjusted.value == pytest.approx(0.77273, abs=1e-5)
    assert adjusted.error == pytest.approx(0.14472, abs=1e-5)


@pytest.mark.parametrize("seed", range(3))
def test_pabak_of_many_is_that_of_two_where_there_are_two(seed):
    table = np.random.default_rng(seed).integers(1, 30, (3, 3))
    first, second = np.nonzero(table)
    pairs = np.repeat(np.column_stack([first, second]), table.ravel(), axis=0)
    counts = rating_counts(pd.DataFrame(pairs, columns=["a", "b"]), range(3))
    assert mean_pabak(counts).value == pytest.approx(pabak(table).value)
    n = table.sum()
    assert mean_pabak(counts).error == pytest.approx(pabak(table).error * (n / (n - 1)) ** 0.5)


def test_no_interval_of_no_width_where_reviewers_agree_on_everything():
    """Wilson's limits as statsmodels has them; the other variances are nil, which tells nothing."""
    table = np.array([[5, 0], [0, 10]])
    low, high = proportion_confint(15, 15, method="wilson")
    adjusted = pabak(table)
    assert (adjusted.low, adjusted.high) == pytest.approx((2 * low - 1, 2 * high - 1))
    assert cohen_kappa(table).value == 1
    assert math.isnan(cohen_kappa(table).low)
    low, high = proportion_confint(12, 15, method="wilson")
    adjusted = pabak(np.array([[5, 2], [1, 7]]))
    assert (adjusted.low, adjusted.high) == pytest.approx((2 * low - 1, 2 * high - 1))
