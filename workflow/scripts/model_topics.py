"""Factorise the abstracts of the unique records into topics."""

from coproduction import tables
from coproduction.step import run
from coproduction.topics.model import fit_topics
from coproduction.topics.settings import TopicsSettings
from coproduction.topics.tables import DOCUMENTS, RECORD_TEXTS, TOPICS


def main(snakemake) -> None:
    records = tables.read_result(snakemake.input.records, RECORD_TEXTS)
    settings = TopicsSettings.model_validate(snakemake.params.settings)
    topics, documents = fit_topics(records, settings, snakemake.params.seed)
    tables.write_csv(topics, snakemake.output.topics, TOPICS)
    tables.write_csv(documents, snakemake.output.documents, DOCUMENTS)


run(main, snakemake)
