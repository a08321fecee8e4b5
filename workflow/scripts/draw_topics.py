"""Draw how much of the literature each topic takes."""

from coproduction import figures, tables
from coproduction.step import run
from coproduction.topics.drawing import draw_prevalence
from coproduction.topics.tables import TOPICS


def main(snakemake) -> None:
    topics = tables.read_result(snakemake.input.topics, TOPICS)
    with figures.style():
        figures.save(draw_prevalence(topics), topics, **dict(snakemake.output.items()))


run(main, snakemake)
