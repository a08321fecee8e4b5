"""Concepts by interview, concepts together and new concepts."""

from itertools import combinations

import pandas as pd
import pytest
from coproduction.core import accounting, tables
from coproduction.interviews import relations
from coproduction.interviews.relations import saturated_at, saturation
from coproduction.interviews.tables import QUOTES
from hypothesis import given
from hypothesis import strategies as st


def quotes(rows):
    """Quotes of (concept, transcript, turn)."""
    made = [
        {
            "concept": c,
            "theme": "T",
            "dimension": "D",
            "transcript": t,
            "turn": n,
            "text": "x",
            "start": i,
            "end": i + 1,
        }
        for i, (c, t, n) in enumerate(rows)
    ]
    return accounting.table(made, QUOTES)


def test_turns_with_both_are_counted_once_and_by_interview():
    made = relations.together(
        quotes(
            [
                ("A", "P1", 1),
                ("A", "P1", 1),
                ("B", "P1", 1),
                ("A", "P1", 3),
                ("B", "P2", 3),
                ("A", "P2", 4),
                ("B", "P2", 4),
                ("C", "P2", 9),
                ("C", "P1", None),
                ("A", "P1", None),
            ]
        )
    )
    assert made.to_dict("records") == [
        {
            "first": "A",
            "second": "B",
            "turns_first": 3,
            "turns_second": 3,
            "turns_both": 2,
            "interviews_both": 2,
            "closeness": 0.5,
        }
    ]


@given(st.lists(st.tuples(st.sampled_from("ABCD"), st.sampled_from(["P1", "P2"]), st.integers(1, 3)), max_size=20))
def test_closeness_is_the_jaccard_index_of_the_turns(rows):
    made = relations.together(quotes(rows)).set_index(["first", "second"])
    for a, b in combinations(sorted({r[0] for r in rows}), 2):
        one = {r[1:] for r in rows if r[0] == a}
        two = {r[1:] for r in rows if r[0] == b}
        if one & two:
            assert made.loc[(a, b), "closeness"] == pytest.approx(len(one & two) / len(one | two), abs=1e-6)
        else:
            assert (a, b) not in made.index


def test_every_concept_meets_every_coded_interview(made, results):
    table = relations.by_interview(made["structure"], made["quotes"], made["transcripts"])
    assert table[["concept", "transcript", "quotes"]].values.tolist() == [
        ["Being asked", "P01", 1],
        ["No hours", "P01", 0],
    ]
    assert table["quotes"].sum() == len(made["quotes"])
    text = results(by_interview=table)
    assert "1 of 2 themes is present in all 1 interview" in text
    assert "Least widespread theme (0 interviews): *Work*." in text


def test_nothing_coded_gives_no_rows_and_says_what_is_awaited():
    assert relations.together(tables.empty(QUOTES)).empty


def coded(by_interview, dates=None):
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
    made = saturation(*coded(given, dates), base=1, run=1)
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
    made = saturation(*coded(given), base=4, run=2)
    assert made["ratio"].isna().to_list() == [True] * 5 + [False] * 3
    assert made["ratio"].dropna().to_list() == pytest.approx([7 / 37, 3 / 37, 0])
    assert saturated_at(made, 0.05) == 8
    assert saturated_at(made, 0.1) == 7


def test_fewer_interviews_than_base_and_run_have_no_ratio():
    made = saturation(*coded({"P1": "a", "P2": "a"}), base=4, run=2)
    assert saturated_at(made, 1) is None


def test_no_quotes_give_no_rows():
    assert saturation(*coded({}), base=4, run=2).empty
