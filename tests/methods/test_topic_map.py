"""Maps and groups of topics: distances by hand, places that keep them, circles that do not touch."""

import numpy as np
import pytest
from coproduction.methods.topic_map import distances, groups, on_plane, pushed_apart


def test_distances_are_the_roots_of_the_divergence_in_bits():
    # P = (1, 0), Q = (1/2, 1/2), M = (3/4, 1/4): (log2(4/3) + (log2(2/3) + log2(2)) / 2) / 2
    by_hand = (np.log2(4 / 3) + (np.log2(2 / 3) + np.log2(2)) / 2) / 2
    assert distances(np.array([[3.0, 0], [1, 1]]))[0, 1] == pytest.approx(np.sqrt(by_hand))


def test_a_plane_keeps_distances_that_lie_in_one():
    rng = np.random.default_rng(1)
    given = rng.normal(size=(7, 2))
    apart = np.linalg.norm(given[:, None] - given, axis=2)
    places, kept = on_plane(apart)
    np.testing.assert_allclose(np.linalg.norm(places[:, None] - places, axis=2), apart, atol=1e-9)
    assert kept == pytest.approx(1)


@pytest.mark.parametrize("items", [0, 1, 3])
def test_items_that_are_all_alike_share_a_place(items):
    places, kept = on_plane(np.zeros((items, items)))
    assert places.tolist() == [[0, 0]] * items
    assert kept == 1


def test_groups_are_found_and_numbered_as_they_come():
    places = np.array([5.0, 0, 5.1, 0.1, 0.2, 9, 9.1])
    found, silhouette = groups(np.abs(places[:, None] - places), 4)
    assert found.tolist() == [0, 1, 0, 1, 1, 2, 2]
    assert silhouette > 0.9


@pytest.mark.parametrize(("items", "most"), [(3, 2), (5, 1)])
def test_too_few_items_are_one_group(items, most):
    found, silhouette = groups(1 - np.eye(items), most)
    assert set(found.tolist()) == {0}
    assert np.isnan(silhouette)


def test_items_at_equal_distances_are_grouped_the_same_way_every_time():
    apart = 1 - np.eye(12)
    assert groups(apart, 6)[0].tolist() == groups(apart, 6)[0].tolist()


def test_circles_are_pushed_apart_and_the_order_stays():
    rng = np.random.default_rng(2)
    places, radii = rng.uniform(0, 2, (30, 2)), rng.uniform(0.1, 0.5, 30)
    moved = pushed_apart(places, radii)
    gaps = np.linalg.norm(moved[:, None] - moved, axis=2) - radii[:, None] - radii
    assert gaps[np.triu_indices(30, 1)].min() > 0
    assert np.corrcoef(places[:, 0], moved[:, 0])[0, 1] > 0.8
    same = pushed_apart(np.zeros((3, 2)), np.ones(3))
    assert np.linalg.norm(same[:, None] - same, axis=2)[np.triu_indices(3, 1)].min() > 1.99
