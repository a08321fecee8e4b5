"""Similarities of records as a dense table, the one costly step of a small ranking."""

import numpy as np
from scipy import sparse

OFTEN = 0.05  # terms of more records than this share are multiplied as a dense block
ROWS = 500


def dense_kernel(rows: sparse.csr_matrix) -> np.ndarray:
    """All inner products of the rows, as float32.

    Frequent terms make most of the work of a sparse product and are quick in a dense one; the
    rare ones are the other way round. Blocks of rows keep the sparse product small, and each pair of
    blocks is multiplied once.
    """
    n = rows.shape[0]
    often = np.bincount(rows.indices, minlength=rows.shape[1]) > OFTEN * n
    dense = rows[:, often].toarray().astype(np.float32, copy=False)
    kernel = dense @ dense.T
    rare = rows[:, ~often]
    for start in range(0, n, ROWS):
        end = min(start + ROWS, n)
        block = (rare[start:end] @ rare[start:].T.tocsr()).toarray()
        kernel[start:end, start:] += block
        kernel[end:, start:end] += block[:, end - start :].T
    return kernel
