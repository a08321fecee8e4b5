"""The forms for the included studies: what is taken from them, and how they are appraised."""

from collections.abc import Mapping

import pandas as pd

from coproduction.core.forms import BESIDE, Form
from coproduction.core.text import split_list
from coproduction.screening.extraction_files import MIXED
from coproduction.screening.studies import DIFFER, DONE
from coproduction.screening.tables import PEOPLE_APPRAISAL, PEOPLE_EXTRACTION

TO_AGREE = (
    "One row per study with disagreement: enter what you agreed on and leave `consensus` as the extractor or appraiser."
)
NOT_REPORTED = "If the report does not say, write: not reported."
HOW = "Answer the general questions and those for the study's design; leave the others empty."
OF_MIXED = "For mixed methods, also answer the questions on its qualitative and its quantitative part."


def study_forms(
    included: pd.DataFrame,
    studies: pd.DataFrame,
    questions: pd.DataFrame,
    differences: pd.DataFrame,
    fields: Mapping[str, str],
    appraised: bool,
) -> list[Form]:
    """A form for what is to be taken, one for the appraisal, and one of each for what is to be agreed on.

    included, studies, questions and differences: tables of the same names; fields: the setting
    `screening.extraction`
    """
    question_ids = questions["question"].tolist()
    notes = [
        f"{row.question}: {row.number} {row.text}" + (f" ({row.design})" if row.design else "")
        for row in questions.itertuples()
    ]
    words = {row.question: split_list(row.answers) for row in questions.itertuples()}
    words["design"] = list(dict.fromkeys(design for design in questions["design"] if design))
    how = [HOW, *([OF_MIXED] if MIXED in words["design"] else []), *notes]
    headings = [f"{name}: {heading}" for name, heading in fields.items()]
    kinds: list[tuple] = []
    if fields:
        kinds.append(
            ("extraction", "extracted", PEOPLE_EXTRACTION, "extractor", list(fields), {}, [NOT_REPORTED, *headings])
        )
    if appraised:
        fill = (["design"] if words["design"] else []) + question_ids
        kinds.append(("appraisal", "appraised", PEOPLE_APPRAISAL, "appraiser", fill, words, how))
    forms = []
    for table, column, schema, person_column, fill, allowed, form_notes in kinds:
        waiting = studies.loc[~studies[column].isin([DONE, DIFFER]), "study"]
        study_rows = _report_rows(included, waiting)
        forms.append(
            Form(
                f"screening/{table}.xlsx",
                study_rows,
                schema,
                [person_column, *fill, "note"],
                allowed,
                notes=form_notes,
                beside=BESIDE,
            )
        )
        differing = _differing_rows(included, differences[differences["table"] == table], person_column)
        forms.append(
            Form(
                f"screening/{table}_consensus.xlsx",
                differing,
                schema,
                [person_column, *fill, "note"],
                allowed,
                notes=[TO_AGREE, *form_notes],
                beside=BESIDE,
            )
        )
    return forms


def _report_rows(included: pd.DataFrame, studies: pd.Series) -> pd.DataFrame:
    """The first report of each of these studies, as the forms show it."""
    first_reports = included[included["study"].isin(studies)].drop_duplicates("study")
    return first_reports[["record", "title", "authors", "year", "source", "full_text", "abstract"]].reset_index(
        drop=True
    )


def _differing_rows(included: pd.DataFrame, differences: pd.DataFrame, person_column: str) -> pd.DataFrame:
    """A row for each study in which people differ, with what each of them wrote."""
    differences_in_words = differences.groupby("study", sort=False).apply(
        lambda rows: "\n".join(f"{field}: {words}" for field, words in zip(rows["field"], rows["said"], strict=True)),
        include_groups=False,
    )
    study_rows = _report_rows(included, differences["study"])
    study_of = dict(zip(included["record"], included["study"], strict=True))
    texts = [differences_in_words[study_of[record]] for record in study_rows["record"]]
    study_rows.insert(1, "differences", texts)
    return study_rows.assign(**{person_column: "consensus"})
