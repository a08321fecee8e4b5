"""Sheets with a column per reviewer: whose decisions are they, and what is asked."""

import pytest
from coproduction.core.errors import StudyError
from screening.study_folder import Folder


def said(tmp_path, text):
    folder = Folder(tmp_path).write(
        "criteria.csv", "criterion,kind,label,text\nlang,exclude,Wrong language,x\noff,exclude,Off topic,y\n"
    )
    settled = folder.write("title_abstract.csv", text).settle()
    assert settled.findings.empty
    rows = settled.decisions[["record", "reviewer", "decision", "reason"]]
    return sorted("/".join(filter(None, row)) for row in rows.itertuples(index=False))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "record,Reviewer 1,Reviewer 2,Decision\nr0,include,exclude,include\nr1,no,no,\n",
            [
                "r0/Reviewer 1/include",
                "r0/Reviewer 2/exclude",
                "r0/team/include",
                "r1/Reviewer 1/exclude",
                "r1/Reviewer 2/exclude",
            ],
        ),
        (
            "record,Reviewer 1,Reviewer 2,Consensus,Reason\nr0,include,exclude,exclude,lang\n",
            ["r0/Reviewer 1/include", "r0/Reviewer 2/exclude", "r0/team/exclude/lang"],
        ),
        (
            "record,Ann decision,Ann reason,Bo's decision,Final decision\nr0,exclude,off,exclude,exclude\n",
            ["r0/Ann/exclude/off", "r0/Bo/exclude", "r0/team/exclude"],
        ),
        (
            "record,Reviewer 1,Decision 1,Reviewer 2,Decision 2\nr0,Ann,ja,Bo,nein\nr1,Cy,nein,Bo,nein\n",
            ["r0/Ann/include", "r0/Bo/exclude", "r1/Bo/exclude", "r1/Cy/exclude"],
        ),
        (
            "record,reviewer,decision,Final decision\nr0,Ann,include,include\nr0,Bo,exclude,include\n",
            ["r0/Ann/include", "r0/Bo/exclude", "r0/team/include"],
        ),
        (
            "record,decision Ann,decision Bo,In full text,Final\nr0,include,exclude,exclude,include\n",
            ["r0/Ann/include", "r0/Bo/exclude", "r0/team/include"],
        ),
        (
            "record,Screener A,Screener B,Outcome\nr0,include,exclude,include\n",
            ["r0/Screener A/include", "r0/Screener B/exclude", "r0/team/include"],
        ),
        (
            "record;Gutachter 1;Gutachter 2;Entscheidung\nr0;ja;nein;ja\n",
            ["r0/Gutachter 1/include", "r0/Gutachter 2/exclude", "r0/team/include"],
        ),
        (
            "record,reviewer,decision,Open access?\nr0,Ann,include,yes\nr1,Ann,exclude,no\n",
            ["r0/Ann/include", "r1/Ann/exclude"],
        ),
        (
            "record,Reviewer 1,Reason 1,Reviewer 2,Reason 2\nr0,exclude,off,exclude,lang\n",
            ["r0/Reviewer 1/exclude/off", "r0/Reviewer 2/exclude/lang"],
        ),
        (
            "record,Ann,Bo,Reason\nr0,exclude,include,off\nr1,exclude,exclude,lang\nr2,include,include,\n",
            [
                "r0/Ann/exclude/off",
                "r0/Bo/include",
                "r1/Ann/exclude/lang",
                "r1/Bo/exclude/lang",
                "r2/Ann/include",
                "r2/Bo/include",
            ],
        ),
        (
            ",Ann,,Bo,\nrecord,Decision,Reason,Decision,Reason\nr0,include,,exclude,lang\n",
            ["r0/Ann/include", "r0/Bo/exclude/lang"],
        ),
        (
            "record,Reviewer 1 name,Reviewer 1 decision,R2 initials,R2 decision\nr0,Ann,include,Bo,no\nr1,Cy,no,Ann,no\n",
            ["r0/Ann/include", "r0/Bo/exclude", "r1/Ann/exclude", "r1/Cy/exclude"],
        ),
        (
            "record,First reviewer,First decision,Second reviewer,Second decision\nr0,Ann,yes,Bo,no\nr1,Cy,no,Bo,no\n",
            ["r0/Ann/include", "r0/Bo/exclude", "r1/Bo/exclude", "r1/Cy/exclude"],
        ),
        (
            "record,Ann,Bo,Discussion outcome\nr0,include,exclude,include\n",
            ["r0/Ann/include", "r0/Bo/exclude", "r0/team/include"],
        ),
        (
            "record,Decision Ann,Decision Bo,Decision (after discussion)\nr0,include,exclude,include\n",
            ["r0/Ann/include", "r0/Bo/exclude", "r0/team/include"],
        ),
        (
            "record,Ann,Bo,Population,RCT\nr0,1,0,1,0\nr1,0,0,0,1\n",
            ["r0/Ann/include", "r0/Bo/exclude", "r1/Ann/exclude", "r1/Bo/exclude"],
        ),
        (
            "Unnamed: 0,record,Ann,Bo\n0,r0,1,0\n1,r1,0,0\n",
            ["r0/Ann/include", "r0/Bo/exclude", "r1/Ann/exclude", "r1/Bo/exclude"],
        ),
        ("record,reviewer,Include/Exclude?\nr0,Ann,Include\nr1,Ann,Exclude\n", ["r0/Ann/include", "r1/Ann/exclude"]),
        (
            "record,Include? Ann,Include? Bo\nr0,yes,no\nr1,no,no\n",
            ["r0/Ann/include", "r0/Bo/exclude", "r1/Ann/exclude", "r1/Bo/exclude"],
        ),
    ],
)
def test_whose_decisions_they_are(tmp_path, text, expected):
    assert said(tmp_path, text) == expected


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("record,reviewer,Decision title/abstract,Decision full text\nr0,Ann,include,exclude\n", "of two stages"),
        ("record,Title/abstract decision,Full text decision\nr0,include,exclude\n", "of two stages"),
        ("record,reviewer,decision,Decision full text\nr0,Ann,include,exclude\n", "both contain decisions"),
        ("record,reviewer,decision,second look\nr0,Ann,include,exclude\n", "'decision' and 'second look' both"),
        ("record,Ann,Decision\nr0,include,exclude\nr1,include,include\n", "'Decision' and 'Ann' both contain"),
        ("record,ann,bo,open_access\nr0,1,0,1\nr1,0,0,1\n", "'open_access' may contain"),
        ("record,Ann,Bo,Open access,Consensus decision\nr0,include,exclude,yes,include\n", "'Open access' may contain"),
        (
            "record,Human decision,AI decision\nr0,include,exclude\n",
            "'AI decision' may contain what a program suggested",
        ),
        ("record,Ann,Bo,Open access\nr0,include,exclude,yes\nr1,include,exclude,no\n", "'Open access' may contain"),
        ("record,Ann,Bo,Open access?\nr0,yes,no,yes\nr1,yes,no,no\n", "'Open access\\?' may contain"),
        ("record,Screening decision\nr0,include\n", "there is no column 'reviewer'"),
        (
            "record,Reviewer 1,Reviewer 2,Decision\nr0,include,exclude,exclude\nr1,exclude,later,exclude\n",
            "'later' is not a decision",
        ),
        ("record,reviewer,decision,stage\nr0,Ann,include,Title\nr0,Ann,no,Full text\n", "row 3, column 'stage'"),
        ("record,Ann\nr0,include\n", "the column 'Ann' seems to contain decisions under another heading"),
        ("record,Ann,Bo,Agreement\nr0,include,include,yes\nr1,include,exclude,no\n", "'Agreement' may contain"),
        ("record,Ann,Bo,Resolved\nr0,yes,no,yes\nr1,no,no,no\n", "'Resolved' may contain"),
        ("record,Ann,Bo,Open access\nr0,1,0,1\nr1,0,0,0\n", "'Open access' may contain"),
        (
            "record,Ann,Bo,AI suggestion\nr0,include,exclude,include\nr1,exclude,exclude,exclude\n",
            "'AI suggestion' may contain",
        ),
        (
            "record,Abstract,Full text\nr0,include,exclude\nr1,exclude,\n",
            "'Abstract' and 'Full text' contain decisions of two",
        ),
        ("record,Decision Ann TA,Decision Ann FT\nr0,include,exclude\n", "contain decisions of two stages"),
        ("record,reviewer,decision,include\nr0,Ann,include,no\n", "'decision' and 'include' both contain decisions"),
        ("record,reviewer,decision,Level\nr0,Ann,include,1\nr0,Ann,exclude,2\n", "the rows are of stages 1 and 2"),
        ("record,reviewer,decision\nr0,Ann,TRUE\n", "'TRUE' is not a decision"),
        (
            "record,reviewer,decision,stage\nr0,Ann,include,FT\n",
            "row 2, column 'stage': the row belongs to another stage",
        ),
        (
            "record,reviewer,decision,Screening stage\nr0,Ann,include,Volltext\n",
            "belongs to another stage \\('Volltext'\\)",
        ),
        ("record,Ann (pilot),Bo (pilot),Ann,Bo\nr0,Y,N,Y,N\n", "'Ann \\(pilot\\)' and 'Ann' belong to one person"),
        ("record,Ann R1,Bo R1,Ann R2\nr0,yes,no,yes\n", "'Ann R1' and 'Ann R2' belong to one person"),
        ("record,2019,2020\nr0,1,0\n", "the columns 'reviewer', 'decision' are missing"),
        ("record,reviewer,Population,Outcome,decision\nr0,Ann,yes,no,exclude\n", "'Outcome' may contain"),
        ("record,Ann FT,Bo FT\nr0,yes,no\n", "the columns belong to another stage \\('Ann FT'\\)"),
        ("record,Ann,Bo,Relevant\nr0,1,0,1\nr1,0,0,0\n", "'Relevant' may contain"),
        ("record,Ann,ann\nr0,1,0\n", "'Ann' and 'ann' belong to one person"),
        ("record,Ann,Bo,Outcome\nr0,yes,no,no\nr1,yes,no,yes\n", "'Outcome' may contain"),
        (
            "record,Ann,Bo,Excluded\nr0,1,1,0\nr1,0,0,1\n",
            "'Excluded' shows what is excluded, and none what is included",
        ),
        ("record,reviewer,decision\nr0,Ann + Bo,include\n", "'Ann \\+ Bo' names several"),
        ("record,reviewer,decision\nr0,both,include\n", "'both' names several"),
        ('record,reviewer,decision\nr0,"Ann, Bo",include\nr1,Bo,include\n', "'Ann, Bo' names several"),
        ("record,reviewer,decision,reason\nr0,Ann,,lang\n", "row 2, column 'decision': there is a reason, but no"),
    ],
)
def test_what_has_two_readings_is_asked_about(tmp_path, text, problem):
    with pytest.raises(StudyError, match=problem):
        said(tmp_path, text)


def test_initials_that_could_be_a_stage(tmp_path):
    assert said(tmp_path, "record,Decision FT,Decision AB\nr0,include,no\n") == ["r0/AB/exclude", "r0/FT/include"]


@pytest.mark.parametrize("column", ["Volume", "Duplicate", "Conflict", "nr", "study_id", "Score", "Country"])
def test_columns_of_ones_and_noughts_that_are_nobodys_decisions(tmp_path, column):
    text = f"record,Ann,Bo,{column}\nr0,1,0,1\nr1,0,0,0\n"
    assert said(tmp_path, text) == ["r0/Ann/include", "r0/Bo/exclude", "r1/Ann/exclude", "r1/Bo/exclude"]


def test_true_and_false_under_included_and_numbers_of_reviewers_of_a_table_program(tmp_path):
    text = "record;reviewer;Included (TRUE/FALSE)\nr0;1;WAHR\nr0;2.0;FALSCH\nr1;1.0;FALSCH\n"
    assert said(tmp_path, text) == ["r0/1/include", "r0/2/exclude", "r1/1/exclude"]


def test_what_is_headed_by_nobody_goes_to_all_to_whom_it_can_apply(tmp_path):
    folder = Folder(tmp_path).write("criteria.csv", "criterion,kind,label,text\noff,exclude,Off topic,y\n")
    text = "record,Ann,Bo,Date,Notes Ann,Notes,Reason\nr0,exclude,exclude,28.1.2026,hm,both agreed,off\n"
    decisions = folder.write("title_abstract.csv", text).settle().decisions
    assert decisions["scope"].tolist() == ["reason of the team"] * 2
    assert decisions["date"].tolist() == ["2026-01-28"] * 2
    assert decisions["note"].tolist() == ["hm; both agreed", ""]


@pytest.mark.parametrize(
    ("head", "cells"),
    [
        ("Reason 1,Reason 2", "far,off"),
        ("reason,Reason (other)", "far,off"),
        ("Exclusion criterion,Other reason", "off,far"),
    ],
)
def test_of_several_columns_of_reasons_none_is_lost(tmp_path, head, cells):
    folder = Folder(tmp_path).write("criteria.csv", "criterion,kind,label,text\noff,exclude,Off topic,y\n")
    text = f"record,reviewer,decision,{head},Comments/notes,Decision date\nr0,Ann,exclude,{cells},hm,2026-01-28\n"
    row = folder.write("title_abstract.csv", text).settle().decisions.iloc[0]
    assert (row["reason"], sorted(row["note"].split("; ")), row["date"]) == ("off", ["far", "hm"], "2026-01-28")


def test_a_family_name_before_a_given_name_is_one_reviewer(tmp_path):
    assert said(tmp_path, 'record,reviewer,decision\nr0,"Alder, Ann",include\n') == ["r0/Alder, Ann/include"]


def test_a_ticked_column_with_the_name_of_a_criterion_is_the_reason(tmp_path):
    folder = Folder(tmp_path).write("criteria.csv", "criterion,kind,label,text\noff,exclude,Off topic,y\n")
    text = "record,reviewer,decision,Wrong language,Off topic\nr0,Ann,exclude,,x\nr1,Ann,exclude,x,\nr2,Ann,include,,\n"
    rows = folder.write("title_abstract.csv", text).settle().decisions
    assert rows[["reason", "note"]].to_numpy().tolist() == [["off", ""], ["", "Wrong language"], ["", ""]]


@pytest.mark.parametrize(
    "heads",
    [
        "Consensus decision,Consensus reason",
        "consensus_decision,consensus_reason",
        "Final decision,Final reason",
        "final_decision,final_reason",
        "decision_final,reason_final",
        "Decision (final),Reason (final)",
    ],
)
def test_votes_under_names_count_beside_what_the_team_came_to_and_its_reason(tmp_path, heads):
    text = f"record,Ann,Bo,{heads}\nr0,exclude,include,exclude,old\n"
    rows = Folder(tmp_path).write("title_abstract.csv", text).settle().decisions
    assert [tuple(row) for row in rows[["reviewer", "decision", "reason"]].itertuples(index=False)] == [
        ("Ann", "exclude", ""),
        ("Bo", "include", ""),
        ("team", "exclude", "old"),
    ]


@pytest.mark.parametrize("heading", ["why", "reasons", "reason_excluded", "Reasons for exclusion"])
def test_further_headings_of_reasons(tmp_path, heading):
    text = f"record,reviewer,decision,{heading}\nr0,Ann,exclude,old\n"
    assert Folder(tmp_path).write("title_abstract.csv", text).settle().decisions["reason"].tolist() == ["old"]
