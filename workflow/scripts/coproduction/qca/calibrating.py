"""How the values of an indicator become memberships in a set of the study."""

import re

import numpy as np

from coproduction.methods import calibration

NUMBER = re.compile(r"[+-]?(?!\d{1,3},\d{3}$)\d+(?:[.,]\d+)?(?:[eE][+-]?\d+)?")
ANCHORS = ["exclusion", "crossover", "inclusion"]


def memberships_of(values: np.ndarray, anchors: list[float], cuts: list[float], at: float) -> np.ndarray:
    """Values of an indicator, calibrated: by thresholds, by one threshold, or by three anchors."""
    if cuts:
        return calibration.multi_value(values, cuts)
    if np.isnan(anchors[0]):
        return calibration.crisp(values, anchors[1])
    out, crossover, full = anchors
    return calibration.direct(values, out, crossover, full, at)


def parse(cell: str) -> float | None:
    """The number in a cell; None for other words, and for 1,000, which may be 1 or 1000.

    >>> parse("20,5"), parse("1,000"), parse("nan")
    (20.5, None, None)
    """
    if not NUMBER.fullmatch(cell.strip()):
        return None
    return float(cell.replace(",", "."))
