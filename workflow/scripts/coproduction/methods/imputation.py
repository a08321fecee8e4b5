"""Imputation: missing values of indicators filled by the median or by the units most alike."""

import numpy as np
import pandas as pd


def impute(values: pd.DataFrame, how: str, neighbours: int = 5) -> pd.DataFrame:
    """The values with missing ones filled; an indicator without any value stays empty.

    median      the median of the indicator
    neighbours  the mean of the (five) units that are most alike in the other indicators, by the mean
                squared distance of the standardised values that both have

    Source: OECD and JRC (2008), doi:10.1787/9789264043466-en, step 3

    >>> values = pd.DataFrame({"a": [1.0, 1.1, 9.0], "b": [5.0, np.nan, 50.0]})
    >>> impute(values, "neighbours", neighbours=1)["b"].tolist()
    [5.0, 5.0, 50.0]
    """
    if how == "none":
        return values
    if how == "median":
        return values.fillna(values.median())
    if how != "neighbours":
        raise ValueError(f"unknown imputation {how!r}")
    spread = values.std(ddof=1)
    scaled = ((values - values.mean()) / spread.where(spread > 0)).to_numpy(dtype=float)
    apart = (scaled[:, None, :] - scaled[None, :, :]) ** 2
    shared = (~np.isnan(apart)).sum(axis=2)
    mean = np.divide(np.nansum(apart, axis=2), shared, out=np.full(shared.shape, np.inf), where=shared > 0)
    np.fill_diagonal(mean, np.inf)
    filled = values.astype(float).copy()
    for place, name in enumerate(values.columns):
        is_observed = values[name].notna().to_numpy()
        for row in np.flatnonzero(~is_observed):
            near = [other for other in np.argsort(mean[row], kind="stable") if is_observed[other]]
            near = [other for other in near[:neighbours] if np.isfinite(mean[row, other])]
            if near:
                filled.iloc[row, place] = values[name].iloc[near].mean()
    return filled
