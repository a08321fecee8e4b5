"""Match the PDFs of full texts to the records."""

from coproduction.core.step import step
from coproduction.literature.tables import RECORDS
from coproduction.screening import tables
from coproduction.screening.fulltexts import match_files


@step(RECORDS.part("record", "doi", "title", "members"), tables)
def match_full_texts(given):
    return {"full_texts": match_files(given.files, given.folder, given.records)}
