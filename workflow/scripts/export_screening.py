"""Write the records to screen for ASReview, Rayyan and Covidence, and list the included studies."""

from coproduction.core.factors import read_factors
from coproduction.core.step import step
from coproduction.literature.tables import RECORDS
from coproduction.screening import exporting, tables


@step(RECORDS, tables)
def export_screening(given):
    records, states = given.records, given.states
    factors = read_factors(given.factors)
    to_asreview = exporting.to_asreview(records, states)
    included = exporting.list_included(records, states, factors, given.full_texts)
    return {
        "asreview": to_asreview,
        "project": exporting.to_project(to_asreview, given.criteria),
        "title_abstract": exporting.to_ris(records, states, "title_abstract"),
        "full_text": exporting.to_ris(records, states, "full_text"),
        "included": included,
        "bib": exporting.to_bibtex(included, records),
        "ris": exporting.included_ris(included, records),
        "excluded_full_texts": exporting.list_excluded(records, states, given.criteria),
    }
