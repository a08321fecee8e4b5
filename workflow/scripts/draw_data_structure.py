"""Draw concepts, themes and dimensions."""

from coproduction.core import figures, tables
from coproduction.core.step import run
from coproduction.interviews import drawing
from coproduction.interviews.tables import STRUCTURE


def main(snakemake) -> None:
    structure = tables.read_result(snakemake.input.structure, STRUCTURE)
    shown = drawing.figure_structure(structure)
    with figures.style():
        figures.save(drawing.draw_structure(shown), shown, **dict(snakemake.output.items()))


run(main, snakemake)
