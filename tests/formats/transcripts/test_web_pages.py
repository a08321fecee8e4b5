"""Pages of noScribe, oTranscribe and editors."""

import json

import pytest
from coproduction.core.errors import StudyError
from coproduction.formats.transcripts.files import read_transcript
from coproduction.formats.transcripts.speakers import find_turns
from talk import LETTERS, TALK, letters, read, talk

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


@pytest.mark.parametrize(
    "content",
    [
        "<table>" + talk("<tr><td>{who}</td><td>{words}</td></tr>", "") + "</table>",
        "<table><tbody>" + talk("<tr><td><p>{who}</p></td><td><p>{words}</p></td></tr>", "") + "</tbody></table>",
        "</head><body>" + talk("<p>{who}:<br>{words}</p>", "") + "</body>",
        talk("<p>{who}: {words}", "\n"),
        "<title>P: No.</title><ul>" + talk("<li>{who}: {words}</li>", "") + "</ul><script>P: No.</script>",
        "<h1>Interview</h1>" + talk("<div>{who}: {words}</div>", "") + "<h2>Close</h2>",
    ],
)
def test_paragraphs_lists_and_tables(tmp_path, content):
    assert read(tmp_path, "a.html", content)[1] == TALK


def test_which_column_of_a_page_was_said_is_asked(tmp_path):
    rows = talk("<tr><td>{who}</td><td>{words}</td><td>In English it was: {words}</td></tr>", "")
    with pytest.raises(StudyError, match="several columns of a table hold words"):
        read(tmp_path, "a.html", f"<table>{rows}</table>")
    assert "English" not in read_transcript(tmp_path / "a.html", ["1", "2"]).text
