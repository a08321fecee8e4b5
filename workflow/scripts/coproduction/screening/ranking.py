"""A ranking of the unscreened records, learnt from the decisions made so far.

The score is linear in the record's terms, so "terms for" and "terms against" are exact parts of
it. It is the weighted mean of two standardised parts:

- similarity: a least-squares support vector machine (kernel ridge regression on -1 and 1 with
  class weights; Suykens & Vandewalle 1999, doi:10.1023/A:1018628609742) on TF-IDF vectors;
- Bayes: multinomial naive Bayes with class weights (Rennie et al. 2003) on damped counts.

The shares were chosen by leaving one labelled set out at a time (docs/screening.md); they are the
same for every study. ASReview's package was considered: it fits the model with a web application,
a database and its own file formats around it, and its simulation is slower by an order of
magnitude (benchmarks/).
"""

import itertools
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import sparse
from scipy.linalg import cho_factor, cho_solve
from scipy.sparse.linalg import LinearOperator, cg
from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS

from coproduction.screening.features import NO_TERM, Features, Kind
from coproduction.screening.kernel import dense_kernel

DENSE_LIMIT = 3000  # labelled records up to which the exact solver is the faster one
CHUNK = 5000  # records explained together


@dataclass(frozen=True)
class Model:
    """Parameters of the ranking model.

    ridge: strength of the penalty. ratio: total weight of the relevant records over that of the
    irrelevant ones. constant: added to every similarity (a penalised intercept). bayes: share of
    the Bayes part. smoothing, bayes_ratio: of that part.
    """

    kinds: tuple[Kind, ...] = (
        Kind("words and their pairs", "all", 0, 1.0),
        Kind("parts of words of five letters", "all", 5, 0.5),
        Kind("words and pairs of the title alone", "title", 0, 0.4),
    )
    ridge: float = 10.0
    ratio: float = 10.0
    constant: float = 1.0
    bayes: float = 0.3
    smoothing: float = 0.7
    bayes_ratio: float = 1.2


def class_weights(labels: np.ndarray, ratio: float) -> np.ndarray:
    """Weight of each labelled record; they sum to n, relevant : irrelevant as `ratio` : 1."""
    relevant = int(labels.sum())
    irrelevant = len(labels) - relevant
    if not relevant or not irrelevant:
        return np.ones(len(labels))
    weights = np.where(labels == 1, 1.0, relevant / (ratio * irrelevant))
    return weights * len(labels) / weights.sum()


def ridge_weights(rows: sparse.csr_matrix, labels: np.ndarray, model: Model) -> np.ndarray:
    """Dual weights a of the labelled records: scores are K a + constant sum(a)."""
    target = 2.0 * labels - 1
    noise = model.ridge / class_weights(labels, model.ratio)
    if len(labels) <= DENSE_LIMIT:
        kernel = dense_kernel(rows).astype(float) + model.constant + np.diag(noise)
        return cho_solve(cho_factor(kernel, lower=True), target)

    def multiply(a: np.ndarray) -> np.ndarray:
        a = a.ravel()
        return rows @ (rows.T @ a) + model.constant * a.sum() + noise * a

    n = len(labels)
    precondition = LinearOperator((n, n), lambda a: a.ravel() / (noise + 1 + model.constant))
    operator = LinearOperator((n, n), multiply)
    return cg(operator, target, rtol=1e-6, maxiter=500, M=precondition)[0]


def bayes_weights(relevant: np.ndarray, irrelevant: np.ndarray, smoothing: float) -> np.ndarray:
    """Log ratio of term probabilities from the weighted term sums of both classes."""
    a, b = relevant + smoothing, irrelevant + smoothing
    return np.log(a / a.sum()) - np.log(b / b.sum())


def standardise(scores: np.ndarray) -> tuple[np.ndarray, float]:
    """Scores with mean 0 and standard deviation 1, and the deviation they had (1 if none)."""
    spread = float(scores.std())
    spread = spread if spread > 1e-12 else 1.0
    return (scores - scores.mean()) / spread, spread


@dataclass(frozen=True)
class Ranking:
    """Scores of the pool (higher is read sooner) and the weight of each term in them."""

    scores: np.ndarray
    similar_weights: np.ndarray
    counts_weights: np.ndarray


def rank_pool(
    features: Features, labelled: np.ndarray, labels: np.ndarray, pool: np.ndarray, model: Model
) -> Ranking:
    """Scores of the records `pool` from the records `labelled` with `labels` (1 relevant, 0 not).

    With relevant records only, the score is likeness to them; with irrelevant ones only, the
    distance from them. The Bayes part needs both.
    """
    rows = features.similar[labelled]
    weights = rows.T @ ridge_weights(rows, labels, model)
    scores, spread = standardise((features.similar @ weights)[pool])
    weights = weights / spread
    counts = np.zeros(features.counts.shape[1])
    if model.bayes and 0 < labels.sum() < len(labels):
        scores, spread = standardise(scores)
        weights = weights * (1 - model.bayes) / spread
        w = class_weights(labels, model.bayes_ratio)
        own = features.counts[labelled]
        counts = bayes_weights(own.T @ (w * labels), own.T @ (w * (1 - labels)), model.smoothing)
        likely, spread = standardise((features.counts @ counts)[pool])
        scores = (1 - model.bayes) * scores + model.bayes * likely
        counts = counts * model.bayes / spread
    return Ranking(scores, weights, counts)


def explain(
    features: Features, ranking: Ranking, records: np.ndarray, most: int = 5
) -> list[tuple[list[str], list[str]]]:
    """For each of `records` the terms that add most to its score and those that take most from it.

    Terms of different kinds with the same wording are added up; parts of words, which nobody could
    read, and stop words are left out, and so is a term with a word that a stronger one has shown.
    """
    codes, similar, counts = _term_weights(features, ranking)
    said = []
    for start in range(0, len(records), CHUNK):
        own = records[start : start + CHUNK]
        parts = (features.similar[own] @ similar + features.counts[own] @ counts).tocsr()
        parts.sort_indices()  # in the order of the alphabet, which decides between equal parts
        for a, b in itertools.pairwise(parts.indptr):
            terms, values = codes[parts.indices[a:b]], np.round(parts.data[a:b], 6)
            order = np.argsort(-values, kind="stable")
            good = order[: np.count_nonzero(values > 0)]
            bad = np.argsort(values, kind="stable")[: np.count_nonzero(values < 0)]
            said.append(tuple(_distinct(terms[o], features, most) for o in (good, bad)))
    return said


def _term_weights(
    features: Features, ranking: Ranking
) -> tuple[np.ndarray, sparse.csr_matrix, sparse.csr_matrix]:
    """Codes of the terms that can be shown, and what a column of each matrix adds to each term."""
    named, counted = features.named(), features.counted
    width = len(features.words) + 1
    stop = np.array([word in ENGLISH_STOP_WORDS for word in features.words] + [True], dtype=bool)
    codes = np.unique(np.concatenate([named[named != NO_TERM], counted]))
    first, second = np.divmod(codes, width)
    codes = codes[~(stop[first] & stop[second - 1])]  # no second word: the last place, True

    def columns(own: np.ndarray, weights: np.ndarray) -> sparse.csr_matrix:
        places = np.searchsorted(codes, own).clip(max=max(len(codes) - 1, 0))
        shown = np.flatnonzero((codes[places] == own) & (weights != 0)) if len(codes) else []
        entries = weights[shown].astype(np.float32), (shown, places[shown])
        return sparse.csr_matrix(entries, shape=(len(own), len(codes)))

    similar = columns(named, ranking.similar_weights)
    return codes, similar, columns(counted, ranking.counts_weights)


def _distinct(codes: np.ndarray, features: Features, most: int) -> list[str]:
    kept: list[str] = []
    used: set[str] = set()
    for code in codes:
        if len(kept) == most:
            break
        term = features.name(code)
        words = set(term.split(" "))
        if not words & used:
            kept.append(term)
            used |= words
    return kept


def order_pool(scores: np.ndarray, ids: list[str]) -> np.ndarray:
    """Positions by falling score; equal scores (to nine digits) in the order of their ids."""
    table = pd.DataFrame({"score": -np.round(scores, 9), "id": ids})
    return table.sort_values(["score", "id"], kind="stable").index.to_numpy()
