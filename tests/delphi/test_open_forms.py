"""Round files with more around the answers than one heading and ids: cover sheets, several rows of headings, the state
in the tool's own words, boxes for 'no opinion', answers in several languages. What must come out of each, or be asked.

Invented content in layouts of real programs and of tables by hand.
"""

import io

import openpyxl
import pytest
from coproduction.core import people_tables
from coproduction.core.errors import StudyError
from coproduction.delphi import people_files
from coproduction.delphi import tables as forms
from coproduction.delphi.settings import DelphiSettings

ONE, TWO, THREE = "Staff have time for co-production", "Trust in the municipality", "Refusals are given in writing"
STATEMENTS = f"statement,text\nS01,{ONE}\nS02,{TWO}\nS03,{THREE}\n"
NUMBERED = f"statement,text\n1,{ONE}\n2,{TWO}\n3,{THREE}\n"
PANEL = "panellist,group,last_round\n" + "".join(f"P{k:02},x,{1 if k == 8 else ''}\n" for k in range(1, 9))
FIVE = dict(scale=dict(lowest=1, highest=5, unfavourable_to=2, favourable_from=4))
TWO_POINTS = dict(scale=dict(lowest=0, highest=1, unfavourable_to=0, favourable_from=1))
BOTH = "round,file,status\n1,r1.csv,closed\n2,r1.csv,closed\n"
TABLE = [["Code", "S01", "S02", "S03"], ["P01", 9, 8, 7], ["P02", 7, 6, 5]]
READ = {"P01": [9, 8, 7], "P02": [7, 6, 5]}


@pytest.fixture
def read(small, judge):
    """Carry files of rounds, each CSV text or the bytes of a workbook."""

    def carried(*rounds, panel=PANEL, statements=STATEMENTS, listed="", **settings):
        endings = ["xlsx" if isinstance(content, bytes) else "csv" for content in rounds]
        files = {f"r{k}_{ending}": rounds[k - 1] for k, ending in enumerate(endings, start=1)}
        lines = [f"{k},r{k}.{ending},closed\n" for k, ending in enumerate(endings, start=1)]
        listed = listed or "round,file,status\n" + "".join(lines)
        folder = small(statements_csv=statements, panel_csv=panel or "panellist\n", rounds_csv=listed, **files)
        people = people_tables.read_people_table(folder / "panel.csv", forms.STUDY_PANEL) if panel else None
        listed_rounds = people_tables.read_people_table(folder / "rounds.csv", forms.STUDY_ROUNDS)
        known = people_files.read_statements(folder / "statements.csv")
        return judge(people_files.Study(folder, known, listed_rounds, people), DelphiSettings(**settings))

    return carried


def answers(found, number=1):
    """Rating or status by panellist, statement after statement; what was not asked is left out."""
    own = found.ratings[found.ratings["round"] == number]
    given = own["rating"].astype(object).where(own["status"] == "rated", own["status"])
    wide = own.assign(given=given).pivot(index="panellist", columns="statement", values="given")
    return {who: [v for v in row if v != "not asked"] for who, row in zip(wide.index, wide.to_numpy(), strict=True)}


def uncounted(found):
    sent = found.submissions[found.submissions["outcome"] != "counts"]
    return dict(zip(sent["panellist"], sent["outcome"], strict=True))


def comments(found):
    own = found.ratings[found.ratings["comment"] != ""]
    return {(p, s): c for p, s, c in own[["panellist", "statement", "comment"]].to_numpy()}


def book(*sheets, hidden_rows=()):
    """A workbook of these sheets; rows of the last one can be hidden."""
    made = openpyxl.Workbook()
    made.remove(made.active)
    for name, rows in sheets:
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(row)
        for number in hidden_rows if name == sheets[-1][0] else ():
            sheet.row_dimensions[number].hidden = True
    content = io.BytesIO()
    made.save(content)
    return content.getvalue()


# Sheets and rows of headings

COVERS = {
    "notes in one column": [["Delphi round 1"], ["exported on 3 March"], ["the answers are on the next sheet"]],
    "keys and values": [["Study", "Delphi"], ["Round", "1"], ["Contact", "the team"]],
    "a codebook": [["variable", "label"], ["S01", ONE], ["S02", TWO], ["S03", THREE]],
    "results in rows": [["Statement", "n", "Mean"], ["S01", 2, 8], ["S02", 2, 7], ["S03", 2, 6]],
}


@pytest.mark.parametrize("kind", sorted(COVERS))
def test_the_sheet_whose_headings_name_statements_is_read(kind, read):
    found = read(book(("Read me", COVERS[kind]), ("Data", TABLE)))
    assert answers(found) == READ
    assert found.unmatched[["content", "reason"]].to_numpy().tolist() == [
        ["sheet 'Read me'", "the sheet 'Data' is read"]
    ]


def test_the_first_sheet_stays_the_one_that_is_read(read):
    found = read(book(("Data", TABLE), ("Codebook", COVERS["a codebook"])))
    assert (answers(found), found.unmatched["content"].tolist()) == (READ, ["sheet 'Codebook'"])
    for first in ([], [("Notes", [["see below"]])]):
        with pytest.raises(
            StudyError, match="the sheet 'Round 2' has columns on statements too, beside the sheet 'Round 1'"
        ):
            read(book(*first, ("Round 1", TABLE), ("Round 2", TABLE)))
    with pytest.raises(StudyError, match="the sheet 'Remarks' has columns on statements too"):
        read(book(("Ratings", TABLE), ("Remarks", [["Code", "S01 comment"], ["P01", "why"]])))


def test_a_sheet_with_one_row_an_answer_is_read_behind_a_cover(read):
    rows = [["Participant", "Statement", "Rating"], ["P01", "S01", 9], ["P01", "S02", 8], ["P02", "S01", 7]]
    found = read(book(("Info", [["Delphi"], ["round", "one"]]), ("Scores", rows)))
    assert answers(found) == {"P01": [9, 8], "P02": [7, "missing"]}


def test_a_web_page_under_the_name_of_a_table_is_named(read):
    with pytest.raises(StudyError, match="the file is a web page"):
        read("<html><body><table><tr><td>token</td><td>S01</td></tr></table></body></html>")


def test_hidden_rows_are_read_and_asked_about(read):
    found = read(book(("Data", TABLE), hidden_rows=[3]))
    assert answers(found) == READ
    (asked,) = found.questions[found.questions["question"].str.contains("hidden")].itertuples()
    assert "rows 3 are hidden" in asked.evidence


HEADS = {
    "groups over ids and statements": "Panellist,,Importance,,\nCode,Group,S01,S02,S03\nP01,a,9,8,7\nP02,b,7,6,5\n",
    "themes, wordings and ids": f",Theme A,,Theme B\nPanellist,{ONE},{TWO},{THREE}\n,S01,S02,S03\nP01,9,8,7\nP02,7,6,5\n",
    "a result above": "Consensus,yes,no,no\nCode,S01,S02,S03\nP01,9,8,7\nP02,7,6,5\n",
    "ends of the scale below gaps": "Code,S01,,S02,S03\n,rating (1-9),remark,rating (1-9),rating (1-9)\nP01,9,,8,7\nP02,7,,6,5\n",
    "wordings below the ids": f"Code,S01,S02,S03\n,{ONE},{TWO},{THREE}\nP01,9,8,7\nP02,7,6,5\n",
    "wordings and a word below": f"Code,S01,S02,S03\nYour code,{ONE},{TWO},{THREE}\nP01,9,8,7\nP02,7,6,5\n",
    "the heading again": "Code,S01,S02,S03\nP01,9,8,7\nCode,S01,S02,S03\nP02,7,6,5\n",
    "no heading over the ids": ",S01,S02,S03\nP01,9,8,7\nP02,7,6,5\n",
}


@pytest.mark.parametrize("kind", sorted(HEADS))
def test_the_row_that_names_most_statements_is_the_heading(kind, read):
    found = read(HEADS[kind])
    assert answers(found) == READ
    assert uncounted(found) == {}
    assert set(found.rounds_table["linked"]) == {"yes"}


@pytest.mark.parametrize(
    "head",
    [
        "Code,Round 1,,Round 2,\n,S01,S02,S01,S02\nP01,9,8,7,6",
        "Code,S01,,S02,\n,R1,R2,R1,R2\nP01,9,7,8,6",
        "Code,S01_W1,S01_W2,S02_W1,S02_W2\nP01,9,7,8,6",
        "Code,S01,,S02,\n,Round 1 rating,Round 2 rating,Round 1 rating,Round 2 rating\nP01,9,7,8,6",
    ],
)
def test_rounds_above_or_below_the_statements(head, read):
    found = read(head + "\nP02,1,1,1,1\n", listed=BOTH)
    assert (answers(found)["P01"], answers(found, 2)["P01"]) == ([9, 8], [7, 6])


@pytest.mark.parametrize(
    "heading", ["R{k} {id}", "{id} (Round {k})", "{nth} round {id}", "{nth} round - {text}", "Runde {k}: {text}"]
)
def test_rounds_before_or_behind_the_statement(heading, read):
    heads = [heading.format(k=k, nth=nth, id="S01", text=ONE) for k, nth in ((1, "First"), (2, "2nd"))]
    found = read(f"Code,{','.join(heads)}\nP01,9,8\nP02,7,6\n", listed=BOTH)
    assert (answers(found), answers(found, 2)) == ({"P01": [9], "P02": [7]}, {"P01": [8], "P02": [6]})


def test_ranks_and_numbers_below_the_heading_are_answers(read):
    order = "token,first,second,third\nP01,S02,S01,S03\nP02,S01,S02,S03\n"
    with pytest.raises(StudyError, match=r"RANK.*delphi\.ranking"):
        read(order.replace("first,second,third", "RANK[1],RANK[2],RANK[3]"))
    found = read("Code,Outcome 1,Outcome 2,Outcome 3\nP01,1,2,3\nP02,3,2,1\n", statements=NUMBERED)
    assert answers(found) == {"P01": [1, 2, 3], "P02": [3, 2, 1]}


def test_answers_of_limesurvey_that_look_like_ids_are_no_second_heading(read):
    ids = f"statement,text\nA1,{ONE}\nA2,{TWO}\n"
    found = read("token,IMP[A1],IMP[A2]\nP01,A1,A2\nP02,A3,A4\n", statements=ids)
    assert answers(found) == {"P01": [1, 2], "P02": [3, 4]}


def test_a_second_table_below_the_first_is_refused(read):
    text = "token,S01,S02,S03\nP01,9,8,7\n,,,\nRound 2,,,\ntoken,S01,S02,S03\nP01,1,1,1\n"
    with pytest.raises(StudyError, match="a second table begins below 'Round 2'"):
        read(text)


# Headings

LEGENDS = {
    "a legend behind": f'{ONE} (1 = not important; 9 = essential),"{TWO} [1-9]"',
    "numbers with a dot and no sign behind": f"2.1 {ONE},2.2 {TWO}",
    "a dash without blanks after a colon": f"How important is:-{ONE},How important is:-{TWO}",
    "the question behind": f"{ONE}:How important?,{TWO}: How important is it?",
}


@pytest.mark.parametrize("kind", sorted(LEGENDS))
def test_statements_with_words_around_that_say_nothing_else(kind, read):
    found = read(f"token,{LEGENDS[kind]}\nP01,9,8\nP02,7,6\n")
    assert answers(found) == {"P01": [9, 8], "P02": [7, 6]}


def test_words_that_ask_for_a_comment_may_stand_behind_the_wording(read):
    found = read(f"token,Q1: {ONE},Q1: {ONE} Comments\nP01,9,well\n")
    assert (answers(found)["P01"], comments(found)) == ([9], {("P01", "S01"): "well"})


def test_a_number_is_not_cut_off_an_id(read):
    numbered = f"statement,text\n1.1,{ONE}\n1.2,{TWO}\n1.10,{THREE}\n"
    found = read("token,1.1,1.2,1.10\nP01,9,8,7\n", statements=numbered)
    own = found.ratings.set_index("statement")["rating"]
    assert own.to_dict() == {"1.1": 9, "1.10": 7, "1.2": 8}
    with pytest.raises(StudyError, match=r"'1.1' and '1.1 \(2\)' both look like the rating of 1.1"):
        read(book(("Data", [["token", 1.1, 1.10], ["P01", 9, 7]])), statements=numbered)


@pytest.mark.parametrize("question", ["How confident are you in your rating?", "Wie sicher sind Sie?"])
def test_how_sure_somebody_is_is_no_rating(question, read):
    found = read(f"token,Rate - {ONE},{question} - {ONE}\nP01,9,2\nP02,8,1\n")
    assert answers(found) == {"P01": [9], "P02": [8]}
    assert "something else than its rating" in found.columns_to_settle["asked"].iloc[0]
    with pytest.raises(StudyError, match="may be the rating of S01"):
        read(f"token,{question} - {ONE}\nP01,2\nP02,1\n")


BESIDE = ["Group median", "Previous rating", "Interquartile range", "Rank", "Mean score"]


@pytest.mark.parametrize("words", BESIDE)
def test_what_stands_beside_the_rating_is_asked_about(words, read):
    found = read(f"token,{words} - {ONE},Rate - {TWO}\nP01,2,9\nP02,1,8\n")
    assert answers(found) == {"P01": [9], "P02": [8]}
    assert found.columns_to_settle["statement"].tolist() == ["S01"]


def test_a_long_instruction_before_the_statement_is_no_doubt(read):
    words = "Please rate again, knowing the group median of the previous round and how sure you are of your rating"
    assert answers(read(f'token,"{words} - {ONE}"\nP01,9\n')) == {"P01": [9]}


def test_suggestions_are_comments(read):
    found = read("token,S01,S01_suggestion,S02,S02_rewording\nP01,9,make it clearer,8,\n")
    assert (answers(found)["P01"], comments(found)) == ([9, 8], {("P01", "S01"): "make it clearer"})


@pytest.mark.parametrize("heading", ["Staff have tme for co-production", "Staff have time for coproduction"])
def test_a_heading_that_is_nearly_a_wording_is_asked_about(heading, read):
    found = read(f"token,{heading},{TWO}\nP01,9,8\n")
    assert found.columns_to_settle["asked"].tolist() == ["the heading is nearly the wording of S01"]


def test_a_number_before_the_wording_in_statements_counts_for_nothing(read):
    found = read(f"token,{ONE},2. {TWO}\nP01,9,8\n", statements=f"statement,text\nS01,1. {ONE}\nS02,{TWO}\n")
    assert answers(found) == {"P01": [9, 8]}
    assert not found.questions["question"].str.contains("another wording").any()


def test_the_rating_of_the_round_before_is_not_of_this_one(read):
    found = read("token,S01,S02\nP01,9,8\n", "token,S01,S01_r1,S02,S02_r1\nP01,7,9,6,8\n")
    assert (answers(found)["P01"], answers(found, 2)["P01"]) == ([9, 8], [7, 6])
    reasons = found.unmatched.set_index("column")["reason"]
    assert reasons["S01_r1"] == "the column belongs to round 1"


def test_times_and_clicks_are_no_ratings(read):
    clicks = ["First Click", "Last Click", "Page Submit", "Click Count"]
    head = ",".join(["token", "S01", *(f"S01_{name}" for name in clicks), "S02", "IMPTime", "groupTime3"])
    found = read(f"{head}\nP01,9,1,2,3,4,8,30,20\n")
    assert (answers(found)["P01"], found.columns_to_settle.empty) == ([9, 8], True)


BOXES = {
    "REDCap, raw": "record_id,code,s01,s01_unable___1,s02,s02_unable___1\n1,P01,9,0,,1\n2,P02,,1,6,0\n",
    "REDCap, labels": f"Record ID,Code,{ONE},Unable to score (choice=Unable to score),{TWO},"
    "Unable to score (choice=Unable to score)\n1,P01,9,Unchecked,,Checked\n2,P02,,Checked,6,Unchecked\n",
    "by hand": "Code,S01,Don't know,S02,Don't know\nP01,9,,,x\nP02,,x,6,\n",
}


@pytest.mark.parametrize("kind", sorted(BOXES))
def test_boxes_for_no_opinion_belong_to_the_rating_before(kind, read):
    assert answers(read(BOXES[kind])) == {"P01": [9, "no opinion"], "P02": ["no opinion", 6]}


def test_a_box_after_several_ratings_and_a_rating_in_such_words_are_asked_about(read):
    found = read("Code,S01,S02,Unable to score\nP01,9,8,\nP02,,,x\n")
    assert found.columns_to_settle["asked"].tolist() == [
        "the box for 'no opinion' may be on S02 or on all statements from S01 on"
    ]
    found = read("Code,S01,S02. Citizens are unable to take part\nP01,9,8\nP02,7,6\n")
    assert found.columns_to_settle["statement"].tolist() == ["S02"]


# Who answered, in which round, and whether

PERSONS = [
    "Participant code",
    "Please enter your personal code (initials and year of birth)",
    "Ihr Code",
    "Panellist no.",
]


@pytest.mark.parametrize("heading", PERSONS)
def test_a_heading_that_asks_for_a_code_links_rounds_without_a_panel(heading, read):
    first, second = (
        f'Timestamp,"{heading}",S01\n{day},K1,{n}\n{day},K2,{n}\n' for day, n in (("2026-01-01", 9), ("2026-02-01", 8))
    )
    found = read(first, second, panel="")
    assert answers(found) == {"K1": [9], "K2": [9]}
    assert set(found.rounds_table["linked"]) == {"yes"}


@pytest.mark.parametrize("heading", ["Country code", "Response ID", "Name", "Your role"])
def test_other_columns_identify_nobody(heading, read):
    text = f"{heading},S01\nK1,9\nK2,8\n"
    assert set(read(text, panel="").rounds_table["linked"]) == {"no"}


def test_one_word_in_all_rows_is_no_id(read):
    found = read("Study ID,S01\nDELPHI,9\nDELPHI,8\nDELPHI,7\n", panel="")
    assert sorted(found.ratings["rating"].dropna()) == [7, 8, 9]


def test_names_and_addresses_are_no_ids(read):
    with pytest.raises(StudyError, match="what looks like their names"):
        read("Participant,S01\nAnna Example,9\nBo Sample,8\n", panel="")
    found = read("Participant,S01\na@example.org,9\nb@example.org,8\n", panel="")
    assert set(found.ratings["panellist"]) == {"R1 row 2", "R1 row 3"}
    assert not any(
        "@" in str(cell) for name in ("submissions", "unmatched") for cell in getattr(found, name).to_numpy().ravel()
    )


RECORDS = {
    "events": "record_id,redcap_event_name,code,s01\n1,baseline_arm_1,P01,\n1,round_1_arm_1,,9\n1,round_2_arm_1,,8\n"
    "2,baseline_arm_1,P02,\n2,round_1_arm_1,,7\n2,round_2_arm_1,,6\n",
    "repetitions": "record_id,redcap_repeat_instrument,redcap_repeat_instance,code,s01\n1,,,P01,\n1,delphi,1,,9\n"
    "1,delphi,2,,8\n2,,,P02,\n2,delphi,1,,7\n2,delphi,2,,6\n",
}


@pytest.mark.parametrize("kind", sorted(RECORDS))
def test_the_id_of_a_redcap_record_holds_for_all_its_rows(kind, read):
    found = read(RECORDS[kind], listed=BOTH)
    assert answers(found) == {"P01": [9], "P02": [7]}
    assert answers(found, 2) == {"P01": [8], "P02": [6]}


def test_an_id_holds_for_the_rows_that_its_cell_is_joined_with(read):
    made = openpyxl.load_workbook(
        io.BytesIO(book(("D", [["Code", "Round", "S01"], ["P01", 1, 9], [None, 2, 7], ["P02", 1, 8]])))
    )
    made["D"].merge_cells("A2:A3")
    made["D"].merge_cells("A4:A6")  # over two rows that hold nothing
    content = io.BytesIO()
    made.save(content)
    found = read(content.getvalue(), listed=BOTH.replace("csv", "xlsx"))
    assert (answers(found), answers(found, 2)) == ({"P01": [9], "P02": [8]}, {"P01": [7]})
    assert uncounted(found) == {}


@pytest.mark.parametrize("heading", ["Delphi Runde", "Vuelta", "Ronde"])
def test_rounds_are_named_in_other_languages(heading, read):
    found = read(f"{heading},token,S01\n1,P01,9\n2,P01,1\n1,P02,7\n")
    assert answers(found) == {"P01": [9], "P02": [7]}
    assert "rounds.csv has no such round" in found.unmatched["reason"].iloc[0]


EFS = "lfdn;external_lfdn;tester;dispcode;lastpage;quality;duration;S01;p_0001;datetime"
STATES = {
    "EFS": f"{EFS}\n1;0;0;31;9;-77;300;9;P01;2026-02-01 09:00:00\n2;0;1;31;9;-77;300;7;P02;2026-02-01 09:00:00\n"
    "3;0;0;22;9;-77;300;5;P03;2026-02-01 09:00:00\n",
    "ODK Central": "SubmissionDate,code,ratings-S01,KEY,ReviewState\n2026-02-01T09:00:00Z,P01,9,u1,\n"
    "2026-02-01T09:00:00Z,P02,7,u2,rejected\n2026-02-01T09:00:00Z,P03,5,u3,\n",
    "Alchemer": "Response ID,Status,URL Variable: pid,S01\n1,Complete,P01,9\n2,Deleted,P02,7\n3,Partial,P03,5\n",
    "Qualtrics of 2014": "V1,V4,V7,V10,Q1_1\nResponseID,ExternalDataReference,Status,Finished,"
    f"How important is:-{ONE}\nR_1,P01,0,1,9\nR_2,P02,1,1,7\nR_3,P03,0,0,5\n",
    "a status alone": "Status,ExternalReference,S01\nIP Address,P01,9\nSurvey Preview,P02,7\nIP Address,P03,5\n",
}


@pytest.mark.parametrize("kind", sorted(STATES))
def test_tests_and_rejected_submissions_do_not_count(kind, read):
    found = read(STATES[kind])
    assert answers(found) == {"P01": [9], "P03": [5]}
    assert uncounted(found)["P02"] in ("test or preview", "not approved")
    if kind not in ("ODK Central", "a status alone"):
        finished = found.submissions.set_index("panellist")["finished"]
        assert (finished["P01"], finished["P03"]) == ("yes", "no")


def test_an_unknown_word_among_states_counts_and_is_told(read):
    found = read("Status,token,S01\nComplete,P01,9\nQuota full,P02,8\n")
    assert answers(found) == {"P01": [9], "P02": [8]}
    assert found.unmatched["content"].tolist() == ["quota full (1)"]
    told = read("Status,token,S01\nprofessor,P01,9\nretired,P02,8\n")
    assert told.unmatched.empty


def test_one_row_an_answer_with_the_wording_in_a_column_of_another_name(read):
    text = (
        f"User ID,Stakeholder Group ID,Round,Outcome ID,Outcome Name,Score,Reason\nP01,2,1,11,{ONE},9,\n"
        f"P01,2,1,12,{TWO},10,\nP01,2,2,11,{ONE},8,moved\nP01,2,2,12,{TWO},7,\n"
    )
    found = read(text, listed=BOTH, no_opinion=["10"])
    assert (answers(found)["P01"], answers(found, 2)["P01"]) == ([9, "no opinion"], [8, 7])


@pytest.mark.parametrize(
    "rows",
    [
        "P01,S01,importance,9\nP01,S01,feasibility,3\nP02,S01,importance,8\nP02,S01,feasibility,2\n",
        "P01,S01,rating,9\nP01,S01,comment,because\nP02,S01,rating,8\n",
    ],
)
def test_kinds_of_answers_on_one_statement_are_asked_about(rows, read):
    with pytest.raises(StudyError, match="several answers on one statement, told apart by 'kind'"):
        read("participant,statement,kind,rating\n" + rows)


def test_answers_given_again_are_no_kinds(read):
    found = read(
        "participant,statement,attempt,rating,comment\nP01,S01,1,9,a\nP01,S01,2,3,b\nP02,S01,1,8,a\nP02,S01,2,7,b\n"
    )
    assert answers(found) == {"P01": [3], "P02": [7]}


@pytest.mark.parametrize("head", ["record,event_id,field_name,value", "who,when,statement,importance"])
def test_statements_row_by_row_without_a_known_column_are_told(head, read):
    with pytest.raises(StudyError, match="names statements row by row"):
        read(f"{head}\n1,1,S01,9\n1,1,S02,8\n2,1,S01,7\n")


def test_groups_before_the_labels_of_kobotoolbox(read):
    found = read(
        f"start,code,Importance/{ONE},Importance/{TWO},_uuid,_submission_time\na,P01,9,8,u,2026-02-01T09:00:00\n"
    )
    assert answers(found) == {"P01": [9, 8]}


def test_kobotoolbox_groups_before_a_wording_with_a_stroke(read):
    statements = f"statement,text\nS01,Data protection (2016/679) allows it\nS02,{TWO}\n"
    head = f"code,grp/Data protection (2016/679) allows it,grp/sub/{TWO},_uuid,_submission_time"
    assert answers(read(f"{head}\nP01,9,8,u,2026-02-01\n", statements=statements)) == {"P01": [9, 8]}


@pytest.mark.parametrize(("column", "words"), [("Finished", "FALSE TRUE"), ("Progress", "40 100")])
def test_one_column_that_says_who_finished(column, words, read):
    no, yes = words.split()
    found = read(f"token,{column},S01\nP01,{no},1\nP01,{yes},9\nP01,{no},2\n")
    assert answers(found) == {"P01": [9]}
    assert not found.questions["question"].str.contains("Which of several").any()


@pytest.mark.parametrize("names", ['"Example, Anna"|"Sample, Bo"', "A. Example|B. Sample"])
def test_names_in_other_orders_are_no_ids(names, read):
    one, other = names.split("|")
    with pytest.raises(StudyError, match="names"):
        read(f"Participant,S01\n{one},9\n{other},8\n", panel="")


def test_the_number_of_a_panel_is_no_id(read):
    found = read("Panel number,S01\n1,9\n1,8\n2,7\n2,6\n", panel="")
    assert sorted(found.ratings["rating"].dropna()) == [6, 7, 8, 9]


# Answers


def test_totals_are_told_by_their_share_or_range(read):
    totals = "% agree (7-9),50,0,0\nVotes 7-9,1,1,1\n≥7,1,1,1\nRange,2,2,2\n"
    found = read("Code,S01,S02,S03\nP01,9,8,7\nP02,7,6,5\n" + totals, panel="")
    assert answers(found) == READ
    assert set(uncounted(found).values()) == {"summary row"}


def test_answers_in_several_languages(read):
    found = read(
        "token,S01,S02\nP01,Strongly agree,Agree\nP02,Stimme voll zu,Weder noch\nP03,nie wiem,Disagree\n", **FIVE
    )
    assert answers(found) == {"P01": [5, 4], "P02": [5, 3], "P03": ["no opinion", 2]}


def test_words_of_two_scales_in_one_language_are_asked_about(read):
    with pytest.raises(StudyError, match="is not a rating"):
        read("token,S01,S02\nP01,Somewhat agree,Agree\n", **FIVE)


def test_a_word_of_an_uncounted_row_does_not_hide_the_labels(read):
    found = read("token,S01,S02\nP01,Agree,Disagree\nConsensus?,yes,no\n", **FIVE)
    assert answers(found) == {"P01": [4, 2]}


def test_yes_no_and_abstentions(read):
    found = read("token,S01,S02\nP01,Yes,No\nP02,Abstain,Yes\n", **TWO_POINTS)
    assert answers(found) == {"P01": [1, 0], "P02": ["no opinion", 1]}


def test_a_code_outside_the_scale_is_told_once_with_the_settings_that_explain_it(read):
    with pytest.raises(StudyError) as told:
        read("token,S01,S02\nP01,9,10\nP02,10,8\n")
    assert "the rating 10 is outside the scale 1-9 (2 cells)" in str(told.value)
    assert 'add "10" to delphi.no_opinion' in str(told.value)


def test_a_scale_that_runs_the_other_way_is_read_in_all_forms_of_an_answer(read):
    """With "1": 9 in the settings '1' was 9, but '1 - essential' and '1.0' were 1."""
    reversed_points = {str(k): 10 - k for k in range(1, 10)}
    found = read(
        'token,S01,S02,S03\nP01,1,1 - essential,1.0\nP02,9,"9,0",not important (9)\n', answer_labels=reversed_points
    )
    assert answers(found) == {"P01": [9, 9, 9], "P02": [1, 1, 1]}
    with pytest.raises(StudyError, match=r"delphi\.answer_codes"):
        read("token,S01\nP01,A1\n", answer_labels=reversed_points)


@pytest.mark.parametrize("setting", ["no_opinion", "missing"])
def test_a_code_cannot_be_a_point_too(setting):
    scale = dict(lowest=0, highest=10, unfavourable_to=3, favourable_from=7)
    with pytest.raises(ValueError, match="10, which is a point of the scale"):
        DelphiSettings(scale=scale, **{setting: ["10"]})
    assert DelphiSettings(scale=dict(lowest=0, highest=100, unfavourable_to=30, favourable_from=70)).no_opinion


def test_low_medium_and_high(read):
    three = dict(scale=dict(lowest=1, highest=3, unfavourable_to=1, favourable_from=3))
    assert answers(read("token,S01,S02\nP01,High,Low\n", **three)) == {"P01": [3, 1]}


def test_the_labels_of_the_settings_and_truth_values(read):
    assert answers(read("token,S01,S02\nP01,essential,Not important\n")) == {"P01": [9, 1]}
    assert answers(read(book(("D", [["Code", "S01"], ["P01", True], ["P02", False]])), **TWO_POINTS)) == {
        "P01": [1],
        "P02": [0],
    }


def test_words_of_its_own_beside_a_rating_are_told(read):
    found = read("token,S01,S02\nP01,7 because staff are few,8 - important\nP02,7,8 - important\n")
    assert answers(found) == {"P01": [7, 8], "P02": [7, 8]}
    assert found.unmatched["content"].tolist() == ["7 because staff are few"]


def test_answers_most_of_which_are_refused_are_asked_about(read):
    found = read("token,S01,S02\nP01,4 out of 5,5 out of 5\nP02,3 out of 5,5\n")
    assert "What do the answers of this round mean?" in found.questions["question"].tolist()


def test_times_with_the_name_of_world_time(read):
    stamps = "Timestamp,token,S01\n2026/02/01 11:30:00 PM GMT+2,P01,9\n2026/02/01 10:00:00 PM UTC,P01,2\n"
    assert answers(read(stamps)) == {"P01": [2]}


TIMES = {
    "month names": ("Apr 09, 2026 9:00:00 am", "Mar 10, 2026 9:10:00 am"),
    "days of a table program": ("46054.5", "46050.25"),
    "milliseconds": ("1769936400000", "1769936300000"),
}


@pytest.mark.parametrize("kind", sorted(TIMES))
def test_times_in_other_forms_are_put_in_order(kind, read):
    later, earlier = TIMES[kind]
    found = read(f'Date Submitted,token,S01\n"{later}",P01,9\n"{earlier}",P01,1\n')
    assert answers(found) == {"P01": [9]}
    assert found.submissions["submitted"].str.match(r"2026-0[1-4]-\d\d ").all()


def test_what_is_no_day_is_not_late(read):
    listed = "round,file,status,opened,closed\n1,r1.csv,closed,2026-01-30,2026-02-10\n"
    found = read("Timestamp,token,S01\nyesterday,P01,9\n46054.5,P02,8\n", listed=listed, late="leave out")
    assert answers(found) == {"P01": [9], "P02": [8]}


# Asked about

QUESTIONS = {
    "a statement more": (("token,S01\nP01,9\nP02,8\n", "token,S01,S04\nP01,9,4\nP02,8,3\n"), "lacks: S04"),
    "a split statement": (("token,S01a,S01b,S02\nP01,7,5,5\nP02,6,6,6\n",), "lacks: S01a, S01b"),
    "another wording": (
        (f"token,S01. Staff have enough paid time for co-production,S02. {TWO}\nP01,9,8\n",),
        "another wording",
    ),
    "fewer answers later": (("date,token,S01,S02\n2026-02-01,P01,9,8\n2026-02-02,P01,2,\n",), "answers less"),
    "after the last round": (("token,S01\nP08,9\n", "token,S01\nP08,9\nP01,8\n"), "take part in this round"),
    "an order": (("token,S01,S02,S03\nP01,1,2,3\nP02,3,1,2\nP03,2,1,3\n",), "Are these ranks"),
    "ids of nobody in the panel": (("token,S01\n1,9\n2,8\n",), "Whose ids"),
    "rows without an id": (("token,S01\nP01,9\n,7\nP02,8\n,6\n",), "Whose ratings"),
    "marked rows": (("token,is_test,S01\nP01,0,9\nP02,1,8\n",), "that 'is_test' marks"),
    "divided points": (("token,S01,S02,S03\nP01,5,3,2\nP02,4,4,2\nP03,6,2,2\n",), "divided among"),
    "another group": (("token,Group,S01\nP01,y,9\nP02,x,8\n",), "To which group"),
}


@pytest.mark.parametrize("kind", sorted(QUESTIONS))
def test_what_may_be_wrong_is_asked(kind, read):
    rounds, said = QUESTIONS[kind]
    questions = read(*rounds).questions["question"]
    assert questions.str.contains(said).sum() == 1


def test_what_is_as_expected_raises_no_such_question(read):
    found = read(f"token,Group,S01. {ONE},S02. {TWO},Age\nP01,x,9,8,44\nP02,x,8,7,50\n")
    words = "lacks:|another wording|answers less|To which group|hidden|identify the panellists"
    assert not found.questions["question"].str.contains(words).any()


@pytest.mark.parametrize(
    "heading", ["How many years have you worked in care?", "What is your age group", "EVAL1", "Your role", "sex"]
)
def test_other_questions_are_no_statements(heading, read):
    found = read(f"token,S01,S02,{heading}\nP01,9,8,2\nP02,7,6,3\nP03,5,4,1\n")
    assert not found.questions["question"].str.contains("lacks").any()


@pytest.mark.parametrize(
    ("code", "text", "asked"), [("Q1_3", "Rate - Citizens are paid", True), ("Q2_1", "Your gender", False)]
)
def test_a_matrix_tells_its_other_statements(code, text, asked, read):
    head = f"StartDate,ExternalReference,Q1_1,Q1_2,{code}\nStart Date,External Data Reference,Rate - {ONE},Rate - {TWO},{text}\n"
    found = read(head + "2026-02-01,P01,9,8,2\n2026-02-01,P02,7,6,1\n2026-02-01,P03,7,6,1\n")
    assert found.questions["question"].str.contains("lacks").any() == asked


def test_a_round_of_other_persons_is_asked_about(read):
    rounds = ["token,S01\nk1,9\nk2,8\n", "token,S01\nx1,9\nx2,8\n"]
    assert read(*rounds, panel="").questions["question"].str.contains("persons of the rounds before").sum() == 1
    told = "round,file,status,linked\n1,r1.csv,closed,\n2,r2.csv,closed,yes\n"
    assert not read(*rounds, panel="", listed=told).questions["question"].str.contains("rounds before").any()
    rounds[1] = rounds[1].replace("x2", "K2")
    assert not read(*rounds, panel="").questions["question"].str.contains("rounds before").any()


def test_a_column_that_may_hold_ids_is_asked_about(read):
    found = read(",S01\nab1,9\ncd2,8\n", panel="")
    assert found.questions["question"].str.contains("first column").sum() == 1
    rounds = [f"Label,S01\nab1,{n}\ncd2,{n}\n" for n in (9, 8)]
    assert read(*rounds, panel="").questions["question"].str.contains("'Label'").sum() == 2
    assert not read(",S01\n1,9\n2,8\n", panel="").questions["question"].str.contains("first column").any()
