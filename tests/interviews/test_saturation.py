"""New concepts by interview."""

import pandas as pd
import pytest
from coproduction.interviews.saturation import saturated_at, saturation


def tables(by_interview, dates=None):
    quotes = pd.DataFrame(
        [{"transcript": t, "concept": c} for t, concepts in by_interview.items() for c in concepts],
        columns=["transcript", "concept"],
    )
    dates = dates or {t: f"2026-01-{n:02d}" for n, t in enumerate(by_interview, start=1)}
    rows = [{"transcript": t, "date": dates[t]} for t in by_interview]
    return quotes, pd.DataFrame(rows, columns=["transcript", "date"])


def test_new_concepts_in_the_order_of_the_dates():
    given = {"P1": "abc", "P2": "aabd", "P3": "ad"}
    dates = {"P1": "2026-03-01", "P2": "2026-02-01", "P3": ""}
    made = saturation(*tables(given, dates), base=1, run=1)
    assert list(made["transcript"]) == ["P2", "P1", "P3"]
    assert list(made["new"]) == [3, 1, 0]
    assert list(made["cumulative"]) == [3, 4, 4]
    assert list(made["concepts"]) == [3, 3, 2]


def test_the_ratio_is_new_concepts_of_a_run_by_those_of_the_base():
    # By hand: 37 concepts in the base of four; 4 + 3 new in the first run of two, then 3 + 0, 0 + 0.
    new = [19, 8, 6, 4, 4, 3, 0, 0]
    given, total = {}, 0
    for n, count in enumerate(new, start=1):
        given[f"P{n}"] = ["x0", *[f"x{i}" for i in range(total, total + count)]]
        total += count
    made = saturation(*tables(given), base=4, run=2)
    assert made["ratio"].isna().to_list() == [True] * 5 + [False] * 3
    assert made["ratio"].dropna().to_list() == pytest.approx([7 / 37, 3 / 37, 0])
    assert saturated_at(made, 0.05) == 8
    assert saturated_at(made, 0.1) == 7


def test_fewer_interviews_than_base_and_run_have_no_ratio():
    made = saturation(*tables({"P1": "a", "P2": "a"}), base=4, run=2)
    assert saturated_at(made, 1) is None


def test_no_quotes_give_no_rows():
    assert saturation(*tables({}), base=4, run=2).empty
