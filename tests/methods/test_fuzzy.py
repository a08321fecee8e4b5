"""Max-min against the largest of the smaller memberships, searched over a fine grid.

By distance see tests/delphi/test_options.py, which has a published questionnaire.
"""

import numpy as np
import pytest
from coproduction.methods.fuzzy import judge_max_min, max_min, usual_numbers


def membership(x, corners):
    """Membership in a triangular number, written from its definition; sides may be upright."""
    low, middle, high = corners
    if x < low or x > high:
        return 0.0
    if x <= middle:
        return 1.0 if middle == low else (x - low) / (middle - low)
    return 1.0 if high == middle else (high - x) / (high - middle)


def searched(low, high):
    """Ishikawa's value: where the smaller of both memberships is largest, and how large it is."""
    at = np.linspace(0, 1, 20_001)
    both = np.array([min(membership(x, low), membership(x, high)) for x in at])
    return at[both.argmax()], both.max()


def panels():
    draws = np.random.default_rng(20261128)
    for _ in range(25):
        low = draws.random(9)
        high = low + draws.random(9) * (1 - low) * draws.choice([0.2, 0.5, 1])
        yield [np.quantile(v, [0.25, 0.5, 0.75]) for v in (low, high)]


def test_the_value_is_where_the_smaller_membership_is_largest():
    overlapping = [(low, high) for low, high in panels() if low[2] > high[0]]
    assert len(overlapping) > 10
    for low, high in overlapping:
        found = max_min(low, high)
        value, share = searched(low, high)
        assert found["value"] == pytest.approx(value, abs=1e-4)
        assert found["membership"] == pytest.approx(share, abs=1e-3)
        assert found["grey"] == pytest.approx(low[2] - high[0])


LIMITS = {
    "apart": ([0.1, 0.2, 0.3], [0.5, 0.6, 0.8], (0.4, 0, 0, "yes")),
    "touching": ([0.1, 0.2, 0.5], [0.5, 0.6, 0.8], (0.4, 0, 0, "yes")),
    "one point": ([0.6, 0.6, 0.6], [0.6, 0.6, 0.6], (0.6, 1, 0, "yes")),
    "the same numbers": ([0.2, 0.5, 0.8], [0.2, 0.5, 0.8], (0.5, 1, 0.6, "no")),
    "upright sides": ([0.2, 0.4, 0.4], [0.3, 0.5, 0.5], (0.4, 0.5, 0.1, "no")),
    "grey zone as wide": ([0.1, 0.4, 0.7], [0.5, 0.6, 0.8], (0.55, 0.5, 0.2, "no")),
}


@pytest.mark.parametrize("kind", sorted(LIMITS))
def test_limits_of_max_min(kind):
    low, high, wanted = LIMITS[kind]
    found = max_min(np.array(low), np.array(high))
    assert [found[name].item() for name in ("value", "membership", "grey")] == pytest.approx(wanted[:3])
    assert found["consensus"].item() == wanted[3]


def test_low_and_high_values_are_the_outer_corners_of_each_rating():
    """Ten ratings on seven points, quartiles by NumPy from the values themselves."""
    ratings = np.array([7, 7, 6, 7, 6, 4, 7, 6, 5, 3])
    numbers = usual_numbers(7)
    counts = np.bincount(ratings, minlength=8)[1:]
    found = judge_max_min(np.stack([counts, np.zeros(7, int)]), numbers, 0.5)
    for end, corner in (("low", 0), ("high", 2)):
        given = np.quantile(numbers[ratings - 1, corner], [0.25, 0.5, 0.75])
        names = [f"{end}_q1", f"{end}_median", f"{end}_q3"]
        assert [found[name][0] for name in names] == pytest.approx(given)
        assert np.isnan([found[name][1] for name in names]).all()
    assert found["consensus"].tolist() == ["yes", ""]
    assert found["accepted"].tolist() == ["yes", ""]
    assert np.isnan(found["value"][1])


def test_a_panel_of_two_camps_has_a_grey_zone_too_wide():
    counts = np.array([[5, 0, 0, 0, 5], [0, 0, 0, 10, 0], [10, 0, 0, 0, 0], [0, 0, 1, 0, 0]])
    found = judge_max_min(counts, usual_numbers(5), 0.5)
    assert found["consensus"].tolist() == ["no", "yes", "yes", "yes"]
    assert found["accepted"].tolist() == ["no", "yes", "no", "no"]


def test_corners_in_any_order_of_the_points():
    numbers = usual_numbers(5)
    counts = np.array([[1, 0, 2, 3, 4]])
    there = judge_max_min(counts, numbers, 0.5)
    back = judge_max_min(counts[:, ::-1], numbers[::-1], 0.5)
    for name in there:
        assert there[name].tolist() == back[name].tolist(), name
