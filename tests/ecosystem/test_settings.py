"""Settings that do not fit together are refused with a sentence."""

import pytest
from coproduction.ecosystem.settings import EcosystemSettings
from pydantic import ValidationError

TWO = {"desk": ["passage"], "interviews": ["quote"]}
LINES = {"documents": ["desk"], "interviews": ["interviews"]}


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"kinds": TWO}, "lines names 'delphi'; possible are desk, interviews"),
        ({"lines": LINES}, "'literature' must belong to exactly one of the lines"),
        ({"kinds": {"desk": ["gossip"]}, "lines": {"x": ["desk"]}}, "measured_by_value names"),
        ({"weights": {"expert": 2}}, "weights names 'expert'"),
        ({"weights": {"experts": -1}}, "must not be negative"),
        ({"edge_units": {"study": ["sauce"]}}, "edge_units names 'sauce'"),
        ({"moderate_from": 0.7, "strong_from": 0.5}, "must not be above strong_from"),
        ({"very_few_sources": 6}, "must be below enough_sources"),
        ({"edges_show": 3}, "Extra inputs are not permitted"),
    ],
)
def test_refused(changed, message):
    with pytest.raises(ValidationError, match=message):
        EcosystemSettings(**changed)


def test_a_study_with_two_techniques():
    settings = EcosystemSettings(kinds=TWO, lines=LINES, measured_by_value=[])
    assert list(settings.lines) == ["documents", "interviews"]
