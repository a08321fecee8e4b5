"""Sheets that do not say whose or which their decisions are."""

import pytest
from coproduction.core.errors import StudyError
from screening.study_folder import Folder


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("record,decision\nr0,include\n", "no column 'reviewer'.*head it 'final decision'"),
        (
            "title,year,Status\nDoors,2020,Included\nKeys,2020,Excluded\n",
            "the column 'Status' seems to contain decisions",
        ),
        (
            "record,reviewer,Vote cast\nr0,Ann,include\n",
            r"the column 'Vote cast' seems to contain decisions.*Head it 'decision'\.",
        ),
        (
            "Key,Item Type,Title,Publication Year,Manual Tags\nA,journalArticle,Doors,2020,include\n",
            "an export of a reference manager.*tags and collections are not read",
        ),
        ("title,year,screened_titles\nDoors,2020,selected\n", "'screened_titles' names a stage, not a reviewer"),
        (
            "title,year,screened_titles,screened_abstracts\nDoors,2020,selected,excluded\n",
            "'screened_titles' and 'screened_abstracts' contain decisions of two stages",
        ),
    ],
)
def test_it_is_asked_whose_they_are(tmp_path, text, problem):
    with pytest.raises(StudyError, match=problem):
        Folder(tmp_path).write("title_abstract.csv", text).settle()


@pytest.mark.parametrize("heading", ["final decision", "final_decision", "Consensus", "Team decision", "Konsens"])
def test_what_the_team_came_to_needs_no_reviewer(tmp_path, heading):
    settled = (
        Folder(tmp_path).write("title_abstract.csv", f"record,{heading},reason\nr0,include,\nr1,no,old\n").settle()
    )
    rows = settled.decisions[["record", "reviewer", "decision", "reason"]].itertuples(index=False)
    assert [tuple(row) for row in rows] == [("r0", "team", "include", ""), ("r1", "team", "exclude", "old")]
    assert settled.states.loc[settled.states["record"] == "r1", "state"].item() == "title and abstract: excluded"


@pytest.mark.parametrize("heading", ["Overall quality", "Outcome", "Result", "Agreement"])
def test_other_headings_are_no_final_decision(tmp_path, heading):
    with pytest.raises(StudyError, match=r"missing|seems to contain decisions"):
        Folder(tmp_path).write("title_abstract.csv", f"record,{heading}\nr0,yes\nr1,no\n").settle()


def test_what_is_not_decided_yet_is_undecided(tmp_path):
    text = (
        "record,reviewer,decision,reason\nr0,Ann,include,NA\nr1,Ann,NA,NA\nr2,Ann,not screened,\nr3,Ann,pending,n/a\n"
        "r4,Ann,can't tell,\n"
    )
    settled = Folder(tmp_path).write("title_abstract.csv", text).settle()
    assert settled.decisions[["record", "decision", "reason"]].to_numpy().tolist() == [
        ["r0", "include", ""],
        ["r4", "maybe", ""],
    ]
    assert settled.sources[["entries", "undecided"]].to_numpy().tolist() == [[5, 3]]


def test_a_reason_beside_a_word_for_no_decision_is_asked_about(tmp_path):
    with pytest.raises(StudyError, match="row 2, column 'decision': there is a reason, but no decision"):
        Folder(tmp_path).write("title_abstract.csv", "record,reviewer,decision,reason\nr0,Ann,NA,old\n").settle()


def test_a_final_decision_counts_with_an_underscore_too(tmp_path):
    text = "record,r1_decision,r2_decision,final_decision\nr0,exclude,include,exclude\nr1,include,exclude,conflict\n"
    settled = Folder(tmp_path).write("title_abstract.csv", text).settle()
    rows = [tuple(row) for row in settled.decisions[["record", "reviewer", "decision"]].itertuples(index=False)]
    assert ("r0", "team", "exclude") in rows
    assert settled.states["state"].tolist()[:2] == ["title and abstract: excluded", "title and abstract: conflict"]


def test_a_criterion_named_behind_the_decision_is_the_reason(tmp_path):
    folder = Folder(tmp_path).write("criteria.csv", "criterion,kind,label,text\noff,exclude,Off topic,x\n")
    folder.write(
        "title_abstract.csv",
        "record,reviewer,decision\nr0,Ann,Exclude: Off topic\nr1,Ann,exclude - but good background\n",
    )
    assert folder.settle().decisions[["reason", "note"]].to_numpy().tolist() == [
        ["off", ""],
        ["", "but good background"],
    ]
