"""Draw the recall curves of the replayed screenings."""

from coproduction import figures, tables
from coproduction.screening.drawing import draw_simulation
from coproduction.screening.tables import SIMULATED, SIMULATED_CURVES
from coproduction.step import run


def main(snakemake) -> None:
    measures = tables.read_result(snakemake.input.measures, SIMULATED)
    curves = tables.read_result(snakemake.input.curves, SIMULATED_CURVES)
    with figures.style():
        figure = draw_simulation(measures, curves)
        figures.save(figure, curves, **dict(snakemake.output.items()))


run(main, snakemake)
