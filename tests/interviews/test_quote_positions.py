"""Where a quote stands."""

import pandas as pd
import pytest
from coproduction.core.identities import Key
from coproduction.formats.qda.project import Source
from coproduction.interviews.pseudonyms import pseudonymise
from coproduction.interviews.quote_positions import Study, find_place, place_segments

KEY = Key(("Ms Willow",), ("[Manager A]",), (2,))
RAW = "Ms Willow said it\u2019s time. 🙂 We met Ms Willow. We came. They went.\nWe  came."
TEXT, MOVES = pseudonymise(RAW, KEY)


def place(quote, start=None, end=None, window=400):
    return find_place(TEXT, quote, start, end, KEY, MOVES, window)


@pytest.mark.parametrize("text", [RAW, TEXT])
def test_a_place_may_count_before_or_after_pseudonyms(text):
    for quote in ("We met", "We came. They"):
        found = place(quote, text.index(quote), 0)
        assert found.outcome == "at its stated position"
        assert TEXT[found.start : found.end] == quote


def test_a_quote_with_the_name_is_found_with_the_pseudonym():
    found = place("We met Ms Willow.", RAW.index("We met"))
    assert (found.outcome, TEXT[found.start : found.end]) == ("at its stated position", "We met [Manager A].")


def test_a_wrong_place_is_corrected_where_the_words_stand_once():
    found = place("They went.", 3)
    assert found.outcome == "found elsewhere"
    assert TEXT[found.start : found.end] == "They went."
    assert found.reason == f"{TEXT.index('They') - 3} characters later"


def test_other_white_space_and_marks_are_the_same_words():
    found = place("it's\ntime.")
    assert TEXT[found.start : found.end] == "it\u2019s time."


def test_words_that_stand_twice_need_a_place_nearby():
    second = TEXT.rindex("We  came")
    assert place("We came.").outcome == "refused"
    assert "2 times" in place("We came.").reason
    assert place("We came.", second + 3, window=5).start == second
    assert place("We came.", 0, window=5).reason.endswith("but not near the stated position")


def test_words_that_are_not_there_are_refused():
    found = place("We did not come.", 4, 9)
    assert (found.start, found.outcome) == (None, "refused")
    assert found.reason == "the words are not in the transcript"


def test_a_place_alone_must_lie_within_the_text():
    assert place("", 0, 5).outcome == "at its stated position"
    for start, end in ((0, len(TEXT) + 1), (5, 5), (-1, 3), (None, None)):
        assert place("", start, end).outcome == "refused"


def test_a_quote_with_blanks_around_keeps_its_words():
    found = place("  They went.\n", TEXT.index("They") - 2)
    assert TEXT[found.start : found.end] == "They went."


SAID = "I: Start?\n\nP: Yes. It was a garden.\n\nI: More?\n\nP: Yes. Then Ms Willow gave water, and a fence."


def mapped(source, transcript, words, key=KEY, which=0, before=0):
    """The segment of a project with the text `source` in a transcript that was edited since."""
    text, moves = pseudonymise(transcript, key)
    texts = pd.DataFrame([{"transcript": "P01", "text": text}])
    replaced = pd.DataFrame([{"transcript": "P01"} | vars(move) for move in moves])
    turns = pd.DataFrame([], columns=["transcript", "turn", "start", "end", "speaker"])
    start = -1
    for _ in range(which + 1):
        start = source.index(words, start + 1)
    entry = {
        "file": "a.qdpx",
        "row": 1,
        "transcript": "P01",
        "within": "",
        "refused": "",
        "start": start - before,
        "end": start + len(words),
        "text": words,
        "code": "A",
        "coder": "C",
        "memo": "",
        "text_key": ("a.qdpx", "1"),
    }
    study = Study(texts, turns, replaced, {}, key, 400)
    made = place_segments([entry], {("a.qdpx", "1"): Source("P01", source)}, study)
    return text, made.iloc[0]


@pytest.mark.parametrize(
    ("change", "words", "which", "outcome", "now"),
    [
        (lambda text: text, "Yes", 1, "at its stated position", "Yes"),
        (lambda text: f"Title page.\n\n{text}", "Yes", 1, "found elsewhere", "Yes"),
        (lambda text: text.replace("a garden", "the garden"), "Yes", 1, "found elsewhere", "Yes"),
        (lambda text: text.replace("fence", "fense"), "and a fence", 0, "reworded", "and a fense"),
        (
            lambda text: text.replace("a garden", "a big garden"),
            "It was a garden",
            0,
            "reworded",
            "It was a big garden",
        ),
        (lambda text: text.replace("\n\n", "\n"), "Start?\n\nP: Yes", 0, "at its stated position", "Start? P: Yes"),
        (lambda text: text.replace("It was a garden.", ""), "It was a garden", 0, "refused", ""),
        (lambda text: text, "Ms Willow gave", 0, "at its stated position", "[Manager A] gave"),
        (lambda text: text, "Willow gave water", 0, "at its stated position", "[Manager A] gave water"),
    ],
)
def test_a_place_is_mapped_through_what_was_edited(change, words, which, outcome, now):
    text, row = mapped(SAID, change(SAID), words, which=which)
    assert row["outcome"] == outcome
    assert row["text"] == (now or words)
    if outcome != "refused":
        assert " ".join(text[row["start"] : row["end"]].split()) == now
    if words == "Yes":
        assert row["start"] == text.rindex("Yes")


def test_a_blank_at_the_beginning_of_a_selection_moves_nothing():
    _, row = mapped(SAID, SAID, "and a fence", before=1)
    assert (row["outcome"], row["text"]) == ("at its stated position", "and a fence")


def test_another_text_of_the_same_name_maps_nothing():
    _, row = mapped(SAID, "Something that is not the interview at all, on another day.", "Yes")
    assert row["outcome"] == "refused"


def test_a_selection_within_a_word_keeps_its_letters():
    text, row = mapped(SAID, f"Head.\n{SAID}", "arde")
    assert text[row["start"] : row["end"]] == "arde"


@pytest.mark.parametrize(
    ("span", "turn", "speaker"),
    [((2, 6), 1, "interviewer"), ((8, 22), 2, "participant"), ((0, 1), None, ""), ((5, 12), 1, "interviewer")],
)
def test_the_turn_of_a_segment_is_the_one_it_shares_most_with(span, turn, speaker):
    rows = [
        {"transcript": "P01", "turn": n, "start": a, "end": b, "speaker": who}
        for n, a, b, who in ((1, 2, 9, "interviewer"), (2, 10, 30, "participant"))
    ]
    texts = pd.DataFrame([{"transcript": "P01", "text": "x" * 40}])
    study = Study(texts, pd.DataFrame(rows), pd.DataFrame(), {}, KEY, 0)
    assert study.spoken_by("P01", *span) == (turn, speaker)


@pytest.mark.parametrize(
    "quote", ["“They went.”", '"They went."', "… They went", "[...] They went […]", "« They went »"]
)
def test_marks_around_a_quote_are_the_coders(quote):
    found = place(quote)
    assert TEXT[found.start : found.end].startswith("They went")
    assert place("“...”").outcome == "refused"
