"""What the QCA hands on and reports, from a study without sets to a whole analysis."""

import numpy as np
import pandas as pd
import pytest
from coproduction.core import accounting, tables
from coproduction.methods import minimisation
from coproduction.qca import analysis, figures, handover
from coproduction.qca import tables as forms
from coproduction.qca.facts import facts
from coproduction.qca.settings import QcaSettings
from qca.conftest import study

SETTINGS = QcaSettings()


@pytest.fixture
def handed_on(prose):
    """What is found, its status and account, and the words of the report."""

    def hand(of_study, calibrated):
        found = analysis.analyse(of_study, calibrated, SETTINGS)
        judged = tables.empty(forms.MEMBERSHIPS)
        status = handover.status(of_study, found.cases).set_index("step")
        account = handover.account(of_study, judged, calibrated, found.cases)
        accounting.check_account(account)
        words = prose("qca").fill("results", facts(of_study, found, SETTINGS))
        return found, status, account, words

    return hand


def sets_of(*roles):
    rows = [{"set": f"s{n}", "name": f"S{n}", "role": role, "values": 2} for n, role in enumerate(roles)]
    return accounting.table(rows, forms.SETS)


def test_a_study_without_sets_has_not_started_one(handed_on):
    found, status, account, words = handed_on(tables.empty(forms.SETS), tables.empty(forms.CALIBRATED))
    assert set(status["state"]) == {"not started"}
    assert account.empty
    assert "No QCA has been started" in words
    assert handover.evidence(found.solutions, tables.empty(forms.SETS)).empty


def test_sets_without_conditions_or_cases_await_them(handed_on):
    _, status, _, words = handed_on(sets_of("outcome"), tables.empty(forms.CALIBRATED))
    assert "two conditions or more" in status.loc["Sets described", "awaited"]
    assert "awaited in `qca/`" in words
    more = sets_of("outcome", "condition", "condition")
    _, status, _, _ = handed_on(more, tables.empty(forms.CALIBRATED))
    assert status.loc["Cases in a configuration", "put_in"] == "qca/memberships.csv"


def test_evidence_names_condition_term_and_role(lipset, handed_on):
    of_study, calibrated = study(lipset("LF"), "SURV", {"DEV": "present"})
    of_study["factors"] = of_study["set"].map({"DEV": "wealth;trust"}).fillna("")
    found, status, account, words = handed_on(of_study, calibrated)
    evidence = handover.evidence(found.solutions, of_study)
    assert set(evidence["factor"]) == {"wealth", "trust"}
    assert evidence["note"].str.contains("core").any()
    assert status.loc["Cases in a configuration", "state"] == "done"
    assert account.loc[account["unit"] == "case", "n"].sum() == 18
    assert "@tbl-qca-truth" in words
    chart = analysis.configurations(found.solutions, of_study)
    assert set(chart["state"]) <= {"present", "absent"}
    assert len(figures.draw_configurations(chart, of_study).axes) == 1
    assert len(figures.draw_cases(found.fitted, of_study).axes) == 2


def test_cases_without_any_consistent_row_are_reported_without_a_solution(handed_on):
    frame = pd.DataFrame({"A": [0.6, 0.4], "B": [0.6, 0.6], "Y": [0.5, 0.5]}, index=["one", "two"])
    of_study, calibrated = study(frame, "Y")
    found, _, _, words = handed_on(of_study, calibrated)
    assert found.solutions.empty
    assert "No configuration is sufficient for the outcome." in words
    assert "No configuration is sufficient for the absence of the outcome." in words
    assert "@tbl-qca-solutions" not in words


@pytest.mark.parametrize("left", [1, 2])
def test_cases_that_are_left_out_are_named_with_their_reason(handed_on, left):
    frame = pd.DataFrame({"A": [1.0, 0, 1], "B": [1.0, 0, 0], "Y": [1.0, 0, 0]}, index=list("xyz"))
    frame.iloc[-left:, 0] = np.nan
    _, _, _, words = handed_on(*study(frame, "Y"))
    assert f"{3 - left} of 3 cases {'are' if left == 1 else 'is'} assigned to a configuration" in words
    assert "z (without a membership: A)" in words


@pytest.mark.parametrize(("cases", "words"), [(1, "1 case belongs"), (2, "2 cases belong")])
def test_the_method_says_how_many_cases_a_configuration_needs(prose, cases, words):
    found = analysis.analyse(sets_of("outcome"), tables.empty(forms.CALIBRATED), SETTINGS)
    told = facts(sets_of("outcome"), found, QcaSettings(cases=cases))
    assert words in prose("qca").fill("methods", told)


def test_the_whole_report_of_a_multi_value_study(handed_on):
    rows = [("a", 0, 1, 1), ("b", 1, 1, 1), ("c", 2, 1, 0), ("d", 2, 0, 0), ("e", 0, 0, 0), ("f", 1, 0, 1)]
    frame = pd.DataFrame(rows, columns=["case", "A", "B", "Y"]).set_index("case").astype(float)
    of_study, calibrated = study(frame, "Y", {}, {"A": 3})
    found, _, _, words = handed_on(of_study, calibrated)
    assert r"A\[1\]" in words
    assert "The A: value 1" in words
    chart = analysis.configurations(found.solutions, of_study)
    assert len(figures.draw_configurations(chart, of_study).axes) == 1
    terms = analysis.term_memberships(of_study, calibrated, found.solutions)
    assert set(terms["expression"]) == {"A[1]", "A[0]*B"}
    assert terms.set_index(["expression", "case"]).loc[("A[1]", "b"), "place"] == "typical"
    assert len(figures.draw_terms(terms, of_study).axes) == 3 - 1


def test_the_number_of_equally_short_solutions_is_told(handed_on):
    chance = np.random.default_rng(3)
    frame = pd.DataFrame(chance.integers(0, 2, (14, 8)), columns=[*"ABCDEFG", "Y"]).astype(float)
    frame = frame.drop_duplicates(list("ABCDEFG"))
    frame.index = [f"c{i}" for i in range(len(frame))]
    of_study, calibrated = study(frame, "Y", {"A": "present"})
    found, _, _, words = handed_on(of_study, calibrated)
    own = found.models[(found.models["outcome"] == "Y") & (found.models["kind"] == "intermediate")]
    n = int(own["models"].iloc[0])
    assert n > 1
    assert f"There are {n:,} such solutions; the first is shown, all are in" in words


def test_it_is_told_where_not_all_pairs_of_solutions_were_looked_between(handed_on, monkeypatch):
    chance = np.random.default_rng(3)
    frame = pd.DataFrame(chance.integers(0, 2, (14, 8)), columns=[*"ABCDEFG", "Y"]).astype(float)
    frame = frame.drop_duplicates(list("ABCDEFG"))
    frame.index = [f"c{i}" for i in range(len(frame))]
    of_study, calibrated = study(frame, "Y", {"A": "present"})
    for most in (minimisation.PAIRS, 3):
        monkeypatch.setattr(minimisation, "PAIRS", most)
        found, _, _, words = handed_on(of_study, calibrated)
        models = found.models.set_index(["outcome", "kind"])
        own = models.loc[("Y", "intermediate")]
        every = models.loc[("Y", "conservative"), "models"] * models.loc[("Y", "parsimonious"), "models"]
        assert own["pairs"] == every > 3
        assert own["between"] == min(most, every)
        assert own["counted"] == ("all" if most >= every else "at least")
        assert pd.isna(models.loc[("Y", "parsimonious"), "pairs"])
        said = f"searched for between {own['between']:,} of {every:,} pairs of a conservative and a parsimonious"
        assert (said in words) == (most < every)


def test_sets_without_any_membership_are_named(handed_on):
    frame = pd.DataFrame({"A": [0.2, 0.9], "B": [np.nan, np.nan], "Y": [0.1, 0.8]}, index=["AUT", "BEL"])
    of_study, calibrated = study(frame, "Y")
    of_study.loc[of_study["set"] == "B", "indicator"] = "old_series"
    words = handed_on(of_study, calibrated)[-1]
    assert "There is no analysis yet" in words
    assert (
        "No case has a membership in *The B*: its indicator, old\\_series, has no value that is recent enough" in words
    )
    assert "The A*" not in words


def test_no_terms_are_drawn_as_a_sentence():
    empty = analysis.term_memberships(
        tables.empty(forms.SETS), tables.empty(forms.CALIBRATED), tables.empty(forms.SOLUTIONS)
    )
    assert empty.empty
    assert "No configurations yet" in figures.draw_terms(empty, empty).axes[0].texts[0].get_text()
