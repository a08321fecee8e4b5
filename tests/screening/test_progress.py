"""What can be said on progress and stopping depends on whether the order of the decisions is known."""

import math

import numpy as np
import pytest
from coproduction.core import figures
from coproduction.methods.stopping import missed_target_p, trace_p, trailing_irrelevant
from coproduction.screening.agreement import measure_agreement
from coproduction.screening.figures import draw_recall
from coproduction.screening.progress import UNKNOWN, screening_order, state_stop, trace_progress
from coproduction.screening.queue import known_labels
from coproduction.screening.settings import ScreeningSettings
from screening.study_folder import Folder, records, rows

ONE = ScreeningSettings(reviewers_title_abstract=1, safe_run=2)
WANTED = ("include", "include", "exclude", "exclude", "exclude", "exclude")


@pytest.fixture
def folder(tmp_path):
    return Folder(tmp_path)


def decided(folder, dates, said=WANTED):
    folder.write(
        "title_abstract.csv",
        rows(*(f"r{i},A,{d},,{date}," for i, (d, date) in enumerate(zip(said, dates, strict=True)))),
    )
    return folder.settle(ONE)


def statements(settled):
    return state_stop(settled.states, settled.decisions, ONE).set_index("statement")


def test_a_sheet_without_dates_has_no_order(folder):
    """Sorted by decision it would look as if everything relevant had been found at once."""
    said = statements(decided(folder, [""] * 6))
    assert said.loc["order of the decisions", "there"] == f"{UNKNOWN}; 6 records without a date"
    for name in ("stopping rule, p", "irrelevant in a row"):
        assert said.loc[name, ["there", "met"]].tolist() == [UNKNOWN, "unknown"]
    assert said.loc["share screened", "met"] == "yes"
    assert math.isnan(float(said.loc["stopping rule, p", "value"] or "nan"))


def test_one_decision_without_a_date_is_enough_to_lose_the_order(folder):
    said = statements(decided(folder, ["2026-01-01"] * 5 + [""]))
    assert said.loc["order of the decisions", "there"] == f"{UNKNOWN}; 1 record without a date"


def test_the_lists_of_a_team_have_the_day_of_the_export_only(folder):
    head = "Title,Published Year,Covidence #,Notes\n"
    lines = "".join(f"{records()['title'][i]},2020,{i},\n" for i in range(4))
    (folder.path / "covidence").mkdir()
    folder.write("covidence/review_1_irrelevant_csv_20260310101500.csv", head + lines)
    assert statements(folder.settle(ONE)).loc["stopping rule, p", "there"] == UNKNOWN


def test_days_are_an_order_of_days(folder):
    settled = decided(folder, ["2026-01-01"] * 3 + ["2026-01-02"] * 2 + ["2026-01-03"])
    order = screening_order(settled.decisions, known_labels(settled.states, settled.decisions))
    assert (order.precision, order.ends.tolist()) == ("day", [3, 5, 6])
    said = statements(settled)
    assert said.loc["irrelevant in a row", ["there", "met"]].tolist() == ["3 records", "yes"]
    assert said.loc["order of the decisions", "there"] == "known to the day"
    curves, _ = trace_progress(records(), settled.states, settled.decisions, ONE)
    seen = curves[curves["curve"] == "as screened"]
    assert seen["screened"].tolist() == [0, 3, 5, 6]


def test_times_order_the_decisions_of_a_day_whatever_the_rows(folder):
    times = [f"2026-01-01 10:0{minute}" for minute in (5, 0, 1, 2, 3, 4)]
    settled = decided(folder, times)
    order = screening_order(settled.decisions, known_labels(settled.states, settled.decisions))
    assert order.precision == "time"
    assert order.records == ["r1", "r2", "r3", "r4", "r5", "r0"]
    assert statements(settled).loc["irrelevant in a row", "there"] == "0 records"


def test_without_an_order_the_replay_is_drawn_alone(folder):
    settled = decided(folder, [""] * 6)
    curves, measures = trace_progress(records(), settled.states, settled.decisions, ONE)
    assert set(curves["curve"]) == {"ranking replayed", "chance"}
    assert len(measures)
    with figures.style():
        drawn = draw_recall(curves, 8, ONE)
    assert len(drawn.axes) == 1


def test_a_calibration_round_is_told_by_dates_only(folder):
    settings = ScreeningSettings(calibration=2)
    lines = [f"r{i},{w},{WANTED[i]},,{{}}," for i in range(4) for w in "AB"]
    for date, wanted in (("2026-01-01", 1), ("", 0)):
        folder.write("title_abstract.csv", rows(*(line.format(date) for line in lines)))
        measured = measure_agreement(folder.settle().decisions, settings)["measured"]
        assert (measured == "calibration").sum() == wanted


@pytest.mark.parametrize("seed", range(6))
def test_a_coarser_order_never_makes_the_target_surer(seed):
    chance = np.random.default_rng(seed)
    labels = (chance.random(120) < np.linspace(0.6, 0.02, 120)).astype(int)
    every = np.arange(1, 121)
    days = np.unique([*chance.choice(every, 12, replace=False), 120])
    assert missed_target_p(labels, 300, 0.9, every) == missed_target_p(labels, 300, 0.9)
    assert missed_target_p(labels, 300, 0.9, days) >= missed_target_p(labels, 300, 0.9)
    assert trailing_irrelevant(labels, days) <= trailing_irrelevant(labels)
    assert {end for end, _ in trace_p(labels, 300, 0.9, 10, days)} <= set(days.tolist())
