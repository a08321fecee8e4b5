"""Draw coherence and stability over the number of topics."""

from coproduction import figures, tables
from coproduction.step import run
from coproduction.topics.drawing import draw_choice
from coproduction.topics.tables import CHOICE


def main(snakemake) -> None:
    choice = tables.read_result(snakemake.input.choice, CHOICE)
    with figures.style():
        figures.save(draw_choice(choice), choice, **dict(snakemake.output.items()))


run(main, snakemake)
