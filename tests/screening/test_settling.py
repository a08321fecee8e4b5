"""From decisions to states, the PRISMA flow, and the state of the screening."""

import pandas as pd
import pytest
from coproduction.core import accounting
from coproduction.core.errors import StudyError
from coproduction.report.facts import facts
from coproduction.screening import settling as states
from coproduction.screening.agreement import measure_agreement
from coproduction.screening.flow_figure import draw_flow
from coproduction.screening.handover import account, status
from coproduction.screening.intake import read_stage
from coproduction.screening.prisma import Arm, Flow, broken_identities, count_flow, counts_table, prisma2020_table
from coproduction.screening.progress import state_stop, trace_progress
from coproduction.screening.queue import build_queue, random_order
from coproduction.screening.settings import ScreeningSettings
from screening.study_folder import SETTINGS, Folder, records, rows


@pytest.fixture
def folder(tmp_path):
    return Folder(tmp_path)


@pytest.mark.parametrize(
    ("decisions", "ruling", "needed", "maybe", "outcome"),
    [
        ([], None, 2, True, states.UNSCREENED),
        (["include"], None, 2, True, states.PARTIAL),
        (["include"], None, 1, True, states.INCLUDED_AT),
        (["include", "maybe"], None, 2, True, states.INCLUDED_AT),
        (["exclude", "maybe"], None, 2, True, states.CONFLICT),
        (["maybe", "maybe"], None, 2, False, states.CONFLICT),
        (["exclude", "exclude", "include"], None, 2, True, states.CONFLICT),
        (["include", "exclude"], "exclude", 2, True, states.EXCLUDED),
        ([], "include", 2, True, states.INCLUDED_AT),
    ],
)
def test_outcome_of_a_stage(decisions, ruling, needed, maybe, outcome):
    assert states.conclude(decisions, ruling, needed, maybe) == outcome


def test_what_is_odd_is_reported_and_never_guessed(folder):
    folder.write(
        "title_abstract.csv",
        rows(
            "r0,A,include,,2025-01-01,",
            "r0,A,include,,2025-01-02,",
            "e1a,A,include,,2025-01-01,",
            "e1b,A,exclude,,2025-01-03,",
            "r2,A,include,,,",
            "r2,A,exclude,,,",
            "nowhere,A,include,,,",
        ),
    )
    settled = folder.settle()
    found = settled.findings.set_index("finding")
    assert sorted(found.index) == ["changed mind", "contradiction", "double decision", "unknown record"]
    assert found.loc["unknown record", "row"] == 8
    assert "2025-01-03" in found.loc["changed mind", "detail"]
    counted = settled.decisions.set_index("record")["decision"].to_dict()
    assert counted == {"r0": "include", "r1": "exclude"}


def test_the_way_of_a_record_through_both_stages(folder):
    folder.write(
        "title_abstract.csv",
        rows(
            *(f"r{i},{who},include,,2025-01-0{i + 1}," for i in range(4) for who in "AB"),
            "r4,A,include,,,",
            "r4,B,exclude,off,,",
            "r5,A,exclude,off,,",
            "r5,B,exclude,lang,,",
            "r6,A,include,,,",
        ),
    ).write(
        "full_text.csv",
        rows("r0,A,include,,,", "r0,B,include,,,", "r1,A,exclude,off,,", "r1,B,exclude,off,,", "r5,A,include,,,"),
    ).write("retrieval.csv", "record,status,note\nr2,not_retrieved,\nr0,retrieved,\n").write(
        "criteria.csv", "criterion,kind,label,text\nlang,exclude,Language,x\noff,exclude,Off,y\n"
    )
    settled = folder.settle()
    standing = settled.states.set_index("record")
    assert standing["state"].to_dict() == {
        "r0": "included",
        "r1": "full text: excluded",
        "r2": "full text: not retrieved",
        "r3": "full text: awaited",
        "r4": "title and abstract: conflict",
        "r5": "title and abstract: excluded",
        "r6": "title and abstract: partly screened",
        "r7": "not screened",
    }
    assert standing.loc["r5", "reason"] == "lang"  # the first criterion counts
    assert settled.conflicts["record"].tolist() == ["r4"]
    assert settled.conflicts["decisions"].tolist() == ["A: include; B: exclude (off)"]
    assert "not due in full text" in settled.findings["finding"].tolist()
    accounting.check_account(account(settled.states))
    assert account(settled.states)["n"].sum() == 8
    steps = status(settled.states, settled.conflicts, settled.findings).set_index("step")
    assert steps.loc["Titles and abstracts", "done"] == 5
    assert steps["state"].tolist() == ["partial", "awaited", "partial", "partial"]


def test_screening_without_a_conflict_leaves_nothing_to_adjudicate(folder, prose):
    half = rows(*(f"r{i},{who},exclude,off,," for i in range(8) for who in "AB"))
    folder.write("title_abstract.csv", rows("r0,A,exclude,off,,", "r0,B,exclude,off,,"))
    settled = folder.settle()
    begun = status(settled.states, settled.conflicts, settled.findings).iloc[1]
    assert (begun["step"], begun["state"]) == ("Adjudication", "not started")
    folder.write("title_abstract.csv", half)
    settled = folder.settle()
    steps = status(settled.states, settled.conflicts, settled.findings)
    done = steps.iloc[1]
    assert (done["step"], done["state"]) == ("Adjudication (no conflicts)", "done")
    assert "adjudication (no conflicts): done" in prose("report").fill("summary", facts(steps, False))


def test_contradictory_files_are_an_error_with_its_place(folder):
    folder.write("title_abstract.csv", rows("r0,A,include,,,", "r0,B,include,,,")).write(
        "full_text.csv", rows("r0,A,include,,,")
    ).write("retrieval.csv", "record,status\nr0,not_retrieved\n")
    with pytest.raises(StudyError, match=r"retrieval.csv, row 2, column 'status'.*not retrieved"):
        folder.settle()
    folder.write("retrieval.csv", "record,status\nr0,retrieved\ne0a,not_retrieved\n")
    with pytest.raises(StudyError, match="row 3"):
        folder.settle()


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "the file is empty"),
        (b"record,reviewer\nr1,A\n", "column 'decision' is missing"),
        (b"record,reviewer,decision\nr1,A,perhaps\n", "row 2, column 'decision': 'perhaps'"),
        (b"record,reviewer,decision\nr1,,include\n", "row 2, column 'reviewer'"),
        (
            b"record,reviewer,decision,date\nr1,A,include,4/1/2025\n",
            "'4/1/2025' may have either the day or the month first",
        ),
        (b"record,reviewer,decision,date\nr1,A,include,28.01.26\n", "'28.01.26' has a two-digit year"),
        (b"record,reviewer,decision\nr1,A,incl\xb3de\n", "not valid UTF-8"),
        (b'record,reviewer,decision\nr1,A,"include\n', "is truncated"),
        (b"record,reviewer,decision\nr1,A,include,x,y\n", "the row has 5 cells"),
    ],
)
def test_bad_decision_files_name_file_place_and_remedy(tmp_path, content, message):
    path = tmp_path / "title_abstract.csv"
    path.write_bytes(content)
    with pytest.raises(StudyError, match=message) as caught:
        read_stage([str(path)], "title_abstract")
    assert "title_abstract.csv" in str(caught.value)
    assert caught.value.remedy


def test_other_column_order_separator_and_words_are_read(tmp_path):
    path = tmp_path / "title_abstract.csv"
    path.write_text("\ufeffdecision;record;reviewer;rank\nYes;r1;A;1\n0;r2;A;2\n;r3;A;3\n", encoding="utf-8")
    read, _ = read_stage([str(path)], "title_abstract")
    assert read["decision"].tolist() == ["include", "exclude"]
    assert read["row"].tolist() == [2, 3]


def test_a_filled_queue_comes_back_as_a_workbook(tmp_path, folder):
    settled = folder.settle()
    queue, _ = build_queue(records(), settled.states, settled.decisions, folder.files().criteria, SETTINGS, 1)
    filled = queue.assign(reviewer="A", decision="include", date="2025-01-01").head(3)
    filled.to_excel(tmp_path / "title_abstract_A.xlsx", index=False)
    read, _ = read_stage([str(tmp_path / "title_abstract_A.xlsx")], "title_abstract")
    assert read["record"].tolist() == filled["record"].tolist()


def test_empty_states_are_valid_everywhere(folder):
    settled = folder.settle(n=0)
    assert settled.states.empty
    queue, basis = build_queue(records(0), settled.states, settled.decisions, folder.files().criteria, SETTINGS, 1)
    assert queue.empty
    assert basis["start"].tolist() == ["nothing"]
    assert measure_agreement(settled.decisions, SETTINGS).empty
    assert status(settled.states, settled.conflicts, settled.findings)["state"].eq("not started").all()
    nothing = trace_progress(records(1), settled.states, settled.decisions, SETTINGS)
    assert [len(table) for table in nothing] == [0, 0]
    assert state_stop(settled.states, settled.decisions, SETTINGS)["statement"].is_unique


def test_the_queue_starts_from_criteria_and_learns_from_decisions(folder):
    folder.write("criteria.csv", "criterion,kind,label,text\nc,include,Care,citizens coproduce care\n")
    settled = folder.settle()
    queue, basis = build_queue(records(), settled.states, settled.decisions, folder.files().criteria, SETTINGS, 1)
    assert basis["start"].tolist() == ["criteria"]
    assert set(queue["record"].head(4)) == {"r0", "r2", "r4", "r6"}
    folder.write(
        "title_abstract.csv", rows(*(f"r{i},{w},{d},,," for i, d in ((0, "exclude"), (1, "include")) for w in "AB"))
    )
    settled = folder.settle()
    given = (records(), settled.states, settled.decisions, folder.files().criteria, SETTINGS, 1)
    queue, basis = build_queue(*given)
    assert basis["start"].tolist() == ["decisions"]
    assert set(queue["record"].head(3)) == {"r3", "r5", "r7"}
    assert queue.equals(build_queue(*given)[0])


def test_a_random_place_does_not_change_the_order_of_those_who_stay():
    all_of_them = random_order(["a", "b", "c", "d"], 3)
    fewer = random_order(["a", "c", "d"], 3)
    assert sorted(fewer, key=fewer.get) == [r for r in sorted(all_of_them, key=all_of_them.get) if r != "b"]


def test_recall_from_a_random_sample(folder):
    folder.write(
        "title_abstract.csv",
        rows(
            "r0,A,include,,2025-01-01,",
            "r1,A,exclude,,2025-01-01,",
            "r2,A,include,,2025-01-02,random",
            "r3,A,exclude,,2025-01-02,Random",
            "r4,A,include,,2025-01-03,",
        ),
    )
    settings = ScreeningSettings(reviewers_title_abstract=1)
    settled = folder.settle(settings)
    stop = state_stop(settled.states, settled.decisions, settings).set_index("statement")
    recall = stop.loc["recall from a random sample"]
    assert recall["there"] == "1 relevant in a sample of 2 of 6"
    assert recall["value"] == pytest.approx(3 / (1 + 3))
    assert recall["low"] < recall["value"] <= recall["high"] == 1


def flow_of_study(folder, settings=SETTINGS):
    settled = folder.settle(settings)
    entered = accounting.table(
        accounting.account_rows(
            "literature", "record", "scopus.csv", {"refused": 1, "merged as duplicate": 3, "unique": 8}
        ),
        accounting.ACCOUNT,
    )
    searches = pd.DataFrame({"database": ["Scopus"], "file": ["scopus.csv"]})
    return count_flow(entered, searches, settled.states, folder.files().criteria, settings)


def test_the_flow_adds_up_in_every_state(folder):
    flow = flow_of_study(folder)
    assert flow.databases.identified == {"database": 12}
    assert (flow.databases.unscreened, flow.databases.screened) == (8, 0)
    folder.write("title_abstract.csv", rows("r0,A,include,,,", "r0,B,include,,,"))
    flow = flow_of_study(folder)
    assert (flow.databases.unscreened, flow.databases.sought, flow.databases.awaited) == (7, 1, 1)
    stopped = flow_of_study(folder, ScreeningSettings(stopped=True))
    assert (stopped.databases.unscreened, stopped.databases.automation) == (0, 7)
    table = prisma2020_table(stopped).set_index("data")["n"]
    assert table["excluded_automatic"] == "7"
    assert table["dbr_excluded"] == "None, 0"


def test_records_of_other_methods_have_their_own_arm(folder):
    settings = ScreeningSettings(kinds={"Scopus": "citation"})
    flow = flow_of_study(folder, settings)
    assert flow.others.identified == {"citation": 12}
    assert flow.databases.identified == {}


def test_a_kind_given_to_a_misspelt_source_is_named(folder):
    settings = ScreeningSettings(kinds={"scopous": "register"})
    with pytest.raises(StudyError, match=r"kinds' names 'scopous'.*Did you mean 'Scopus'\?"):
        flow_of_study(folder, settings)
    awaited = ScreeningSettings(kinds={"ClinicalTrials.gov": "register", "Scopus": "database"})
    assert flow_of_study(folder, awaited).databases.identified == {"database": 12}


def test_broken_sums_are_named():
    arm = Arm({"database": 10}, duplicates=1, excluded=5, sought=3, assessed=3, included=3)
    problems = broken_identities(Flow(arm, Arm({}), 3, 3), unique=9)
    assert any("records identified (10)" in problem for problem in problems)
    assert any("9 unique records" in problem for problem in problems)
    assert broken_identities(Flow(Arm({}), Arm({}), 0, 0), 0) == []


def test_the_diagram_shows_every_number():
    arm = Arm(
        {"database": 1234, "register": 17},
        201,
        3,
        0,
        40,
        6,
        5,
        900,
        96,
        4,
        2,
        90,
        8,
        {"Not about co-production": 50, "Another reason": 11},
        21,
    )
    flow = Flow(arm, Arm({"citation": 4}, sought=4, assessed=4, included=4), 24, 25, 7, 8)
    assert broken_identities(flow) == []
    texts = " ".join(text.get_text().replace("\u00a0", " ") for text in draw_flow(flow).axes[0].texts)
    for n in ("1,234", "17", "201", "996", "900", "96", "40", "50", "24", "31", "33"):
        assert f"(n = {n})" in texts, n
    counts = counts_table(flow)
    assert counts.duplicated(["arm", "box", "item"]).sum() == 0


CODES = "criterion,kind,label,text\nE1,exclude,Wrong language,x\nE2,exclude,Off topic,y\n"


@pytest.mark.parametrize(
    ("cell", "reason", "note"),
    [
        ("1. Off topic", "E2", ""),
        ("(2) wrong language", "E1", ""),
        ("E1: Wrong language", "E1", ""),
        ("E2 - about cars", "E2", ""),
        ("E1: Off topic", "E1: Off topic", ""),  # which of the two?
        ("2 studies in one", "2 studies in one", ""),
        ('"Off topic\nWrong language"', "E1", "Off topic"),
        ("Off topic / Wrong language", "E1", "Off topic"),
        ("Off topic and wrong language", "E1", "Off topic"),
        ("Off topic and too old", "Off topic and too old", ""),
        ("Off topic; too old", "E2", "too old"),
        ('"Off topic, too old; Wrong language"', "E1", "Off topic; too old"),
    ],
)
def test_a_reason_is_that_of_a_criterion_however_it_is_listed(tmp_path, cell, reason, note):
    folder = Folder(tmp_path).write("criteria.csv", CODES)
    folder.write("title_abstract.csv", f"record,reviewer,decision,reason\nr0,Ann,exclude,{cell}\n")
    assert folder.settle().decisions[["reason", "note"]].to_numpy().tolist() == [[reason, note]]
