"""Show what speaks for other numbers of topics, and how good each topic is."""

from coproduction import tables
from coproduction.step import run
from coproduction.topics.choice import compare_numbers
from coproduction.topics.settings import TopicsSettings
from coproduction.topics.tables import CHOICE, QUALITY, RECORD_TEXTS, TOPICS


def main(snakemake) -> None:
    given, made = snakemake.input, snakemake.output
    records = tables.read_result(given.records, RECORD_TEXTS)
    topics = tables.read_result(given.topics, TOPICS)
    settings = TopicsSettings.model_validate(snakemake.params.settings)
    choice, quality = compare_numbers(records, topics, settings, snakemake.params.seed)
    tables.write_csv(choice, made.choice, CHOICE)
    tables.write_csv(quality, made.quality, QUALITY)


run(main, snakemake)
