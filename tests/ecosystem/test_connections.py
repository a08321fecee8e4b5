"""Edges: pairs of factors that come up in the same study, segment or page."""

import math

import pytest
from coproduction.core import accounting
from coproduction.core.tables import conforming
from coproduction.ecosystem.connections import edges, units
from coproduction.ecosystem.tables import EDGES

UNITS = {"study": ["source"], "quote": ["source", "place"]}


def pieces(*rows):
    names = ["factor", "technique", "kind", "source", "locator", "note"]
    return accounting.table([dict(zip(names, row, strict=False)) for row in rows], accounting.EVIDENCE)


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


def test_p_is_the_upper_tail_of_the_poisson_distribution():
    """P(X ≥ 3 | 2) = 1 − e⁻²(1 + 2 + 2) = 0.3233."""
    found = edges(units(EVIDENCE, UNITS), 0.05)
    assert found.loc[0, "p"] == pytest.approx(1 - 5 * math.exp(-2))
    assert found.loc[0, "clear"] == "no"


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
