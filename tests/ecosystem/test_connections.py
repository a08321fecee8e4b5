"""Edges: pairs of factors that come up in the same study, segment or page."""

import pytest
from coproduction.core import accounting
from coproduction.core.tables import conforming
from coproduction.ecosystem.connections import joined, units
from coproduction.ecosystem.tables import EDGES, TOGETHER

UNITS = {"study": ["source"], "quote": ["source", "place"]}


def pieces(*rows):
    names = ["factor", "technique", "kind", "source", "locator", "note"]
    table = accounting.table([dict(zip(names, row, strict=False)) for row in rows], accounting.EVIDENCE)
    return table.assign(direction="favours", state="coded")


def edges(units_of_factors, false_discoveries):
    return joined(units_of_factors, false_discoveries)[0]


EVIDENCE = pieces(
    ("a", "literature", "study", "r1", "title"),
    ("b", "literature", "study", "r1", "abstract"),
    ("a", "literature", "study", "r2", "title", "terms: x"),
    ("b", "literature", "study", "r2", "title", "terms: y"),
    ("c", "literature", "study", "r3", ""),
    ("a", "literature", "study", "r4", ""),
    ("b", "interviews", "quote", "t1", "turn 1, characters 1–9"),
    ("a", "interviews", "quote", "t1", "turn 1, characters 5–12"),
    ("c", "interviews", "quote", "t1", "turn 2, characters 20–30"),
    ("a", "delphi", "rating", "S1", ""),
    ("c", "delphi", "rating", "S1", ""),
)


def test_counts_expectation_and_association():
    """Of four studies a is in three and b in two: 3 · 2 / 4. Of two turns each in one: 1 / 2."""
    found = edges(units(EVIDENCE, UNITS), 0.05)
    conforming(found, EDGES)
    assert found[["factor_a", "factor_b"]].values.tolist() == [["a", "b"]]
    assert found.loc[0, "units"] == 3
    assert found.loc[0, "expected"] == pytest.approx(1.5 + 0.5)
    assert found.loc[0, "association"] == pytest.approx(1.5)
    assert found.loc[0, "techniques"] == "interviews; literature"


def test_p_is_exact_over_techniques_that_are_kept_apart():
    """Three of four studies hold a, two b; both are in one of two turns: two studies and the turn, in 1/2 · 1/2."""
    found = edges(units(EVIDENCE, UNITS), 0.05)
    assert found.loc[0, "p"] == pytest.approx(0.5 * 0.5)
    assert found.loc[0, "clear"] == "no"
    assert found.loc[0, "adjusted"] == pytest.approx(0.75)


def test_techniques_are_shown_one_by_one():
    found = joined(units(EVIDENCE, UNITS), 0.05)[1]
    conforming(found, TOGETHER)
    numbers = ["technique", "units", "units_a", "units_b", "units_all", "p"]
    assert found[numbers].values.tolist() == [["interviews", 1, 1, 1, 2, 0.5], ["literature", 2, 3, 2, 4, 0.5]]


def test_what_is_settled_as_not_about_the_condition_joins_nothing():
    away = EVIDENCE.assign(direction=["not about it", *["favours"] * 10])
    found = edges(units(away, UNITS), 0.05)
    assert found.loc[0, "units"] == 2


def test_what_nobody_has_read_is_counted_apart():
    unread = EVIDENCE.assign(state=["unread", *["coded"] * 10], direction=["", *["favours"] * 10])
    found, by_technique = joined(units(unread, UNITS), 0.05)
    assert found[["units", "unread"]].values.tolist() == [[2, 1]]
    assert by_technique[["units", "unread"]].values.tolist() == [[1, 0], [1, 1]]
    nothing = EVIDENCE.assign(state="unread", direction="")
    found, by_technique = joined(units(nothing, UNITS), 0.05)
    assert found[["units", "unread", "p", "clear"]].values.tolist() == [[0, 3, 1.0, "no"]]
    conforming(found, EDGES)
    conforming(by_technique, TOGETHER)


def test_meetings_that_did_not_happen_count_in_the_expectation():
    apart = pieces(
        ("a", "literature", "study", "r1", "title"),
        ("b", "literature", "study", "r1", "abstract"),
        *[("a", "interviews", "quote", "t1", f"turn {n}") for n in range(4)],
        *[("b", "interviews", "quote", "t1", f"turn {n}") for n in range(4, 8)],
    )
    found = edges(units(apart, UNITS), 0.05)
    assert found.loc[0, "expected"] == pytest.approx(1 * 1 / 1 + 4 * 4 / 8)
    assert found.loc[0, "association"] < 1


def test_a_pair_that_always_meets_is_clear_among_many_that_do_not():
    always = [(name, "literature", "study", f"r{n}", name) for n in range(8) for name in "ab"]
    others = [(f"x{n % 9}", "literature", "study", f"q{n}", "") for n in range(60)]
    found = edges(units(pieces(*always, *others), UNITS), 0.05)
    assert found[["factor_a", "factor_b", "clear"]].values.tolist() == [["a", "b", "yes"]]


def test_other_turns_of_one_interview_do_not_join():
    found = edges(units(EVIDENCE, UNITS), 0.05)
    assert "c" not in set(found["factor_a"]) | set(found["factor_b"])


def test_one_segment_whose_concept_belongs_to_two_factors_does_not_join_them():
    place = "turn 1, characters 1–9"
    one = [(name, "interviews", "quote", "t1", place, "Time poverty") for name in "ab"]
    assert edges(units(pieces(*one), UNITS), 0.05).empty
    other = ("b", "interviews", "quote", "t1", place, "Own pace")
    assert edges(units(pieces(*one, other), UNITS), 0.05)["units"].tolist() == [1]


def test_same_unit_twice_counts_once():
    rows = [(name, "literature", "study", "r1", place) for name in "ab" for place in ("", "x")]
    assert edges(units(pieces(*rows), UNITS), 0.05)["units"].tolist() == [1]


def test_no_evidence_gives_no_edges():
    assert edges(units(pieces(), UNITS), 0.05).empty
