"""ISM and MICMAC: the order of the factors from yes/no influences.

Interpretive structural modelling: Warfield (1974, doi:10.1109/TSMC.1974.5408524); the cross-impact
matrix MICMAC: Duperrin and Godet (1973, CEA-R-4541), in the form usual beside ISM, with driving power and
dependence counted on the reachability matrix. networkx gives strong components and the transitive
reduction; the R package ISM was considered, and is compared with in the tests.
"""

import numpy as np

DRIVER, LINKAGE, DEPENDENT, AUTONOMOUS = "driver", "linkage", "dependent", "autonomous"
QUADRANTS = [DRIVER, LINKAGE, DEPENDENT, AUTONOMOUS]
CYCLE = "feedback"


def reachability(direct: np.ndarray) -> np.ndarray:
    """Which factor reaches which over any chain, each itself included (transitive closure).

    >>> reachability(np.array([[0, 1, 0], [0, 0, 1], [0, 0, 0]])).astype(int)
    array([[1, 1, 1],
           [0, 1, 1],
           [0, 0, 1]])
    """
    reach = direct.astype(bool) | np.eye(len(direct), dtype=bool)
    for via in range(len(reach)):
        reach |= np.outer(reach[:, via], reach[via])
    return reach


def levels(reach: np.ndarray) -> np.ndarray:
    """Warfield's level of each factor: 1 for those that drive nothing further, then peeled off.

    Of the factors that are left, those whose reachability set lies within their antecedent set
    form the next level; the highest levels hold the factors that drive the others.

    >>> levels(reachability(np.array([[0, 1, 0], [0, 0, 1], [0, 0, 0]])))
    array([3, 2, 1])
    """
    level_of = np.zeros(len(reach), dtype=int)
    remaining = np.ones(len(reach), dtype=bool)
    level = 0
    while remaining.any():
        level += 1
        beyond = reach & ~reach.T & remaining[None, :]
        top = remaining & ~beyond.any(axis=1)
        level_of[top] = level
        remaining &= ~top
    return level_of


def skeleton(direct: np.ndarray) -> np.ndarray:
    """What each direct influence is in the drawing, as text: "yes", "feedback", "no", or "".

    "feedback": both factors drive each other over some chain. "yes": needed between two such
    groups; "no": it follows from others (transitive reduction of the groups). Where several
    influences join two groups, all are "yes".

    >>> skeleton(np.array([[0, 1, 1], [0, 0, 1], [0, 0, 0]])).tolist()
    [['', 'yes', 'no'], ['', '', 'yes'], ['', '', '']]
    """
    import networkx as nx  # takes as long to load as all else; most who read the words above need no graph

    graph = nx.DiGraph()
    graph.add_nodes_from(range(len(direct)))
    graph.add_edges_from((int(a), int(b)) for a, b in np.argwhere(direct) if a != b)
    groups = nx.condensation(graph)
    of = groups.graph["mapping"]
    reduced_edges = set(nx.transitive_reduction(groups).edges)
    words = np.full(direct.shape, "", dtype=object)
    for a, b in graph.edges:
        same = of[a] == of[b]
        words[a, b] = CYCLE if same else "yes" if (of[a], of[b]) in reduced_edges else "no"
    return words


def quadrants(driving: np.ndarray, dependence: np.ndarray, cut: str) -> list[str]:
    """MICMAC's quadrant of each factor; high is above half the number of factors, or the mean.

    >>> quadrants(np.array([3, 2, 1]), np.array([1, 1, 3]), "half")
    ['driver', 'driver', 'dependent']
    """
    limits = [cuts(values, cut) for values in (driving, dependence)]
    names = {(1, 1): LINKAGE, (1, 0): DRIVER, (0, 1): DEPENDENT, (0, 0): AUTONOMOUS}
    return [
        names[int(drives > limits[0]), int(depends > limits[1])]
        for drives, depends in zip(driving, dependence, strict=True)
    ]


def cuts(values: np.ndarray, cut: str) -> float:
    """The value above which driving power or dependence is high.

    >>> cuts(np.array([3, 2, 1]), "half"), cuts(np.array([3, 2, 1]), "mean")
    (1.5, 2.0)
    """
    return len(values) / 2 if cut == "half" else float(np.mean(values))
