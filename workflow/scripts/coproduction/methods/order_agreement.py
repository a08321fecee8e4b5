"""Places in an order: ridits, and the agreement of two orders.

scipy.stats.rankdata would give the mid-ranks; pandas' own `rank` does the same on a whole table.
"""

import numpy as np
import pandas as pd
import scipy


def standing(measure: pd.Series) -> pd.Series:
    """The share of things that each outranks, ties counted half (its ridit); 0 for a measure of 0.

    measure: one number for each; NaN for what was not asked about, which has no standing (NaN) and is
    not ranked. Returns numbers from 0 to 1 with the same index.

    Source: Bross (1958), Biometrics 14(1), 18-38, doi:10.2307/2527727.

    >>> standing(pd.Series([3, 1, 1, 0])).tolist()
    [0.875, 0.5, 0.5, 0.0]
    """
    measured = measure.astype(float).dropna()
    ridits = (measured.rank(method="average") - 0.5) / max(len(measured), 1)
    return ridits.where(measured > 0, 0.0).reindex(measure.index)


def standings(values: np.ndarray, among: np.ndarray) -> np.ndarray:
    """As `standing`, of many sets at once and against a yardstick of its own: the share of `among`
    that each value outranks, ties counted half; 0 for a value of 0.

    values, among: (..., things), NaN for what was not asked about. With `among` the values themselves
    this is the ridit.

    >>> standings(np.array([[3.0, 1.0, 1.0, 0.0]]), np.array([[3.0, 1.0, 1.0, 0.0]]))
    array([[0.875, 0.5  , 0.5  , 0.   ]])
    """
    n_asked = np.maximum((~np.isnan(among)).sum(axis=-1, keepdims=True), 1)
    below = (among[..., None, :] < values[..., :, None]).sum(axis=-1)
    equal = (among[..., None, :] == values[..., :, None]).sum(axis=-1)
    ridits = np.where(values > 0, (below + equal / 2) / n_asked, 0.0)
    return np.where(np.isnan(values), np.nan, ridits)


def tau(first: pd.Series, second: pd.Series) -> float:
    """Kendall's tau-b of two orders; NaN with fewer than three things or where one order has no steps.

    Source: Kendall (1945), Biometrika 33(3), 239-251, doi:10.1093/biomet/33.3.239, which is made for
    orders with many ties; scipy's implementation.

    >>> round(tau(pd.Series([1, 2, 3, 4]), pd.Series([1, 3, 2, 4])), 3)
    0.667
    """
    if len(first) < 3 or first.nunique() < 2 or second.nunique() < 2:
        return float("nan")
    return float(scipy.stats.kendalltau(first, second).statistic)
