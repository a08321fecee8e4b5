"""Words cut to a length: between words, around a place, and never to nothing."""

import pytest
from coproduction.core.excerpts import marked, shorten
from hypothesis import given
from hypothesis import strategies as st


@pytest.mark.parametrize(
    ("content", "around", "longest", "cut"),
    [
        ("short enough", 0, 40, "short enough"),
        ("two\n lines", 0, 40, "two lines"),
        ("one two three four five", 0, 12, "one two …"),
        ("one two three four five", 23, 12, "… four five"),
        ("one two three four five", 9, 12, "… two three …"),
        ("w" * 50, 25, 10, "… " + "w" * 10 + " …"),
    ],
)
def test_a_text_is_cut_between_words_around_a_place(content, around, longest, cut):
    assert shorten(content, around, longest) == cut


@given(st.text("ab  ", max_size=80), st.integers(0, 80), st.integers(5, 40))
def test_a_cut_is_no_longer_than_asked_and_its_words_are_those_of_the_text(content, around, longest):
    cut = shorten(content, min(around, len(content)), longest)
    assert len(cut) <= longest + 4
    assert cut.strip("… ") in " ".join(content.split())


def test_an_excerpt_is_marked_in_its_words():
    assert marked("We had no money at all.", "no money", 80) == "We had »no money« at all."
    assert marked("We had no money.", "We had no money.", 80) == ""
