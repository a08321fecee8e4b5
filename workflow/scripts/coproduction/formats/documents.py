"""Text of documents, page by page: PDF, DOCX, ODT, RTF, HTML (also packed as EPUB or MHTML), Markdown, plain text.

pypdfium2 (PDFium) is taken for PDF: it marks hyphens at line ends, so that divided words can be
joined, and is about ten times as fast as pypdf, more than pdfminer (benchmarks/desk_text.md). Markdown
is rendered by markdown-it-py and read as HTML, so that both share one path. A scanned page is read by
OCR where an engine is installed, and is a named state otherwise.
"""

import email
import email.policy
import io
import logging
import posixpath
import re
import zipfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from urllib.parse import unquote

import pypdfium2
from bs4 import BeautifulSoup, NavigableString, Tag
from bs4.dammit import EncodingDetector
from charset_normalizer import from_bytes
from markdown_it import MarkdownIt

from coproduction.core import people_tables
from coproduction.core.archives import BROKEN
from coproduction.core.errors import StudyError
from coproduction.formats import docx, ocr, rich_text
from coproduction.formats.transcripts import open_text

HEADING = "\x01"  # starts a line that is a heading
DROPPED = """
    script style noscript template nav header footer aside form button svg iframe select textarea
""".split()
BLOCKS = """
    p li tr dt dd blockquote pre figcaption caption div section article table ul ol
""".split()
HEADINGS = ["h1", "h2", "h3", "h4", "h5", "h6"]
SHOWN_WHEN_FOUND = (
    "until-found"  # what readers open: parts below a heading; styles hide such parts too, so that none counts
)
# What the first bytes of a file say that it is, whatever its name
_KINDS = {
    b"%pdf-": "PDF",
    b"{\\rtf": "RTF",
    b"<!doctype html": "HTML",
    b"<html": "HTML",
    b"\xd0\xcf\x11\xe0": "Word before 2007",
}
_NAMES = {".pdf": "PDF", ".rtf": "RTF", ".html": "HTML", ".htm": "HTML", ".xhtml": "HTML", ".docx": "Word before 2007"}
_LATIN = ("iso-8859-1", "latin-1", "latin1", "us-ascii", "ascii")  # which pages state that hold signs of Windows
READ_AS = "PDF, DOCX, ODT, RTF, HTML, EPUB, MHTML, Markdown or text"
FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)


@dataclass(frozen=True)
class Page:
    """One page (or section, paragraph) as it was read: lines are still lines."""

    number: int
    unit: str
    heading: str
    text: str
    recognised: bool = False  # by OCR


def read_pages(path: Path, name: str, languages: str = "") -> list[Page]:
    """The pages of a document, told by its ending; `name` is how messages call it.

    `languages` are those in which the text of scanned pages of a PDF is recognised (codes of Tesseract,
    joined by +); without them it is not.

    Raises StudyError for a file that is empty, broken, locked or of a kind that cannot be read. A
    page without a text layer has an empty text.
    """
    own = {".pdf": partial(_pdf, languages=languages), ".odt": partial(_odt, path=path)}
    reader = own.get(path.suffix.lower()) or _READERS.get(path.suffix.lower())
    if reader is None:
        raise StudyError(
            f"documents of the type '{path.suffix or 'without extension'}' cannot be read",
            file=name,
            remedy=f"Save it as {READ_AS}",
        )
    raw = path.read_bytes()
    if not raw.strip():
        raise StudyError("the file is empty", file=name, remedy="Put the document there again")
    _check_kind(raw, path.suffix.lower(), name)
    return reader(raw, name)


def _check_kind(raw: bytes, ending: str, name: str) -> None:
    """Raise StudyError where the first bytes of a file say that it is of another kind than its name."""
    start = raw[:200].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    kind = next((kind for sign, kind in _KINDS.items() if start.startswith(sign)), "")
    if not kind or kind == _NAMES.get(ending) or ending == ".md":
        return
    page = kind == "HTML" and ending == ".pdf"
    raise StudyError(
        f"the file holds {kind} under the name of a {ending} file",
        file=name,
        remedy="Download it again; a page in its place often says that the document was not found"
        if page
        else "Give it its own extension",
    )


def _pdf(raw: bytes, name: str, languages: str) -> list[Page]:
    recognised: dict[int, str] = {}
    try:
        document = pypdfium2.PdfDocument(raw)
        try:
            texts = [page.get_textpage().get_text_range() for page in document]
            blank = [number for number, text in enumerate(texts) if not text.strip("\r\n\0 ")]
            for number in blank if blank and languages and ocr.available() else []:
                recognised[number] = _scanned(document[number], languages, f"{name}, page {number + 1}")
        finally:
            document.close()
    except pypdfium2.PdfiumError as error:
        locked = "password" in str(error).lower()
        raise StudyError(
            "the PDF is protected by a password" if locked else "the PDF is damaged or truncated",
            file=name,
            remedy="Save it without a password" if locked else "Download it again",
        ) from error
    texts = [recognised.get(number) or text for number, text in enumerate(texts)]
    return [
        Page(
            number + 1,
            "page",
            "",
            text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", ""),
            bool(recognised.get(number)),
        )
        for number, text in enumerate(texts)
    ]


def _scanned(page: pypdfium2.PdfPage, languages: str, name: str) -> str:
    """The text of a page without letters, where there is anything on it."""
    if next(page.get_objects(), None) is None:
        return ""
    grey = page.render(scale=ocr.DOTS / 72, grayscale=True).to_numpy()
    height, width = grey.shape[:2]
    return ocr.recognise(grey.tobytes(), width, height, languages, name)


def _docx(raw: bytes, name: str) -> list[Page]:
    document = docx.open_word(raw, name)
    lines = [line for block in docx.blocks(document) for line in _docx_lines(block)]
    lines += docx.notes(document)
    for title, texts in (("Diagrams", docx.drawings(document)), ("Comments", docx.comments(document))):
        lines += [HEADING + title, *texts] if texts else []
    return _sections("\n".join(lines))


def _docx_lines(block: docx.Paragraph | docx.Table) -> list[str]:
    if isinstance(block, docx.Table):
        rows = [docx.cells(row, once=True) for row in block.rows]
        return [" | ".join(row) + "." for row in rows if any(row)]
    text = " ".join(docx.words(block._p).split())
    return [HEADING + text if text and docx.is_heading(block) else text]


def _odt(raw: bytes, name: str, path: Path) -> list[Page]:
    try:
        parts, notes = open_text.parts_of(path)
    except StudyError as error:
        raise StudyError(error.problem, file=name, remedy=error.remedy) from error
    lines: list[str] = []
    for part in parts:
        if isinstance(part, list):
            lines += [" | ".join(" ".join(cell) for cell in row if cell) + "." for row in part if any(row)]
        else:
            text = " ".join(part[0].split())
            lines.append((HEADING if part[1] == "heading" and text else "") + text)
    return _sections("\n".join([*lines, *(" ".join(note.split()) for note in notes)]))


def _rtf(raw: bytes, name: str) -> list[Page]:
    if not raw.lstrip().startswith(rich_text.START):
        raise StudyError("this is not a readable RTF file", file=name, remedy="Save it again as RTF")
    text, notes = rich_text.words_and_notes(raw)
    lines = [" ".join(line.split()) for line in [*text.split("\n"), *notes]]
    return _sections("\n".join(lines))


def _mhtml(raw: bytes, name: str) -> list[Page]:
    """A page of the web with all that belongs to it in one file, as browsers save it."""
    message = email.message_from_bytes(raw, policy=email.policy.default)
    for part in message.walk():
        if part.get_content_type() == "text/html":
            page = part.get_payload(decode=True)
            stated = part.get_content_charset() or ""
            return _html_file(page if isinstance(page, bytes) else b"", name, stated)
    raise StudyError("the file holds no web page", file=name, remedy="Save the page again, as HTML or PDF")


def _epub(raw: bytes, name: str) -> list[Page]:
    """The chapters of a book in their order, section by section."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            if "META-INF/encryption.xml" in archive.namelist() and b"idpf.org/2008/embedding" not in archive.read(
                "META-INF/encryption.xml"
            ):
                raise StudyError("the book is locked", file=name, remedy="Put a copy without copy protection there")
            chapters = [archive.read(path) for path in _chapters(archive)]
    except (*BROKEN, KeyError, StopIteration, TypeError) as error:
        raise StudyError("this is not a readable EPUB", file=name, remedy="Download it again, or as PDF") from error
    pages = [page for chapter in chapters for page in _html_file(chapter, name) if page.text.strip()]
    return [replace(page, number=number) for number, page in enumerate(pages, start=1)] or [Page(1, "section", "", "")]


def _chapters(archive: zipfile.ZipFile) -> list[str]:
    """Where the chapters of a book are, in the order of reading."""
    container = BeautifulSoup(archive.read("META-INF/container.xml"), "xml")
    package = str(container.find("rootfile")["full-path"])  # type: ignore[index]
    book = BeautifulSoup(archive.read(package), "xml")
    files = {
        item["id"]: str(item["href"]) for item in book.find_all("item") if "nav" not in str(item.get("properties", ""))
    }
    read = [files[part["idref"]] for part in book.find_all("itemref") if part["idref"] in files]
    return [posixpath.normpath(posixpath.join(posixpath.dirname(package), unquote(path))) for path in read]


def _html_file(raw: bytes, name: str, stated: str = "") -> list[Page]:
    """A page of the web, in the encoding that is stated of it where its bytes are of that."""
    stated = stated or EncodingDetector.find_declared_encoding(raw, is_html=True, search_entire_document=False) or ""
    stated = "cp1252" if stated in _LATIN else stated
    windows = people_tables.WINDOWS[0] if people_tables.same_in_windows(raw) else ""
    for encoding in filter(None, ("" if raw.startswith((b"\xff\xfe", b"\xfe\xff")) else stated, "utf-8-sig", windows)):
        with suppress(UnicodeDecodeError, LookupError):
            return _html(BeautifulSoup(raw.decode(encoding), "lxml"))
    return _html(BeautifulSoup(_decoded(raw, name), "lxml"))


def _markdown(raw: bytes, name: str) -> list[Page]:
    text = FRONT_MATTER.sub("", _decoded(raw, name).replace("\r\n", "\n"))
    rendered = MarkdownIt("commonmark", {"html": True}).enable("table").render(text)
    return _html(BeautifulSoup(rendered, "lxml"))


def _html(soup: BeautifulSoup) -> list[Page]:
    """Sections of the main part of a page; navigation, scripts and what is hidden are left out."""
    root = _content(soup)
    _drop_unseen(root)
    for string in root.find_all(string=True):
        if not isinstance(string, NavigableString) or type(string) is not NavigableString:
            string.extract()
        else:
            string.replace_with(re.sub(r"\s+", " ", string))
    for tag in root.find_all("br"):
        tag.replace_with("\n")
    for tag in root.find_all(HEADINGS):
        tag.insert_before("\n\n" + HEADING)
        tag.insert_after("\n\n")
    for tag in root.find_all(["td", "th"]):
        tag.insert_after(" | " if tag.find_next_sibling(["td", "th"]) else ".")
    for tag in root.find_all(BLOCKS):
        tag.insert_before("\n")
        tag.insert_after("\n")
    lines = (" ".join(line.split()) for line in root.get_text().split("\n"))
    return _sections("\n".join(line for line in lines if line))


def _drop_unseen(root: Tag | BeautifulSoup) -> None:
    """Take navigation, scripts, forms and what is hidden out of a page."""
    for form in root.find_all("form"):
        if 2 * len(form.get_text()) > len(root.get_text()):
            form.unwrap()  # of the whole page, as some programs write it
    for tag in root.find_all([*DROPPED, "head"]):
        if not tag.decomposed and not (tag.name == "header" and tag.find(HEADINGS)):
            tag.decompose()
    for tag in root.find_all(hidden=True) + root.find_all(None, {"aria-hidden": "true"}):
        if not tag.decomposed and tag.get("hidden") != SHOWN_WHEN_FOUND:
            tag.decompose()


def _content(soup: BeautifulSoup) -> Tag | BeautifulSoup:
    """The main part of a page, or its only article; the whole page where there are several, or nothing in it."""
    for name in ("main", "article"):
        parts = soup.find_all(name)
        if len(parts) == 1 and parts[0].get_text(strip=True):
            return parts[0]
    return soup.body or soup


def _sections(text: str) -> list[Page]:
    """Each heading starts a section; what comes before the first one is section 1 too."""
    pages: list[Page] = []
    heading = ""
    section_lines: list[str] = []

    def close() -> None:
        if heading or section_lines:
            body = "\n".join([heading, *section_lines] if heading else section_lines)
            pages.append(Page(len(pages) + 1, "section", heading, body))

    for line in text.split("\n"):
        if line.startswith(HEADING):
            close()
            heading, section_lines = line.removeprefix(HEADING).strip(), []
        elif line.strip():
            section_lines.append(line)
    close()
    return pages or [Page(1, "section", "", "")]


def _plain(raw: bytes, name: str) -> list[Page]:
    text = _decoded(raw, name).replace("\r\n", "\n").replace("\r", "\n")
    if "\f" in text.strip("\f\n "):
        return [Page(n, "page", "", part) for n, part in enumerate(text.split("\f"), start=1)]
    parts = [part.strip("\n") for part in re.split(r"\n[ \t]*\n", text) if part.strip()]
    return [Page(n, "paragraph", "", part) for n, part in enumerate(parts, start=1)]


def _decoded(raw: bytes, name: str) -> str:
    """Text in UTF-8, UTF-16 or, with a note in the log, in the likeliest older encoding."""
    marks = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
    encoding = next((name for mark, name in marks.items() if raw.startswith(mark)), "utf-8")
    text: str | None
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError:
        best = from_bytes(raw).best()
        text = None if best is None else str(best)
        logging.info("%s is not UTF-8; read as %s", name, best and best.encoding)
    if text is None or "\0" in text:
        raise StudyError("this is not a text file", file=name, remedy="Save it as text in UTF-8")
    return text


_READERS: dict[str, Callable[[bytes, str], list[Page]]] = {
    ".docx": _docx,
    ".rtf": _rtf,
    ".html": _html_file,
    ".htm": _html_file,
    ".xhtml": _html_file,
    ".mht": _mhtml,
    ".mhtml": _mhtml,
    ".epub": _epub,
    ".md": _markdown,
    ".txt": _plain,
}
ENDINGS = frozenset([".pdf", ".odt", *_READERS])
