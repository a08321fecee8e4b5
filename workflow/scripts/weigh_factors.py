"""Weigh the evidence of all techniques per factor: which way it points, how strongly, how surely."""

from coproduction.core import accounting
from coproduction.core.factors import read_factors, term_index
from coproduction.core.step import step
from coproduction.core.tables import read_result
from coproduction.desk.tables import DOCUMENTS, PASSAGES
from coproduction.ecosystem import confidence, judgements, model, tables
from coproduction.ecosystem.connections import joined, units
from coproduction.ecosystem.context import contexts
from coproduction.ecosystem.convergence import convergence, joint_display
from coproduction.ecosystem.directions import direction_form, what_became_of, with_directions
from coproduction.ecosystem.robustness import countries_of
from coproduction.ecosystem.settings import EcosystemSettings
from coproduction.interviews.tables import TRANSCRIPTS
from coproduction.interviews.transcript_tables import TURNS
from coproduction.screening.tables import INCLUDED

STUDIES = INCLUDED.part("record", "study", "title", "abstract")


@step(
    DOCUMENTS.part("document", "country"),
    PASSAGES.part("factor", "document", "excerpt", "before", "after", "judgement"),
    TRANSCRIPTS.part("transcript", "country"),
    TURNS.part("transcript", "turn", "text"),
    tables,
    settings=EcosystemSettings,
)
def weigh_factors(given):
    settings, codebook = given.settings, read_factors(given.codebook)
    factor_ids = set(codebook["id"])
    people_files = {name: next(iter(getattr(given, name)), None) for name in ("directions", "judgements", "concerns")}
    parts = {path: read_result(path, accounting.EVIDENCE) for path in given.evidence}
    evidence = model.gather(parts, factor_ids)
    settled = judgements.settled_rows(people_files["directions"])
    directions = judgements.directions_of(settled)
    pieces = with_directions(evidence, directions, term_index(codebook), settings)
    texts = (given.passages, given.turns, read_result(given.path("included"), STUDIES))
    pieces["context"] = contexts(pieces, *texts, settings.trace_context)
    weighed = model.weigh(codebook, pieces, model.verdicts(evidence), settings)
    trace = model.trace_table(pieces, weighed, settings)
    display = joint_display(trace, weighed, settings)
    codes = convergence(display)
    countries = countries_of(given.documents, given.transcripts)
    concerns = judgements.read_cerqual(people_files["concerns"], factor_ids)
    components = confidence.cerqual(weighed, trace, codes, countries, concerns, settings)
    edges, together = joined(units(pieces, settings.edge_units), settings.false_discoveries)
    judged = judgements.read_judgements(people_files["judgements"], factor_ids)
    factors = confidence.with_judgements(confidence.with_confidence(weighed, components), judged, concerns)
    return {
        "factors": factors,
        "trace": trace,
        "direction_form": direction_form(pieces, factors),
        "directions": what_became_of(settled, pieces, given.passages),
        "joint_display": display,
        "convergence": codes,
        "cerqual": components,
        "confidence_form": confidence.confidence_form(factors),
        "edges": edges,
        "together": together,
    }
