"""The forms on which reviewers decide, out and back."""

import io

import openpyxl
import pandas as pd
from coproduction.core.forms import workbook
from coproduction.core.tables import empty
from coproduction.screening import decision_forms
from coproduction.screening.intake import read_stage
from coproduction.screening.tables import CONFLICTS, CRITERIA, QUEUE, STATES

RECORDS = pd.DataFrame(
    {
        "record": ["r1", "r2"],
        "title": ["Trust in services", "Another"],
        "abstract": ["We ask whether trust matters.", ""],
        "authors": ["A", "B"],
        "year": ["2020", "2021"],
        "source": ["J", "K"],
        "keywords": ["trust; care", ""],
    }
)


def offered():
    queue = empty(QUEUE).reindex(range(1)).astype(object).fillna("")
    queue = queue.assign(
        rank=1,
        record="r1",
        score=0.5,
        random=1,
        terms_for="trust;we",
        decided_by="",
        **{name: RECORDS.loc[0, name] for name in ("title", "abstract", "authors", "year", "source")},
    )
    states = pd.DataFrame({"record": ["r1", "r2"], "state": ["not screened", "full text: partly screened"]})
    states = states.reindex(columns=list(STATES.columns), fill_value="")
    criteria = pd.DataFrame(
        [{"criterion": "e1", "kind": "exclude", "label": "No services", "text": "Not about services"}],
        columns=list(CRITERIA.columns),
    )
    made = decision_forms.forms(RECORDS, queue, states, empty(CONFLICTS), criteria)
    return {form.file: form for form in made}


def test_each_record_is_on_the_form_of_its_stage():
    forms = offered()
    assert forms["screening/title_abstract.xlsx"].rows["record"].tolist() == ["r1"]
    assert forms["screening/title_abstract.xlsx"].rows["keywords"].tolist() == ["trust; care"]
    assert forms["screening/full_text.xlsx"].rows["record"].tolist() == ["r2"]
    assert forms["screening/adjudications.xlsx"].rows.empty


def test_criteria_are_beside_and_reasons_can_be_chosen():
    form = offered()["screening/title_abstract.xlsx"]
    assert form.notes == ["e1 (exclude): No services. Not about services"]
    assert form.allowed("reason") == ["e1"]
    assert form.allowed("decision") == ["include", "exclude", "maybe"]
    assert form.marked["abstract"] == [["trust"]]


def test_a_queue_that_is_filled_in_as_a_workbook_is_decided(tmp_path):
    book = openpyxl.load_workbook(io.BytesIO(workbook(offered()["screening/title_abstract.xlsx"])))
    sheet = book.worksheets[0]
    columns = {cell.value: cell.column for cell in sheet[1]}
    for name, value in {"reviewer": "AB", "decision": "Exclude", "reason": "e1", "date": "14.3.2026"}.items():
        sheet.cell(2, columns[name]).value = value
    path = tmp_path / "title_abstract_ab.xlsx"
    book.save(path)
    rows, sources = read_stage([path], "title_abstract")
    told = rows[["record", "reviewer", "decision", "reason", "date"]].values.tolist()
    assert told == [["r1", "AB", "exclude", "e1", "2026-03-14"]]
    assert sources[["entries", "undecided"]].values.tolist() == [[1, 0]]
