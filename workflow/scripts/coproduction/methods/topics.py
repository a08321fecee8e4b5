"""Topics of texts by non-negative matrix factorisation, and how good a number of them is.

scikit-learn factorises. Coherence is in gensim, a dependency that the workflow needs for nothing
else; stability is in no package that is kept up.
"""

from collections.abc import Hashable, Sequence

import numpy as np
from scipy.optimize import linear_sum_assignment
from scipy.sparse import csr_matrix
from sklearn.decomposition import NMF

TOP = 10  # terms of a topic that are compared
ROUGH = 1e-3  # tolerance of the models of draws: their strongest terms are soon settled
KEPT = 0.8  # share of the documents in a draw, as in Greene et al.


def factorise(
    weights: csr_matrix, n_topics: int, seed: int, tolerance: float = 1e-5
) -> tuple[np.ndarray, np.ndarray]:
    """Weights of the topics in the documents and of the terms in the topics."""
    model = NMF(n_topics, init="nndsvda", random_state=seed, max_iter=1000, tol=tolerance)
    return model.fit_transform(weights), model.components_


def top_terms(loads: np.ndarray) -> list[list[int]]:
    """The columns of the strongest terms of each topic; terms without weight are no terms."""
    return [[int(n) for n in np.argsort(-row, kind="stable")[:TOP] if row[n] > 0] for row in loads]


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


def average_jaccard(first: Sequence[Hashable], second: Sequence[Hashable]) -> float:
    """Agreement of two ranked lists: the mean Jaccard index of their first 1, 2, ... terms.

    1 for the same lists in the same order, 0 where they share nothing; the head of the lists counts
    most. Greene, O'Callaghan and Cunningham (2014), ECML PKDD 2014, 498-513,
    doi:10.1007/978-3-662-44848-9_32. 0 for two empty lists.

    >>> round(average_jaccard(["trust", "care"], ["care", "trust"]), 2)
    0.5
    """
    depth = max(len(first), len(second))
    if not depth:
        return 0.0
    shares = []
    for d in range(1, depth + 1):
        one, two = set(first[:d]), set(second[:d])
        shares.append(len(one & two) / len(one | two))
    return float(np.mean(shares))


def matched(reference: list[list[int]], other: list[list[int]]) -> np.ndarray:
    """Of each reference topic its agreement with the topic of `other` that it is matched with.

    The matching is the one with the highest sum (Hungarian method), as in Greene et al. (2014).
    """
    alike = np.array([[average_jaccard(a, b) for b in other] for a in reference])
    rows, columns = linear_sum_assignment(-alike)
    agreement = np.zeros(len(reference))
    agreement[rows] = alike[rows, columns]
    return agreement


def stability(weights: csr_matrix, n_topics: int, draws: int, seed: int) -> np.ndarray:
    """Of each topic the mean agreement with its match in models of draws of the records.

    The reference is the model of all records; each draw keeps four fifths of them. The order is that
    of the factorisation. Empty where there are too few records for so many topics.
    """
    _, loads = factorise(weights, n_topics, seed)
    reference = top_terms(loads)
    records = weights.shape[0]
    rng = np.random.default_rng(seed)
    agreements = []
    for _ in range(draws):
        kept = np.sort(rng.choice(records, int(KEPT * records), replace=False))
        _, drawn = factorise(weights[kept], n_topics, seed, ROUGH)
        agreements.append(matched(reference, top_terms(drawn)))
    return np.mean(agreements, axis=0)
