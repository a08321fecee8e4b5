"""Read every database export of the study entry by entry."""

from pathlib import Path

from coproduction.core import people_tables
from coproduction.core import tables as core_tables
from coproduction.core.step import step
from coproduction.core.study_files import composed, present
from coproduction.literature import tables
from coproduction.literature.importing import exports_in, import_files
from coproduction.literature.settings import LiteratureSettings


@step(tables, settings=LiteratureSettings)
def import_exports(given):
    folder = Path(given.folder)
    searches = core_tables.empty(tables.SEARCHES)
    for described in present(folder, "searches.csv"):
        searches = people_tables.read_people_table(described, tables.SEARCHES)
    # one after the other: large exports do not fit into memory together
    files = ((composed(p.relative_to(folder).as_posix()), p.read_bytes()) for p in exports_in(folder))
    return import_files(files, searches, given.settings.columns)._asdict()
