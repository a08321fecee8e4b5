"""Strength: sources, standings and their mean over lines of evidence."""

import pandas as pd
import pytest
from coproduction.core import accounting
from coproduction.ecosystem import strength

FACTORS = ["a", "b", "c", "d"]


def pieces(*rows):
    """Evidence from (factor, technique, kind, source, value)."""
    names = ["factor", "technique", "kind", "source", "value"]
    return accounting.table([dict(zip(names, row, strict=True)) for row in rows], accounting.EVIDENCE)


def test_sources_count_documents_not_passages():
    evidence = pieces(
        ("a", "desk", "passage", "d1", ""),
        ("a", "desk", "passage", "d1", ""),
        ("a", "desk", "passage", "d2", ""),
        ("b", "interviews", "quote", "d1", ""),
    )
    table = strength.sources(evidence, FACTORS, ["desk", "interviews", "delphi"])
    assert table.loc["a"].tolist() == [2, 0, 0]
    assert table.loc["b"].tolist() == [0, 1, 0]
    assert table.loc["d"].tolist() == [0, 0, 0]


def test_topics_are_no_sources_beside_the_studies_they_are_made_of():
    counts = pd.DataFrame({"desk": [2], "literature": [3], "topics": [1]}, index=["a"])
    lines = {"documents": ["desk"], "literature": ["literature", "topics"]}
    assert strength.independent(counts, lines)["a"] == 5


def test_indicators_do_not_count():
    evidence = pieces(("a", "desk", "passage", "d1", ""), ("a", "desk", "indicator", "i1", 3))
    kept = strength.counted(evidence, {"desk": ["passage"]})
    assert kept["source"].tolist() == ["d1"]


def test_techniques_of_one_line_do_not_count_twice():
    standings = pd.DataFrame({"literature": [0.8], "topics": [0.4], "desk": [0.2]}, index=["a"])
    lines = {"literature": ["literature", "topics"], "documents": ["desk"], "experts": ["delphi"]}
    by_line = strength.line_standings(standings, lines, ["literature", "topics", "desk"])
    assert by_line.loc["a"].to_dict() == pytest.approx({"literature": 0.6, "documents": 0.2})
    assert strength.strength(by_line, {})["a"] == pytest.approx(0.4)


def test_weights_and_the_line_that_was_not_asked():
    by_line = pd.DataFrame({"x": [0.9, 0.3], "y": [0.1, float("nan")]}, index=["a", "b"])
    found = strength.strength(by_line, {"x": 3})
    assert found["a"] == pytest.approx((3 * 0.9 + 0.1) / 4)
    assert found["b"] == pytest.approx(0.3)


def test_range_leaves_out_one_line_at_a_time():
    by_line = pd.DataFrame({"x": [0.9], "y": [0.1], "z": [0.5]}, index=["a"])
    span = strength.strength_range(by_line, {})
    assert span.loc["a"].to_dict() == pytest.approx({"low": 0.3, "high": 0.7})


def test_without_any_line_every_strength_is_zero():
    nothing = pd.DataFrame(index=FACTORS)
    assert strength.strength(nothing, {}).tolist() == [0.0] * 4
    assert strength.strength_range(nothing, {})["high"].tolist() == [0.0] * 4


@pytest.mark.parametrize(
    ("value", "word"), [(0, "none"), (0.01, "weak"), (0.33, "moderate"), (0.66, "strong"), (1, "strong")]
)
def test_bands(value, word):
    assert strength.band(value, 0.33, 0.66) == word
