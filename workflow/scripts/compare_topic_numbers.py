"""Measure coherence, stability and diversity for several numbers of topics, and choose one."""

from coproduction.core.step import step
from coproduction.literature.tables import RECORDS
from coproduction.topics import tables
from coproduction.topics.choice import compare_numbers
from coproduction.topics.languages import left_out
from coproduction.topics.settings import TopicsSettings

TEXTS = RECORDS.part("record", "title", "abstract", "keywords")


@step(TEXTS, tables, settings=TopicsSettings)
def compare_topic_numbers(given):
    read = given.records[~given.records["record"].isin(left_out(given.languages))]
    choice, compared = compare_numbers(read, given.settings, given.seed)
    return {"choice_of_number": choice, "compared_topics": compared}
