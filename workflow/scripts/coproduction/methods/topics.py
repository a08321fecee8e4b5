"""Topics of texts: a non-negative factorisation from a rotated start, and how good it is.

scikit-learn factorises. Its own start ("nndsvda") comes from a randomised decomposition that has not
converged, so that the seed decided the topic of up to a fifth of the records; here it is the varimax
rotation of converged singular vectors. LDA needs more text than a
few hundred abstracts have (benchmarks/topics.md); BERTopic needs weights that must be
downloaded. Varimax is in no package that is kept up and takes sparse input's many rows
(factor_analyzer rotates small dense loadings); stability is in no package that is kept up.
"""

import warnings
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import atan2, cos, sin
from typing import Literal

import numpy as np
from scipy.linalg.blas import drot
from scipy.optimize import linear_sum_assignment
from scipy.sparse import csr_matrix
from scipy.sparse.linalg import ArpackError, svds
from sklearn.decomposition import NMF, non_negative_factorization
from sklearn.exceptions import ConvergenceWarning

TOP = 10  # terms of a topic that are compared
DECIMALS = 9  # of weights that are compared with one another
KEPT = 0.8  # share of the documents in a draw, as in Greene et al.
EMPTY = 1e-8  # a singular value below this share of the first carries no topic
ROTATIONS, SETTLED = 100, 1e-6  # varimax ends when no two columns turn by more than this angle
SWEEPS, CONVERGED = 200, 1e-4  # the factorisation ends when its error falls by less than this share
RELEVANT = 0.6  # balance of frequent and of a topic's own terms
START = 0.01  # scale of the terms' start, in units of the rotated vectors; zeros start at its mean


@dataclass(frozen=True)
class Topics:
    """Topics of a corpus, in no particular order, all weights 0 or more.

    documents: documents x topics
    terms: topics x terms
    """

    documents: np.ndarray
    terms: np.ndarray


Triplets = tuple[np.ndarray, np.ndarray, np.ndarray]  # of a singular value decomposition


def find_topics(weights: csr_matrix, n_topics: int, leading: Triplets | None = None, sweeps: int = SWEEPS) -> Topics:
    """Topics by non-negative matrix factorisation, the same ones every time.

    weights: documents x terms (TF-IDF), with more documents and more terms than `n_topics`
    leading: the `leading_vectors` of the weights, at least `n_topics`, where they are known already
    sweeps: after how many the descent ends at the latest

    The Frobenius distance between the weights and the product of both matrices is lowered by
    coordinate descent. It starts from the truncated singular value
    decomposition U D V', computed until it has converged, and the varimax rotation R of V: V R for the
    terms and U D R for the documents, each topic turned so that its terms are skewed to the positive
    side, negative entries a small constant. There are fewer topics than asked for where the weights
    have a lower rank. Nothing is drawn at random.

    Source: Lee and Seung (1999), Nature 401, 788-791, doi:10.1038/44565; the start after Rohe and Zeng
    (2023), JRSS B 85, 1037-1060, doi:10.1093/jrsssb/qkad029.

    >>> weights = np.kron(np.eye(2), np.ones((3, 2))) + 0.01 * np.arange(24).reshape(6, 4) / 24
    >>> sorted(sorted(terms[:2]) for terms in top_terms(find_topics(csr_matrix(weights), 2).terms))
    [[0, 1], [2, 3]]
    """
    document_vectors, sizes, term_vectors = leading or leading_vectors(weights, n_topics)
    document_vectors, sizes, term_vectors = document_vectors[:, :n_topics], sizes[:n_topics], term_vectors[:n_topics]
    if not len(sizes):
        return Topics(np.zeros((weights.shape[0], 0)), np.zeros((0, weights.shape[1])))
    scaled = term_vectors.T * np.sqrt(weights.shape[1])
    rotation = varimax(scaled)
    terms = scaled @ rotation
    side = np.where((terms**3).sum(axis=0) < 0, -1.0, 1.0)
    least = START * weights.mean()
    documents = np.maximum((document_vectors * sizes) @ rotation * side, least)
    terms = np.maximum(START * (terms * side).T, least)
    model = NMF(len(sizes), init="custom", max_iter=sweeps, tol=CONVERGED)
    order: Literal["C"] = "C"  # scikit-learn's solver refuses a transposed view
    with np.errstate(invalid="ignore"), warnings.catch_warnings():
        # the root of an error that rounding made negative; an end by the number of sweeps
        warnings.simplefilter("ignore", ConvergenceWarning)
        documents = model.fit_transform(weights, W=np.array(documents, order=order), H=np.array(terms, order=order))
    return Topics(documents, model.components_)


def placed(weights: csr_matrix, terms: np.ndarray) -> np.ndarray:
    """The weights of topics in documents (documents x topics) that the topics were not found in.

    weights: documents x terms; terms: topics x terms, as `find_topics` gives them, which stay as they are. The same
    coordinate descent, from zero; for each document the problem has one minimum unless topics are alike.

    >>> placed(csr_matrix([[2.0, 2.0, 0.0], [0.0, 0.0, 3.0]]), np.array([[1.0, 1.0, 0.0], [0.0, 0.0, 1.0]])).tolist()
    [[2.0, 0.0], [0.0, 3.0]]
    """
    if not weights.shape[0] or not len(terms):
        return np.zeros((weights.shape[0], len(terms)))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        documents: np.ndarray = non_negative_factorization(
            weights, H=terms, n_components=len(terms), update_H=False, max_iter=SWEEPS, tol=CONVERGED
        )[0]
    return documents


def leading_vectors(weights: csr_matrix, n: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The `n` leading singular triplets, the largest first: documents x n, n, n x terms.

    Computed by Lanczos iteration to machine precision from a fixed start (ARPACK), so that neither a
    seed nor the number of cores decides (SciPy 1.17's PROPACK invents values where the rank is lower); of each pair of vectors the sign is the one in which the
    largest entry of the second is positive. Those without weight are left out.

    >>> _, sizes, right = leading_vectors(csr_matrix([[3.0, 0, 0], [0, 2, 0], [0, 0, 1]]), 2)
    >>> sizes.round(6).tolist(), np.abs(right).round(6).tolist()
    ([3.0, 2.0], [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0]])
    """
    start = np.full(min(weights.shape), 1 / np.sqrt(min(weights.shape)))
    try:
        document_vectors, sizes, term_vectors = svds(weights.astype(float), k=n, v0=start, tol=0)
    except ArpackError:  # hardly a document is unlike the others: no start leads on to a second direction
        document_vectors, sizes, term_vectors = np.linalg.svd(weights.toarray().astype(float), full_matrices=False)
        document_vectors, sizes, term_vectors = document_vectors[:, :n], sizes[:n], term_vectors[:n]
    order = np.argsort(-sizes)
    document_vectors, sizes, term_vectors = document_vectors[:, order], sizes[order], term_vectors[order]
    has_weight = sizes > EMPTY * sizes[0]
    document_vectors, sizes, term_vectors = document_vectors[:, has_weight], sizes[has_weight], term_vectors[has_weight]
    largest = np.abs(term_vectors).argmax(axis=1)
    side = np.where(term_vectors[np.arange(len(term_vectors)), largest] < 0, -1.0, 1.0)
    return document_vectors * side, sizes, term_vectors * side[:, None]


def varimax(loadings: np.ndarray) -> np.ndarray:
    """The rotation (columns x columns) that maximises the variance of the squared loadings.

    loadings: rows x columns. Raw varimax (no normalisation of rows) by rotations of two columns at a
    time, each by the angle that is best for them, so that the criterion never falls; the iteration by
    singular value decomposition that R uses can stand still at a poor start.

    Source: Kaiser (1958), Psychometrika 23, 187-200, doi:10.1007/BF02289233.

    >>> apart = np.array([[1, 0], [1, 0], [1, 0], [0, 1], [0, 1]])
    >>> turned = apart @ np.array([[0.8, 0.6], [-0.6, 0.8]])
    >>> np.abs(turned @ varimax(turned)).round(3).tolist()
    [[1.0, 0.0], [1.0, 0.0], [1.0, 0.0], [0.0, 1.0], [0.0, 1.0]]
    """
    turned = np.array(loadings.T, dtype=float, order="C")  # a column is a row here: next to each other in memory
    columns = len(turned)
    rotation = np.eye(columns)
    squares = turned**2
    sums = [(float(squared.sum()), float(squared @ squared)) for squared in squares]
    for _ in range(ROTATIONS):
        widest = 0.0
        for i, j in combinations(range(columns), 2):
            both = turned[i] * turned[j]
            angle = _best_angle(both, squares[i], squares[j], sums[i], sums[j])
            if abs(angle) > SETTLED:
                for rows in (turned, rotation):
                    drot(rows[i], rows[j], cos(angle), sin(angle), overwrite_x=True, overwrite_y=True)
                for k in (i, j):
                    squared = np.multiply(turned[k], turned[k], out=squares[k])
                    sums[k] = float(squared.sum()), float(squared @ squared)
                widest = max(widest, abs(angle))
        if widest <= SETTLED:
            break
    return rotation.T


def _best_angle(
    xy: np.ndarray, x2: np.ndarray, y2: np.ndarray, sums_x: tuple[float, float], sums_y: tuple[float, float]
) -> float:
    """The angle by which two columns x and y turn to the best varimax (Kaiser 1958).

    From their products, their squares, and the sums of their second and fourth powers: Kaiser's u = x^2 - y^2 and
    v = 2xy are multiplied out, which reads half as much memory.
    """
    sum_u, sum_v = sums_x[0] - sums_y[0], 2 * float(xy.sum())
    across = 4 * float(xy @ x2 - xy @ y2) - 2 * sum_u * sum_v / len(xy)
    along = sums_x[1] + sums_y[1] - 6 * float(xy @ xy) - (sum_u**2 - sum_v**2) / len(xy)
    return atan2(across, along) / 4


def shares_of(weights: np.ndarray) -> np.ndarray:
    """Shares of each row, which sum to 1, or to 0 where the row has no weight.

    >>> shares_of(np.array([[1.0, 3.0], [0.0, 0.0]])).tolist()
    [[0.25, 0.75], [0.0, 0.0]]
    """
    sums = weights.sum(axis=1, keepdims=True)
    return np.divide(weights, sums, out=np.zeros_like(weights), where=sums > 0)


def relevance(terms: np.ndarray, prevalence: np.ndarray, balance: float = RELEVANT) -> np.ndarray:
    """Relevance of each term to each topic (topics x terms); minus infinity where it has no weight.

    terms: topics x terms, weights of 0 or more; prevalence: share of each topic. With `phi` the share of a topic's
    weights that a term has and `p` its share over all topics by their prevalence, `balance log(phi) +
    (1 - balance) log(phi / p)`: at 1 the most frequent terms of a topic rank highest, at 0 those that no other
    topic has.

    Source: Sievert and Shirley (2014), Workshop on Interactive Language Learning, Visualization, and
    Interfaces, 63-70, doi:10.3115/v1/W14-3110; 0.6 as in their study of readers.

    >>> relevance(np.array([[0.5, 0.5], [0.0, 1.0]]), np.array([0.5, 0.5]), 0).round(3).tolist()
    [[0.693, -0.405], [-inf, 0.288]]
    """
    shares = shares_of(terms)
    marginal = prevalence @ shares
    with np.errstate(divide="ignore", invalid="ignore"):
        by_terms = balance * np.log(shares) + (1 - balance) * np.log(shares / marginal)
    return np.where(shares > 0, by_terms, -np.inf)


def top_terms(loads: np.ndarray) -> list[list[int]]:
    """The columns of the strongest terms of each topic; terms without weight are no terms.

    >>> top_terms(np.array([[0.1, 0.0, 0.7]]))
    [[2, 0]]
    """
    return [[int(n) for n in np.argsort(-row, kind="stable")[:TOP] if row[n] > 0] for row in map(settled, loads)]


def strongest(row: np.ndarray, names: np.ndarray, n: int) -> list[int]:
    """The `n` terms of the highest weight; a word that a stronger or equal phrase already holds is not repeated.

    row: weight of each term; names: of the terms, by which equal weights are ordered

    >>> strongest(np.array([0.5, 0.9, 0.0, 0.7]), np.array(["home", "home care", "tax", "trust"]), 3)
    [1, 3]
    """
    chosen: list[int] = []
    for position in np.lexsort((names, -row)):
        if row[position] <= 0 or len(chosen) == n:
            break
        term = f" {names[position]} "
        if not any(term in f" {names[other]} " or f" {names[other]} " in term for other in chosen):
            chosen.append(int(position))
    return chosen


def settled(row: np.ndarray) -> np.ndarray:
    """A row of weights as shares of its largest, to nine decimals, so that equal weights are equal.

    The last digits of a factorisation depend on how many cores its sums were shared out to.

    >>> settled(np.array([0.1 + 0.2, 0.3, 0.0])).tolist()
    [1.0, 1.0, 0.0]
    """
    return np.round(row / row.max(), DECIMALS) if row.any() else row


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


def matching(reference: Sequence[Sequence[Hashable]], other: Sequence[Sequence[Hashable]]) -> dict[int, int]:
    """For topics of `reference` the topic of `other` that they are matched with, one to one.

    The matching is the one with the highest sum of agreements (Hungarian method), as in Greene et al. (2014).

    >>> matching([[1, 2], [3, 4]], [[3, 4], [2, 1], [5, 6]])
    {0: 1, 1: 0}
    """
    alike = np.array([[average_jaccard(a, b) for b in other] for a in reference]).reshape(len(reference), len(other))
    return {int(row): int(column) for row, column in zip(*linear_sum_assignment(-alike), strict=True)}


def matched(reference: list[list[int]], other: list[list[int]]) -> np.ndarray:
    """Of each reference topic its agreement with the topic of `other` that it is matched with (see `matching`).

    >>> matched([[1, 2], [3, 4]], [[3, 4], [5, 6]]).tolist()
    [0.0, 1.0]
    """
    agreement = np.zeros(len(reference))
    for row, column in matching(reference, other).items():
        agreement[row] = average_jaccard(reference[row], other[column])
    return agreement


def stabilities(
    weights: csr_matrix, numbers: Sequence[int], draws: int, seed: int, sweeps: int = SWEEPS
) -> dict[int, tuple[list[list[int]], np.ndarray]]:
    """For each number of topics their `top_terms` and their mean agreement with models of draws.

    Each topic of the reference is compared with its match in the model of each draw. The reference is the model of all documents; each draw keeps four fifths of them, the same ones for
    each number. The order is that of `find_topics`. Greene, O'Callaghan and Cunningham (2014),
    doi:10.1007/978-3-662-44848-9_32.

    >>> two = np.kron(np.eye(2), np.ones((10, 3))) + 0.01 * np.arange(120).reshape(20, 6) / 120
    >>> stabilities(csr_matrix(two), [2], draws=3, seed=1)[2][1].round().tolist()
    [1.0, 1.0]
    """
    if not numbers:
        return {}
    most = max(numbers)
    leading = leading_vectors(weights, most)
    references = {n: top_terms(find_topics(weights, n, leading, sweeps).terms) for n in numbers}
    records = weights.shape[0]
    rng = np.random.default_rng(seed)
    agreements: dict[int, list[np.ndarray]] = {n: [] for n in numbers}
    for _ in range(draws):
        drawn = weights[np.sort(rng.choice(records, int(KEPT * records), replace=False))]
        leading = leading_vectors(drawn, most)
        for n in numbers:
            agreements[n].append(matched(references[n], top_terms(find_topics(drawn, n, leading, sweeps).terms)))
    return {n: (references[n], np.mean(of_draws, axis=0)) for n, of_draws in agreements.items()}
