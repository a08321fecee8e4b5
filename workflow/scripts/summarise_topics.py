"""Write what the report says of the topics, and what became of every record."""

from coproduction.core import accounting
from coproduction.core.prose import Templates
from coproduction.core.step import step
from coproduction.literature.tables import RECORDS
from coproduction.topics import handover, tables
from coproduction.topics.facts import facts
from coproduction.topics.settings import TopicsSettings


@step(RECORDS.part("record", "title"), tables, accounting, settings=TopicsSettings)
def summarise_topics(given):
    report_facts = facts(given, given.settings, given.seed)
    prose = Templates(given.templates)
    return {
        "facts": report_facts,
        "methods": prose.traced("methods", report_facts),
        "results": prose.traced("results", report_facts),
        "status": handover.status(given.topics, given.documents, given.named_topics),
        "account": handover.account(given.documents),
    }
