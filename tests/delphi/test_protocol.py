"""Rules on record before the data."""

import pytest
from coproduction.core import accounting, people_tables
from coproduction.delphi import protocol
from coproduction.delphi import tables as forms
from coproduction.delphi.settings import ConsensusSettings, DelphiSettings


def on_record(settings, day="2026-02-20", **changed):
    values = settings.deciding | changed
    rows = [dict(setting=k, value=v, fixed_on=day) for k, v in values.items()]
    return accounting.table(rows, forms.STUDY_PROTOCOL)


@pytest.fixture
def on_the_record(prose):
    """What the methods say of the record."""

    def said(now, recorded, data_from):
        told = {"subject": "They", "record": protocol.facts(now, recorded, data_from)}
        return prose("delphi").fill("record", told)

    return said


@pytest.fixture
def box_of(prose):
    """The box in the results, if there is one."""

    def said(now, recorded, data_from):
        told = {"record": protocol.facts(now, recorded, data_from)}
        return prose("delphi").fill("changed_record", told).strip()

    return said


def test_rules_as_on_record_are_said_to_be_so(on_the_record, box_of):
    settings = DelphiSettings()
    kept = on_record(settings)
    now = protocol.compare(kept, settings)
    assert set(now["state"]) == {"as recorded"}
    said = on_the_record(now, kept, "2026-03-02")
    assert "before the first round opened on 2026-03-02" in said
    assert "not been changed" in said
    assert box_of(now, kept, "2026-03-02") == ""


def test_a_rule_changed_after_the_data_is_named_in_a_box_of_the_results(box_of):
    kept = on_record(DelphiSettings())
    lower = DelphiSettings(consensus=ConsensusSettings(agreement=0.7))
    now = protocol.compare(kept, lower)
    assert now[now["state"] == "changed"]["setting"].tolist() == ["consensus.agreement"]
    box = box_of(now, kept, "2026-03-02")
    assert "`consensus.agreement` from 0.75 to 0.7" in box
    assert "callout-important" in box
    assert lower.fixed_rules != DelphiSettings().fixed_rules


def test_rules_recorded_after_the_first_data_or_never_are_said_to_be_so(on_the_record, box_of):
    late = on_record(DelphiSettings(), "2026-04-01")
    now = protocol.compare(late, DelphiSettings())
    assert "after data collection had begun" in on_the_record(now, late, "2026-03-02")
    assert "2026-04-01" in box_of(now, late, "2026-03-02")
    never = protocol.compare(None, DelphiSettings())
    assert set(never["state"]) == {"not recorded"}
    assert "cannot say" in on_the_record(never, None, "")


def test_numbers_as_a_spreadsheet_writes_them_are_the_same_numbers():
    settings = DelphiSettings()
    kept = on_record(settings, **{"consensus.agreement": "0,75", "consensus.rescale": "FALSE"})
    assert set(protocol.compare(kept, settings)["state"]) == {"as recorded"}


def test_settings_that_are_no_more_or_not_yet_on_record_are_named(on_the_record):
    settings = DelphiSettings()
    kept = on_record(settings, old_rule="1")
    kept = kept[kept["setting"] != "max_rounds"]
    now = protocol.compare(kept, settings).set_index("setting")
    assert now.loc["old_rule", "state"] == "changed"
    assert now.loc["max_rounds", "state"] == "not recorded"
    assert "Not recorded: `max_rounds`" in on_the_record(now.reset_index(), kept, "")


def test_bundled_rules_are_on_record_before_the_first_round(demo, root):
    path = root / "data" / "demo" / "delphi" / "protocol.csv"
    kept = people_tables.read_people_table(path, forms.STUDY_PROTOCOL)
    assert set(protocol.compare(kept, demo.settings)["state"]) == {"as recorded"}
    assert protocol.recorded_on(kept) < "2026-03-02"
