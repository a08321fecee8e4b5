"""Confidence: every concern takes it down by the steps that are documented."""

import pytest
from coproduction.ecosystem.confidence import concerns, level
from coproduction.ecosystem.settings import Thresholds

LIMITS = Thresholds(very_few_sources=2, enough_sources=6, enough_lines=2)
PEOPLE = ["passage", "quote"]


@pytest.mark.parametrize(
    ("sources", "lines", "kinds", "verdict", "expected"),
    [
        (6, 2, PEOPLE, "supported", "high"),
        (6, 2, PEOPLE, "", "high"),
        (5, 2, PEOPLE, "", "moderate"),
        (6, 1, PEOPLE, "", "moderate"),
        (6, 2, ["passage", "study"], "", "moderate"),
        (6, 2, PEOPLE, "no consensus", "moderate"),
        (6, 2, PEOPLE, "rejected", "low"),
        (2, 2, PEOPLE, "", "low"),
        (5, 1, PEOPLE, "", "low"),
        (1, 1, ["study"], "", "very low"),
        (1, 1, ["study"], "rejected", "very low"),
    ],
)
def test_levels(sources, lines, kinds, verdict, expected):
    assert level(concerns(sources, lines, kinds, verdict, LIMITS)) == expected


def test_reasons_name_the_component_and_the_fact():
    found = concerns(1, 1, ["study"], "no consensus", LIMITS)
    assert [(item.component, item.words) for item in found] == [
        ("adequacy", "only 1 source"),
        ("coherence", "1 line of evidence"),
        ("coherence", "no consensus in the panel"),
        ("methodological limitations", "text matching only"),
    ]
