"""How common each topic is, among all records and among included studies, and whether it grows."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from coproduction.core import accounting
from coproduction.methods.group_comparison import benjamini_hochberg
from coproduction.methods.trend import mean_interval, trend
from coproduction.topics.tables import PREVALENCE

DRAWS = 1000
A_YEAR = 3  # records a year must have for its mean to count


def prevalence(
    documents: pd.DataFrame, records: pd.DataFrame, included: set[str], titles: Mapping[str, str], seed: int
) -> pd.DataFrame:
    """PREVALENCE, a row for each topic; empty where there are no topics.

    documents: the topic model's DOCUMENTS; records: `record` and `year`; included: records of studies
    that passed screening; titles: what each topic is called
    """
    modelled = documents[documents["shares"] != ""]
    if modelled.empty:
        return accounting.table([], PREVALENCE)
    shares = modelled["shares"].str.split(";", expand=True).astype(float).to_numpy()
    low, high = mean_interval(shares, DRAWS, seed)
    is_included = modelled["record"].isin(included).to_numpy()
    years, means = _by_year(modelled, records, shares)
    trends = [trend(years, column) for column in means.T]
    adjusted = benjamini_hochberg(np.array([topic_trend.p for topic_trend in trends]))
    assigned = modelled["topic"].where(modelled["outcome"] == "assigned", "")
    rows = []
    for k, topic_trend in enumerate(trends):
        name = f"T{k + 1}"
        rows.append(
            {
                "topic": name,
                "title": titles[name],
                "prevalence": shares[:, k].mean(),
                "low": low[k],
                "high": high[k],
                "documents": int((assigned == name).sum()),
                "included": int(((assigned == name) & is_included).sum()),
                "prevalence_included": shares[is_included, k].mean() if is_included.any() else None,
                "years": len(years),
                "change_a_year": topic_trend.slope,
                "p": topic_trend.p,
                "p_adjusted": adjusted[k],
            }
        )
    return accounting.table(rows, PREVALENCE)


def _by_year(modelled: pd.DataFrame, records: pd.DataFrame, shares: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Years with enough records, and the mean share of each topic in them (years x topics)."""
    by_record = pd.to_numeric(records.set_index("record")["year"], errors="coerce")
    year = modelled["record"].map(by_record).to_numpy(dtype=float)
    known = ~np.isnan(year)
    years, place, counts = np.unique(year[known], return_inverse=True, return_counts=True)
    sums = np.zeros((len(years), shares.shape[1]))
    np.add.at(sums, place, shares[known])
    enough = counts >= A_YEAR
    return years[enough], (sums / np.maximum(counts, 1)[:, None])[enough]
