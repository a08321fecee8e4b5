"""Export the unique records for Zotero, ASReview, Rayyan and other tools."""

from coproduction.core import tables
from coproduction.core.step import run
from coproduction.literature import exporting
from coproduction.literature.tables import RECORDS


def main(snakemake) -> None:
    records = tables.read_result(snakemake.input.records, RECORDS)
    tables.write_text(exporting.to_ris(records), snakemake.output.ris)
    tables.write_text(exporting.to_bibtex(records), snakemake.output.bib)
    tables.write_text(exporting.to_csl(records), snakemake.output.csl)
    tables.write_csv(exporting.to_table(records), snakemake.output.csv)


run(main, snakemake)
