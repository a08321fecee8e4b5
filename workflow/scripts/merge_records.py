"""Merge the entries of each cluster into one record, and link related records."""

from coproduction.core.step import step
from coproduction.literature import merging, tables


@step(tables)
def merge_records(given):
    records, origins, record_of = merging.merge_records(given.entries, given.clusters)
    links = merging.link_records(given.pairs, given.entries, record_of)
    return {"records": records, "origins": origins, "links": links}
