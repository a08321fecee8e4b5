"""Forms that people fill in: what they offer, and that they come back as they were filled in."""

import io
import shutil
import subprocess

import openpyxl
import pandas as pd
import pytest
from coproduction.core import forms, people_tables, tables

KEPT = tables.people(
    "x/judged.csv",
    "x",
    {
        "case": tables.text("c", filled=True, unique=True),
        "verdict": tables.choice("what is said of it", ["good", "bad", ""]),
        "why": tables.text("the reason", required=False),
    },
)
ROWS = pd.DataFrame(
    {
        "case": ["c1", "c2"],
        "text": ["=SUM(A1) is no formula here", "Trust and co-production of trust\nfor all"],
        "n": [1, 2],
    }
)


def form(rows=ROWS, **more):
    return forms.Form("x/judged.xlsx", rows, KEPT, ["verdict", "why"], **more)


def opened(made):
    return openpyxl.load_workbook(io.BytesIO(made))


def test_a_form_has_the_answers_beside_the_id_and_lists_the_words():
    sheet = opened(forms.workbook(form())).worksheets[0]
    assert [cell.value for cell in sheet[1]] == ["case", "verdict", "why", "text", "n"]
    (choice,) = sheet.data_validations.dataValidation
    assert choice.formula1 == '"good,bad"'
    assert str(choice.sqref) == "B2:B3"
    assert sheet.freeze_panes == "B2"
    assert sheet.auto_filter.ref == "A1:E3"
    assert sheet["D2"].value == "=SUM(A1) is no formula here"
    assert sheet["D2"].data_type == "s"
    assert sheet["E3"].value == 2


def test_the_second_sheet_says_how_and_what_is_left_out(monkeypatch):
    monkeypatch.setattr(forms, "MOST_ROWS", 1)
    book = opened(forms.workbook(form(notes=["A note."], beside=forms.BESIDE)))
    words = " ".join(str(cell.value) for row in book.worksheets[1].iter_rows() for cell in row if cell.value)
    assert "x/judged.xlsx" in words
    assert "1 more rows will follow" in words
    assert "A note." in words
    assert "what is said of it good, bad" in words
    assert book.worksheets[0].max_row == 2


def test_words_are_set_apart_and_nothing_of_the_text_is_lost():
    made = forms.workbook(form(marked={"text": [["formula"], ["trust"]]}))
    book = openpyxl.load_workbook(io.BytesIO(made), rich_text=True)
    pieces = book.worksheets[0]["D3"].value
    assert str(pieces) == ROWS["text"][1]
    assert [piece.text for piece in pieces if hasattr(piece, "font") and piece.font.b] == ["Trust", "trust"]


def test_the_same_table_gives_the_same_bytes():
    assert forms.workbook(form()) == forms.workbook(form())


def test_a_text_longer_than_a_cell_is_cut_and_says_so():
    rows = ROWS.assign(text=["x" * 40_000, ""])
    sheet = opened(forms.workbook(form(rows))).worksheets[0]
    assert sheet["D2"].value.startswith("xxx")
    assert sheet["D2"].value.endswith("(cut off: an Excel cell holds no more)")


def test_words_too_many_for_a_list_can_be_typed():
    many = [f"word number {n}" for n in range(40)]
    sheet = opened(forms.workbook(form(words={"why": many}))).worksheets[0]
    assert [str(rule.sqref) for rule in sheet.data_validations.dataValidation] == ["B2:B3"]


def filled_in(path, made):
    """The form with answers, as a person saves it."""
    book = opened(made)
    book.worksheets[0]["B2"], book.worksheets[0]["C3"] = "Good", "too little"
    book.save(path)


def test_a_form_that_is_filled_in_is_read_like_any_other_table(tmp_path):
    filled_in(tmp_path / "judged.xlsx", forms.workbook(form()))
    table = people_tables.read_people_table(tmp_path / "judged.xlsx", KEPT)
    assert table[["case", "verdict", "why", "n"]].values.tolist() == [
        ["c1", "good", "", "1"],
        ["c2", "", "too little", "2"],
    ]


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
@pytest.mark.parametrize("ending", ["xlsx", "ods"])
def test_a_form_saved_by_libreoffice_is_read_alike(tmp_path, ending):
    filled_in(tmp_path / "judged.xlsx", forms.workbook(form(marked={"text": [[], ["trust"]]})))
    expected = people_tables.read_people_table(tmp_path / "judged.xlsx", KEPT)
    made = tmp_path / "saved"
    command = ["soffice", "--headless", f"-env:UserInstallation=file://{tmp_path}/profile", "--convert-to", ending]
    subprocess.run([*command, "--outdir", made, tmp_path / "judged.xlsx"], check=True, capture_output=True, timeout=120)
    saved = people_tables.read_people_table(made / f"judged.{ending}", KEPT)
    assert saved.equals(expected)
