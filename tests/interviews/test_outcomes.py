"""Evidence, status and accounts, and what the report says in each state."""

import pandas as pd
import pytest
from coproduction.core import accounting, tables
from coproduction.interviews import agreement, coding_report, gioia, outcomes, relations, reporting
from coproduction.interviews import tables as forms
from coproduction.interviews.coding import NO_TRANSCRIPT
from coproduction.interviews.saturation import saturation
from coproduction.interviews.settings import InterviewsSettings

SETTINGS = InterviewsSettings()


def test_evidence_names_place_concept_and_coders(made):
    (row,) = outcomes.evidence(made["quotes"]).to_dict("records")
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
    account = outcomes.account(made["transcripts"], more, made["structure"], made["parts"])
    accounting.check_account(account)
    of_a = account[account["source"] == "interviews/coded/a.csv"]
    assert dict(zip(of_a["outcome"], of_a["n"], strict=True)) == {
        "in the data structure": 1,
        "code without concept": 1,
        "refused": 1,
        "handed in before": 1,
    }
    assert set(of_a["entered"]) == {4}


def states(table):
    return dict(zip(table["step"], table["state"], strict=True))


def test_status_says_what_is_awaited(made):
    segments = made["segments"]
    status = outcomes.status(made["transcripts"], segments, made["structure"])
    assert states(status) == {
        "Transcripts": "done",
        "Coding": "done",
        "Coding by a second coder": "done",
        "Codes with a place in the data structure": "partial",
    }
    assert "Mayor" in status["awaited"].iloc[3]
    none = segments.assign(outcome="refused")
    status = outcomes.status(made["transcripts"], none, tables.empty(forms.STRUCTURE))
    assert states(status)["Coding"] == "awaited"
    assert "3 refused segments" in status["awaited"].iloc[-1]


def test_segments_without_a_transcript_do_not_wait_for_the_coders(made):
    refused = made["segments"].assign(outcome="refused", reason="text not found")
    refused.iloc[0, refused.columns.get_loc("reason")] = NO_TRANSCRIPT
    status = outcomes.status(made["transcripts"], refused, made["structure"])
    last = status.set_index("step")[["awaited", "put_in"]].iloc[-2:]
    assert last.index.tolist() == [
        "Transcripts of the coded segments",
        "Segments found in the transcripts",
    ]
    assert last["put_in"].tolist() == ["interviews/participants.csv", "interviews/coded/"]
    assert last["awaited"].iloc[0].endswith("from the researchers")
    assert "1 refused" in last["awaited"].iloc[0]
    assert "correction of 2 refused" in last["awaited"].iloc[1]


def test_an_empty_study_has_states_and_no_figures():
    empty = {name: tables.empty(getattr(forms, name.upper())) for name in (
        "transcripts", "segments", "structure", "quotes", "agreement", "overall", "saturation",
        "by_interview", "together")}  # fmt: skip
    status = outcomes.status(empty["transcripts"], empty["segments"], empty["structure"])
    assert states(status)["Transcripts"] == "awaited"
    assert status["put_in"].iloc[0] == "interviews/participants.csv"
    assert outcomes.evidence(empty["quotes"]).empty
    account = outcomes.account(
        empty["transcripts"],
        empty["segments"],
        empty["structure"],
        tables.empty(forms.PARTS),
    )
    assert account.empty
    text = reporting.results(*empty.values(), SETTINGS)
    for file in ("participants.csv", "transcripts", "gioia.csv"):
        assert f"interviews/{file}" in text
    assert "@fig" not in text
    assert "![" not in text
    assert "@tbl" not in text


def test_transcripts_without_codings_wait_for_the_coders(made):
    names = ("segments", "structure", "quotes", "agreement", "overall", "saturation",
             "by_interview", "together")  # fmt: skip
    empty = [tables.empty(getattr(forms, name.upper())) for name in names]
    text = reporting.results(made["transcripts"], *empty, SETTINGS)
    assert "interviews/for_coding/" in text
    assert "interviews/coded/" in text
    assert "@fig" not in text


def report(made):
    renamed = gioia.by_concept(made["structure"], made["segments"])
    by_code, overall = agreement.compare(renamed, made["turns"], ["Being asked"], seed=1)
    shown = saturation(made["quotes"], made["transcripts"], 4, 2)
    names = ("transcripts", "segments", "structure", "quotes")
    counted = relations.by_interview(made["structure"], made["quotes"], made["transcripts"])
    both = relations.together(made["quotes"])
    return reporting.results(
        *[made[n] for n in names], by_code, overall, shown, counted, both, SETTINGS
    )


def test_the_report_shows_what_there_is(made):
    text = report(made)
    for label in ("tbl-interviews-participants", "tbl-interviews-agreement",
                  "fig-interviews-data-structure", "tbl-interviews-quotes",
                  "fig-interviews-themes", "fig-interviews-saturation"):  # fmt: skip
        assert f"{{#{label}" in text
        assert f"@{label}" in text, label
    assert "“Then we were asked 🙂 personally.” (P01, turn 4)" in text
    assert "Codes that have no place in the structure yet: Mayor." in text
    assert "Concepts without a coded segment: No hours." in text
    assert "Willow" not in text
    assert "pairs of turn and code" in text
    assert "over the sets of codes of" in text
    assert all(line.startswith("### ") for line in text.split("\n") if line.startswith("#"))


def test_long_tables_of_agreement_show_the_lowest_and_no_code_that_nobody_gave():
    rows = [
        {"code": f"code {n}", "first": "A", "second": b, "turns": 60, "neither": 60 - n,
         "both": 0, "only_first": n, "only_second": 0, "positive": 0.0,
         "kappa": n / 100 if n else None}
        for b in ("B", "C") for n in range(60)
    ]  # fmt: skip
    text = coding_report._agreement_table(pd.DataFrame(rows))
    assert "The 40 lowest of 118; all are in `interviews/agreement.csv`." in text
    assert text.count("| code ") == 40
    assert "| code 1 (A, C)" in text
    assert "code 0 " not in text


def test_quotes_come_from_many_participants_and_concepts():
    rows = [
        {"concept": c, "transcript": t, "start": n, "coders": "C1"}
        for n, (c, t) in enumerate([("A", "P1"), ("A", "P2"), ("B", "P1"), ("B", "P2")])
    ]
    quotes = pd.DataFrame(rows)
    chosen = reporting.chosen_quotes(quotes, 2, [])
    assert [(q.concept, q.transcript) for q in chosen] == [("A", "P1"), ("B", "P2")]
    other = reporting.chosen_quotes(quotes, 1, chosen[:1])
    assert other[0].transcript == "P2"


@pytest.mark.parametrize("length", [80, 100, 321])
def test_long_quotes_are_cut_between_words(length):
    text = "one two three " * 40
    cut = reporting.shortened(text, length)
    assert len(cut) <= length
    assert cut.endswith(" […]")
    assert text.startswith(cut.removesuffix(" […]"))


def test_methods_state_the_settings():
    text = reporting.methods(InterviewsSettings(saturation_base=5, agreement_on="codes"), seed=99)
    for words in ("first 5 [@guest2020]", "all codes in use", "seed 99", "follow @gioia2013"):
        assert words in text


def test_unknown_speakers_are_asked_about_without_their_names(made):
    odd = made["transcripts"].assign(unknown_marks="Maria;Anna")
    status = outcomes.status(odd, made["segments"], made["structure"])
    row = status[status["step"] == "Speakers told apart"].iloc[0]
    assert (row["state"], row["done"], row["total"]) == ("awaited", 0, 1)
    text = report(made | {"transcripts": odd})
    assert "In P01, lines begin like those of a speaker" in text
    assert "Maria" not in row["awaited"] + text
