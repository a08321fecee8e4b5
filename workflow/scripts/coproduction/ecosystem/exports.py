"""The model for other programs: GraphML and GEXF, with and without directions, and JSON with a schema.

networkx writes the graphs. Of its GEXF two attributes are taken out: the name of the graph, which Gephi's
schema does not know, and the day of writing, which would change the bytes.
"""

import json
import re
from collections.abc import Mapping

import networkx as nx
import pandas as pd

from coproduction.core.tables import Column, Table
from coproduction.ecosystem.settings import EcosystemSettings
from coproduction.ecosystem.tables import EDGES, FACTORS, RELATIONS, STRUCTURE


def network(
    table: pd.DataFrame, edges: pd.DataFrame, structure: pd.DataFrame, relations: pd.DataFrame, subject: str = ""
) -> nx.Graph:
    """The ecosystem as a graph: factors with their weights, edges with their counts.

    GraphML programs take a graph with or without directions, not both. Here an influence stands at
    the edge of its two factors as words ("a > b"; both directions separated by ;), with 0 units
    where they never come up together; `directed` has the influences as arrows.
    """
    graph = nx.Graph(name=f"Ecosystem of conditions for {subject}".removesuffix(" for "))
    fields = ["name", "level", "dimension", "strength", "hindrance", "side", "band", "confidence", "sources", "lines"]
    placed = structure.set_index("factor")
    for row in table.sort_values("id").to_dict("records"):
        more = _position(placed.loc[row["id"]]) if row["id"] in placed.index else {}
        graph.add_node(row["id"], **{field: _plain(row[field]) for field in fields}, **more)
    connected = edges[edges["units"] > 0]
    for row in connected.sort_values(["factor_a", "factor_b"]).to_dict("records"):
        numbers = {key: _plain(row[key]) for key in ("units", "association", "clear", "techniques")}
        graph.add_edge(row["factor_a"], row["factor_b"], **numbers)
    for row in _influences(relations):
        a, b = sorted((row["from"], row["to"]))
        if not graph.has_edge(a, b):
            graph.add_edge(a, b, units=0)
        earlier = graph.edges[a, b].get("influences")
        influence = f"{row['from']} > {row['to']}"
        graph.edges[a, b]["influences"] = f"{earlier}; {influence}" if earlier else influence
    return graph


def directed(structure: pd.DataFrame, relations: pd.DataFrame) -> nx.DiGraph:
    """The influences of the ISM as arrows between the factors that experts were asked about."""
    graph = nx.DiGraph(name="Influences between the conditions")
    for row in structure.sort_values("factor").to_dict("records"):
        graph.add_node(row["factor"], name=row["name"], **_position(row))
    for row in _influences(relations):
        numbers = {key: _plain(row[key]) for key in ("mean", "total", "raters", "skeleton")}
        stated = {key: value for key, value in numbers.items() if value is not None}
        graph.add_edge(row["from"], row["to"], **stated)
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
    """The graph as GraphML text, each attribute under a key of its own, the same bytes each time."""
    return "\n".join(nx.generate_graphml(graph, prettyprint=True)) + "\n"


def as_gexf(graph: nx.Graph) -> str:
    """The graph as GEXF 1.2 (Gephi) with names as labels, valid by Gephi's schema."""
    labelled = graph.copy()
    for node, data in labelled.nodes(data=True):
        data["label"] = data.get("name", node)
    text = "\n".join(nx.generate_gexf(labelled, version="1.2draft"))
    text = re.sub(r'(<graph [^>]*?) name="[^"]*"', r"\1", text, count=1)
    return re.sub(r' lastmodifieddate="[^"]*"', "", text, count=1) + "\n"


def as_json(
    table: pd.DataFrame,
    edges: pd.DataFrame,
    structure: pd.DataFrame,
    relations: pd.DataFrame,
    settings: EcosystemSettings,
) -> str:
    """The model as JSON: how it was weighed, the factors, the edges, the structure (json_schema)."""
    content = {
        "$schema": "model.schema.json",
        "about": f"Conditions for {settings.subject}; strength and confidence per factor",
        "settings": settings.model_dump(mode="json"),
        "factors": [_record(row) for row in table.to_dict("records")],
        "edges": [_record(row) for row in edges.to_dict("records")],
        "structure": [_record(row) for row in structure.to_dict("records")],
        "relations": [_record(row) for row in relations.to_dict("records")],
    }
    return json.dumps(content, indent=2, ensure_ascii=False) + "\n"


def json_schema() -> str:
    """The JSON schema (2020-12) of the model, made of the schemas of its tables."""
    parts = {"factors": FACTORS, "edges": EDGES, "structure": STRUCTURE, "relations": RELATIONS}
    content = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Ecosystem of conditions",
        "type": "object",
        "properties": {
            "$schema": {"type": "string"},
            "about": {"type": "string"},
            "settings": {"type": "object", "description": "settings of the run, with defaults"},
            **{name: _list_of(form) for name, form in parts.items()},
        },
        "required": ["about", "settings", *parts],
        "additionalProperties": False,
    }
    return json.dumps(content, indent=2, ensure_ascii=False) + "\n"


def _list_of(form: Table) -> dict:
    """The schema of a list of rows; columns that the settings multiply are matched by a pattern."""
    single = {name: column for name, column in form.columns.items() if not name.endswith("*")}
    several = {name: column for name, column in form.columns.items() if name.endswith("*")}
    row = {
        "type": "object",
        "properties": {name: _cell(column) for name, column in single.items()},
        "patternProperties": {f"^{name[:-1]}": _cell(column) for name, column in several.items()},
        "required": list(single),
        "additionalProperties": False,
    }
    return {"type": "array", "description": form.description, "items": row}


def _cell(column: Column) -> dict:
    kind = {"text": ["string"], "whole": ["integer", "null"], "number": ["number", "null"]}
    cell: dict = {"type": kind[column.kind], "description": column.description}
    if column.allowed is not None:
        cell["enum"] = list(column.allowed)
    if column.low is not None:
        cell["minimum"] = column.low
    return cell


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
