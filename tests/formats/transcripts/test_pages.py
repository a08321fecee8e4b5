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


SAID = [f"words {chr(97 + n)}" for n in range(16)]


def numbered(step, shape, other="{line}"):
    return [(shape if n % step == 0 else other).format(n=n, line=line) for n, line in enumerate(SAID, start=1)]


@pytest.mark.parametrize(
    "lines",
    [
        numbered(5, "{n} {line}"),
        numbered(5, "{n:>3}  {line}", "     {line}"),
        numbered(5, "{n}\n{line}"),
        numbered(5, "{line}\n{n}"),
        numbered(5, "{line}   {n}"),
        numbered(3, "{n}\t{line}", "\t{line}"),
        numbered(1, "{line}   {n}"),
        ["Interview", "", *numbered(5, "{n} {line}")],
        numbered(5, "{n} {line}") + numbered(5, "{n} {line}"),  # anew on each page
    ],
)
def test_numbers_of_each_fifth_line_ahead_of_it_behind_it_or_between(lines):
    assert not any(character.isdigit() for character in without_line_numbers("\n".join(lines)))
    assert [line.strip() for line in without_line_numbers("\n".join(lines)).split("\n")][-16:] == SAID


def test_lines_that_are_counted_with_the_empty_ones():
    spaced = [line for words in SAID for line in (words, "")]
    ahead = [f"{n} {line}".strip() if n % 5 == 0 else line for n, line in enumerate(spaced, start=1)]
    assert without_line_numbers("\n".join(ahead)).split() == " ".join(SAID).split()


@pytest.mark.parametrize(
    "text",
    [
        "We had\n5 apples\nand\npears and\nso\non, and\n10 plums\nafter all.",  # two numbers are not enough
        "\n".join(["Six aims:", *(f"{n} aim" for n in range(1, 7)), "and more."]),  # a list, which other lines surround
        "\n".join(f"{line}\nin {n}" for n, line in enumerate(SAID)),
        "\n".join(["No\tWho\tText", *(f"{n}\tI\t{line}" for n, line in enumerate(SAID, start=1))]),
        "\n".join(f"{n} {line}" if n in (5, 10, 16) else line for n, line in enumerate(SAID, start=1)),
    ],
)
def test_numbers_that_somebody_says_stay(text):
    assert without_line_numbers(text) == text
