"""Markdown and HTML: nobody's marks among the words, and what stands out."""

import json

import pytest
from coproduction.core.errors import StudyError
from coproduction.formats.transcripts.files import read_transcript
from coproduction.formats.transcripts.speakers import find_turns

TALK = [("I", "How did it begin?"), ("P", "With a garden."), ("I", "And then?"), ("P", "With the mayor.")]
LETTERS = [("(set apart)" if who == "I" else "(plain)", words) for who, words in TALK]


def read(tmp_path, name, content):
    (tmp_path / name).write_text(content, encoding="utf-8")
    transcript = read_transcript(tmp_path / name)
    said = [(turn.label, transcript.text[turn.start : turn.end]) for turn in find_turns(transcript, ["I", "P"]).turns]
    return transcript, said


def talk(shape, between="\n\n"):
    return between.join(shape.format(n=n, who=who, words=words) for n, (who, words) in enumerate(TALK))


def letters(asked, said):
    return "\n\n".join((asked if who == "I" else said).format(words) for who, words in TALK)


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


NOSCRIBE = (
    "<html><head><style>p { margin: 0 }</style></head><body><p>P01</p><p>Transcribed with noScribe<br>Audio</p>"
    + talk('<p><a name="ts_{n}_9_S0" >{who}: <span style="x" >[00:00:0{n}]</span> {words}</a></p>', "")
    + "</body></html>"
)


def test_the_page_of_noscribe(tmp_path):
    made, said = read(tmp_path, "a.html", NOSCRIBE)
    assert said == TALK
    assert [turn.time for turn in find_turns(made, ["I", "P"]).turns] == [f"00:00:0{n}" for n in range(4)]
    assert "margin" not in made.text


@pytest.mark.parametrize(
    "shape",
    [
        '<p><span class="timestamp" contenteditable="false" data-timestamp="{n}">0:0{n}</span> <b>{who}:</b>&nbsp;{words}</p>',
        '<span class="timestamp" data-timestamp="{n}">0:0{n}</span>{who}: {words}<br /><br />',
    ],
)
def test_the_file_of_otranscribe(tmp_path, shape):
    content = json.dumps({"text": talk(shape, ""), "media": "a.mp3", "media-time": 1.5})
    made, said = read(tmp_path, "a.otr", content)
    assert said == TALK
    assert [turn.time for turn in find_turns(made, ["I", "P"]).turns] == [f"0:0{n}" for n in range(4)]


def test_bold_paragraphs_of_otranscribe_and_what_is_no_file_of_it(tmp_path):
    content = json.dumps({"text": letters("<p><b>{}</b></p>", "<p>{}</p>"), "media": ""})
    assert read(tmp_path, "a.otr", content)[1] == LETTERS
    with pytest.raises(StudyError, match="no file of oTranscribe"):
        read(tmp_path, "b.otr", "I: Why?")
