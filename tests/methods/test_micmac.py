"""MICMAC by powers of the matrix against counted chains, the limit of the powers, and known cases without an order."""

import itertools

import networkx as nx
import numpy as np
import pytest
from coproduction.methods import micmac
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

TEN = np.array(
    [
        [0, 3, 0, 1, 0, 2, 0, 0, 1, 0],
        [0, 0, 2, 0, 0, 1, 0, 3, 0, 0],
        [1, 0, 0, 2, 0, 0, 0, 0, 0, 1],
        [0, 0, 1, 0, 3, 0, 2, 0, 0, 0],
        [0, 1, 0, 0, 0, 0, 0, 2, 0, 3],
        [2, 0, 0, 0, 1, 0, 0, 0, 1, 0],
        [0, 0, 3, 0, 0, 0, 0, 1, 0, 2],
        [0, 2, 0, 0, 1, 0, 0, 0, 3, 0],
        [1, 0, 0, 0, 0, 3, 1, 0, 0, 0],
        [0, 0, 0, 2, 0, 0, 3, 1, 0, 0],
    ]
)
SMALL = st.integers(2, 5).flatmap(lambda n: arrays(np.int8, (n, n), elements=st.integers(0, 3)))


def exact_places(matrix, power):
    """Places by row and column sums of a power, in whole numbers of any size."""
    own = np.array(matrix, dtype=object)
    np.fill_diagonal(own, 0)
    raised = own
    for _ in range(power - 1):
        raised = raised.dot(own)
    return [
        [1 + sum(other > one for other in sums) for one in sums] for sums in (raised.sum(axis=1), raised.sum(axis=0))
    ]


def test_direct_places_are_those_of_the_sums():
    driving, dependence = micmac.direct(TEN)
    assert [driving.tolist(), dependence.tolist()] == exact_places(TEN, 1)


def test_the_order_is_that_of_whole_numbers_and_stays():
    found = micmac.indirect(TEN)
    assert found.power >= 2
    for power in range(found.power, found.power + micmac.HOLD + 1):
        assert [found.driving.tolist(), found.dependence.tolist()] == exact_places(TEN, power)
    assert exact_places(TEN, found.power - 1) != exact_places(TEN, found.power) or found.power == 2


def test_powers_count_chains_as_networkx_does():
    """With influences of 0 and 1 the row sum of a power is the number of chains that begin at a condition."""
    yes_or_no = (TEN > 0).astype(int)
    found = micmac.indirect(yes_or_no)
    chains = nx.number_of_walks(nx.from_numpy_array(yes_or_no, create_using=nx.DiGraph), found.power)
    starting = np.array([sum(chains[a].values()) for a in range(len(TEN))], dtype=float)
    ending = np.array([sum(chains[a][b] for a in range(len(TEN))) for b in range(len(TEN))], dtype=float)
    assert found.driving.tolist() == micmac.ranks(starting).tolist()
    assert found.dependence.tolist() == micmac.ranks(ending).tolist()


def test_the_stable_order_is_that_of_the_eigenvectors():
    """Where every condition reaches every other the powers turn to the Perron vectors of the matrix."""
    found = micmac.indirect(TEN)
    for side, places in ((TEN, found.driving), (TEN.T, found.dependence)):
        values, vectors = np.linalg.eig(side.astype(float))
        assert micmac.ranks(np.abs(vectors[:, values.real.argmax()])).tolist() == places.tolist()


def test_chains_change_the_order_of_direct_influences():
    """A drives one condition strongly, B weakly two that drive the rest."""
    matrix = np.zeros((5, 5))
    matrix[0, 4], matrix[1, 2], matrix[1, 3], matrix[2, 3], matrix[3, 2], matrix[2, 1] = 4, 1, 2, 3, 3, 1
    direct, found = micmac.direct(matrix)[0], micmac.indirect(matrix)
    assert direct.tolist() == [1, 3, 1, 3, 5]
    assert found.driving[0] == found.driving[4] == 4


@pytest.mark.parametrize(
    ("matrix", "words"),
    [
        ([[0, 0], [0, 0]], "there is no influence"),
        ([[5, 0], [0, 5]], "there is no influence"),
        ([[0, 1, 1], [0, 0, 1], [0, 0, 0]], "all chains end \\(after 2 influences\\)"),
        ([[0, 2, 0], [0, 0, 1], [3, 0, 0]], "still changes"),
    ],
)
def test_where_no_order_is_stable_the_reason_is_given(matrix, words):
    """A circle with different weights turns for ever: Dema and Barberá (2010)."""
    found = micmac.indirect(np.array(matrix))
    assert found.power == 0
    assert not found.driving.any()
    with pytest.raises(AssertionError, match=words):
        raise AssertionError(found.why)


def test_a_negative_influence_is_refused():
    with pytest.raises(ValueError, match="negative"):
        micmac.indirect(np.array([[0, -1], [1, 0]]))


@given(SMALL)
@settings(deadline=None, max_examples=60)
def test_names_and_scale_do_not_matter(matrix):
    found, scaled = micmac.indirect(matrix), micmac.indirect(matrix * 7.5)
    assert found.power == scaled.power
    order = np.arange(len(matrix))[::-1]
    turned = micmac.indirect(matrix[np.ix_(order, order)])
    assert turned.driving.tolist() == found.driving[order].tolist()
    if found.power:
        exact = exact_places(matrix, found.power)
        assert [found.driving.tolist(), found.dependence.tolist()] == exact


def test_equal_sums_share_a_place():
    both = np.array([[0, 1, 1], [1, 0, 1], [1, 1, 0]])
    assert set(micmac.indirect(both).driving) == {1}
    assert all(a >= 1 for a in itertools.chain(*micmac.direct(both)))
