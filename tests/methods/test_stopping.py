"""The stopping rule, recall from a sample, and the SAFE heuristics."""

import math

import numpy as np
import pytest
from coproduction.methods.saturation import chao2
from coproduction.methods.stopping import (
    chao_total,
    check_heuristics,
    estimate_recall,
    knee_ratio,
    knee_reached,
    missed_target_p,
    poisson_left,
    quant_recall,
    relevant_left,
    trace_p,
    trailing_irrelevant,
)
from scipy.optimize import minimize_scalar
from scipy.stats import hypergeom, nchypergeom_fisher, poisson

START = [1, 1, 0, 1, 0, 0, 1, 0, 0, 0, 1]


@pytest.mark.parametrize(
    ("labels", "total", "recall", "expected"),
    [
        (START + [0] * 40, 200, 0.95, 0.7883597883597884),
        (START + [0] * 40, 200, 0.8, 0.6206236631768547),
        (START + [0] * 100, 200, 0.95, 0.4708994708994709),
        ([0, 0, 1] + [0] * 30, 100, 0.9, 0.6907216494845361),
        ([1] * 10 + [0] * 90, 150, 0.95, 0.3571428571428571),
    ],
)
def test_the_rule_gives_the_values_of_buscarpy(labels, total, recall, expected):
    """Computed with buscarpy 0.0.2, the reference implementation of the authors."""
    assert missed_target_p(labels, total, recall) == pytest.approx(expected, rel=1e-10)


@pytest.mark.parametrize("seed", range(8))
def test_the_longest_stretches_hold_the_smallest_p(seed):
    """The definition, evaluated at every final stretch."""
    chance = np.random.default_rng(seed)
    labels = (chance.random(150) < np.linspace(0.5, 0.02, 150)).astype(int)
    total, recall, found = 400, 0.9, int(labels.sum())
    every = []
    for size in range(1, len(labels) + 1):
        seen = int(labels[-size:].sum())
        missed = math.floor(found / recall + 1 - (found - seen))
        every.append(hypergeom.cdf(seen, total - len(labels) + size, missed, size))
    assert missed_target_p(labels, total, recall) == pytest.approx(min(every), rel=1e-9)


def test_nothing_found_and_everything_screened():
    assert missed_target_p([0] * 50, 100, 0.95) == 1
    assert missed_target_p([], 100, 0.95) == 1
    assert missed_target_p([1, 0, 0], 3, 0.95) == 0


def test_more_irrelevant_records_at_the_end_make_missing_less_likely():
    trace = trace_p([1] * 20 + [0] * 300, 400, 0.95, 50)
    values = [p for _, p in trace]
    assert [end for end, _ in trace] == [50, 100, 150, 200, 250, 300, 320]
    assert values == sorted(values, reverse=True)


def test_the_rule_keeps_its_promise_on_random_orders():
    """Stopping at p < 0.05 misses the target in at most about 5 % of reviews in random order."""
    chance = np.random.default_rng(1)
    missed = 0
    for _ in range(200):
        labels = chance.permutation([1] * 20 + [0] * 180)
        for end in range(20, 201, 10):
            if missed_target_p(labels[:end], 200, 0.9) < 0.05:
                missed += labels[:end].sum() < 0.9 * 20
                break
    assert missed / 200 <= 0.07


def test_wrong_calls_are_refused():
    with pytest.raises(ValueError, match="between 0 and 1"):
        missed_target_p([1], 5, 1.0)
    with pytest.raises(ValueError, match="more records were screened"):
        missed_target_p([1, 0], 1, 0.9)
    with pytest.raises(ValueError, match="at most as many"):
        relevant_left(10, 11, 100)


def test_the_interval_of_a_finite_sample_holds_what_it_cannot_reject():
    estimate = relevant_left(50, 0, 500)
    assert (estimate.value, estimate.low) == (0, 0)
    high = int(estimate.high)
    assert hypergeom.cdf(0, 500, high, 50) > 0.025 >= hypergeom.cdf(0, 500, high + 1, 50)
    whole = relevant_left(100, 7, 100)
    assert (whole.value, whole.low, whole.high) == (7, 7, 7)


def test_the_interval_covers_the_truth():
    chance = np.random.default_rng(3)
    population = np.array([1] * 30 + [0] * 270)
    covered = 0
    for _ in range(200):
        found = int(chance.choice(population, 60, replace=False).sum())
        estimate = relevant_left(60, found, 300)
        covered += estimate.low <= 30 <= estimate.high
    assert covered / 200 >= 0.93


def test_recall_falls_with_what_may_be_left():
    rest = relevant_left(sample=50, relevant=1, left=200)
    recall = estimate_recall(found=40, before=40, rest=rest)
    assert recall.value == pytest.approx(40 / 44)
    assert recall.low == pytest.approx(40 / (40 + rest.high))
    assert recall.low < recall.value < recall.high


def test_recall_counts_what_was_found_after_the_sample_was_begun():
    rest = relevant_left(sample=50, relevant=1, left=200)
    assert estimate_recall(found=42, before=40, rest=rest).value == pytest.approx(42 / 44)
    assert estimate_recall(found=47, before=40, rest=rest).value == 1


def test_recall_of_nothing_and_from_no_sample_is_not_a_number():
    assert math.isnan(estimate_recall(0, 0, relevant_left(10, 0, 100)).value)
    unknown = estimate_recall(5, 5, relevant_left(0, 0, 100))
    assert math.isnan(unknown.value)
    assert (unknown.low, unknown.high) == (5 / 105, 1)


def test_heuristics_are_listed_one_by_one():
    checks = check_heuristics([1, 0, 1] + [0] * 60, 200, share=0.1, run=50, expected=None, keys=(1, 2))
    assert {check.name: check.met for check in checks} == {
        "share screened": True,
        "key papers": False,
        "twice the expected number": None,
        "irrelevant in a row": True,
    }
    assert trailing_irrelevant([]) == 0
    assert trailing_irrelevant([0, 1, 0, 0]) == 2


@pytest.mark.parametrize("seed", range(4))
def test_the_biased_urn_is_that_of_its_definition_and_surer_with_larger_odds(seed):
    chance = np.random.default_rng(seed)
    labels = (chance.random(120) < np.linspace(0.5, 0.02, 120)).astype(int)
    total, recall, found = 300, 0.9, int(labels.sum())
    every = []
    for size in range(1, len(labels) + 1):
        seen = int(labels[-size:].sum())
        missed = math.floor(found / recall + 1 - (found - seen))
        every.append(nchypergeom_fisher.cdf(seen, total - len(labels) + size, missed, size, 3))
    assert missed_target_p(labels, total, recall, odds=3) == pytest.approx(min(every), rel=1e-9)
    ps = [missed_target_p(labels, total, recall, odds=odds) for odds in (1, 2, 5)]
    assert ps == sorted(ps, reverse=True)


def test_the_knee_lies_farthest_above_the_line():
    labels = [1, 1, 0, 1, 1, 0, 0, 0, 0, 1] + [0] * 40
    found, n = np.cumsum(labels), len(labels)
    knee = max(range(n), key=lambda i: found[i] - found[-1] * (i + 1) / n)
    after = (1 + found[-1] - found[knee]) / (n - knee - 1)
    assert knee_ratio(labels) == pytest.approx(found[knee] / (knee + 1) / after)
    assert not knee_reached([0] * 50)
    assert knee_reached([1] * 200 + [0] * 2000)  # a ratio of 6 is enough from 150 found on


def test_the_poisson_process_is_fitted_by_maximum_likelihood():
    """Points at t from a rate a b t^(b-1): the likelihood is highest where the function says."""
    labels = np.zeros(200, dtype=int)
    labels[[0, 1, 3, 4, 8, 15, 30, 70]] = 1
    places = np.flatnonzero(labels) + 1

    def lost(power):
        scale = len(places) / 200**power
        return -(np.log(scale * power) + (power - 1) * np.log(places)).sum() + scale * 200**power

    best = minimize_scalar(lost, bounds=(0.05, 2), method="bounded").x
    left = poisson_left(labels, 500)
    assert left.value == pytest.approx(8 * ((500 / 200) ** best - 1), rel=1e-4)
    assert left.high == poisson.ppf(0.95, left.value)
    assert math.isnan(poisson_left([1, 0, 1], 10).value)


@pytest.mark.parametrize(
    ("seed", "recall", "variance"),
    [(1, 0.9762899409873756, 0.03935001688616439), (2, 0.9694934047130296, 0.032683026603263395)],
)
def test_the_recall_by_probabilities_is_that_of_repke(seed, recall, variance):
    """Computed with QuantCI of destiny-evidence/stopping-methods, the framework of Repke et al. (2026)."""
    chance = np.random.default_rng(seed)
    scores = np.sort(chance.beta(0.4, 2, 200))[::-1]
    assert quant_recall(scores[:120], scores[120:]) == pytest.approx(recall, rel=1e-12)
    assert quant_recall(scores[:120], scores[120:], 2) == pytest.approx(recall - 2 * variance**0.5, rel=1e-10)
    assert math.isnan(quant_recall([], []))


@pytest.mark.parametrize(
    ("numbers", "value"),
    [
        ({1: 14, 2: 8, 3: 5, 4: 3}, 42.25),
        ({1: 5}, 15.0),
        ({2: 3, 1: 2, 5: 1}, 6.666666666666667),
        ({1: 142, 2: 81, 3: 49, 4: 7, 5: 3, 7: 1}, 407.46913580246917),
    ],
)
def test_the_total_after_chao_is_that_of_scikit_bio(numbers, value):
    """Computed with chao1 of scikit-bio 0.7.4; the limits beside those for very many samples (R's vegan).

    The last numbers are those of a well-known experiment with taxis of which 420 were there. scikit-bio's own
    limits have 0.24 where the formula has 1/4 (findings/scikit_bio_chao1.sh).
    """
    times = [times for times, many in numbers.items() for _ in range(many)]
    total = chao_total(times)
    assert total.value == pytest.approx(value, rel=1e-12)
    samples = [[i for i, n in enumerate(times) if n > k] for k in range(20_000)]
    many = chao2(samples)
    assert [total.low, total.high] == pytest.approx([many.low, many.high], rel=1e-3)


def test_the_total_after_chao_at_its_edges():
    assert math.isnan(chao_total([]).value)
    assert chao_total([2, 2, 3]) == chao_total([3, 2, 2])
    assert chao_total([2, 2, 3]).high == 3  # nothing was found once
    assert chao_total([1]).value == 1
