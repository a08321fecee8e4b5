"""Draw concepts, themes and dimensions."""

from coproduction import figures, tables
from coproduction.interviews import drawing
from coproduction.interviews.tables import STRUCTURE
from coproduction.step import run


def main(snakemake) -> None:
    structure = tables.read_result(snakemake.input.structure, STRUCTURE)
    shown = drawing.figure_structure(structure)
    with figures.style():
        figures.save(drawing.draw_structure(shown), shown, **dict(snakemake.output.items()))


run(main, snakemake)
