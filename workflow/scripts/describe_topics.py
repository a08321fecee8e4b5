"""Give the topics the names that people chose; measure how common each is, and whether it grows."""

from coproduction.core.people_tables import read_people_table
from coproduction.core.step import step
from coproduction.core.tables import empty
from coproduction.literature.tables import RECORDS
from coproduction.screening.tables import INCLUDED
from coproduction.topics import tables
from coproduction.topics.describing import prevalence
from coproduction.topics.naming import matched_names, names_form, titles_of


@step(RECORDS.part("record", "year"), INCLUDED.part("record"), tables)
def describe_topics(given):
    names = [read_people_table(path, tables.PEOPLE_TOPICS) for path in given.names]
    named = matched_names(names[0] if names else empty(tables.PEOPLE_TOPICS), given.topics)
    included = set(given.included["record"])
    return {
        "named_topics": named,
        "topic_names_form": names_form(given.topics, named),
        "prevalence": prevalence(given.documents, given.records, included, titles_of(given.topics, named), given.seed),
    }
