"""Places mapped between versions of a text, beside the positions that the edits themselves give."""

from coproduction.methods.alignment import Alignment
from hypothesis import given
from hypothesis import strategies as st

WORDS = st.lists(st.sampled_from(["yes", "no", "we", "came", "Łódź", "🙂", "back."]), max_size=25)


@given(WORDS, WORDS, WORDS)
def test_what_is_added_around_a_text_moves_every_word_of_it(before, own, behind):
    source = " ".join(own)
    head = "".join(f"<{word}> " for word in before)
    aligned = Alignment(source, f"{head}{source}{''.join(f' <{word}>' for word in behind)}")
    start = 0
    for word in own:
        mapped = aligned.place(start, start + len(word))
        assert mapped is not None
        start += len(word) + 1
    assert aligned.likeness == (1 if own else 0)


@given(WORDS)
def test_a_text_is_in_itself_where_it_is(own):
    source = "  ".join(own)
    aligned = Alignment(source, source)
    assert aligned.first_edit == len(source)
    start = 0
    for word in own:
        mapped = aligned.place(start, start + len(word))
        assert (mapped.start, mapped.end, mapped.same) == (start, start + len(word), True)
        start += len(word) + 2


def test_quotation_marks_dashes_white_space_and_accents_are_alike():
    aligned = Alignment("it's \u2013 cafe\u0301", "it\u2019s -\ncaf\u00e9 then")
    assert aligned.likeness == 1
    assert aligned.place(7, 12).same


def test_a_deleted_word_has_no_place_and_a_replaced_one_does():
    aligned = Alignment("one two three four five", "one three for five")
    assert aligned.place(4, 7) is None
    mapped = aligned.place(14, 18)
    assert (mapped.start, mapped.end, mapped.same) == (10, 13, False)


def test_repeated_words_are_aligned_in_their_order():
    source = " ".join(["yes no"] * 3000)
    aligned = Alignment(source, f"head {source[7:]}")
    assert aligned.likeness > 0.99
    assert aligned.place(len(source) - 2, len(source)).end == len(source) - 7 + 5


def test_white_space_alone_has_no_place():
    assert Alignment("one two", "one two").place(3, 4) is None


def test_the_first_edit_is_told_and_expected_ones_are_none():
    source = "Ann Lee: yes. Ben: no. Ann Lee: more."
    target = "P01: yes. Ben: no. P01: more."
    spans = [(0, 3), (19, 22)]
    assert Alignment(source, target, spans).first_edit == len(source)
    assert Alignment(source, target).first_edit < 10
    edited = Alignment(source, target.replace("no", "nein"), spans)
    assert source[edited.first_edit :].startswith("no")
    headed = Alignment(source, f"Head. {target}", [(6, 9), (25, 28)])
    assert headed.first_edit < 10
