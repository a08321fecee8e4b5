"""Find out from the experts' judgements which factors drive others, and how stable that is."""

from coproduction.core.step import step
from coproduction.ecosystem import influences, structure, tables
from coproduction.ecosystem.judgements import read_influences
from coproduction.ecosystem.settings import EcosystemSettings


@step(tables, settings=EcosystemSettings)
def analyse_structure(given):
    ranked = given.factors
    names = dict(zip(ranked["id"], ranked["name"], strict=True))
    said = read_influences(list(given.influences), set(names))
    asked = influences.asked(ranked, given.settings)
    judged = influences.judged(said, asked)
    rows, pairs, found = structure.tables_of(judged, names, given.settings, given.seed)
    return {
        "influence_form": influences.form(asked, names),
        "structure": rows,
        "relations": pairs,
        "basis": structure.summary(judged, found, given.settings),
        "influence_account": structure.influence_account(said, judged),
    }
