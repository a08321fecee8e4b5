"""Distributions of ratings against NumPy and SciPy."""

import numpy as np
import pytest
from coproduction.methods import consensus
from coproduction.methods import distributions as st
from coproduction.methods.consensus import Limits
from hypothesis import given, settings
from hypothesis import strategies as some
from scipy import stats

NINE = st.Scale(1, 9, 3, 7)


@settings(max_examples=150, deadline=None)
@given(
    some.lists(some.integers(1, 9), min_size=1, max_size=40),
    some.sampled_from([0.1, 0.25, 0.3, 0.5, 0.7, 0.75, 0.9]),
    some.sampled_from(sorted(st.QUANTILES)),
)
def test_quantiles_of_counts_are_numpys_of_values(values, q, method):
    found = st.quantile(st.tally(values, NINE), q, NINE.points, method)[0]
    assert found == pytest.approx(np.quantile(values, q, method=method), abs=1e-9)


def test_nobody_rated_gives_no_numbers():
    counts = st.tally(np.full((1, 4), np.nan), NINE)
    assert np.isnan(st.median(counts, NINE.points)[0])
    assert np.isnan(st.share(counts, NINE.high)[0])
    rule = Limits(NINE)
    assert consensus.verdicts(counts, "agreement", rule)[0] == "no ratings"


def test_bimodality_coefficient_is_that_of_scipys_moments():
    values = np.array([1, 1, 2, 2, 2, 8, 8, 9, 9, 9, 9], float)
    n = len(values)
    skew = stats.skew(values, bias=False)
    kurtosis = stats.kurtosis(values, bias=False)
    wanted = (skew**2 + 1) / (kurtosis + 3 * (n - 1) ** 2 / ((n - 2) * (n - 3)))
    found = st.bimodality(st.tally(values, NINE), NINE.points)[0]
    assert found == pytest.approx(wanted)
    assert found > 5 / 9
