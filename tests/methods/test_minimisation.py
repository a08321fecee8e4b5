"""Minimisation beside a slow search through all expressions."""

import itertools

import numpy as np
import pytest
from coproduction.methods import minimisation


def slow_covers(positive, assumed, k):
    """All smallest sets of terms that cover the positive rows and no other: by trying every set."""
    full = 1 << k
    allowed = set(positive) | set(assumed)
    terms = [
        (m, v)
        for m in range(full)
        for v in range(full)
        if v & ~m == 0 and {r for r in range(full) if r & m == v} <= allowed
    ]
    widest = [t for t in terms if not any(minimisation.within(t, o) and t != o for o in terms)]
    for size in range(1, len(positive) + 1):
        found = {
            frozenset(group)
            for group in itertools.combinations(widest, size)
            if all(any(r & m == v for m, v in group) for r in positive)
        }
        if found:
            return found
    return set()


@pytest.mark.parametrize("seed", range(25))
def test_solutions_are_all_shortest_covers(seed):
    chance = np.random.default_rng(seed)
    k = int(chance.integers(2, 5))
    kinds = chance.integers(0, 3, 1 << k)
    positive = [int(r) for r in np.flatnonzero(kinds == 0)]
    assumed = [int(r) for r in np.flatnonzero(kinds == 1)]
    found = {frozenset(s) for s in minimisation.solutions(positive, assumed, minimisation.binary(k))}
    assert found == slow_covers(positive, assumed, k)


def test_nothing_positive_and_everything_positive():
    assert minimisation.solutions([], [0, 1], minimisation.binary(2)) == []
    assert minimisation.solutions([0, 1, 2, 3], [], minimisation.binary(2)) == [((0, 0),)]
