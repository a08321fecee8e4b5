"""Write what the report says of the searches and their unique records."""

from coproduction.core import accounting, tables
from coproduction.core.step import run
from coproduction.literature import reporting
from coproduction.literature.settings import LiteratureSettings
from coproduction.literature.tables import ENTRIES, IMPORTS, PAIRS, RECORDS, REFUSED


def main(snakemake) -> None:
    imports = tables.read_result(snakemake.input.imports, IMPORTS)
    entries = tables.read_result(snakemake.input.entries, ENTRIES)
    records = tables.read_result(snakemake.input.records, RECORDS)
    pairs = tables.read_result(snakemake.input.pairs, PAIRS)
    refused = tables.read_result(snakemake.input.refused, REFUSED)
    settings = LiteratureSettings.model_validate(snakemake.params.settings)
    made = snakemake.output
    tables.write_text(reporting.methods(settings, imports), made.methods)
    tables.write_text(reporting.results(imports, entries, records, pairs, refused), made.results)
    tables.write_csv(reporting.status(imports, pairs), made.status, accounting.STATUS)


run(main, snakemake)
