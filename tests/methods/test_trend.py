"""Trends: published values, edge cases."""

import numpy as np
import pytest
from coproduction.methods.trend import mean_interval, trend
from scipy import stats


def test_trend_equals_the_exact_null_distribution_of_kendall():
    # S of 1..5 in order is 10, of which the exact two-sided p is 2/120 (Mann 1945, table for n = 5)
    found = trend(np.arange(5), np.array([1.0, 2, 3, 4, 5]))
    assert found.p == pytest.approx(2 / 120, abs=1e-4)
    assert found.slope == 1


def test_slope_is_the_median_of_all_slopes():
    years, values = np.array([2018, 2019, 2020, 2021, 2023]), np.array([1.0, 4, 2, 5, 9])
    slopes = [(values[j] - values[i]) / (years[j] - years[i]) for i in range(5) for j in range(i + 1, 5)]
    assert trend(years, values).slope == pytest.approx(np.median(slopes))
    assert trend(years, values).p == pytest.approx(stats.kendalltau(years, values).pvalue, abs=1e-4)


@pytest.mark.parametrize("values", [[], [0.1], [0.1, 0.2, 0.3], [0.2, 0.2, 0.2, 0.2]])
def test_what_cannot_be_tested_is_empty(values):
    found = trend(np.arange(len(values)), np.array(values))
    assert np.isnan(found.p)
    assert np.isnan(found.slope)


def test_interval_of_a_mean_has_the_width_of_theory():
    values = np.random.default_rng(2).normal(size=(400, 2))
    low, high = mean_interval(values, 2000, 1)
    expected = 2 * 1.96 * values.std(axis=0) / np.sqrt(400)
    np.testing.assert_allclose(high - low, expected, rtol=0.1)


def test_interval_of_nothing_is_empty():
    low, high = mean_interval(np.zeros((0, 2)), 10, 1)
    assert np.isnan([*low, *high]).all()


def test_how_much_is_drawn_at_once_decides_nothing(monkeypatch):
    values = np.random.default_rng(3).random((40, 3))
    whole = mean_interval(values, 100, 1)
    monkeypatch.setattr("coproduction.methods.trend.DRAWN", 40 * 7)
    np.testing.assert_allclose(mean_interval(values, 100, 1), whole, rtol=1e-12)
