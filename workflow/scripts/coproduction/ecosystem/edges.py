"""Which factors come up together: the edges of the ecosystem.

Two factors are joined by each *unit* in which both have evidence: the same study, the same
coded segment of an interview, the same page of a document. The count is reported as it is;
beside it stands the association strength (van Eck and Waltman 2009, JASIST 60(8), 1635-1651,
doi:10.1002/asi.21075), the observed count divided by the count expected if the factors were
spread over the units independently of each other: 1 means as often as chance would have it.

networkx could project the bipartite graph; counting pairs directly keeps the split by
technique and the expected value in one table.
"""

from collections.abc import Mapping, Sequence
from itertools import combinations

import pandas as pd

from coproduction import tables
from coproduction.ecosystem.tables import EDGES

COLUMNS = ["factor_a", "factor_b", "technique", "units", "expected", "association"]


def units(evidence: pd.DataFrame, unit_columns: Mapping[str, Sequence[str]]) -> pd.DataFrame:
    """One row per technique, unit and factor; `unit_columns` says per kind what a unit is.

    Kinds that are not listed form no edges (an indicator or a panel's statement belongs to
    one factor by design, so it cannot show that two come up together).
    """
    parts = []
    for kind, columns in sorted(unit_columns.items()):
        rows = evidence[evidence["kind"] == kind]
        unit = rows[list(columns)].astype(str).agg(" · ".join, axis="columns")
        named = {"technique": rows["technique"], "unit": unit, "factor": rows["factor"]}
        if len(rows):
            parts.append(pd.DataFrame(named))
    if not parts:
        return pd.DataFrame(columns=["technique", "unit", "factor"], dtype=object)
    return pd.concat(parts).drop_duplicates().sort_values(["technique", "unit", "factor"])


def edges(units_of_factors: pd.DataFrame) -> pd.DataFrame:
    """Edges per technique with counts; see the module for `expected` and `association`.

    Input: as returned by `units`. A pair is named in alphabetical order. `expected` is
    n_a · n_b / n with n the units of that technique that carry any factor.
    """
    rows = []
    for technique, part in units_of_factors.groupby("technique", sort=True):
        members = part.groupby("unit")["factor"].agg(sorted)
        alone = part["factor"].value_counts()
        for (a, b), together in sorted(_pairs(members).items()):
            expected = alone[a] * alone[b] / len(members)
            rows.append([a, b, technique, together, expected, together / expected])
    return pd.DataFrame(rows, columns=COLUMNS)


def combined(per_technique: pd.DataFrame) -> pd.DataFrame:
    """Edges over all techniques (EDGES), the most frequent first."""
    if per_technique.empty:
        return tables.empty(EDGES)
    sums = per_technique.groupby(["factor_a", "factor_b"], sort=True)[["units", "expected"]].sum()
    whole = sums.reset_index().astype({"units": "Int64"})
    whole["techniques"] = [
        "; ".join(sorted(names))
        for _, names in per_technique.groupby(["factor_a", "factor_b"], sort=True)["technique"]
    ]
    whole["association"] = whole["units"] / whole["expected"]
    order = ["units", "association", "factor_a", "factor_b"]
    return whole.sort_values(order, ascending=[False, False, True, True], ignore_index=True)


def _pairs(members: pd.Series) -> dict[tuple[str, str], int]:
    counts: dict[tuple[str, str], int] = {}
    for factors in members:
        for pair in combinations(factors, 2):
            counts[pair] = counts.get(pair, 0) + 1
    return counts
