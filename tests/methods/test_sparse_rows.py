"""Matrices changed in their own arrays are what SciPy and scikit-learn make of them."""

import numpy as np
import pytest
from coproduction.methods import sparse_rows
from scipy import sparse
from sklearn.feature_extraction.text import TfidfTransformer
from sklearn.preprocessing import normalize


def made(rows, columns, seed):
    return sparse.random(rows, columns, density=0.2, format="csr", random_state=seed, dtype=np.float32)


@pytest.fixture(params=[1, 3, 1000], autouse=True)
def at_once(request, monkeypatch):
    monkeypatch.setattr(sparse_rows, "ROWS", request.param)
    monkeypatch.setattr(sparse_rows, "ENTRIES", request.param)


@pytest.mark.parametrize("rows", [0, 1, 8])
def test_columns_and_blocks_are_those_of_scipy(rows):
    matrix, kept = made(rows, 12, 1), np.array([0, 3, 4, 11])
    expected = matrix[:, kept].toarray()
    assert (sparse_rows.chosen_columns(matrix.copy(), kept).toarray() == expected).all()
    blocks = [made(rows, columns, columns) for columns in (5, 1, 9)]
    together = sparse.hstack(blocks).toarray()
    found = sparse_rows.side_by_side(blocks)
    assert (found.toarray() == together).all()
    assert found.has_canonical_format
    assert not blocks


def test_frequencies_and_lengths_are_those_of_scikit_learn():
    matrix = made(30, 12, 2)
    assert sparse_rows.spread(matrix).tolist() == matrix.getnnz(axis=0).tolist()
    idf = TfidfTransformer().fit(matrix).idf_
    np.testing.assert_allclose(
        sparse_rows.inverse_frequencies(sparse_rows.spread(matrix), matrix.shape[0]), idf, rtol=1e-6
    )
    np.testing.assert_allclose(sparse_rows.unit_rows(matrix.copy()).toarray(), normalize(matrix).toarray(), rtol=1e-6)


def test_what_a_length_has_besides_shortens_its_row():
    rows = sparse_rows.unit_rows(sparse.csr_matrix([[3.0, 0.0], [0.0, 1.0], [0.0, 0.0]]), np.array([16.0, 0.0, 5.0]))
    np.testing.assert_allclose(rows.toarray(), [[0.6, 0.0], [0.0, 1.0], [0.0, 0.0]])


def test_a_product_some_rows_at_a_time_is_the_whole_product(monkeypatch):
    matrix, weights = made(30, 12, 4).astype(np.float32), np.linspace(-1, 1, 12)
    whole = matrix @ weights
    monkeypatch.setattr(sparse_rows, "ROWS", 7)
    assert sparse_rows.product(matrix, weights).tolist() == whole.tolist()
    assert sparse_rows.product(matrix[:0], weights).tolist() == []
