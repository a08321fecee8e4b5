"""Find the entries that are the same work, obeying what people decided."""

import logging

import pandas as pd
from coproduction.core import people_tables
from coproduction.core import tables as core_tables
from coproduction.core.step import step
from coproduction.literature import finding_duplicates, tables
from coproduction.literature.settings import LiteratureSettings


@step(finding_duplicates.COMPARED, tables, settings=LiteratureSettings)
def find_duplicates(given):
    form = tables.DUPLICATE_DECISIONS
    decided = [people_tables.read_people_table(path, form) for path in given.decisions]
    decisions = pd.concat([core_tables.empty(form), *decided])
    duplicates = finding_duplicates.find_duplicates(given.entries, decisions, given.settings, given.threads)
    for pair in duplicates.unknown:
        logging.warning("decision on %s: its entries are not in the exports (any more)", pair)
    return {
        "clusters": duplicates.clusters,
        "pairs": duplicates.pairs,
        "review_pairs": duplicates.review,
        "merges_to_check": duplicates.check,
    }
