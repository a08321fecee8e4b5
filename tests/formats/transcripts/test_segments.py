"""Segments of programs that recognise speech: each program's own shape, in JSON or a table."""

import json

import openpyxl
import pytest
from coproduction.core.errors import StudyError
from coproduction.formats.transcripts.files import read_transcript
from coproduction.formats.transcripts.speakers import find_turns

TWO = [("How so?", 0.4), ("Because, well.", 3725.9)]  # words, and when they begin, in seconds


def whisperx(words, start, speaker):
    return {"start": start, "text": f" {words}", "words": [], "speaker": speaker}


NAMED = {
    "whisperx": {
        "segments": [whisperx(*said, f"SPEAKER_0{n}") for n, said in enumerate(TWO)],
        "word_segments": [],
        "language": "en",
    },
    "pipeline": {
        "speakers": [{"speaker": f"SPEAKER_0{n}", "text": w, "timestamp": [s, s + 1]} for n, (w, s) in enumerate(TWO)],
        "chunks": [],
        "text": "",
    },
    "assemblyai": {
        "utterances": [{"speaker": "AB"[n], "text": w, "start": int(s * 1000)} for n, (w, s) in enumerate(TWO)],
        "words": [],
    },
    "deepgram": {
        "results": {"utterances": [{"speaker": n, "transcript": w, "start": s} for n, (w, s) in enumerate(TWO)]}
    },
    "amazon": {
        "results": {
            "transcripts": [],
            "audio_segments": [
                {"speaker_label": f"spk_{n}", "transcript": w, "start_time": str(s)} for n, (w, s) in enumerate(TWO)
            ],
        }
    },
}
NOBODY = {
    "whisper": {"text": "", "segments": [{"id": n, "start": s, "text": f" {w}"} for n, (w, s) in enumerate(TWO)]},
    "whisper.cpp": {
        "systeminfo": "",
        "transcription": [{"offsets": {"from": int(s * 1000)}, "text": f" {w}"} for w, s in TWO],
    },
    "pipeline": {"text": "", "chunks": [{"timestamp": [s, None], "text": f" {w}"} for w, s in TWO]},
}


def turns(path):
    transcript = read_transcript(path)
    return [(turn.label, turn.time, transcript.text[turn.start : turn.end]) for turn in find_turns(transcript).turns]


def written(tmp_path, name, content):
    (tmp_path / name).write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return tmp_path / name


@pytest.mark.parametrize("program", NAMED)
def test_each_segment_is_its_speakers(tmp_path, program):
    said = turns(written(tmp_path, "a.json", NAMED[program]))
    assert [(time, words) for _, time, words in said] == [("00:00:00", "How so?"), ("01:02:05", "Because, well.")]
    first, second = (label for label, _, _ in said)
    assert "" != first != second != ""


@pytest.mark.parametrize("program", NOBODY)
def test_without_speakers_the_words_are_nobodys(tmp_path, program):
    assert turns(written(tmp_path, "a.json", NOBODY[program])) == [("", "00:00:00", "How so? Because, well.")]


def test_a_segment_without_speaker_or_words_is_nobodys_or_none(tmp_path):
    segments = [{"text": "Hello."}, whisperx("How?", 1, "S1"), whisperx("", 2, "S2"), whisperx("So.", None, "S2")]
    assert turns(written(tmp_path, "a.json", {"segments": segments})) == [
        ("", "", "Hello."),
        ("S1", "00:00:01", "How?"),
        ("S2", "", "So."),
    ]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ({"monologues": []}, "no program is known that writes such JSON \\(monologues\\)"),
        ([{"speaker": "A"}], "such JSON \\(a list\\)"),
        ('{"segments": [', "no JSON"),
        ("[" * 100_000, "nested too deeply"),
        ({"text": "", "segments": []}, "the transcript is empty"),
        ({"segments": [{"text": "Hello."}, {"start": 2}]}, "segment 2 has no words"),
    ],
)
def test_json_that_is_not_understood_is_refused(tmp_path, content, words):
    with pytest.raises(StudyError, match=words) as caught:
        read_transcript(written(tmp_path, "a.json", content))
    assert "a.json" in str(caught.value)


TABLES = {
    "whisper.tsv": 'start\tend\ttext\n400\t900\t"Well", how so?\n3725900\t3726000\tBecause of "it.\n',
    "whisper_cpp.csv": 'start,end,speaker,text\n400,900,0," How so?"\n3725900,3726000,1," Because, well."\n',
    "named.csv": 'Start Time;Speaker Name;Text\n00:00:00;Ana;How so?\n01:02:05;Rowan;"Because; well."\n',
}


def test_tables_of_segments(tmp_path):
    said = {name: turns(written(tmp_path, name, content)) for name, content in TABLES.items()}
    assert said["whisper.tsv"] == [("", "00:00:00", '"Well", how so? Because of "it.')]
    assert said["whisper_cpp.csv"] == [
        ("Speaker 0", "00:00:00", "How so?"),
        ("Speaker 1", "01:02:05", "Because, well."),
    ]
    assert said["named.csv"] == [("Ana", "00:00:00", "How so?"), ("Rowan", "01:02:05", "Because; well.")]


def test_a_workbook_of_segments_and_one_with_other_headings(tmp_path):
    for name, header in (("a.xlsx", ["speaker", "text"]), ("b.xlsx", ["Wer", "Was"])):
        book = openpyxl.Workbook()
        for row in (header, ["I", "How so?"], ["P", "Because."]):
            book.active.append(row)
        book.save(tmp_path / name)
    assert turns(tmp_path / "a.xlsx") == [("I", "", "How so?"), ("P", "", "Because.")]
    with pytest.raises(StudyError, match="no column is called 'text' \\(wer, was\\)"):
        read_transcript(tmp_path / "b.xlsx")
