"""Sheets on which a decision is ticked."""

import pytest
from coproduction.core.errors import StudyError
from screening.study_folder import Folder


def said(tmp_path, text):
    rows = Folder(tmp_path).write("title_abstract.csv", text).settle().decisions[["record", "reviewer", "decision"]]
    return sorted("/".join(row) for row in rows.itertuples(index=False))


ONE = ["r0/Ann/include", "r1/Ann/exclude", "r2/Ann/maybe"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("record,reviewer,Include,Exclude,Maybe\nr0,Ann,1,,\nr1,Ann,,1,\nr2,Ann,,,1\nr3,Ann,,,\n", ONE),
        ("record,reviewer,Include,Exclude,Unsure\nr0,Ann,x,,\nr1,Ann,,X,\nr2,Ann,,,x\n", ONE),
        ("record,reviewer,Included?,Excluded?,?\nr0,Ann,✓,,\nr1,Ann,,✓,\n", ONE[:2]),
        (
            "record,reviewer,Include,Exclude,Maybe\nr0,Ann,TRUE,FALSE,FALSE\nr1,Ann,FALSE,TRUE,FALSE\nr2,Ann,0,0,1\n",
            ONE,
        ),
        ("record;Gutachter;Eingeschlossen;Ausgeschlossen;unklar\nr0;Ann;ja;;\nr1;Ann;;ja;\nr2;Ann;;;ja\n", ONE),
        ("record,reviewer,Include (Y/N),Exclude (Y/N)\nr0,Ann,Y,N\nr1,Ann,N,Y\n", ONE[:2]),
        ("record,reviewer,Include,Exclude\nr0,Ann,Include,\nr1,Ann,,Exclude\n", ONE[:2]),
        ("record,reviewer,Include,Maybe\nr0,Ann,x,\nr2,Ann,,x\n", [ONE[0], ONE[2]]),
        (
            "record,Ann include,Ann exclude,Bo include,Bo exclude\nr0,x,,,x\nr1,,x,,\n",
            ["r0/Ann/include", "r0/Bo/exclude", "r1/Ann/exclude"],
        ),
        (
            "record,Include (Ann),Exclude (Ann),Include (Bo),Exclude (Bo)\nr0,x,,,x\nr1,,x,,\n",
            ["r0/Ann/include", "r0/Bo/exclude", "r1/Ann/exclude"],
        ),
        ("record,Ann,Bo,Include,Exclude\nr0,yes,no,,x\n", ["r0/Ann/include", "r0/Bo/exclude", "r0/team/exclude"]),
    ],
)
def test_what_is_ticked_is_the_decision(tmp_path, text, expected):
    assert said(tmp_path, text) == expected


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("record,reviewer,Include,Exclude\nr0,Ann,x,x\n", "row 2: 'Include' and 'Exclude' are ticked"),
        ("record,reviewer,Include,Exclude\nr0,Ann,,wrong year\n", "'wrong year' is neither a tick nor empty"),
        (
            "record,reviewer,Include,Maybe\nr0,Ann,yes,\nr1,Ann,no,\n",
            "row 3: nothing is ticked, but there is 'no' in the column 'Include'",
        ),
        (
            "record,reviewer,Include,Exclude\nr0,Ann,N,N\n",
            "nothing is ticked, but there is 'N' in the column 'Include'",
        ),
        (
            "record,reviewer,Exclude\nr0,Ann,Y\nr1,Ann,N\n",
            "'Exclude' shows what is excluded, and none what is included",
        ),
        ("record,Ann exclude,Bo exclude\nr0,Y,N\n", "'Ann exclude' shows what is excluded"),
        (
            "record,reviewer,decision,Include,Exclude\nr0,Ann,exclude,x,\n",
            "'decision' and 'Include' both contain decisions",
        ),
    ],
)
def test_what_is_not_clear_is_asked_about(tmp_path, text, problem):
    with pytest.raises(StudyError, match=problem):
        said(tmp_path, text)
