"""Write what the report says of the topics, and what became of every document."""

from coproduction import progress, tables
from coproduction.step import run
from coproduction.topics import reporting
from coproduction.topics.settings import TopicsSettings
from coproduction.topics.tables import CHOICE, DOCUMENTS, QUALITY, RECORD_TEXTS, TOPICS


def main(snakemake) -> None:
    given, made = snakemake.input, snakemake.output
    topics = tables.read_result(given.topics, TOPICS)
    documents = tables.read_result(given.documents, DOCUMENTS)
    settings = TopicsSettings.model_validate(snakemake.params.settings)
    tables.write_text(reporting.methods(settings, snakemake.params.seed), made.methods)
    text = reporting.results(
        topics,
        documents,
        tables.read_result(given.choice, CHOICE),
        tables.read_result(given.quality, QUALITY),
        tables.read_result(given.records, RECORD_TEXTS),
    )
    tables.write_text(text, made.results)
    tables.write_csv(reporting.status(topics, documents), made.status, progress.STATUS)
    tables.write_csv(reporting.account(documents), made.account, progress.ACCOUNT)


run(main, snakemake)
