"""Replay finished screenings whose labels are known."""

from coproduction.core import tables
from coproduction.core.step import run
from coproduction.screening.settings import ScreeningSettings
from coproduction.screening.simulating import simulate_sets
from coproduction.screening.tables import SIMULATED, SIMULATED_CURVES


def main(snakemake) -> None:
    settings = ScreeningSettings.model_validate(snakemake.params.settings)
    measures, curves = simulate_sets(snakemake.input.sets, settings, snakemake.params.seed)
    tables.write_csv(measures, snakemake.output.measures, SIMULATED)
    tables.write_csv(curves, snakemake.output.curves, SIMULATED_CURVES)


run(main, snakemake)
