"""Write what the report says of the topics, and what became of every document."""

from coproduction import progress, tables
from coproduction.step import run
from coproduction.topics import reporting
from coproduction.topics.settings import TopicsSettings
from coproduction.topics.tables import DOCUMENTS, TOPICS


def main(snakemake) -> None:
    topics = tables.read_result(snakemake.input.topics, TOPICS)
    documents = tables.read_result(snakemake.input.documents, DOCUMENTS)
    settings = TopicsSettings.model_validate(snakemake.params.settings)
    made = snakemake.output
    tables.write_text(reporting.methods(settings, snakemake.params.seed), made.methods)
    tables.write_text(reporting.results(topics, documents), made.results)
    tables.write_csv(reporting.status(topics, documents), made.status, progress.STATUS)
    tables.write_csv(reporting.account(documents), made.account, progress.ACCOUNT)


run(main, snakemake)
