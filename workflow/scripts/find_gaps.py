"""Find out what the included studies are silent about, and which topics speak of which condition."""

from coproduction.core.factors import read_factors, term_index
from coproduction.core.step import step
from coproduction.ecosystem import tables
from coproduction.ecosystem.gaps import literature_gaps, topic_conditions
from coproduction.ecosystem.literature_evidence import mentions, study_ids
from coproduction.ecosystem.settings import EcosystemSettings
from coproduction.screening.tables import INCLUDED
from coproduction.topics.tables import DOCUMENTS, TOPICS

STUDIES = INCLUDED.part("record", "study", "title", "abstract", "keywords")


@step(tables, STUDIES, TOPICS.part("topic"), DOCUMENTS.part("record", "topic", "outcome"), settings=EcosystemSettings)
def find_gaps(given):
    codebook, included = read_factors(given.codebook), given.included
    study_of = dict(zip(included["record"], study_ids(included), strict=True))
    mentioned = mentions(included, term_index(codebook))
    return {
        "topic_conditions": topic_conditions(codebook, given.topics, given.documents, mentioned, study_of),
        "literature_gaps": literature_gaps(codebook, given.factors, mentioned, study_of),
    }
