"""Markdown: none of its marks among the words, and what stands out."""

import pytest
from talk import LETTERS, TALK, letters, read, talk


@pytest.mark.parametrize(
    "content",
    [
        "---\ntitle: P01\nauthor: somebody\ntags:\n  - town\n---\n\n" + talk("**{who}:** {words}"),
        talk("**[{who}](#turn-{n}):** {words}"),
        talk("{who}: {words} <!-- check -->"),
        talk("**{who}:** {words}\\"),
        talk("**{who}:** {words}<br>", "\n"),
        "| Speaker | Text |\n|:--|---|\n" + talk("| {who} | {words} |", "\n"),
        "# Interview\n\n## Start\n\n" + talk("{who}: {words}") + "\n\n## Close",
        talk("{who}: {words}[^{n}]") + "\n\n" + talk("[^{n}]: a remark", "\n"),
        "---\n\n" + talk("{who}: {words}") + "\n\n---",
    ],
)
def test_the_marks_of_markdown_are_nobodys_words(tmp_path, content):
    said = read(tmp_path, "a.md", content)[1]
    assert [(who, words.removesuffix("\n\n---")) for who, words in said] == TALK


def test_footnotes_of_markdown_come_last(tmp_path):
    made, _ = read(tmp_path, "a.md", "I: Why?[^a]\n\n[^a]: She *smiled*.\n\nP: So.")
    assert made.text == "I: Why?\n\nP: So.\n\nShe smiled."
    assert made.notes == ("She smiled.",)


@pytest.mark.parametrize("asked", ["**{}**", "*{}*", "_{}_", "__{}__", "> {}"])
def test_questions_in_other_letters_of_markdown_are_another_speaker(tmp_path, asked):
    assert read(tmp_path, "a.md", letters(asked, "{}"))[1] == LETTERS


def test_questions_as_headings_are_another_speaker_where_no_letters_tell(tmp_path):
    assert read(tmp_path, "a.md", letters("### {}", "{}"))[1] == LETTERS


def test_headings_that_are_underlined(tmp_path):
    made, said = read(tmp_path, "a.md", "Interview\n=====\n\n" + talk("{who}: {words}") + "\n\nClose\n---\n")
    assert said == TALK
    assert [made.text[start:end] for start, end in made.headings] == ["Interview", "Close"]


def test_escaped_marks_and_those_within_words_stay(tmp_path):
    made, _ = read(tmp_path, "a.md", "I: \\*so\\* \\[00:01\\] 2 * 3 * 4 snake_case_name\n")
    assert made.text == "I: *so* [00:01] 2 * 3 * 4 snake_case_name"
