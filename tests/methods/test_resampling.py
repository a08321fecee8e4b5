"""Draws as counts, weighted medians and ranks against slow definitions."""

import numpy as np
import pandas as pd
import pytest
from coproduction.methods import resampling
from coproduction.methods.order_agreement import standing, standings
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

VALUES = arrays(float, (5, 3), elements=st.sampled_from([1.0, 2.0, 2.0, 5.0, float("nan")]))


@given(VALUES, arrays(int, (4, 5), elements=st.integers(0, 3)))
def test_weighted_medians_are_those_of_the_repeated_values(values, counts):
    found = resampling.weighted_medians(values, counts)
    for draw, row in zip(counts, found, strict=True):
        repeated = np.repeat(values, draw, axis=0)
        for column in range(3):
            own = repeated[:, column][~np.isnan(repeated[:, column])]
            if len(own):
                assert row[column] == pytest.approx(np.median(own))
            else:
                assert np.isnan(row[column])


def test_draws_are_of_the_size_of_the_sample_and_reach_every_unit():
    counts = resampling.resampled(6, 2000, np.random.default_rng(3))
    assert (counts.sum(axis=1) == 6).all()
    assert counts.mean(axis=0) == pytest.approx(np.ones(6), abs=0.1)
    assert (counts > 0).mean() == pytest.approx(1 - (5 / 6) ** 6, abs=0.02)
    assert resampling.resampled(0, 3, np.random.default_rng(1)).shape == (3, 0)


@given(arrays(float, 6, elements=st.sampled_from([0.0, 1.0, 2.0, 3.0])))
def test_ranks_and_standings_by_pandas(values):
    series = pd.Series(values)
    assert resampling.ranks(values).tolist() == series.rank(method="min", ascending=False).tolist()
    assert standings(values, values) == pytest.approx(standing(series).to_numpy())


def test_a_value_is_measured_by_the_yardstick_of_others():
    among = np.array([4.0, 2.0, 2.0, 0.0, np.nan])
    found = standings(np.array([2.0, 0.0, 9.0, 1.0, np.nan]), among)
    assert found[:4] == pytest.approx([(1 + 1) / 4, 0, 1, 1 / 4])
    assert np.isnan(found[4])
