"""Weigh the evidence of all techniques per factor and find the pairs that come up together."""

from coproduction.core import accounting, tables
from coproduction.core.factors import read_factors
from coproduction.core.step import run
from coproduction.ecosystem.edges import edges, units
from coproduction.ecosystem.gather import gather, verdicts
from coproduction.ecosystem.judgements import form, read_judgements
from coproduction.ecosystem.model import weigh
from coproduction.ecosystem.reporting import trace_table
from coproduction.ecosystem.settings import EcosystemSettings
from coproduction.ecosystem.tables import EDGES, FORM, TRACE, weighed


def main(snakemake) -> None:
    given, made = snakemake.input, snakemake.output
    settings = EcosystemSettings.model_validate(snakemake.params.settings)
    codebook = read_factors(given.factors)
    parts = {path: tables.read_result(path, accounting.EVIDENCE) for path in given.evidence}
    evidence = gather(parts, set(codebook["id"]))
    said = read_judgements(next(iter(given.judgements), None), set(codebook["id"]))
    factors = weigh(codebook, evidence, verdicts(evidence), said, settings)
    pairs = edges(units(evidence, settings.edge_units), settings.false_discoveries)
    tables.write_csv(factors, made.factors, weighed(settings))
    tables.write_csv(form(factors), made.form, FORM)
    tables.write_csv(pairs, made.edges, EDGES)
    tables.write_csv(trace_table(evidence, factors, settings), made.trace, TRACE)


run(main, snakemake)
