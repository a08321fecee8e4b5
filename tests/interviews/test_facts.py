"""What the report says of the interviews in each state."""

import pandas as pd
import pytest
from coproduction.interviews import agreement, facts, gioia, relations
from coproduction.interviews.settings import InterviewsSettings


def test_an_empty_study_has_no_figures(results):
    text = results()
    for file in ("participants.csv", "transcripts", "gioia.csv"):
        assert f"interviews/{file}" in text
    assert "@fig" not in text
    assert "![" not in text
    assert "@tbl" not in text


def test_transcripts_without_codings_wait_for_the_coders(made, results):
    text = results(transcripts=made["transcripts"])
    assert "interviews/for_coding/" in text
    assert "interviews/coded/" in text
    assert "@fig" not in text


def measured(made):
    """The tables of the small study that the report is made of, by name."""
    renamed = gioia.by_concept(made["structure"], made["segments"])
    by_code, overall = agreement.compare(renamed, made["turns"], ["Being asked"], seed=1)
    counted = relations.by_interview(made["structure"], made["quotes"], made["transcripts"])
    return {name: made[name] for name in ("transcripts", "segments", "structure", "quotes")} | {
        "agreement": by_code,
        "overall": overall,
        "saturation": relations.saturation(made["quotes"], made["transcripts"], 4, 2),
        "by_interview": counted,
        "together": relations.together(made["quotes"]),
    }


def test_the_report_shows_what_there_is(made, results):
    text = results(**measured(made))
    for label in (
        "tbl-interviews-participants",
        "tbl-interviews-agreement",
        "fig-interviews-data-structure",
        "tbl-interviews-quotes",
        "fig-interviews-themes",
        "fig-interviews-saturation",
    ):
        assert f"{{#{label}" in text
        assert f"@{label}" in text, label
    assert "“Then we were asked 🙂 personally.” (P01, turn 4)" in text
    assert "Codes not yet assigned to the structure: Mayor." in text
    assert "Concepts without a coded segment: No hours." in text
    assert "Willow" not in text
    assert "pairs of turn and code" in text
    assert "over the sets of codes of" in text
    assert all(line.startswith("### ") for line in text.split("\n") if line.startswith("#"))


def test_a_quote_leads_to_the_words_around_it(made, results):
    shown = measured(made)
    told = facts.facts(**shown, settings=InterviewsSettings(), seed=1, turns=made["turns"])
    quote = next(row for row in told["context"] if row["quote"] == "P01, turn 4")
    before = made["turns"].query("transcript == 'P01' and turn == 3").iloc[0]
    assert quote["said"].startswith(f"{before['speaker'].capitalize()}, turn 3: ")
    assert "»Then we were asked 🙂 personally.«" in quote["said"]
    place = told["context"].index(quote)
    assert f"personally.” (P01, [turn 4](fact:interviews/context.{place}.said))" in "".join(
        told["structure"]["table"]["quote"]
    )


def test_a_quote_that_is_not_within_one_turn_has_no_link(made):
    shown = measured(made)
    turns = made["turns"].assign(text="Something else.")
    told = facts.facts(**shown, settings=InterviewsSettings(), seed=1, turns=turns)
    assert told["context"] == []
    assert "](" not in "".join(told["structure"]["table"]["quote"])


def test_long_tables_of_agreement_show_the_lowest_and_no_code_that_nobody_gave(made, results):
    rows = [
        {
            "code": f"code {n}",
            "first": "A",
            "second": b,
            "turns": 60,
            "neither": 60 - n,
            "both": 0,
            "only_first": n,
            "only_second": 0,
            "positive": 0.0,
            "kappa": n / 100 if n else None,
        }
        for b in ("B", "C")
        for n in range(60)
    ]
    shown = measured(made) | {"agreement": pd.DataFrame(rows)}
    text = results(**shown)
    assert "The 40 lowest of 118; all are in `interviews/agreement.csv`." in text
    assert text.count("| code ") == 40
    assert "| code 1 (A, C)" in text
    assert "code 0 " not in text


@pytest.mark.parametrize("length", [80, 100, 321])
def test_long_quotes_are_cut_between_words(length):
    text = "one two three " * 40
    cut = facts.shortened(text, length)
    assert len(cut) <= length
    assert cut.endswith(" […]")
    assert text.startswith(cut.removesuffix(" […]"))


def test_methods_state_the_settings(methods):
    text = methods(InterviewsSettings(saturation_base=5, agreement_on="codes"), seed=99)
    for words in ("first 5 (the base) [@guest2020]", "all codes in use", "seed 99", "follow @gioia2013"):
        assert words in text


def test_unknown_speakers_are_shown_without_their_names(made, results):
    odd = made["transcripts"].assign(unnamed="Maria;Anna")
    text = results(**measured(made) | {"transcripts": odd})
    assert "Not all speakers in P01 have been identified" in text
    assert "Maria" not in text


@pytest.mark.parametrize(
    ("themes", "words"),
    [
        ("AAB", "2 of 2 themes are present in all 2 interviews"),
        ("AB", "0 of 2 themes are present in all 2 interviews"),
        ("A", "1 of 1 theme is present in all 1 interview"),
    ],
)
def test_numbers_and_verbs_agree(results, themes, words):
    spoken = {"AAB": [1, 1, 1, 1], "AB": [1, 0, 0, 1], "A": [1]}[themes]
    names = [("A", "P1"), ("A", "P2"), ("B", "P1"), ("B", "P2")][: len(spoken)]
    rows = [
        {"dimension": "D", "theme": theme, "concept": theme, "transcript": name, "quotes": n}
        for (theme, name), n in zip(names, spoken, strict=True)
    ]
    assert words in results(by_interview=pd.DataFrame(rows))
