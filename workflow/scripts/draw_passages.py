"""Draw which document speaks of which condition."""

from coproduction.core import figures, tables
from coproduction.core.factors import read_factors
from coproduction.core.step import run
from coproduction.desk import drawing
from coproduction.desk.tables import DOCUMENTS, PASSAGES


def main(snakemake) -> None:
    passages = tables.read_result(snakemake.input.passages, PASSAGES)
    documents = tables.read_result(snakemake.input.documents, DOCUMENTS)
    factors = read_factors(snakemake.input.factors)
    shown = drawing.figure_passages(passages, documents, factors)
    with figures.style():
        figures.save(drawing.draw_passages(shown), shown, **dict(snakemake.output.items()))


run(main, snakemake)
