"""Factorise the abstracts of the unique records into topics."""

from coproduction.core.step import step
from coproduction.literature.tables import RECORDS
from coproduction.topics import tables
from coproduction.topics.chosen import chosen_number, quality_of
from coproduction.topics.language_effect import effect
from coproduction.topics.languages import left_out
from coproduction.topics.model import fit_topics, topic_terms
from coproduction.topics.settings import TopicsSettings

TEXTS = RECORDS.part("record", "title", "abstract", "keywords")


@step(TEXTS, tables, settings=TopicsSettings)
def model_topics(given):
    number = chosen_number(given.choice_of_number, given.settings.n_topics)
    other = left_out(given.languages)
    fitted = fit_topics(given.records, given.settings, number, other)
    compared = topic_terms(given.records, given.settings, number) if other else fitted.topics.iloc[:0]
    quality = quality_of(given.compared_topics, given.choice_of_number, fitted.topic_terms)
    return fitted._asdict() | {
        "quality": quality,
        "language_effect": effect(fitted.topics if other else compared, compared),
    }
