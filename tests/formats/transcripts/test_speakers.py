"""Speakers in the layouts that people and programs write."""

import pytest
from coproduction.formats.transcripts.files import Transcript, canonical, read_transcript
from coproduction.formats.transcripts.speakers import find_turns, is_generic, spoken

MARKS = ["I", "Interviewer", "P", "Participant"]


def turns(text, known=MARKS, excluded=()):
    found = find_turns(Transcript(text), known, excluded)
    return [(turn.label, text[turn.start : turn.end]) for turn in found.turns]


def test_turns_are_places_in_the_text():
    text = "Title\n\nI: Why?\nAnd how?\n\nP: Because.\n\np: More.\n\nInterviewer: Thanks."
    assert turns(text) == [("I", "Why?\nAnd how?"), ("P", "Because."), ("p", "More."), ("Interviewer", "Thanks.")]


def test_a_word_before_a_colon_is_no_speaker_but_may_be_one():
    text = "P: There were two things: time.\nProblem: money."
    assert turns(text) == [("P", text[3:])]
    assert find_turns(Transcript(text), MARKS).doubtful == {"Problem": 1}


def test_positions_count_code_points():
    (_, turn) = find_turns(Transcript("I: 🙂🙂\n\nP: 🙂 yes"), MARKS).turns
    assert (turn.start, turn.end) == (10, 15)


def test_text_without_speakers_is_nobodys_by_paragraph():
    assert turns("One\nstill one.\n\nTwo.") == [("", "One\nstill one."), ("", "Two.")]


def test_a_speaker_who_says_nothing_has_no_turn():
    assert turns("I: \n\nP: Yes.") == [("P", "Yes.")]


@pytest.mark.parametrize("stamp", ["[00:01:12] ", "#00:01:12-3# ", "00:01 ", "(1:02:03) ", ""])
def test_a_time_stamp_may_precede_a_mark(stamp):
    text = f"{stamp}I: Hi?\n\n{stamp}P: Yes.\n{stamp}p 2: No."
    assert turns(text, ["I", "P"]) == [("I", "Hi?"), ("P", "Yes."), ("p 2", "No.")]


def test_speakers_whom_nobody_named_are_found():
    talk = "[00:01] Maria: I came.\n\nP: Why?\n\nDr. Anna Weiß: So: yes.\n\n" * 3
    text = talk + "Note: once.\nSee http://x.org: there\n10:30: nothing"
    found = find_turns(Transcript(text), ["p"])
    assert {turn.label for turn in found.turns} == {"Maria", "P", "Dr. Anna Weiß"}
    assert found.doubtful == {"Note": 1}
    assert "Maria" not in {label for label, _ in turns(text, ["P"], ["maria"])}


SAID = [("A", "Hi?"), ("B", "Yes.\nMore."), ("A", "So?"), ("B", "Well."), ("A", "Hm?"), ("B", "Bye.")]


def written(form, names, **more):
    """The talk with each turn in this form; `time` counts up."""
    lines = []
    for number, (who, words) in enumerate(SAID):
        time, end = f"00:00:{number:02d}", f"00:00:{number + 1:02d}"
        lines.append(form.format(name=names[who], words=words, time=time, end=end, **more))
    return canonical("\n\n".join(lines))


LAYOUTS = {
    "marks": ("{name}: {words}", ("I", "P"), False),
    "Word's names": ("{name}: {words}", ("Dr. Anna Weiß", "Łukasz O’Neil"), False),
    "f4 with the time at the end": ("{name}: {words} #{time}-3#", ("I", "B1"), True),
    "f4 with the time before": ("#{time}-3# {name}: {words}", ("I", "B1"), True),
    "MAXQDA": ("[{time}] {name}: {words}", ("Interviewer", "Maria"), True),
    "Otter": ("{name}  {time}\n{words}", ("Ann Lee", "Ben Moss"), True),
    "Otter with a footer": ("{name}  {time}\n{words}", ("Ann Lee", "Ben Moss"), True),
    "Trint": ("[{time}] {name}\n{words}", ("Speaker 1", "Speaker 2"), True),
    "Rev": ("{name} ({time}):\n{words}", ("Speaker 1", "Speaker 2"), True),
    "Teams": ("{name}   {time}\n{words}", ("Lee, Ann", "Moss, Ben"), True),
    "Teams of old": ("{time}.0 --> {end}.40\n{name}\n{words}", ("Ann Lee", "Ben Moss"), True),
    "Teams with the time below": ("{name}\n{time}\n{words}", ("Ann Lee", "Ben Moss"), True),
    "Zoom's text": ("[{name}] {time}\n{words}", ("Ann Lee", "Ben Moss"), True),
    "whisperX": ("[{name}]: {words}", ("SPEAKER_00", "SPEAKER_01"), False),
    "whisperX with times": ("[{time} - {end}] {name}: {words}", ("SPEAKER_00", "SPEAKER_01"), True),
    "noScribe": ("{name}: [{time}] {words}", ("S00", "S01"), True),
    "tabs": ("{name}\t{words}", ("Ann", "Ben"), False),
    "a table with times": ("{time}\t{name}\t{words}", ("Ann", "Ben"), True),
    "a table with numbers": ("1\t{name}\t{words}", ("Ann", "Ben"), False),
    "dashes": ("{name} – {words}", ("ANN", "BEN"), False),
    "full-width colons": ("{name}：{words}", ("甲", "乙"), False),
    "names on a line of their own": ("{name}\n{words}", ("Ann Lee", "Ben"), False),
    "names between empty lines": ("{name}\n\n{words}", ("Ann Lee", "Ben"), False),
    "questions and answers": ("{name}. {words}", ("Q", "A"), False),
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_each_layout_gives_the_words_to_whom_they_belong(layout):
    form, (first, second), timed = LAYOUTS[layout]
    text = written(form, {"A": first, "B": second})
    if "footer" in layout:
        text += "\n\nTranscribed by https://otter.ai"
    found = find_turns(Transcript(f"Interview 1\n\n{text}"), MARKS)
    told = {"A": first, "B": second}
    whole = f"Interview 1\n\n{text}"
    assert [(turn.label, spoken(whole[turn.start : turn.end])) for turn in found.turns] == [
        (told[who], words) for who, words in SAID
    ]
    if timed:
        assert [turn.time.split("-")[0][:8] for turn in found.turns] == [
            f"00:00:{number:02d}" for number in range(len(SAID))
        ]
    assert not any(":0" in spoken(whole[turn.start : turn.end]) for turn in found.turns)


def test_a_list_of_repeated_lines_is_no_talk():
    text = "Garden\nGarden\nGarden\n\nWe came.\n\nWe left."
    assert {label for label, _ in turns(text)} == {""}


def test_numbers_and_letters_name_nobody():
    assert is_generic("Sprecher 2")
    assert not is_generic("Researcher R")


def test_voices_of_a_file_are_its_speakers_however_they_are_written(tmp_path):
    path = tmp_path / "a.vtt"
    said = [("Lee, Ann", "How?"), ("Rowan Birch (Guest)", "Slowly: yes."), ("+49 *** 12", "I dial in."), ("", "Hm.")]
    cues = [
        f"00:0{n}.000 --> 00:0{n}.900\n{f'<v {who}>' if who else ''}{words}\n" for n, (who, words) in enumerate(said)
    ]
    path.write_text("WEBVTT\n\n" + "\n".join(cues))
    transcript = read_transcript(path)
    found = find_turns(transcript)
    assert [(turn.label, transcript.text[turn.start : turn.end], turn.time) for turn in found.turns] == [
        ("Lee, Ann", "How?", "00:00.000"),
        ("Rowan Birch", "Slowly: yes.", "00:01.000"),
        ("+49 *** 12", "I dial in.", "00:02.000"),
        ("", "Hm.", "00:03.000"),
    ]
    assert [turn.label for turn in find_turns(transcript, excluded=["+49 *** 12"]).turns] == [
        "Lee, Ann",
        "Rowan Birch",
        "",
    ]


@pytest.mark.parametrize(
    "form", ["0:0{n}\n{words}\n", "0:0{n} {words}\n", "[0:0{n}] Ann {words}\n\n", "{words}\n0:0{n}\n"]
)
def test_lines_of_subtitles_are_no_names(form):
    words = ["so how did it begin", "it began slowly.", "then the council, they helped us for many years", "we went on"]
    text = "".join(form.format(n=n, words=line) for n, line in enumerate(words))
    assert {label for label, _ in turns(text)} == {""}
    assert all(
        line in text[turn.start : turn.end] for turn in find_turns(Transcript(text)).turns[:1] for line in words[:1]
    )


@pytest.mark.parametrize("mark", ["Respondent [Rowan]", "Respondent (Rowan)", "**Respondent:", "Respondent"])
def test_who_that_is_may_stand_in_brackets(mark):
    colon = "**" if mark.endswith(":") else ":"
    text = f"Interviewer: Why?\n{mark}{colon} Because.\n" * 4
    known = ["Interviewer", "Respondent"]
    assert turns(text, known) == [("Interviewer", "Why?"), ("Respondent", "Because.")] * 4


def test_what_is_said_between_slashes_is_its_speakers():
    text = "S00: Why?\n\nS01: Because.\n//S00: Hm//\nAnd so.\n\n" * 3
    assert turns(text)[:4] == [("S00", "Why?"), ("S01", "Because."), ("S00", "Hm"), ("S01", "And so.")]


def test_a_form_above_the_talk_is_nobodys_though_it_names_the_speakers():
    head = "Interview: P01\nDate: 2026-01-01\nInterviewer: Ann Lee\nParticipant: a mayor\nPlace: Riverton\n\n"
    text = head + "Interviewer: Why?\nParticipant: Because.\n\nInterviewer: And?\nParticipant: So."
    assert turns(text) == [
        ("Interviewer", "Why?"),
        ("Participant", "Because."),
        ("Interviewer", "And?"),
        ("Participant", "So."),
    ]


def test_what_a_meeting_program_adds_at_the_end_is_nobodys():
    text = "Ann: Why?\nBen: Because.\n" * 3 + "Transcription ended after 00:06:10\n\nThis editable transcript was made."
    assert turns(text)[-1] == ("Ben", "Because.")


@pytest.mark.parametrize(
    "first", ["Interviewer Number One From The Project", "???", "– I", "• I", "I (Ann)", "Lee, Ann", "Иван", "采访者"]
)
def test_labels_of_many_forms_begin_turns(first):
    text = f"{first}: Why?\nP: Because.\n" * 3
    assert [words for _, words in turns(text)] == ["Why?", "Because."] * 3


def test_somebody_whom_nobody_knows_is_not_the_speaker_before():
    assert turns("I: Why?\nP: Because.\n???: And so.\nI: So?\nP: Yes.")[2] == ("???", "And so.")


@pytest.mark.parametrize("aside", ["(I: yes (laughs) so)", "<I: yes>", "[I: yes]", "//I: yes//"])
def test_what_is_said_between_brackets_ends_with_them(aside):
    text = f"I: Why?\nP: Because {aside} of that.\n" * 2
    assert [label for label, _ in turns(text)] == ["I", "P", "I", "P"] * 2
    assert turns(text)[3] == ("P", "of that.")


def test_lines_of_word_and_of_old_systems_are_lines():
    assert canonical("I: a\x0bP: b\x85I: c\u2029P: d\r\nI: e\rP: f") == "I: a\nP: b\nI: c\nP: d\nI: e\nP: f"


@pytest.mark.parametrize("form", ["[00:0{n}:10]\n", "00:0{n}:10\n\n"])
def test_times_on_a_line_above_are_those_of_what_follows(form):
    said = [("I", "Why?"), ("P", "So."), ("I", "Hm.")]
    text = "".join(f"{form.format(n=n)}{who}: {words}\n\n" for n, (who, words) in enumerate(said))
    found = find_turns(Transcript(canonical(text)), MARKS).turns
    assert [(turn.label, turn.time) for turn in found] == [("I", "00:00:10"), ("P", "00:01:10"), ("I", "00:02:10")]


def test_subtitles_under_the_name_of_a_text_are_subtitles(tmp_path):
    path = tmp_path / "a.txt"
    said = ["Ann: Why?", "Ben: So.", "Ann: Hm."]
    path.write_text("".join(f"{n}\n00:00:0{n}.000 --> 00:00:0{n}.900\n{words}\n\n" for n, words in enumerate(said)))
    transcript = read_transcript(path)
    assert transcript.text.split("\n\n") == said
    assert [time for _, time in transcript.times] == ["00:00:00.000", "00:00:01.000", "00:00:02.000"]


@pytest.mark.parametrize("name", ["ANA", "EVA", "Tom", "IAN B"])
def test_a_short_name_in_capitals_names_somebody(name):
    assert not is_generic(name)
    assert all(map(is_generic, ("AK", "B 2", "Speaker A")))


def test_a_time_in_seconds_is_no_word():
    assert spoken("We came [12.5s] and [0.00s -> 3.20s] stayed.") == "We came and stayed."
