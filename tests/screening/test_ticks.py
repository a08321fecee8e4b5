"""One list of ticks, for columns of decisions and for columns of reasons."""

import pytest
from coproduction.screening.ticks import is_ticked
from screening.study_folder import Folder

CRITERIA = (
    "criterion,kind,label,text\nlang,exclude,Wrong language,x\noff,exclude,Off topic,y\npop,include,Population,z\n"
)


@pytest.mark.parametrize(
    "cell", ["x", " X ", "1", "1.0", "✔️", "✔︎", "☑️", "🗸", "√", "☒", "[x]", "(X)", "[✓]", "yes", "Oui", "TRUE", "wahr"]
)
def test_ticks(cell):
    assert is_ticked(cell) is True


@pytest.mark.parametrize(
    "cell", ["", "0", "☐", "[ ]", "[]", "( )", "-", "–", "no", "nein", "FALSE", "NA", "not screened"]
)
def test_no_ticks(cell):
    assert is_ticked(cell) is False


@pytest.mark.parametrize("cell", ["wrong year", "?", "xx", "2", "[y or n]", "include"])
def test_what_is_neither(cell):
    assert is_ticked(cell) is None


def reasons(tmp_path, text):
    settled = Folder(tmp_path).write("criteria.csv", CRITERIA).write("title_abstract.csv", text).settle()
    rows = settled.decisions[["record", "reviewer", "reason", "note"]].itertuples(index=False)
    return sorted(tuple(row) for row in rows)


@pytest.mark.parametrize(
    ("tick", "none"), [("✔️", ""), ("☒", "☐"), ("1", "0"), ("yes", "no"), ("[x]", "[ ]"), ("WAHR", "FALSCH")]
)
def test_a_ticked_criterion_is_the_reason_whatever_the_tick(tmp_path, tick, none):
    text = f"record,reviewer,decision,Wrong language,Off topic\nr0,Ann,exclude,{tick},{none}\nr1,Ann,exclude,{none},{tick}\n"
    assert reasons(tmp_path, text) == [("r0", "Ann", "lang", ""), ("r1", "Ann", "off", "")]


def test_a_ticked_criterion_for_inclusion_is_no_reason(tmp_path):
    text = "record,reviewer,decision,Population,Off topic\nr0,Ann,exclude,yes,no\nr1,Ann,exclude,yes,yes\n"
    assert reasons(tmp_path, text) == [("r0", "Ann", "", "Population"), ("r1", "Ann", "off", "Population")]


def test_ticked_criteria_beside_several_reviewers_are_the_teams(tmp_path):
    text = "record,Ann,Bo,Final decision,Wrong language\nr0,exclude,include,exclude,x\nr1,include,include,include,x\n"
    assert [row[:3] for row in reasons(tmp_path, text) if row[2]] == [("r0", "team", "lang")]


def test_ticked_criteria_without_a_final_decision_go_to_those_who_excluded(tmp_path):
    text = "record,Ann,Bo,Off topic\nr0,exclude,exclude,x\nr1,exclude,include,x\n"
    assert [row[:3] for row in reasons(tmp_path, text) if row[2]] == [
        ("r0", "Ann", "off"),
        ("r0", "Bo", "off"),
        ("r1", "Ann", "off"),
    ]


def test_a_criterion_may_have_the_name_of_a_column_that_is_known(tmp_path):
    (tmp_path / "criteria.csv").write_text("criterion,kind,label,text\nlang,exclude,Language,x\n", encoding="utf-8")
    text = "record,reviewer,decision,Language,Issue,PDF\nr0,Ann,exclude,x,1,x\nr1,Ann,include,,2,x\n"
    settled = Folder(tmp_path).write("title_abstract.csv", text).settle()
    assert settled.decisions[["reason", "note"]].to_numpy().tolist() == [["lang", ""], ["", ""]]
