"""The text of a transcript from the file it is kept in, in one canonical form.

All positions are Unicode code points of the canonical text (line ends are one character, accents
composed, no marks of formatting), which is what QDA programs count by the REFI-QDA standard.
General converters (pandoc, markitdown) were left out because their output changes with their version
and would move every position. RTF is read by striprtf; ODT with lxml, since odfpy has had no release
since 2020 and the text is one XML file; PDF by pypdfium2, as documents are.
"""

import re
import unicodedata
import zipfile
from dataclasses import dataclass, field, replace
from pathlib import Path

from coproduction.core import open_document, people_tables
from coproduction.core.errors import StudyError
from coproduction.formats.transcripts.cues import are_cues, transcript_of_cues
from coproduction.formats.transcripts.pages import pages_of, spoken_lines

ENDINGS = [".txt", ".md", ".docx", ".vtt", ".srt", ".rtf", ".odt", ".pdf"]
_EMPHASIS = re.compile(r"(\*{1,3}|_{2,3})(?=\S)(.+?)(?<=\S)\1")
_HEADING = re.compile(r"^(?:#{1,6}[ \t]+|(?:>[ \t]?)+)", re.MULTILINE)
_UNSEEN = re.compile("[\u00ad\ufeff\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069]")
_DELETED = re.compile(r"\{[^{}]*\\deleted(?![a-z0-9])[^{}]*\}")


@dataclass(frozen=True)
class Transcript:
    """The canonical text of a transcript and what its file says beside it.

    times: (position, time) of what begins there, where the file keeps times apart from the words.
    voices: names that the file itself marks as speakers. end: where speech ends and notes follow.
    headings: (start, end) of those of the document. marked: the same of paragraphs in bold, or all in italics.
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


def read_transcript(path: Path) -> Transcript:
    """A transcript, told by the ending of its file.

    Raises StudyError for another kind, an unreadable, an empty or a wrongly encoded file.
    """
    ending = path.suffix.lower()
    if ending not in ENDINGS:
        raise StudyError(
            f"transcripts of the kind '{ending or 'without ending'}' cannot be read",
            file=path,
            remedy=f"Save it as {', '.join(ENDINGS)}",
        )
    transcript = _READERS.get(ending, _plain)(path)
    if "\0" in transcript.text:
        raise StudyError("the file is not text", file=path, remedy="Save it as text in UTF-8")
    if not transcript.text:
        remedy = "Put the text there again"
        if ending == ".pdf":
            remedy = "A scanned PDF has no text: recognise its text (OCR) or put the original there"
        raise StudyError("the transcript is empty", file=path, remedy=remedy)
    return transcript


def canonical(raw: str) -> str:
    """`raw` without byte order mark, soft hyphens and marks of direction, with LF line ends, composed accents and at
    most one empty line."""
    text = unicodedata.normalize("NFC", _UNSEEN.sub("", raw))
    text = re.sub("\r\n|[\r\v\x85\u2028\u2029]", "\n", text)
    text = re.sub(r"[ \t\u00a0]+$", "", text, flags=re.MULTILINE)
    return re.sub(r"\n{3,}", "\n\n", text).strip("\n")


def _plain(path: Path) -> Transcript:
    text = people_tables.read_text(path).replace("\r\n", "\n").replace("\r", "\n")
    if are_cues(text):
        return _cues(path)
    return Transcript(canonical(spoken_lines(pages_of(text))))


def _markdown(path: Path) -> Transcript:
    """Markdown without the marks of headings and emphasis."""
    text = _HEADING.sub("", people_tables.read_text(path).replace("\r\n", "\n"))
    previous = None
    while previous != text:
        previous, text = text, _EMPHASIS.sub(r"\2", text)
    return Transcript(canonical(text))


def _cues(path: Path) -> Transcript:
    raw = _UNSEEN.sub("", people_tables.read_text(path))
    text, times, voices = transcript_of_cues(raw, path)
    return Transcript(text, tuple(times), tuple(voices))


def _word(path: Path) -> Transcript:
    """The paragraphs of a Word file, tables row by row (cells joined by a tab); notes and comments at the end."""
    from coproduction.formats import docx

    document = docx.open_word(path.read_bytes(), str(path))
    pieces: list[tuple[str, str]] = []  # words, and what their paragraph is
    for block in docx.blocks(document):
        if isinstance(block, docx.Table):
            pieces += [(text, "") for row in block.rows for text in docx.lines(row)]
        else:
            pieces.append((docx.words(block._p), "heading" if docx.is_heading(block) else docx.emphasis(block)))
    paragraphs = [(text, kind) for words, kind in pieces if (text := canonical(words)).strip()]
    transcript = _with_notes([text for text, _ in paragraphs], docx.notes(document) + docx.comments(document))
    spans: dict[str, list[tuple[int, int]]] = {"heading": [], "bold": [], "italic": []}
    at = 0
    for text, kind in paragraphs:
        if kind:
            spans[kind].append((at, at + len(text)))
        at += len(text) + 2
    return replace(transcript, headings=tuple(spans["heading"]), marked=tuple(spans["bold"] or spans["italic"]))


def _with_notes(texts: list[str], notes: list[str]) -> Transcript:
    kept_notes = tuple(filter(None, map(canonical, notes)))
    spoken_text = canonical("\n\n".join(text for text in texts if text.strip()))
    return Transcript(spoken_text + "".join(f"\n\n{note}" for note in kept_notes), notes=kept_notes)


def _rich_text(path: Path) -> Transcript:
    """RTF; what a tracked change deleted is no text, cells are joined by a tab, notes at the end.

    striprtf leaves footnotes and endnotes out without a word, so their groups are read apart.
    """
    raw = path.read_bytes().decode("latin-1")
    if not raw.lstrip().startswith("{\\rtf"):
        raise StudyError("this is not a readable RTF file", file=path, remedy="Save it again as RTF")
    raw = re.sub(r"\\cell(?![a-z])", r"\\tab", _DELETED.sub("", raw))
    head = raw[: raw.find("\\pard")] if "\\pard" in raw else "{\\rtf1\\ansi"
    notes = [_rtf_words(f"{head}\\pard {note}}}").strip() for note in _rtf_notes(raw)]
    return _with_notes([_rtf_words(raw)], notes)


def _rtf_words(raw: str) -> str:
    from striprtf.striprtf import rtf_to_text

    return rtf_to_text(raw, encoding="cp1252", errors="replace")


def _rtf_notes(raw: str) -> list[str]:
    """What the footnotes and endnotes of an RTF file hold, their groups closed by a brace."""
    notes = []
    for opened in re.finditer(r"\{\s*(?:\\\*\s*)?\\footnote(?![a-z])(?:\\ftnalt)?", raw):
        depth, place = 1, opened.end()
        while depth and place < len(raw):
            escaped = raw[place] == "\\"
            depth += 0 if escaped else {"{": 1, "}": -1}.get(raw[place], 0)
            place += 2 if escaped else 1
        notes.append(raw[opened.end() : place - 1])
    return notes


def _open_document(path: Path) -> Transcript:
    """ODT: paragraphs and headings, tables row by row, notes at the end, no deleted text."""
    from lxml import etree

    try:
        root = open_document.content(path)
    except ValueError as error:
        raise StudyError("the document is too large", file=path, remedy="Divide it") from error
    except (zipfile.BadZipFile, KeyError, OSError, etree.XMLSyntaxError) as error:
        raise StudyError(
            "this is not a readable ODT document", file=path, remedy="Save it again as ODT or DOCX"
        ) from error
    notes = [open_document.words(note) for note in root.iter(f"{open_document.TEXT}note-body")]
    for name in ("note", "tracked-changes"):
        for element in list(root.iter(f"{open_document.TEXT}{name}")):
            _remove(element)
    for element in list(root.iter("{*}annotation", "{*}annotation-end")):
        _remove(element)
    texts: list[str] = []
    within_rows: set = set()
    for element in root.iter(*open_document.PARAGRAPHS, "{*}table-row"):
        if element.tag.endswith("}table-row"):
            cells = [" ".join(open_document.words(cell).split()) for cell in element.iter("{*}table-cell")]
            texts.append("\t".join(filter(None, cells)))
            within_rows.update(element.iter(*open_document.PARAGRAPHS))
        elif element not in within_rows:
            texts.append(open_document.words(element))
    return _with_notes(texts, notes)


def _remove(element) -> None:
    """Take an element out of its tree, not the text behind it."""
    above, before = element.getparent(), element.getprevious()
    if above is None:
        return
    if element.tail:
        if before is None:
            above.text = (above.text or "") + element.tail
        else:
            before.tail = (before.tail or "") + element.tail
    above.remove(element)


def _pdf(path: Path) -> Transcript:
    """A PDF with text: its lines, without numbers of pages and lines and without heads and feet that recur."""
    from coproduction.formats.documents import read_pages

    pages = [page.text.replace("\ufffe\n", "").replace("\ufffe", "") for page in read_pages(path, str(path))]
    return Transcript(canonical(spoken_lines(pages).replace("\x02", "")))


_READERS = {
    ".md": _markdown,
    ".vtt": _cues,
    ".srt": _cues,
    ".docx": _word,
    ".rtf": _rich_text,
    ".odt": _open_document,
    ".pdf": _pdf,
}
