"""What other programs read of the model and of the archive: each network by several readers, schemas, the crate.

    python benchmarks/exchange_peers.py RESULTS [--schema gexf.xsd] [--archive ARCHIVE] [--context context.jsonld]

RESULTS is the folder of the results of a run. Needs networkx, igraph, jsonschema and lxml, for the crate
rocrate-validator (`pip install roc-validator`), and for the third reader node with graphology, graphology-gexf,
graphology-graphml and @xmldom/xmldom (`npm install`) in the folder NODE_PATH. What is missing is said. The schema of GEXF
is specs/1.2draft/gexf.xsd of Gephi's repository gephi/gexf; the context of RO-Crate 1.1 is
docs/_specification/1.1/context.jsonld of ResearchObject/ro-crate, needed where there is no network.
"""

import argparse
import importlib.util
import json
import shutil
import subprocess
from pathlib import Path

GRAPHS = ["model", "structure"]
NODE = """
const {DirectedGraph, UndirectedGraph} = require('graphology');
const [kind, path] = process.argv.slice(1);
const text = require('fs').readFileSync(path, 'utf8');
globalThis.DOMParser = require('@xmldom/xmldom').DOMParser;
const Graph = /defaultedgetype="directed"|edgedefault="directed"/.test(text) ? DirectedGraph : UndirectedGraph;
const read = kind == 'gexf' ? require('graphology-gexf') : require('graphology-graphml/node');
const graph = read.parse(Graph, text);
const pairs = graph.mapEdges((edge, data, a, b) => [a, b]);
console.log(JSON.stringify({nodes: graph.nodes(), pairs, directed: graph.type == 'directed'}));
"""


def seen(nodes, pairs, directed: bool) -> tuple[set, set]:
    """What a reader has seen: the names of the nodes, the pairs (in order where they are directed)."""
    return set(nodes), {tuple(pair) if directed else tuple(sorted(pair)) for pair in pairs}


def by_networkx(path: Path) -> tuple[set, set]:
    import networkx as nx

    graph = nx.read_gexf(path) if path.suffix == ".gexf" else nx.read_graphml(path)
    return seen(graph.nodes, graph.edges, graph.is_directed())


def by_igraph(path: Path) -> tuple[set, set]:
    """igraph reads GraphML alone."""
    import igraph

    graph = igraph.Graph.Read_GraphML(str(path))
    names = graph.vs["id"]
    return seen(names, [(names[a], names[b]) for a, b in graph.get_edgelist()], graph.is_directed())


def by_graphology(path: Path) -> tuple[set, set]:
    done = subprocess.run(["node", "-e", NODE, path.suffix[1:], str(path)], check=False, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(done.stderr.strip().splitlines()[-1])
    found = json.loads(done.stdout)
    return seen(found["nodes"], found["pairs"], found["directed"])


READERS = {"networkx": by_networkx, "igraph": by_igraph, "graphology": by_graphology}


def networks(folder: Path, schema: Path | None) -> list[str]:
    """A line for each network and reader, and for Gephi's schema."""
    lines = []
    for name in GRAPHS:
        for ending in (".graphml", ".gexf"):
            path, found = folder / f"{name}{ending}", {}
            for reader, read in READERS.items():
                if reader == "igraph" and ending == ".gexf":
                    continue
                try:
                    found[reader] = read(path)
                except (ImportError, RuntimeError, FileNotFoundError) as error:
                    lines.append(f"{path.name}: {reader}: not tried ({error})")
            first = next(iter(found.values()))
            same = all(other == first for other in found.values())
            lines.append(
                f"{path.name}: {', '.join(found)}: {len(first[0])} nodes, {len(first[1])} edges, "
                + ("the same in all" if same else "DIFFERENT")
            )
            if ending == ".gexf" and schema:
                from lxml import etree

                known = etree.XMLSchema(etree.parse(str(schema)))
                valid = known.validate(etree.parse(str(path)))
                lines.append(f"{path.name}: Gephi's schema: " + ("valid" if valid else str(known.error_log.last_error)))
    return lines


def model(folder: Path) -> str:
    """Whether the model fits the schema beside it."""
    import jsonschema

    content, schema = (json.loads((folder / name).read_text()) for name in ("model.json", "model.schema.json"))
    errors = list(jsonschema.Draft202012Validator(schema).iter_errors(content))
    return f"model.json: JSON schema 2020-12: {len(errors)} errors"


def crate(archive: Path, context: Path | None) -> list[str]:
    """What the validator of RO-Crate says: what is required, what is recommended."""
    if importlib.util.find_spec("rocrate_validator") is None:
        return ["archive: rocrate-validator is not installed: not tried"]
    if context:
        _without_network(json.loads(context.read_text()))
    from rocrate_validator import models, services

    lines = []
    for severity in ("REQUIRED", "RECOMMENDED"):
        settings = services.ValidationSettings(
            rocrate_uri=models.URI(str(archive)),
            profile_identifier="ro-crate-1.1",
            requirement_severity=getattr(models.Severity, severity),
        )
        issues = services.validate(settings).get_issues()
        lines.append(f"archive: RO-Crate 1.1, {severity.lower()}: {len(issues)} issues")
        lines += [f"  {issue.message.strip()}" for issue in issues]
    return lines


def _without_network(content: dict) -> None:
    """Let the context of RO-Crate come from a file, for rdflib and for the validator's own requests."""
    import rdflib.plugins.shared.jsonld.context as by_rdflib
    import requests

    plain, real = by_rdflib.source_to_json, requests.sessions.Session.request

    def read(source, *args, **more):
        return (content, None) if "ro/crate" in str(source) else plain(source, *args, **more)

    def request(self, method, url, *args, **more):
        if "ro/crate" not in url:
            return real(self, method, url, *args, **more)
        answer = requests.Response()
        answer.status_code, answer.url, answer._content = 200, url, json.dumps(content).encode()
        answer.headers["Content-Type"] = "application/ld+json"
        return answer

    by_rdflib.source_to_json = read
    requests.sessions.Session.request = request


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("results", type=Path)
    for name in ("schema", "archive", "context"):
        parser.add_argument(f"--{name}", type=Path)
    given = parser.parse_args()
    if shutil.which("node") is None:
        print("node is not installed: graphology is not tried")
        del READERS["graphology"]
    print("\n".join(networks(given.results / "ecosystem", given.schema)))
    print(model(given.results / "ecosystem"))
    if given.archive:
        print("\n".join(crate(given.archive, given.context)))


if __name__ == "__main__":
    main()
