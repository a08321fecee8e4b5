"""The text of a transcript from the file it is kept in, in one canonical form.

All positions are Unicode code points of the canonical text (line ends are one character, accents
composed, no marks of formatting), which is what QDA programs count by the REFI-QDA standard.
General converters (pandoc, markitdown) were left out because their output changes with their version
and would move every position. RTF is read by striprtf; ODT with lxml, since odfpy has had no release
since 2020 and the text is one XML file; PDF by pypdfium2, as documents are.
"""

import json
import logging
import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import NamedTuple

from coproduction.core import people_tables
from coproduction.core.errors import StudyError
from coproduction.formats import rich_text
from coproduction.formats.transcripts import columns, markup, open_text
from coproduction.formats.transcripts.cues import are_cues, transcript_of_cues, transcript_of_segments
from coproduction.formats.transcripts.pages import pages_of, spoken_lines
from coproduction.formats.transcripts.segments import segments_of_json, segments_of_table
from coproduction.formats.transcripts.web_pages import of_html

ENDINGS = [".txt", ".md", ".docx", ".odt", ".rtf", ".pdf", ".vtt", ".srt", ".sbv", ".html", ".htm", ".otr", ".json"]
ENDINGS += [".tsv", ".csv", ".xlsx", ".ods"]
_EXPORT = {
    **dict.fromkeys([".doc", ".pages", ".wpd", ".gdoc"], "Open it in its program and save it"),
    **dict.fromkeys([".eaf", ".textgrid", ".exb", ".trs", ".cha", ".f4p", ".f4a", ".flp"], "Export the transcript"),
    **dict.fromkeys([".mx24", ".mx22", ".mx20", ".nvp", ".nvpx", ".atlproj", ".qdpx"], "Export the document alone"),
    **dict.fromkeys([".mp3", ".m4a", ".wav", ".mp4", ".mov", ".ogg", ".wma"], "Put its transcript here instead,"),
}
_UNSEEN = re.compile("[\u00ad\ufeff\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069]")


@dataclass(frozen=True)
class Transcript:
    """The canonical text of a transcript and what its file says beside it.

    times: (position, time) of what begins there, where the file keeps times apart from the words.
    voices: names that the file itself marks as speakers. end: where speech ends and notes follow.
    headings: (start, end) of those of the document. marked: the same of paragraphs that are set apart: in bold, all in
    italics, underlined, coloured or quoted.
    """

    text: str
    times: tuple[tuple[int, str], ...] = ()
    voices: tuple[str, ...] = ()
    notes: tuple[str, ...] = field(default=())
    headings: tuple[tuple[int, int], ...] = ()
    marked: tuple[tuple[int, int], ...] = ()

    @property
    def end(self) -> int:
        """Where speech ends; footnotes and endnotes come after it."""
        return len(self.text) - len("".join(f"\n\n{note}" for note in self.notes))


class Piece(NamedTuple):
    """A paragraph: its words, whether it is a heading or how it is set apart, and who speaks where the file says so."""

    words: str
    kind: str = ""
    voice: str = ""


Table = list[list[list[str]]]  # rows of cells of lines


def read_transcript(path: Path, table_columns: Sequence[str] = ()) -> Transcript:
    """A transcript, told by the ending of its file.

    table_columns: the columns that say who speaks and what was said, of tables with several (`columns.columns_of`)

    Raises StudyError for another kind, an unreadable, an empty or a wrongly encoded file.
    """
    ending = path.suffix.lower()
    if ending not in ENDINGS:
        raise StudyError(
            f"transcripts of the type '{ending or 'without extension'}' cannot be read",
            file=path,
            remedy=f"{_EXPORT.get(ending, 'Save it')} as .docx, .odt, .rtf, .txt, .vtt or .srt",
        )
    transcript = _WITH_TABLES[ending](path, table_columns) if ending in _WITH_TABLES else _READERS[ending](path)
    if "\0" in transcript.text:
        raise StudyError("the file is not text", file=path, remedy="Save it as text in UTF-8")
    if not transcript.text:
        remedy = "Put the text there again"
        if ending == ".pdf":
            remedy = "A scanned PDF has no text: apply text recognition (OCR) or use the original"
        raise StudyError("the transcript is empty", file=path, remedy=remedy)
    return transcript


def canonical(raw: str) -> str:
    """`raw` without byte order mark, soft hyphens and marks of direction, with LF line ends, composed accents and at
    most one empty line."""
    text = unicodedata.normalize("NFC", _UNSEEN.sub("", raw))
    text = re.sub("\r\n|[\r\v\x85\u2028\u2029]", "\n", text)
    text = re.sub(r"[ \t\u00a0]+$", "", text, flags=re.MULTILINE)
    return re.sub(r"\n{3,}", "\n\n", text).strip("\n")


def _plain(path: Path, table_columns: Sequence[str] = ()) -> Transcript:
    text = people_tables.read_text(path).replace("\r\n", "\n").replace("\r", "\n")
    if are_cues(text):
        return _cues(path)
    return Transcript(columns.without_columns(canonical(spoken_lines(pages_of(text))), table_columns, str(path)))


def _markdown(path: Path, table_columns: Sequence[str]) -> Transcript:
    signed, notes = markup.markdown(people_tables.read_text(path), table_columns, str(path))
    return _with_spans(signed, notes)


def _page(path: Path, table_columns: Sequence[str]) -> Transcript:
    """An HTML page, as noScribe writes."""
    return _with_spans(of_html(people_tables.read_text(path), table_columns, str(path)))


def _with_spans(signed: str, notes: Sequence[str] = ()) -> Transcript:
    """A text with signs of `markup` in its canonical form, without them; notes at the end."""
    text, spans = markup.without_signs(canonical(signed))
    return _with_places(_with_notes([text], notes), spans)


def _otranscribe(path: Path) -> Transcript:
    """The JSON of oTranscribe (.otr), whose text is HTML."""
    try:
        text = json.loads(people_tables.read_text(path))["text"]
    except (ValueError, KeyError, TypeError) as error:
        raise StudyError(
            "this is no file of oTranscribe", file=path, remedy="Export the transcript again as .otr or as text"
        ) from error
    return _with_spans(of_html(str(text)))


def _recognised(path: Path) -> Transcript:
    """Segments of a program that recognises speech, as JSON or as a table; those without words are counted."""
    if path.suffix.lower() == ".json":
        segments = segments_of_json(people_tables.read_text(path), path)
    else:
        segments = segments_of_table(path)
    filled = [segment for segment in segments if segment[2].strip()]
    if len(filled) < len(segments):
        logging.info("%s: %d of %d segments hold no words", path.name, len(segments) - len(filled), len(segments))
    text, times, voices = transcript_of_segments(filled)
    return Transcript(text, tuple(times), tuple(voices))


def _cues(path: Path) -> Transcript:
    raw = _UNSEEN.sub("", people_tables.read_text(path))
    text, times, voices = transcript_of_cues(raw, path)
    return Transcript(text, tuple(times), tuple(voices))


def _word(path: Path, table_columns: Sequence[str]) -> Transcript:
    """The paragraphs of a Word file, tables row by row (cells joined by a tab); notes and comments at the end."""
    from coproduction.formats import docx

    document = docx.open_word(path.read_bytes(), str(path))
    parts: list[Piece | Table] = []
    for block in docx.blocks(document):
        if isinstance(block, docx.Table):
            parts.append([docx.grid(row) for row in block.rows])
        else:
            kind = "heading" if docx.is_heading(block) else docx.emphasis(block)
            parts.append(Piece(docx.words(block._p), kind))
    return _of_parts(parts, docx.notes(document) + docx.comments(document), table_columns, path)


def _open_document(path: Path, table_columns: Sequence[str]) -> Transcript:
    """ODT in the same way, without comments."""
    parts, notes = open_text.parts_of(path)
    pieces = [part if isinstance(part, list) else Piece(*part) for part in parts]
    return _of_parts(pieces, notes, table_columns, path)


def _of_parts(
    parts: Sequence[Piece | Table], notes: Sequence[str], table_columns: Sequence[str], path: Path
) -> Transcript:
    """The transcript of paragraphs and tables; a form is one paragraph, which nobody says."""
    tables = [part for part in parts if isinstance(part, list)]
    around = sum(len(part.words) for part in parts if isinstance(part, Piece))
    read_tables = iter(columns.read_tables(tables, around, table_columns, str(path)))
    pieces: list[Piece] = []
    for part in parts:
        read = part if isinstance(part, Piece) else next(read_tables)
        if isinstance(read, Piece):
            pieces.append(read)
        elif isinstance(read, str):
            pieces.append(Piece(read, "heading"))
        else:
            pieces += [Piece(line, "", speaker) for line, speaker in read]
    return _of_pieces(pieces, notes)


def _of_pieces(pieces: Sequence[Piece], notes: Sequence[str]) -> Transcript:
    if 2 * sum(len(piece.words) for piece in pieces if piece.voice) < sum(len(piece.words) for piece in pieces):
        pieces = [piece._replace(voice="") for piece in pieces]  # a form beside the talk, not the talk itself
    voices = tuple(sorted({piece.voice for piece in pieces if piece.voice}))
    filled = [piece._replace(words=text) for piece in pieces if (text := canonical(piece.words)).strip()]
    transcript = _with_notes([f"{p.voice}: {p.words}" if p.voice else p.words for p in filled], notes)
    spans: dict[str, list[tuple[int, int]]] = {}
    at, starts = 0, []
    for words, kind, voice in filled:
        end = at + len(words) + (len(voice) + 2 if voice else 0)
        if kind:
            spans.setdefault(kind, []).append((at, end))
        starts.append((at, ""))
        at = end + 2
    return _with_places(replace(transcript, times=tuple(starts if voices else ()), voices=voices), spans)


def _with_places(transcript: Transcript, spans: Mapping[str, list[tuple[int, int]]]) -> Transcript:
    """A transcript with its headings and the paragraphs that are set apart in the way that most of these are."""
    marked = max((spans[kind] for kind in spans if kind != "heading"), key=len, default=[])
    return replace(transcript, headings=tuple(spans.get("heading", ())), marked=tuple(marked))


def _with_notes(texts: Sequence[str], notes: Sequence[str]) -> Transcript:
    kept_notes = tuple(filter(None, map(canonical, notes)))
    spoken_text = canonical("\n\n".join(text for text in texts if text.strip()))
    return Transcript(spoken_text + "".join(f"\n\n{note}" for note in kept_notes), notes=kept_notes)


def _rich_text(path: Path, table_columns: Sequence[str]) -> Transcript:
    """RTF, notes at the end."""
    raw = path.read_bytes()
    if not raw.lstrip().startswith(rich_text.START):
        raise StudyError("this is not a readable RTF file", file=path, remedy="Save it again as RTF")
    text, notes = rich_text.words_and_notes(raw)
    return _with_notes([columns.without_columns(text, table_columns, str(path))], notes)


def _pdf(path: Path) -> Transcript:
    """A PDF with text: its lines, without numbers of pages and lines and without heads and feet that recur."""
    from coproduction.formats.documents import read_pages

    pages = [page.text.replace("\ufffe\n", "").replace("\ufffe", "") for page in read_pages(path, str(path))]
    return Transcript(canonical(spoken_lines(pages).replace("\x02", "")))


_READERS: dict[str, Callable[[Path], Transcript]] = {
    ".vtt": _cues,
    ".srt": _cues,
    ".sbv": _cues,
    ".pdf": _pdf,
    ".otr": _otranscribe,
    **dict.fromkeys([".json", ".tsv", ".csv", ".xlsx", ".ods"], _recognised),
}
_WITH_TABLES: dict[str, Callable[[Path, Sequence[str]], Transcript]] = {
    ".docx": _word,
    ".odt": _open_document,
    ".md": _markdown,
    ".html": _page,
    ".htm": _page,
    ".rtf": _rich_text,
    ".txt": _plain,
}
