"""Ridits against the published example and by their properties."""

import pandas as pd
import pytest
from coproduction.methods.order_agreement import standing, tau

FACTORS = ["a", "b", "c", "d"]


def test_standing_reproduces_the_ridits_of_bross():
    """Bross (1958): the ridit of a class is the share below plus half the share within.

    Ten factors in the classes 1 (5 times), 2 (3 times) and 3 (twice): 0.25, 0.65 and 0.90.
    """
    measure = pd.Series([1] * 5 + [2] * 3 + [3] * 2)
    assert standing(measure).unique() == pytest.approx([0.25, 0.65, 0.90])


def test_ridits_average_one_half_when_all_are_supported():
    measure = pd.Series([4.0, 9.0, 9.0, 1.0, 7.0])
    assert standing(measure).mean() == pytest.approx(0.5)


def test_no_support_is_zero_and_not_asked_is_no_standing():
    found = standing(pd.Series([0.0, 5.0, float("nan"), 2.0], index=FACTORS))
    assert found["a"] == 0
    assert found["b"] == pytest.approx(2.5 / 3)
    assert pd.isna(found["c"])
    assert found["d"] == pytest.approx(1.5 / 3)


def test_orders_without_steps_or_with_two_things_have_no_agreement():
    assert pd.isna(tau(pd.Series([1, 2]), pd.Series([1, 2])))
    assert pd.isna(tau(pd.Series([1, 1, 1]), pd.Series([1, 2, 3])))
