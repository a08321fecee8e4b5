"""The words within files of any kind, for searching them: text, tables, pages, archives, PDF.

Apache Tika and textract read more kinds, the first by way of Java and the second with pinned old
packages; what a workflow writes is text, XML in zip archives, and PDF.
"""

import html
import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

LARGEST = 500_000_000  # bytes of one unpacked entry of an archive
PICTURES = {".png", ".jpg", ".jpeg", ".gif", ".woff", ".woff2", ".ttf", ".otf", ".ico"}
_MARKUP = {".html", ".htm", ".xml", ".svg", ".qde", ".qdc", ".graphml", ".rels", ".opf"}
_TAG = re.compile(r"<[^<>]*>")
_PICTURE = re.compile(r"(?<=;base64,)[A-Za-z0-9+/=]{200,}")  # most of a page that stands alone; it holds no words
_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})")
_PERCENT = re.compile(r"(?:%[0-9A-Fa-f]{2}[^\s\"'<>%]{0,80})+")
AROUND = 80  # characters before an escape of an address that may belong to it
_BROKEN_WORD = re.compile(r"(?<=\w)(?:\u00ad|\ufffe|\x02|-)\r?\n(?=\w)")


def texts_in(path: Path) -> Iterator[tuple[str, str]]:
    """What a file says as (part, text); the part is empty, 'page 3' or the entry of an archive.

    A text comes in each form in which words can be hidden: entities and escapes resolved, with and
    without tags, words that a line end divides joined. Pictures hold no words.
    """
    yield from _texts(path.read_bytes(), path.name, "")


def _texts(raw: bytes, name: str, part: str) -> Iterator[tuple[str, str]]:
    ending = Path(name).suffix.lower()
    if ending in PICTURES:
        return
    if raw.startswith(b"%PDF"):
        yield from _pdf(raw, part)
    elif raw.startswith(b"PK\x03\x04"):
        yield from _archive(raw, part)
    else:
        for text in _decoded(raw):
            yield from ((part, form) for form in _forms(text, ending))


def _decoded(raw: bytes) -> Iterator[str]:
    """The text; of what is no text (a database) the words in the encodings it may use."""
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        yield raw.decode("utf-16", "replace")
        return
    try:
        yield raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        yield raw.decode("utf-8", "replace")
        yield raw.decode("latin-1")
        yield raw.decode("utf-16-le", "replace")


def _forms(text: str, ending: str) -> Iterator[str]:
    text = _PICTURE.sub("", text) if ";base64," in text else text
    plain_text = _BROKEN_WORD.sub("", text) if "\u00ad" in text or "\ufffe" in text else text
    if _ESCAPE.search(plain_text):
        plain_text = _ESCAPE.sub(lambda match: chr(int(match[1], 16)), plain_text)
    if "&" in plain_text:
        plain_text = html.unescape(plain_text)
    yield plain_text.replace("\u00ad", "")
    if ending in _MARKUP:
        yield html.unescape(_TAG.sub("", text)).replace("\u00ad", "")
    if "%" in text:
        percent_codes = _PERCENT.finditer(text)
        yield "\n".join(unquote(text[max(0, m.start() - AROUND) : m.end()]) for m in percent_codes)


def _pdf(raw: bytes, part: str) -> Iterator[tuple[str, str]]:
    import pypdfium2

    document = pypdfium2.PdfDocument(raw)
    try:
        about = " ".join(document.get_metadata_dict().values())
        yield f"{part} properties".strip(), about
        for number, page in enumerate(document, start=1):
            text = page.get_textpage().get_text_range()
            yield f"{part} page {number}".strip(), _BROKEN_WORD.sub("", text).replace("\ufffe", "")
    finally:
        document.close()


def _archive(raw: bytes, part: str) -> Iterator[tuple[str, str]]:
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        for entry in archive.infolist():
            place = f"{part} {entry.filename}".strip()
            yield place, entry.filename
            if not entry.is_dir() and entry.file_size <= LARGEST:
                yield from _texts(archive.read(entry), entry.filename, place)
