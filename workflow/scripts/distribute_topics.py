"""Count the records of each topic by journal and by country."""

from coproduction.core.countries import settled_in
from coproduction.core.step import step
from coproduction.core.text import split_list
from coproduction.literature.tables import RECORDS
from coproduction.screening.tables import STUDIES
from coproduction.topics import tables
from coproduction.topics.distribution import distribution

TAKEN = STUDIES.part("records", "extracted_*")


@step(RECORDS.part("record", "source", "affiliations"), TAKEN, tables)
def distribute_topics(given):
    settled = settled_in(next(iter(given.countries), None))
    studies = given.studies
    taken = studies["extracted_country"] if "extracted_country" in studies else [""] * len(studies)
    studied = {
        record: named
        for records, named in zip(studies["records"], taken, strict=True)
        for record in split_list(records)
    }
    return {"distribution": distribution(given.documents, given.records, studied, settled)}
