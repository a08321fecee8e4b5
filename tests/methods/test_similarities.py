"""Similarities computed for those that are asked for only."""

import numpy as np
import pytest
from coproduction.methods import similarities
from coproduction.methods.similarities import Similarities, dense_kernel
from scipy import sparse


@pytest.fixture
def rows():
    chance = np.random.default_rng(0)
    table = chance.random((90, 60)) * (chance.random((90, 60)) < np.linspace(0.01, 0.6, 60))
    return sparse.csr_matrix(table, dtype=np.float32)


def test_similarities_are_the_inner_products_whoever_is_asked_for(rows):
    whole = (rows @ rows.T).toarray()
    assert dense_kernel(rows) == pytest.approx(whole, abs=1e-5)
    similar = Similarities(rows)
    for record in (7, 3, 89, 7, 0):
        assert similar.of(record, np.arange(90.0)) == pytest.approx(whole[record], abs=1e-5)


def test_those_likely_to_be_asked_for_next_are_computed_with_the_one_that_is(rows, monkeypatch):
    monkeypatch.setattr(similarities, "TOGETHER", 3)
    similar = Similarities(rows)
    similar.of(5, -np.arange(90.0))
    assert sorted(similar.known) == [0, 1, 5]
    similar.of(2, -np.arange(90.0))
    assert sorted(similar.known) == [0, 1, 2, 3, 4, 5]


def test_no_more_is_kept_than_there_is_room_for(rows, monkeypatch):
    monkeypatch.setattr(similarities, "KEPT", 90 * 4)
    similar = Similarities(rows)
    whole = (rows @ rows.T).toarray()
    for record in range(90):
        assert similar.of(record, np.zeros(90)) == pytest.approx(whole[record], abs=1e-5)
    assert len(similar.known) == 4
