"""Replay of a screening whose decisions are known: how soon would the ranking have found all?

The measures are defined as ASReview and ASReview Insights define them (van de Schoot et al. 2021,
doi:10.1038/s42256-020-00287-7), so that numbers can be compared; the tests check them against
values that those packages gave.
"""

import numpy as np
from numpy.typing import ArrayLike
from scipy.linalg import cholesky, solve_triangular
from scipy.linalg.blas import strsm

from coproduction.methods.relevance import bayes_weights, standardise, weights_of_both
from coproduction.methods.relevance_model import Model
from coproduction.methods.similarities import Similarities
from coproduction.methods.text_features import Features

WEIGHT_DRIFT = 0.15  # class weights are renewed when they have changed by this share


class _Ridge:
    """Scores of all records from the labelled ones, brought up to date record by record.

    Kernel ridge regression is Gaussian process regression, whose posterior mean takes in one
    observation at a time (Rasmussen & Williams 2006, ch. 2; the columns kept here are those of a
    partial Cholesky factor). A step costs n x m instead of a new solution of an m x m system; the
    whole factor is made anew only when the class weights have drifted.
    """

    def __init__(self, features: Features, model: Model, similarities: Similarities | None) -> None:
        self.model, self.n = model, features.similar.shape[0]
        self.similarities = similarities or Similarities(features.similar)
        self.left = np.arange(self.n)  # records that had no label when the factor was made
        self.place = np.arange(self.n)  # where they are in the columns
        self.columns = np.zeros((0, self.n), dtype=np.float32)
        self.weights = (1.0, 1.0)
        self.scores = np.zeros(self.n)
        self.expected = np.zeros(self.n)  # of the whole model, as of the last step: who is likely to be shown soon

    def update(self, labelled: np.ndarray, labels: np.ndarray, new: int) -> np.ndarray:
        """Scores after the last `new` of the `labelled` records were added."""
        relevant = int(np.count_nonzero(labels))
        pair = weights_of_both(relevant, len(labels) - relevant, self.model.ratio_with(relevant))
        drift = max(abs(a / b - 1) for a, b in zip(pair, self.weights, strict=True))
        if drift > WEIGHT_DRIFT or len(labelled) > len(self.columns):
            self.weights = pair
            self._solve(labelled, labels)
        else:
            for i in range(len(labelled) - new, len(labelled)):
                self._add(i, int(labelled[i]), int(labels[i]))
        return self.scores

    def _noise(self, label: int) -> float:
        return self.model.ridge / self.weights[0 if label else 1]

    def _solve(self, labelled: np.ndarray, labels: np.ndarray) -> None:
        """All columns and scores at once, for the records that are left; worked in place, as it takes most memory."""
        many = len(labelled)
        self.left = np.setdiff1d(np.arange(self.n), labelled)
        self.place = np.full(self.n, -1)
        self.place[self.left] = np.arange(len(self.left))
        self.columns = np.zeros((0, self.n), dtype=np.float32)  # lets go of the old ones before the new are made
        self.columns = np.zeros((int(1.25 * many) + 16, len(self.left)), dtype=np.float32)
        square = np.zeros((many, many), order="F")
        for row, record in enumerate(labelled.tolist()):
            similarities = self._similar(record)
            square[:, row] = similarities.take(labelled)
            similarities.take(self.left, out=self.columns[row], mode="clip")
        square[np.diag_indices(many)] += np.where(labels == 1, self._noise(1), self._noise(0))
        factor = cholesky(square, lower=True, overwrite_a=True, check_finite=False)
        target = solve_triangular(factor, 2.0 * labels - 1, lower=True, check_finite=False)
        known = self.columns[:many]
        if len(self.left):  # the columns transposed, times the inverse of the factor transposed
            strsm(1.0, factor.astype(np.float32, order="F"), known.T, side=1, lower=1, trans_a=1, overwrite_b=1)
        self.scores = np.zeros(self.n)
        self.scores[self.left] = target.astype(np.float32) @ known

    def _add(self, position: int, record: int, label: int) -> None:
        """Take in one more record."""
        before, column_of_record = self.columns[:position], self.place[record]
        column = self._similar(record).take(self.left) - before[:, column_of_record] @ before
        variance = float(column[column_of_record]) + self._noise(label)
        step = (2.0 * label - 1 - self.scores[record]) / variance
        self.scores[self.left] += column * step
        self.columns[position] = column / np.sqrt(variance)

    def _similar(self, record: int) -> np.ndarray:
        """Similarity of all records to one, with the constant."""
        return self.similarities.of(record, self.expected) + np.float32(self.model.constant)


class _Bayes:
    """Naive Bayes scores of all records; keeps the term sums of both classes."""

    def __init__(self, features: Features, model: Model) -> None:
        self.counts, self.model = features.counts, model
        self.sums = np.zeros((2, self.counts.shape[1]))

    def update(self, labelled: np.ndarray, labels: np.ndarray, new: int) -> np.ndarray:
        """Scores after the last `new` of the `labelled` records were added."""
        for i in range(len(labelled) - new, len(labelled)):
            terms_of_record = slice(*self.counts.indptr[labelled[i] : labelled[i] + 2])
            self.sums[labels[i], self.counts.indices[terms_of_record]] += self.counts.data[terms_of_record]
        many = int(np.count_nonzero(labels))
        relevant, irrelevant = weights_of_both(many, len(labels) - many, self.model.bayes_ratio)
        terms = bayes_weights(relevant * self.sums[1], irrelevant * self.sums[0], self.model.smoothing)
        return self.counts @ terms.astype(np.float32)


def replay(
    features: Features,
    labels: ArrayLike,
    priors: list[int],
    model: Model,
    batch: int = 1,
    similarities: Similarities | None = None,
) -> list[int]:
    """Records in the order in which they would have been shown, priors left out.

    `labels`: 1 relevant, 0 not, for all n records. `priors`: records known at the start, at least
    one of each label. The model learns anew after every `batch` records. Once all relevant
    records are found the rest follows in the order of the records, as it no longer matters.
    `similarities` of the records: for several replays of one set, as they are computed once then.

    >>> import pandas as pd
    >>> from coproduction.methods.text_features import make_features
    >>> texts = pd.DataFrame({"title": ["home care", "solar power", "power grids", "care homes"]})
    >>> replay(make_features(texts, Model().kinds), [1, 0, 0, 1], [0, 1], Model())
    [3, 2]
    """
    labels = np.asarray(labels, dtype=int)
    if len(set(labels[priors].tolist())) < 2:
        raise ValueError("the priors need a relevant and an irrelevant record")
    ridge, bayes = _Ridge(features, model, similarities), _Bayes(features, model)
    labelled, many, new = np.append(priors, np.zeros(len(labels), dtype=int)), len(priors), len(priors)
    pool = np.ones(len(labels), dtype=bool)
    pool[priors] = False
    n_found, relevant = int(labels[priors].sum()), int(labels.sum())
    while n_found < relevant:
        known_labels, unread = labels[labelled[:many]], np.flatnonzero(pool)
        scores, _ = standardise(ridge.update(labelled[:many], known_labels, new).take(unread))
        if model.bayes:
            likely, _ = standardise(bayes.update(labelled[:many], known_labels, new).take(unread))
            scores = (1 - model.bayes) * scores + model.bayes * likely
        ridge.expected[unread] = scores
        batch_shown = unread[_best(np.round(scores, 5), batch)]
        new = len(batch_shown)
        labelled[many : many + new] = batch_shown
        pool[batch_shown] = False
        many += new
        n_found += int(np.count_nonzero(labels[batch_shown]))
    return labelled[len(priors) : many].tolist() + np.flatnonzero(pool).tolist()


def _best(scores: np.ndarray, batch: int) -> np.ndarray:
    """Places of the highest scores, the first among equals."""
    if batch == 1:
        return np.array([scores.argmax()])
    return np.argsort(-scores, kind="stable")[:batch]


def loss(labels: ArrayLike) -> float:
    """Area lost against the perfect order, 0 (perfect) to 1 (worst), as ASReview defines it.

    >>> loss([0, 1, 1, 0])
    0.5
    """
    labels = np.asarray(labels, dtype=int)
    n, relevant = len(labels), int(labels.sum())
    best = relevant * (n - (relevant - 1) / 2)
    return float((best - labels.cumsum().sum()) / (relevant * (n - relevant)))


def ndcg(labels: ArrayLike) -> float:
    """Normalised discounted cumulative gain over the whole order.

    Source: Järvelin and Kekäläinen (2002), doi:10.1145/582415.582418.

    >>> round(ndcg([0, 1]), 3)
    0.631
    """
    labels = np.asarray(labels, dtype=int)
    discount = 1 / np.log2(np.arange(2, len(labels) + 2))
    return float((labels * discount).sum() / discount[: labels.sum()].sum())


def recall_curve(labels: ArrayLike) -> np.ndarray:
    """Share of the relevant records found after 1, 2, ... n records.

    >>> recall_curve([0, 1, 0, 1]).tolist()
    [0.0, 0.5, 0.5, 1.0]
    """
    labels = np.asarray(labels, dtype=int)
    return labels.cumsum() / labels.sum()


def recall_at(labels: ArrayLike, share: float) -> float:
    """Relevant records found (share) when `share` of all has been read, e.g. RRF@10 for 0.1.

    >>> recall_at([0, 1, 0, 1], 0.5)
    0.5
    """
    labels = np.asarray(labels, dtype=int)
    place = np.arange(1, len(labels) + 1) / len(labels)
    end = int(np.searchsorted(place, share, side="right"))
    return float(recall_curve(labels)[end - 1]) if end else 0.0


def work_saved(labels: ArrayLike, recall: float = 0.95) -> float:
    """Work saved over sampling at `recall`, as ASReview Insights counts it.

    Records by which the relevant record that completes `recall` comes earlier than in random order,
    as a share of all.

    Source: Cohen, Hersh, Peterson and Yen (2006), doi:10.1197/jamia.M1929.

    >>> work_saved([1, 1, 0, 0, 0, 0, 0, 0, 0, 0])
    0.3
    """
    labels = np.asarray(labels, dtype=int)
    n, relevant = len(labels), int(labels.sum())
    numbers_found = np.arange(1, relevant + 1)
    by_chance = np.round(np.linspace(0, relevant, n))
    earlier = np.searchsorted(by_chance, numbers_found) - np.searchsorted(labels.cumsum(), numbers_found)
    return float(earlier[np.searchsorted(numbers_found / relevant, recall, side="right") - 1] / n)


def time_to_discovery(labels: ArrayLike) -> float:
    """Mean number of records read until a relevant one is found (ATD).

    Source: Ferdinands et al. (2023), doi:10.1186/s13643-023-02257-7.

    >>> time_to_discovery([0, 1, 0, 1])
    3.0
    """
    return float(np.mean(np.flatnonzero(np.asarray(labels)) + 1))
