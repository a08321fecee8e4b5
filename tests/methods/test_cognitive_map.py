"""Fuzzy cognitive maps against the R package fcm, printed results of another package, and slow definitions."""

import networkx as nx
import numpy as np
import pytest
from coproduction.methods import cognitive_map as fcm

# A map of ten concepts in use with the R package fcm (Dikopoulou and Papageorgiou): nine act on the last.
TEN = np.array(
    [
        [0, 0.584, 0.553, 0.544, 0, 0, 0, 0, 0, 0.777],
        [0, 0, 0.577, 0, 0, 0, 0, 0, 0, 0.766],
        [0, 0, 0, 0, 0, 0, 0, 0, 0, 0.82],
        [0, 0.584, 0.619, 0, 0, 0, 0, 0, 0, 0.771],
        [0, 0, 0, 0.584, 0, 0, 0, 0, 0, 0.824],
        [0, 0.584, 0, 0.553, 0, 0, 0, 0, 0, 0.816],
        [0, 0, 0, 0, 0, 0, 0, 0, 0, 0.788],
        [0, 0, 0, 0, 0, 0, 0, 0, 0, 0.84],
        [0, -0.202, -0.212, 0, 0, 0, 0, 0, 0, -0.226],
        [0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
    ]
)
START = np.array([1, 1, 1, 0.5, 1, 1, 1, 0, 0, 0])
HELD = {place: 1.0 for place in np.flatnonzero(START == 1)}
# The example with feedback in the help of fcm.infer.
EIGHT = np.array(
    [
        [0, 0, 0.6, 0.9, 0, 0, 0, 0.8],
        [0.1, 0, 0, 0, 0, 0, 0.2, 0.5],
        [0, 0.7, 0, 0, 0.9, 0, 0.4, 0.1],
        [0.4, 0, 0, 0, 0, 0.9, 0, 0],
        [0, 0, 0, 0, 0, -0.9, 0, 0.3],
        [-0.3, 0, 0, 0, 0, 0, 0, 0],
        [0, 0, 0, 0, 0, 0.8, 0.4, 0.9],
        [0.1, 0, 0, 0, 0, 0.1, 0.6, 0],
    ]
)

# What fcm 0.1.3 in R 4 gives at the 60th state (sigmoid with steepness 1): of TEN free and with what begins at 1 held.
OF_TEN = {
    ("kosko", False): [0.5, 0.70908931, 0.73342304, 0.69857051, 0.5, 0.5, 0.5, 0.5, 0.5, 0.97321250],
    ("modified kosko", False): [
        *(0.65904607, 0.88438508, 0.89822287, 0.87945881, 0.65904607, 0.65904607),
        *(0.65904607, 0.65904607, 0.65904607, 0.99633508),
    ],
    ("kosko", True): [1, 1, 1, 0.84303690, 1, 1, 1, 0.5, 0.5, 0.99682093],
    ("modified kosko", True): [1, 1, 1, 0.93167274, 1, 1, 1, 0.65904607, 0.65904607, 0.99900620],
    ("rescaled", True): [1, 1, 1, 0.92648986, 1, 1, 1, 0.5, 0.5, 0.99841483],
}
OF_EIGHT = {
    ("sigmoid", "kosko"): [
        *(0.54808878, 0.60037701, 0.58148033, 0.62087879, 0.62792664, 0.66535198, 0.76176508, 0.84167900)
    ],
    ("sigmoid", "modified kosko"): [
        *(0.72580818, 0.79072454, 0.76939105, 0.81239039, 0.81932430, 0.83985876, 0.90997580, 0.95578674)
    ],
    ("tanh", "modified kosko"): [
        *(0.78694824, 0.90863713, 0.87287950, 0.92677425, 0.93833398, 0.94968427, 0.98690459, 0.99748338)
    ],
    ("bivalent", "kosko"): [1.0] * 8,
    ("trivalent", "modified kosko"): [1.0] * 8,
}


@pytest.mark.parametrize(("rule", "held"), list(OF_TEN))
def test_a_map_of_ten_concepts_settles_as_in_r(rule, held):
    found = fcm.settle(TEN, START, "sigmoid", rule, held=HELD if held else None)
    assert found.cycle == 1
    assert found.values == pytest.approx(OF_TEN[rule, held], abs=6e-9)


@pytest.mark.parametrize(("activation", "rule"), list(OF_EIGHT))
def test_a_map_with_feedback_settles_as_in_r(activation, rule):
    start = np.array([1, 1, 0, 0, 0, 0, 0, 0])
    found = fcm.settle(EIGHT, start, activation, rule)
    assert found.cycle == 1
    assert found.values == pytest.approx(OF_EIGHT[activation, rule], abs=6e-9)


def test_a_scenario_changes_what_another_package_prints():
    """fcmconfr (R) prints for this map with C1 held at 1 what changes against the steady state, to two decimals."""
    columns = {
        "C1": [0, 0, 0, 0, 0, 0],
        "C2": [-0.85, 0, 0, 0.35, 0, 0],
        "C3": [0, 0, 0, 0, 0, 0],
        "C4": [-0.7, 0.6, -1, 0, -1, 0],
        "C5": [0.1, 0, 0, -0.8, 0, 0],
        "C6": [0, -0.95, 0, 0, -0.95, 0],
    }
    weights = np.array(list(columns.values()), dtype=float).T
    base = fcm.settle(weights, np.ones(6))
    scenario = fcm.settle(weights, np.ones(6), held={0: 1.0})
    assert (scenario.values - base.values).round(2).tolist() == [0.5, -0.1, 0, -0.07, 0.03, 0.02]


def test_koskos_map_runs_into_a_cycle():
    """Each concept turns the next on and the one before off: no steady state, and it is said how long the cycle is."""
    circle = np.roll(np.eye(3), 1, axis=1)
    found = fcm.settle(circle, np.array([1.0, 0, 0]), "bivalent")
    assert found.cycle == 3
    swing = np.array([[0, -1.0], [1, 0]])
    assert fcm.settle(swing, np.array([1.0, 1.0]), "trivalent").cycle == 4


@pytest.mark.parametrize("steepness", [0.5, 1, 5])
def test_the_sigmoid_is_the_logistic_function(steepness):
    sums = np.linspace(-50, 50, 11)
    assert fcm.activated(sums, "sigmoid", steepness) == pytest.approx(1 / (1 + np.exp(-steepness * sums)))


def test_indices_are_those_of_the_weighted_graph():
    found = fcm.indices(TEN)
    graph = nx.from_numpy_array(np.abs(TEN), create_using=nx.DiGraph)
    assert found.outdegree == pytest.approx([dict(graph.out_degree(weight="weight"))[n] for n in range(10)])
    assert found.indegree == pytest.approx([dict(graph.in_degree(weight="weight"))[n] for n in range(10)])
    assert found.density == pytest.approx(nx.density(graph))
    assert found.kinds == [fcm.TRANSMITTER, "ordinary", "ordinary", "ordinary", *["transmitter"] * 5, "receiver"]
    assert found.complexity == pytest.approx(1 / 6)


def test_the_hierarchy_is_full_where_one_drives_all_in_full_order_and_none_where_all_do_the_same():
    """MacDonald (1983): 1 where outdegrees are 0 to n − 1, 0 where they are equal."""
    assert fcm.indices(np.triu(np.ones((6, 6)), 1)).hierarchy == pytest.approx(1)
    assert fcm.indices(np.roll(np.eye(4), 1, axis=1)).hierarchy == pytest.approx(0)


def test_a_map_of_nothing_has_no_indices():
    found = fcm.indices(np.zeros((0, 0)))
    assert np.isnan([found.density, found.complexity, found.hierarchy]).all()
    assert fcm.settle(np.zeros((0, 0)), np.zeros(0)).cycle == 1
