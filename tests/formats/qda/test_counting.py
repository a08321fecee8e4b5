"""Positions are understood as the program counted them."""

import re

import pytest
from coproduction.formats.qda.counting import CRLF_AS_ONE, LF_AS_TWO, UTF16, Span, positions

LINES = [
    "I: How did it begin?",
    "P: Schön 🙂 it began with the mayor, größer 𝔘 than we thought.",
    "I: And then?",
    "P: Then nobody had hours 🎉 for it, and the office closed.",
    "P: We came back in the spring – and we were asked again.",
]


def counted(text: str, place: int, ways) -> int:
    """The position of a place, counted from the text in another way than the code does."""
    before = text[:place]
    n = len(before.encode("utf-16-le")) // 2 if UTF16 in ways else len(before)
    if CRLF_AS_ONE in ways:
        n -= before.count("\r\n")
    if LF_AS_TWO in ways:
        n += before.count("\n") - before.count("\r\n")
    return n


def spans_of(text, ways, named):
    """Every run of three words, as a program would state it."""
    found = [m.span() for m in re.finditer(r"\w+(?:[^\w\r\n]+\w+){2}", text)]
    return found, [
        Span(counted(text, a, ways), counted(text, b, ways), text[a:b] if named else "Quote 1") for a, b in found
    ]


@pytest.mark.parametrize("named", [True, False])
@pytest.mark.parametrize(
    ("line_end", "ways"),
    [
        ("\n", ()),
        ("\r\n", ()),
        ("\n", (UTF16,)),
        ("\r\n", (UTF16,)),
        ("\r\n", (CRLF_AS_ONE,)),
        ("\n", (LF_AS_TWO,)),
        ("\r\n", (UTF16, CRLF_AS_ONE)),
        ("\n", (UTF16, LF_AS_TWO)),
    ],
)
def test_the_words_of_every_selection_come_back(line_end, ways, named):
    text = line_end.join(LINES * 3)
    truth, spans = spans_of(text, ways, named)
    made = positions(text, spans)
    assert [(made.point(s.start), made.point(s.end)) for s in spans] == truth
    assert set(made.ways) == set(ways)


def test_the_known_program_decides_where_nothing_else_speaks():
    text = "one two\r\nthree four\r\nfive six"
    span = [Span(counted(text, text.index("five"), (CRLF_AS_ONE,)), len(text) - 2)]
    made = positions(text, span, "ATLAS.ti for Windows 23.2.3")
    assert text[made.point(span[0].start) :] == "five six"
    assert positions(text, [], "NVivo").ways == ()


def test_one_selection_within_a_word_does_not_change_the_way():
    text = "\n".join(LINES)
    start = text.index("ayor")
    assert positions(text, [Span(start, start + 3, "Quote")]).ways == ()


def test_a_place_within_a_character_or_outside_is_none():
    made = positions("a🙂b", [Span(0, 4)])
    assert made.ways == (UTF16,)
    assert [made.point(n) for n in (0, 1, 2, 3, 4, 5)] == [0, 1, None, 2, 3, None]
