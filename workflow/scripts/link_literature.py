"""Find out which included studies and which topics point to which factor."""

import pandas as pd
from coproduction.core import accounting, tables
from coproduction.core.factors import read_factors, term_index
from coproduction.core.step import run
from coproduction.ecosystem.links import link_studies, link_topics, mentions
from coproduction.ecosystem.settings import EcosystemSettings
from coproduction.ecosystem.tables import STUDIES
from coproduction.topics.tables import DOCUMENTS, TOPICS


def main(snakemake) -> None:
    given = snakemake.input
    settings = EcosystemSettings.model_validate(snakemake.params.settings)
    index = term_index(read_factors(given.factors))
    studies = tables.read_result(given.studies, STUDIES)
    records = tables.read_result(given.records, STUDIES)
    topics = tables.read_result(given.topics, TOPICS)
    documents = tables.read_result(given.documents, DOCUMENTS)
    mentioned = mentions(records, index)
    limits = settings.topic_records, settings.topic_lift
    parts = [link_studies(studies, index), link_topics(topics, documents, mentioned, *limits)]
    evidence = pd.concat(parts, ignore_index=True)
    tables.write_csv(evidence, snakemake.output.evidence, accounting.EVIDENCE)


run(main, snakemake)
