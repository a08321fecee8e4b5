"""Write what the report says of the searches, and where every entry went."""

from coproduction.core import accounting
from coproduction.core.prose import Templates
from coproduction.core.step import step
from coproduction.literature import handover, tables
from coproduction.literature.facts import facts
from coproduction.literature.settings import LiteratureSettings


@step(
    tables.ENTRIES.part("entry"),
    tables.RECORDS.part("record", "databases"),
    tables,
    accounting,
    settings=LiteratureSettings,
)
def summarise_literature(given):
    parts = (given.imports, given.entries, given.records, given.pairs, given.refused)
    more = (given.links, given.field_counts, given.merges_to_check)
    report_facts = facts(*parts, *more, given.settings, given.corrections)
    prose = Templates(given.templates)
    return {
        "facts": report_facts,
        "methods": prose.traced("methods", report_facts),
        "results": prose.traced("results", report_facts),
        "merges": prose.traced("merges", report_facts),
        "status": handover.status(given.imports, given.pairs, given.corrections),
        "account": handover.account(given.imports, given.clusters),
    }
