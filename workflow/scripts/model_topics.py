"""Factorise the abstracts of the unique records into topics."""

from coproduction.core.step import step
from coproduction.literature.tables import RECORDS
from coproduction.topics import tables
from coproduction.topics.model import fit_topics
from coproduction.topics.settings import TopicsSettings

TEXTS = RECORDS.part("record", "title", "abstract", "keywords")


@step(TEXTS, tables, settings=TopicsSettings)
def model_topics(given):
    topics, documents = fit_topics(given.records, given.settings)
    return {"topics": topics, "documents": documents}
