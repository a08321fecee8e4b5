"""How far ranks of a composite depend on all its choices at once: a joint Monte-Carlo analysis.

Every draw takes one of the prepared tables (a normalisation, a treatment of outliers, a way to
impute), an aggregation and random weights, all at the same time. All draws of one table and one
aggregation are computed by one product of matrices.

The R package COINr does this one draw after the other; SALib (considered) computes sensitivity
indices of functions of numbers, not of choices like these.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Draws:
    """Ranks (draws x units, NaN where a unit has no score) and the choices behind each draw."""

    ranks: np.ndarray
    choices: dict[str, np.ndarray]


def ranks_of(scores: np.ndarray) -> np.ndarray:
    """Ranks within each row, 1 for the highest score; ties share the better rank; NaN stays NaN.

    >>> ranks_of(np.array([[5.0, 9.0, 9.0, np.nan]])).tolist()
    [[3.0, 1.0, 1.0, nan]]
    """
    higher = np.zeros(scores.shape, dtype=np.int32)
    for unit in range(scores.shape[1]):
        higher += scores[:, [unit]] > scores
    return np.where(np.isnan(scores), np.nan, 1.0 + higher)


def joint_draws(
    tables: Mapping[tuple[str, ...], np.ndarray],
    names: Sequence[str],
    groups: Sequence[int],
    taking_part: np.ndarray,
    draws: int,
    seed: int,
) -> tuple[list[Draws], Draws]:
    """Draws of the ranks in each group of indicators, and over all groups.

    tables: normalised values (units x indicators, more is better, NaN where there is none) by their
    choices, the last of which is the aggregation; names: what each choice is called; groups: the group
    of each indicator (0, 1, …); taking_part: units x groups, whether a unit has a score there. Weights
    are drawn from the flat Dirichlet distribution, within groups and between them.

    Source: Saisana, Saltelli and Tarantola (2005), doi:10.1111/j.1467-985X.2005.00350.x

    >>> table = np.array([[100.0, 90.0], [50.0, 60.0], [0.0, 10.0]])
    >>> parts, whole = joint_draws(
    ...     {("minmax", "arithmetic"): table}, ["normalisation", "aggregation"], [0, 1],
    ...     np.ones((3, 2), dtype=bool), draws=50, seed=1)
    >>> np.unique(whole.ranks, axis=0).tolist()
    [[1.0, 2.0, 3.0]]
    """
    chance = np.random.default_rng(seed)
    keys = list(tables)
    which = chance.integers(0, len(keys), draws)
    group_of = np.asarray(groups)
    n_groups, units = int(group_of.max()) + 1, taking_part.shape[0]
    weights = [chance.dirichlet(np.ones(int((group_of == group).sum())), size=draws) for group in range(n_groups)]
    between = chance.dirichlet(np.ones(n_groups), size=draws)
    scores = np.full((n_groups, draws, units), np.nan)
    for place, key in enumerate(keys):
        draws_of_key = np.flatnonzero(which == place)
        for group in range(n_groups):
            values = tables[key][:, group_of == group]
            scores[group][draws_of_key] = _scores(values, weights[group][draws_of_key], key[-1])
    for group in range(n_groups):
        scores[group][:, ~taking_part[:, group]] = np.nan
    whole = np.einsum("dg,gdu->du", between, scores)
    choices = {name: np.array([keys[n][level] for n in which], dtype=object) for level, name in enumerate(names)}
    parts = [Draws(ranks_of(scores[group]), choices) for group in range(n_groups)]
    return parts, Draws(ranks_of(whole), choices)


def _scores(values: np.ndarray, weights: np.ndarray, aggregation: str) -> np.ndarray:
    """Weighted means of the values that are there, draws x units."""
    present = ~np.isnan(values)
    numbers = np.where(present, values, 0.0)
    if aggregation == "geometric":
        numbers = np.where(present, np.log(np.where(present, 1 + 0.99 * values, 1.0)), 0.0)
    weight_present = weights @ present.T.astype(float)
    means = np.divide(
        weights @ numbers.T, weight_present, out=np.full(weight_present.shape, np.nan), where=weight_present > 0
    )
    return np.exp(means) if aggregation == "geometric" else means


def shares_of_variance(draws: Draws, reference: np.ndarray) -> dict[str, float]:
    """Share of the variance of the mean shift in rank that each choice explains by itself.

    The shift of a draw is the mean distance of its ranks from the reference; the share of a choice is
    the variance of the mean shifts of its options in the variance over all draws (first-order
    sensitivity). What is left belongs to the weights and to choices together.

    Source: Saisana, Saltelli and Tarantola (2005), doi:10.1111/j.1467-985X.2005.00350.x

    >>> ranks = np.array([[1.0, 2.0], [1.0, 2.0], [2.0, 1.0], [2.0, 1.0]])
    >>> choice = {"method": np.array(["a", "a", "b", "b"], dtype=object)}
    >>> shares_of_variance(Draws(ranks, choice), np.array([1.0, 2.0]))
    {'method': 1.0}
    """
    known = ~np.isnan(reference)
    shift = np.nanmean(np.abs(draws.ranks[:, known] - reference[known]), axis=1)
    total = float(np.var(shift))
    share_by_choice = {}
    for name, options in draws.choices.items():
        labels, codes = np.unique(options.astype(str), return_inverse=True)
        counts = np.bincount(codes)
        means = np.bincount(codes, weights=shift) / counts
        between = float((counts * (means - shift.mean()) ** 2).sum() / len(shift))
        share_by_choice[name] = between / total if total > 0 and len(labels) > 1 else float("nan")
    return share_by_choice
