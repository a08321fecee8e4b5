"""Where a quote stands."""

import pytest
from coproduction.core.identities import Key
from coproduction.interviews.places import find_place
from coproduction.interviews.pseudonyms import pseudonymise

KEY = Key(("Ms Willow",), ("[Manager A]",), (2,))
RAW = "Ms Willow said it\u2019s time. 🙂 We met Ms Willow. We came. They went.\nWe  came."
TEXT, MOVES = pseudonymise(RAW, KEY)


def place(quote, start=None, end=None, window=400):
    return find_place(TEXT, quote, start, end, KEY, MOVES, window)


@pytest.mark.parametrize("text", [RAW, TEXT])
def test_a_place_may_count_before_or_after_pseudonyms(text):
    for quote in ("We met", "We came. They"):
        found = place(quote, text.index(quote), 0)
        assert found.outcome == "at its place"
        assert TEXT[found.start : found.end] == quote


def test_a_quote_with_the_name_is_found_with_the_pseudonym():
    found = place("We met Ms Willow.", RAW.index("We met"))
    assert (found.outcome, TEXT[found.start : found.end]) == ("at its place", "We met [Manager A].")


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
    assert place("We came.", 0, window=5).reason.endswith("not once near the place")


def test_words_that_are_not_there_are_refused():
    found = place("We did not come.", 4, 9)
    assert (found.start, found.outcome) == (None, "refused")
    assert found.reason == "the words are not in the transcript"


def test_a_place_alone_must_lie_within_the_text():
    assert place("", 0, 5).outcome == "at its place"
    for start, end in ((0, len(TEXT) + 1), (5, 5), (-1, 3), (None, None)):
        assert place("", start, end).outcome == "refused"


def test_a_quote_with_blanks_around_keeps_its_words():
    found = place("  They went.\n", TEXT.index("They") - 2)
    assert TEXT[found.start : found.end] == "They went."
