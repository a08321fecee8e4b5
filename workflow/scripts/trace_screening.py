"""State what can be said on stopping, and replay the ranking on the study's own decisions."""

from coproduction.core import tables
from coproduction.core.step import run
from coproduction.screening.judging import state_stop, trace_progress
from coproduction.screening.ranking import Model
from coproduction.screening.settings import ScreeningSettings
from coproduction.screening.tables import MEASURES, RECALL, RECORDS, SETTLED, STANDING, STOP
from coproduction.screening.vectors import read_vectors


def main(snakemake) -> None:
    given, made = snakemake.input, snakemake.output
    settings = ScreeningSettings.model_validate(snakemake.params.settings)
    records = tables.read_result(given.records, RECORDS)
    standing = tables.read_result(given.states, STANDING)
    decisions = tables.read_result(given.decisions, SETTLED)
    features = read_vectors(given.vectors, Model().kinds)
    found, measures = trace_progress(records, standing, decisions, settings, features)
    tables.write_csv(state_stop(standing, decisions, settings), made.stop, STOP)
    tables.write_csv(found, made.progress, RECALL)
    tables.write_csv(measures, made.measures, MEASURES)


run(main, snakemake)
