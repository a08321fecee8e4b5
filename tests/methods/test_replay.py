"""Replays of finished screenings, and their measures."""

import numpy as np
import pandas as pd
import pytest
from coproduction.methods import replay
from coproduction.methods.relevance import rank_pool
from coproduction.methods.relevance_model import Model
from coproduction.methods.text_features import make_features
from methods.texts_of_two_themes import texts

LABELS = [1, 0, 1, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0]


def test_measures_are_those_of_asreview():
    """Computed with asreview 2.2 and asreview-insights 1.6.1 on this order of labels."""
    assert replay.loss(LABELS) == pytest.approx(0.2)
    assert replay.ndcg(LABELS) == pytest.approx(0.8486125663563208)
    assert replay.work_saved(LABELS, 0.95) == pytest.approx(0.35)
    assert replay.work_saved(LABELS, 0.8) == pytest.approx(0.35)
    assert replay.recall_at(LABELS, 0.1) == pytest.approx(0.2)
    assert replay.recall_at(LABELS, 0.25) == pytest.approx(0.6)
    assert replay.time_to_discovery(LABELS) == pytest.approx((1 + 3 + 4 + 8 + 14) / 5)


def test_the_replay_ranks_as_the_ranking_does():
    """Step by step the fast replay shows the record that a fit from scratch puts first."""
    records = texts(40)
    features = make_features(records, Model().kinds)
    labels = np.array([1 if i % 3 == 0 and i % 4 else 0 for i in range(40)])
    order = replay.replay(features, labels, [3, 0], Model(), batch=1)
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
    order = replay.replay(features, labels, [0, 1], Model(), batch=4)
    assert sorted(order) == list(range(2, 30))
    with pytest.raises(ValueError, match="relevant and an irrelevant"):
        replay.replay(features, labels, [0, 3], Model())


@pytest.mark.slow
def test_a_real_set_is_read_faster_than_by_chance(shared_data):
    table = pd.read_csv(shared_data / "screening" / "ADHD.csv", keep_default_na=False)
    features = make_features(table[["title", "abstract"]], Model().kinds)
    labels = table["label_included"].astype(int).to_numpy()
    start = [int(np.flatnonzero(labels == label)[0]) for label in (1, 0)]
    order = replay.replay(features, labels, start, Model())
    assert replay.loss(labels[order]) < 0.09
    assert replay.work_saved(labels[order]) > 0.5
