"""Write what the report says of the screening, and where every record went."""

from coproduction.core import accounting
from coproduction.core.prose import Templates
from coproduction.core.step import step
from coproduction.screening import handover, tables
from coproduction.screening.facts import facts
from coproduction.screening.settings import ScreeningSettings

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
)


@step(tables, accounting, settings=ScreeningSettings)
def summarise_screening(given):
    read = {name: getattr(given, name) for name in READ}
    told = facts(**read, flow=given.prisma_csv, settings=given.settings, seed=given.seed)
    prose = Templates(given.templates)
    return {
        "facts": told,
        "methods": prose.traced("methods", told),
        "results": prose.traced("results", told),
        "status": handover.status(given.states, given.conflicts, given.findings),
        "account": handover.account(given.states),
    }
