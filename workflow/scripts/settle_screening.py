"""Settle what people decided: where every record stands, and what is in conflict."""

from coproduction.core.step import step
from coproduction.literature.tables import RECORDS
from coproduction.screening import tables
from coproduction.screening.intake import read_files
from coproduction.screening.settings import ScreeningSettings
from coproduction.screening.settling import settle_study

ASKED = RECORDS.part("record", "title", "year", "doi", "databases", "members")


@step(ASKED, tables, settings=ScreeningSettings)
def settle_screening(given):
    stages = {stage: given.path(stage) for stage in tables.STAGES}
    people = (given.criteria, given.adjudications, given.retrieval)
    files = read_files(stages, *people, given.full_texts)
    settled = settle_study(given.records, files, given.settings)
    return {"criteria": files.criteria} | vars(settled)
