"""Measure coherence and stability for several numbers of topics."""

from coproduction.core.step import step
from coproduction.literature.tables import RECORDS
from coproduction.topics import tables
from coproduction.topics.choice import compare_numbers
from coproduction.topics.settings import TopicsSettings

TEXTS = RECORDS.part("record", "title", "abstract", "keywords")


@step(TEXTS, tables, settings=TopicsSettings)
def compare_topic_numbers(given):
    choice, quality = compare_numbers(given.records, given.topics, given.settings, given.seed)
    return {"choice_of_number": choice, "quality": quality}
