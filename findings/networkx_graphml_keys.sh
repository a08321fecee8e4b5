#!/bin/sh
# networkx 3.6.1: GraphML written with named_key_ids=True gives several keys one id, and numbers change type.
#
# Expected: every <key> of GraphML has an id of its own (the GraphML schema 1.0 declares it unique, xs:key), and
#   an attribute comes back with the type it was written with. The documentation of generate_graphml says of
#   named_key_ids only that ids are then the names of the attributes.
# Seen: where nodes, edges or the graph have an attribute of the same name, as `name` or `weight` often are,
#   the file has two or three keys with one id. Read back by networkx itself the whole number 7 of an edge is
#   7.0, because the key of the nodes, a decimal number, is taken for it.
# What to do: leave named_key_ids at its default; the names are kept as attr.name.
# Here: workflow/scripts/coproduction/ecosystem/exports.py (as_graphml).
set -eu
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check networkx==3.6.1
"$folder/venv/bin/python" - "$folder" <<'PYTHON'
import re, sys
import networkx as nx

path = sys.argv[1] + "/graph.graphml"
graph = nx.Graph()
graph.add_node("a", weight=1.5)
graph.add_node("b", weight=2.5)
graph.add_edge("a", "b", weight=7)
seen = {}
for named in (False, True):
    nx.write_graphml_xml(graph, path, named_key_ids=named)
    ids = re.findall(r'<key id="([^"]+)"', open(path, encoding="utf-8").read())
    back = nx.read_graphml(path).edges["a", "b"]["weight"]
    seen[named] = (ids, back)
    print(f"named_key_ids={named}: ids {ids}, weight of the edge as read back {back!r}")
unique = len(set(seen[False][0])) == 2 and seen[False][1] == 7 and isinstance(seen[False][1], int)
doubled = seen[True][0] == ["weight", "weight"] and isinstance(seen[True][1], float)
sys.exit(0 if unique and doubled else 1)
PYTHON
