"""Draw the recall curves of the replayed screenings."""

from coproduction.core import figures, tables
from coproduction.core.step import run
from coproduction.screening.drawing import draw_simulation
from coproduction.screening.tables import SIMULATED, SIMULATED_CURVES


def main(snakemake) -> None:
    measures = tables.read_result(snakemake.input.measures, SIMULATED)
    curves = tables.read_result(snakemake.input.curves, SIMULATED_CURVES)
    with figures.style():
        figure = draw_simulation(measures, curves)
        figures.save(figure, curves, **dict(snakemake.output.items()))


run(main, snakemake)
