"""Write the records to screen on title and abstract for ASReview, Rayyan and Covidence."""

from coproduction.core.step import step
from coproduction.literature.tables import RECORDS
from coproduction.screening import exporting, tables


@step(RECORDS, tables)
def export_screening(given):
    to_asreview = exporting.to_asreview(given.records, given.states)
    return {
        "asreview": to_asreview,
        "project": exporting.to_project(to_asreview, given.criteria),
        "title_abstract": exporting.in_ris(given.records, given.states, "title_abstract"),
    }
