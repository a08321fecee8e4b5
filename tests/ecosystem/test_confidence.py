"""Confidence by component: every concern takes it down by the steps that are documented."""

import pandas as pd
import pytest
from coproduction.core.tables import empty
from coproduction.ecosystem.confidence import Known, cerqual, level, proposals, with_confidence
from coproduction.ecosystem.settings import EcosystemSettings
from coproduction.ecosystem.tables import COMPONENTS, CONCERNS, PEOPLE_CERQUAL

SETTINGS = EcosystemSettings(very_few_sources=2, enough_sources=6, enough_lines=2)
PEOPLE = frozenset({"passage", "quote"})
MATCHED = frozenset({"passage", "study"})


def known(sources, lines, kinds=PEOPLE, verdict="", **more):
    base = dict(side="favours", dissonant=0, unread=0, countries=3)
    return Known(sources, lines, kinds, verdict, **(base | more))


def proposed(about):
    return {name: CONCERNS[concern] for name, (concern, _) in proposals(about, SETTINGS).items()}


@pytest.mark.parametrize(
    ("about", "expected"),
    [
        (known(6, 2, verdict="supported"), "high"),
        (known(6, 2), "high"),
        (known(5, 2), "moderate"),
        (known(6, 1), "moderate"),
        (known(6, 2, MATCHED), "moderate"),
        (known(6, 2, verdict="no consensus"), "moderate"),
        (known(6, 2, verdict="rejected"), "low"),
        (known(2, 2), "low"),
        (known(5, 1), "low"),
        (known(6, 2, side="contested"), "moderate"),
        (known(6, 2, dissonant=1), "moderate"),
        (known(6, 2, side="contested", dissonant=2), "low"),
        (known(6, 2, unread=6, countries=1), "high"),  # minor concerns are named only
        (known(1, 1, frozenset({"study"})), "very low"),
        (known(1, 1, frozenset({"study"}), "rejected"), "very low"),
    ],
)
def test_levels(about, expected):
    assert level(proposed(about)) == expected


def test_grounds_name_the_facts_and_lines_belong_to_adequacy():
    about = known(1, 1, frozenset({"study"}), "no consensus", countries=None, dissonant=1)
    words = {name: grounds for name, (_, grounds) in proposals(about, SETTINGS).items()}
    assert words == {
        "methodological limitations": "text matches only; neither coded nor rated by people",
        "coherence": "no consensus in the panel, 1 pair of lines of evidence in dissonance",
        "adequacy": "only 1 source, 1 line of evidence",
        "relevance": "not assessed by the rule: the countries of the sources are unknown",
    }
    assert list(words) == COMPONENTS


def tables_of(said=None):
    factors = pd.DataFrame(
        {
            "id": ["a", "b"],
            "name": ["A", "B"],
            "sources": [6, 0],
            "lines": [2, 0],
            "verdict": ["", ""],
            "side": ["favours", "silent"],
            "unread": [0, 0],
        }
    )
    trace = pd.DataFrame(
        {
            "factor": ["a", "a"],
            "kind": ["quote", "passage"],
            "technique": ["interviews", "desk"],
            "source": ["P1", "d1"],
            "counts": "yes",
            "state": "coded",
            "direction": "favours",
        }
    )
    codes = pd.DataFrame({"factor": [], "code": []}, dtype=str)
    countries = {("interviews", "P1"): "FIN"}
    said = empty(PEOPLE_CERQUAL) if said is None else said
    return factors, cerqual(factors, trace, codes, countries, said, SETTINGS)


def test_a_factor_without_evidence_has_no_components():
    factors, components = tables_of()
    assert components["factor"].tolist() == ["a"] * 4
    assert components.set_index("component").loc["relevance", "proposed"] == "minor"
    table = with_confidence(factors, components)
    assert table["confidence"].tolist() == ["high", "none"]
    assert table["reasons"].tolist()[0].startswith("relevance: sources whose location is known are from 1 country")


def test_the_team_overrules_a_component_with_its_reason():
    said = pd.DataFrame(
        [["a", "relevance", "serious", "Another kind of service", "AB"]],
        columns=["factor", "component", "concern", "reason", "judges"],
    )
    factors, components = tables_of(said)
    row = components.set_index("component").loc["relevance"]
    assert (row["proposed"], row["concern"], row["judges"]) == ("minor", "serious", "AB")
    table = with_confidence(factors, components)
    assert table["confidence"].tolist() == ["low", "none"]
    assert table["reasons"].tolist()[0] == "relevance: Another kind of service"
