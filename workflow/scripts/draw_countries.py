"""Draw the ranks of the countries by dimension."""

from coproduction.core import figures, tables
from coproduction.core.step import run
from coproduction.desk import drawing
from coproduction.desk.tables import SCORES


def main(snakemake) -> None:
    shown = drawing.figure_countries(tables.read_result(snakemake.input.scores, SCORES))
    with figures.style():
        figures.save(drawing.draw_countries(shown), shown, **dict(snakemake.output.items()))


run(main, snakemake)
