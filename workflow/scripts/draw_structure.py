"""Draw the factors by level, the drivers first, with the influences between them."""

from coproduction.core import figures, tables
from coproduction.core.step import run
from coproduction.ecosystem.structure_figure import draw_structure
from coproduction.ecosystem.structure_tables import RELATIONS, STRUCTURE


def main(snakemake) -> None:
    structure = tables.read_result(snakemake.input.structure, STRUCTURE)
    relations = tables.read_result(snakemake.input.relations, RELATIONS)
    drawn = relations[relations["skeleton"].isin(["yes", "feedback"])]
    with figures.style():
        figure = draw_structure(structure, relations)
        figures.save(figure, drawn, **dict(snakemake.output.items()))


run(main, snakemake)
