"""What the door of the Delphi understands, refuses and asks about; each kind of file with its trap."""

import pytest
from coproduction.core import people_tables
from coproduction.core.errors import StudyError
from coproduction.delphi import handover, importing, people_files, tables
from coproduction.delphi.settings import DelphiSettings
from pydantic import ValidationError

TWO_ROUNDS = "round,file,status\n1,all.csv,closed\n2,all.csv,closed\n"
PEOPLE = [f"P{n:02}" for n in range(1, 9)]
PANEL = "panellist,group\n" + "".join(f"{who},x\n" for who in PEOPLE)
LOOSE = DelphiSettings(bootstrap=100, consensus=dict(min_ratings=1, min_share=0))


def ratings(found, number=1):
    own = found.ratings[found.ratings["round"] == number]
    return own.pivot(index="panellist", columns="statement", values="rating")


def unmatched(found):
    return dict(zip(found.unmatched["column"], found.unmatched["reason"], strict=True))


# Several rounds in one file


WIDE = {
    "round": "panellist,round,S1\n" + "".join(f"{p},1,3\n{p},2,8\n" for p in PEOPLE),
    "words": "panellist,Wave,S1\n" + "".join(f"{p},Wave 1,3\n{p},Wave 2,8\n" for p in PEOPLE),
    "redcap events": "record_id,redcap_event_name,redcap_repeat_instance,s1\n"
    + "".join(f"{p},round_1_arm_1,,3\n{p},round_2_arm_1,,8\n" for p in PEOPLE),
    "redcap instances": "record_id,redcap_repeat_instrument,redcap_repeat_instance,s1\n"
    + "".join(f"{p},,,\n{p},delphi,1,3\n{p},delphi,2,8\n" for p in PEOPLE),
    "columns": "panellist,S1_R1,S1_R2\n" + "".join(f"{p},3,8\n" for p in PEOPLE),
}


@pytest.mark.parametrize("form", sorted(WIDE))
def test_each_round_of_a_shared_file_has_its_own_answers(form, small, carry):
    found = carry(small(rounds_csv=TWO_ROUNDS, all_csv=WIDE[form], panel_csv=PANEL), LOOSE)
    assert set(ratings(found, 1)["S1"]) == {3}
    assert set(ratings(found, 2)["S1"]) == {8}
    (change,) = found.change.to_dict("records")
    assert (change["pairs"], change["unchanged"]) == (8, 0)


def test_rounds_that_nothing_tells_apart_are_an_error(small, carry):
    folder = small(rounds_csv=TWO_ROUNDS, all_csv="panellist,S1,S2\nD1,3,4\n")
    with pytest.raises(StudyError, match="rounds 1, 2 share one file"):
        carry(folder)


def test_a_round_column_that_names_another_round_is_an_error(small, carry):
    with pytest.raises(StudyError, match=r"names the rounds 2, rounds\.csv has the file for round 1"):
        carry(small(r1_csv="panellist,round,S1\nD1,2,3\n"))


# Headings count as a whole


STATEMENTS = "statement,text\nS1,Leaders support it\nS2,Trust in the municipality\nD,Staff have time\n"
RATED = {
    "a wording that begins like a comment": "S1. Feedback from users changes the service",
    "words of a comment within": "S1: Reasons for refusals are given in writing",
    "a question before it": "How important are these reasons? - Leaders support it",
    "a number before it": "3. Leaders support it",
    "a code in brackets": "IMP[S1]",
    "tags around it": "<p>Leaders support it</p>",
    "id and wording": "S1 Leaders support it",
    "a letter as id": "D. Staff have time",
}


@pytest.mark.parametrize("kind", sorted(RATED))
def test_headings_that_are_ratings(kind, small, carry):
    rows = f'token,"{RATED[kind]}"\nD1,7\nD2,8\nD3,9\n'
    found = carry(small(statements_csv=STATEMENTS, r1_csv=rows), LOOSE)
    statement = "D" if kind == "a letter as id" else "S1"
    assert ratings(found)[statement].tolist() == [7, 8, 9]


OTHERS = {
    "more words before": ("No trust in the municipality", True),
    "more words behind": ("Trust in the municipality of Exampleton", True),
    "an id among words": ("Compared with S2, how is it?", True),
    "a letter in a word": ("Do you have a PhD?", False),
    "a letter as a word": ("Vitamin D or nothing", False),
    "the time on a page": ("S2_time", True),
    "the order of items": ("S2_DO_1", True),
}


@pytest.mark.parametrize("kind", sorted(OTHERS))
def test_headings_that_only_hold_a_statement_are_asked_about(kind, small, carry):
    heading, asked = OTHERS[kind]
    rows = f'token,S1,"{heading}"\nD1,7,1\nD2,8,2\nD3,9,3\n'
    found = carry(small(statements_csv=STATEMENTS, r1_csv=rows), LOOSE)
    assert ratings(found)[["S2", "D"]].isna().all(axis=None)
    assert heading in unmatched(found)
    assert (heading in set(found.columns_to_settle["column"])) == asked
    parts = (found.statements, found.flow, found.rounds_table, found.decisions, found.withheld)
    status = handover.status(*parts, found.unmatched, found.columns_to_settle)
    assert ("delphi/columns.csv" in set(status["put_in"])) == asked


COMMENTS = {
    "on an id": "Comment on S1",
    "on a wording": "Please explain your rating: Leaders support it",
    "behind a wording": "Leaders support it: comment",
    "in a code": "S1_comment",
    "in brackets": "Why? [Leaders support it]",
    "the heading after": "2.a. Please explain your rating",
}


@pytest.mark.parametrize("kind", sorted(COMMENTS))
def test_headings_of_comments(kind, small, carry):
    rows = f'token,S1,"{COMMENTS[kind]}"\nD1,7,clear\nD2,8,\nD3,9,\n'
    found = carry(small(statements_csv=STATEMENTS, r1_csv=rows), LOOSE)
    assert ratings(found)["S1"].tolist() == [7, 8, 9]
    assert set(found.ratings["comment"]) == {"", "clear"}


def test_code_and_words_that_name_two_statements_are_asked_about(small, carry):
    rows = (
        "StartDate,EndDate,ExternalReference,S1,S2\n"
        "Start Date,End Date,Ref,Leaders support it,Leaders support it\n"
        "2026-01-13 10:00,2026-01-13 10:05,D1,7,2\n"
    )
    found = carry(small(statements_csv=STATEMENTS, r1_csv=rows), LOOSE)
    assert found.columns_to_settle[["column", "asked"]].to_numpy().tolist() == [
        ["S2", "the code names S2, the words S1"]
    ]


def test_people_settle_columns_and_the_rest_stays_as_it_was_found(small, carry):
    rows = 'token,S1,"No trust in the municipality",Ward\nD1,7,1,9\nD2,8,2,9\n'
    folder = small(statements_csv=STATEMENTS, r1_csv=rows)
    (folder / "columns.csv").write_text(
        "file,column,role,statement\nr1.csv,No trust in the municipality,rating,S2\n,Ward,ignore,\n"
    )
    columns = importing.people_tables.read_people_table(folder / "columns.csv", importing.forms.COLUMNS)
    found = carry(folder, LOOSE, columns=columns)
    assert ratings(found).loc["D2"].dropna().tolist() == [8, 2]
    assert found.columns_to_settle.empty
    assert unmatched(found) == {"Ward": "ignored, as columns.csv says"}
    columns.loc[columns.index[0], "statement"] = "S9"
    with pytest.raises(StudyError, match="no statement 'S9'"):
        carry(folder, LOOSE, columns=columns)


# Persons


QUALTRICS = (
    "StartDate,EndDate,Status,Progress,Finished,ResponseId,ExternalReference,S1,S2\n"
    "Start Date,End Date,Response Type,Progress,Finished,Response ID,External Data Reference,"
    "Leaders support it,There is money\n"
    "2026-02-01 09:00,2026-02-01 09:10,Survey Preview,100,True,R_0,{0},1,1\n"
    "2026-02-01 10:00,2026-02-01 10:10,IP Address,100,True,R_1,{1},9,8\n"
    "2026-02-01 11:00,2026-02-01 11:02,Spam,100,True,R_2,{2},1,1\n"
    "2026-02-02 10:00,2026-02-02 10:10,IP Address,100,True,R_3,{3},7,6\n"
    "2026-02-03 10:00,2026-02-03 10:01,IP Address,50,False,R_4,{1},2,\n"
)


def test_an_empty_id_column_gives_way_and_previews_and_spam_do_not_count(small, carry):
    found = carry(small(r1_csv=QUALTRICS.format("", "", "", "")), LOOSE)
    outcomes = found.submissions.set_index("panellist")["outcome"].to_dict()
    assert outcomes == {"R_0": "test or preview", "R_1": "counts", "R_2": "spam", "R_3": "counts", "R_4": "counts"}
    assert found.rounds_table["linked"].tolist() == ["no"]
    assert found.submissions.set_index("panellist").loc["R_4", ["finished", "submitted"]].tolist() == ["no", ""]


def test_a_later_unfinished_submission_does_not_replace_a_finished_one(small, carry):
    found = carry(small(r1_csv=QUALTRICS.format("D9", "D1", "D9", "D2")), LOOSE)
    assert ratings(found).loc["D1"].tolist() == [9, 8]
    assert found.submissions["outcome"].tolist()[-1] == "double submission"
    assert found.rounds_table["linked"].tolist() == ["yes"]


def test_redcap_says_by_complete_and_limesurvey_by_its_last_page(small, carry):
    redcap = "record_id,s1,round_1_complete\nD1,7,2\nD1,3,0\nD2,8,Incomplete\n"
    found = carry(small(r1_csv=redcap), LOOSE)
    assert ratings(found)["S1"].to_dict() == {"D1": 7, "D2": 8}
    assert found.submissions["finished"].tolist() == ["yes", "no", "no"]
    limesurvey = "id,lastpage,token,IMP[S1]\n1,3,D1,7\n2,1,D1,2\n"
    found = carry(small(r1_csv=limesurvey), LOOSE)
    assert ratings(found)["S1"].to_dict() == {"D1": 7}


ANONYMOUS = {
    "response numbers": "Unique Response Number,S1,S2\n" + "".join(f"{n},3,7\n" for n in range(8)),
    "no id at all": "S1,S2\n" + "3,7\n" * 8,
}


@pytest.mark.parametrize("kind", sorted(ANONYMOUS))
def test_anonymous_rounds_run_and_nothing_needs_pairs(kind, small, carry, words):
    again = ANONYMOUS[kind].replace("3,7", "8,7")
    rounds = "round,file,status\n1,r1.csv,closed\n2,r2.csv,closed\n"
    found = carry(small(rounds_csv=rounds, r1_csv=ANONYMOUS[kind], r2_csv=again), LOOSE)
    assert found.rounds_table["linked"].tolist() == ["no", "no"]
    assert found.ratings["rating"].notna().sum() == 32
    change = found.change.set_index("statement")
    assert change["pairs"].isna().all()
    assert change["limits"].str.startswith("not linkable").all()
    assert change["net_change"].tolist() == [1, 0]
    assert set(found.decisions["decision"]) == {"ask again"}
    assert found.decisions["reason"].str.endswith("cannot be linked").all()
    assert found.leavers.empty
    flow = found.flow.set_index("round")
    assert flow["responded"].tolist() == [8, 8]
    assert flow["stayed"].isna().all()
    assert "Rounds 1 and 2 were anonymous" in words("results", found)


def test_net_change_decides_also_where_rounds_are_not_linkable(small, carry):
    again = ANONYMOUS["no id at all"].replace("3,7", "8,7")
    rounds = "round,file,status\n1,r1.csv,closed\n2,r2.csv,closed\n"
    folder = small(rounds_csv=rounds, r1_csv=ANONYMOUS["no id at all"], r2_csv=again)
    settings = LOOSE.model_copy(update={"stability": LOOSE.stability.model_copy(update={"rule": "net_change"})})
    found = carry(folder, settings)
    assert found.decisions.set_index("statement")["decision"].to_dict() == {"S1": "ask again", "S2": "settled"}


def test_people_may_say_that_ids_link_or_do_not(small, carry):
    rounds = "round,file,status,linked\n1,r1.csv,closed,no\n"
    found = carry(small(rounds_csv=rounds), LOOSE)
    assert found.rounds_table["linked"].tolist() == ["no"]
    assert len(found.submissions) == 3


# Answers are whole answers


@pytest.mark.parametrize(
    "cell", ["5-7", "6 to 8", "7,000", "7.000", "9-May", "May 9", "03/02/2026", "6/7", "5;7", "about 7", "7 or"]
)
def test_what_is_no_single_rating_is_refused_alone_with_row_and_column(cell, small, carry):
    found = carry(small(r1_csv=f'token,S1,S2\nD1,7,2\nD2,"{cell}",3\nD3,8 - very important,4\n'), LOOSE)
    status = found.ratings.set_index(["panellist", "statement"])["status"]
    assert status["D2", "S1"] == "refused"
    assert ratings(found)["S1"].dropna().tolist() == [7, 8]
    (note,) = found.unmatched[["row", "column", "content"]].to_numpy().tolist()
    assert note == [3, "S1", cell]
    assert found.cells.set_index("outcome")["n"].to_dict() == {"rated": 5, "refused": 1}
    parts = (found.statements, found.flow, found.rounds_table, found.decisions, found.withheld)
    status = handover.status(*parts, found.unmatched, found.columns_to_settle)
    assert status.iloc[-1][["awaited", "put_in"]].tolist() == ["the rating intended by 1 answer", "delphi/r1.csv"]


def test_tags_around_answers_and_codes_of_limesurvey_are_understood(small, carry):
    found = carry(small(r1_csv="token,S1,S2\nD1,<p>7</p>,A2\nD2,<b>8 (much)</b>,AO09\n"), LOOSE)
    assert ratings(found).to_numpy().tolist() == [[7, 2], [8, 9]]
    assert "A1 was taken as the lowest point" in found.unmatched["reason"].iloc[0]
    falling = LOOSE.model_copy(update={"answer_codes": "highest first"})
    found = carry(small(r1_csv="token,S1,S2\nD1,A1,A9\n"), falling)
    assert ratings(found).to_numpy().tolist() == [[9, 1]]
    assert found.unmatched.empty
    ten = DelphiSettings(scale=dict(lowest=0, highest=10, unfavourable_to=3, favourable_from=7))
    with pytest.raises(StudyError, match=r"delphi\.answer_codes whether the lowest or the highest"):
        carry(small(r1_csv="token,S1,S2\nD1,A1,A9\n"), ten)


LONG = {
    "0-10": dict(lowest=0, highest=10, unfavourable_to=3, favourable_from=7),
    "halves": dict(lowest=1, highest=9, step=0.5, unfavourable_to=3, favourable_from=7),
    "shares": dict(lowest=0, highest=1, step=0.01, unfavourable_to=0.3, favourable_from=0.7),
    "0-100": dict(lowest=0, highest=100, unfavourable_to=30, favourable_from=70),
}


@pytest.mark.parametrize(
    ("scale", "codes", "cells", "wanted"),
    [
        ("0-10", "as numbered", ("A0", "A10"), (0, 10)),
        ("0-10", "lowest first", ("A1", "A11"), (0, 10)),
        ("0-10", "highest first", ("AO01", "AO11"), (10, 0)),
        ("halves", "lowest first", ("A2", "A17"), (1.5, 9)),
        ("halves", "as numbered", ("A2", "A9"), (2, 9)),
        ("shares", "lowest first", ("A51", "A101"), (0.5, 1)),
        ("shares", "highest first", ("A001", "A101"), (1, 0)),
        ("0-100", "as numbered", ("A0", "A85"), (0, 85)),
        ("0-100", "lowest first", ("A1", "A86"), (0, 85)),
    ],
)
def test_codes_of_limesurvey_on_long_and_decimal_scales(scale, codes, cells, wanted, small, carry):
    text = f"token,S1,S2\nD1,{cells[0]},{cells[1]}\n"
    settings = DelphiSettings(scale=LONG[scale], answer_codes=codes)
    assert ratings(carry(small(r1_csv=text), settings)).loc["D1"].tolist() == list(wanted)
    with pytest.raises(StudyError, match="numbered like the points") as raised:
        carry(small(r1_csv=text), DelphiSettings(scale=LONG[scale]))
    assert "r1.csv, row 2, column 'S1'" in str(raised.value)


@pytest.mark.parametrize(("codes", "cell"), [("lowest first", "A12"), ("as numbered", "A11")])
def test_codes_of_limesurvey_beyond_the_scale_are_asked_about(codes, cell, small, carry):
    settings = DelphiSettings(scale=LONG["0-10"], answer_codes=codes)
    with pytest.raises(StudyError, match=f"{cell}|rating 11 is outside"):
        carry(small(r1_csv=f"token,S1,S2\nD1,{cell},A1\n"), settings)


def test_expanded_columns_of_surveymonkey_are_joined(small, carry):
    rows = (
        "Respondent ID,Collector ID,Custom Data 1,Leaders support it,,,How much?,,\n"
        ",,,1,5,9,There is money - 1,There is money - 5,There is money - 9\n"
        "11,1,D1,,,9,1,,\n12,1,D2,,5,9,,5,\n13,1,D3,,,,,,9\n"
    )
    found = carry(small(r1_csv=rows), LOOSE)
    assert ratings(found)["S2"].tolist() == [1, 5, 9]
    status = found.ratings.set_index(["panellist", "statement"])["status"]
    assert [status[who, "S1"] for who in ("D1", "D2", "D3")] == ["rated", "refused", "missing"]


def test_no_is_an_answer_on_a_scale_of_yes_and_no(small, carry):
    yes_no = DelphiSettings(
        scale=dict(lowest=0, highest=1, unfavourable_to=0, favourable_from=1),
        bootstrap=100,
        consensus=dict(min_ratings=1),
    )
    found = carry(small(r1_csv="token,S1,S2\nD1,Yes,No\nD2,No,No\nD3,don't know,No\n"), yes_no)
    assert ratings(found).fillna(-1).to_numpy().tolist() == [[1, 0], [0, 0], [-1, 0]]
    found = carry(small(r1_csv="token,S1,S2\nD1,7,No\nD2,8,3\n"), LOOSE)
    status = found.ratings.set_index(["panellist", "statement"])["status"]
    assert status["D1", "S2"] == "no opinion"


def test_missing_data_codes_of_redcap_are_no_ratings(small, carry):
    found = carry(small(r1_csv="record_id,s1,s2\nD1,7,-999\nD2,NASK,UNK\n"), LOOSE)
    assert found.ratings["status"].tolist() == ["rated", "missing", "missing", "missing"]


# Too few ratings, and tolerances that fit the scale


def test_a_statement_with_too_few_ratings_is_not_settled(small, carry):
    many = [f"P{n:02}" for n in range(30)]
    rows = "token,S1,S2\n" + "".join(f"{p},{'9' if n < 3 else ''},8\n" for n, p in enumerate(many))
    panel = "panellist,group\n" + "".join(f"{p},x\n" for p in many)
    rounds = "round,file,status\n1,r1.csv,closed\n2,r2.csv,closed\n"
    folder = small(panel_csv=panel, rounds_csv=rounds, r1_csv=rows, r2_csv=rows)
    found = carry(folder)
    (few, enough) = found.decisions.to_dict("records")
    assert (few["verdict"], few["decision"], few["stable"]) == ("too few", "ask again", "yes")
    assert (enough["verdict"], enough["decision"]) == ("in", "settled")
    own = found.summary[found.summary["statement"] == "S1"]
    assert own["certainty"].isna().all()
    assert own["hinges_on"].isna().all()
    assert set(own["by_rand"]) == {"too few"}
    loose = DelphiSettings(consensus=dict(min_ratings=3, min_share=0.1))
    assert carry(folder, loose).decisions["verdict"].tolist() == ["in", "in"]


def test_tolerances_follow_the_width_of_the_scale_and_are_refused_where_they_say_nothing():
    def of(lowest, highest, low, high, **more):
        ends = dict(lowest=lowest, highest=highest, unfavourable_to=low, favourable_from=high)
        return DelphiSettings(scale=ends | more.pop("scale", {}), **more)

    tolerances = [of(0, 1, 0, 1), of(1, 5, 2, 4), of(1, 7, 2, 6), of(1, 9, 3, 7), of(0, 100, 30, 70)]
    assert [s.within for s in tolerances] == [0, 0, 1, 1, 10]
    assert of(0, 1, 0.3, 0.7, scale=dict(step=0.01)).within == 0.1
    with pytest.raises(ValidationError, match="from one end of the scale to the other"):
        of(0, 1, 0, 1, stability=dict(within=1))
    with pytest.raises(ValidationError, match="as wide as the scale"):
        of(0, 1, 0, 1, consensus=dict(iqr=1))


def test_a_panel_that_swaps_on_a_scale_of_yes_and_no_is_not_stable(small, carry):
    yes_no = DelphiSettings(scale=dict(lowest=0, highest=1, unfavourable_to=0, favourable_from=1), bootstrap=100)
    one = "token,S1\n" + "".join(f"{p},{n % 2}\n" for n, p in enumerate(PEOPLE))
    two = "token,S1\n" + "".join(f"{p},{1 - n % 2}\n" for n, p in enumerate(PEOPLE))
    rounds = "round,file,status\n1,r1.csv,closed\n2,r2.csv,closed\n"
    found = carry(small(panel_csv=PANEL, rounds_csv=rounds, r1_csv=one, r2_csv=two), yes_no)
    assert found.change["stable"].tolist() == ["no"]
    assert found.decisions["decision"].tolist()[0] == "ask again"


# Other scales


def test_shares_percentages_and_visual_analogue_scales(small, carry):
    share = DelphiSettings(
        scale=dict(lowest=0, highest=1, step=0.01, unfavourable_to=0.3, favourable_from=0.7),
        bootstrap=100,
        consensus=dict(min_ratings=1),
    )
    rows = 'token,S1,S2\nD1,0.85,"0,3"\nD2,.9,25 %\nD3,1,0.29\n'
    found = carry(small(r1_csv=rows), share)
    assert ratings(found).to_numpy().tolist() == [[0.85, 0.3], [0.9, 0.25], [1, 0.29]]
    summary = found.summary.set_index("statement")
    assert summary["median"].tolist() == [0.9, 0.29]
    assert summary["verdict"].tolist() == ["in", "out"]
    assert set(summary["by_rand"]) | set(summary["by_iqr"]) == {"refused"}
    hundred = DelphiSettings(
        scale=dict(lowest=0, highest=100, unfavourable_to=30, favourable_from=70),
        bootstrap=100,
        consensus=dict(min_ratings=1, iqr=20, rule="iqr"),
    )
    found = carry(small(r1_csv="token,S1,S2\nD1,85,10%\nD2,99,20\nD3,100,30\n"), hundred)
    assert ratings(found).to_numpy().tolist() == [[85, 10], [99, 20], [100, 30]]
    assert found.summary["verdict"].tolist() == ["in", "out"]
    with pytest.raises(StudyError, match=r"set delphi\.scale\.step"):
        carry(small(r1_csv="token,S1,S2\nD1,85.5,10\n"), hundred)


# Tests that cannot be computed


def test_one_leaver_ends_no_delphi(small, carry, words):
    rounds = "round,file,status\n1,r1.csv,closed\n2,r2.csv,closed\n"
    one = "token,S1,S2\n" + "".join(f"{p},{5 + n % 3},{n % 4 + 3}\n" for n, p in enumerate(PEOPLE))
    folder = small(panel_csv=PANEL, rounds_csv=rounds, r1_csv=one, r2_csv=one.rsplit("P08", 1)[0])
    found = carry(folder)
    (row,) = found.leavers.to_dict("records")
    assert (row["leavers"], row["stayers"], row["reason"]) == (1, 7, "no test: only 1 panellist left")
    assert row["p"] != row["p"]
    assert "no test: only 1 panellist left" in words("results", found)
    other = "token,S1,S2\nP08,7,2\n"
    (folder / "r2.csv").write_text(other)
    assert carry(folder).leavers["reason"].tolist() == ["no test: only 1 panellist stayed"]
    same = "token,S1,S2\n" + "".join(f"{p},7,7\n" for p in PEOPLE)
    (folder / "r1.csv").write_text(same)
    (folder / "r2.csv").write_text(same.split("P05")[0])
    assert carry(folder).leavers["reason"].str.contains("equally far").all()


@pytest.mark.parametrize("people", [0, 1, 2, 8])
@pytest.mark.parametrize("second", ["same", "empty", "shifted"])
def test_every_statistic_is_a_number_or_an_empty_cell(people, second, small, carry, words):
    """Nobody, one, two; all ratings equal, all missing: no traceback, no warning, no default."""
    who = PEOPLE[:people]
    filled = {"same": "7,7", "empty": ",", "shifted": "8,7"}[second]
    one = "token,S1,S2\n" + "".join(f"{p},7,7\n" for p in who)
    two = "token,S1,S2\n" + "".join(f"{p},{filled}\n" for p in who)
    rounds = "round,file,status\n1,r1.csv,closed\n2,r2.csv,closed\n3,r2.csv,closed\n"
    rounds = rounds.replace("3,r2", "3,r3")
    folder = small(panel_csv=PANEL, rounds_csv=rounds, r1_csv=one, r2_csv=two, r3_csv=two)
    settings = DelphiSettings(bootstrap=100, ranking=dict(use=True), fuzzy=dict(use=True), real_time=people == 2)
    found = carry(folder, settings)
    for table in (found.change, found.concordance, found.ranking_rounds):
        for name in [c for c in table if c.endswith("_p") or c == "p"]:
            assert table[name].dropna().between(0, 1).all()
    without = found.concordance[found.concordance["w"].isna()]
    assert (without["reason"] != "").all()
    empty = found.summary[found.summary["groups_p"].isna()]
    assert (empty["groups_reason"] != "").all()
    for table, names in (
        (found.summary, ["mean", "sd", "median", "iqr", "p30", "classic_agreement", "bimodality"]),
        (found.change, ["unchanged", "kappa", "spearman", "variation", "group_p", "individual_p"]),
        (found.fuzzy, ["score", "value", "grey"]),
    ):
        without = table[table[names].isna().any(axis=1)]
        assert (without["reason"] != "").all()
    words("results", found)


# The direction of the scale, the order of answers and of statements


FIVE = DelphiSettings(
    bootstrap=100,
    consensus=dict(min_ratings=1, min_share=0),
    scale=dict(lowest=1, highest=5, unfavourable_to=2, favourable_from=4),
)
TURNED = {
    "cells with code and word": "token,S1,S2\nD1,1 (very important),2\nD2,2,5 (not important)\n",
    "a word before its code": "token,S1,S2\nD1,strongly agree (1),2\nD2,2,3\n",
    "a legend in the heading": 'token,"S1 (1 = very important, 5 = not important)",S2\nD1,1,2\n',
    "the words of the settings": "token,S1,S2\nD1,5 - not important,2\nD2,1 - essential,2\n",
    "another language": "token,S1,S2\nD1,1 = sehr wichtig,2\nD2,5,4\n",
}


@pytest.mark.parametrize("kind", sorted(TURNED))
def test_labels_that_turn_the_scale_round_end_the_step(kind, small, carry):
    with pytest.raises(StudyError, match=r"contradicts the settings, in which 1 means 'not important'"):
        carry(small(r1_csv=TURNED[kind]), FIVE)


@pytest.mark.parametrize("kind", ["cells with code and word", "a legend in the heading"])
def test_a_turned_scale_that_the_settings_explain_is_read(kind, small, carry):
    labels = {str(point): 6 - point for point in range(1, 6)}
    labels |= {"1 (very important)": 5, "5 (not important)": 1}
    settings = FIVE.model_copy(update=dict(answer_labels=labels))
    assert ratings(carry(small(r1_csv=TURNED[kind]), settings))["S1"]["D1"] == 5


@pytest.mark.parametrize(
    "cell", ["5 (very important)", "1 = not important", "3 (moderately important)", "4 important", "very important (5)"]
)
def test_labels_that_agree_with_the_scale_are_ratings(cell, small, carry):
    found = carry(small(r1_csv=f"token,S1,S2\nD1,{cell},2\nD2,3,3\n"), FIVE)
    assert ratings(found)["S1"]["D1"] == int(next(sign for sign in cell if sign.isdigit()))


def test_a_word_that_two_common_scales_place_differently_is_asked_about(small, carry):
    both = "token,S1,S2\nD1,very important,slightly important\nD2,moderately important,very important\n"
    with pytest.raises(StudyError, match="'very important' is not a rating"):
        carry(small(r1_csv=both), FIVE)
    told = both.replace("D2,moderately", "D2,extremely")
    assert ratings(carry(small(r1_csv=told), FIVE))["S1"].tolist() == [4, 5]


@pytest.mark.parametrize(
    "content",
    [
        "token,S1,S2\nD1,7,2\nD1,3,2\nD2,8,3\n",
        "panellist,statement,rating\nD1,S1,7\nD1,S1,3\nD2,S1,8\n",
        "token,Submitted,S1,S2\nD1,a week ago,7,2\nD1,yesterday,3,2\nD2,today,8,3\n",
    ],
)
def test_two_answers_of_one_panellist_without_a_time_are_asked_about(content, small, carry):
    found = carry(small(r1_csv=content), LOOSE)
    (asked,) = found.questions[found.questions["question"].str.startswith("Which of several")].to_dict("records")
    assert "D1: rows 2 and 3" in asked["evidence"]
    assert ratings(found)["S1"]["D1"] == 3


@pytest.mark.parametrize("second", ["D1,7,2,2026-02-02 10:00", "D1,3,2,2026-02-03 10:00"])
def test_two_answers_that_agree_or_have_a_time_raise_no_question(second, small, carry):
    first = "D1,7,2,2026-02-02 09:00"
    found = carry(small(r1_csv=f"token,S1,S2,submitdate\n{first}\n{second}\nD2,8,3,2026-02-02 11:00\n"), LOOSE)
    assert not found.questions["question"].str.startswith("Which of several").any()


def test_times_at_different_distances_from_world_time_are_compared_in_it(small, carry):
    rows = "D1,2026-01-02T23:30:00.000+01:00,7,2\nD1,2026-01-02T23:00:00.000Z,3,2\n"
    assert ratings(carry(small(r1_csv=f"token,_submission_time,S1,S2\n{rows}"), LOOSE))["S1"]["D1"] == 3


def test_places_of_an_order_are_no_ratings(small, carry):
    rows = "token,Rank 1,Rank 2\nD1,S1,S2\nD2,S2,S1\n"
    with pytest.raises(StudyError, match="contain ranks, but the settings expect ratings"):
        carry(small(r1_csv=rows), LOOSE)


@pytest.mark.parametrize(
    "heading", ["Standardabweichung", "Mean score", "Median (IQR)", "Écart-type", "Gemiddelde", "% agree", "Consensus"]
)
def test_rows_that_sum_up_are_nobodys_ratings(heading, small, judge):
    folder = small(r1_csv=f"token,S1,S2\nD1,7,2\nD2,8,3\n{heading},7.5,2.5\n")
    rounds = people_tables.read_people_table(folder / "rounds.csv", tables.STUDY_ROUNDS)
    kept = people_files.Study(folder, people_files.read_statements(folder / "statements.csv"), rounds, None)
    found = judge(kept, LOOSE)
    assert set(found.ratings["panellist"]) == {"D1", "D2"}
    assert found.unmatched["reason"].tolist() == ["the row is a total of others"]


ROWS = "D1,7,2\nD2,8,3\n"


@pytest.mark.parametrize(
    "content",
    [
        f"id,S1,S2\n{ROWS}Mean,7.5,2.5\n,7,2\n",
        f",S1,S2\n{ROWS}Mean,7.5,2.5\nCV,0.1,0.2\n",
        "Role,S1,S2\nmayor,7,2\nclerk,8,3\nMedian,7,2\nVar,1,1\n",
    ],
)
def test_rows_below_the_table_are_nobody_where_responses_have_numbers_or_none(content, small, judge):
    folder = small(r1_csv=content)
    rounds = people_tables.read_people_table(folder / "rounds.csv", tables.STUDY_ROUNDS)
    kept = people_files.Study(folder, people_files.read_statements(folder / "statements.csv"), rounds, None)
    found = judge(kept, LOOSE)
    assert found.ratings["rating"].dropna().tolist() == [7, 2, 8, 3]
    assert found.submissions["outcome"].tolist()[:2] == ["counts", "counts"]
    assert "counts" not in found.submissions["outcome"].tolist()[2:]


@pytest.mark.parametrize("heading", ["S1 {}", "S1. {}", "How important? [S1 {}]", "[{}] S1"])
def test_the_id_of_one_statement_before_the_words_of_another_is_asked_about(heading, small, carry):
    columns = f"{heading.format('There is money')},S2"
    found = carry(small(r1_csv=f"token,{columns}\nD1,7,2\nD2,8,3\nD3,9,1\n"))
    assert found.ratings.query("statement == 'S1'")["status"].unique().tolist() == ["not asked"]
    assert len(found.columns_to_settle) == 1


SOSCI = """CASE,SERIAL,QUESTNNR,MODE,STARTED,S101_01,S101_02,TIME001,FINISHED
Number,Serial,Questionnaire,Mode,Start,Rating: Leaders support it,Rating: There is money,Time,Finished
11,D1,base,interview,2026-01-02 10:00:00,7,-9,12,1
12,D2,base,interview,2026-01-02 11:00:00,8,3,12,0
13,D3,base,pretest,2026-01-02 12:00:00,1,1,12,1
"""


def test_two_rows_of_headings_of_sosci_survey_with_what_it_says_of_each_interview(small, carry):
    found = carry(small(r1_csv=SOSCI), DelphiSettings(missing=["-9"]))
    rated = found.ratings.dropna(subset="rating")
    assert rated[["panellist", "statement", "rating"]].to_numpy().tolist() == [
        ["D1", "S1", 7],
        ["D2", "S1", 8],
        ["D2", "S2", 3],
    ]
    assert found.submissions[["finished", "outcome"]].to_numpy().tolist() == [
        ["yes", "counts"],
        ["no", "counts"],
        ["", "test or preview"],
    ]


@pytest.mark.parametrize("heading", ["S1 mean", "S1 (n)", "S1 previous", "S1_confidence", "S1_timer", "S1 expertise"])
def test_something_about_a_statement_is_not_its_rating(heading, small, carry):
    found = carry(small(r1_csv=f"token,{heading},S1,S2\nD1,3,7,2\nD2,3,8,3\n"), LOOSE)
    assert ratings(found)["S1"].tolist() == [7, 8]
    assert found.columns_to_settle["column"].tolist() == [heading]


@pytest.mark.parametrize(
    "head",
    ["Query,Panelist,Answer,Comment", "Question,Expert,Réponse,Commentaire", "Frage,Teilnehmer,Antwort,Kommentar"],
)
def test_one_row_per_answer_in_other_words(head, small, carry):
    rows = "Leaders support it,D1,7,a\nThere is money,D1,8,\n"
    found = carry(small(r1_csv=f"{head}\n{rows}"), LOOSE)
    assert found.ratings[["statement", "rating", "comment"]].to_numpy().tolist() == [["S1", 7, "a"], ["S2", 8, ""]]
