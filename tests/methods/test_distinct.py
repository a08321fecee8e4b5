"""Different numbers: the same as NumPy gives."""

import numpy as np
import pytest
from coproduction.methods.distinct import distinct


@pytest.mark.parametrize("values", [[], [7], [5, 5, 5], [3, 1, 2, 1, 3], [2**62, -4, 2**62, 0]])
def test_different_values_come_once_in_their_order(values):
    given = np.array(values, dtype=np.int64)
    made = distinct(given)
    assert made.tolist() == sorted(set(values))
    assert made.dtype == given.dtype
    assert given.tolist() == values  # stays as it was


def test_the_same_as_numpy_of_many():
    many = np.random.default_rng(1).integers(0, 5000, 20_000)
    assert (distinct(many) == np.unique(many)).all()
