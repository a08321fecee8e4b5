"""The influences as a fuzzy cognitive map: where the web settles, and what holding one factor changes.

An option (`cognitive_map`). Weights with a sign come from `ecosystem/weights.csv`, the mean of those who gave one;
without that file the experts' mean influence divided by the highest of the scale, which can only raise.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from coproduction.core import accounting, tables
from coproduction.ecosystem.influences import HIGHEST, Judged, means
from coproduction.ecosystem.settings import StructureSettings
from coproduction.ecosystem.tables import COGNITIVE_MAP, SCENARIOS
from coproduction.methods import cognitive_map as fcm


def weights_of(judged: Judged, weight_rows: pd.DataFrame, ids: Sequence[str]) -> tuple[list[str], np.ndarray, str]:
    """The factors of the map, their weights, and where these are from.

    said: rows of WEIGHTS of all files; ids: the factors of the codebook, in whose order those of the files are kept.
    """
    filled = weight_rows[weight_rows["weight"].notna()]
    if not len(filled):
        if not judged.raters:
            return [], np.zeros((0, 0)), "influences"
        return judged.factors, means(judged.values) / (1 if judged.binary else HIGHEST), "influences"
    factor_ids = set(filled["from"]) | set(filled["to"])
    factors = [name for name in ids if name in factor_ids]
    place = {name: position for position, name in enumerate(factors)}
    weights = np.zeros((len(factors), len(factors)))
    for (source, target), value in filled.groupby(["from", "to"], sort=True)["weight"].mean().items():
        weights[place[source], place[target]] = value
    return factors, weights, "weights"


def mapped(
    factors: Sequence[str], weights: np.ndarray, source: str, names: dict[str, str], settings: StructureSettings
) -> tuple[pd.DataFrame, pd.DataFrame, dict[str, Any]]:
    """COGNITIVE_MAP, SCENARIOS, and what the report says of the whole; empty while the option is off."""
    if not settings.cognitive_map or not len(factors):
        return tables.empty(COGNITIVE_MAP), tables.empty(SCENARIOS), {"wanted": settings.cognitive_map, "factors": 0}
    activation = (settings.map_activation, settings.map_rule, settings.map_steepness)
    start = np.ones(len(factors))
    indices, base = fcm.indices(weights), fcm.settle(weights, start, *activation)
    steady = base.values if base.cycle == 1 else np.full(len(factors), np.nan)
    rows, effects = [], []
    for place, driver in enumerate(factors):
        scenario = fcm.settle(weights, start, *activation, held={place: 1.0})
        values = scenario.values if scenario.cycle == 1 else np.full(len(factors), np.nan)
        change = np.delete(values - steady, place)
        effects.append(float(change.mean()) if len(change) else np.nan)
        other_places = [other for other in range(len(factors)) if other != place]
        rows += [(driver, factors[other], values[other], values[other] - steady[other]) for other in other_places]
    table = pd.DataFrame(
        {
            "factor": factors,
            "name": [names[factor] for factor in factors],
            "outdegree": indices.outdegree,
            "indegree": indices.indegree,
            "centrality": indices.centrality,
            "kind": indices.kinds,
            "settled": steady,
            "effect": effects,
        }
    )
    table = table.sort_values(["centrality", "factor"], ascending=[False, True], ignore_index=True)
    summary = {
        "wanted": True,
        "factors": len(factors),
        "source": source,
        "connections": int((weights != 0).sum()),
        "negative": int((weights < 0).sum()),
        "density": _number(indices.density),
        "complexity": _number(indices.complexity),
        "hierarchy": _number(indices.hierarchy),
        "steps": base.steps,
        "cycle": base.cycle,
    }
    return table, pd.DataFrame(rows, columns=list(SCENARIOS.columns)), summary


def account(weight_rows: pd.DataFrame, settings: StructureSettings) -> pd.DataFrame:
    """Rows of ACCOUNT: what became of every row of the files of weights."""
    outcome = "used" if settings.cognitive_map else "not used, since ecosystem.cognitive_map is off"
    rows = []
    for path, part in weight_rows.groupby("file", sort=True):
        empty = int(part["weight"].isna().sum())
        outcomes = {outcome: len(part) - empty, "left empty": empty}
        name = "/".join(path.replace("\\", "/").split("/")[-2:])
        rows += accounting.account_rows("ecosystem", "weight of an influence", name, outcomes)
    return accounting.table(rows, accounting.ACCOUNT)


def _number(value: float) -> float | None:
    return None if np.isnan(value) else round(value, 6)
