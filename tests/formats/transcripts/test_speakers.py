"""Speakers in the layouts that people and programs write."""

import pytest
from coproduction.formats.transcripts.files import Transcript, canonical
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
