"""The stop rule, recall from a sample, and the SAFE heuristics."""

import math

import numpy as np
import pytest
from coproduction.methods.stopping import (
    check_heuristics,
    estimate_recall,
    missed_target_p,
    relevant_left,
    trace_p,
    trailing_irrelevant,
)
from scipy.stats import hypergeom

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
    with pytest.raises(ValueError, match="more records screened"):
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
    checks = check_heuristics(
        [1, 0, 1] + [0] * 60, 200, share=0.1, run=50, expected=None, keys=(1, 2)
    )
    assert {check.name: check.met for check in checks} == {
        "share screened": True,
        "key papers": False,
        "twice the expected number": None,
        "irrelevant in a row": True,
    }
    assert trailing_irrelevant([]) == 0
    assert trailing_irrelevant([0, 1, 0, 0]) == 2
