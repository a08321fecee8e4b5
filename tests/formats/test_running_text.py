"""From lines to running text and sentences."""

import itertools
from collections import Counter

import pytest
from coproduction.formats import running_text
from hypothesis import given
from hypothesis import strategies as st


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("the citi-\nzens met", {}, "the citizens\nmet"),
        ("the citi\ufffezens met", {}, "the citizens\nmet"),
        ("Self\ufffeefficacy grows", {"self-efficacy": 2}, "Self-efficacy\ngrows"),
        ("mobile\ufffefriendly page", {}, "mobile-friendly\npage"),
        ("out-\ncome counts", {"outcome": 3}, "outcome\ncounts"),
        ("Müller-\nHansen wrote", {}, "Müller-Hansen\nwrote"),
        ("intermedi\ufffearies, then", {}, "intermediaries,\nthen"),
        ("soft\u00adhyphen", {}, "softhyphen"),
        ("a well-known word", {}, "a well-known word"),
        ("pages 3-\n5 follow", {}, "pages 3-\n5 follow"),
    ],
)
def test_hyphens_at_line_ends(text, words, expected):
    assert running_text.join_hyphens(text, Counter(words)) == expected


@given(st.text("ab-A \n\ufffe\u00ad\u2010.2", max_size=40), st.sampled_from([{}, {"a-b": 1}, {"ab": 1}]))
def test_hyphens_are_those_that_the_whole_pattern_finds(text, words):
    found = running_text.LINE_HYPHEN.sub(lambda match: running_text._joined(match, Counter(words)), text)
    assert running_text.join_hyphens(text, Counter(words)) == found.replace("\ufffe", "-").replace("\u00ad", "")


@given(st.lists(st.text("aBé-_1 \nİß", max_size=20)))
def test_the_vocabulary_counts_each_word(texts):
    words = Counter(word.lower() for text in texts for word in running_text.WORDS.findall(text))
    assert running_text.vocabulary(texts) == words


def test_running_heads_and_page_numbers_go():
    texts = [f"Text on {word}.\nMore of it." for word in ["birch", "alder", "elm", "oak", "ash"]]
    pages = [f"Annual report\n{text} {n}\n{n}" for n, text in enumerate(texts, start=9)]
    found = running_text.without_running_lines(pages)
    assert [page.split("\n")[0] for page in found] == [text.split("\n")[0] for text in texts]
    assert not any("report" in page for page in found)


def test_a_line_that_recurs_on_few_pages_stays():
    pages = ["Head\na", "Head\nb", "c\nd", "e\nf", "g\nh"]
    assert running_text.without_running_lines(pages)[0] == "Head\na"


def test_paragraphs_join_lines_and_keep_bullets_and_headings_apart():
    text = (
        "A heading\nThis is a longer line of running text that\nis continued on the next line.\n"
        "• one point that is long enough to be a line\n• another\n\nA new paragraph starts here."
    )
    assert running_text.paragraphs(text).split("\n") == [
        "A heading",
        "This is a longer line of running text that is continued on the next line.",
        "• one point that is long enough to be a line",
        "• another",
        "A new paragraph starts here.",
    ]


def test_sentences_end_where_they_end():
    text = "See Art. 5 and e.g. Fig. 2. Then 3.5 % grew! “Really?” Yes.\n• A point. J. Alder wrote it."
    found = [text[start:end] for start, end in running_text.sentences(text)]
    assert found == [
        "See Art. 5 and e.g. Fig. 2.",
        "Then 3.5 % grew!",
        "“Really?”",
        "Yes.",
        "A point.",
        "J. Alder wrote it.",
    ]


def test_a_numbered_item_stays_whole():
    text = "1. Publish one page. 2. Set money aside."
    found = [text[start:end] for start, end in running_text.sentences(text)]
    assert found[0] == "1. Publish one page."


@given(st.text(alphabet="abc AB.?!\n•-–12\u00ad\ufffe(", max_size=80))
def test_sentences_are_in_order_and_hold_every_letter(text):
    spans = running_text.sentences(text)
    assert all(start < end for start, end in spans)
    assert all(a[1] <= b[0] for a, b in itertools.pairwise(spans))
    held = sum(text[slice(*span)].count("a") for span in spans)
    assert held == text.count("a")
    assert running_text.join_hyphens(text, Counter()).count("a") == text.count("a")


def test_a_numbered_heading_is_a_paragraph_of_its_own():
    text = "\n".join(
        [
            "The council has heard the residents of both districts, and it will hear them again soon.",
            "3. How decisions are shared",
            "Municipal autonomy in this country is wide, and the town can decide on the form of its",
            "12 Services were counted",
            "in the villages, more than in the new quarters, which the report had not expected to see.",
        ]
    )
    assert running_text.paragraphs(text).split("\n")[1:] == [
        "3. How decisions are shared",
        "Municipal autonomy in this country is wide, and the town can decide on the form of its "
        "12 Services were counted in the villages, more than in the new quarters, which the report "
        "had not expected to see.",
    ]
