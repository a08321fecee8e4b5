"""Write what the report says of the model, with the trace of each factor to its evidence."""

import json
from pathlib import Path

import pandas as pd
from coproduction.core import accounting
from coproduction.core.factors import read_factors
from coproduction.core.prose import Templates
from coproduction.core.step import step
from coproduction.core.tables import read_result
from coproduction.ecosystem import handover, tables
from coproduction.ecosystem.facts import facts
from coproduction.ecosystem.gaps import told_gaps
from coproduction.ecosystem.settings import EcosystemSettings
from coproduction.screening.tables import INCLUDED
from coproduction.topics.tables import PREVALENCE


@step(tables, accounting, PREVALENCE.part("topic", "title"), settings=EcosystemSettings)
def summarise_ecosystem(given):
    settings = given.settings
    basis = json.loads(Path(given.basis).read_text(encoding="utf-8"))
    parts = (given.factors, given.edges, given.trace, given.structure, given.relations)
    tested = (given.robustness, given.left_out, given.smallest_change)
    beside = (given.together, given.compared, given.cognitive_map)
    coded = (given.joint_display, given.convergence)
    report_facts = facts(read_factors(given.codebook), *parts, basis, *coded, tested, beside, settings)
    titles = given.prevalence.set_index("topic")["title"].to_dict()
    report_facts["gaps"] = told_gaps(given.literature_gaps, given.topic_conditions, titles, settings.titles)
    prose = Templates(given.templates)
    included = read_result(given.path("included"), INCLUDED.part("record", "study"))
    account = handover.account(included, given.evidence, given.trace, given.directions)
    status = [
        handover.status(given.factors, settings),
        handover.reading_status(given.direction_form, given.directions),
        handover.structure_status(basis),
    ]
    return {
        "facts": report_facts,
        "methods": prose.traced("methods", report_facts),
        "results": prose.traced("results", report_facts),
        "trace_report": prose.traced("trace", report_facts),
        "status": pd.concat(status),
        "account": pd.concat([account, given.influence_account]),
    }
