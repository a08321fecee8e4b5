"""Exports of survey tools in their own layouts come to one and the same table.

The layouts are written after the tools' documentation and, for LimeSurvey's VV, its export code.
"""

import pytest
from coproduction.core import days as times
from coproduction.core.errors import StudyError
from coproduction.delphi import importing, people_files
from coproduction.delphi.settings import DelphiSettings, ScaleSettings
from coproduction.formats.surveys.answers import labels_of


def wide(found):
    return found.ratings.pivot(index="panellist", columns="statement", values="rating")


def status(found):
    return found.ratings.set_index(["panellist", "statement"])["status"]


def comments(found):
    return found.ratings.set_index(["panellist", "statement"])["comment"]


VV = (
    "Response ID\tDate submitted\tLast page\tStart language\tSeed\tAccess code\t"
    "How do you rate? (Leaders support it)\tHow do you rate? (There is money)\tWhy? (Leaders)\n"
    "id\tsubmitdate\tlastpage\tstartlanguage\tseed\ttoken\tIMP_S1\tIMP_S2\tCOM_S1\n"
    "1\t2026-01-02 10:00:00\t2\ten\t7\tD1\t7\t2\t{quote}First{newline}second{tab}and {lbrace}third}\n"
    "2\t2026-01-02 11:00:00\t2\ten\t8\tD2\t8\tNO\t\n"
    "3\t{question_not_shown}\t1\ten\t9\tD3\t9\t{question_not_shown}\t{question_not_shown}\n"
)


def test_limesurvey_vv_has_two_header_rows_and_words_for_line_breaks(small, carry):
    found = carry(small(r1_csv=VV))
    assert wide(found).loc["D1"].tolist() == [7, 2]
    said = status(found)
    assert (said["D2", "S2"], said["D3", "S2"]) == ("no opinion", "not asked")
    assert comments(found)["D1", "S1"] == '"First\nsecond and {third}'
    assert comments(found)["D3", "S1"] == ""
    times_of = found.submissions.set_index("panellist")["submitted"]
    assert times_of["D1"] == "2026-01-02 10:00:00"
    assert times_of["D3"] == ""  # not finished


HEADINGS = {
    "limesurvey, full texts": "Response ID;Access code;How do you rate? [Leaders support it];"
    "How do you rate? [There is money];Why? [Leaders support it] comment\n1;D1;7;2;why\n2;D2;8;No opinion;\n",
    "limesurvey, code and text": "id. Response ID,token. Access code,IMP[S1]. Rate [Leaders support it],"
    "IMP[S2]. Rate [There is money],COM[S1]. Why?\n1,D1,7,2,why\n2,D2,8,NO,\n",
    "microsoft forms": "ID;Start time;Completion time;Email;Name;Participant ID;Leaders support it;"
    "Comments;There is money;Comments2\n"
    "1;1/13/26 10:00:00;1/13/26 10:05:00;anonymous;;D1;7;why;2;\n"
    "2;1/14/26 9:00:00;1/14/26 9:05:00;anonymous;;D2;8;;No opinion;\n",
    "google forms": "Timestamp,Participant ID,Rate the statements. [Leaders support it],Comments,"
    "Rate the statements. [There is money],Comments\n"
    "1/13/2026 10:00:00,D1,7,why,2,\n1/14/2026 9:00:00,D2,8,,No opinion,\n",
    "surveymonkey": "Respondent ID,Collector ID,Date Created,Date Modified,Email Address,Custom Data 1,"
    "How important?,,Comments on: Leaders support it\n"
    ",,,,,,Leaders support it,There is money,Open-Ended Response\n"
    "11,1,01/13/2026 10:00:00 AM,01/13/2026 10:05:00 AM,,D1,7,2,why\n"
    "12,1,01/14/2026 10:00:00 AM,01/14/2026 01:05:00 PM,,D2,8,No opinion,\n",
    "qualtrics, two rows": "StartDate,EndDate,ResponseId,ExternalReference,S1,S2,S1_comment\n"
    "Start Date,End Date,Response ID,External Data Reference,Leaders support it,There is money,Why?\n"
    "2026-01-13 10:00,2026-01-13 10:05,R_1,D1,7,2,why\n2026-01-14 9:00,2026-01-14 9:05,R_2,D2,8,No opinion,\n",
    "qualtrics, matrix": "StartDate,EndDate,ExternalReference,Q1_1,Q1_2,Q2\n"
    "Start Date,End Date,Ref,Rate. - Leaders support it,Rate. - There is money,Leaders support it: why?\n"
    '"{""ImportId"":""a""}","{""ImportId"":""b""}","{""ImportId"":""c""}","{""ImportId"":""d""}",'
    '"{""ImportId"":""e""}","{""ImportId"":""f""}"\n'
    "2026-01-13 10:00,2026-01-13 10:05,D1,7,2,why\n2026-01-14 9:00,2026-01-14 9:05,D2,8,No opinion,\n",
    "redcap": "record_id,redcap_survey_identifier,round_1_timestamp,s1,s1_no_op,s1_comment,s2,s2_no_op,round_1_complete\n"
    "D1,,2026-01-13 10:05:00,7,0,why,2,0,2\nD2,,2026-01-14 9:05:00,8,0,,,1,2\n",
    "online surveys": "Unique Response Number,1. Your panel code,2. Leaders support it,2.a. Please explain your rating,"
    "3. There is money\n101-1,D1,7 – Very important,why,2 – Unimportant\n"
    "101-2,D2,8 – Essential,,X – Don't know or do not recognise this item\n",
    "one row an answer": "User ID,Stakeholder group,Outcome ID,Outcome,Score,Comments\n"
    "D1,a,S1,Leaders support it,7,why\nD1,a,S2,There is money,2,\n"
    "D2,a,S1,Leaders support it,8,\nD2,a,S2,There is money,Unable to score,\n",
    "one row an answer, by wording": "participant,item,response,comment\nD1,Leaders support it,7,why\n"
    "D1,There is money,2,\nD2,Leaders support it,8,\nD2,There is money,no opinion,\n",
    "codes with other zeros": "token,q_s01,q_s02,q_s01_comment\nD1,7,2,why\nD2,8,NO,\n",
}


@pytest.mark.parametrize("name", sorted(HEADINGS))
def test_layouts_of_the_tools(name, small, carry):
    found = carry(small(r1_csv=HEADINGS[name]))
    table = wide(found)
    assert table.loc["D1"].tolist() == [7, 2]
    assert table.loc["D2", "S1"] == 8
    assert status(found)["D2", "S2"] == "no opinion"
    assert comments(found)["D1", "S1"] == "why"
    assert set(found.submissions.loc[found.submissions["outcome"] == "counts", "panellist"]) == {"D1", "D2"}


def test_a_plain_csv_of_excel_is_read_as_windows_1252(small, carry):
    statements = "statement,text\nS1,Être d’accord\nS2,Avoir été là\n"
    rows = "token;Être d’accord;Avoir été là\nD1;7;2\n".encode("cp1252")
    assert wide(carry(small(statements_csv=statements, r1_csv=rows))).loc["D1"].tolist() == [7, 2]


def test_one_file_may_hold_several_rounds(small, carry):
    rounds = "round,file,status\n1,all.csv,closed\n2,all.csv,closed\n"
    columns = "token,S1_R1,S2_R1,S1_R2,S2_R2\nD1,7,2,8,3\nD2,8,NO,9,4\n"
    rows = "expert,wave,item,rating\nD1,1,S1,7\nD1,1,S2,2\nD1,2,S1,8\nD1,2,S2,3\nD2,1,S1,8\nD2,2,S1,9\nD2,2,S2,4\nD2,3,S1,1\n"
    for content in (columns, rows):
        found = carry(small(rounds_csv=rounds, all_csv=content))
        one = found.ratings.set_index(["round", "panellist", "statement"])["rating"]
        assert (one[1, "D1", "S1"], one[2, "D1", "S1"], one[2, "D2", "S2"]) == (7, 8, 4)
    lost = found.cells.set_index(["round", "outcome"])["n"]
    assert lost[1, importing.OTHER_ROUND] == 1  # round 3 stands in no row of rounds.csv
    assert found.cells["n"].sum() == 8


def test_answers_that_name_no_statement_are_listed_once_and_counted(small, carry):
    rows = "expert,item,rating\nD1,S1,7\nD1,S9,2\nD2,S9,3\nD2,S2,4\n"
    found = carry(small(r1_csv=rows))
    note = found.unmatched[found.unmatched["content"] == "S9"]
    assert note["reason"].tolist() == [f"2 × {importing.NO_STATEMENT}"]
    assert found.cells.set_index("outcome")["n"].to_dict() == {importing.NO_STATEMENT: 2, "rated": 2}


def test_an_error_in_a_row_an_answer_names_its_own_row(small, carry):
    with pytest.raises(StudyError) as failed:
        carry(small(r1_csv="expert,item,rating\nD1,S1,7\nD1,S2,77\n"))
    assert "row 3" in str(failed.value)
    assert "'rating'" in str(failed.value)


def test_the_column_that_holds_the_panel_is_found_whatever_its_name(small, carry):
    panel = "panellist,group\nD1,x\nD2,x\nD3,y\n"
    rows = "Respondent ID,Which number stands on your letter?,S1,S2\n1001,D1,7,2\n1002,d2,8,3\n1003,D3,9,4\n"
    found = carry(small(panel_csv=panel, r1_csv=rows))
    assert wide(found).loc["D2"].tolist() == [8, 3]


def test_the_wording_of_another_version_is_noted(small, carry):
    statements = (
        "statement,version,text,first_round,last_round\nS1,1,Leaders help,1,1\n"
        "S1,2,Leaders support it openly,2,\nS2,1,There is money,1,\n"
    )
    rounds = "round,file,status\n1,r1.csv,closed\n2,r2.csv,closed\n"
    same = "token,S1. Leaders help,S2. There is money\nD1,7,2\n"
    found = carry(small(statements_csv=statements, rounds_csv=rounds, r1_csv=same, r2_csv=same))
    assert found.unmatched[["round", "reason"]].to_numpy().tolist() == [
        [2, "the heading has wording 1 of S1, the round asks version 2"]
    ]


def test_cut_headings_count_where_only_one_statement_begins_so(small, carry):
    statements = (
        "statement,text\nA,Local authorities decide on their services alone\n"
        "B,Local authorities have money of their own for joint work\n"
    )
    rows = "token,Local authorities decide on…,Local authorities have money…\nD1,7,2\n"
    found = carry(small(statements_csv=statements, r1_csv=rows))
    assert wide(found).loc["D1"].tolist() == [7, 2]
    short = rows.replace("decide on…", "…").replace("have money…", ".")
    with pytest.raises(StudyError, match="no column with ratings was found"):
        carry(small(statements_csv=statements, r1_csv=short))


def test_changed_ids_and_late_submissions(small, carry):

    folder = small(
        rounds_csv="round,file,opened,closed,status\n1,r1.csv,2026-01-01,2026-01-31,closed\n",
        r1_csv="token,submitdate,S1,S2\nxyz,2026-01-30 10:00:00,7,2\nD2,2026-02-02 10:00:00,8,3\n",
    )
    (folder / "panellist_ids.csv").write_text("given,panellist,round\nXYZ,D1,1\n")
    found = carry(folder)
    assert set(found.submissions["outcome"]) == {"not in the panel", "counts"}
    ids = people_files._changed_ids(str(folder / "panellist_ids.csv"), found.panel)
    found = carry(folder, ids=ids)
    assert wide(found).loc["D1"].tolist() == [7, 2]
    assert found.submissions.set_index("panellist")["late"].to_dict() == {"D1": "no", "D2": "yes"}
    (folder / "rounds.csv").write_text("round,file,closed,status\n1,r1.csv,31.1.2026,closed\n")
    strict = carry(folder, DelphiSettings(late="leave out"), ids=ids)
    assert strict.submissions["outcome"].tolist() == ["counts", "late"]
    assert strict.cells.set_index("outcome")["n"].to_dict() == {"late": 2, "rated": 2}
    (folder / "panellist_ids.csv").write_text("given,panellist\nXYZ,D9\n")
    with pytest.raises(StudyError, match="no panellist 'D9'"):
        people_files._changed_ids(str(folder / "panellist_ids.csv"), found.panel)


def scale(lowest, highest, low, high, **other):
    ends = dict(lowest=lowest, highest=highest, unfavourable_to=low, favourable_from=high)
    return DelphiSettings(scale=ScaleSettings(**ends), **other)


@pytest.mark.parametrize(
    ("settings", "cell", "wanted"),
    [
        (scale(0, 10, 3, 7), "0", ("rated", 0)),
        (scale(0, 10, 3, 7), "10 = certain", ("rated", 10)),
        (scale(1, 7, 2, 6), "Very important (7)", ("rated", 7)),
        (scale(1, 7, 2, 6), "important – 6", ("rated", 6)),
        (scale(1, 7, 2, 6), "5. Agree", ("rated", 5)),
        (scale(1, 7, 2, 6), "5) Agree", ("rated", 5)),
        (scale(1, 7, 2, 6), "Very important 7", ("rated", 7)),
        (DelphiSettings(), "Prefer not to answer", ("missing", None)),
        (DelphiSettings(), "7.0", ("rated", 7)),
        (DelphiSettings(), "NA", ("missing", None)),
        (DelphiSettings(), "Keine Antwort", ("missing", None)),
        (DelphiSettings(), "Sans réponse", ("missing", None)),
        (DelphiSettings(), "N/A", ("not asked", None)),
        (DelphiSettings(), "-99", ("missing", None)),
        (DelphiSettings(), "I don’t know", ("no opinion", None)),
        (DelphiSettings(no_opinion=["10"]), "10", ("no opinion", None)),
        (DelphiSettings(answer_labels={"No change": 5}), "no change", ("rated", 5)),
    ],
)
def test_answers(settings, cell, wanted):
    assert settings.answer_key.parse(cell) == wanted


@pytest.mark.parametrize("cell", ["7.5", "good", "11", "-3", "7.5. x", "in 2026 or 2027", "good 11"])
def test_what_is_no_rating_is_refused(cell):
    with pytest.raises(ValueError, match="rating"):
        DelphiSettings().answer_key.parse(cell)


def test_boxes_of_a_checkbox_are_no_ratings(small, carry):
    found = carry(small(r1_csv="record_id,s1,s2,s2___1,s2___2\nD1,7,2,1,0\n"))
    assert wide(found).loc["D1"].tolist() == [7, 2]
    assert found.unmatched["column"].tolist() == ["s2___1", "s2___2"]


def test_labels_in_words_need_a_set_with_as_many_points():
    five = scale(1, 5, 2, 4)
    cells = ["Agree", "strongly disagree", "", "no opinion", "Neutral"]
    found = labels_of(cells, five.answer_key)
    assert found["agree"] == 4
    assert five.answer_key.with_words_of(cells).parse("Strongly Agree") == ("rated", 5)
    assert labels_of(cells, DelphiSettings().answer_key) == {}  # nine points, five words
    assert labels_of([*cells, "perhaps"], five.answer_key) == {}
    assert labels_of(["Plutôt d'accord", "Tout à fait d’accord"], five.answer_key)["plutot d accord"] == 4
    from_zero = labels_of(cells, scale(0, 4, 1, 3).answer_key)
    assert from_zero["strongly disagree"] == 0


@pytest.mark.parametrize(
    ("stamps", "order", "wanted"),
    [
        (["3/4/2026 1:05 PM", "3/14/2026 0:10"], "auto", ["2026-03-04 13:05:00", "2026-03-14 00:10:00"]),
        (["24.11.2026 08:00:01"], "auto", ["2026-11-24 08:00:01"]),
        (["28/2/2026", "1/3/2026"], "auto", ["2026-02-28 00:00:00", "2026-03-01 00:00:00"]),
        (
            ["9/3/2026", "10/3/2026", "1/4/2026"],
            "auto",
            ["2026-03-09 00:00:00", "2026-03-10 00:00:00", "2026-04-01 00:00:00"],
        ),
        (["3/4/2026"], "day", ["2026-04-03 00:00:00"]),
        (["2026-01-13T10:05:00Z", "in May", ""], "auto", ["2026-01-13 10:05:00", "in May", ""]),
        (["12:30 am", "31/31/2026"], "auto", ["12:30 am", "31/31/2026"]),
    ],
)
def test_time_stamps_are_read_by_the_whole_column(stamps, order, wanted):
    assert times.as_iso(stamps, order) == wanted


def test_in_real_time_the_last_answer_on_each_statement_counts(small, carry):
    rows = (
        "token,submitdate,S1,S2,COM[S1]\nD1,2026-01-02 10:00:00,7,2,first\nD2,2026-01-02 11:00:00,8,NO,\n"
        "D1,2026-01-05 10:00:00,9,,second\nGHOST,2026-01-05 10:00:00,1,1,\n"
    )
    found = carry(small(r1_csv=rows), DelphiSettings(real_time=True))
    assert wide(found).loc["D1"].tolist() == [9, 2]
    assert comments(found)["D1", "S1"] == "second"
    assert found.submissions["outcome"].tolist() == ["revised later", "counts", "counts", "not in the panel"]
    own = found.revisions[(found.revisions["panellist"] == "D1") & (found.revisions["statement"] == "S1")]
    assert own[["order", "rating", "counts"]].to_numpy().tolist() == [[1, 7, "no"], [2, 9, "yes"]]
    cells = found.cells.set_index("outcome")["n"]
    assert cells.to_dict() == {"no opinion": 1, "not in the panel": 2, "rated": 3, importing.REVISED: 1}


def test_a_row_an_answer_with_times_is_real_time_too(small, carry):
    rows = (
        "expert,item,rating,timestamp\nD1,S1,7,2026-01-02 10:00\nD1,S1,3,2026-01-09 10:00\n"
        "D2,S1,8,2026-01-03 09:00\nD1,S1,5,2026-01-05 10:00\n"
    )
    found = carry(small(r1_csv=rows))
    assert wide(found).loc[["D1", "D2"], "S1"].tolist() == [3, 8]
    own = found.revisions[found.revisions["panellist"] == "D1"]
    assert own["rating"].tolist() == [7, 5, 3]
    first = carry(small(r1_csv=rows), DelphiSettings(double_submissions="first"))
    assert wide(first).loc["D1", "S1"] == 7
