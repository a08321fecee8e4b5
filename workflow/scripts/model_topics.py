"""Factorise the abstracts of the unique records into topics."""

from coproduction.core.step import step
from coproduction.literature.tables import RECORDS
from coproduction.topics import tables
from coproduction.topics.chosen import chosen_number, quality_of
from coproduction.topics.model import fit_topics
from coproduction.topics.settings import TopicsSettings

TEXTS = RECORDS.part("record", "title", "abstract", "keywords")


@step(TEXTS, tables, settings=TopicsSettings)
def model_topics(given):
    number = chosen_number(given.choice_of_number, given.settings.n_topics)
    topics, documents = fit_topics(given.records, given.settings, number)
    quality = quality_of(given.compared_topics, given.choice_of_number, topics)
    return {"topics": topics, "documents": documents, "quality": quality}
