"""Merge the entries of each cluster into one record, link related records, obey corrections, and list what they cite."""

from coproduction.core.step import step
from coproduction.literature import merging, tables
from coproduction.literature.correcting import correct, read_corrections
from coproduction.literature.shared_references import Lists, link_references


@step(tables)
def merge_records(given):
    records, origins, record_of = merging.merge_records(given.entries, given.clusters)
    links = merging.link_records(given.pairs, given.entries, record_of)
    references = link_references(Lists(given.path("other_fields"), given.entries, record_of, records))
    records, origins, corrections = correct(records, origins, read_corrections(given.path("corrections")))
    return {
        "records": records,
        "origins": origins,
        "links": links,
        "references": references,
        "corrections": corrections,
    }
