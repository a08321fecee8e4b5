"""A ranking of the unscreened records, learnt from the decisions made so far.

The score is linear in the record's terms, so "terms for" and "terms against" are exact parts of
it. It is the weighted mean of two standardised parts:

- similarity: a least-squares support vector machine (kernel ridge regression on -1 and 1 with
  class weights; Suykens & Vandewalle 1999, doi:10.1023/A:1018628609742) on TF-IDF vectors;
- Bayes: multinomial naive Bayes with class weights (Rennie et al. 2003) on damped counts.

The shares were chosen by leaving one labelled set out at a time (docs/screening_ranking.md); they are the
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

from coproduction.methods.distinct import distinct
from coproduction.methods.relevance_model import Model
from coproduction.methods.similarities import dense_kernel
from coproduction.methods.sparse_rows import product
from coproduction.methods.text_features import NO_TERM, Features, stop_words

DENSE_LIMIT = 3000  # labelled records up to which the exact solver is the faster one
CHUNK = 5000  # records explained together
# Words of any research, which say nothing of what a record is about; they count, but explain no place.
OF_RESEARCH = frozenset(
    """
    aim aims analyse analysed analysis analyze analyzed approach article articles author authors background based
    conclusion conclusions data evidence examine examined examines explore explores finding findings literature method
    methods objective paper papers purpose report reported research researchers result results review reviewed sample
    studied studies study using
    """.split()
)


def class_weights(labels: np.ndarray, ratio: float) -> np.ndarray:
    """Weight of each labelled record; they sum to n, relevant : irrelevant as `ratio` : 1.

    >>> class_weights(np.array([1, 0, 0, 0]), ratio=3).round(3).tolist()
    [3.0, 0.333, 0.333, 0.333]
    """
    relevant = int(labels.sum())
    return np.where(labels == 1, *weights_of_both(relevant, len(labels) - relevant, ratio))


def weights_of_both(relevant: int, irrelevant: int, ratio: float) -> tuple[float, float]:
    """The weight of each relevant and of each irrelevant record, where there are so many of them.

    >>> [round(weight, 3) for weight in weights_of_both(1, 3, ratio=3)]
    [3.0, 0.333]
    """
    if not relevant or not irrelevant:
        return 1.0, 1.0
    each = relevant / (ratio * irrelevant)
    scale = (relevant + irrelevant) / (relevant + each * irrelevant)
    return scale, each * scale


def ridge_weights(rows: sparse.csr_matrix, labels: np.ndarray, model: Model) -> np.ndarray:
    """Dual weights a of the labelled records: scores are K a + constant sum(a).

    Source: Suykens and Vandewalle (1999), doi:10.1023/A:1018628609742.

    >>> rows = sparse.csr_matrix(np.eye(2, dtype=np.float32))
    >>> ridge_weights(rows, np.array([1, 0]), Model(ridge=1.0, ratio=1.0, many=1)).round(3).tolist()
    [0.5, -0.5]
    """
    target = 2.0 * labels - 1
    noise = model.ridge / class_weights(labels, model.ratio_with(int(labels.sum())))
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
    """Log ratio of term probabilities from the weighted term sums of both classes.

    Source: Rennie, Shih, Teevan and Karger (2003), Tackling the poor assumptions of naive Bayes text
    classifiers, ICML 2003.

    >>> bayes_weights(np.array([3.0, 1.0]), np.array([1.0, 3.0]), smoothing=1.0).round(3).tolist()
    [0.693, -0.693]
    """
    a, b = relevant + smoothing, irrelevant + smoothing
    return np.log(a / b) - (np.log(a.sum() / b.sum()) if len(a) else 0)


def standardise(scores: np.ndarray) -> tuple[np.ndarray, float]:
    """Scores with mean 0 and standard deviation 1, and the deviation they had (1 if none).

    >>> standardise(np.array([1.0, 3.0]))
    (array([-1.,  1.]), 1.0)
    """
    centred = scores - scores.mean()
    spread = float(np.sqrt(centred @ centred / max(len(centred), 1)))
    spread = spread if spread > 1e-12 else 1.0
    return centred / spread, spread


@dataclass(frozen=True)
class Ranking:
    """Scores of the pool (higher is read sooner) and the weight of each term in them."""

    scores: np.ndarray
    similar_weights: np.ndarray
    counts_weights: np.ndarray


def rank_pool(
    features: Features,
    labelled: np.ndarray,
    labels: np.ndarray,
    pool: np.ndarray,
    model: Model,
    asked: Features | None = None,
) -> Ranking:
    """Scores of the records `pool` from the records `labelled` with `labels` (1 relevant, 0 not).

    With relevant records only, the score is likeness to them; with irrelevant ones only, the
    distance from them. The Bayes part needs both. asked: a text that counts as one more relevant record (`text_of`).

    >>> from coproduction.methods.text_features import make_features
    >>> texts = pd.DataFrame({"title": ["home care", "solar power", "care homes", "power grids"]})
    >>> features = make_features(texts, Model().kinds)
    >>> ranking = rank_pool(features, np.array([0, 1]), np.array([1, 0]), np.array([2, 3]), Model())
    >>> bool(ranking.scores[0] > ranking.scores[1])
    True
    """
    rows, labelled_counts = features.similar[labelled], features.counts[labelled]
    if asked is not None:
        rows, labelled_counts = (
            sparse.vstack(pair, format="csr") for pair in ((rows, asked.similar), (labelled_counts, asked.counts))
        )
        labels = np.append(labels, 1)
    weights = rows.T @ ridge_weights(rows, labels, model)
    scores, spread = standardise(product(features.similar, weights)[pool])
    weights = weights / spread
    counts = np.zeros(features.counts.shape[1])
    if model.bayes and 0 < labels.sum() < len(labels):
        scores, spread = standardise(scores)
        weights = weights * (1 - model.bayes) / spread
        w = class_weights(labels, model.bayes_ratio)
        counts = bayes_weights(
            labelled_counts.T @ (w * labels), labelled_counts.T @ (w * (1 - labels)), model.smoothing
        )
        likely, spread = standardise(product(features.counts, counts)[pool])
        scores = (1 - model.bayes) * scores + model.bayes * likely
        counts = counts * model.bayes / spread
    return Ranking(scores, weights, counts)


def explain(
    features: Features, ranking: Ranking, records: np.ndarray, most: int = 5
) -> list[tuple[list[str], list[str]]]:
    """For each of `records` the terms that add most to its score and those that take most from it.

    Terms of different kinds with the same wording are added up; parts of words, which nobody could
    read, stop words and words of any research ("study") are left out, and so is a term with a word that a stronger one has shown.

    >>> from coproduction.methods.text_features import make_features
    >>> texts = pd.DataFrame({"title": ["home care", "solar power", "care homes", "power grids"]})
    >>> features = make_features(texts, Model().kinds)
    >>> ranking = rank_pool(features, np.array([0, 1]), np.array([1, 0]), np.array([2, 3]), Model())
    >>> explain(features, ranking, np.array([2]))
    [(['care'], ['homes'])]
    """
    codes, similar, counts = _term_weights(features, ranking)
    if not len(codes):
        return [([], [])] * len(records)
    explanations = []
    for start in range(0, len(records), CHUNK):
        part = records[start : start + CHUNK]
        parts = (features.similar[part] @ similar + features.counts[part] @ counts).tocsr()
        parts.sort_indices()  # in the order of the alphabet, which decides between equal parts
        for a, b in itertools.pairwise(parts.indptr):
            terms, values = codes[parts.indices[a:b]], np.round(parts.data[a:b], 6)
            order = np.argsort(-values, kind="stable")
            adding = order[: np.count_nonzero(values > 0)]
            taking = np.argsort(values, kind="stable")[: np.count_nonzero(values < 0)]
            terms_of_record = (_distinct(terms[adding], features, most), _distinct(terms[taking], features, most))
            explanations.append(terms_of_record)
    return explanations


def _term_weights(features: Features, ranking: Ranking) -> tuple[np.ndarray, sparse.csr_matrix, sparse.csr_matrix]:
    """Codes of the terms that can be shown and have a weight, and what a column of each matrix adds to each term.

    The others have no column, since each product of matrices takes time for all columns, whatever is in them.
    """
    both = (features.named(), ranking.similar_weights), (features.counted, ranking.counts_weights)
    width = len(features.words) + 1
    silent = stop_words() | OF_RESEARCH
    stop = np.array([word in silent for word in features.words] + [True], dtype=bool)
    codes = distinct(
        np.concatenate([column_codes[(column_codes != NO_TERM) & (weights != 0)] for column_codes, weights in both])
    )
    first, second = np.divmod(codes, width)
    codes = codes[~(stop[first] & stop[second - 1])]  # no second word: the last place, True

    def columns(column_codes: np.ndarray, weights: np.ndarray) -> sparse.csr_matrix:
        shown_columns = np.flatnonzero(weights != 0) if len(codes) else np.zeros(0, dtype=np.int64)
        places = np.searchsorted(codes, column_codes[shown_columns]).clip(max=len(codes) - 1)
        is_listed = codes[places] == column_codes[shown_columns]
        shown_columns, places = shown_columns[is_listed], places[is_listed]
        entries = weights[shown_columns].astype(np.float32), (shown_columns, places)
        return sparse.csr_matrix(entries, shape=(len(column_codes), len(codes)))

    similar, counts = (columns(column_codes, weights) for column_codes, weights in both)
    return codes, similar, counts


def _distinct(codes: np.ndarray, features: Features, most: int) -> list[str]:
    terms: list[str] = []
    used: set[str] = set()
    for code in codes:
        if len(terms) == most:
            break
        term = features.name(code)
        words = set(term.split(" "))
        if not words & used:
            terms.append(term)
            used |= words
    return terms


def order_pool(scores: np.ndarray, ids: list[str]) -> np.ndarray:
    """Positions by falling score; equal scores (to nine digits) in the order of their ids.

    >>> order_pool(np.array([0.5, 0.9, 0.5]), ["b", "c", "a"]).tolist()
    [1, 2, 0]
    """
    table = pd.DataFrame({"score": -np.round(scores, 9), "id": ids})
    return table.sort_values(["score", "id"], kind="stable").index.to_numpy()
