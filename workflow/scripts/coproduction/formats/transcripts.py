"""Transcripts: one canonical text per file, and the turns of the speakers in it.

All positions are Unicode code points of the canonical text (line ends are one character, accents
composed, no marks of formatting), which is what QDA programs count by the REFI-QDA standard.
General converters (pandoc, markitdown) were left out because their output changes with their version
and would move every position.
"""

import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from coproduction.core import people_tables
from coproduction.core.errors import StudyError
from coproduction.formats import docx

ENDINGS = [".txt", ".md", ".docx"]
_EMPHASIS = re.compile(r"(\*{1,3}|_{2,3})(?=\S)(.+?)(?<=\S)\1")
_STAMP = r"(?:[\[(#<]?\d{1,2}:\d{2}(?::\d{2})?(?:[.,-]\d{1,3})?[\])#>]?[ \t]*)?"
_LABEL = re.compile(
    rf"^[ \t]*{_STAMP}([^\W\d][\w.'’-]*(?:[ \t][\w.'’-]+){{0,2}})[ \t]*:(?=\s)", re.MULTILINE
)
LABEL_AT_LEAST = 3  # lines that a word begins before it may be a speaker
_HEADING = re.compile(r"^#{1,6}[ \t]+", re.MULTILINE)


@dataclass(frozen=True)
class Turn:
    """What one speaker says until the other speaks: `text[start:end]` of the transcript."""

    speaker: str
    start: int
    end: int


def read_transcript(path: Path) -> str:
    """The canonical text of a transcript (.txt, .md, .docx).

    Raises StudyError for another kind, an unreadable, an empty or a wrongly encoded file.
    """
    ending = path.suffix.lower()
    if ending not in ENDINGS:
        raise StudyError(
            f"transcripts of the kind '{ending or 'without ending'}' cannot be read",
            file=path,
            remedy=f"Save it as {', '.join(ENDINGS)}",
        )
    raw = _docx_text(path) if ending == ".docx" else people_tables.read_text(path)
    text = canonical(_without_marks(raw) if ending == ".md" else raw)
    if "\0" in text:
        raise StudyError("the file is not text", file=path, remedy="Save it as text in UTF-8")
    if not text:
        raise StudyError("the transcript is empty", file=path, remedy="Put the text there again")
    return text


def canonical(raw: str) -> str:
    """`raw` without byte order mark, with LF line ends, composed accents, at most one empty line."""
    text = unicodedata.normalize("NFC", raw.removeprefix("\ufeff"))
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n")
    text = re.sub(r"[ \t\u00a0]+$", "", text, flags=re.MULTILINE)
    return re.sub(r"\n{3,}", "\n\n", text).strip("\n")


def _without_marks(raw: str) -> str:
    """Markdown without the marks of headings and emphasis."""
    text = _HEADING.sub("", raw.replace("\r\n", "\n"))
    previous = None
    while previous != text:
        previous, text = text, _EMPHASIS.sub(r"\2", text)
    return text


def _docx_text(path: Path) -> str:
    """The paragraphs of a Word file, tables row by row (cells joined by a blank)."""
    document = docx.open_word(path.read_bytes(), str(path))
    texts = []
    for block in docx.blocks(document):
        if docx.is_table(block):
            texts += [" ".join(filter(None, docx.cells(row))) for row in block.rows]
        else:
            texts.append(docx.words(block._p))
    return "\n\n".join(text for text in texts if text.strip())


def find_turns(text: str, interviewer: list[str], participant: list[str]) -> list[Turn]:
    """The turns of a canonical text, in order.

    A turn begins at a line that starts with one of the marks and a colon, also behind a time stamp
    ([00:01:12], #00:01:12-3#); what precedes the
    first one (title, date) belongs to nobody. A text without any mark is taken as the participant's,
    one turn per paragraph.
    """
    speakers = {m.casefold(): "interviewer" for m in interviewer}
    speakers |= {m.casefold(): "participant" for m in participant}
    marks = "|".join(re.escape(m) for m in sorted(speakers, key=lambda m: (-len(m), m)))
    begin = re.compile(
        rf"^[ \t]*{_STAMP}({marks})[ \t]*\d*[ \t]*:[ \t]*", re.IGNORECASE | re.MULTILINE
    )
    found = list(begin.finditer(text))
    if not found:
        spans = [m.span() for m in re.finditer(r"\S(?:.|\n(?!\n))*", text)]
        return [Turn("participant", *_trimmed(text, *span)) for span in spans]
    ends = [match.start() for match in found[1:]] + [len(text)]
    turns = [
        Turn(speakers[match.group(1).casefold()], *_trimmed(text, match.end(), end))
        for match, end in zip(found, ends, strict=True)
    ]
    return [turn for turn in turns if turn.end > turn.start]


def unknown_speakers(text: str, marks: list[str]) -> dict[str, int]:
    """Words that begin several lines with a colon, as speakers do, and are none of the marks.

    What they say would count to the turn before, and without any mark all would be the participant's.
    """
    known = {mark.casefold() for mark in marks}
    found: dict[str, int] = {}
    for match in _LABEL.finditer(text):
        label = match.group(1)
        without_number = re.sub(r"[ \t]*\d+$", "", label)
        if not known & {label.casefold(), without_number.casefold()}:
            found[label] = found.get(label, 0) + 1
    often = {label: n for label, n in found.items() if n >= LABEL_AT_LEAST}
    return dict(sorted(often.items(), key=lambda item: (-item[1], item[0])))


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())
