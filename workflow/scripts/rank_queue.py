"""Rank the records that wait for decisions, the likeliest to be relevant first."""

from coproduction.core import tables
from coproduction.core.step import run
from coproduction.screening.queueing import build_queue
from coproduction.screening.ranking import Model
from coproduction.screening.settings import ScreeningSettings
from coproduction.screening.tables import BASIS, CRITERIA, QUEUE, RECORDS, SETTLED, STANDING
from coproduction.screening.vectors import read_vectors


def main(snakemake) -> None:
    given, made = snakemake.input, snakemake.output
    queue, basis = build_queue(
        tables.read_result(given.records, RECORDS),
        tables.read_result(given.states, STANDING),
        tables.read_result(given.decisions, SETTLED),
        tables.read_result(given.criteria, CRITERIA),
        ScreeningSettings.model_validate(snakemake.params.settings),
        snakemake.params.seed,
        read_vectors(given.vectors, Model().kinds),
    )
    tables.write_csv(queue, made.queue, QUEUE)
    tables.write_csv(basis, made.basis, BASIS)


run(main, snakemake)
