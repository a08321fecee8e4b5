"""Merge the entries of each cluster into one record, link related records, and list what they cite."""

from coproduction.core.step import step
from coproduction.literature import merging, tables
from coproduction.literature.citing import Lists, link_references


@step(tables)
def merge_records(given):
    records, origins, record_of = merging.merge_records(given.entries, given.clusters)
    links = merging.link_records(given.pairs, given.entries, record_of)
    references = link_references(Lists(given.path("other_fields"), given.entries, record_of, records))
    return {"records": records, "origins": origins, "links": links, "references": references}
