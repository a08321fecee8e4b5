"""The features and the model that rank the unscreened records."""

import numpy as np
import pandas as pd
import pytest
from coproduction.screening import simulation
from coproduction.screening.features import Kind, add_text, make_features
from coproduction.screening.ranking import (
    Model,
    class_weights,
    explain,
    order_pool,
    rank_pool,
    ridge_weights,
)
from coproduction.screening.vectors import read_vectors, write_vectors
from sklearn.feature_extraction.text import TfidfVectorizer

GOOD = "citizens and officials coproduce home care together"
BAD = "battery storage of solar energy in electric grids"
LABELS = [1, 0, 1, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0]


def texts(n=30):
    words = np.array(
        [
            "town",
            "river",
            "nurse",
            "child",
            "school",
            "bus",
            "park",
            "housing",
            "work",
            "youth",
            "elder",
            "choir",
        ]
    )
    chance = np.random.default_rng(5)
    rows = []
    for i in range(n):
        theme = GOOD if i % 3 == 0 else BAD
        rows.append(
            {
                "title": " ".join(chance.choice(words, 3)),
                "abstract": f"{theme} {' '.join(chance.choice(words, 12))}",
                "keywords": "",
            }
        )
    return pd.DataFrame(rows)


def test_words_are_weighed_as_scikit_learn_does():
    records = texts()
    ours = make_features(records, (Kind("words", "all", 0, 1.0),)).similar
    joined = (records["title"] + " " + records["abstract"] + " ").tolist()
    peer = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, min_df=2, max_df=0.95)
    matrix = peer.fit_transform(joined)
    assert ours.shape == matrix.shape
    assert np.abs((ours @ ours.T - matrix @ matrix.T).toarray()).max() < 1e-5


def test_parts_of_words_are_counted_as_scikit_learn_does():
    records = texts()
    ours = make_features(records, (Kind("parts", "all", 5, 1.0),)).similar
    joined = (records["title"] + " " + records["abstract"] + " ").tolist()
    peer = TfidfVectorizer(
        analyzer="char_wb", ngram_range=(5, 5), sublinear_tf=True, min_df=2, max_df=0.95
    )
    matrix = peer.fit_transform(joined)
    assert ours.shape == matrix.shape
    assert abs(ours - matrix).max() < 1e-6


def test_features_survive_the_file_and_give_the_same_bytes(tmp_path):
    features = make_features(texts(), Model().kinds)
    for name in ("a.npz", "b.npz"):
        write_vectors(features, tmp_path / name)
    again = read_vectors(tmp_path / "a.npz", Model().kinds)
    assert (tmp_path / "a.npz").read_bytes() == (tmp_path / "b.npz").read_bytes()
    assert (again.similar != features.similar).nnz == 0
    assert (again.counts != features.counts).nnz == 0
    assert again.words.tolist() == features.words.tolist()
    assert [again.name(c) for c in again.counted] == [features.name(c) for c in features.counted]


def test_counting_in_blocks_changes_nothing(monkeypatch):
    whole = make_features(texts(), Model().kinds)
    monkeypatch.setattr("coproduction.screening.features.BLOCK", 40)
    parts = make_features(texts(), Model().kinds)
    assert (parts.similar != whole.similar).nnz == 0
    assert parts.named().tolist() == whole.named().tolist()


def test_a_text_that_is_no_record_is_like_the_record_with_its_words():
    records = texts()
    features = make_features(records, Model().kinds)
    own = records.loc[4, "title"], records.loc[4, "abstract"]
    asked = add_text(features, f"{own[0]} {own[1]} unheardof").similar
    likeness = (asked[30] @ asked.T).toarray().ravel()
    assert likeness[:30].argmax() == 4
    assert likeness[30] == pytest.approx(1, abs=1e-5)
    words = make_features(records, (Kind("words", "all", 0, 1.0),))
    same = add_text(words, f"{own[0]} {own[1]}").similar
    assert abs(same[30] - same[4]).max() < 1e-6


def test_counts_are_those_of_words_that_are_no_stop_words():
    features = make_features(texts(), Model().kinds)
    named = {features.name(code) for code in features.counted}
    assert {"citizens", "battery"} <= named
    assert not named & {"and", "of", "in"}
    assert features.counts.max() == pytest.approx(0.1 * (1 + np.log(features_most(texts()))))


def features_most(records):
    """The largest number of times that a word stands in one record."""
    joined = records["title"] + " " + records["abstract"]
    stop = {"and", "of", "in", "together"}
    return max(max(text.split().count(w) for w in set(text.split()) - stop) for text in joined)


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
    summed = (
        features.similar[pool] @ ranking.similar_weights
        + features.counts[pool] @ ranking.counts_weights
    )
    difference = summed - ranking.scores
    assert difference.std() == pytest.approx(0, abs=1e-5)


def test_both_solvers_give_the_same_weights(monkeypatch):
    features = make_features(texts(), Model().kinds)
    labels = np.array([1, 0, 0] * 10)
    exact = ridge_weights(features.similar, labels, Model())
    monkeypatch.setattr("coproduction.screening.ranking.DENSE_LIMIT", 1)
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


def test_measures_are_those_of_asreview():
    """Computed with asreview 2.2 and asreview-insights 1.6.1 on this order of labels."""
    assert simulation.loss(LABELS) == pytest.approx(0.2)
    assert simulation.ndcg(LABELS) == pytest.approx(0.8486125663563208)
    assert simulation.work_saved(LABELS, 0.95) == pytest.approx(0.35)
    assert simulation.work_saved(LABELS, 0.8) == pytest.approx(0.35)
    assert simulation.recall_at(LABELS, 0.1) == pytest.approx(0.2)
    assert simulation.recall_at(LABELS, 0.25) == pytest.approx(0.6)
    assert simulation.time_to_discovery(LABELS) == pytest.approx((1 + 3 + 4 + 8 + 14) / 5)


def test_the_replay_ranks_as_the_ranking_does():
    """Step by step the fast replay shows the record that a fit from scratch puts first."""
    records = texts(40)
    features = make_features(records, Model().kinds)
    labels = np.array([1 if i % 3 == 0 and i % 4 else 0 for i in range(40)])
    order = simulation.replay(features, labels, [3, 0], Model(), batch=1)
    known, agree, steps = [3, 0], 0, 0
    while labels[known].sum() < labels.sum():
        pool = np.array([i for i in range(40) if i not in known])
        ranking = rank_pool(features, np.array(known), labels[known], pool, Model())
        shown = order[len(known) - 2]
        agree += ranking.scores[list(pool).index(shown)] >= np.sort(ranking.scores)[-2]
        steps += 1
        known.append(shown)
    assert steps > 8
    assert agree / steps > 0.85


def test_the_replay_shows_every_record_once_and_needs_both_classes():
    features = make_features(texts(), Model().kinds)
    labels = np.array([1, 0, 0] * 10)
    order = simulation.replay(features, labels, [0, 1], Model(), batch=4)
    assert sorted(order) == list(range(2, 30))
    with pytest.raises(ValueError, match="relevant and an irrelevant"):
        simulation.replay(features, labels, [0, 3], Model())


@pytest.mark.slow
def test_a_real_set_is_read_faster_than_by_chance(shared_data):
    table = pd.read_csv(shared_data / "screening" / "ADHD.csv", keep_default_na=False)
    features = make_features(table[["title", "abstract"]], Model().kinds)
    labels = table["label_included"].astype(int).to_numpy()
    start = [int(np.flatnonzero(labels == label)[0]) for label in (1, 0)]
    order = simulation.replay(features, labels, start, Model())
    assert simulation.loss(labels[order]) < 0.09
    assert simulation.work_saved(labels[order]) > 0.5


@pytest.mark.parametrize("columns", [["title"], ["title", "abstract", "keywords"]])
def test_a_study_without_records_has_empty_vectors(columns):
    empty = pd.DataFrame({name: pd.Series([], dtype=str) for name in columns})
    assert make_features(empty, Model().kinds).similar.shape == (0, 0)
    one = pd.DataFrame({name: ["care homes"] * 3 for name in columns})
    assert make_features(one, Model().kinds).similar.shape[0] == 3
