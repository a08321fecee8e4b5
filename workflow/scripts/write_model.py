"""Write the model for other programs: factors, connections, and influences with a direction."""

from coproduction.core.step import step
from coproduction.ecosystem import tables
from coproduction.ecosystem.exports import as_gexf, as_graphml, as_json, directed, json_schema, network
from coproduction.ecosystem.settings import EcosystemSettings


@step(tables, settings=EcosystemSettings)
def write_model(given):
    parts = (given.factors, given.edges, given.structure, given.relations)
    whole, arrows = (network(*parts, given.settings.subject), directed(given.structure, given.relations))
    return {
        "model": as_json(*parts, given.settings).encode(),
        "schema": json_schema().encode(),
        "graphml": as_graphml(whole),
        "gexf": as_gexf(whole),
        "directed": as_graphml(arrows),
        "directed_gexf": as_gexf(arrows),
    }
