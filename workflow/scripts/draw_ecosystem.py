"""Draw the model, which technique supports what, what comes up together, and what drives what."""

import json
from pathlib import Path

import pandas as pd
from coproduction.core.factors import LEVELS, read_factors
from coproduction.core.figures import Drawn
from coproduction.core.step import step
from coproduction.ecosystem import tables
from coproduction.ecosystem.figures import draw_connections, draw_matrix, draw_ranks
from coproduction.ecosystem.gap_figure import draw_gaps
from coproduction.ecosystem.map_figures import draw_map
from coproduction.ecosystem.model_figure import draw_model
from coproduction.ecosystem.settings import EcosystemSettings
from coproduction.ecosystem.structure_figures import draw_structure
from coproduction.topics.tables import PREVALENCE

SHOWN = ["id", "name", "level", "dimension", "strength", "confidence", "side", "hindrance"]


@step(tables, PREVALENCE.part("topic", "title"), settings=EcosystemSettings)
def draw_ecosystem(given):
    factors, edges, structure, relations = (given.factors, given.edges, given.structure, given.relations)
    met = edges[edges["units"] > 0]
    codebook = read_factors(given.codebook)
    model = factors.set_index("id").loc[codebook["id"]].reset_index()[SHOWN]
    levels = pd.Categorical(codebook["level"], LEVELS, ordered=True)
    by_level = codebook.iloc[levels.argsort(kind="stable")]
    arrows = relations[relations["skeleton"].isin(["yes", "feedback"])]
    basis = json.loads(Path(given.basis).read_text(encoding="utf-8"))
    conditions, titles = given.topic_conditions, given.prevalence.set_index("topic")["title"].to_dict()
    cut, why = given.settings.micmac_cut, basis["no_dematel"]
    return {
        "model": Drawn(draw_model(model, given.settings.subject), model),
        "matrix": Drawn(draw_matrix(factors, given.settings), factors),
        "ranks": Drawn(draw_ranks(given.robustness), given.robustness),
        "connections": Drawn(draw_connections(by_level, met), met),
        "structure": Drawn(draw_structure(structure, relations), arrows),
        "gaps": Drawn(draw_gaps(given.literature_gaps, conditions, titles), conditions),
        "influence_map": Drawn(draw_map(structure, cut, why), structure),
    }
