"""Write what the report says of the Delphi, its evidence, and what became of every rating."""

from coproduction.core import accounting
from coproduction.core.people_tables import read_people_table
from coproduction.core.prose import Templates
from coproduction.core.step import step
from coproduction.delphi import handover, protocol, tables
from coproduction.delphi.facts import facts
from coproduction.delphi.settings import DelphiSettings


@step(tables, accounting, settings=DelphiSettings)
def summarise_delphi(given):
    settings, prose = given.settings, Templates(given.templates)
    recorded = None
    for path in given.path("protocol"):
        recorded = read_people_table(path, tables.STUDY_PROTOCOL)
    now = protocol.compare(recorded, settings)
    report_facts = facts(given, now, recorded, settings)
    return {
        "facts": report_facts,
        "methods": prose.traced("methods", report_facts),
        "results": prose.traced("results", report_facts),
        "protocol": now,
        "evidence": handover.evidence(given.decisions),
        "status": handover.status(
            *(given.statements, given.panel_flow, given.rounds, given.decisions, given.withheld),
            *(given.unmatched, given.columns_to_settle, given.questions, given.submissions),
        ),
        "account": handover.account(given.cells, given.decisions),
    }
