"""Evidence, status and accounts."""

import pandas as pd
from coproduction.core import accounting, tables
from coproduction.interviews import handover
from coproduction.interviews import tables as forms
from coproduction.interviews.tables import NO_TRANSCRIPT


def test_evidence_names_place_concept_and_coders(made):
    (row,) = handover.evidence(made["quotes"]).to_dict("records")
    quote = made["quotes"].iloc[0]
    assert row["factor"] == "motivation"
    assert row["locator"] == f"turn 4, characters {quote['start']}–{quote['end']}"
    assert row["excerpt"] == "Then we were asked 🙂 personally."
    assert row["note"] == "Being asked; coded by C1, C2"


def test_every_segment_is_accounted_for(made):
    segments = made["segments"]
    refused = segments.iloc[[0]].assign(outcome="refused")
    again = segments.iloc[[0]].assign(outcome="repeated")
    more = pd.concat([segments, refused, again])
    account = handover.account(made["transcripts"], more, made["structure"], made["parts"])
    accounting.check_account(account)
    of_a = account[account["source"] == "interviews/coded/a.csv"]
    assert dict(zip(of_a["outcome"], of_a["n"], strict=True)) == {
        "in the data structure": 1,
        "code without concept": 1,
        "refused": 1,
        "submitted before": 1,
    }
    assert set(of_a["entered"]) == {4}


def states(table):
    return dict(zip(table["step"], table["state"], strict=True))


def test_status_says_what_is_awaited(made):
    segments = made["segments"]
    status = handover.status(made["transcripts"], segments, made["structure"])
    assert states(status) == {
        "Transcripts": "done",
        "Coding": "done",
        "Coding by a second coder": "done",
        "Codes in the data structure": "partial",
    }
    assert "Mayor" in status["awaited"].iloc[3]
    none = segments.assign(outcome="refused")
    status = handover.status(made["transcripts"], none, tables.empty(forms.STRUCTURE))
    assert states(status)["Coding"] == "awaited"
    assert "3 refused segments" in status["awaited"].iloc[-1]


def test_segments_without_a_transcript_do_not_wait_for_the_coders(made):
    refused = made["segments"].assign(outcome="refused", reason="text not found")
    refused.iloc[0, refused.columns.get_loc("reason")] = NO_TRANSCRIPT
    status = handover.status(made["transcripts"], refused, made["structure"])
    last = status.set_index("step")[["awaited", "put_in"]].iloc[-2:]
    assert last.index.tolist() == ["Transcripts of coded segments", "Segments found in the transcripts"]
    assert last["put_in"].tolist() == ["interviews/participants.csv", "interviews/coded/"]
    assert last["awaited"].iloc[0].endswith("from the researchers")
    assert "1 refused" in last["awaited"].iloc[0]
    assert "corrections of 2 refused" in last["awaited"].iloc[1]


def test_an_empty_study_has_states():
    empty = {
        name: tables.empty(getattr(forms, name.upper()))
        for name in ("transcripts", "segments", "structure", "quotes", "parts")
    }
    status = handover.status(empty["transcripts"], empty["segments"], empty["structure"])
    assert states(status)["Transcripts"] == "awaited"
    assert status["put_in"].iloc[0] == "interviews/participants.csv"
    assert handover.evidence(empty.pop("quotes")).empty
    assert handover.account(*empty.values()).empty


def test_unknown_speakers_are_asked_about_without_their_names(made):
    odd = made["transcripts"].assign(unnamed="Maria;Anna")
    status = handover.status(odd, made["segments"], made["structure"])
    row = status[status["step"] == "Speakers identified"].iloc[0]
    assert (row["state"], row["done"], row["total"]) == ("awaited", 0, 1)
    assert "Maria" not in row["awaited"]


def test_changes_that_nobody_has_told_of_are_awaited(made):
    proposed = pd.DataFrame([{"change": "renamed", "before": "A", "after": "B", "basis": "4 of 4 quotes in 'B'"}])
    tables_of = (made["transcripts"], made["segments"], made["structure"], None)
    rows = handover.status(*tables_of, pd.DataFrame([{}, {}]), proposed)
    (row,) = rows[rows["step"] == "Audit trail of codes"].to_dict("records")
    assert (row["done"], row["total"]) == (2, 3)
    assert "reason of 1 change" in row["awaited"]
    assert "Audit trail of codes" not in set(handover.status(*tables_of, None, proposed.iloc[:0])["step"])
