"""Large sparse matrices changed in their own arrays, some rows at a time.

SciPy's and scikit-learn's functions for the same give the same numbers and need two to three copies of a matrix, which
at 100,000 texts is what decides how much memory the ranking takes.
"""

import numpy as np
from scipy import sparse

ROWS = 1_000  # at once
ENTRIES = 4_000_000  # at once


def chosen_columns(matrix: sparse.csr_matrix, kept: np.ndarray) -> sparse.csr_matrix:
    """Some columns of a matrix, moved together in its own arrays, so that the matrix given is none any more.

    kept: their numbers, rising

    >>> chosen_columns(sparse.csr_matrix([[1.0, 2.0, 3.0], [0.0, 4.0, 0.0]]), np.array([0, 2])).toarray().tolist()
    [[1.0, 3.0], [0.0, 0.0]]
    """
    place = np.full(matrix.shape[1], -1, dtype=np.int32)
    place[kept] = np.arange(len(kept), dtype=np.int32)
    ends, filled = matrix.indptr.copy(), 0
    for start in range(0, matrix.shape[0], ROWS):
        stop = min(start + ROWS, matrix.shape[0])
        here = slice(matrix.indptr[start], matrix.indptr[stop])
        columns = place.take(matrix.indices[here])
        inside = columns >= 0
        before = np.append(0, inside.cumsum())
        ends[start : stop + 1] = filled + before[matrix.indptr[start : stop + 1] - matrix.indptr[start]]
        many = int(before[-1])
        matrix.data[filled : filled + many] = matrix.data[here][inside]
        matrix.indices[filled : filled + many] = columns[inside]
        filled += many
    return sparse.csr_matrix((matrix.data[:filled], matrix.indices[:filled], ends), (matrix.shape[0], len(kept)))


def side_by_side(blocks: list[sparse.csr_matrix]) -> sparse.csr_matrix:
    """The blocks, which have the same rows, as one matrix; the list is empty then.

    SciPy would write down the row of every entry first.

    >>> side_by_side([sparse.csr_matrix([[1.0], [0.0]]), sparse.csr_matrix([[0.0, 2.0], [3.0, 0.0]])]).toarray().tolist()
    [[1.0, 0.0, 2.0], [0.0, 3.0, 0.0]]
    """
    ends = np.sum([block.indptr.astype(np.int64) for block in blocks], axis=0)
    columns = np.cumsum([0] + [block.shape[1] for block in blocks])
    small = max(int(columns[-1]), int(ends[-1])) <= np.iinfo(np.int32).max
    data = np.empty(ends[-1], dtype=np.float32)
    indices = np.empty(ends[-1], dtype=np.int32 if small else np.int64)
    before = ends[:-1].copy()
    for first in columns[:-1]:
        block = blocks.pop(0)  # which nobody needs any more
        for start in range(0, block.shape[0], ROWS):
            own = slice(start, min(start + ROWS, block.shape[0]))
            here = slice(block.indptr[own.start], block.indptr[own.stop])
            many = np.diff(block.indptr[own.start : own.stop + 1])
            place = np.arange(here.start, here.stop) + np.repeat(before[own] - block.indptr[own], many)
            data[place], indices[place] = block.data[here], block.indices[here] + first
        before += np.diff(block.indptr)
    return sparse.csr_matrix((data, indices, ends.astype(indices.dtype)), (len(before), int(columns[-1])))


def spread(counts: sparse.csr_matrix) -> np.ndarray:
    """In how many rows each column is (p,).

    >>> spread(sparse.csr_matrix([[1.0, 1.0], [0.0, 1.0]])).tolist()
    [1, 2]
    """
    times = np.zeros(counts.shape[1], dtype=np.int64)
    for start in range(0, counts.nnz, ENTRIES):
        times += np.bincount(counts.indices[start : start + ENTRIES], minlength=counts.shape[1])
    return times


def inverse_frequencies(counts: sparse.csr_matrix) -> np.ndarray:
    """1 + ln((1 + n) / (1 + df)) of each column (p,), df: how many of the n rows have it.

    Source: Spärck Jones (1972), doi:10.1108/eb026526, as scikit-learn smooths it.

    >>> inverse_frequencies(sparse.csr_matrix([[1.0, 1.0], [0.0, 1.0]])).round(3).tolist()
    [1.4049999713897705, 1.0]
    """
    return (1 + np.log((1 + counts.shape[0]) / (1 + spread(counts)))).astype(np.float32)


def unit_rows(rows: sparse.csr_matrix, more: np.ndarray | float = 0.0) -> sparse.csr_matrix:
    """The rows divided by their lengths, in place; rows of zeros stay as they are.

    more: what the squared lengths (n,) have besides the squares in the rows

    >>> unit_rows(sparse.csr_matrix([[3.0, 4.0], [0.0, 0.0]])).toarray().round(2).tolist()
    [[0.6, 0.8], [0.0, 0.0]]
    """
    further = np.broadcast_to(more, rows.shape[0])
    for start in range(0, rows.shape[0], ROWS):
        ends = rows.indptr[start : start + ROWS + 1]
        data = rows.data[ends[0] : ends[-1]]
        many = np.diff(ends)
        squares = np.add.reduceat(np.append(data.astype(np.float64) ** 2, 0), ends[:-1] - ends[0])
        lengths = np.sqrt(np.where(many > 0, squares, 1) + further[start : start + ROWS])
        data /= np.repeat(lengths, many).astype(data.dtype)
    return rows
