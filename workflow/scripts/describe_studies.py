"""Read what people took from the included studies and how they appraised them, and settle it by study."""

from coproduction.core.step import step
from coproduction.literature.tables import RECORDS
from coproduction.screening import extraction_files, studies, tables
from coproduction.screening.settings import ScreeningSettings


@step(RECORDS.part("record", "members", "title", "year", "doi"), tables, settings=ScreeningSettings)
def describe_studies(given):
    settings = given.settings
    questions = extraction_files.read_questions(given.quality_questions)
    taken, odd = extraction_files.read_extraction(given.extraction, settings.extraction)
    judged, more = extraction_files.read_appraisal(given.appraisal, questions)
    found = studies.describe(given.records, given.included, taken, judged, questions, settings)
    return {
        "questions": questions,
        "studies": found.studies,
        "answers_by_question": found.answers,
        "differences": found.differences,
        "appraisal_agreement": found.agreement,
        "findings_of_studies": studies.with_columns(found.findings, odd + more),
    }
