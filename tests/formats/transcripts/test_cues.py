"""Subtitles: every word of every cue, by voice, with its time."""

import pytest
from coproduction.core.errors import StudyError
from coproduction.formats.transcripts.cues import are_cues, transcript_of_cues
from coproduction.formats.transcripts.files import read_transcript


def read(raw):
    return transcript_of_cues(raw, "a.vtt")


def test_voices_of_teams_with_their_times():
    text, times, voices = read(
        "WEBVTT\n\n3f2a/12-0\n00:00:01.000 --> 00:00:03.000\n<v Researcher R>How did it begin?</v>\n\n"
        "3f2a/13-0\n00:00:04.000 --> 00:00:08.000\n<v Rowan Birch>It began with\na garden.</v>\n"
    )
    assert text == "Researcher R: How did it begin?\n\nRowan Birch: It began with a garden."
    assert times == [(0, "00:00:01.000"), (33, "00:00:04.000")]
    assert voices == ["Researcher R", "Rowan Birch"]


def test_two_voices_of_one_cue_keep_their_own_words():
    raw = "WEBVTT\n\n00:01.000 --> 00:02.000\n<v.loud Ann B>Hi &amp; <i>hello</i></v>\n<v Ben>Yes.\n"
    assert read(raw)[0] == "Ann B: Hi & hello\n\nBen: Yes."


def test_what_one_voice_says_in_several_cues_is_one_paragraph():
    cues = "".join(f"\n{n}\n00:0{n}.000 --> 00:0{n}.900\n<v Ann>part {n}\n" for n in (1, 2))
    text, times, _ = read(f"WEBVTT\n{cues}")
    assert (text, times) == ("Ann: part 1 part 2", [(0, "00:01.000")])


def test_marks_in_the_words_begin_paragraphs_and_other_cues_go_on():
    text, times, voices = read(
        "\ufeff1\r\n00:00:01,000 --> 00:00:03,000\r\nI: How did\r\nit begin?\r\n\r\n"
        "2\r\n00:00:04,000 --> 00:00:05,000\r\nP: A garden,\r\n\r\n"
        "3\r\n00:00:05,000 --> 00:00:06,000\r\nthen a fence.\r\n"
    )
    assert text == "I: How did it begin?\n\nP: A garden, then a fence."
    assert [time for _, time in times] == ["00:00:01,000", "00:00:04,000"]
    assert voices == []


def test_notes_styles_and_identifiers_are_no_words_and_an_empty_line_loses_none():
    raw = (
        "WEBVTT - title\nKind: captions\n\nNOTE by hand\nmore\n\nSTYLE\n::cue {}\n\n"
        "intro\n00:00:01.000 --> 00:00:02.000 align:start\nOne\n\ntwo\n\n00:03.000 --> 00:04.000\n"
        "NOTEBOOKS we had\n"
    )
    assert read(raw)[0] == "One two NOTEBOOKS we had"


def test_subtitles_without_empty_lines_between_them_are_read():
    raw = "1\n00:00:01,000 --> 00:00:02,000\nP: A.\n2\n00:00:03,000 --> 00:00:04,000\nI: B.\n"
    assert read(raw)[0] == "P: A.\n\nI: B."


def test_no_cue_is_named():
    with pytest.raises(StudyError, match="contain no cue"):
        read("WEBVTT\n")


def test_captions_that_roll_say_each_word_once():
    raw = (
        "WEBVTT\nKind: captions\n\n00:00:00.000 --> 00:00:02.000 align:start position:0%\n \nso<00:00:00.500><c> how</c>\n\n"
        "00:00:02.000 --> 00:00:02.010\nso how\n \n\n"
        "00:00:02.010 --> 00:00:04.000\nso how\nit<00:00:02.500><c> began</c>\n\n"
        "00:00:04.000 --> 00:00:04.010\nit began\n \n"
    )
    assert read(raw)[0] == "so how it began"
    assert read("WEBVTT\n\n00:01.000 --> 00:02.000\nYes.\n\n00:02.000 --> 00:03.000\nYes.\n")[0] == "Yes. Yes."


@pytest.mark.parametrize("mark", [">> ", "- ", "[Speaker 2] "])
def test_signs_that_somebody_else_speaks_begin_paragraphs(mark):
    text, times, _ = read(f"1\n00:01.000 --> 00:02.000\nHow?\n\n2\n00:03.000 --> 00:04.000\n{mark}Slowly.\nAnd so.\n")
    assert [paragraph.removeprefix(mark).removeprefix("- ") for paragraph in text.split("\n\n")] == [
        "How?",
        "Slowly. And so.",
    ]
    assert len(times) == 2


@pytest.mark.parametrize(
    ("raw", "first"),
    [
        ("0:00:01.000,0:00:02.000\nI: Why?\n\n0:00:03.500,0:00:04.000\nP: So.\nand so on\n", "0:00:01.000"),  # SBV
        (
            "[00:01.000 --> 00:02.000]  I: Why?\n[00:03.500 --> 00:04.000]  P: So.\n[00:04.000 --> 00:05.000]  and so on\n",
            "00:01.000",
        ),
        ("[1.00s -> 2.00s] I: Why?\n[3.50s -> 4.00s] P: So.\n[4.00s -> 5.00s] and so on\n", "1.00s"),
    ],
)
def test_subtitles_of_youtube_and_what_whisper_shows(raw, first, tmp_path):
    (tmp_path / "a.txt").write_text(raw)
    made = read_transcript(tmp_path / "a.txt")
    assert made.text == "I: Why?\n\nP: So. and so on"
    assert made.times[0] == (0, first)


def test_spans_of_time_among_words_are_no_subtitles():
    assert not are_cues("I: When?\n[00:01.000 --> 00:02.000] P: So.\n[00:03.000 --> 00:04.000] P: Then.\n")
