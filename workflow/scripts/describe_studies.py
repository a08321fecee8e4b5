"""Read what people took from the included studies and how they appraised them, and settle it by study."""

from coproduction.core.step import step
from coproduction.literature.tables import RECORDS
from coproduction.screening import extraction_files, studies, tables
from coproduction.screening.settings import ScreeningSettings


@step(RECORDS.part("record", "members", "title", "year", "doi"), tables, settings=ScreeningSettings)
def describe_studies(given):
    settings = given.settings
    questions = extraction_files.read_questions(given.quality_questions)
    extraction, findings = extraction_files.read_extraction(given.extraction, settings.extraction)
    appraisal, appraisal_findings = extraction_files.read_appraisal(given.appraisal, questions)
    described = studies.describe(given.records, given.included, extraction, appraisal, questions, settings)
    return {
        "questions": questions,
        "studies": described.studies,
        "answers_by_question": described.answers,
        "differences": described.differences,
        "appraisal_agreement": described.agreement,
        "findings_of_studies": studies.with_columns(described.findings, findings + appraisal_findings),
    }
