"""Draw which databases have which of the unique records."""

from coproduction.core import figures, tables
from coproduction.core.step import run
from coproduction.literature.overlap import count_overlap, draw_overlap
from coproduction.literature.tables import RECORDS


def main(snakemake) -> None:
    overlap = count_overlap(tables.read_result(snakemake.input.records, RECORDS))
    with figures.style():
        figures.save(draw_overlap(overlap), overlap, **dict(snakemake.output.items()))


run(main, snakemake)
