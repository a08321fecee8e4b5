"""List the included studies as a table and for reference managers."""

from coproduction.core import tables
from coproduction.core.factors import read_factors
from coproduction.core.step import run
from coproduction.screening.including import list_included, write_bibtex
from coproduction.screening.tables import FULL_TEXTS, INCLUDED, RECORDS, STANDING


def main(snakemake) -> None:
    given, made = snakemake.input, snakemake.output
    records = tables.read_result(given.records, RECORDS)
    states = tables.read_result(given.states, STANDING)
    matched = tables.read_result(given.matched, FULL_TEXTS)
    included = list_included(records, states, read_factors(given.factors), matched)
    tables.write_csv(included, made.table, INCLUDED)
    tables.write_text(write_bibtex(included, records), made.bib)


run(main, snakemake)
