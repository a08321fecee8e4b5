"""Find out from the experts' judgements which factors drive others, and how stable that is."""

import pandas as pd
from coproduction.core.step import step
from coproduction.ecosystem import cognition, comparison, influences, structure, tables
from coproduction.ecosystem.judgements import read_influences, read_weights
from coproduction.ecosystem.settings import EcosystemSettings


@step(tables, settings=EcosystemSettings)
def analyse_structure(given):
    ranked = given.factors
    names = dict(zip(ranked["id"], ranked["name"], strict=True))
    judgements_given = read_influences(list(given.influences), set(names))
    factors_asked = influences.factors_asked(ranked, given.settings)
    judged = influences.judgements_on(judgements_given, factors_asked)
    rows, pairs, analysis = structure.tables_of(judged, names, given.settings, given.seed)
    compared = comparison.compared(judged, None if analysis is None else analysis.direct, given.edges)
    weights = read_weights(list(given.weights), set(names))
    web = cognition.weights_of(judged, weights, list(ranked["id"]))
    mapped, scenarios, map_summary = cognition.mapped(*web, names, given.settings)
    basis = structure.summary(judgements_given, judged, analysis, given.settings)
    beside = comparison.agreement(judged, compared, given.seed)
    return {
        "influence_form": influences.form(factors_asked, names),
        "structure": rows,
        "relations": pairs,
        "compared": compared,
        "cognitive_map": mapped,
        "scenarios": scenarios,
        "basis": basis | {"compared": beside, "map": map_summary},
        "influence_account": pd.concat(
            [structure.influence_account(judgements_given, judged), cognition.account(weights, given.settings)]
        ),
    }
