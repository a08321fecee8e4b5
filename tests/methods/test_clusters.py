"""Groups beside scikit-learn, and beside all choices of medoids."""

import itertools

import numpy as np
import pytest
from coproduction.methods import clusters
from sklearn import metrics
from sklearn.cluster import AgglomerativeClustering


@pytest.fixture(params=range(4))
def points(request):
    chance = np.random.default_rng(request.param)
    return np.concatenate([chance.normal(centre, 1, (6, 3)) for centre in (0, 4, 9)])


@pytest.mark.parametrize("k", [2, 3, 5])
def test_ward_and_silhouette_are_those_of_scikit_learn(points, k):
    groups = clusters.ward(points, k)
    theirs = AgglomerativeClustering(k, linkage="ward").fit_predict(points)
    assert metrics.adjusted_rand_score(theirs, groups) == pytest.approx(1)
    widths = clusters.silhouette(clusters.distances(points), groups)
    np.testing.assert_allclose(widths, metrics.silhouette_samples(points, groups))


def test_medoids_cost_as_little_as_any(points):
    between = clusters.distances(points)
    groups = clusters.k_medoids(between, 3)
    cost = sum(min(between[np.ix_(groups == g, [m])].sum() for m in np.flatnonzero(groups == g)) for g in (1, 2, 3))
    best = min(between[:, list(medoids)].min(axis=1).sum() for medoids in itertools.combinations(range(len(points)), 3))
    assert cost == pytest.approx(best)


def test_agreement_is_that_of_scikit_learn():
    chance = np.random.default_rng(5)
    for _ in range(20):
        one, two = chance.integers(0, 4, (2, 30))
        expected = metrics.adjusted_rand_score(one, two)
        assert clusters.adjusted_rand(one, two) == pytest.approx(expected)
    assert np.isnan(clusters.adjusted_rand(np.array([1, 1]), np.array([1, 1])))


def test_clear_groups_are_stable_and_noise_is_not():
    chance = np.random.default_rng(2)
    far = np.concatenate([chance.normal(centre, 1, (10, 3)) for centre in (0, 100, 200)])
    assert (clusters.stability(far, clusters.ward(far, 3), 50, 1) > 0.9).all()
    noise = chance.normal(size=(18, 8))
    assert clusters.stability(noise, clusters.ward(noise, 5), 50, 1).min() < 0.75
