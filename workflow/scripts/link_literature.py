"""Find out which included studies and which topics point to which factor."""

import pandas as pd
from coproduction.core import accounting
from coproduction.core.factors import read_factors, term_index
from coproduction.core.step import step
from coproduction.core.tables import read_result
from coproduction.ecosystem.literature_evidence import link_studies, link_topics, mentions, study_ids
from coproduction.ecosystem.settings import EcosystemSettings
from coproduction.screening.tables import INCLUDED
from coproduction.topics.tables import DOCUMENTS, TOPICS

TEXTS = ("title", "abstract", "keywords")


@step(
    accounting, TOPICS.part("topic", "terms"), DOCUMENTS.part("record", "topic", "outcome"), settings=EcosystemSettings
)
def link_literature(given):
    index = term_index(read_factors(given.codebook))
    included = read_result(given.path("included"), INCLUDED.part("record", "key", "study", *TEXTS))
    study_of = dict(zip(included["record"], study_ids(included), strict=True))
    limits = given.settings.topic_records, given.settings.topic_lift
    parts = (given.topics, given.documents, mentions(included, index), study_of)
    linked = link_topics(*parts, *limits)
    return {"evidence": pd.concat([link_studies(included, index), linked], ignore_index=True)}
