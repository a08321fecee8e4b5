"""What records cite as a further kind of term of the ranking: bibliographic coupling and direct citation.

Records that cite the same works are about the same (Kessler 1963, doi:10.1002/asi.5090140103), and so
are a record and one that cites it. A record's terms are therefore the works that it cites and itself.
Embeddings of citation networks were considered and left out: a share of this kind can be explained by
counting, and it is learnt from the decisions with the words.
"""

import numpy as np
from scipy import sparse

from coproduction.methods.sparse_rows import chosen_columns, inverse_frequencies, side_by_side, spread, unit_rows
from coproduction.methods.text_features import Features


def citation_vectors(records: np.ndarray, works: np.ndarray, n: int) -> sparse.csr_matrix:
    """TF-IDF vectors (n, p) of unit length from pairs of a record (0 to n - 1) and a work it has for a term.

    Works of one record only say nothing of who is alike and are left out; a record without any other
    has a row of zeros. Works are numbers from 0 on.

    >>> citation_vectors(np.array([0, 1, 1, 2]), np.array([0, 0, 1, 2]), 3).toarray().tolist()
    [[1.0], [1.0], [0.0]]
    """
    width = int(works.max()) + 1 if len(works) else 0
    pairs = np.sort(records.astype(np.int64) * max(width, 1) + works)
    rows, columns = np.divmod(pairs[np.diff(pairs, prepend=-1) > 0], max(width, 1))
    shared_works = np.flatnonzero(np.bincount(columns, minlength=width) > 1)
    ones, ends = np.ones(len(rows), dtype=np.float32), np.searchsorted(rows, np.arange(n + 1))
    vectors = chosen_columns(sparse.csr_matrix((ones, columns, ends), (n, width)), shared_works)
    vectors.data *= inverse_frequencies(spread(vectors), n)[vectors.indices]
    return unit_rows(vectors)


def add_citations(features: Features, vectors: sparse.csr_matrix, share: float) -> Features:
    """The features with what the records cite as a further kind of term, which has this share of similarity.

    Without any citation they are the same.

    >>> import pandas as pd
    >>> from coproduction.methods.relevance_model import Kind
    >>> from coproduction.methods.text_features import make_features
    >>> features = make_features(pd.DataFrame({"title": ["care", "home"]}), (Kind("words", "all", 0, 1.0),))
    >>> features = add_citations(features, citation_vectors(np.array([0, 1]), np.array([0, 0]), 2), 0.3)
    >>> (features.similar @ features.similar.T).toarray().round(2).tolist()
    [[1.0, 0.30000001192092896], [0.30000001192092896, 1.0]]
    """
    if not vectors.nnz:
        return features
    parts = (features.similar, np.sqrt(1 - share)), (vectors, np.sqrt(share))
    blocks = [sparse.csr_matrix((m.data * np.float32(by), m.indices, m.indptr), m.shape) for m, by in parts]
    similar = side_by_side(blocks)
    return Features(similar, features.counts, features.kinds, features.counted, features.words, vectors.shape[1], share)
