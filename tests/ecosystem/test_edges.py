"""Edges: pairs of factors that come up in the same study, segment or page."""

import pytest
from coproduction import progress
from coproduction.ecosystem.edges import combined, edges, units

UNITS = {"study": ["source"], "quote": ["source", "locator"]}


def pieces(*rows):
    names = ["factor", "technique", "kind", "source", "locator"]
    return progress.table([dict(zip(names, row, strict=True)) for row in rows], progress.EVIDENCE)


EVIDENCE = pieces(
    ("a", "literature", "study", "r1", "title"),
    ("b", "literature", "study", "r1", "abstract"),
    ("a", "literature", "study", "r2", ""),
    ("b", "literature", "study", "r2", ""),
    ("c", "literature", "study", "r3", ""),
    ("a", "literature", "study", "r4", ""),
    ("b", "interviews", "quote", "t1", "1–9"),
    ("a", "interviews", "quote", "t1", "1–9"),
    ("c", "interviews", "quote", "t1", "20–30"),
    ("a", "delphi", "rating", "S1", ""),
    ("c", "delphi", "rating", "S1", ""),
)


def test_counts_and_association_strength():
    """Of four studies a is in three, b in two, both in two: expected 3 · 2 / 4 = 1.5."""
    found = edges(units(EVIDENCE, UNITS)).set_index("technique")
    row = found.loc["literature"]
    assert (row["factor_a"], row["factor_b"], row["units"]) == ("a", "b", 2)
    assert row["expected"] == pytest.approx(1.5)
    assert row["association"] == pytest.approx(2 / 1.5)


def test_other_segments_of_one_interview_do_not_join():
    found = edges(units(EVIDENCE, UNITS))
    quotes = found[found["technique"] == "interviews"]
    assert quotes[["factor_a", "factor_b"]].values.tolist() == [["a", "b"]]


def test_ratings_join_nothing():
    assert "delphi" not in set(edges(units(EVIDENCE, UNITS))["technique"])


def test_techniques_are_added_up():
    whole = combined(edges(units(EVIDENCE, UNITS)))
    assert len(whole) == 1
    assert whole.loc[0, "units"] == 3
    assert whole.loc[0, "expected"] == pytest.approx(1.5 + 0.5)
    assert whole.loc[0, "techniques"] == "interviews; literature"


def test_same_unit_twice_counts_once():
    doubled = pieces(*[("a", "literature", "study", "r1", "")] * 2, *[("b", "literature", "study", "r1", "x")] * 2)  # fmt: skip
    assert edges(units(doubled, UNITS))["units"].tolist() == [1]


def test_no_evidence_gives_no_edges():
    assert combined(edges(units(pieces(), UNITS))).empty
