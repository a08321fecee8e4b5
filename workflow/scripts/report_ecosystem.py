"""Write what the report says of the model, with the trace of each factor to its evidence."""

import json
from pathlib import Path

import pandas as pd
from coproduction.core import accounting, markdown, tables
from coproduction.core.factors import read_factors
from coproduction.core.step import run
from coproduction.ecosystem import reporting, structure_reporting
from coproduction.ecosystem.settings import EcosystemSettings
from coproduction.ecosystem.structure_tables import RELATIONS, STRUCTURE
from coproduction.ecosystem.tables import EDGES, STUDIES, TRACE, weighed


def main(snakemake) -> None:
    given, made = snakemake.input, snakemake.output
    settings = EcosystemSettings.model_validate(snakemake.params.settings)
    codebook = read_factors(given.codebook)
    factors = tables.read_result(given.factors, weighed(settings))
    edges = tables.read_result(given.edges, EDGES)
    trace = tables.read_result(given.trace, TRACE)
    studies = tables.read_result(given.studies, STUDIES)
    linked = tables.read_result(given.evidence, accounting.EVIDENCE)
    structure = tables.read_result(given.structure, STRUCTURE)
    relations = tables.read_result(given.relations, RELATIONS)
    basis = json.loads(Path(given.summary).read_text(encoding="utf-8"))
    pieces = trace[trace["technique"] != ""]
    how = reporting.methods(codebook, settings, structure_reporting.methods(settings))
    tables.write_text(how, made.methods)
    found = markdown.paragraphs(
        reporting.results(factors, edges, pieces, settings),
        structure_reporting.results(structure, relations, basis),
    )
    tables.write_text(found, made.results)
    tables.write_text(reporting.trace_fragment(trace, factors, settings), made.trace)
    steps = [reporting.status(factors, settings), structure_reporting.status(basis)]
    tables.write_csv(pd.concat(steps), made.status, accounting.STATUS)
    influences = tables.read_result(given.influences, accounting.ACCOUNT)
    account = pd.concat([reporting.account(studies, linked, trace), influences])
    tables.write_csv(account, made.account, accounting.ACCOUNT)


run(main, snakemake)
