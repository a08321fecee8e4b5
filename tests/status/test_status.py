"""The state of the study and its accounts."""

import pandas as pd
import pytest
from coproduction.core import accounting
from coproduction.core.errors import StudyError, raise_all
from coproduction.status.collect import awaited, balance, state_of, together
from coproduction.status.facts import facts


@pytest.fixture
def summary(prose):
    """The plain text for the terminal."""
    return lambda steps, entered: prose("status").fill_text("status.md", facts(steps, entered))


@pytest.fixture
def results(prose):
    """The section of the report."""
    return lambda steps, entered: prose("status").fill("results", facts(steps, entered))


def status(*rows):
    made = [accounting.status_row(*row) for row in rows]
    return accounting.table(made, accounting.STATUS)


def account(technique, unit, source, outcomes):
    rows = accounting.account_rows(technique, unit, source, outcomes)
    return accounting.table(rows, accounting.ACCOUNT)


DELPHI = status(
    ("delphi", "Round 1", 18, 18, "panellist"),
    ("delphi", "Round 3", 7, 17, "panellist", "answers of 10 panellists", "delphi/round3.csv"),
)
DESK = status(("desk", "Documents read", 12, 12, "document"))


def test_the_order_is_that_of_the_study():
    assert together([DELPHI, DESK])["technique"].tolist() == ["desk", "delphi", "delphi"]


@pytest.mark.parametrize(
    ("rows", "word"),
    [
        ([], "not started"),
        ([("desk", "a", 0, None, "x")], "not started"),
        ([("desk", "a", 3, 3, "x")], "done"),
        ([("desk", "a", 3, 3, "x"), ("desk", "b", 0, 2, "x", "two texts")], "awaited"),
        ([("desk", "a", 3, 3, "x"), ("desk", "b", 1, 2, "x", "a text")], "partial"),
        ([("desk", "a", 3, 3, "x"), ("desk", "b", 0, None, "x")], "partial"),
        ([("desk", "a", 0, 3, "x", "a text"), ("desk", "b", 0, None, "x")], "awaited"),
    ],
)
def test_state_of_a_technique(rows, word):
    assert state_of(status(*rows), "desk") == word


def test_awaited_names_whom_and_where(summary):
    waits = awaited(together([DELPHI, DESK]))
    assert waits["put_in"].tolist() == ["delphi/round3.csv"]
    words = summary(together([DELPHI, DESK]), together([account("desk", "document", "x", {})]))
    assert "Delphi, round 3 (7 of 17 panellists so far): answers of 10 panellists. File: " in (" ".join(words.split()))
    assert "- Desk research:        done         1 of 1 step done" in words


def test_accounts_that_add_up_are_not_broken():
    whole = together(
        [
            account("desk", "document", "register.csv", {"read": 10, "no text": 2}),
            account("literature", "record", "scopus.csv", {"unique": 40, "duplicate": 3}),
        ]
    )
    assert accounting.broken(whole) == []
    assert balance(whole)["entered"].tolist() == [12, 43]


def test_a_lost_record_is_named():
    whole = account("literature", "record", "scopus.csv", {"unique": 40, "duplicate": 3})
    whole.loc[0, "n"] = 39
    with pytest.raises(StudyError) as failed:
        raise_all(accounting.broken(whole))
    assert str(failed.value).startswith(
        "literature/account.csv: Literature search: 43 × record entered from scopus.csv, but the outcomes add up to 42."
    )


def test_a_source_that_states_two_totals_is_named():
    whole = account("desk", "document", "register.csv", {"read": 10, "no text": 2})
    for other in (13, 11):
        whole.loc[1, "entered"] = other
        assert len(accounting.broken(whole)) == 1


def test_empty_study(summary):
    nothing = together([status()])
    entered = together([account("desk", "document", "x", {})])
    assert "Nothing has begun yet." in summary(nothing, entered)


def test_report_has_the_three_tables(results):
    whole = together([account("desk", "document", "register.csv", {"read": 10, "no text": 2})])
    text = results(together([DELPHI, DESK]), whole)
    for label in ("tbl-status-steps", "tbl-status-awaited", "tbl-status-accounts"):
        assert f"{{#{label}}}" in text
    assert "| Desk research | document | 12 | 10 read, 2 no text |" in text
    assert results(status(), account("desk", "x", "y", {})) == "Nothing has begun yet.\n"


@pytest.mark.parametrize(
    ("done", "total", "words"),
    [
        (3, None, "3 transcripts"),
        (1, None, "1 transcript"),
        (0, None, "–"),
        (0, 1, "0 of 1 transcript"),
        (1, 2000, "1 of 2,000 transcripts"),
    ],
)
def test_progress_in_words(results, done, total, words):
    steps = status(("interviews", "Transcripts", done, total, "transcript"))
    made = results(steps, account("interviews", "transcript", "x", {}))
    assert f"| {words} |" in made


def test_where_nothing_has_begun_no_zeros_are_shown(results, summary):
    steps = status(
        ("desk", "Documents", 0, None, "document", "documents", "desk/register.csv"),
        ("screening", "Titles", 0, 0, "record"),
    )
    entered = account("ecosystem", "study", "included.csv", {"linked to a condition": 0})
    text = results(steps, entered)
    assert "None of the 2 techniques is complete yet." in text
    assert "Nothing has entered yet." in text
    assert "0 of 0" not in text
    assert "so far" not in summary(steps, entered)


def test_a_file_that_no_step_reads_is_in_the_status_and_the_report(prose):
    rows = [{"file": "delphi/pannel.csv", "reason": "no step reads it", "did_you_mean": "delphi/panel.csv"}]
    told = facts(DESK, account("desk", "document", "f", {"read": 1}), pd.DataFrame(rows))
    words = prose("status").fill_text("status.md", told)
    assert "- delphi/pannel.csv: no step reads it. Did you mean delphi/panel.csv?" in words
    section = prose("status").fill("results", told)
    assert "1 file in the study folder is not read by any step (@tbl-status-unread)." in section
