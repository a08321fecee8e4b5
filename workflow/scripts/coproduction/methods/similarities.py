"""How alike records are, computed for those that are asked for only.

A replay asks for the similarities of the records that it has shown, often a small part of all. They are
computed in blocks, those likely to be asked for next together with the one that is, and kept for later starts.
"""

import numpy as np
from scipy import sparse

OFTEN = 0.1  # terms of more records than this share are multiplied as a dense block
ROWS = 500  # of a block of a square table
TOGETHER = 32  # records whose similarities are computed at once
KEPT = 36_000_000  # similarities kept (144 MB)


def is_often(rows: sparse.csr_matrix) -> np.ndarray:
    """Which columns (p,) so many rows have that a dense product of them is quicker than a sparse one.

    Frequent terms make most of the work of a sparse product; the rare ones are the other way round.

    >>> is_often(sparse.csr_matrix(np.eye(40, 2, dtype=np.float32))).tolist()
    [False, False]
    """
    return np.bincount(rows.indices, minlength=rows.shape[1]) > OFTEN * rows.shape[0]


def _without(table: sparse.csr_matrix, rows: np.ndarray) -> sparse.csr_matrix:
    """The table with nothing in some of its rows."""
    many = np.diff(table.indptr)
    remaining = np.repeat(~rows, many)
    ends = np.append(0, np.where(rows, 0, many).cumsum()).astype(table.indptr.dtype)
    return sparse.csr_matrix((table.data[remaining], table.indices[remaining], ends), table.shape)


def dense_kernel(rows: sparse.csr_matrix) -> np.ndarray:
    """Similarities of all records: all inner products of the rows (n, p) as a float32 table (n, n).

    Blocks of rows keep the sparse product small, and each pair of blocks is multiplied once.

    >>> dense_kernel(sparse.csr_matrix([[1.0, 0.0], [0.6, 0.8]], dtype=np.float32)).round(2).tolist()
    [[1.0, 0.6000000238418579], [0.6000000238418579, 1.0]]
    """
    n = rows.shape[0]
    often = is_often(rows)
    dense, rare = rows[:, often].toarray().astype(np.float32, copy=False), rows[:, ~often]
    kernel = dense @ dense.T
    for start in range(0, n, ROWS):
        end = min(start + ROWS, n)
        block = (rare[start:end] @ rare[start:].T.tocsr()).toarray()
        kernel[start:end, start:] += block
        kernel[end:, start:end] += block[:, end - start :].T
    return kernel


class Similarities:
    """Inner products of single rows of a matrix (n, p) with all of them.

    >>> similar = Similarities(sparse.csr_matrix([[1.0, 0.0], [0.6, 0.8]], dtype=np.float32))
    >>> similar.of(0, np.array([0.0, 1.0])).round(2).tolist()
    [1.0, 0.6000000238418579]
    """

    def __init__(self, rows: sparse.csr_matrix) -> None:
        self.n, self.rows = rows.shape[0], rows
        columns = rows.tocsc()
        often = is_often(rows)
        self.often = columns[:, often].toarray(order="C").astype(np.float32, copy=False)
        self.by_term = _without(columns.T, often)
        self.known: dict[int, np.ndarray] = {}

    def of(self, record: int, likely: np.ndarray) -> np.ndarray:
        """Similarities (n,) of all records to this one; `likely` (n,): the higher, the sooner a record is asked for."""
        if record in self.known:
            return self.known[record]
        records_of_block = [record]
        room = min(TOGETHER, KEPT // self.n - len(self.known), self.n) - 1
        if room > 0:
            chances = likely.astype(np.float64)
            chances[[record, *self.known]] = -np.inf
            next_ones = np.argpartition(-chances, room)[:room]
            records_of_block += next_ones[np.isfinite(chances[next_ones])].tolist()
        block = (self.rows[records_of_block] @ self.by_term).toarray()
        block += self.often[records_of_block] @ self.often.T
        if len(self.known) + len(records_of_block) <= KEPT // self.n:
            self.known |= dict(zip(records_of_block, block, strict=True))
        return block[0]
