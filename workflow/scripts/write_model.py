"""Write the model for other programs: factors, connections, and influences with a direction."""

from coproduction.core import tables
from coproduction.core.step import run
from coproduction.ecosystem.model import as_graphml, as_json, directed, network
from coproduction.ecosystem.settings import EcosystemSettings
from coproduction.ecosystem.structure_tables import RELATIONS, STRUCTURE
from coproduction.ecosystem.tables import EDGES, weighed


def main(snakemake) -> None:
    given, made = snakemake.input, snakemake.output
    settings = EcosystemSettings.model_validate(snakemake.params.settings)
    factors = tables.read_result(given.factors, weighed(settings))
    edges = tables.read_result(given.edges, EDGES)
    structure = tables.read_result(given.structure, STRUCTURE)
    relations = tables.read_result(given.relations, RELATIONS)
    content = as_json(factors, edges, structure, relations, settings)
    tables.write_text(content, made.json)
    tables.write_text(as_graphml(network(factors, edges, structure, relations)), made.graphml)
    tables.write_text(as_graphml(directed(structure, relations)), made.directed)


run(main, snakemake)
