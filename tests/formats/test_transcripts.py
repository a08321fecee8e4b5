"""Canonical texts and turns."""

import docx
import pytest
from coproduction.core.errors import StudyError
from coproduction.formats.docx import WORD
from coproduction.formats.transcripts import (
    canonical,
    find_turns,
    read_transcript,
    unknown_speakers,
)

MARKS = (["I", "Interviewer"], ["P", "Participant"])


def test_line_ends_accents_and_mark_at_the_start_do_not_move_positions():
    assert canonical("\ufeffI: cafe\u0301\r\n\r\n\r\n\r\nP: yes  \r") == "I: café\n\nP: yes"


def test_turns_are_places_in_the_text():
    text = "Title\n\nI: Why?\nAnd how?\n\nP: Because.\n\np: More.\n\nInterviewer: Thanks."
    found = [(t.speaker, text[t.start : t.end]) for t in find_turns(text, *MARKS)]
    assert found == [
        ("interviewer", "Why?\nAnd how?"),
        ("participant", "Because."),
        ("participant", "More."),
        ("interviewer", "Thanks."),
    ]


def test_a_word_before_a_colon_is_no_speaker():
    text = "P: There were two things: time.\nProblem: money."
    assert [text[t.start : t.end] for t in find_turns(text, *MARKS)] == [text[3:]]


def test_positions_count_code_points():
    text = "I: 🙂🙂\n\nP: 🙂 yes"
    (_, turn) = find_turns(text, *MARKS)
    assert (turn.start, turn.end) == (10, 15)


def test_text_without_marks_is_the_participants_by_paragraph():
    text = "One\nstill one.\n\nTwo."
    found = [(t.speaker, text[t.start : t.end]) for t in find_turns(text, *MARKS)]
    assert found == [("participant", "One\nstill one."), ("participant", "Two.")]


def test_a_speaker_who_says_nothing_has_no_turn():
    assert [t.speaker for t in find_turns("I: \n\nP: Yes.", *MARKS)] == ["participant"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_the_same_text_in_each_encoding_and_kind(tmp_path, encoding):
    path = tmp_path / "a.txt"
    path.write_bytes("I: Só?\r\n\r\nP: Sim.\r\n".encode(encoding))
    assert read_transcript(path) == "I: Só?\n\nP: Sim."


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
    assert read_transcript(tmp_path / "a.md") == wanted
    assert read_transcript(tmp_path / "a.docx") == wanted


def test_tracked_changes_and_line_breaks_of_word_read_as_they_are_seen(tmp_path):
    word = docx.Document()
    paragraph = word.add_paragraph("I: Why")
    paragraph.add_run().add_break()
    paragraph.add_run("P: Because.")
    insertion = paragraph._p.makeelement(f"{WORD}ins", {})
    insertion.append(paragraph.add_run(" Of them.")._r)
    paragraph._p.append(insertion)
    word.save(tmp_path / "a.docx")
    assert read_transcript(tmp_path / "a.docx") == "I: Why\nP: Because. Of them."


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.txt", b"", "is empty"),
        ("a.txt", b"I: \n P: caf\xe9\n", "row 2.*|not valid UTF-8"),
        ("a.docx", b"PK\x03\x04 cut off", "not a readable Word document"),
        ("a.docx", b"", "not a readable Word document"),
        ("a.rtf", b"{}", "of the kind '.rtf' cannot be read"),
        ("a.txt", b"a\0b", "not text"),
    ],
)
def test_bad_transcripts_are_named(tmp_path, name, content, words):
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(StudyError, match=words) as caught:
        read_transcript(path)
    assert str(path) in str(caught.value)


@pytest.mark.parametrize("stamp", ["[00:01:12] ", "#00:01:12-3# ", "00:01 ", "(1:02:03) ", ""])
def test_a_time_stamp_may_stand_before_a_mark(stamp):
    text = f"{stamp}I: Hi?\n\n{stamp}P: Yes.\n{stamp}p 2: No."
    turns = find_turns(text, ["I"], ["P"])
    assert [(t.speaker, text[t.start : t.end]) for t in turns] == [
        ("interviewer", "Hi?"), ("participant", "Yes."), ("participant", "No.")
    ]  # fmt: skip


def test_speakers_whom_no_setting_names_are_found():
    talk = "[00:01] Maria: I came.\n\nP: Why?\n\nDr. Anna Weiß: So: yes.\n\n" * 3
    text = talk + "Note: once.\nSee http://x.org: there\n10:30: nothing"
    found = unknown_speakers(text, ["p"])
    assert found == {"Dr. Anna Weiß": 3, "Maria": 3}
    assert unknown_speakers(text, ["P", "maria", "dr. anna weiß"]) == {}
    numbered = "Speaker 1: Hi.\n\nSpeaker 2: Ho.\n\nP 1: Yes.\n\n" * 3
    assert list(unknown_speakers(numbered, ["P"])) == ["Speaker 1", "Speaker 2"]
    turns = find_turns(numbered, ["Speaker 1"], ["Speaker 2", "P"])
    assert [t.speaker for t in turns[:3]] == ["interviewer", "participant", "participant"]
