"""The model for other programs: GraphML with and without directions, and JSON."""

import json
from collections.abc import Mapping

import networkx as nx
import pandas as pd

from coproduction.ecosystem.settings import EcosystemSettings


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
