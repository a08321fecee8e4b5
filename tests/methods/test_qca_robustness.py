"""Robustness beside values that SetMethods 4.0 gives, and ranges beside thresholds."""

import numpy as np
import pytest
from coproduction.methods.qca_robustness import robustness, unchanged_range


def test_a_solution_is_as_robust_as_can_be_beside_itself():
    x, y = np.array([0.9, 0.8, 0.2, 0.6]), np.array([0.9, 0.7, 0.4, 0.3])
    found = robustness(x, [x, x], y)
    assert (found.rf_cons, found.rf_cov, found.rf_sc_min, found.rf_sc_max) == (1, 1, 1, 1)
    assert (found.rcr_typ, found.rcr_dev, found.rank) == (1, 1, 1)


def test_every_other_solution_counts_not_the_first_and_the_last_alone():
    x, y = np.array([1.0, 1.0, 0.0]), np.array([1.0, 1.0, 1.0])
    others = [x, np.array([1.0, 0.0, 1.0]), x]
    found = robustness(x, others, y)
    assert found.rank == 4
    assert found.rcr_typ == pytest.approx(1 / 3)
    assert found.rf_cov == pytest.approx(1 / 2)


@pytest.mark.parametrize(("threshold", "reach"), [(12.0, 4.0), (8.5, -4.0), (10.3, 1.0)])
def test_a_range_ends_at_the_threshold(threshold, reach):
    found = unchanged_range(10.0, reach, lambda n: abs(n - 10) < abs(threshold - 10))
    assert abs(found - threshold) <= abs(reach) / 128
    assert abs(found - 10) < abs(threshold - 10)


def test_a_range_without_an_end_is_the_reach():
    assert unchanged_range(10.0, -4.0, lambda n: True) == 6.0
    assert unchanged_range(10.0, 4.0, lambda n: False) == 10.0
