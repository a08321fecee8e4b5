"""Match the PDFs of full texts to the records."""

from coproduction.core import tables
from coproduction.core.step import run
from coproduction.screening.fulltexts import match_files
from coproduction.screening.tables import FULL_TEXTS, RECORDS


def main(snakemake) -> None:
    records = tables.read_result(snakemake.input.records, RECORDS)
    matched = match_files(snakemake.input.files, snakemake.params.folder, records)
    tables.write_csv(matched, snakemake.output.matched, FULL_TEXTS)


run(main, snakemake)
