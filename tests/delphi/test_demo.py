"""The bundled Delphi shows what it is meant to show, and every rating is accounted for."""

import importlib.util
import re

import pandas as pd
import pytest
from coproduction.core import accounting
from coproduction.delphi import handover, panel
from coproduction.delphi.facts import comments, composition, respondents


@pytest.fixture(scope="module")
def maker(root):
    path = root / "tests" / "demo_truth" / "make_delphi.py"
    spec = importlib.util.spec_from_file_location("make_delphi", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_bundled_rounds_are_what_the_maker_writes(maker, root, tmp_path, monkeypatch):
    monkeypatch.setattr(maker, "FOLDER", tmp_path)
    for number, values in maker.ratings().items():
        maker.write(number, values)
        name = f"round{number}.csv"
        bundled = root / "data" / "demo" / "delphi" / name
        assert (tmp_path / name).read_bytes() == bundled.read_bytes()


def test_the_story_comes_out(maker, demo):
    now = demo.decisions.set_index("statement")
    assert tuple(now.loc[maker.STORY["split"], ["verdict", "decision"]]) == ("split", "settled")
    assert now.loc[maker.STORY["unstable"], "stable"] == "no"
    assert now.loc[maker.STORY["consensus_out"], "verdict"] == "out"
    assert now.loc[maker.STORY["reworded"], "version"] == 2
    assert now.loc[maker.STORY["added"], "rounds"] == 2
    assert now.loc[maker.STORY["dropped"], "decision"] == "withdrawn"
    again = now.index[now["decision"] == "ask again"]
    assert sorted(again) == maker.ROUND_4


def test_what_was_asked_in_round_3_is_what_the_stop_rule_left_open(begun, maker):
    open_ones = begun.decisions[begun.decisions["decision"] == "ask again"]
    assert sorted(open_ones["statement"]) == maker.ROUND_3


def test_consensus_after_one_round_settles_nothing(begun):
    added = begun.decisions.set_index("statement").loc["S32"]
    assert added["verdict"] == "in"
    assert added["decision"] == "ask again"


def test_open_round_is_imported_but_decides_nothing(begun):
    assert (begun.ratings["round"] == 3).any()
    assert begun.decisions["round"].max() == 2


def test_what_did_not_match_is_listed(demo):
    rows = demo.submissions.set_index(["round", "panellist"])["outcome"]
    assert rows[1, "TEST"] == "not in the panel"
    assert sorted(rows[1, "D07"]) == ["counts", "double submission"]
    assert rows[2, "D09"] == "counts"  # written 'd09 ' in the export
    assert set(demo.unmatched["content"]) == {"TEST", "D07"}


def test_every_cell_is_accounted_for(demo, root):
    account = handover.account(demo.cells, demo.decisions)
    accounting.check_account(account)
    assert account.loc[account["unit"] == "statement", "n"].sum() == 32
    for number in (1, 2, 3):
        lines = (root / "data/demo/delphi" / f"round{number}.csv").read_text().splitlines()
        columns = lines[0].count("IMP[")
        entered = account.loc[account["source"] == f"delphi/round{number}.csv", "n"].sum()
        assert entered == (len(lines) - 1) * columns


def test_no_opinion_missing_and_not_asked_are_apart(demo):
    one = demo.ratings.set_index(["round", "panellist", "statement"])["status"]
    assert one[1, "D14", "S09"] == "no opinion"
    assert one[1, "D04", "S09"] == "missing"
    summary = demo.summary.set_index(["round", "statement"]).loc[(1, "S09")]
    assert (summary["n"], summary["no_opinion"], summary["missing"]) == (15, 2, 1)
    assert summary["asked"] == 18


def test_evidence_names_every_factor_that_was_rated(demo, root):
    evidence = handover.evidence(demo.decisions)
    factors = {f for cell in demo.statements["factor"] for f in cell.split(";")}
    assert set(evidence["factor"]) == factors
    assert set(evidence["kind"]) == {"rating"}


def test_evidence_says_what_the_panel_says(demo, maker):
    evidence = handover.evidence(demo.decisions).set_index("source")["verdict"]
    assert evidence[maker.STORY["split"]] == accounting.UNDECIDED
    assert evidence[maker.STORY["consensus_out"]] == accounting.REJECTED
    assert set(evidence) == {accounting.SUPPORTED, accounting.REJECTED, accounting.UNDECIDED}


def test_a_statement_without_factor_is_counted_and_said_and_gives_no_evidence(small, carry, words):
    found = carry(small(statements_csv="statement,text,factor\nS1,Leaders support it,a\nS2,Money,\n"))
    assert handover.evidence(found.decisions)["source"].tolist() == ["S1"]
    account = handover.account(found.cells, found.decisions)
    accounting.check_account(account)
    own = account[account["unit"] == "statement"].set_index("outcome")["n"]
    assert own.to_dict() == {"evidence for a condition": 1, "linked to no condition": 1}
    assert "1 statement corresponds to no condition in the codebook (S2)" in words("results", found)


def test_panel_flow_adds_up(demo):
    total = demo.flow[demo.flow["group"] == "all"].set_index("round")
    assert total["responded"].tolist() == [18, 16, 14, 0]
    for number in (2, 3):
        before = total.loc[number - 1, "responded"]
        assert total.loc[number, "stayed"] + total.loc[number, "left"] == before
        assert total.loc[number, "attrition"] == total.loc[number, "left"] / before
    assert total["invited"].tolist() == [18, 17, 16, 16]
    assert total.loc[3, "retention"] == 14 / 18
    assert total.loc[4, "left"] == 0  # nobody has left an open round
    parts = demo.flow[demo.flow["group"] != "all"].groupby("round")["responded"].sum()
    assert parts.tolist() == total["responded"].tolist()


def test_who_has_not_answered_an_open_round_may_be_reminded(demo):
    asked = panel.reminders(demo.submissions, demo.panel, demo.rounds)
    assert asked["round"].unique().tolist() == [4]
    assert len(asked) == 16
    assert set(asked["state"]) == {"nothing came"}
    opened = panel.reminders(demo.submissions, demo.panel, demo.rounds | {3: "open"})
    third = opened[opened["round"] == 3]
    assert (
        len(third) == 16 - demo.submissions.query("round == 3 and outcome == 'counts' and finished == 'yes'").shape[0]
    )
    assert set(third["state"]) <= {"nothing came", "begun, not finished", "submitted, but does not count"}
    assert panel.reminders(demo.submissions, demo.panel, demo.rounds, [4]).empty


def test_a_round_whose_ids_are_not_those_of_the_panel_is_in_the_status(demo):
    given = demo.submissions
    parts = (demo.statements, demo.flow, demo.rounds_table, demo.decisions, demo.withheld, None, None, None)
    assert not handover.status(*parts, given)["step"].str.contains("do not count").any()  # one trial alone
    lost = given.assign(outcome=given["outcome"].where(given["round"] != 2, "not in the panel"))
    row = handover.status(*parts, lost).set_index("step").loc["Answers of round 2 that do not count"]
    assert row["total"] == (given["round"] == 2).sum()
    assert row["awaited"].startswith("ids from delphi/panel.csv in place of ")
    assert row["put_in"] == "delphi/round2.csv"


def test_report_is_complete_and_in_step_with_the_settings(demo, words):
    assert demo.settings.fixed_rules in words("methods", demo)
    changed = demo.settings.model_copy(
        update={"consensus": demo.settings.consensus.model_copy(update={"agreement": 0.8})}
    )
    assert changed.fixed_rules != demo.settings.fixed_rules
    text = words("results", demo)
    for name in ("flow", "distribution", "map", "alluvial", "statements", "change"):
        assert f"#fig-delphi-{name}" in text


def test_open_rounds_are_awaited_with_the_file_to_put_them_in(demo, begun):
    files = pd.DataFrame({"round": [1, 2, 3, 4], "file": ["a", "b", "round3.csv", "round4.csv"]})
    status = handover.status(begun.statements, begun.flow, files[:3], begun.decisions, begun.withheld)
    awaited = status.set_index("step").loc["Round 3"]
    assert awaited["state"] == "partial"
    assert awaited["put_in"] == "delphi/round3.csv"
    status = handover.status(demo.statements, demo.flow, files, demo.decisions, demo.withheld)
    awaited = status.set_index("step").loc["Round 4"]
    assert (awaited["state"], awaited["put_in"]) == ("awaited", "delphi/round4.csv")


def test_three_rounds_bring_a_friedman_test_and_show_who_left(demo):
    tested = demo.change.dropna(subset=["friedman_p"])
    assert "S19" in set(tested["statement"])
    assert demo.leavers[["round", "next", "leavers"]].to_numpy().tolist() == [[1, 2, 2], [2, 3, 2]]


def test_open_rounds_are_named_with_and_without_responses(demo, begun, words):
    assert "Round 3 has begun: 14 of 16 panellists have responded." in words("results", begun)
    assert "Round 4 is open: 16 panellists have been invited; none has responded yet." in words("results", demo)


def test_the_panel_is_told_in_counts_that_single_out_nobody():
    panel = pd.DataFrame(
        {
            "panellist": [f"D{n:02}" for n in range(8)],
            "group": ["managers"] * 5 + ["researchers"] * 3,
            "country": ["ITA"] * 4 + ["FRA", "FRA", "POL", ""],
            "years": pd.array([1, 4, 5, 9, 10, 19, 20, 40], dtype="Int64"),
        }
    )
    rows = [(row["what"], row["value"], row["n"]) for row in composition(panel)]
    assert rows[:2] == [("group", "managers", 5), ("group", "researchers", 3)]
    assert ("country", "Italy", 4) in rows
    assert ("country", "3 more with at most 2 each", 4) in rows
    assert [row for row in rows if row[0] == "years of experience"] == [
        ("years of experience", "4 more with at most 2 each", 8)
    ]
    assert sum(n for what, _, n in rows if what == "country") == len(panel)
    assert all(n > 2 or "more with" in value for _, value, n in rows)
    assert composition(panel[["panellist"]].assign(group="panel")) == []


def test_each_property_says_how_many_responded_in_each_round():
    panel = pd.DataFrame({"panellist": list("ABCDEFGH"), "group": ["managers"] * 5 + ["researchers"] * 3})
    submissions = pd.DataFrame(
        [(1, name, "counts") for name in "ABCDEFG"]
        + [(2, "A", "counts"), (2, "H", "counts"), (2, "B", "superseded"), (3, "A", "counts")],
        columns=["round", "panellist", "outcome"],
    )
    closed = [{"round": 1}, {"round": 2}, {"round": 3}]
    answered = respondents(submissions, closed, unlinked=[3])
    assert list(answered) == [1, 2]
    assert [row["responded"] for row in composition(panel, answered)] == [{1: 5, 2: 1}, {1: 2, 2: 1}]


def test_the_table_of_the_panel_has_a_column_for_each_closed_round(demo, words):
    first = next(line for line in words("methods", demo).splitlines() if line.startswith("| Group"))
    assert first.split("|")[-4:-1] == [" 7 ", " 7 ", " 6 "]


def test_comments_are_counted_and_left_to_people(demo, words):
    written = demo.ratings[demo.ratings["comment"].fillna("") != ""]
    told = comments(demo.ratings, [1, 2, 3])
    assert told["n"] == len(written) > 0
    assert sum(row["All"] for row in told["rows"]) == told["n"]
    most = written["statement"].value_counts()
    assert told["rows"][0]["All"] == most.iloc[0]
    text = " ".join(words("results", demo).split())
    assert f"wrote {len(written)} comments, most on " in text
    assert "were not summarised automatically" in text
    assert "| Statement | Round 1 | Round 2 | Round 3 | All |" in re.sub(r" +", " ", text)
    assert not [words for words in written["comment"] if words in text]


def test_without_comments_nothing_is_said_of_them(demo):
    silent = demo.ratings.assign(comment="")
    assert comments(silent, [1, 2, 3]) == {"n": 0, "panellists": 0, "rows": []}
