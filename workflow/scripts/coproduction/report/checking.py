"""Is the finished report whole? Its pages and its PDF are read back and compared with their source.

An engine may end well and still lose content: rows of a table that run past the end of a page are
printed over one another, a caption stays without its number, a link leads nowhere. What counts is
therefore what stands in the finished files.
"""

import ctypes
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from coproduction.core.errors import StudyError
from coproduction.report.division import Block, Document, blocks, numbered

MARGIN_BELOW = 62.0  # points, of a margin of 68: letters reach below their line
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
FOOT = re.compile(r"^\s*\d+\s*/\s*\d+\s*$")
_MARKUP = re.compile(r"\\(.)|\[([^\]]*)\]\([^)]*\)|\{[^}]*\}|\[?-?@[\w:.;@ -]*\w\]?|[*_`^~$]")
_DROPPED = re.compile(r"[\W_]+")


@dataclass(frozen=True)
class Expected:
    """What a document must show: captions by number, the last row of each table, by label."""

    captions: dict[str, str]
    last_rows: dict[str, list[str]]


def expected(document: Document) -> Expected:
    """What the source of a document promises."""
    numbers = numbered(document).numbers
    labelled = {block.label: block for block in blocks(document.text) if block.label}
    return Expected(
        {label: numbers[label] for label in labelled if label in numbers},
        {label: _last_row(block) for label, block in labelled.items() if block.kind == "table"},
    )


def _last_row(table: Block) -> list[str]:
    rows = [line for line in table.text.splitlines() if line.startswith("|")]
    cells = re.split(r"(?<!\\)\|", rows[-1].strip().strip("|")) if len(rows) > 2 else []
    return [words for cell in cells if (words := condensed(_plain(cell)))]


def _plain(markdown: str) -> str:
    """Words as a reader sees them, without markup; cross-references and citations left out."""
    return _MARKUP.sub(lambda match: match.group(1) or match.group(2) or " ", markdown)


def condensed(words: str) -> str:
    """Letters and digits only, so that line breaks, hyphens and ligatures do not count."""
    for ligature, letters in (("ﬁ", "fi"), ("ﬂ", "fl"), ("ﬀ", "ff"), ("ﬃ", "ffi"), ("ﬄ", "ffl")):
        words = words.replace(ligature, letters)
    return _DROPPED.sub("", words).casefold()


def check_pdf(path: Path, promised: Expected) -> list[str]:
    """What is wrong with a finished PDF, one sentence each."""
    pdf = _pdf(path)
    return [*pdf.problems, *_missing(pdf.text, promised)]


@dataclass(frozen=True)
class _Pdf:
    """What is read of a PDF: its words, what runs out of its pages, its named places, where its links lead."""

    text: str
    problems: list[str]
    places: set[str]
    targets: set[str]


def _pdf(path: Path) -> _Pdf:
    """Read a PDF, once as long as it stays as it is: to load its pages takes most of the time."""
    state = path.stat()
    return _read_pdf(path, state.st_mtime_ns, state.st_size)


@lru_cache(maxsize=8)
def _read_pdf(path: Path, _changed: int, _size: int) -> _Pdf:
    import pypdfium2

    document = pypdfium2.PdfDocument(path)
    pages, problems, targets = [], [], set()
    for number, page in enumerate(document, start=1):
        width, height = page.get_size()
        text = page.get_textpage()
        pages.append(text.get_text_range())
        low = text.get_text_bounded(left=-9e3, right=9e3, bottom=-9e3, top=MARGIN_BELOW)
        if low.strip() and not FOOT.match(low):
            problems.append(f"page {number}: text runs below the bottom margin ({_short(low)})")
        beside = text.get_text_bounded(left=width - 4, right=9e3, bottom=0, top=height)
        if beside.strip():
            problems.append(f"page {number}: text runs beyond the right margin ({_short(beside)})")
        targets |= set(_links_of_paper(document, page))
    places = set(_named_places(document))
    document.close()
    return _Pdf("\n".join(pages), problems, places, targets)


def check_html(path: Path, promised: Expected) -> list[str]:
    """What is wrong with a finished page, one sentence each."""
    page = _html(path)
    inner = {target[1:] for target in page.targets if target.startswith("#") and len(target) > 1}
    problems = [f"a link leads to #{name}, which does not exist" for name in sorted(inner - page.places)]
    problems += [f"it loads {source[:60]} from elsewhere" for source in page.loaded]
    problems += ["a figure has no alternative text"] * page.without_alt
    return problems + list(_missing(page.text, promised))


@dataclass(frozen=True)
class _Html:
    """What is read of a page: its words, its identifiers, where its links lead, and what it loads."""

    text: str
    places: set[str]
    targets: set[str]
    loaded: list[str]
    without_alt: int


def _html(path: Path) -> _Html:
    """Read a page, once as long as it stays as it is."""
    state = path.stat()
    return _read_html(path, state.st_mtime_ns, state.st_size)


@lru_cache(maxsize=8)
def _read_html(path: Path, _changed: int, _size: int) -> _Html:
    from lxml import html

    parser = html.HTMLParser(encoding="utf-8", huge_tree=True)
    page = html.document_fromstring(path.read_bytes(), parser)
    return _Html(
        "".join(page.xpath("//text()[not(parent::script or parent::style)]")),
        set(page.xpath("//@id")),
        set(page.xpath("//a/@href")),
        [source for source in page.xpath("//@src | //link/@href") if source and not source.startswith("data:")],
        int(page.xpath("count(//img[not(string(@alt)) and not(string(@aria-label))])")),
    )


def check_between(documents: Mapping[str, Path]) -> list[str]:
    """Links from one document to another that lead nowhere, one sentence each.

    documents: the finished pages and PDFs by the names that links use, such as `supplement.html`
    """
    places, links = {}, {}
    for name, path in documents.items():
        places[name], links[name] = (_links_of_pdf if name.endswith(".pdf") else _links_of_page)(path)
    return [
        f"a link in {name} leads to {target}, which does not exist"
        for name in documents
        for target in sorted(links[name])
        if not _is_there(target, places)
    ]


def _is_there(target: str, places: Mapping[str, set[str]]) -> bool:
    """Whether a document has the place that a link names; addresses of the network are not followed."""
    file, _, place = target.partition("#")
    return file not in places or not place or place in places[file]


def _links_of_page(path: Path) -> tuple[set[str], set[str]]:
    """The identifiers of a page, and where its links to other files lead."""
    page = _html(path)
    return page.places, {target for target in page.targets if not target.startswith("#")}


def _links_of_pdf(path: Path) -> tuple[set[str], set[str]]:
    """The named destinations of a PDF, and where its links to other files lead."""
    pdf = _pdf(path)
    return pdf.places, pdf.targets


def _named_places(document: Any) -> Iterator[str]:
    import pypdfium2.raw as pdfium

    for number in range(pdfium.FPDF_CountNamedDests(document)):
        size = ctypes.c_long(0)
        pdfium.FPDF_GetNamedDest(document, number, None, ctypes.byref(size))
        name = ctypes.create_string_buffer(size.value)
        pdfium.FPDF_GetNamedDest(document, number, name, ctypes.byref(size))
        yield name.raw.decode("utf-16-le").rstrip("\0")


def _links_of_paper(document: Any, page: Any) -> Iterator[str]:
    import pypdfium2.raw as pdfium

    place, link = ctypes.c_int(0), pdfium.FPDF_LINK()
    while pdfium.FPDFLink_Enumerate(page, ctypes.byref(place), ctypes.byref(link)):
        action = pdfium.FPDFLink_GetAction(link)
        length = pdfium.FPDFAction_GetURIPath(document, action, None, 0) if action else 0
        if length:
            uri = ctypes.create_string_buffer(length)
            pdfium.FPDFAction_GetURIPath(document, action, uri, length)
            yield uri.raw.rstrip(b"\0").decode("utf-8", "replace")


def check_docx(path: Path, promised: Expected) -> list[str]:
    """What is wrong with a finished Word file, one sentence each."""
    with zipfile.ZipFile(path) as archive:
        body = ElementTree.fromstring(archive.read("word/document.xml"))
    marks = {mark.get(f"{_W}name") for mark in body.iter(f"{_W}bookmarkStart")}
    aims = {link.get(f"{_W}anchor", "") for link in body.iter(f"{_W}hyperlink")} - {""}
    problems = [f"a link leads to #{name}, which does not exist" for name in sorted(aims - marks)]
    problems += [
        "a figure has no alternative text" for drawing in body.iter(f"{_DRAWING}docPr") if not drawing.get("descr")
    ]
    paragraphs = body.iter(f"{_W}p")
    text = "\n".join("".join(run.text or "" for run in p.iter(f"{_W}t")) for p in paragraphs)
    return problems + list(_missing(text, promised))


def _missing(text: str, promised: Expected) -> Iterator[str]:
    squeezed = condensed(text)
    spaced = re.sub(r"\s+", " ", text.replace("\u00a0", " "))
    for label, number in promised.captions.items():
        if f"{number}:" not in spaced:
            yield f"the caption of {label} has no number ({number})"
    for label, cells in promised.last_rows.items():
        missing_cell = next((cell for cell in cells if cell not in squeezed), None)
        if missing_cell:
            yield f"the last row of {label} is missing ({missing_cell[:40]})"


def _short(text: str) -> str:
    return " ".join(text.split())[:50]


def refuse(name: str, problems: list[str]) -> None:
    """Raise StudyError where a finished file is not whole."""
    if problems:
        raise StudyError(
            f"the finished report is incomplete: {'; '.join(problems[:5])}"
            + (f"; and {len(problems) - 5} more" if len(problems) > 5 else ""),
            file=name,
            remedy="Look at the file in the build folder; report.engine chooses another engine",
        )
