"""Joint draws beside a plain loop over them."""

import itertools

import numpy as np
import pandas as pd
import pytest
from coproduction.methods import composite, composite_uncertainty


def slow(tables, groups, taking_part, draws, seed):
    """The same draws, one after the other, by the functions of the composite."""
    chance = np.random.default_rng(seed)
    keys = list(tables)
    which = chance.integers(0, len(keys), draws)
    groups = np.asarray(groups)
    sizes = [int((groups == g).sum()) for g in range(groups.max() + 1)]
    weights = [chance.dirichlet(np.ones(n), size=draws) for n in sizes]
    between = chance.dirichlet(np.ones(len(sizes)), size=draws)
    found = []
    for draw, key in enumerate(keys[n] for n in which):
        scores = []
        for group in range(len(sizes)):
            values = pd.DataFrame(tables[key][:, groups == group])
            own = composite.aggregate(values, pd.Series(weights[group][draw]), key[-1], 0)["score"]
            scores.append(own.where(taking_part[:, group]))
        whole = sum(w * s for w, s in zip(between[draw], scores, strict=True))
        found.append([composite.rank(s).to_numpy() for s in [*scores, whole]])
    return np.array(found)


@pytest.mark.parametrize("seed", range(4))
def test_ranks_are_those_of_a_loop_over_the_draws(seed):
    chance = np.random.default_rng(100 + seed)
    tables = {}
    for how, together in itertools.product(["one", "two"], composite.AGGREGATIONS):
        table = chance.uniform(0, 100, (9, 7)).round(1)
        table[chance.random((9, 7)) < 0.15] = np.nan
        tables[how, together] = table
    groups = [0, 0, 0, 1, 1, 2, 2]
    taking_part = chance.random((9, 3)) < 0.9
    parts, whole = composite_uncertainty.joint_draws(tables, ["a", "b"], groups, taking_part, 40, seed)
    expected = slow(tables, groups, taking_part, 40, seed)
    for place, drawn in enumerate([*parts, whole]):
        np.testing.assert_array_equal(drawn.ranks, expected[:, place])
    assert set(whole.choices) == {"a", "b"}


def test_a_choice_that_decides_all_explains_all_and_one_that_decides_nothing_nothing():
    chance = np.random.default_rng(1)
    a, b = (np.array(["x", "y"], dtype=object)[chance.integers(0, 2, 4000)] for _ in range(2))
    ranks = np.where((a == "x")[:, None], [[1.0, 2.0, 3.0]], [[3.0, 1.0, 2.0]])
    shares = composite_uncertainty.shares_of_variance(
        composite_uncertainty.Draws(ranks, {"a": a, "b": b}), np.array([1.0, 2.0, 3.0])
    )
    assert shares["a"] == pytest.approx(1)
    assert shares["b"] < 0.005
    one = composite_uncertainty.Draws(ranks, {"c": np.full(4000, "only", dtype=object)})
    assert np.isnan(composite_uncertainty.shares_of_variance(one, np.array([1.0, 2.0, 3.0]))["c"])
