"""Read every database export of the study entry by entry."""

from pathlib import Path

from coproduction.core import people_tables, tables
from coproduction.core.step import run
from coproduction.literature.importing import exports_in, import_files
from coproduction.literature.settings import LiteratureSettings
from coproduction.literature.tables import CHANGES, ENTRIES, IMPORTS, OTHER, REFUSED, SEARCHES


def main(snakemake) -> None:
    settings = LiteratureSettings.model_validate(snakemake.params.settings)
    folder = Path(snakemake.params.folder)
    described = folder / "searches.csv"
    searches = (
        people_tables.read_people_csv(described, SEARCHES)
        if described.is_file()
        else tables.empty(SEARCHES)
    )
    files = [(p.relative_to(folder).as_posix(), p.read_bytes()) for p in exports_in(folder)]
    found = import_files(files, searches, settings.columns)
    tables.write_csv(found.entries, snakemake.output.entries, ENTRIES)
    tables.write_csv(found.refused, snakemake.output.refused, REFUSED)
    tables.write_csv(found.changes, snakemake.output.changes, CHANGES)
    tables.write_csv(found.other, snakemake.output.other, OTHER)
    tables.write_csv(found.imports, snakemake.output.imports, IMPORTS)


run(main, snakemake)
