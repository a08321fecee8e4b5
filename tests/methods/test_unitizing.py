"""Unitizing alpha beside the published example, and what must hold of it."""

import math

import pytest
from coproduction.methods.unitizing import merged, overall_alpha, unitizing

# Krippendorff (2004), p. 254: a continuum from 150 to 450, two observers, categories c and k
C = [[(75, 145), (220, 250)], [(70, 150), (205, 225), (250, 270)]]
K = [[(30, 90), (150, 200)], [(30, 90), (150, 200)]]


def test_the_example_of_krippendorff():
    c, k = unitizing(C, 300), unitizing(K, 300)
    assert (c.observed, c.expected) == pytest.approx((0.0144, 0.0532), abs=5e-5)
    assert c.alpha == pytest.approx(0.7286, abs=5e-5)
    assert (k.observed, k.alpha) == (0, 1)
    assert k.expected == pytest.approx(0.0490, abs=5e-5)
    assert overall_alpha([c, k]) == pytest.approx(0.859, abs=5e-4)


def test_observers_and_order_do_not_matter():
    assert unitizing(C[::-1], 300) == unitizing(C, 300)
    assert unitizing([own[::-1] for own in C], 300) == unitizing(C, 300)


def test_nothing_marked_has_no_alpha():
    assert math.isnan(unitizing([[], []], 300).alpha)
    assert math.isnan(unitizing([[(0, 5)]], 300).alpha)
    assert math.isnan(overall_alpha([]))


def test_marks_that_never_meet_are_worse_than_chance():
    assert unitizing([[(0, 100)], [(150, 250)]], 300).alpha < 0


def test_overlapping_marks_of_one_observer_are_one():
    assert merged([(0, 5), (4, 9), (20, 20)]) == [(0, 9)]
    assert unitizing([[(70, 100), (90, 150)], C[1]], 300) == unitizing([[(70, 150)], C[1]], 300)
