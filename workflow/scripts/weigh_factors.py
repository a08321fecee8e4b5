"""Weigh the evidence of all techniques per factor and find the pairs that come up together."""

from coproduction.core import accounting
from coproduction.core.factors import read_factors
from coproduction.core.step import step
from coproduction.core.tables import read_result
from coproduction.ecosystem import tables
from coproduction.ecosystem.confidence import confidence_form
from coproduction.ecosystem.connections import edges, units
from coproduction.ecosystem.judgements import read_judgements
from coproduction.ecosystem.model import gather, trace_table, verdicts, weigh
from coproduction.ecosystem.settings import EcosystemSettings


@step(tables, settings=EcosystemSettings)
def weigh_factors(given):
    settings, codebook = given.settings, read_factors(given.codebook)
    known = set(codebook["id"])
    parts = {path: read_result(path, accounting.EVIDENCE) for path in given.evidence}
    evidence = gather(parts, known)
    said = read_judgements(next(iter(given.judgements), None), known)
    factors = weigh(codebook, evidence, verdicts(evidence), said, settings)
    return {
        "factors": factors,
        "confidence_form": confidence_form(factors),
        "edges": edges(units(evidence, settings.edge_units), settings.false_discoveries),
        "trace": trace_table(evidence, factors, settings),
    }
