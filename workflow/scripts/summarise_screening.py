"""Write what the report says of the screening, and where every record went."""

import pandas as pd
from coproduction.core import accounting
from coproduction.core.prose import Templates
from coproduction.core.step import step
from coproduction.screening import handover, studies, tables
from coproduction.screening.facts import facts
from coproduction.screening.settings import ScreeningSettings
from coproduction.screening.study_facts import study_facts

READ = (
    "criteria",
    "findings",
    "sources",
    "conflicts",
    "agreement",
    "queue",
    "basis",
    "stop",
    "measures",
    "included",
    "full_texts",
    "excluded_full_texts",
)


@step(tables, accounting, settings=ScreeningSettings)
def summarise_screening(given):
    screening_tables = {name: getattr(given, name) for name in READ}
    described = study_facts(
        *(given.studies, given.questions, given.answers_by_question, given.differences),
        *(given.appraisal_agreement, given.findings_of_studies, given.settings),
    )
    report_facts = facts(
        **screening_tables, flow=given.prisma_csv, settings=given.settings, seed=given.seed, studies=described
    )
    odd = pd.concat([given.findings, given.findings_of_studies], ignore_index=True)
    status = handover.status(given.states, given.conflicts, odd, studies.status(given.studies, given.settings))
    prose = Templates(given.templates)
    return {
        "facts": report_facts,
        "methods": prose.traced("methods", report_facts),
        "results": prose.traced("results", report_facts),
        "status": status,
        "account": handover.account(given.states),
    }
