"""Find the entries that are the same work, obeying what people decided."""

import logging

import pandas as pd
from coproduction.core import people_tables, tables
from coproduction.core.step import run
from coproduction.literature.matching import find_duplicates
from coproduction.literature.settings import LiteratureSettings
from coproduction.literature.tables import CLUSTERS, DECISIONS, ENTRIES, PAIRS, REVIEW


def main(snakemake) -> None:
    entries = tables.read_result(snakemake.input.entries, ENTRIES)
    given = [people_tables.read_people_csv(path, DECISIONS) for path in snakemake.input.decisions]
    decisions = pd.concat([tables.empty(DECISIONS), *given])
    settings = LiteratureSettings.model_validate(snakemake.params.settings)
    found = find_duplicates(entries, decisions, settings, snakemake.threads)
    for pair in found.unknown:
        logging.warning("decision on %s: its entries are not in the exports (any more)", pair)
    tables.write_csv(found.clusters, snakemake.output.clusters, CLUSTERS)
    tables.write_csv(found.pairs, snakemake.output.pairs, PAIRS)
    tables.write_csv(found.review, snakemake.output.review, REVIEW)


run(main, snakemake)
