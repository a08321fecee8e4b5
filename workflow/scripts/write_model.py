"""Write the model for other programs: factors, connections, and influences with a direction."""

from coproduction.core.step import step
from coproduction.ecosystem import tables
from coproduction.ecosystem.exports import as_graphml, as_json, directed, network
from coproduction.ecosystem.settings import EcosystemSettings


@step(tables, settings=EcosystemSettings)
def write_model(given):
    parts = (given.factors, given.edges, given.structure, given.relations)
    return {
        "model": as_json(*parts, given.settings).encode(),
        "graphml": as_graphml(network(*parts)),
        "directed": as_graphml(directed(given.structure, given.relations)),
    }
