"""What columns of a sheet of decisions are headed with."""

import csv

import pandas as pd
import pytest
from coproduction.screening import sheet_headings
from coproduction.screening.sheet_headings import HEADINGS, in_known_words, is_something_else, may_be_a_person
from coproduction.screening.tables import TITLE_ABSTRACT


def test_each_heading_of_the_list_means_one_thing_that_the_sheet_can_have():
    with open(sheet_headings.__file__.replace(".py", ".csv"), encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    others = {"title", "year", "included", "excluded", "unsure", "nothing"}
    assert {row["means"] for row in rows} <= {*TITLE_ABSTRACT.columns, *others}
    assert len(HEADINGS) <= len(rows)
    for row in rows:
        assert HEADINGS[sheet_headings.plain_heading(row["heading"])] == row["means"], row


@pytest.mark.parametrize(
    "head",
    [
        "record,Gutachterin,Entscheidung,Begründung,Datum,Anmerkung",
        "record,relecteur,Décision,Motif d'exclusion,Date,Remarques",
        "registro,revisora,decisión,motivo,fecha,comentarios",
        "record,beoordelaar,beslissing,reden van uitsluiting,datum,opmerkingen",
        "Record ID,Screened by,Decision (include/exclude/maybe),Reason for exclusion:,Decided on,Comments",
        "record_id,reviewer_name,screening_decision,exclusion_reason,decision_date,further_comments",
        "recordId,reviewerName,decision,exclusionReason,dateDecided,notes",
    ],
)
def test_headings_of_other_languages_are_those_of_this_study(head):
    sheet = pd.DataFrame([["r0", "Ann", "exclude", "off", "28.01.2026", "hm"]], columns=head.split(","))
    assert [name.lower() for name in in_known_words(sheet)] == [
        "record",
        "reviewer",
        "decision",
        "reason",
        "date",
        "note",
    ]


def test_what_could_be_two_columns_keeps_its_headings():
    sheet = pd.DataFrame([["r0", "include", "exclude"]], columns=["record", "Entscheidung", "Included"])
    assert list(in_known_words(sheet)) == list(sheet)
    sheet = pd.DataFrame([["r0", "include", "exclude"]], columns=["record", "Decision", "Included"])
    assert list(in_known_words(sheet)) == list(sheet)


def test_what_is_no_person():
    assert all(map(is_something_else, ["Volume", "study_id", "Nr.", "#", "Duplicate?", "ref id", "Conflict"]))
    assert not any(map(is_something_else, ["Ann", "Bo", "Ida", "Final decision", "R1"]))
    assert all(map(may_be_a_person, ["Ann", "ann", "Reviewer 2", "Maria de Vries", "A. B.", "Kim (PI)", "R1"]))
    assert not any(map(may_be_a_person, ["Open access", "AI suggestion", "GPT-4", "Agreement", "Votes for"]))
