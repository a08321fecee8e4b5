"""The model: one row per factor with strength and confidence, and its network.

Nothing is left out: a factor without evidence stays in the table, the figure and the network
with strength 0 and confidence "none", for what nobody mentioned is also a finding.
"""

import json
from collections.abc import Mapping, Sequence

import networkx as nx
import pandas as pd

from coproduction.ecosystem import confidence, strength
from coproduction.ecosystem.judgements import judged
from coproduction.ecosystem.settings import EcosystemSettings
from coproduction.ecosystem.tables import weighed

FACTOR_FIELDS = ["id", "name", "level", "dimension"]


def weigh(
    factors: pd.DataFrame,
    evidence: pd.DataFrame,
    verdicts: Mapping[str, str],
    judgements: pd.DataFrame,
    settings: EcosystemSettings,
) -> pd.DataFrame:
    """One row per factor, strongest first; columns as in tables.weighed(settings).

    `factors`: the codebook. `evidence`: of all techniques. `verdicts`: the panel's verdict
    per factor ("supported", "no consensus", "rejected"); factors it has not judged are
    missing. `judgements`: confidence as the team judges it (judgements.JUDGEMENTS).
    """
    ids, techniques = list(factors["id"]), list(settings.kinds)
    counting = strength.counted(evidence, settings.kinds)
    counts = strength.sources(counting, ids, techniques)
    measures = counts.astype(float)
    for technique in settings.measured_by_value:
        measures[technique] = strength.mean_values(counting, ids, technique)
        against = [factor for factor in ids if verdicts.get(factor) == "rejected"]
        measures.loc[against, technique] = 0.0
    delivered = [name for name in techniques if measures[name].fillna(0).gt(0).any()]
    standings = measures.apply(strength.standing)
    by_line = strength.line_standings(standings, settings.lines, delivered)
    table = factors[FACTOR_FIELDS].set_index("id")
    table = table.join(counts.add_prefix("sources_"))
    table = table.join(standings.where(_columns_in(standings, delivered)).add_prefix("standing_"))
    table["sources"] = strength.independent(counts, settings.lines)
    for technique in settings.measured_by_value:
        table[f"value_{technique}"] = strength.mean_values(counting, ids, technique)
    table["lines"] = _supporting(by_line, verdicts, settings).sum(axis="columns").astype(int)
    table["strength"] = strength.strength(by_line, settings.weights)
    table = table.join(strength.strength_range(by_line, settings.weights))
    table["verdict"] = [verdicts.get(factor, "") for factor in table.index]
    table["indicators"] = _distinct(evidence[evidence["kind"] == "indicator"], ids)
    ranked = _ranked(_proposed(table, counting, settings))
    ranked = judged(ranked, judgements)
    return ranked[list(weighed(settings).columns)]


def _supporting(
    by_line: pd.DataFrame, verdicts: Mapping[str, str], settings: EcosystemSettings
) -> pd.DataFrame:
    """Which line supports which factor; lines of ratings only where the panel agreed on it."""
    support = by_line > 0
    agreed = by_line.index.map(lambda factor: verdicts.get(factor) == "supported")
    for line in by_line:
        if set(settings.lines[line]) <= set(settings.measured_by_value):
            support[line] = support[line] & agreed.to_numpy(dtype=bool)
    return support


def _columns_in(frame: pd.DataFrame, names: Sequence[str]) -> pd.DataFrame:
    """A mask of the frame's shape: true in the named columns."""
    return pd.DataFrame({column: column in names for column in frame}, index=frame.index)


def _distinct(evidence: pd.DataFrame, ids: Sequence[str]) -> pd.Series:
    return evidence.groupby("factor")["source"].nunique().reindex(ids, fill_value=0)


def _proposed(
    table: pd.DataFrame, counting: pd.DataFrame, settings: EcosystemSettings
) -> pd.DataFrame:
    """Add the bands of strength, the confidence and the reasons for it."""
    kinds = counting.groupby("factor")["kind"].agg(lambda names: sorted(set(names)))
    levels, reasons = [], []
    for row in table.itertuples():
        if row.sources == 0:
            levels.append(confidence.NONE)
            reasons.append("no evidence")
            continue
        found = confidence.concerns(
            row.sources, row.lines, kinds[row.Index], row.verdict, settings.thresholds()
        )
        levels.append(confidence.level(found))
        reasons.append("; ".join(f"{item.component}: {item.words}" for item in found))
    bands = settings.moderate_from, settings.strong_from
    table["band"] = [strength.band(value, *bands) for value in table["strength"]]
    return table.assign(confidence=levels, reasons=reasons)


def _ranked(table: pd.DataFrame) -> pd.DataFrame:
    """Strongest first, equals in the order of the codebook; ranks of equals are shared."""
    table = table.sort_values("strength", ascending=False, kind="stable")
    table.insert(0, "rank", table["strength"].rank(method="min", ascending=False).astype(int))
    return table.reset_index()


def network(
    table: pd.DataFrame, edges: pd.DataFrame, structure: pd.DataFrame, relations: pd.DataFrame
) -> nx.Graph:
    """The ecosystem as a graph: factors with their weights, edges with their counts.

    GraphML programs take a graph with or without directions, not both. Here an influence stands at
    the edge of its two factors as words ("a > b"; both directions separated by ;), with 0 units
    where they never come up together; `directed` has the influences as arrows.
    """
    graph = nx.Graph(name="Ecosystem of conditions for the start of co-production")
    fields = ["name", "level", "dimension", "strength", "band", "confidence", "sources", "lines"]
    placed = structure.set_index("factor")
    for row in table.sort_values("id").to_dict("records"):
        more = _position(placed.loc[row["id"]]) if row["id"] in placed.index else {}
        graph.add_node(row["id"], **{field: _plain(row[field]) for field in fields}, **more)
    for row in edges.sort_values(["factor_a", "factor_b"]).to_dict("records"):
        numbers = {key: _plain(row[key]) for key in ("units", "association", "clear", "techniques")}
        graph.add_edge(row["factor_a"], row["factor_b"], **numbers)
    for row in _influences(relations):
        a, b = sorted((row["from"], row["to"]))
        if not graph.has_edge(a, b):
            graph.add_edge(a, b, units=0)
        said = graph.edges[a, b].get("influences")
        here = f"{row['from']} > {row['to']}"
        graph.edges[a, b]["influences"] = f"{said}; {here}" if said else here
    return graph


def directed(structure: pd.DataFrame, relations: pd.DataFrame) -> nx.DiGraph:
    """The influences of the ISM as arrows between the factors that experts were asked about."""
    graph = nx.DiGraph(name="Influences between the conditions")
    for row in structure.sort_values("factor").to_dict("records"):
        graph.add_node(row["factor"], name=row["name"], **_position(row))
    for row in _influences(relations):
        numbers = {key: _plain(row[key]) for key in ("mean", "total", "raters", "skeleton")}
        known = {key: value for key, value in numbers.items() if value is not None}
        graph.add_edge(row["from"], row["to"], **known)
    return graph


def _influences(relations: pd.DataFrame) -> list[dict]:
    direct = relations[relations["direct"] == "yes"]
    return direct.sort_values(["from", "to"]).to_dict("records")


def _position(row: Mapping) -> dict:
    """Where a factor stands in the structure; numbers that were not computed are left out."""
    fields = {"structure_level": "level"} | {
        name: name for name in ("quadrant", "driving", "dependence", "prominence", "relation")
    }
    values = {name: _plain(row[column]) for name, column in fields.items()}
    return {name: value for name, value in values.items() if value is not None}


def as_graphml(graph: nx.Graph) -> str:
    """The graph as GraphML text, the same bytes for the same graph."""
    return "\n".join(nx.generate_graphml(graph, named_key_ids=True, prettyprint=True)) + "\n"


def as_json(
    table: pd.DataFrame,
    edges: pd.DataFrame,
    structure: pd.DataFrame,
    relations: pd.DataFrame,
    settings: EcosystemSettings,
) -> str:
    """The model as JSON: how it was weighed, the factors, the edges, the structure."""
    content = {
        "about": "Conditions for the start of co-production; strength and confidence per factor",
        "settings": settings.model_dump(mode="json"),
        "factors": [_record(row) for row in table.to_dict("records")],
        "edges": [_record(row) for row in edges.to_dict("records")],
        "structure": [_record(row) for row in structure.to_dict("records")],
        "relations": [_record(row) for row in relations.to_dict("records")],
    }
    return json.dumps(content, indent=2, ensure_ascii=False) + "\n"


def _record(row: Mapping) -> dict:
    return {key: _plain(value) for key, value in row.items()}


def _plain(value):
    """A value that JSON and GraphML know: missing becomes None, numbers become Python's own."""
    if isinstance(value, str):
        return value
    if pd.isna(value):
        return None
    number = value.item() if hasattr(value, "item") else value
    return round(number, 4) if isinstance(number, float) else number
