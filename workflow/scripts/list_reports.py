"""List the included reports and those excluded in full text, and write those to read in full for screening tools."""

from coproduction.core import tables as core_tables
from coproduction.core.factors import read_factors
from coproduction.core.step import step
from coproduction.literature.tables import RECORDS
from coproduction.screening import exporting, tables


@step(RECORDS, tables)
def list_reports(given):
    states = given.states
    # as long as no record has reached the full text, the records need not be read
    records = given.records if exporting.reached_full_text(states).any() else core_tables.empty(RECORDS)
    included = exporting.list_included(records, states, read_factors(given.factors), given.full_texts)
    return {
        "full_text": exporting.to_ris(records, states, "full_text"),
        "included": included,
        "bib": exporting.to_bibtex(included, records),
        "ris": exporting.included_ris(included, records),
        "excluded_full_texts": exporting.list_excluded(records, states, given.criteria),
    }
