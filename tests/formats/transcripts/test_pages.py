"""Heads, feet and numbers of pages and lines are no words of a transcript."""

import pytest
from coproduction.formats.transcripts.files import read_transcript
from coproduction.formats.transcripts.pages import pages_of, spoken_lines, without_line_numbers

HEAD = "Interview P01 - confidential"


@pytest.mark.parametrize(
    "text",
    [
        f"{HEAD}\n\nI: Why?\n\nP: Because\n\nPage 1 of 2\n\n{HEAD}\n\nwe did.\n\nI: So?\n\nPage 2 of 2\n",
        f"{HEAD}\nI: Why?\n\nP: Because\n1\n\f{HEAD}\n\nwe did.\n\nI: So?\n2\n",
        "I: Why?\n\nP: Because\n\n- Seite 1 von 2 -\n\nwe did.\n\nI: So?",
    ],
)
def test_heads_and_feet_within_an_answer(text, tmp_path):
    path = tmp_path / "P01.txt"
    path.write_text(text)
    assert read_transcript(path).text.split() == ["I:", "Why?", "P:", "Because", "we", "did.", "I:", "So?"]


def test_pages_that_begin_with_the_same_turn_keep_it():
    pages = ["P: Yes.\nI: And?", "P: Yes.\nI: So?", "P: No.\nI: Hm?"]
    assert spoken_lines(pages) == "\n".join(pages)


def test_numbers_of_lines_that_count_up():
    lines = ["I: How did it", "begin?", "P: It began in", "2010 with 3", "people.", "", "I: And?", "P: So."]
    numbered, n = [], 0
    for line in lines:
        n += bool(line)
        numbered.append(f"{n:>3}  {line}" if line else "")
    assert without_line_numbers("\n".join(numbered)) == "\n".join(lines)


@pytest.mark.parametrize(
    "text",
    [
        "\n".join(f"{n} minutes, 2 seconds: words" for n in range(1, 9)),  # times
        "1 one\n2 two\n3 three",  # too few
        "\n".join(["1 one", "2 two", "3 three", "no", "4 four", "5 five", "6 six"]),
        "2010 we began\n" * 8,
    ],
)
def test_numbers_that_are_words_stay(text):
    assert without_line_numbers(text) == text


def test_a_text_without_pages_is_one():
    assert pages_of("I: Page 3 of the plan?\nP: Page") == ["I: Page 3 of the plan?\nP: Page"]
