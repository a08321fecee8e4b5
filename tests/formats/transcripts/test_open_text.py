"""OpenDocument texts: what stands out, tables, frames and remarks."""

import zipfile

import pytest
from coproduction.core.errors import StudyError
from coproduction.formats.transcripts.files import read_transcript
from talk import LETTERS, TALK, letters, read_turns

SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{urn}:1.0"'
    for name, urn in [
        ("office", "office"),
        ("text", "text"),
        ("table", "table"),
        ("style", "style"),
        ("draw", "drawing"),
        ("fo", "xsl-fo-compatible"),
    ]
)
BOLD = '<style:style style:name="{}" style:family="text"{}><style:text-properties fo:font-weight="bold"/></style:style>'
SLANTED = '<style:style style:name="{}" style:family="paragraph"><style:text-properties fo:font-style="italic"/></style:style>'
BLUE = SLANTED.replace('fo:font-style="italic"', 'fo:color="#0000a0"')
CHILD = '<style:style style:name="P1" style:family="paragraph" style:parent-style-name="Question"/>'


def read(tmp_path, body, own_styles="", named_styles=""):
    with zipfile.ZipFile(tmp_path / "a.odt", "w") as archive:
        archive.writestr(
            "content.xml",
            f"<office:document-content {SPACES}><office:automatic-styles>{own_styles}</office:automatic-styles>"
            f"<office:body><office:text>{body}</office:text></office:body></office:document-content>",
        )
        if named_styles:
            archive.writestr("styles.xml", f"<office:document-styles {SPACES}>{named_styles}</office:document-styles>")
    return read_turns(tmp_path / "a.odt")


def paragraphs(asked, said="<text:p>{}</text:p>"):
    return letters(asked, said, "")


@pytest.mark.parametrize(
    ("asked", "own", "named"),
    [
        ('<text:p><text:span text:style-name="T1">{}</text:span></text:p>', BOLD.format("T1", ""), ""),
        ('<text:p text:style-name="P1">{}</text:p>', SLANTED.format("P1"), ""),
        ('<text:p text:style-name="P1">{}</text:p>', CHILD, SLANTED.format("Question")),
        ('<text:p text:style-name="P1">{}</text:p>', CHILD, BLUE.format("Question")),
        ('<text:p><text:span text:style-name="Strong">{}</text:span></text:p>', "", BOLD.format("Strong", "")),
    ],
)
def test_questions_in_other_letters_are_another_speaker(tmp_path, asked, own, named):
    said = read(tmp_path, paragraphs(asked), own, named)[1]
    assert said == LETTERS


def test_a_word_in_bold_does_not_make_a_question(tmp_path):
    asked = '<text:p>So <text:span text:style-name="T1">{}</text:span></text:p>'
    assert {who for who, _ in read(tmp_path, paragraphs(asked), BOLD.format("T1", ""))[1]} == {""}


def labelled(shape="<text:p>{}: {}</text:p>"):
    return "".join(shape.format(who, words) for who, words in TALK)


@pytest.mark.parametrize(
    "body",
    [
        "<text:h>Start</text:h>" + labelled() + "<text:h>Close</text:h>",
        "<text:list>" + labelled("<text:list-item><text:p>{}: {}</text:p></text:list-item>") + "</text:list>",
        "<text:section>" + labelled() + "</text:section>",
        "<text:table-of-content><text:index-body><text:p>Start 1</text:p></text:index-body></text:table-of-content>"
        + labelled(),
        labelled("<text:p>{}: {}<office:annotation><text:p>check</text:p></office:annotation></text:p>"),
        "<table:table>"
        + labelled(
            "<table:table-row><table:table-cell><text:p>{}</text:p></table:table-cell>"
            "<table:table-cell><text:p>{}</text:p></table:table-cell></table:table-row>"
        )
        + "</table:table>",
    ],
)
def test_headings_lists_sections_and_remarks_are_nobodys_words(tmp_path, body):
    assert read(tmp_path, body)[1] == TALK


def test_a_box_and_a_table_within_a_table_come_once(tmp_path):
    box = "<draw:frame><draw:text-box><text:p>A box.</text:p></draw:text-box></draw:frame>"
    inner = "<table:table><table:table-row><table:table-cell><text:p>Why?</text:p></table:table-cell></table:table-row></table:table>"
    row = f"<table:table-row><table:table-cell><text:p>I</text:p></table:table-cell><table:table-cell>{inner}</table:table-cell></table:table-row>"
    made, _ = read(tmp_path, f"<text:p>I: So{box}?</text:p><table:table>{row}</table:table>")
    assert made.text == "I: So?\n\nA box.\n\nI\tWhy?"


def test_which_column_was_said_is_asked_here_too(tmp_path):
    cells = "".join("<table:table-cell><text:p>{}</text:p></table:table-cell>" for _ in range(3))
    rows = "".join(
        f"<table:table-row>{cells}</table:table-row>".format(who, words, f"In English it is: {words}")
        for who, words in TALK
    )
    with pytest.raises(StudyError, match="several columns of a table hold words: column 2, column 3"):
        read(tmp_path, f"<table:table>{rows}</table:table>")
    assert "English" not in read_transcript(tmp_path / "a.odt", ["2"]).text
