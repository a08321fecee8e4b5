"""Convergence coding by the stated rules; a planted contradiction comes first."""

import pandas as pd
import pytest
from coproduction.core import accounting
from coproduction.core.factors import read_factors, term_index
from coproduction.core.tables import conforming, empty
from coproduction.ecosystem import model
from coproduction.ecosystem.convergence import code_of, convergence, joint_display, strongest_code
from coproduction.ecosystem.directions import unit_of, with_directions
from coproduction.ecosystem.settings import EcosystemSettings
from coproduction.ecosystem.tables import CONVERGENCE, JOINT_DISPLAY, PEOPLE_DIRECTIONS

SETTINGS = EcosystemSettings()


@pytest.mark.parametrize(
    ("one", "other", "prominent", "code"),
    [
        ("favours", "favours", "yes yes", "agreement"),
        ("favours", "favours", "yes no", "partial agreement"),
        ("hinders", "hinders", "no no", "agreement"),
        ("favours", "hinders", "no no", "dissonance"),
        ("favours", "does not matter", "yes no", "dissonance"),
        ("hinders", "does not matter", "no no", "dissonance"),
        ("favours", "contested", "yes yes", "partial agreement"),
        ("undecided", "favours", "yes yes", "partial agreement"),
        ("does not matter", "undecided", "no no", "partial agreement"),
        ("contested", "contested", "yes yes", "agreement"),
        ("favours", "silent", "yes no", "silence"),
        ("silent", "does not matter", "no no", "silence"),
        ("silent", "silent", "no no", ""),
    ],
)
def test_codes(one, other, prominent, code):
    first, second = prominent.split()
    assert code_of(one, other, first, second) == code
    assert code_of(other, one, second, first) == code


def test_the_code_that_is_told_first():
    assert strongest_code(pd.Series(["silence", "agreement", "dissonance"])) == "dissonance"
    assert strongest_code(pd.Series([], dtype=str)) == ""


ROWS = (
    [("open-data", "desk", "passage", f"d{n}", "Open data are a barrier in practice for all.", "") for n in (1, 2, 3)]
    + [
        ("open-data", "interviews", "quote", f"P0{n}", "a", "Open data gives common facts; coded by C1")
        for n in (1, 2, 3)
    ]
    + [
        ("self-efficacy", "interviews", "quote", "P01", "b", "I can do it; coded by C1"),
        ("self-efficacy", "delphi", "rating", "S1", "Citizens believe in it.", "", "supported", 8),
    ]
)


@pytest.fixture(scope="module")
def coded(root):
    names = ["factor", "technique", "kind", "source", "excerpt", "note", "verdict", "value"]
    rows = [dict(zip(names, row, strict=False)) for row in ROWS]
    evidence = accounting.table(rows, accounting.EVIDENCE)
    codebook = read_factors(root / "config" / "factors.csv")
    units = {unit_of("passage", *row[:1], row[3], row[4], "") for row in ROWS[:3]}
    said = pd.DataFrame(
        [[unit, "hinders", "AB", ""] for unit in sorted(units)], columns=list(PEOPLE_DIRECTIONS.columns)
    )
    pieces = with_directions(evidence, said, term_index(codebook), SETTINGS)
    factors = model.weigh(codebook, pieces, model.verdicts(evidence), SETTINGS)
    display = joint_display(model.trace_table(pieces, factors, SETTINGS), factors, SETTINGS)
    return factors, display, convergence(display)


def test_a_planted_contradiction_is_first(coded):
    _, display, codes = coded
    conforming(display, JOINT_DISPLAY)
    conforming(codes, CONVERGENCE)
    first = codes.iloc[0]
    assert (first["factor"], first["code"]) == ("open-data", "dissonance")
    assert "documents: hinders (0 for, 3 against)" in first["grounds"]
    assert (codes["code"] == "dissonance").sum() == 1
    assert set(display["line"]) == {"documents", "interviews", "experts"}  # literature: nothing yet


def test_a_hindering_side_is_weighed_like_a_favouring_one(coded):
    factors, _, _ = coded
    row = factors.set_index("id").loc["open-data"]
    assert row["side"] == "contested"
    assert row["strength"] > 0
    assert row["hindrance"] > 0
    assert (row["sources_desk"], row["hindering_desk"], row["sources_interviews"]) == (0, 3, 3)


def test_nothing_read_nothing_coded():
    nothing = joint_display(
        pd.DataFrame({name: [] for name in ("counts", "state", "direction", "technique")}),
        pd.DataFrame({"id": [], "name": [], "verdict": []}),
        SETTINGS,
    )
    assert nothing.empty
    assert convergence(nothing).empty
    assert empty(PEOPLE_DIRECTIONS).empty
