"""Association strength and its significance against slow definitions."""

import math

import numpy as np
import pytest
from coproduction.methods import association


@pytest.mark.parametrize(("units", "expected"), [(0, 0.3), (1, 0.3), (5, 2.5), (12, 4.0)])
def test_the_tail_of_the_poisson_summed_up(units, expected):
    below = sum(math.exp(-expected) * expected**k / math.factorial(k) for k in range(units))
    tail = association.more_than_chance(np.array([units]), np.array([expected]))
    assert tail[0] == pytest.approx(1 - below)


def test_adjusted_p_values_step_up_by_hand():
    p = np.array([0.005, 0.04, 0.011, 0.9])
    steps = sorted(p)
    by_hand = [min(min(1, steps[j] * 6 / (j + 1)) for j in range(i, 4)) for i in range(4)]
    found = association.adjusted(p, 6)
    assert found[np.argsort(p)][:3] == pytest.approx(by_hand[:3])
    assert association.adjusted(p[:0], 0).size == 0
