"""How good topics are as lists of terms: whether the terms of a topic belong together, and are its own.

gensim has both measures of coherence. It is a large dependency that the workflow needs for nothing else,
and walks through the texts in Python for each model; the tests hold the values here against gensim's.
"""

from collections.abc import Sequence

import numpy as np
from scipy.sparse import csr_matrix

WINDOW = 110  # words that are looked at together for C_v, as in Röder et al.
SMALL = 1e-12  # added to shares before their logarithm, as in the reference implementation


def npmi(present: csr_matrix, terms: Sequence[int]) -> float:
    """Coherence of a topic: the mean normalised pointwise mutual information of its terms.

    present: documents x terms, whether a term is in a document. For a pair of terms
    `log(p_ij / (p_i p_j)) / -log p_ij`, with p the share of documents; -1 where the two never meet,
    1 where both are in every document, 0 where they meet as often as chance has it. NaN with fewer
    than two terms. Bouma (2009), Proceedings of GSCL, 31-40; as a measure of topics Lau, Newman and
    Baldwin (2014), EACL 2014, 530-539, doi:10.3115/v1/E14-1056.

    >>> npmi(csr_matrix([[1, 1], [1, 0], [0, 1], [0, 0]]), [0, 1])
    0.0
    """
    if len(terms) < 2:
        return float("nan")
    chosen = present[:, list(terms)].astype(float)
    together = (chosen.T @ chosen).toarray() / present.shape[0]
    single = np.diag(together)
    values = []
    for i in range(len(terms)):
        for j in range(i):
            joint = together[i, j]
            if joint == 0:
                values.append(-1.0)
            elif joint == 1:
                values.append(1.0)
            else:
                values.append(np.log(joint / (single[i] * single[j])) / -np.log(joint))
    return float(np.mean(values))


def window_counts(texts: Sequence[np.ndarray], terms: Sequence[int], window: int = WINDOW) -> tuple[np.ndarray, int]:
    """In how many windows each pair of terms occurs (terms x terms; the diagonal: each alone), and of how many.

    texts: for each text the numbers of its words in their order. A window moves word by word over a
    text; a text that is no longer than the window is one. gensim takes a word out of a window when it leaves
    at the edge, also where the window holds it once more, and so counts repeated words too rarely.

    >>> counts, windows = window_counts([np.array([0, 1, 2]), np.array([2, 2])], [0, 2], window=2)
    >>> counts.tolist(), windows
    ([[1, 0], [0, 2]], 3)
    """
    place = {term: n for n, term in enumerate(terms)}
    counts, windows = np.zeros((len(terms), len(terms)), dtype=np.int64), 0
    for text in texts:
        at = [(n, place[word]) for n, word in enumerate(text.tolist()) if word in place]
        terms_of_text = sorted({term for _, term in at})
        column = {term: n for n, term in enumerate(terms_of_text)}
        in_window = np.zeros((max(1, len(text) - window + 1), len(terms_of_text)), dtype=np.int32)
        for n, term in at:
            in_window[max(0, n - window + 1) : n + 1, column[term]] = 1
        counts[np.ix_(terms_of_text, terms_of_text)] += in_window.T @ in_window
        windows += len(in_window)
    return counts, windows


def c_v(counts: np.ndarray, windows: int) -> float:
    """Coherence C_v of a topic from the `window_counts` of its terms, -1 to 1; NaN with fewer than two.

    Each term has a vector of its NPMI with all terms of the topic (1 with itself), shares being those of
    the windows with `SMALL` added to the joint one; C_v is the mean cosine of these vectors with their sum.
    Like `npmi` it is higher the more the terms meet; it counts how near they are as well, and terms with
    the same neighbours agree though they never meet.

    Source: Röder, Both and Hinneburg (2015), WSDM 2015, 399-408, doi:10.1145/2684822.2685324.

    >>> round(c_v(np.array([[2, 2], [2, 2]]), 4), 6)
    1.0
    """
    if len(counts) < 2 or not windows:
        return float("nan")
    joint = counts / windows
    single = np.diag(joint)
    expected = np.outer(single, single)
    with np.errstate(divide="ignore", invalid="ignore"):
        vectors = np.log((joint + SMALL) / expected) / -np.log(joint + SMALL)
    vectors = np.where(expected > 0, vectors, 0.0)
    together = vectors.sum(axis=0)
    lengths = np.linalg.norm(vectors, axis=1) * np.linalg.norm(together)
    cosines = np.divide(vectors @ together, lengths, out=np.zeros(len(vectors)), where=lengths > 0)
    return float(cosines.mean())


def diversity(topics: Sequence[Sequence[int]]) -> float:
    """The share of different terms among the listed terms of all topics; 1: no term is in two. NaN for none.

    Source: Dieng, Ruiz and Blei (2020), TACL 8, 439-453, doi:10.1162/tacl_a_00325 (there of 25 terms).

    >>> diversity([[1, 2], [2, 3]])
    0.75
    """
    listed = [term for topic in topics for term in topic]
    return len(set(listed)) / len(listed) if listed else float("nan")
