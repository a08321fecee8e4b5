"""Rules on record before the data, and the checklists of reporting guidelines."""

import pytest
from coproduction.core import accounting, people_tables
from coproduction.core.errors import StudyError
from coproduction.delphi import checklist, protocol
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
    assert set(now["state"]) == {"as on record"}
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
    assert "after the data had begun" in on_the_record(now, late, "2026-03-02")
    assert "2026-04-01" in box_of(now, late, "2026-03-02")
    never = protocol.compare(None, DelphiSettings())
    assert set(never["state"]) == {"not on record"}
    assert "cannot say" in on_the_record(never, None, "")


def test_numbers_as_a_spreadsheet_writes_them_are_the_same_numbers():
    settings = DelphiSettings()
    kept = on_record(settings, **{"consensus.agreement": "0,75", "consensus.rescale": "FALSE"})
    assert set(protocol.compare(kept, settings)["state"]) == {"as on record"}


def test_settings_that_are_no_more_or_not_yet_on_record_are_named(on_the_record):
    settings = DelphiSettings()
    kept = on_record(settings, old_rule="1")
    kept = kept[kept["setting"] != "max_rounds"]
    now = protocol.compare(kept, settings).set_index("setting")
    assert now.loc["old_rule", "state"] == "changed"
    assert now.loc["max_rounds", "state"] == "not on record"
    assert "Not on record: `max_rounds`" in on_the_record(now.reset_index(), kept, "")


def test_bundled_rules_are_on_record_before_the_first_round(demo, root):
    path = root / "data" / "demo" / "delphi" / "protocol.csv"
    kept = people_tables.read_people_csv(path, forms.STUDY_PROTOCOL)
    assert set(protocol.compare(kept, demo.settings)["state"]) == {"as on record"}
    assert protocol.recorded_on(kept) < "2026-03-02"


@pytest.fixture(scope="module")
def known(demo, words):
    """What the workflow knows of the bundled Delphi."""
    return checklist.answers(words("checklist_answers", demo))


def test_checklists_have_all_items_of_the_guidelines():
    numbers = [i.number for i in checklist.ITEMS if i.guideline == "DELPHISTAR"]
    assert numbers == [str(n) for n in range(1, 39)]
    accord = [i.number for i in checklist.ITEMS if i.guideline == "ACCORD"]
    parts = {"T": 1, "I": 3, "M": 21, "R": 5, "D": 2, "O": 3}
    assert accord == [f"{k}{n}" for k, count in parts.items() for n in range(1, count + 1)]


def test_every_known_answer_is_used_and_every_reference_has_one(known):
    names = {i.known for i in checklist.ITEMS} - {""}
    assert names == set(known)


def test_what_the_study_knows_is_filled_and_gaps_are_shown(known):
    table = checklist.fill(known, None).set_index(["guideline", "item"])
    assert table.loc[("DELPHISTAR", "33"), "answer"].startswith("round 1: 18 of 18")
    assert table.loc[("ACCORD", "R5"), "answer"].startswith("reworded: S13; added: S32")
    assert table.loc[("DELPHISTAR", "9"), "state"] == "open"
    assert table.loc[("ACCORD", "R3"), "state"] == "partly"
    before = checklist.fill({}, None)
    assert set(before["state"]) == {"open"}


def test_answers_of_the_authors_fill_items(known, tmp_path):
    path = tmp_path / "checklist.csv"
    path.write_text("guideline,item,answer\nDELPHISTAR,9,several interests\nACCORD,r3,age: 50\n")
    table = checklist.fill(known, people_tables.read_people_csv(path, forms.STUDY_CHECKLIST))
    table = table.set_index(["guideline", "item"])
    assert table.loc[("DELPHISTAR", "9"), ["state", "answer"]].tolist() == [
        "filled", "several interests",
    ]  # fmt: skip
    assert table.loc[("ACCORD", "R3"), "state"] == "filled"
    assert table.loc[("ACCORD", "R3"), "answer"].endswith("age: 50")


def test_an_item_that_no_guideline_has_is_named_with_its_row(tmp_path):
    path = tmp_path / "checklist.csv"
    path.write_text("guideline,item,answer\nDELPHISTAR,1,yes\nACCORD,M99,no\n")
    given = people_tables.read_people_csv(path, forms.STUDY_CHECKLIST)
    with pytest.raises(StudyError, match="M99") as error:
        checklist.check(given, path)
    assert error.value.row == 3


def test_report_counts_gaps_and_prints_one_guideline(known, prose):
    table = checklist.fill(known, None)
    told = {"checklist": checklist.facts(table, "accord")}
    text = prose("delphi").fill("checklist", told)
    assert "@tbl-delphi-checklist" in text
    assert "| M16 |" in text
    assert "of the 38 items of DELPHISTAR" in text


def test_the_items_of_delphistar_are_as_many_as_it_counts_by_topic():
    """As in the abstract of Niederberger et al. (2024)."""
    sections = [item.section for item in checklist.ITEMS if item.guideline == "DELPHISTAR"]
    counts = {name: sections.count(name) for name in dict.fromkeys(sections)}
    assert list(counts.values()) == [3, 7, 20, 4, 4]
