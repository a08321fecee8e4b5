"""Parameters of fit between memberships in a condition (or configuration) and in the outcome.

Sums over cases of memberships x (condition) and y (outcome), all between 0 and 1, without NaN.
Ragin 2006 (doi:10.1093/pan/mpj019) for consistency and coverage, Schneider and Wagemann 2012
(doi:10.1017/CBO9781139004244) for PRI and relevance of necessity. A measure whose denominator is 0
is NaN: nobody is in the set.
"""

import numpy as np


def _ratio(part: float, whole: float) -> float:
    return float(part / whole) if whole > 1e-12 else float("nan")


def consistency(x: np.ndarray, y: np.ndarray) -> float:
    """Sufficiency: Σ min(x, y) / Σ x, how far x is a subset of y."""
    return _ratio(np.minimum(x, y).sum(), x.sum())


def coverage(x: np.ndarray, y: np.ndarray) -> float:
    """Raw coverage: Σ min(x, y) / Σ y, how much of the outcome x accounts for."""
    return consistency(y, x)


def pri(x: np.ndarray, y: np.ndarray) -> float:
    """Proportional reduction in inconsistency: as consistency, without what x shares with y and not-y.

    (Σ min(x, y) − Σ min(x, y, 1 − y)) / (Σ x − Σ min(x, y, 1 − y)).
    """
    both = np.minimum(x, np.minimum(y, 1 - y)).sum()
    return _ratio(np.minimum(x, y).sum() - both, x.sum() - both)


def necessity(x: np.ndarray, y: np.ndarray) -> float:
    """Consistency of necessity: Σ min(x, y) / Σ y, how far the outcome is a subset of x."""
    return consistency(y, x)


def relevance(x: np.ndarray, y: np.ndarray) -> float:
    """Relevance of necessity (RoN): Σ (1 − x) / Σ (1 − min(x, y)); low where x is nearly constant."""
    return _ratio((1 - x).sum(), (1 - np.minimum(x, y)).sum())
