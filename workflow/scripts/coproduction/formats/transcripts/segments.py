"""What programs that recognise speech write for other programs: segments with times and, mostly, speakers, as JSON or a table.

Known are Whisper (also faster-whisper, WhisperX, aTrain, whisper.cpp and the pipelines of Hugging Face), AssemblyAI,
Deepgram and Amazon Transcribe by the names of their fields. Each segment ends among the words or is counted as empty.
"""

import json
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from coproduction.core import people_tables
from coproduction.core.errors import StudyError

EXPORT = "Export it again as text, Word, VTT or SRT"
MILLISECONDS = 0.001
TEXTS = ("text", "content", "transcript")
SPEAKERS = ("speaker", "speaker name")
STARTS = ("start", "start time", "start_time", "time", "timestamp", "timespan")


@dataclass(frozen=True)
class Form:
    """Where the segments of a program lie, and their words, speaker and time in seconds times `unit`."""

    segments: tuple[str, ...]
    text: str
    speaker: str
    start: tuple[str | int, ...]
    unit: float = 1


FORMS = (
    Form(("transcription",), "text", "speaker", ("offsets", "from"), MILLISECONDS),  # whisper.cpp
    Form(("results", "audio_segments"), "transcript", "speaker_label", ("start_time",)),  # Amazon
    Form(("results", "utterances"), "transcript", "speaker", ("start",)),  # Deepgram
    Form(("utterances",), "text", "speaker", ("start",), MILLISECONDS),  # AssemblyAI
    Form(("segments",), "text", "speaker", ("start",)),  # Whisper, WhisperX, aTrain
    Form(("speakers",), "text", "speaker", ("timestamp", 0)),  # pipelines, with speakers
    Form(("chunks",), "text", "speaker", ("timestamp", 0)),  # pipelines, without
)

Segment = tuple[str, str, str]  # time, speaker, words


def segments_of_json(raw: str, path: Path) -> list[Segment]:
    """The segments of a JSON file in their order.

    Raises StudyError for JSON of no known program and for a segment without a field for its words.
    """
    try:
        content = json.loads(raw)
    except json.JSONDecodeError as error:
        raise StudyError(f"this is no JSON: {error.msg}", file=path, row=error.lineno, remedy=EXPORT) from error
    except RecursionError as error:
        raise StudyError("the JSON is nested too deeply", file=path, remedy=EXPORT) from error
    for form in FORMS:
        entries = _within(content, form.segments)
        if isinstance(entries, list) and all(isinstance(entry, dict) and form.text in entry for entry in entries[:1]):
            return [_segment(entry, form, number, path) for number, entry in enumerate(entries, start=1)]
    fields = ", ".join(list(content)[:6]) if isinstance(content, dict) else "a list"
    raise StudyError(f"no program is known that writes such JSON ({fields})", file=path, remedy=EXPORT)


def _within(content: Any, places: Sequence[str | int]) -> Any:
    for place in places:
        try:
            content = content[place]
        except (KeyError, IndexError, TypeError):
            return None
    return content


def _segment(entry: Any, form: Form, number: int, path: Path) -> Segment:
    words = entry.get(form.text) if isinstance(entry, Mapping) else None
    if not isinstance(words, str):
        raise StudyError(f"segment {number} has no words ('{form.text}')", file=path, remedy=EXPORT)
    speaker, start = entry.get(form.speaker), _within(entry, form.start)
    return _clock(start, form.unit), _called(speaker), words


def _called(speaker: Any) -> str:
    """The name of a speaker; `Speaker 0` for a number alone, nothing where nobody is named."""
    name = "" if speaker is None or isinstance(speaker, bool) else " ".join(str(speaker).split())
    return f"Speaker {name}" if name.isdecimal() else name


def _clock(start: Any, unit: float) -> str:
    """A time as hours, minutes and seconds; empty where there is none.

    >>> _clock(3725.9, 1)
    '01:02:05'
    """
    try:
        seconds = int(float(start) * unit)
    except (TypeError, ValueError, OverflowError):
        return ""
    return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}" if seconds >= 0 else ""


def segments_of_table(path: Path) -> list[Segment]:
    """The segments of a table: a column `text` and, where there are any, `speaker` and `start`.

    Whole numbers under `start` are milliseconds where a column `end` follows it, as Whisper writes them.

    Raises StudyError where the headings are others.
    """
    rows = _rows(path)
    header = [name.strip().casefold() for name in rows[0]] if rows else []
    text, speaker, start = (_column(header, names) for names in (TEXTS, SPEAKERS, STARTS))
    if text is None:
        raise StudyError(
            f"no column is called 'text' ({', '.join(filter(None, header[:8])) or 'the table is empty'})",
            file=path,
            remedy="Call the columns of a transcript start, speaker and text, or save it as text or Word",
        )
    whisper = header[:2] == ["start", "end"]
    segments = []
    for row in rows[1:]:
        cells = [*row, *[""] * (len(header) - len(row))]
        time = cells[start].strip() if start is not None else ""
        time = _clock(time, MILLISECONDS) if whisper and time.isdigit() else time
        segments.append((time, _called(cells[speaker]) if speaker is not None else "", cells[text]))
    if others := [name for n, name in enumerate(header) if name and n not in (text, speaker, start)]:
        logging.info("%s: columns that are not read: %s", path.name, ", ".join(others))
    return segments


def _rows(path: Path) -> list[list[str]]:
    """The rows of a table; those of Whisper's TSV as they are, for it puts no quotation marks around cells."""
    if path.suffix.lower() == ".tsv":
        lines = people_tables.read_text(path).removeprefix("\ufeff").splitlines()
        if lines and lines[0].casefold().split("\t")[:2] == ["start", "end"]:
            return [line.split("\t") for line in lines if line.strip()]
    return people_tables.read_people_rows(path)[0]


def _column(header: Sequence[str], names: Sequence[str]) -> int | None:
    return next((header.index(name) for name in names if name in header), None)
