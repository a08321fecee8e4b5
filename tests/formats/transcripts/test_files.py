"""Canonical texts of the kinds of files."""

import zipfile
from contextlib import suppress

import docx
import pytest
from coproduction.core.errors import StudyError
from coproduction.formats.docx import WORD
from coproduction.formats.transcripts.files import canonical, read_transcript
from coproduction.formats.transcripts.speakers import find_turns


def test_line_ends_accents_and_mark_at_the_start_do_not_move_positions():
    assert canonical("\ufeffI: cafe\u0301\r\n\r\n\r\n\r\nP: yes  \r") == "I: café\n\nP: yes"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_the_same_text_in_each_encoding_and_kind(tmp_path, encoding):
    path = tmp_path / "a.txt"
    path.write_bytes("I: Só?\r\n\r\nP: Sim.\r\n".encode(encoding))
    assert read_transcript(path).text == "I: Só?\n\nP: Sim."


def test_markdown_and_word_give_the_text_alone(tmp_path):
    (tmp_path / "a.md").write_text("# Interview\n\n**I:** Why *now*?\n\n**P:** 2 * 3 * 4.\n")
    word = docx.Document()
    word.add_paragraph("Interview")
    paragraph = word.add_paragraph()
    paragraph.add_run("I:").bold = True
    paragraph.add_run(" Why now?")
    word.add_paragraph("")
    word.add_paragraph("P: 2 * 3 * 4.")
    word.save(tmp_path / "a.docx")
    wanted = "Interview\n\nI: Why now?\n\nP: 2 * 3 * 4."
    assert read_transcript(tmp_path / "a.md").text == wanted
    assert read_transcript(tmp_path / "a.docx").text == wanted


def test_tracked_changes_and_line_breaks_of_word_read_as_they_are_seen(tmp_path):
    word = docx.Document()
    paragraph = word.add_paragraph("I: Why")
    paragraph.add_run().add_break()
    paragraph.add_run("P: Because.")
    insertion = paragraph._p.makeelement(f"{WORD}ins", {})
    insertion.append(paragraph.add_run(" Of them.")._r)
    paragraph._p.append(insertion)
    word.save(tmp_path / "a.docx")
    assert read_transcript(tmp_path / "a.docx").text == "I: Why\nP: Because. Of them."


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.txt", b"", "is empty"),
        ("a.txt", b"I: \n P: caf\xb9\n", "row 2.*|not valid UTF-8"),
        ("a.docx", b"PK\x03\x04 cut off", "not a readable Word document"),
        ("a.docx", b"", "not a readable Word document"),
        ("a.doc", b"{}", "of the type '.doc' cannot be read"),
        ("a.rtf", b"I: no RTF", "not a readable RTF"),
        ("a.odt", b"PK", "not a readable ODT"),
        ("a.vtt", b"WEBVTT\n\nI: no cue\n", "contain no cue"),
        ("a.pdf", b"%PDF-1.7 cut off", "PDF is damaged"),
        ("a.txt", b"a\0b", "not text"),
    ],
)
def test_bad_transcripts_are_named(tmp_path, name, content, words):
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(StudyError, match=words) as caught:
        read_transcript(path)
    assert str(path) in str(caught.value)


def test_tables_of_word_are_rows_with_tabs_and_notes_come_last(tmp_path):
    word = docx.Document()
    table = word.add_table(rows=2, cols=2)
    for row, cells in zip(table.rows, [("I", "Why now?"), ("P", "Because.\nOf them.")], strict=True):
        for cell, words in zip(row.cells, cells, strict=True):
            cell.text = words
    word.save(tmp_path / "a.docx")
    assert read_transcript(tmp_path / "a.docx").text == "I\tWhy now?\n\nP\tBecause. Of them."


def test_content_controls_of_word_are_read_and_moved_text_counts_once(tmp_path):
    word = docx.Document()
    control = word.element.body.makeelement(f"{WORD}sdt", {})
    content = control.makeelement(f"{WORD}sdtContent", {})
    control.append(content)
    content.append(word.add_paragraph("I: Within a control?")._p)
    word.element.body.insert(0, control)
    moved = word.add_paragraph("P: ")
    for tag in ("moveFrom", "moveTo"):
        wrapper = moved._p.makeelement(f"{WORD}{tag}", {})
        wrapper.append(moved.add_run("Moved.")._r)
        moved._p.append(wrapper)
    word.save(tmp_path / "a.docx")
    assert read_transcript(tmp_path / "a.docx").text == "I: Within a control?\n\nP: Moved."


def test_rich_text_is_read_in_its_code_page_without_deleted_words(tmp_path):
    rtf = (
        r"{\rtf1\ansi\ansicpg1250\deff0{\fonttbl{\f0\fcharset238 Arial;}}"
        r"I: Sk\'b9d?\par P: \u321?\'f3d\'9f{\deleted\revauthdel1  gone} here.\par"
        r"\trowd\cellx100\cellx200 I\cell And then?\cell\row}"
    )
    (tmp_path / "a.rtf").write_text(rtf, encoding="ascii")
    assert read_transcript(tmp_path / "a.rtf").text == "I: Skąd?\nP: Łódź here.\nI\tAnd then?"


ODT = """<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"><office:body><office:text>
<text:tracked-changes><text:changed-region><text:deletion><text:p>gone</text:p></text:deletion>
</text:changed-region></text:tracked-changes><text:h>Interview</text:h>
<text:p>I: Why<text:s text:c="2"/>now<text:note><text:note-body><text:p>A pause.</text:p></text:note-body>
</text:note>?</text:p><text:p>P:<text:tab/>Because<text:line-break/>of <text:span>them</text:span>.</text:p>
<table:table><table:table-row><table:table-cell><text:p>I</text:p></table:table-cell>
<table:table-cell><text:p>So?</text:p></table:table-cell></table:table-row></table:table>
</office:text></office:body></office:document-content>"""


def test_open_document_text_is_read_with_its_tables_and_notes(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.odt", "w") as archive:
        archive.writestr("content.xml", ODT)
    made = read_transcript(tmp_path / "a.odt")
    spoken = "Interview\n\nI: Why  now?\n\nP:\tBecause\nof them.\n\nI\tSo?"
    assert made.text == f"{spoken}\n\nA pause."
    assert made.text[: made.end] == spoken


def test_a_pdf_with_text_is_read_without_page_numbers(tmp_path):
    from matplotlib.backends.backend_pdf import PdfPages
    from matplotlib.figure import Figure

    with PdfPages(tmp_path / "a.pdf") as pages:
        for number, lines in enumerate((["I: Why now?", "P: Because."], ["I: And then?"]), start=1):
            page = Figure(figsize=(4, 3))
            for row, line in enumerate([*lines, str(number)]):
                page.text(0.1, 0.9 - 0.2 * row, line)
            pages.savefig(page)
    assert read_transcript(tmp_path / "a.pdf").text == "I: Why now?\nP: Because.\nI: And then?"


def test_footnotes_of_rtf_are_notes_and_no_words_of_a_speaker(tmp_path):
    path = tmp_path / "a.rtf"
    path.write_text(
        r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0 Arial;}}\pard I: Why?\par P: Because"
        r"{\super\chftn}{\footnote\ansi\pard {\super\chftn} Seen \'fcber \{the\} hedge.} of it.\par}",
        encoding="latin-1",
    )
    made = read_transcript(path)
    assert made.text[: made.end] == "I: Why?\nP: Because of it."
    assert made.notes == ("Seen über {the} hedge.",)


def _word_file(tmp_path, build):
    document = docx.Document()
    build(document)
    document.save(tmp_path / "a.docx")
    return read_transcript(tmp_path / "a.docx")


def test_headings_of_word_are_nobodys_words(tmp_path):
    def build(document):
        for topic in ("Beginnings", "Money"):
            document.add_heading(topic, 2)
            document.add_paragraph("I: Why?")
            document.add_paragraph("P: Because.")

    made = _word_file(tmp_path, build)
    said = [(turn.label, made.text[turn.start : turn.end]) for turn in find_turns(made, ["I", "P"]).turns]
    assert said == [("I", "Why?"), ("P", "Because.")] * 2
    assert [made.text[start:end] for start, end in made.headings] == ["Beginnings", "Money"]


@pytest.mark.parametrize("letters", ["bold", "italic", "underline"])
def test_questions_in_other_letters_are_another_speaker(letters, tmp_path):
    def build(document):
        document.add_paragraph().add_run("Interview").bold = True  # a title does not say how questions are set
        for question, answer in (("Why so?", "Because."), ("And then?", "We went on.")):
            setattr(document.add_paragraph().add_run(question), letters, True)
            document.add_paragraph(answer)

    made = _word_file(tmp_path, build)
    said = [(turn.label, made.text[turn.start : turn.end]) for turn in find_turns(made).turns][1:]
    assert said == [
        ("(set apart)", "Why so?"),
        ("(plain)", "Because."),
        ("(set apart)", "And then?"),
        ("(plain)", "We went on."),
    ]


def test_a_row_of_word_with_a_line_for_each_turn(tmp_path):
    def build(document):
        row = document.add_table(1, 2).rows[0]
        row.cells[0].text, row.cells[1].text = "I:\nP:\nI:", "Why?\nBecause.\nSo?"

    assert _word_file(tmp_path, build).text.split("\n\n") == ["I:\tWhy?", "P:\tBecause.", "I:\tSo?"]


def test_signs_that_nobody_sees_are_no_part_of_words():
    assert canonical("\u200bI: We co\u00adope\u00adrate.") == "I: We cooperate."


def test_questions_in_a_style_of_italics_are_another_speaker(tmp_path):
    from docx.enum.style import WD_STYLE_TYPE

    def build(document):
        base = document.styles.add_style("Slanted", WD_STYLE_TYPE.PARAGRAPH)
        base.font.italic = True
        document.styles.add_style("Question", WD_STYLE_TYPE.PARAGRAPH).base_style = base
        for question, answer in (("Why so?", "Because."), ("And then?", "We went on.")):
            document.add_paragraph(question, style="Question")
            document.add_paragraph(answer)

    made = _word_file(tmp_path, build)
    assert [turn.label for turn in find_turns(made).turns] == ["(set apart)", "(plain)"] * 2


def _table(document, *rows):
    table = document.add_table(len(rows), len(rows[0]))
    for row, cells in zip(table.rows, rows, strict=True):
        for cell, words in zip(row.cells, cells, strict=True):
            cell.text = words


def test_a_form_before_or_behind_the_talk_is_nobodys(tmp_path):
    def build(document):
        _table(document, ("Date", "3 March"), ("Interviewer", "Ana"), ("Participant", "P01, mayor of the town"))
        _table(document, ("I", "Why so?"), ("P", "Because of the garden."), ("I", "So?"), ("P", "No."))
        _table(document, ("Age", "45"), ("Work", "mayor"), ("Remarks", "She was tired at the end of it."))

    made = _word_file(tmp_path, build)
    said = [(turn.label, made.text[turn.start : turn.end]) for turn in find_turns(made, ["I", "P"]).turns]
    assert said == [("I", "Why so?"), ("P", "Because of the garden."), ("I", "So?"), ("P", "No.")]


def test_a_column_for_each_speaker_of_word(tmp_path):
    def build(document):
        _table(document, ("Interviewer", "Participant"), ("Why so?", "Because of the garden."), ("And then?", "No."))

    made = _word_file(tmp_path, build)
    said = [(turn.label, made.text[turn.start : turn.end]) for turn in find_turns(made).turns]
    assert said == [
        ("Interviewer", "Why so?"),
        ("Participant", "Because of the garden."),
        ("Interviewer", "And then?"),
        ("Participant", "No."),
    ]


def test_hidden_words_of_rich_text_are_not_read(tmp_path):
    (tmp_path / "a.rtf").write_text(r"{\rtf1\ansi{\fonttbl{\f0 Arial;}}\pard P: So {\v secret }it was.\par}")
    assert read_transcript(tmp_path / "a.rtf").text == "P: So it was."


@pytest.mark.parametrize(
    ("name", "remedy"),
    [
        ("a.doc", "Open it in its program and save it as .docx"),
        ("a.eaf", "Export the transcript as .docx"),
        ("a.mp3", "Put its transcript here instead"),
        ("a.mx24", "Export the document alone as"),
    ],
)
def test_files_of_other_programs_are_refused_with_what_to_do(tmp_path, name, remedy):
    (tmp_path / name).write_bytes(b"x")
    with pytest.raises(StudyError, match=remedy):
        read_transcript(tmp_path / name)


def test_questions_in_colour_are_another_speaker(tmp_path):
    from docx.shared import RGBColor

    def build(document):
        for question, answer in (("Why so?", "Because."), ("And then?", "We went on.")):
            document.add_paragraph().add_run(question).font.color.rgb = RGBColor(0, 0, 160)
            document.add_paragraph().add_run(answer).font.color.rgb = RGBColor(0, 0, 0)

    made = _word_file(tmp_path, build)
    assert [turn.label for turn in find_turns(made).turns] == ["(set apart)", "(plain)"] * 2


@pytest.mark.parametrize("name", ["a.docx", "a.odt"])
def test_a_damaged_file_is_named_wherever_it_is_damaged(tmp_path, name):
    if name == "a.docx":
        document = docx.Document()
        document.add_paragraph("P: We came.")
        document.save(tmp_path / name)
    else:
        with zipfile.ZipFile(tmp_path / name, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("content.xml", ODT)
    whole = (tmp_path / name).read_bytes()
    for n in range(1, len(whole), len(whole) // 40):
        for raw in (whole[n:], whole[:n], whole[:n] + bytes(50) + whole[n + 50 :]):
            (tmp_path / name).write_bytes(raw)
            with suppress(StudyError):
                read_transcript(tmp_path / name)
