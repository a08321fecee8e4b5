"""Text of documents, page by page: PDF, DOCX, HTML, Markdown, plain text.

pypdfium2 (PDFium) is taken for PDF: it marks hyphens at line ends, so that divided words can be
joined, and is about ten times as fast as pypdf, more than pdfminer (benchmarks/desk_text.md). Markdown
is rendered by markdown-it-py and read as HTML, so that both share one path. A scanned page is read by
OCR where an engine is installed, and is a named state otherwise.
"""

import logging
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pypdfium2
from bs4 import BeautifulSoup, NavigableString
from charset_normalizer import from_bytes
from markdown_it import MarkdownIt

from coproduction.core.errors import StudyError
from coproduction.formats import docx, ocr

HEADING = "\x01"  # starts a line that is a heading
DROPPED = """
    script style noscript template nav header footer aside form button svg iframe
""".split()
BLOCKS = """
    p li tr dt dd blockquote pre figcaption caption div section article table ul ol
""".split()
HEADINGS = ["h1", "h2", "h3", "h4", "h5", "h6"]
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
    readers: dict[str, Callable[[bytes, str], list[Page]]] = {
        ".pdf": partial(_pdf, languages=languages),
        ".docx": _docx,
        ".html": _html_file,
        ".htm": _html_file,
        ".md": _markdown,
        ".txt": _plain,
    }
    reader = readers.get(path.suffix.lower())
    if reader is None:
        raise StudyError(
            f"documents of the type '{path.suffix or 'without extension'}' cannot be read",
            file=name,
            remedy="Save it as PDF, DOCX, HTML, Markdown or text",
        )
    raw = path.read_bytes()
    if not raw.strip():
        raise StudyError("the file is empty", file=name, remedy="Put the document there again")
    return reader(raw, name)


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


def _html_file(raw: bytes, name: str) -> list[Page]:
    return _html(BeautifulSoup(raw, "lxml"))


def _markdown(raw: bytes, name: str) -> list[Page]:
    text = FRONT_MATTER.sub("", _decoded(raw, name).replace("\r\n", "\n"))
    rendered = MarkdownIt("commonmark", {"html": True}).enable("table").render(text)
    return _html(BeautifulSoup(rendered, "lxml"))


def _html(soup: BeautifulSoup) -> list[Page]:
    """Sections of the main part of a page; navigation, scripts and what is hidden are left out."""
    root = soup.find("main") or soup.find("article") or soup.body or soup
    for tag in root.find_all([*DROPPED, "head"]):
        if not tag.decomposed and not (tag.name == "header" and tag.find(HEADINGS)):
            tag.decompose()
    for tag in root.find_all(hidden=True) + root.find_all(None, {"aria-hidden": "true"}):
        if not tag.decomposed:
            tag.decompose()
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
