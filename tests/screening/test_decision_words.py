"""The words that people write for a decision, in several languages."""

import csv

import pytest
from coproduction.screening import decision_words
from coproduction.screening.decision_words import decision_in, plain_word
from coproduction.screening.tables import ANSWERS


def test_no_word_means_two_things():
    with open(decision_words.__file__.replace(".py", ".csv"), encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    words = [plain_word(row["word"]) for row in rows]
    assert len(words) == len(set(words))
    assert {row["decision"] for row in rows} == {*ANSWERS, "none"}


@pytest.mark.parametrize(
    ("cell", "decision", "remark"),
    [
        ("Ja", "include", ""),
        ("NEIN", "exclude", ""),
        ("vielleicht", "maybe", ""),
        ("ausschliessen", "exclude", ""),
        ("Oui", "include", ""),
        ("non", "exclude", ""),
        ("Peut-etre", "maybe", ""),
        ("sí", "include", ""),
        ("si", "include", ""),
        ("não", "exclude", ""),
        ("tal vez", "maybe", ""),
        ("όχι", "exclude", ""),
        ("1,0", "include", ""),
        ("ausgeschlossen - falsche Sprache", "exclude", "falsche Sprache"),
        ("exclure (hors sujet)", "exclude", "hors sujet"),
        ("exclude?", "", ""),
        ("EXC", "exclude", ""),
        ("rejected - wrong setting", "exclude", "wrong setting"),
        ("not relevant", "exclude", ""),
        ("relevant", "include", ""),
        ("relevant as background", "", ""),
        ("Włączyć", "include", ""),
        ("wykluczyc", "exclude", ""),
        ("HAYIR", "exclude", ""),
        ("include or exclude", "", ""),
        ("ausgeschlossen, eingeschlossen", "", ""),
        ("TRUE", "", ""),
        ("exclude unless in English", "", ""),
        ("include, not sure", "", ""),
        ("include - probably", "", ""),
        ("include - check the annex", "include", "check the annex"),
        ("yes but", "", ""),
    ],
)
def test_the_decision_in_a_cell(cell, decision, remark):
    assert decision_in(cell, ANSWERS) == (decision, remark)


def test_a_decision_that_is_not_allowed_here_is_none():
    assert decision_in("vielleicht", ("include", "exclude")) == ("", "")
