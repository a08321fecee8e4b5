"""The model for other programs is read back by others, and says the same."""

import io
import json
import re
from xml.etree import ElementTree

import jsonschema
import networkx as nx
import pandas as pd
import pytest
from coproduction.core import tables
from coproduction.core.accounting import table
from coproduction.ecosystem.exports import as_gexf, as_graphml, as_json, directed, json_schema, network
from coproduction.ecosystem.settings import EcosystemSettings
from coproduction.ecosystem.tables import EDGES, FACTORS, RELATIONS, STRUCTURE

SETTINGS = EcosystemSettings()
NAMES = {"trust": "Trust & ties", "money": "Stable <money>", "law": "A law"}


@pytest.fixture(scope="module")
def parts():
    base = dict(
        level="citizens",
        dimension="social",
        band="weak",
        confidence="low",
        proposed="low",
        side="favours",
        verdict="",
        rank=1,
        lines=2,
        sources=3,
        indicators=0,
        unread=1,
        strength=0.123456,
        hindrance=0,
        low=0.1,
        high=0.2,
    )
    factors = table([base | dict(id=name, name=title) for name, title in NAMES.items()], FACTORS)
    many = {f"{kind}_{name}": 1 for name in SETTINGS.kinds for kind in ("sources", "hindering", "standing")}
    factors = tables.conforming(factors.assign(**many, value_delphi=7.5), FACTORS)
    edges = table(
        [
            dict(
                factor_a="law",
                factor_b="trust",
                units=4,
                expected=1.5,
                association=2.6667,
                p=0.01,
                clear="yes",
                techniques="desk",
            )
        ],
        EDGES,
    )
    rows = [
        dict(factor=name, name=title, level=1, driving=2, dependence=1, quadrant="driver", draws=0)
        for name, title in NAMES.items()
    ]
    relations = table(
        [
            {
                "from": "law",
                "to": "money",
                "mean": 3,
                "share": 1,
                "raters": 2,
                "not_judged": 0,
                "over_alpha": "no",
                "direct": "yes",
                "skeleton": "yes",
            }
        ],
        RELATIONS,
    )
    return factors, edges, table(rows, STRUCTURE), relations


def graphs(parts):
    return {"whole": network(*parts), "arrows": directed(*parts[2:])}


def by_hand(text: str, space: str) -> tuple[set[str], set[tuple[str, str]]]:
    """Nodes and edges as a plain XML reader sees them."""
    root = ElementTree.fromstring(text)
    nodes = {node.get("id") for node in root.iter(f"{{{space}}}node")}
    return nodes, {(e.get("source"), e.get("target")) for e in root.iter(f"{{{space}}}edge")}


def test_graphml_has_unique_keys_and_comes_back(parts):
    for graph in graphs(parts).values():
        text = as_graphml(graph)
        keys = re.findall(r'<key id="([^"]+)"', text)
        assert len(keys) == len(set(keys)) > 3
        back = nx.read_graphml(io.BytesIO(text.encode()))
        assert dict(back.nodes(data=True)) == dict(graph.nodes(data=True))
        assert list(back.edges(data=True)) == list(graph.edges(data=True))
        nodes, edges = by_hand(text, "http://graphml.graphdrawing.org/xmlns")
        assert (nodes, edges) == (set(graph.nodes), set(graph.edges))


def test_gexf_comes_back_without_what_the_schema_does_not_know(parts):
    for graph in graphs(parts).values():
        text = as_gexf(graph)
        back = nx.read_gexf(io.BytesIO(text.encode()))
        assert {n: d["label"] for n, d in back.nodes(data=True)} == {n: d["name"] for n, d in graph.nodes(data=True)}
        assert set(back.edges) == set(graph.edges)
        assert back.is_directed() == graph.is_directed()
        assert "lastmodifieddate" not in text
        head = ElementTree.fromstring(text).find("{http://www.gexf.net/1.2draft}graph")
        assert set(head.attrib) <= {"defaultedgetype", "mode", "idtype", "start", "end"}
        nodes, edges = by_hand(text, "http://www.gexf.net/1.2draft")
        assert (nodes, edges) == (set(graph.nodes), set(graph.edges))


def test_igraph_reads_the_same(parts, tmp_path):
    igraph = pytest.importorskip("igraph", reason="igraph is not installed here")
    path = tmp_path / "model.graphml"
    path.write_text(as_graphml(network(*parts)), encoding="utf-8")
    graph = igraph.Graph.Read_GraphML(str(path))
    assert set(graph.vs["id"]) == set(NAMES)
    assert graph.ecount() == 2


def test_json_is_valid_by_its_schema_and_the_schema_refuses_what_is_not(parts):
    schema = json.loads(json_schema())
    jsonschema.Draft202012Validator.check_schema(schema)
    content = json.loads(as_json(*parts, SETTINGS))
    jsonschema.validate(content, schema, cls=jsonschema.Draft202012Validator)
    wrong = json.loads(json.dumps(content))
    wrong["factors"][0]["side"] = "perhaps"
    with pytest.raises(jsonschema.ValidationError, match="perhaps"):
        jsonschema.validate(wrong, schema, cls=jsonschema.Draft202012Validator)
    wrong["factors"][0] = {key: value for key, value in content["factors"][0].items() if key != "id"}
    with pytest.raises(jsonschema.ValidationError, match="'id' is a required property"):
        jsonschema.validate(wrong, schema, cls=jsonschema.Draft202012Validator)


def test_empty_tables_are_valid_too():
    empty = [tables.empty(form) for form in (FACTORS, EDGES, STRUCTURE, RELATIONS)]
    jsonschema.validate(json.loads(as_json(*empty, SETTINGS)), json.loads(json_schema()))
    assert len(network(*empty)) == 0
    assert isinstance(empty[0], pd.DataFrame)
