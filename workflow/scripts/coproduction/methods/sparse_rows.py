"""Large sparse matrices changed in their own arrays, some rows at a time.

SciPy's and scikit-learn's functions for the same give the same numbers and need two to three copies of a matrix, which
at 100,000 texts is what decides how much memory the ranking takes.
"""

import numpy as np
from scipy import sparse

ROWS = 1_000  # at once
ENTRIES = 4_000_000  # at once


def chosen_columns(matrix: sparse.csr_matrix, chosen: np.ndarray) -> sparse.csr_matrix:
    """Some columns of a matrix, moved together in its own arrays, so that the matrix given is none any more.

    kept: their numbers, rising

    >>> chosen_columns(sparse.csr_matrix([[1.0, 2.0, 3.0], [0.0, 4.0, 0.0]]), np.array([0, 2])).toarray().tolist()
    [[1.0, 3.0], [0.0, 0.0]]
    """
    place = np.full(matrix.shape[1], -1, dtype=np.int32)
    place[chosen] = np.arange(len(chosen), dtype=np.int32)
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
    return sparse.csr_matrix((matrix.data[:filled], matrix.indices[:filled], ends), (matrix.shape[0], len(chosen)))


def side_by_side(blocks: list[sparse.csr_matrix]) -> sparse.csr_matrix:
    """The blocks, which have the same rows, as one matrix; the list is empty then.

    It takes half as much memory again as the blocks, where SciPy, which keeps them, takes more than as much again.

    >>> side_by_side([sparse.csr_matrix([[1.0], [0.0]]), sparse.csr_matrix([[0.0, 2.0], [3.0, 0.0]])]).toarray().tolist()
    [[1.0, 0.0, 2.0], [0.0, 3.0, 0.0]]
    """
    if sum(block.nnz for block in blocks) <= ENTRIES:
        whole = sparse.hstack(blocks, format="csr", dtype=np.float32)
        blocks.clear()
        return whole
    ends = np.sum([block.indptr.astype(np.int64) for block in blocks], axis=0)
    columns = np.cumsum([0] + [block.shape[1] for block in blocks])
    index = np.int32 if max(int(columns[-1]), int(ends[-1])) <= np.iinfo(np.int32).max else np.int64
    ends_of = [block.indptr for block in blocks]
    values, numbers = [block.data for block in blocks], [block.indices for block in blocks]
    blocks.clear()  # the values of all are gone before there is room for the numbers of the columns
    data = _filled(values, ends_of, ends, np.zeros(len(ends_of), dtype=np.int32), np.empty(ends[-1], dtype=np.float32))
    indices = _filled(numbers, ends_of, ends, columns.astype(index), np.empty(ends[-1], dtype=index))
    return sparse.csr_matrix((data, indices, ends.astype(index)), (len(ends) - 1, int(columns[-1])))


def _filled(
    parts: list[np.ndarray], ends_of: list[np.ndarray], ends: np.ndarray, plus: np.ndarray, whole: np.ndarray
) -> np.ndarray:
    """The parts, taken from their list one by one, row beside row in `whole`, each with its number of `plus` added."""
    before = ends[:-1].copy()
    for own_ends, more in zip(ends_of, plus, strict=False):
        part = parts.pop(0)
        for start in range(0, len(before), ROWS):
            stop = min(start + ROWS, len(before))
            here = slice(own_ends[start], own_ends[stop])
            many = np.diff(own_ends[start : stop + 1])
            place = np.arange(here.start, here.stop) + np.repeat(before[start:stop] - own_ends[start:stop], many)
            whole[place] = part[here] + more if more else part[here]
        before += np.diff(own_ends)
    return whole


def spread(counts: sparse.csr_matrix) -> np.ndarray:
    """In how many rows each column is (p,).

    >>> spread(sparse.csr_matrix([[1.0, 1.0], [0.0, 1.0]])).tolist()
    [1, 2]
    """
    times = np.zeros(counts.shape[1], dtype=np.int64)
    once = max(ENTRIES, counts.shape[1])  # or the sums of many columns would take longer than counting
    for start in range(0, counts.nnz, once):
        times += np.bincount(counts.indices[start : start + once], minlength=counts.shape[1])
    return times


def inverse_frequencies(many: np.ndarray, n: int) -> np.ndarray:
    """1 + ln((1 + n) / (1 + df)) of columns (p,), df: `many` of the n rows have it.

    Source: Spärck Jones (1972), doi:10.1108/eb026526, as scikit-learn smooths it.

    >>> inverse_frequencies(np.array([1, 2]), 2).round(3).tolist()
    [1.4049999713897705, 1.0]
    """
    return (1 + np.log((1 + n) / (1 + many))).astype(np.float32)


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


def product(rows: sparse.csr_matrix, weights: np.ndarray) -> np.ndarray:
    """The product (n,) of the rows (n, p) and weights (p,), some rows at a time.

    SciPy makes all numbers double first where the weights are, which takes twice the memory of the rows' own.

    >>> product(sparse.csr_matrix([[3.0, 4.0], [0.0, 1.0]], dtype=np.float32), np.array([1.0, 0.5])).tolist()
    [5.0, 0.5]
    """
    parts = [rows[start : start + ROWS] @ weights for start in range(0, rows.shape[0], ROWS)]
    return np.concatenate(parts) if parts else np.zeros(0)
