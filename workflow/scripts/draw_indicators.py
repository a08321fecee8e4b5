"""Draw all indicators by country, gaps included."""

from coproduction.core import figures, tables
from coproduction.core.step import run
from coproduction.desk import drawing
from coproduction.desk.tables import COVERAGE, NORMALISED, SCORES


def main(snakemake) -> None:
    normalised = tables.read_result(snakemake.input.normalised, NORMALISED)
    scores = tables.read_result(snakemake.input.scores, SCORES)
    coverage = tables.read_result(snakemake.input.coverage, COVERAGE)
    shown = drawing.figure_indicators(normalised, scores, coverage)
    with figures.style():
        figure = drawing.draw_indicators(shown, coverage)
        figures.save(figure, shown, **dict(snakemake.output.items()))


run(main, snakemake)
