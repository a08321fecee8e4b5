"""Export the unique records for Zotero, ASReview, Rayyan and other tools."""

from coproduction.core.step import step
from coproduction.formats.references import writing
from coproduction.literature.tables import RECORDS


@step(RECORDS)
def export_records(given):
    return {
        "ris": writing.in_ris(given.records),
        "bib": writing.in_bibtex(given.records),
        "csl": writing.in_csl(given.records),
        "records_csv": writing.in_csv(given.records),
    }
