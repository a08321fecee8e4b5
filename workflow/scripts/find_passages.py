"""Find the sentences in which a term of a condition stands."""

from coproduction.core import tables
from coproduction.core.factors import read_factors, term_index
from coproduction.core.step import run
from coproduction.desk.passages import find_passages
from coproduction.desk.tables import PAGES, PASSAGES


def main(snakemake) -> None:
    pages = tables.read_result(snakemake.input.pages, PAGES)
    index = term_index(read_factors(snakemake.input.factors))
    passages = find_passages(pages, index, snakemake.params.excerpt_length)
    tables.write_csv(passages, snakemake.output.passages, PASSAGES)


run(main, snakemake)
