"""Agreement coefficients, beside published examples and independent implementations."""

import math
from itertools import permutations

import krippendorff
import numpy as np
import pandas as pd
import pytest
from coproduction.methods.agreement import (
    cohen_kappa,
    cross_table,
    describe_kappa,
    fleiss_kappa,
    gwet_ac1,
    gwet_ac2,
    interval_alpha,
    krippendorff_alpha,
    mean_pabak,
    ordinal_alpha,
    pabak,
    rating_counts,
    ratio_alpha,
    weighted_kappa,
)
from coproduction.methods.alpha import Alpha, masi, masi_distances, nominal_distances
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.inter_rater import cohens_kappa
from statsmodels.stats.inter_rater import fleiss_kappa as peer_fleiss
from statsmodels.stats.proportion import proportion_confint

NAN = float("nan")
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
    peer = krippendorff.alpha(reliability_data=FOUR_RATERS.T.to_numpy(dtype=float), level_of_measurement="nominal")
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


# Four observers, twelve units with missing values: the example of Krippendorff (2011), "Computing
# Krippendorff's Alpha-Reliability", section C; nominal alpha 0.743.
PUBLISHED = np.array(
    [
        [1, 2, 3, 3, 2, 1, 4, 1, 2, NAN, NAN, NAN],
        [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, NAN, 3],
        [NAN, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, NAN],
        [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, NAN],
    ]
)


def nominal(ratings):
    """Alpha of a matrix of coders and units."""
    return Alpha([[v for v in unit if not np.isnan(v)] for unit in np.array(ratings).T])


def test_alpha_of_the_published_example():
    assert nominal(PUBLISHED).value() == pytest.approx(0.743, abs=0.0005)


def test_kappa_of_a_textbook_table():
    # 20 of 50 both yes, 15 both no, 5 and 10 split: po 0.7, pe 0.5, kappa 0.4
    assert cohen_kappa(np.array([[20, 5], [10, 15]])).value == pytest.approx(0.4)


@given(st.lists(st.lists(st.sampled_from([0.0, 1.0, 2.0, NAN]), min_size=6, max_size=6), min_size=2))
def test_alpha_is_that_of_the_krippendorff_package(rows):
    ratings = np.array(rows)
    try:
        with np.errstate(all="ignore"):
            wanted = krippendorff.alpha(ratings, level_of_measurement="nominal")
    except ValueError:  # the package refuses ratings of one value
        wanted = NAN
    alpha = nominal(ratings)
    assert alpha.value() == pytest.approx(wanted, nan_ok=True)
    assert krippendorff_alpha(alpha.counts) == pytest.approx(wanted, nan_ok=True)


@given(st.tuples(*[st.integers(0, 30)] * 4).filter(lambda cells: sum(cells) > 0))
def test_kappa_is_that_of_statsmodels(cells):
    both, first, second, neither = cells
    table = np.array([[both, first], [second, neither]])
    with np.errstate(all="ignore"):
        wanted = cohens_kappa(table, return_results=False)
    wanted = wanted if np.isfinite(wanted) else NAN
    assert cohen_kappa(table).value == pytest.approx(wanted, nan_ok=True)


def test_without_units_nothing_is_defined():
    assert np.isnan(cohen_kappa(np.zeros((2, 2), int)).value)
    assert np.isnan(Alpha([[], [1], []]).value())
    assert all(np.isnan(Alpha([[1, 2], [2, 1]]).interval([0, 0], 1)))


def test_the_interval_holds_alpha_and_repeats_with_its_seed():
    random = np.random.default_rng(1)
    first = random.integers(0, 2, 200).astype(float)
    second = np.where(random.random(200) < 0.85, first, 1 - first)
    alpha = nominal([first, second])
    low, high = alpha.interval(np.arange(200) // 4, 7)
    assert low < alpha.value() < high
    assert alpha.interval(np.arange(200) // 4, 7) == (low, high)


SETS = [frozenset(word) for word in ("", "a", "ab", "abc", "bd", "d")]


def test_masi_of_the_four_relations_of_sets():
    """The values of Passonneau (2006): J times 1, 2/3, 1/3 and 0."""
    a, ab, abc, bd, d = SETS[1:]
    assert masi(ab, ab) == 0
    assert masi(a, ab) == pytest.approx(1 - 1 / 2 * 2 / 3)
    assert masi(ab, abc) == pytest.approx(1 - 2 / 3 * 2 / 3)
    assert masi(abc, bd) == pytest.approx(1 - 1 / 4 * 1 / 3)
    assert masi(a, d) == 1
    assert masi(frozenset(), frozenset()) == 0
    assert masi(frozenset(), a) == 1


def test_alpha_of_sets_by_hand():
    # Three units of two coders: {a}{a}, {a,b}{a}, {d}{a,b}; distances 0, 2/3, 1. D_o = (0+2/3+1)/3.
    # Of the 30 ordered pairs of six values (a a a ab ab d): 12 of a-ab at 2/3, 6 of a-d and 4 of
    # ab-d at 1; D_e = (12*2/3 + 6 + 4)/30 = 0.6.
    a, ab, d = frozenset("a"), frozenset("ab"), frozenset("d")
    alpha = Alpha([[a, a], [ab, a], [d, ab]], masi).value()
    assert alpha == pytest.approx(1 - (5 / 9) / 0.6)


def alpha_by_definition(units, distance):
    """Pair by pair, as Krippendorff (2011) defines it."""
    rated = [unit for unit in units if len(unit) > 1]
    values = [value for unit in rated for value in unit]
    observed = sum(distance(a, b) / (len(unit) - 1) for unit in rated for a, b in permutations(unit, 2)) / max(
        len(values), 1
    )
    n = max(len(values), 2)
    expected = sum(distance(a, b) for a, b in permutations(values, 2)) / (n * (n - 1))
    return 1 - observed / expected if expected else NAN


@given(st.lists(st.lists(st.sampled_from(SETS), max_size=3), max_size=6))
def test_alpha_of_sets_is_that_of_the_definition(units):
    wanted = alpha_by_definition(units, masi)
    assert Alpha(units, masi).value() == pytest.approx(wanted, nan_ok=True)


def test_interval_alpha_of_the_published_example():
    """Krippendorff (2011), section on any number of observers: interval alpha 0.849."""
    assert interval_alpha(PUBLISHED) == pytest.approx(0.849, abs=5e-4)
    assert np.isnan(interval_alpha(PUBLISHED[:1]))
    assert np.isnan(interval_alpha(np.ones((3, 4))))
    assert np.isnan(interval_alpha(np.full((2, 3), NAN)))


def interval_by_definition(ratings):
    units = [column[~np.isnan(column)] for column in ratings.T]
    return alpha_by_definition([list(unit) for unit in units], lambda a, b: (a - b) ** 2)


@given(st.lists(st.lists(st.sampled_from([0.0, 1.0, 3.0, NAN]), min_size=5, max_size=5), min_size=2))
def test_interval_alpha_is_that_of_the_definition(rows):
    ratings = np.array(rows)
    wanted = interval_by_definition(ratings)
    assert interval_alpha(ratings) == pytest.approx(wanted, nan_ok=True)


def test_weighted_kappa_is_that_of_a_loop():
    rng = np.random.default_rng(3)
    x, y = rng.integers(1, 10, 40), rng.integers(1, 10, 40)
    for weights, power in (("linear", 1), ("quadratic", 2)):
        observed = np.mean([abs(a - b) ** power for a, b in zip(x, y, strict=True)])
        expected = np.mean([abs(a - b) ** power for a in x for b in y])
        found = weighted_kappa(x, y, np.arange(1, 10), weights)
        assert found == pytest.approx(1 - observed / expected)


def test_weighted_kappa_is_that_of_r_irr(shared_data):
    anxiety = pd.read_csv(shared_data / "irr" / "anxiety.csv").to_numpy()
    one, other, points = anxiety[:, 0], anxiety[:, 1], np.arange(1, 7)
    assert weighted_kappa(one, other, points) == pytest.approx(0.1891891892)
    assert weighted_kappa(one, other, points, "quadratic") == pytest.approx(0.2967651195)


@pytest.mark.parametrize(
    ("value", "word"),
    [
        (-0.1, "poor"),
        (0.1, "slight"),
        (0.4, "fair"),
        (0.6, "moderate"),
        (0.61, "substantial"),
        (0.81, "almost perfect"),
    ],
)
def test_the_words_of_landis_and_koch(value, word):
    assert describe_kappa(value) == word


GAP = math.nan
ORDERED = np.array(
    [
        [1, 1, 2, 1],
        [2, 2, 3, 2],
        [3, 3, 3, 3],
        [3, 3, 3, 3],
        [2, 2, 2, 2],
        [1, 2, 3, 4],
        [4, 4, 4, 4],
        [1, 1, 2, 1],
        [2, 2, 2, 2],
        [GAP, 5, 5, 5],
        [GAP, GAP, 1, 1],
        [GAP, GAP, 3, GAP],
    ]
)


@pytest.mark.parametrize(("weights", "wanted"), [("linear", 0.83276), ("quadratic", 0.90462)])
def test_ac2_is_that_of_irrcac_also_with_gaps(weights, wanted):
    """The package irrCAC 0.4.4, whose units rated once count for the chance part as well."""
    counts = np.array([[np.sum(row == k) for k in range(1, 6)] for row in ORDERED])
    assert gwet_ac2(counts, np.arange(1, 6), weights) == pytest.approx(wanted, abs=5e-6)


def test_ordinal_coefficients_of_nothing_and_of_one_value():
    none = np.zeros((0, 3))
    assert math.isnan(gwet_ac2(none, np.arange(3)))
    assert math.isnan(gwet_ac2(np.array([[1, 0, 0]]), np.arange(3)))
    assert gwet_ac2(np.array([[3, 0, 0], [3, 0, 0]]), np.arange(3)) == 1
    for ratings in (np.full((2, 3), GAP), np.ones((2, 3)), np.array([[1, 2, GAP]]), np.zeros((0, 0))):
        assert math.isnan(ordinal_alpha(ratings))


def test_alpha_of_the_four_observers_by_level():
    # Krippendorff (2011), section C: four observers, twelve units; nominal to ratio as published there
    nan = np.nan
    ratings = np.array(
        [
            [1, 2, 3, 3, 2, 1, 4, 1, 2, nan, nan, nan],
            [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, nan, 3],
            [nan, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, nan],
            [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, nan],
        ]
    )
    counts = (ratings.T[..., None] == np.arange(1, 6)).sum(axis=1)
    assert krippendorff_alpha(counts) == pytest.approx(0.743, abs=5e-4)
    assert ordinal_alpha(ratings) == pytest.approx(0.815, abs=5e-4)
    assert interval_alpha(ratings) == pytest.approx(0.849, abs=5e-4)
    assert ratio_alpha(ratings) == pytest.approx(0.797, abs=5e-4)
    assert np.isnan(ratio_alpha(np.full((2, 3), 2.0)))


def test_many_sets_at_once_are_as_far_apart_as_two():
    draw = np.random.default_rng(3)
    sets = draw.random((1200, 6)) < 0.3
    named = [frozenset(np.flatnonzero(row).tolist()) for row in sets]
    wanted = [[masi(a, b) for b in named[:60]] for a in named]
    assert masi_distances(sets)[:, :60] == pytest.approx(np.array(wanted))


def test_units_that_stand_for_many_are_as_these():
    draw = np.random.default_rng(5)
    ratings, times = draw.integers(-1, 3, size=(12, 3)), draw.integers(1, 5, size=12)
    spelled = np.repeat(ratings, times, axis=0)
    few = Alpha.of_numbers(ratings, nominal_distances(3), times)
    many = Alpha.of_numbers(spelled, nominal_distances(3))
    listed = Alpha([[int(v) for v in unit if v >= 0] for unit in spelled])
    assert few.value() == pytest.approx(many.value())
    assert many.value() == pytest.approx(listed.value())
    groups = np.arange(12)
    assert few.interval(groups.tolist(), 1) == pytest.approx(many.interval(np.repeat(groups, times).tolist(), 1))
    counts = few.counts
    for measure in (gwet_ac1, fleiss_kappa):
        one, other = measure(counts, times=times), measure(np.repeat(counts, times, axis=0))
        assert (one.value, one.low, one.high) == pytest.approx((other.value, other.low, other.high))
