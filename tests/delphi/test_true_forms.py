"""Round files as survey tools and people by hand write them, with all that may stand around the answers.

Each form is invented content in the layout of a real program. What must come out of each: ratings,
submissions that do not count, and columns that are asked about or not used.
"""

import pytest
from coproduction.core.errors import StudyError
from coproduction.delphi.settings import DelphiSettings

STATEMENTS = (
    "statement,text\nS01,Staff have time for co-production\nS02,Trust in the municipality\n"
    "S03,Reasons for refusals are given in writing\n"
)
PANEL = "panellist,group\n" + "".join(f"P{k:02},x\n" for k in range(1, 9))
ONE, TWO = "Staff have time for co-production", "Trust in the municipality"


@pytest.fixture
def read(small, carry):
    """Carry files of rounds (r1, r2 …) with three statements and eight panellists."""

    def carried(*rounds, settings=None, panel=PANEL, listed=None):
        files = {f"r{k}_csv": text for k, text in enumerate(rounds, start=1)}
        lines = [f"{k},r{k}.csv,closed\n" for k in range(1, len(rounds) + 1)]
        listed = listed or "round,file,status\n" + "".join(lines)
        folder = small(statements_csv=STATEMENTS, panel_csv=panel, rounds_csv=listed, **files)
        return carry(folder, settings)

    return carried


def answers(found, number=1):
    """Rating or status by panellist, statement after statement; what was not asked is left out."""
    own = found.ratings[(found.ratings["round"] == number)]
    given = own["rating"].astype(object).where(own["status"] == "rated", own["status"])
    wide = own.assign(given=given).pivot(index="panellist", columns="statement", values="given")
    return {who: [v for v in row if v != "not asked"] for who, row in zip(wide.index, wide.to_numpy(), strict=True)}


def comments(found):
    own = found.ratings[found.ratings["comment"] != ""]
    return {(p, s): c for p, s, c in own[["panellist", "statement", "comment"]].to_numpy()}


def qualtrics(head, texts, ids, *rows):
    keys = ",".join('"{""ImportId"":""' + key + '""}"' for key in ids.split(","))
    return "\n".join([head, texts, keys, *rows]) + "\n"


GERMAN = "Startdatum,Antworttyp,Fortschritt,Beendet,Aufzeichnungsdatum,Antwort-ID,Externe Datenreferenz"
FORMS = {
    "Qualtrics in German": (
        qualtrics(
            f"{GERMAN},Q2_1,Q2_2",
            f"{GERMAN},<b>{ONE}</b>,{TWO}",
            "startDate,status,progress,finished,recordedDate,_recordId,externalDataReference,QID2_1,QID2_2",
            "2026-02-01 09:00,Umfragevorschau,100,Wahr,2026-02-01 09:10,R_0,,1,1",
            "2026-02-01 09:00,IP-Adresse,100,Wahr,2026-02-01 09:10,R_1,P01,9,7",
            "2026-02-01 09:00,IP-Adresse,30,Falsch,2026-02-04 09:10,R_2,P01,3,",
            "2026-02-01 09:00,IP-Adresse,100,Wahr,2026-02-02 09:10,R_3,P02,8,6",
        ),
        {"P01": [9, 7], "P02": [8, 6]},
        {"test or preview": 1, "double submission": 1},
    ),
    "Qualtrics with consent and comments": (
        qualtrics(
            "StartDate,Status,Progress,Finished,RecordedDate,ResponseId,ExternalReference,Consent,Q2_1,Q3_1,Q5_8_TEXT",
            f'Start Date,Response Type,Progress,Finished,Recorded Date,Response ID,External Data Reference,Do you consent?,How important? - {ONE},Please comment - {ONE},"Which? - Other, please specify - Text"',
            "startDate,status,progress,finished,recordedDate,_recordId,externalDataReference,QID1,QID2_1,QID3_1,QID5_8_TEXT",
            "2026-02-01 09:00,IP Address,100,True,2026-02-01 09:10,R_1,P01,Yes,9 - essential,because,",
            "2026-02-01 09:00,IP Address,100,True,2026-02-01 09:10,R_2,p02,Yes,Don't know,,other",
            "2026-02-01 09:00,IP Address,100,True,2026-02-01 09:10,R_5,X77,No,,,",
        ),
        {"P01": [9], "P02": ["no opinion"]},
        {"not in the panel": 1},
    ),
    "LimeSurvey in French, full texts only": (
        '"ID de la réponse","Date de soumission","Dernière page","Code d\'invitation",'
        f'"Importance [{ONE}]","Importance [{TWO}]","Commentaires [{ONE}]"\n'
        '"1","2026-02-01 10:00:00","3","P01","9","7","oui"\n"2","","1","P01","5","",""\n',
        {"P01": [9, 7]},
        {"double submission": 1},
    ),
    "REDCap, labels": (
        f'"Record ID","Event Name","Survey Identifier","Survey Timestamp","{ONE}","{TWO}","Complete?"\n'
        '"1","Round 1 (Arm 1: Panel)","P01","2026-02-01 10:00:00","9 - Essential","7","Complete"\n'
        '"2","Round 1 (Arm 1: Panel)","P01","[not completed]","5","","Incomplete"\n'
        '"3","Round 1 (Arm 1: Panel)","P02","2026-02-01 10:00:00","","6","Complete"\n',
        {"P01": [9, 7], "P02": ["missing", 6]},
        {"double submission": 1},
    ),
    "REDCap, a box for each point": (
        "record_id,redcap_survey_identifier,s01___1,s01___5,s01___9,s02\n1,P01,0,0,1,7\n2,P02,0,1,0,8\n3,P03,1,1,0,8\n",
        {"P01": [9, 7], "P02": [5, 8], "P03": ["refused", 8]},
        {},
    ),
    "SurveyMonkey with comments under each statement": (
        f"Respondent ID,Collector ID,Custom Data 1,{ONE},,{TWO},,Other (please specify)\n"
        ",,,Response,Please comment:,Response,Please comment:,\n"
        "1001,5,P01,9 = essential,well,8,hm,\n1002,5,P02,7,,6,,housing\n",
        {"P01": [9, 8], "P02": [7, 6]},
        {},
    ),
    "Google Forms in Italian": (
        f"Informazioni cronologiche,Codice,{ONE},Commento (facoltativo),{TWO},Commento (facoltativo)\n"
        "2026/02/01 9:00:00 AM CET,P01,9,ok,8,\n2026/02/02 9:00:00 AM CET,P01,7,,Non so,\n",
        {"P01": [7, "no opinion"]},
        {"double submission": 1},
    ),
    "Microsoft Forms, a quiz": (
        f'ID,Completion time,Email,Name,"Points - {ONE}","Feedback - {ONE}",{ONE},{TWO},Panel code\n'
        "1,2/1/2026 9:10:00,anonymous,,0,,9,8,P01\n2,2/1/2026 9:10:00,anonymous,,0,,7,6,P02\n",
        {"P01": [9, 8], "P02": [7, 6]},
        {},
    ),
    "KoboToolbox": (
        "start;end;code;Importance/S01;Importance/S02;_id;_uuid;_submission_time;_validation_status;_index\n"
        "a;b;P01;9;8;1;u1;2026-02-01T08:10:05;;1\n"
        "a;b;P02;7;6;2;u2;2026-02-03T08:10:05;validation_status_not_approved;2\n"
        "a;b;P02;8;6;3;u3;2026-02-02T08:10:05;;3\n",
        {"P01": [9, 8], "P02": [8, 6]},
        {"not approved": 1},
    ),
    "eDelphi, a row an answer": (
        f"Panel,Query,Panelist ID,Thesis,Answer,Comment,Date\nC,Round 1,P01,{ONE},9,well,1.2.2026 9:00\n"
        f'C,Round 1,P01,{TWO},8,,1.2.2026 9:00\nC,Round 1,P02,{ONE},"7,0",,13.2.2026 9:00\n'
        f"C,Round 1,P02,{ONE},,,14.2.2026 9:00\n",
        {"P01": [9, 8], "P02": [7, "missing"]},
        {},
    ),
    "eDelphi, a column an answer": (
        f'Vastaaja;Aika;"{ONE} | Importance";"{ONE} | Comment";"{TWO} | Importance"\nP01;1.2.2026;9;a;8\n'
        "P02;2.2.2026;7;;6\n",
        {"P01": [9, 8], "P02": [7, 6]},
        {},
    ),
    "by hand, a title above": (
        'Delphi round 1,,,\n"as of 3 March 2026",,,\n,,,\nCode,S01,S02,S03\nP01,9,8,7\nP02,7,6,"5,0"\n'
        "Mean,8,7,7.67\nMedian,8,7,7\n",
        {"P01": [9, 8, 7], "P02": [7, 6, 5]},
        {"summary row": 2},
    ),
    "by hand, merged headings": (
        "Code,S01,,S02,\n,rating,comment,rating,comment\nP01,9,well,8,\nP02,7,,6,no\n",
        {"P01": [9, 8], "P02": [7, 6]},
        {},
    ),
    "by hand, ids in two columns": (
        "panellist,ExternalReference,S01,S02\n,P01,9,8\n,P02,7,6\nP03,P03,5,5\n",
        {"P01": [9, 8], "P02": [7, 6], "P03": [5, 5]},
        {},
    ),
}


@pytest.mark.parametrize("form", sorted(FORMS))
def test_forms_of_survey_tools_and_by_hand(form, read):
    text, wanted, uncounted = FORMS[form]
    found = read(text)
    assert answers(found) == wanted
    outcomes = found.submissions.loc[found.submissions["outcome"] != "counts", "outcome"]
    assert outcomes[outcomes != "revised later"].value_counts().to_dict() == uncounted
    everything = found.columns_read["column"].tolist()
    assert len(everything) == len(set(everything))  # each column once, whatever became of it
    reasons = found.columns_read.set_index("column")[["taken_for", "reason"]]
    unused = reasons["taken_for"].isin(["not used", "asked about"])
    assert (unused == (reasons["reason"] != "")).all()


def test_each_comment_stays_with_its_statement(read):
    for form in ("SurveyMonkey with comments under each statement", "by hand, merged headings"):
        found = read(FORMS[form][0])
        assert comments(found)["P01", "S01"] == "well"
        assert ("P01", "S02") in comments(found) or ("P02", "S02") in comments(found)


def test_a_comment_after_several_statements_is_asked_about(read):
    found = read(f"Code,How important? [{ONE}],How important? [{TWO}],Comments\nP01,9,8,which?\nP02,7,6,\n")
    assert comments(found) == {}
    (row,) = found.columns_to_settle.to_dict("records")
    assert (row["column"], row["statement"]) == ("Comments", "S02")
    assert "all statements from S01 on" in row["asked"]


def test_what_stands_outside_the_table_is_listed(read):
    found = read("Delphi round 1,,,\nCode,S01,,S02\nP01,9,8,8\nP02,7,,6\n")
    told = found.unmatched[["row", "content", "reason"]].astype(object)
    told = told.where(told.notna(), None).to_numpy().tolist()
    assert [1, "Delphi round 1", "a title above the header"] in told
    assert [None, "column 3, cells: 1", "the column has no heading"] in told


def test_a_status_that_is_not_known_counts_and_is_told(read):
    text = qualtrics(
        "Status,Progress,Finished,ResponseId,ExternalReference,S01,S02",
        "Response Type,Progress,Finished,Response ID,External Data Reference,S01,S02",
        "status,progress,finished,_recordId,externalDataReference,QID1,QID2",
        "Kiosk,100,True,R_1,P01,9,8",
    )
    found = read(text)
    assert answers(found) == {"P01": [9, 8]}
    assert found.unmatched.iloc[0]["content"] == "Kiosk (1)"


def test_boxes_that_are_no_points_are_asked_about(read):
    found = read("record_id,token,s01___1,s01___77,s02\n1,P01,1,0,7\n2,P02,0,1,8\n")
    assert set(found.columns_to_settle["column"]) == {"s01___1", "s01___77"}
    assert answers(found) == {"P01": [7], "P02": [8]}


def test_persons_without_a_panel(small, judge):
    from coproduction.core import people_tables
    from coproduction.delphi import people_files
    from coproduction.delphi import tables as forms

    rounds = "round,file,status\n1,r1.csv,closed\n2,r2.csv,closed\n"
    folder = small(
        rounds_csv=rounds, r1_csv="token,S1,S2\nAbc,9,8\nDef,7,6\nABC,5,5\n", r2_csv="token,S1,S2\nabc,4,8\ndef,3,6\n"
    )
    kept = people_files.Study(
        folder,
        people_files.read_statements(folder / "statements.csv"),
        people_tables.read_people_table(folder / "rounds.csv", forms.STUDY_ROUNDS),
        None,
    )
    found = judge(kept, DelphiSettings(bootstrap=100))
    assert found.panel["panellist"].tolist() == ["Abc", "Def"]
    assert found.submissions["outcome"].tolist() == ["double submission", "counts", "counts"] + ["counts"] * 2
    assert found.change["pairs"].tolist() == [2, 2]
    (folder / "r1.csv").write_text("Email,S1,S2\na@x.org,9,8\nb@x.org,7,6\nA@x.org,5,5\n")
    (folder / "r2.csv").write_text("Email,S1,S2\na@x.org,9,8\n")
    found = judge(kept, DelphiSettings(bootstrap=100))
    assert found.ratings.groupby("round")["panellist"].nunique().tolist() == [2, 1]
    assert not found.ratings["panellist"].str.contains("@").any()


def test_an_id_that_is_alike_is_named_and_not_taken(read):
    found = read("Participant ID,S01,S02\np01,9,8\nP2,7,6\nP-03,8,7\nP04.,5,5\nZed,5,5\n")
    assert answers(found) == {"P01": [9, 8]}
    reasons = found.unmatched.set_index("content")["reason"]
    for given, meant in (("P2", "P02"), ("P-03", "P03"), ("P04.", "P04")):
        assert f"if {meant} is meant" in reasons[given]
    assert reasons["Zed"] == "there is no such panellist in panel.csv"


def test_two_columns_that_name_different_panellists_are_an_error(read):
    with pytest.raises(StudyError, match=r"row 2: 'panellist' and 'token' name different panellists"):
        read("token,panellist,S01,S02\nP01,P02,9,8\nP02,P01,7,6\nP03,P03,5,5\n")
    settings = DelphiSettings(panellist_column="token")
    assert "P01" in answers(read("token,panellist,S01,S02\nP01,P02,9,8\n", settings=settings))


ROUNDS = "round,file,status\n1,r1.csv,closed\n2,r1.csv,closed\n"


@pytest.mark.parametrize(
    "names", [("First round", "Second round"), ("I", "II"), ("first_arm_1", "second_arm_1"), ("Runde 1", "Runde 2")]
)
def test_rounds_in_words(names, read):
    found = read(f"token,Round,S01\nP01,{names[0]},9\nP01,{names[1]},7\n", listed=ROUNDS)
    assert (answers(found, 1), answers(found, 2)) == ({"P01": [9]}, {"P01": [7]})


def test_rows_of_no_round_are_listed_once(read):
    found = read("token,round,S01\nP01,1,9\nP01,2,7\nP02,,7\nP03,3,1\n", listed=ROUNDS)
    own = found.unmatched[["row", "column", "content"]].to_numpy().tolist()
    assert own == [[4, "round", ""], [5, "round", "3"]]
    assert found.cells.set_index("outcome").loc["of a round missing from rounds.csv", "n"] == 2


def test_each_round_of_redcap_has_its_own_time(read):
    found = read(
        "record_id,redcap_survey_identifier,r1_timestamp,s01_r1,r1_complete,r2_timestamp,s01_r2,r2_complete\n"
        "1,P01,2026-01-01 10:00:00,7,2,2026-02-01 10:00:00,8,2\n2,P02,2026-01-02 10:00:00,5,2,[not completed],5,0\n",
        listed=ROUNDS,
    )
    second = found.submissions[found.submissions["round"] == 2]
    assert second["submitted"].tolist() == ["2026-02-01 10:00:00", ""]
    assert second["finished"].tolist() == ["yes", "no"]


def test_a_table_turned_round_is_named_as_such(read):
    with pytest.raises(StudyError, match="transpose the table"):
        read("Statement,P01,P02,P03\nS01,9,7,8\nS02,8,6,7\nS03,7,,5\n")


def test_where_nothing_is_sure_every_column_is_named(read):
    text = f"token,Rate this: No {TWO} here,Rate this: No {ONE} here\nP01,1,2\n"
    with pytest.raises(StudyError, match=r"may be the rating of S02.*may be the rating of S01"):
        read(text)


@pytest.mark.parametrize(
    ("cell", "scale", "wanted"),
    [
        ("0,850", (0, 1, 0.01, 0.3, 0.7), 0.85),
        ("0.850", (0, 1, 0.01, 0.3, 0.7), 0.85),
        ("1.000", (0, 1, 0.01, 0.3, 0.7), 1),
        ("85 %", (0, 100, 1, 30, 70), 85),
        ("72,5", (0, 100, 0.5, 30, 70), 72.5),
    ],
)
def test_decimals_of_any_length(cell, scale, wanted):
    names = ("lowest", "highest", "step", "unfavourable_to", "favourable_from")
    key = DelphiSettings(scale=dict(zip(names, scale, strict=True))).answer_key
    assert key.parse(cell) == ("rated", wanted)


def test_a_rating_beside_no_opinion_is_neither(read):
    found = read("token,S01,S02\nP01,7 (don't know),8\nP02,99,8\n")
    assert answers(found) == {"P01": ["refused", 8], "P02": ["no opinion", 8]}
    assert found.unmatched[["row", "column"]].to_numpy().tolist() == [[2, "S01"]]


@pytest.mark.parametrize("real_time", [False, True])
def test_the_cells_add_up(real_time, read):
    """Every rating cell has one outcome; only blanks that give way to an answer are no rating."""
    text = qualtrics(
        "Status,Progress,Finished,RecordedDate,ResponseId,ExternalReference,S01,S02,S03",
        "Response Type,Progress,Finished,Recorded Date,Response ID,External Data Reference,S01,S02,S03",
        "status,progress,finished,recordedDate,_recordId,externalDataReference,QID1,QID2,QID3",
        "0,100,1,2026-02-01,R_1,P01,8,7,5-7",
        "0,100,1,2026-02-02,R_2,P01,3,6,",
        "1,100,1,2026-02-02,R_3,P02,9,9,9",
        "8,100,1,2026-02-02,R_4,P03,9,9,9",
        "0,100,1,2026-02-02,R_5,X,9,9,9",
    )
    found = read(text, settings=DelphiSettings(real_time=real_time))
    assert found.cells["n"].sum() == 15 - real_time
    assert found.cells.set_index("outcome")["n"][["test or preview", "spam", "not in the panel"]].tolist() == [3] * 3
