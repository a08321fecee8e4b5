"""Put the results, the codebook, a dictionary of all tables and a citation into one folder to publish."""

import shutil
from pathlib import Path

from coproduction import reference
from coproduction.core.prose import Templates
from coproduction.core.step import step
from coproduction.core.tables import write_csv, write_text
from coproduction.formats.crates import About, write_crate
from coproduction.report import archive, tables


@step(tables)
def archive_study(given):
    folder, about = Path(given.out.folder), given.about
    date = archive.checked_date(about["date"])
    shutil.rmtree(folder, ignore_errors=True)
    names = archive.copy_results(folder.parent, folder)
    for name in ("codebook", "references"):
        target = folder / "config" / Path(given.path(name)).name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(given.path(name), target)
    forms = reference.declared_tables()
    write_csv(archive.dictionary(forms), folder / "data_dictionary.csv", tables.DATA_DICTIONARY)
    cited = archive.citation(about["title"], about["authors"], date, about["license"])
    write_text(cited, folder / "CITATION.cff")
    readme = Templates(given.templates).fill("archive", about | {"files": len(names)})
    write_text(readme, folder / "README.md")
    description = About(about["title"], about["description"], date, about["authors"], about["license"])
    write_crate(folder, description, archive.descriptions(names, forms))
