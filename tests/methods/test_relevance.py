"""The model that ranks what has not been read."""

import numpy as np
import pandas as pd
import pytest
from coproduction.methods.relevance import class_weights, explain, order_pool, rank_pool, ridge_weights
from coproduction.methods.relevance_model import Model
from coproduction.methods.text_features import make_features
from methods.texts_of_two_themes import BAD, GOOD, texts


def test_the_ranking_finds_the_theme_and_says_why():
    records = texts()
    features = make_features(records, Model().kinds)
    labels = np.array([1 if i % 3 == 0 else 0 for i in range(12)])
    pool = np.arange(12, 30)
    ranking = rank_pool(features, np.arange(12), labels, pool, Model())
    best = pool[np.argsort(-ranking.scores)[:6]]
    assert {int(i) % 3 for i in best} == {0}
    ((good, against),) = explain(features, ranking, best[:1])
    assert set(good) & set(GOOD.split())
    assert not set(good) & set(BAD.split())
    assert not set(against) & set(GOOD.split())


def test_the_score_is_the_sum_of_the_terms():
    features = make_features(texts(), Model().kinds)
    labels = np.array([1, 0, 0, 1, 0, 0])
    pool = np.arange(6, 30)
    ranking = rank_pool(features, np.arange(6), labels, pool, Model())
    summed = features.similar[pool] @ ranking.similar_weights + features.counts[pool] @ ranking.counts_weights
    difference = summed - ranking.scores
    assert difference.std() == pytest.approx(0, abs=1e-5)


def test_both_solvers_give_the_same_weights(monkeypatch):
    features = make_features(texts(), Model().kinds)
    labels = np.array([1, 0, 0] * 10)
    exact = ridge_weights(features.similar, labels, Model())
    monkeypatch.setattr("coproduction.methods.relevance.DENSE_LIMIT", 1)
    assert ridge_weights(features.similar, labels, Model()) == pytest.approx(exact, abs=1e-4)


@pytest.mark.parametrize("labels", [[1, 1, 1], [0, 0, 0]])
def test_one_class_only(labels):
    features = make_features(texts(), Model().kinds)
    ranking = rank_pool(features, np.array([0, 3, 6]), np.array(labels), np.arange(7, 30), Model())
    best = int(np.arange(7, 30)[ranking.scores.argmax()])
    assert np.isfinite(ranking.scores).all()
    assert (best % 3 == 0) == bool(labels[0])


def test_records_without_any_text():
    records = pd.DataFrame({"title": [""] * 4, "abstract": [""] * 4, "keywords": [""] * 4})
    features = make_features(records, Model().kinds)
    ranking = rank_pool(features, np.array([0, 1]), np.array([1, 0]), np.array([2, 3]), Model())
    assert ranking.scores.tolist() == [0, 0]
    assert order_pool(ranking.scores, ["rb", "ra"]).tolist() == [1, 0]


def test_class_weights_have_the_ratio_asked_for():
    weights = class_weights(np.array([1, 0, 0, 0]), 5)
    assert weights.sum() == pytest.approx(4)
    assert weights[0] / weights[1:].sum() == pytest.approx(5)


@pytest.mark.parametrize("columns", [["title"], ["title", "abstract", "keywords"]])
def test_a_study_without_records_has_empty_vectors(columns):
    empty = pd.DataFrame({name: pd.Series([], dtype=str) for name in columns})
    assert make_features(empty, Model().kinds).similar.shape == (0, 0)
    one = pd.DataFrame({name: ["care homes"] * 3 for name in columns})
    assert make_features(one, Model().kinds).similar.shape[0] == 3
