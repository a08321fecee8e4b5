"""The analysis beside what the R package QCA gives, and beside slow searches."""

import re

import numpy as np
import pandas as pd
import pytest
from coproduction.qca import analysis
from coproduction.qca.settings import QcaSettings
from qca.conftest import study

PLAIN = QcaSettings(pri=0)
PRESENT = dict.fromkeys(("DEV", "URB", "LIT", "IND", "STB"), "present")


def expressions(found, outcome, kind):
    own = found.solutions
    own = own[(own["outcome"] == outcome) & (own["kind"] == kind) & (own["part"] == "whole")]
    return [set(words.split(" + ")) for words in own["expression"]]


@pytest.mark.parametrize(
    ("name", "cut", "outcome", "kind", "terms"),
    [
        ("LC", 0.8, "SURV", "conservative", "DEV*~URB*LIT*STB + DEV*LIT*IND*STB"),
        ("LC", 0.8, "SURV", "parsimonious", "DEV*STB"),
        ("LC", 0.8, "SURV", "intermediate", "DEV*LIT*STB"),
        ("LC", 0.8, "~SURV", "conservative", "~DEV*~URB*~IND + DEV*LIT*IND*~STB"),
        ("LC", 0.8, "~SURV", "parsimonious", "~DEV + ~STB"),
        ("LF", 0.8, "SURV", "conservative", "DEV*URB*LIT*IND*STB + DEV*~URB*LIT*~IND*STB"),
        ("LF", 0.8, "SURV", "parsimonious", "DEV*~IND + URB*STB"),
        ("LF", 0.8, "SURV", "intermediate", "DEV*URB*LIT*STB + DEV*LIT*~IND*STB"),
        ("LF", 0.7, "SURV", "conservative", "DEV*~URB*LIT*STB + DEV*LIT*IND*STB"),
        ("LF", 0.7, "SURV", "parsimonious", "DEV*STB"),
        ("LF", 0.8, "~SURV", "conservative", "~DEV*~URB*~IND + DEV*LIT*IND*~STB"),
        ("LF", 0.8, "~SURV", "parsimonious", "~DEV + ~STB"),
    ],
)
def test_solutions_of_lipset_are_those_of_r(lipset, name, cut, outcome, kind, terms):
    sets, calibrated = study(lipset(name), "SURV", PRESENT)
    found = analysis.analyse(sets, calibrated, PLAIN.model_copy(update={"consistency": cut}))
    assert expressions(found, outcome, kind) == [set(terms.split(" + "))]


def test_fit_of_lipset_is_that_of_r(lipset, shared_data):
    """Every row of the fuzzy truth table and every condition's necessity, to the printed digits."""
    text = (shared_data / "qca" / "expected_output_R_QCA.txt").read_text()
    part = text.split("##### LF fuzzy")[1].split("--- conservative")[0]
    sets, calibrated = study(lipset("LF"), "SURV", PRESENT)
    found = analysis.analyse(sets, calibrated, PLAIN)
    own = found.truth_table[(found.truth_table["outcome"] == "SURV") & (found.truth_table["n"] > 0)]
    ours = {
        (row.n, f"{row.consistency:.3f}", f"{row.pri:.3f}", row.sufficient == "yes", row.cases)
        for row in own.itertuples(index=False)
    }
    lines = re.findall(r"^\s*\d+(?:\s+[01]){5}\s+([01])\s+(\d+)\s+(\S+)\s+(\S+)\s+(\S+)\s*$", part, re.M)
    theirs = {(int(n), incl, pri, out == "1", ";".join(sorted(cases.split(",")))) for out, n, incl, pri, cases in lines}
    ours = {(*row[:4], ";".join(sorted(row[4].split(";")))) for row in ours}
    assert len(lines) == 9
    assert ours == theirs
    single = re.findall(r"^(~?[A-Z]{3}) (\S+) (\S+) (\S+) $", text.split("--- sufficiency single")[0], re.M)
    assert len(single) == 10
    need = found.necessity[found.necessity["outcome"] == "SURV"].set_index("condition")
    for name, inclusion, relevance, coverage in single:
        row = need.loc[name, ["consistency", "relevance", "coverage"]].astype(float)
        assert row.tolist() == pytest.approx([float(inclusion), float(relevance), float(coverage)], abs=1e-6)
    verdicts = dict(zip(need.index, need["verdict"], strict=True))
    assert (verdicts["STB"], verdicts["LIT"], verdicts["DEV"]) == ("necessary", "trivial", "")


def test_solution_terms_have_the_coverage_of_r(lipset):
    sets, calibrated = study(lipset("LF"), "SURV", PRESENT)
    found = analysis.analyse(sets, calibrated, PLAIN).solutions
    own = found[(found["outcome"] == "SURV") & (found["kind"] == "intermediate")].set_index("expression")
    shown = own.loc["DEV*URB*LIT*STB", ["consistency", "pri", "coverage", "unique"]].astype(float)
    assert shown.round(3).tolist() == [0.901, 0.879, 0.468, 0.378]
    whole = own[own["part"] == "whole"].iloc[0]
    assert whole[["consistency", "pri", "coverage"]].astype(float).round(3).tolist() == [0.866, 0.839, 0.660]
    assert whole["uncovered"] == "FR;SE"


def test_places_of_cases(lipset):
    sets, calibrated = study(lipset("LF"), "SURV", PRESENT)
    fitted = analysis.analyse(sets, calibrated, PLAIN).fitted
    own = fitted[fitted["outcome"] == "SURV"].set_index("case")["place"]
    assert own["BE"] == "typical"
    assert own["GR"] == "outside"
    assert set(own[own == "uncovered"].index) == {"FR", "SE"}


def test_assumptions_are_told_and_rows_add_up(lipset):
    sets, calibrated = study(lipset("LF"), "SURV", PRESENT)
    found = analysis.analyse(sets, calibrated, PLAIN).truth_table
    assert (found.groupby("outcome").size() == 32).all()
    assumed = found[found["assumed"] != ""]
    assert (assumed["sufficient"] == "remainder").all()
    assert not found["assumed"].str.contains("conservative").any()


def test_without_expectations_there_is_no_intermediate_solution(lipset):
    sets, calibrated = study(lipset("LC"), "SURV")
    found = analysis.analyse(sets, calibrated, PLAIN)
    assert not found.solutions["kind"].str.contains("intermediate").any()


@pytest.mark.parametrize("k", [8, pytest.param(10, marks=pytest.mark.slow)])
def test_many_conditions_are_solved(k):
    chance = np.random.default_rng(1)
    names = [f"C{i}" for i in range(k)]
    frame = pd.DataFrame(chance.random((30, k + 1)).round(2), columns=[*names, "Y"])
    frame.index = [f"c{i}" for i in range(30)]
    found = analysis.analyse(*study(frame, "Y", dict.fromkeys(names[:4], "present")), QcaSettings(pri=0))
    assert (found.truth_table.groupby("outcome").size() == 1 << k).all()
    assert len(found.solutions)


def multi_value():
    """A crisp study with one condition of three values; its solutions were worked out by hand."""
    rows = [("a", 0, 1, 1), ("b", 1, 1, 1), ("c", 2, 1, 0), ("d", 2, 0, 0), ("e", 0, 0, 0), ("f", 1, 0, 1)]
    frame = pd.DataFrame(rows, columns=["case", "A", "B", "Y"]).set_index("case").astype(float)
    return study(frame, "Y", {"B": "present"}, {"A": 3})


def test_multi_value_conditions():
    found = analysis.analyse(*multi_value(), PLAIN)
    assert expressions(found, "Y", "conservative") == [{"A[1]", "A[0]*B"}]
    assert expressions(found, "~Y", "conservative") == [{"A[2]", "A[0]*~B"}]
    assert len(found.truth_table) == 12
    need = found.necessity[found.necessity["outcome"] == "Y"].set_index("condition")
    assert list(need.index) == ["A[0]", "A[1]", "A[2]", "B", "~B"]
    assert need.loc["A[1]", "consistency"] == pytest.approx(2 / 3)
    assert found.cases.set_index("case").loc["c", "configuration"] == "A[2]*B"
    chart = analysis.configurations(found.solutions, multi_value()[0])
    assert ("A", "1") in set(zip(chart["condition"], chart["state"], strict=True))
    assert list(found.skewness["set"]) == ["B", "Y"]


def test_the_number_of_models_is_told_and_solutions_are_listed():
    chance = np.random.default_rng(3)
    names = list("ABCDEFG")
    frame = pd.DataFrame(chance.integers(0, 2, (14, 8)), columns=[*names, "Y"]).astype(float)
    frame = frame.drop_duplicates(names)
    frame.index = [f"c{i}" for i in range(len(frame))]
    found = analysis.analyse(*study(frame, "Y"), PLAIN)
    models = found.models.set_index(["outcome", "kind"])
    most = models.loc[("Y", "parsimonious")]
    assert most["models"] > 50
    assert most["counted"] == "all"
    own = found.solutions[
        (found.solutions["outcome"] == "Y")
        & (found.solutions["kind"] == "parsimonious")
        & (found.solutions["part"] == "whole")
    ]
    assert len(own) == most["listed"] == min(most["models"], 1000)
    assert not own["expression"].duplicated().any()


def test_enhanced_solutions_do_not_assume_what_contradicts(lipset):
    sets, calibrated = study(lipset("LF"), "SURV", PRESENT)
    found = analysis.analyse(sets, calibrated, PLAIN)
    table = found.truth_table
    left = table[table["excluded"] != ""]
    assert (left["sufficient"] == "remainder").all()
    assert not left["assumed"].str.contains("enhanced").any()
    lacking = left[left["excluded"] == "lacks a necessary condition"]
    own = lacking[lacking["outcome"] == "SURV"]["configuration"]
    assert len(own)
    assert (own.str.contains("~STB") | own.str.contains("~LIT")).all()
    whole = found.solutions[found.solutions["part"] == "whole"]
    assert {"enhanced parsimonious", "enhanced intermediate"} <= set(whole["kind"])


def test_ranges_hold_the_chosen_value_and_end_where_the_solution_changes(lipset):
    sets, calibrated = study(lipset("LF"), "SURV", PRESENT)
    found = analysis.analyse(sets, calibrated, PLAIN)
    own = found.sensitivity[found.sensitivity["outcome"] == "SURV"].set_index("parameter")
    low, high = own.loc["consistency", ["lowest", "highest"]].astype(float)
    assert low <= 0.8 <= high
    shown = expressions(found, "SURV", "intermediate")[0]
    for cut, same in ((low, True), (high, True), (low - 1.5e-4, False), (high + 1e-3, False)):
        settings = PLAIN.model_copy(update={"consistency": cut})
        again = expressions(analysis.analyse(sets, calibrated, settings), "SURV", "intermediate")
        assert (next(iter(again), None) == shown) == same, cut
    assert own.loc["cases", ["lowest", "highest"]].tolist() == [1, 2]


def test_anchors_are_moved_until_the_solution_changes(lipset):
    raw = np.linspace(0, 100, 21)
    y = (raw > 43).astype(float)
    frame = pd.DataFrame({"A": 1 / (1 + np.exp(-(raw - 40) / 10)), "B": np.tile([0.2, 0.9, 0.8], 7), "Y": y})
    frame.index = [f"c{i}" for i in range(21)]
    sets, calibrated = study(frame, "Y", {"A": "present"})
    sets.loc[sets["set"] == "A", ["indicator", "exclusion", "crossover", "inclusion"]] = ["raw", 10.0, 40.0, 70.0]
    calibrated.loc[calibrated["set"] == "A", "value"] = raw
    found = analysis.analyse(sets, calibrated, QcaSettings())
    own = found.sensitivity.set_index(["outcome", "parameter"])
    for anchor, chosen in (("exclusion", 10), ("crossover", 40), ("inclusion", 70)):
        row = own.loc[("Y", f"A: {anchor}")]
        assert row["lowest"] <= chosen <= row["highest"]
        assert row["lowest"] >= chosen - 25
        assert row["highest"] <= chosen + 25
