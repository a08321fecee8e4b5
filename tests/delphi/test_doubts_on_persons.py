"""Who answered, where the files leave it open: asked about with the evidence."""

import pytest
from coproduction.core import people_tables
from coproduction.delphi import people_files
from coproduction.delphi import tables as forms
from coproduction.delphi.settings import DelphiSettings

TWO_ROUNDS = "round,file,status\n1,r1.csv,closed\n2,r2.csv,closed\n"


@pytest.fixture
def asked(small, judge):
    """The questions on files without a panel, or with one."""

    def asked(panel="", rounds="", **files):
        rounds = rounds or (TWO_ROUNDS if "r2_csv" in files else "round,file,status\n1,r1.csv,closed\n")
        folder = small(rounds_csv=rounds, **files)
        (folder / "panel.csv").write_text(panel)
        people = people_tables.read_people_table(folder / "panel.csv", forms.STUDY_PANEL) if panel else None
        rounds = people_tables.read_people_table(folder / "rounds.csv", forms.STUDY_ROUNDS)
        kept = people_files.Study(folder, people_files.read_statements(folder / "statements.csv"), rounds, people)
        return judge(kept, DelphiSettings()).questions

    return asked


def test_ids_of_tests_are_asked_about_where_no_panel_says_who_is_one(asked):
    content = "token,S1,S2\np1,7,2\nTest 2,8,3\nxxx,1,1\nTessa,2,2\n"
    (question,) = asked(r1_csv=content).itertuples()
    assert question.evidence == "ids: Test 2, xxx (rows 3, 4); they are counted"
    assert asked("panellist,group\np1,x\nTest 2,x\nxxx,x\nTessa,x\n", r1_csv=content).empty


@pytest.mark.parametrize(
    ("first", "second", "said"),
    [(["001", "002"], ["1", "2.0"], "1 (001), 2.0 (002)"), (["p 1", "p2"], ["P-1", "p2"], "P-1 (p 1)")],
)
def test_ids_that_differ_in_spelling_alone_are_asked_about(first, second, said, asked):
    rounds = [f"token,S1,S2\n{ids[0]},7,2\n{ids[1]},8,3\n" for ids in (first, second)]
    questions = asked(r1_csv=rounds[0], r2_csv=rounds[1])
    assert f"{said}; they are counted as different people" in questions["evidence"].tolist()
    assert (
        not asked(r1_csv=rounds[0], r2_csv=rounds[0].upper().replace("7", "6"))["evidence"].str.contains("others").any()
    )


def test_numbers_of_responses_that_are_ids_of_the_panel_but_for_zeros_are_asked_about(asked):
    panel = "panellist,group\n001,x\n002,x\n"
    rounds = [f"id,S1,S2\n{ids[0]},7,2\n{ids[1]},8,3\n" for ids in (("001", "002"), ("1", "2"))]
    questions = asked(panel, r1_csv=rounds[0], r2_csv=rounds[1])
    assert "1 (001), 2 (002); they are counted as different people" in questions["evidence"].tolist()


@pytest.mark.parametrize(
    ("first", "second", "closed", "open_"),
    [
        ("1/2/2026", "2/1/2026", "", False),  # only the month first lets them grow
        ("2/3/2026", "3/2/2026", "", False),
        ("1/2/2026", "3/2/2026", "2026-02-28", True),  # both grow; by days 3 February, by months 2 March
        ("1/2/2026", "3/2/2026", "", False),  # the same submission is the later one
        ("13/2/2026", "1/3/2026", "2026-02-28", False),
    ],
)
def test_days_and_months_are_asked_about_where_it_matters(first, second, closed, open_, asked):
    content = f"token,Submitted,S1,S2\np1,{first},7,2\np1,{second},8,3\n"
    questions = asked(r1_csv=content, rounds=f"round,file,status,closed\n1,r1.csv,closed,{closed}\n")
    assert questions["question"].str.contains("Does the day or the month").any() == open_


def test_a_note_below_the_table_is_asked_about(asked):
    (question,) = asked(r1_csv="token,S1,S2\np1,7,2\nLegend,1 = low,9 = high\n").itertuples()
    assert question.evidence.startswith("ids: Legend (rows 3)")
