"""Subtitles as transcripts: WebVTT (Teams, Zoom, whisper and others) and SubRip (SRT).

webvtt-py 0.6 reads both, but gives all words of a cue to the first voice in it, leaves `&amp;` as it
is and drops what follows an empty line within a cue without a word; pysrt and srt know no voices. The
format is a few lines of text, so it is read here and nothing of it is lost.
"""

import html
import re
import unicodedata
from collections.abc import Sequence
from pathlib import Path

from coproduction.core.errors import StudyError

_TIME = r"(?:\d+:)?\d{1,2}:\d{2}(?:[.,]\d{1,3})?"
_TIMING = re.compile(  # or those of YouTube's SBV: 0:00:01.000,0:00:03.000
    rf"^[ \t]*(?:({_TIME})[ \t]+-->[ \t]+{_TIME}.*|(\d+:\d\d:\d\d\.\d{{3}}),\d+:\d\d:\d\d\.\d{{3}})$", re.MULTILINE
)
_LINE = re.compile(  # what Whisper shows while it works: [00:00.000 --> 00:03.000]  words, or [0.00s -> 3.00s] words
    rf"^\[({_TIME}|\d+\.\d\ds) -?-> (?:{_TIME}|\d+\.\d\ds)\][ \t]*(.*)$"
)
_VOICE = re.compile(r"<v(?:\.[^\s>]*)?[ \t]+([^>]*)>", re.IGNORECASE)
_NUMBERED_CUE = re.compile(rf"^\d+[ \t]*\n[ \t]*{_TIME}[ \t]+-->[ \t]+{_TIME}[ \t]*$", re.MULTILINE)
ENOUGH = 2  # numbered cues from which a text is subtitles
_SPEAKER = re.compile(r'^\d+[ \t]+"([^"\n]+)"(?:[ \t]+\(\d+\))?[ \t]*$')  # in place of an identifier: Webex
_TAG = re.compile(r"</?(?:v|c|i|b|u|s|ruby|rt|lang|font|\d+:)[^>]*>|\{\\[^}]*\}", re.IGNORECASE)
_BLOCK = re.compile(r"^(?:NOTE|STYLE|REGION)(?=[ \t\n]|\Z)(?:.|\n(?!\n))*", re.MULTILINE)
_LABEL = re.compile(r"^(?:-[ \t]*)?(?:>>[ \t]*)?[\[(]?[^\W\d_][^:\n]{0,40}(?::(?=\s|$)|：)")
_ANOTHER = re.compile(
    r"^(?:-[ \t]+|>>[ \t]*|\[[^\W\d_][^\]\n]{0,39}\][ \t]+)(?=\S)"
)  # somebody else speaks, without a colon
_ROLLING = re.compile(r"<(?:\d+:)?\d{1,2}:\d{2}[.,]\d{3}><c>")  # words that appear one by one, as YouTube has them


def are_cues(text: str) -> bool:
    """Whether a text is subtitles, whatever the name of its file: with their heading, or with numbered cues."""
    if text.lstrip("\ufeff \n").startswith("WEBVTT") or len(_NUMBERED_CUE.findall(text)) >= ENOUGH:
        return True
    return sum(bool(timing[2]) for timing in _TIMING.finditer(text)) >= ENOUGH or bool(_timed_lines(text))


def _timed_lines(text: str) -> list[tuple[str, str, str]]:
    """The segments of a text each line of which begins with a time span between brackets; none for other texts."""
    lines = [_LINE.match(line) for line in text.split("\n") if line.strip()]
    matches = [line for line in lines if line]
    return [(line[1], "", line[2]) for line in matches if line[2]] if len(matches) == len(lines) >= ENOUGH else []


def transcript_of_cues(raw: str, path: str | Path) -> tuple[str, list[tuple[int, str]], list[str]]:
    """The words of all cues as paragraphs, the times of the paragraphs, and the voices named.

    A paragraph is what one speaker says without a break: it begins where a voice tag or a mark
    (`Maria: `) begins, and each is written `Maria: words`. Times are (position in the text, time).

    Raises StudyError where there is no cue.
    """
    text = raw.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if segments := _timed_lines(text):
        return transcript_of_segments(segments)
    timings = list(_TIMING.finditer(_BLOCK.sub("", text)))
    if not timings:
        raise StudyError(
            "the subtitles contain no cue (a line such as 00:00:01.000 --> 00:00:03.000)",
            file=path,
            remedy="Export the transcript again as VTT or SRT",
        )
    text = timings[0].string
    speakers = [_speaker_above(text, timing) for timing in timings]
    rolling, last_shown = _ROLLING.search(text) is not None, ""
    passages: list[tuple[str, str, str, bool]] = []  # time, voice, words, whether they begin a paragraph
    for number, timing in enumerate(timings):
        last = number + 1 == len(timings)
        end = len(text) if last else timings[number + 1].start()
        payload = text[timing.end() : end] if last else _without_identifier(text[timing.end() : end])
        if rolling:
            payload, last_shown = _without_shown(payload, last_shown)
        spoken = [(voice or speakers[number], words, begins) for voice, words, begins in _voices(payload)]
        passages += [(timing[1] or timing[2], *passage) for passage in spoken]
    return _written(passages)


def transcript_of_segments(segments: Sequence[tuple[str, str, str]]) -> tuple[str, list[tuple[int, str]], list[str]]:
    """The same of segments (time, voice, words), as programs that recognise speech write."""
    return _written([(time, voice, _plain(words), _begins(_plain(words))) for time, voice, words in segments])


def _speaker_above(text: str, timing: re.Match) -> str:
    """Who speaks in a cue, where the line above its time says so; else nobody."""
    above = _SPEAKER.match(text[: timing.start()].rstrip("\n").rpartition("\n")[2])
    return above[1].strip() if above else ""


def _without_shown(payload: str, last_shown: str) -> tuple[str, str]:
    """The lines of a cue without those that the cue before showed already, and the last line that is shown."""
    new_lines = []
    for line in payload.split("\n")[1:]:
        if words := _plain(line):
            if words != last_shown:
                new_lines.append(line)
            last_shown = words
    return "\n".join(new_lines), last_shown


def _without_identifier(payload: str) -> str:
    """What a cue says, without the identifier or number of the next one."""
    lines = payload.split("\n")  # the first is the rest of the timing, the last is empty
    named = len(lines) >= 4 and lines[-2].strip()
    if named and (not lines[-3].strip() or lines[-2].strip().isdigit()):
        del lines[-2]
    return "\n".join(lines)


def _voices(payload: str) -> list[tuple[str, str, bool]]:
    """Each voice of a cue, its words, and whether they begin anew; without voice tags what begins with a mark is apart."""
    pieces = _VOICE.split(payload)
    if len(pieces) > 1:
        voiced = [("", pieces[0]), *zip(pieces[1::2], pieces[2::2], strict=True)]
        return [(_plain(voice), _plain(words), False) for voice, words in voiced if _plain(words)]
    apart: list[str] = []
    for line in payload.split("\n"):
        words = _plain(line)
        if not words:
            continue
        if not apart or _begins(words):
            apart.append(words)
        else:
            apart[-1] += f" {words}"
    return [("", words.removeprefix("-").strip(), _begins(words)) for words in apart]


def _begins(words: str) -> bool:
    return bool(_LABEL.match(words) or _ANOTHER.match(words))


def _plain(markup: str) -> str:
    return unicodedata.normalize("NFC", " ".join(html.unescape(_TAG.sub("", markup)).split()))


def _written(passages: list[tuple[str, str, str, bool]]) -> tuple[str, list[tuple[int, str]], list[str]]:
    text, before = "", None
    times: list[tuple[int, str]] = []
    for time, voice, words, begins in passages:
        goes_on = text and voice == before and (voice or not begins)
        if goes_on:
            text += f" {words}"
        else:
            text += "\n\n" if text else ""
            times.append((len(text), time))
            text += f"{voice}: {words}" if voice else words
        before = voice
    return text, times, sorted({voice for _, voice, _, _ in passages if voice})
