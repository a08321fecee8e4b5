"""Merge the entries of each cluster into one record and account for all of them."""

from coproduction.core import accounting, tables
from coproduction.core.step import run
from coproduction.literature.merging import link_records, merge_records
from coproduction.literature.reporting import account
from coproduction.literature.tables import (
    CLUSTERS,
    ENTRIES,
    IMPORTS,
    LINKS,
    ORIGINS,
    PAIRS,
    RECORDS,
)


def main(snakemake) -> None:
    entries = tables.read_result(snakemake.input.entries, ENTRIES)
    clusters = tables.read_result(snakemake.input.clusters, CLUSTERS)
    pairs = tables.read_result(snakemake.input.pairs, PAIRS)
    imports = tables.read_result(snakemake.input.imports, IMPORTS)
    records, origins, record_of = merge_records(entries, clusters)
    made = snakemake.output
    tables.write_csv(records, made.records, RECORDS)
    tables.write_csv(origins, made.origins, ORIGINS)
    tables.write_csv(link_records(pairs, entries, record_of), made.links, LINKS)
    tables.write_csv(account(imports, entries, record_of), made.account, accounting.ACCOUNT)


run(main, snakemake)
