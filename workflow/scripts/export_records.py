"""Export the unique records for Zotero, ASReview, Rayyan and other tools."""

from coproduction.core import tables
from coproduction.core.step import run
from coproduction.formats.references import writing
from coproduction.literature.tables import RECORDS


def main(snakemake) -> None:
    records = tables.read_result(snakemake.input.records, RECORDS)
    tables.write_text(writing.to_ris(records), snakemake.output.ris)
    tables.write_text(writing.to_bibtex(records), snakemake.output.bib)
    tables.write_text(writing.to_csl(records), snakemake.output.csl)
    tables.write_csv(writing.to_table(records), snakemake.output.csv)


run(main, snakemake)
