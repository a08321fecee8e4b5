"""What the experts say of pairs of factors beside how often the two come up together in texts and interviews.

The experts judge influences, which have a direction; that two factors come up together has none. The two agree
where the same pairs are connected, and neither proves the other.
"""

from typing import Any

import numpy as np
import pandas as pd

from coproduction.core import tables
from coproduction.ecosystem.influences import Judged, means
from coproduction.ecosystem.tables import COMPARED, SAID_BY
from coproduction.methods.association import shared_order

DRAWS = 2000


def compared(judged: Judged, direct: np.ndarray | None, edges: pd.DataFrame) -> pd.DataFrame:
    """A row for each pair of the factors asked about (COMPARED): connected by both, by one, by nobody.

    direct: which factor influences which by the rule of the settings; edges: pairs that come up together (EDGES).
    """
    if direct is None:
        return tables.empty(COMPARED)
    mean, is_judged = means(judged.values), (~np.isnan(judged.values)).any(axis=0)
    edge_of = edges.set_index(["factor_a", "factor_b"])
    place = {name: position for position, name in enumerate(judged.factors)}
    names = sorted(judged.factors)
    rows = []
    for number, a in enumerate(names):
        for b in names[number + 1 :]:
            i, j = place[a], place[b]
            by_experts = {(True, True): "both", (True, False): "a on b", (False, True): "b on a"}
            none = "none" if is_judged[i, j] or is_judged[j, i] else "not judged"
            experts = by_experts.get((bool(direct[i, j]), bool(direct[j, i])), none)
            texts = edge_of.loc[(a, b)] if (a, b) in edge_of.index else None
            clear = texts is not None and texts["clear"] == "yes"
            case = {(True, True): 0, (True, False): 1, (False, True): 2, (False, False): 3}[
                experts in by_experts.values(), clear
            ]
            rows.append(
                (
                    *(a, b),
                    *(mean[x, y] if is_judged[x, y] else np.nan for x, y in ((i, j), (j, i))),
                    experts,
                    0 if texts is None else int(texts["units"]),
                    np.nan if texts is None else float(texts["association"]),
                    "yes" if clear else "no",
                    SAID_BY[case],
                )
            )
    table = pd.DataFrame(rows, columns=list(COMPARED.columns))
    table["order"] = table["said_by"].map(SAID_BY.index)
    by = ["order", "units", "factor_a", "factor_b"]
    table = table.sort_values(by, ascending=[True, False, True, True], ignore_index=True)
    return table[list(COMPARED.columns)].astype({"units": "Int64"})


def agreement(judged: Judged, table: pd.DataFrame, seed: int) -> dict[str, Any]:
    """How far experts and texts rank the pairs alike: Spearman's correlation, its chance, pairs by who connects them."""
    counts = table["said_by"].value_counts()
    pairs_by = {name: int(counts.get(name, 0)) for name in SAID_BY}
    if not len(table) or not (table["units"] > 0).any():
        return {"said_by": pairs_by, "rho": None, "p": None}
    number, place = len(judged.factors), {name: position for position, name in enumerate(judged.factors)}
    influence, together = (np.full((number, number), np.nan) for _ in range(2))
    for row in table.to_dict("records"):
        a, b = place[row["factor_a"]], place[row["factor_b"]]
        values = [row[name] for name in ("a_on_b", "b_on_a") if not np.isnan(row[name])]
        if values:
            influence[a, b] = influence[b, a] = np.mean(values)
        together[a, b] = together[b, a] = 0.0 if np.isnan(row["association"]) else row["association"]
    rho, p = shared_order(influence, together, DRAWS, np.random.default_rng(seed))
    return {
        "said_by": pairs_by,
        "rho": None if np.isnan(rho) else round(rho, 6),
        "p": None if np.isnan(p) else round(p, 6),
    }
