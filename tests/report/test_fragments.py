"""The report's own words."""

import yaml
from coproduction.core import accounting, tables
from coproduction.report import fragments


def status(*rows):
    return accounting.table([accounting.status_row(*row) for row in rows], accounting.STATUS)


def test_summary_counts_and_asks():
    text = fragments.summary(
        status(
            ("delphi", "Round 2", 17, 18, "panellist", "one questionnaire, from D07", "delphi/r2"),
            ("desk", "Documents read", 9, 9, "document"),
        )
    )
    assert "Of 2 steps, 1 is complete" in text
    assert text.index("Desk research") < text.index("Delphi")
    assert "17 of 18 panellists" in text
    assert "1 contribution from people is awaited (@sec-state)" in text


def test_summary_of_nothing_and_of_everything():
    assert "No part" in fragments.summary(tables.empty(accounting.STATUS))
    assert "final" in fragments.summary(status(("desk", "Documents read", 9, 9, "document")))


def test_metadata_is_yaml_whatever_the_title():
    title = 'A "title": with - # {signs}'
    values = yaml.safe_load(fragments.study_yml(title, "", ["É. Ö"], "", ""))
    assert values == {"title": title, "author": ["É. Ö"]}


def test_notice_only_where_data_are_made_up():
    assert "must not be cited" in fragments.notice(True)
    assert fragments.notice(False).strip() == ""


def test_a_unit_that_the_step_names_is_not_said_again():
    text = fragments.summary(
        status(
            ("desk", "Documents read", 8, 9, "document"),
            ("interviews", "Transcripts", 10, 10, "transcript"),
            ("interviews", "Coding", 10, 10, "transcript"),
        )
    )
    assert "documents read: 8 of 9." in text
    assert "transcripts: 10; coding: 10 transcripts." in text
