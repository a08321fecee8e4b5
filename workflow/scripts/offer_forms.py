"""Write what people are to fill in as workbooks of Excel, each under the name that the study folder gives it."""

from coproduction.core.forms import ADDED, BESIDE, INSTEAD, Form, workbook
from coproduction.core.step import step
from coproduction.delphi.import_tables import COLUMNS_TO_SETTLE
from coproduction.delphi.study_tables import COLUMNS
from coproduction.desk.tables import STUDY_JUDGEMENTS, TO_JUDGE
from coproduction.ecosystem import tables as ecosystem
from coproduction.interviews.tables import DISAGREEMENTS, PEOPLE_DISAGREEMENTS
from coproduction.literature.tables import DUPLICATE_DECISIONS, RECORDS, REVIEW_PAIRS
from coproduction.screening import decision_forms, study_forms
from coproduction.screening import tables as screening
from coproduction.screening.settings import ScreeningSettings
from coproduction.topics.tables import PEOPLE_TOPICS, TOPIC_NAMES_FORM

READ = [
    RECORDS.part("record", "title", "abstract", "authors", "year", "source", "keywords"),
    *(REVIEW_PAIRS, TO_JUDGE, DISAGREEMENTS, TOPIC_NAMES_FORM, COLUMNS_TO_SETTLE),
    *(ecosystem.DIRECTION_FORM, ecosystem.CONFIDENCE_FORM, ecosystem.INFLUENCE_FORM),
]


JUDGED = "confidence reason judges date"


def of(name, rows, kept, fill, beside):
    """A form by the name of its file, with the columns that people fill in."""
    return Form(f"{name}.xlsx", rows, kept, fill.split(), beside=beside)


@step(screening, *READ, settings=ScreeningSettings)
def offer_forms(given):
    settings = given.settings
    of_studies = (given.included, given.studies, given.questions, given.differences)
    forms = [
        *decision_forms.forms(given.records, given.queue, given.states, given.conflicts, given.criteria),
        *study_forms.study_forms(*of_studies, settings.extraction, settings.appraisal),
        of("searches/duplicate_decisions", given.review_pairs, DUPLICATE_DECISIONS, "decision", BESIDE),
        of("desk/judgements", given.to_judge, STUDY_JUDGEMENTS, "judgement judge note", BESIDE),
        of("topics", given.topic_names_form, PEOPLE_TOPICS, "name note", INSTEAD),
        of("interviews/disagreements", given.disagreements, PEOPLE_DISAGREEMENTS, "decision note", INSTEAD),
        of("delphi/columns", given.columns_to_settle, COLUMNS, "role statement", ADDED),
        of("ecosystem/directions", given.direction_form, ecosystem.DIRECTIONS, "direction reader remark", INSTEAD),
        of("ecosystem/judgements", given.confidence_form, ecosystem.JUDGEMENTS, JUDGED, INSTEAD),
        of("ecosystem/influences", given.influence_form, ecosystem.INFLUENCES, "rater influence", BESIDE),
    ]
    offered = {form.file: form for form in forms if len(form.rows)}
    return {"forms": {name: workbook(form) for name, form in offered.items()}}
