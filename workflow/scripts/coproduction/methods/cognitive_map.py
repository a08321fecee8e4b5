"""Fuzzy cognitive maps: what a web of weighted, signed influences settles into, and what holding a concept changes.

Sources: Kosko (1986, doi:10.1016/S0020-7373(86)80040-2) for the map and its bivalent and trivalent forms; Stylios and
Groumpos (1999, doi:10.1023/A:1008162921950) for the rule with memory; Papageorgiou (2011,
doi:10.1016/j.asoc.2009.12.010) for the rescaled one; Özesmi and Özesmi (2004, doi:10.1016/j.ecolmodel.2003.10.027) for
the indices and for reading a scenario against the steady state. py-fcm and fcmpy were considered: a loop of one matrix
product needs neither; the tests compare with the R package fcm.
"""

from collections.abc import Mapping
from typing import Literal, NamedTuple

import numpy as np

Activation = Literal["sigmoid", "tanh", "bivalent", "trivalent"]
Rule = Literal["kosko", "modified kosko", "rescaled"]
TRANSMITTER, RECEIVER, ORDINARY, ISOLATED = "transmitter", "receiver", "ordinary", "isolated"
KINDS = [TRANSMITTER, RECEIVER, ORDINARY, ISOLATED]
STEPS = 1000
STILL = 1e-9


class Settled(NamedTuple):
    """Where a map ends: `values` of the concepts, after so many `steps`.

    `cycle` is 1 for a steady state, n where n states follow each other for ever (the values are those of the first),
    and 0 where neither has been reached.
    """

    values: np.ndarray
    steps: int
    cycle: int


class Indices(NamedTuple):
    """Per concept: influence given and received in absolute numbers, their sum, and its kind; then of the whole map.

    `density` is the share of possible connections that are there, `complexity` the number of receivers per transmitter
    (NaN without transmitters), `hierarchy` MacDonald's index: 0 for a democratic, 1 for a fully hierarchical map.
    """

    outdegree: np.ndarray
    indegree: np.ndarray
    centrality: np.ndarray
    kinds: list[str]
    density: float
    complexity: float
    hierarchy: float


def activated(sums: np.ndarray, activation: Activation, steepness: float = 1.0) -> np.ndarray:
    """The values that sums of influences give.

    >>> activated(np.array([-2.0, 0.0, 2.0]), "trivalent").tolist()
    [-1.0, 0.0, 1.0]
    >>> activated(np.array([0.0]), "sigmoid").item()
    0.5
    """
    if activation == "sigmoid":
        return 0.5 * (1.0 + np.tanh(0.5 * steepness * sums))
    if activation == "tanh":
        return np.tanh(steepness * sums)
    return np.sign(sums) if activation == "trivalent" else (sums > 0).astype(float)


def next_values(values: np.ndarray, weights: np.ndarray, activation: Activation, rule: Rule, steepness: float = 1.0):
    """The values one step on; `weights[a, b]` is the influence of a on b, from −1 to 1.

    >>> next_values(np.array([1.0, 0.0]), np.array([[0, 0.5], [0, 0]]), "bivalent", "kosko").tolist()
    [0.0, 1.0]
    """
    rescaled = 2 * values - 1 if rule == "rescaled" else values
    memory = 0.0 if rule == "kosko" else rescaled
    return activated(memory + rescaled @ weights, activation, steepness)


def settle(
    weights: np.ndarray,
    start: np.ndarray,
    activation: Activation = "sigmoid",
    rule: Rule = "kosko",
    steepness: float = 1.0,
    held: Mapping[int, float] | None = None,
) -> Settled:
    """The state in which the map comes to rest, or the cycle of states it runs into.

    start: values at the beginning. held: concepts that keep a value throughout.

    >>> settle(np.array([[0, 1.0], [1.0, 0]]), np.array([1.0, 0.0]), "bivalent").cycle
    2
    """
    places = list(held or {})
    held_values = list((held or {}).values())
    values = np.array(start, dtype=float)
    values[places] = held_values
    states = [values]
    for step in range(1, STEPS + 1):
        values = next_values(values, weights, activation, rule, steepness)
        values[places] = held_values
        near = [n for n, state in enumerate(states[-20:]) if np.abs(state - values).max(initial=0.0) < STILL]
        if near:
            return Settled(values, step, min(len(states), 20) - near[-1])
        states.append(values)
    return Settled(values, STEPS, 0)


def indices(weights: np.ndarray) -> Indices:
    """The indices of a map (Özesmi and Özesmi 2004; hierarchy by MacDonald 1983).

    >>> found = indices(np.array([[0, 0.5, -0.25], [0, 0, 1.0], [0, 0, 0]]))
    >>> found.centrality.tolist(), found.kinds
    ([0.75, 1.5, 1.25], ['transmitter', 'ordinary', 'receiver'])
    """
    size = np.abs(weights)
    number = len(size)
    outgoing, received = size.sum(axis=1), size.sum(axis=0)
    words = {(True, True): ORDINARY, (True, False): TRANSMITTER, (False, True): RECEIVER, (False, False): ISOLATED}
    kinds = [words[bool(out > 0), bool(into > 0)] for out, into in zip(outgoing, received, strict=True)]
    possible = number * (number - 1)
    transmitters = kinds.count(TRANSMITTER)
    spread = ((outgoing - outgoing.mean()) ** 2).sum() if number else 0.0
    return Indices(
        outdegree=outgoing,
        indegree=received,
        centrality=outgoing + received,
        kinds=kinds,
        density=float((size > 0).sum() / possible) if possible else float("nan"),
        complexity=kinds.count(RECEIVER) / transmitters if transmitters else float("nan"),
        hierarchy=float(12 * spread / (possible * (number + 1))) if possible else float("nan"),
    )
