"""Write what the report says of the configurations; hand on evidence, state and account."""

from dataclasses import fields

from coproduction.core import accounting
from coproduction.core.prose import Templates
from coproduction.core.step import step
from coproduction.qca import handover, tables
from coproduction.qca.analysis import Analysis
from coproduction.qca.facts import facts
from coproduction.qca.settings import QcaSettings


@step(tables, accounting, settings=QcaSettings)
def summarise_qca(given):
    of_study, cases = given.sets, given.cases
    analysis = Analysis(**{table.name: getattr(given, table.name) for table in fields(Analysis)})
    report_facts, prose = facts(of_study, analysis, given.settings), Templates(given.templates)
    account = handover.account(of_study, given.memberships, given.calibrated, cases)
    accounting.check_account(account)
    return {
        "facts": report_facts,
        "methods": prose.traced("methods", report_facts),
        "results": prose.traced("results", report_facts),
        "evidence": handover.evidence(analysis.solutions, of_study),
        "status": handover.status(of_study, cases),
        "account": account,
    }
