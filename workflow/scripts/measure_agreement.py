"""Measure how far the reviewers agree at each stage."""

from coproduction.core import tables
from coproduction.core.step import run
from coproduction.screening.agreement import measure_agreement
from coproduction.screening.settings import ScreeningSettings
from coproduction.screening.tables import AGREEMENT, SETTLED


def main(snakemake) -> None:
    settings = ScreeningSettings.model_validate(snakemake.params.settings)
    decisions = tables.read_result(snakemake.input.decisions, SETTLED)
    agreement = measure_agreement(decisions, settings)
    tables.write_csv(agreement, snakemake.output.agreement, AGREEMENT)


run(main, snakemake)
