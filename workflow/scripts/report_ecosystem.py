"""Write what the report says of the model, with the trace of each factor to its evidence."""

from coproduction import progress, tables
from coproduction.ecosystem import reporting
from coproduction.ecosystem.settings import EcosystemSettings
from coproduction.ecosystem.tables import EDGES, STUDIES, TRACE, weighed
from coproduction.factors import read_factors
from coproduction.step import run


def main(snakemake) -> None:
    given, made = snakemake.input, snakemake.output
    settings = EcosystemSettings.model_validate(snakemake.params.settings)
    codebook = read_factors(given.codebook)
    factors = tables.read_result(given.factors, weighed(settings))
    edges = tables.read_result(given.edges, EDGES)
    trace = tables.read_result(given.trace, TRACE)
    studies = tables.read_result(given.studies, STUDIES)
    linked = tables.read_result(given.evidence, progress.EVIDENCE)
    pieces = trace[trace["technique"] != ""]
    tables.write_text(reporting.methods(codebook, settings), made.methods)
    tables.write_text(reporting.results(factors, edges, pieces, settings), made.results)
    tables.write_text(reporting.trace_fragment(trace, factors, settings), made.trace)
    tables.write_csv(reporting.status(factors, settings), made.status, progress.STATUS)
    account = reporting.account(studies, linked, trace)
    tables.write_csv(account, made.account, progress.ACCOUNT)


run(main, snakemake)
