"""Which format a file is in, told from what it contains; how that format is read; and what a file is
that cannot be read.

R data (`.rda`, `.rds`) could be read with rdata or pyreadr (both considered); no database exports
it, so a line of R that writes a CSV is asked for instead of one more package.
"""

import bz2
import csv
import io
import lzma
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any

from coproduction.core.archives import BROKEN
from coproduction.formats.references import maps, tagged, xml_exports
from coproduction.formats.references import tagged_dialects as dialects
from coproduction.formats.references.bibtex import read_bibtex
from coproduction.formats.references.fields import Places
from coproduction.formats.references.jats import jats_fields
from coproduction.formats.references.json_exports import read_json
from coproduction.formats.references.maps import RawEntry
from coproduction.formats.references.table_exports import (
    find_delimiter,
    find_names,
    read_delimited,
    read_old_workbook,
    read_workbook,
)
from coproduction.formats.references.zotero import read_zotero


@dataclass(frozen=True)
class Format:
    """Name for people, reader of the text (or bytes for Excel), and map of tags to fields."""

    name: str
    read: Callable[..., Iterator[RawEntry]]
    fields: maps.Map

    @cached_property
    def places(self) -> Places:
        """For each tag the fields that it can fill."""
        tables = Places(maps.SHEET, names=True) if self.fields is maps.JSON else None
        return Places(self.fields, names=self.fields is maps.SHEET, tables=tables)


RIS = Format("RIS", partial(tagged.read_tagged, dialect=dialects.RIS), maps.RIS)
NBIB = Format("PubMed NBIB", partial(tagged.read_tagged, dialect=dialects.NBIB), maps.NBIB)
WOS = Format("Web of Science tagged", partial(tagged.read_tagged, dialect=dialects.WOS), maps.WOS)
REFER = Format("EndNote tagged", partial(tagged.read_tagged, dialect=dialects.REFER), maps.REFER)
REFWORKS = Format("RefWorks tagged", partial(tagged.read_tagged, dialect=dialects.REFWORKS), maps.REFWORKS)
OVID = Format("Ovid tagged", partial(tagged.read_tagged, dialect=dialects.OVID), maps.OVID)
COCHRANE = Format("Cochrane citations", partial(tagged.read_tagged, dialect=dialects.COCHRANE), maps.COCHRANE)
NOTEEXPRESS = Format("NoteExpress tagged", partial(tagged.read_tagged, dialect=dialects.NOTEEXPRESS), maps.NOTEEXPRESS)
ESTUDY = Format("CNKI E-Study", partial(tagged.read_tagged, dialect=dialects.ESTUDY), maps.ESTUDY)
BIBTEX = Format("BibTeX", read_bibtex, maps.BIBTEX)
WOS_TAB = Format("Web of Science tab-delimited", read_delimited, maps.WOS)
WOS_TABLE = Format("Web of Science table", read_delimited, maps.WOS)
OVID_TABLE = Format("Ovid table", read_delimited, maps.OVID)
SHEET = Format("CSV", read_delimited, maps.SHEET)
WORKBOOK = Format("Excel", read_workbook, maps.SHEET)
OLD_WORKBOOK = Format("Excel 97", read_old_workbook, maps.SHEET)
JSON = Format("JSON", read_json, maps.JSON)


def _xml(name: str, fields: Callable, tags: maps.Map, *elements: str) -> Format:
    return Format(name, partial(xml_exports.read_xml, elements=elements, fields=fields), tags)


ENDNOTE = _xml("EndNote XML", xml_exports.endnote_fields, maps.ENDNOTE_XML, "record")
PUBMED = _xml("PubMed XML", xml_exports.pubmed_fields, maps.NBIB, "PubmedArticle", "PubmedBookArticle")
JSTOR = _xml("JSTOR XML", xml_exports.plain_fields, maps.JSTOR, "article")
EBSCO = _xml("EBSCO XML", xml_exports.ebsco_fields, maps.SHEET, "rec")
REFWORKS_XML = _xml("RefWorks XML", xml_exports.refworks_fields, maps.REFWORKS, "reference")
MODS = _xml("MODS XML", xml_exports.mods_fields, maps.SHEET, "mods")
MARC = Format(
    "MARCXML",
    partial(xml_exports.read_xml, elements=("record",), fields=xml_exports.marc_fields, holding="datafield"),
    maps.SHEET,
)
DUBLIN_CORE = _xml("Dublin Core XML", xml_exports.plain_fields, maps.DUBLIN_CORE, "dc")
JATS = _xml("JATS XML", jats_fields, maps.SHEET, "article")
ATOM = _xml("Atom feed", xml_exports.atom_fields, maps.SHEET, "entry")
ZOTERO_RDF = Format("Zotero RDF", read_zotero, maps.SHEET)

_OVID_START = re.compile(r"^ ?<\d+(?:\. ?)?>[ \t]*\n ?[A-Z]{2,5} {1,2}- ", re.M)
_LINES = (
    (re.compile(r"^[ \t]{0,3}TY[ \t]{1,3}[-\u2010-\u2015]", re.M), RIS),
    (re.compile(r"^(?:PMID ?- ?(?:\d|$)|OWN ?- )", re.M), NBIB),
    (re.compile(r"^PT [A-Z]\s*$", re.M), WOS),
    (re.compile(r"^\s{0,8}@\s*[A-Za-z]+\s*[{(]", re.M), BIBTEX),
    (re.compile(r"^%[0T][ \t]+\S", re.M), REFER),
    (_OVID_START, OVID),
    (re.compile(r"^RT [A-Z]\w+", re.M), REFWORKS),
    (re.compile(r"^Record #\d+ of \d+[ \t]*\n(?:ID|AU|TI|SO): ", re.M), COCHRANE),
    (re.compile(r"^[A-Z][A-Z0-9]  - ", re.M), RIS),
)
_XML = (
    (re.compile(r"<(?:\w+:)?Pubmed(?:Book)?Article[\s>]"), PUBMED),
    (re.compile(r"<rdf:RDF[\s>]"), ZOTERO_RDF),
    (re.compile(r"<(?:\w+:)?mods[\s>]"), MODS),
    (re.compile(r"<rec[\s>]"), EBSCO),
    (re.compile(r"<(?:\w+:)?datafield[\s>]"), MARC),
    (re.compile(r"<(?:\w+:)dc[\s>]"), DUBLIN_CORE),
    (re.compile(r"<refworks[\s>]"), REFWORKS_XML),
    (re.compile(r"<record[\s>]"), ENDNOTE),
    (re.compile(r"<feed[\s>]"), ATOM),
    (re.compile(r"<article-meta[\s>]"), JATS),
    (re.compile(r"<article[\s>]"), JSTOR),
)
_OF_CHINA = (
    (re.compile(r"^\{Reference Type\} ?:", re.M), NOTEEXPRESS),
    (re.compile(r"^DataType: ?\d+[ \t]*\nTitle-[^\x00-\x7f]+:", re.M), ESTUDY),
)
_JSON = re.compile(r"\{\s*(?:\"|\}|\Z)|\[\s*(?:[{\[\"\]]|\Z)")
_BY_ROW = re.compile(r'^"TITLE","[^\n]*\n"(?:AUTHOR NAMES|SOURCE|PUBLICATION YEAR)",', re.M)  # Embase
_BIBO = re.compile(r"<rdf:RDF[^<>]{0,3000}\bxmlns:bibo=")
_BEGINNING = 100_000  # characters in which the first entry almost always begins


def find_format(text: str, columns: frozenset[str] = frozenset()) -> Format | None:
    """The format of a text export, or None when it is none that is known.

    The first tag that any format would begin an entry with decides; a table is known by a title
    or DOI among its names.
    """
    start = text.lstrip()[:1]
    if _BIBO.search(text[:5000]) or _BY_ROW.search(text[:5000]):
        return None  # `explain` says what to export instead
    if start == "<" and not _OVID_START.match(text.lstrip()):
        return next((f for p, f in _XML if p.search(text)), None)
    of_china = next((f for p, f in _OF_CHINA if p.search(text[:_BEGINNING])), None)
    if of_china:
        return of_china
    if start in ("[", "{") and _JSON.match(text.lstrip()):
        return JSON
    tag = _first_tag(text[:_BEGINNING])
    lines = text[:_BEGINNING].split("\n")
    names = find_names(lines, columns)
    if names is not None and sum(len(line) + 1 for line in lines[:names]) < tag[0]:
        return SHEET
    return tag[1] or _tag_names(lines) or _first_tag(text)[1]


def _first_tag(text: str) -> tuple[int, Format | None]:
    """Where the first tag of an entry stands and the format that has it."""
    first_hits = ((m.start(), f) for p, f in _LINES if (m := p.search(text)))
    return min(first_hits, key=lambda pair: pair[0], default=(len(text) + 1, None))


def _tag_names(lines: list[str]) -> Format | None:
    """The tables of Web of Science and Ovid, whose columns are named by tags."""
    head = next((line for line in lines if line.strip()), "")
    delimiter = find_delimiter(head)
    tags = {cell.strip('" ') for cell in head.split(delimiter)}
    if {"TI", "UI", "DB"} <= tags:
        return OVID_TABLE
    if len({"TI", "SO", "AU", "PY"} & tags) > 2:
        return WOS_TAB if delimiter == "\t" else WOS_TABLE
    return None


FORMATS = (
    "RIS, BibTeX, Web of Science, PubMed (NBIB or XML), JATS XML, EndNote (XML or tagged), RefWorks, Zotero "
    "(CSV, RDF or CSL-JSON), NoteExpress, Scopus or other CSV, Excel, JSON of OpenAlex, Crossref and others"
)
NAME_COLUMNS = (
    "Name its columns in the first row (title, authors, year, doi, abstract), or "
    "assign them in the setting literature.columns"
)
_ANEW = "Export the search again as RIS (or another supported format)"
_R_DATA = re.compile(rb"\A(?:RD[XAB][23]\n|[XAB]\n\x00\x00\x00[23])")
_PACKERS: dict[bytes, Callable[[], Any]] = {
    b"\x1f\x8b": partial(zlib.decompressobj, wbits=31),
    b"BZh": bz2.BZ2Decompressor,
    b"\xfd7zXZ": lzma.LZMADecompressor,
}
_PACKED = ("the file is packed", "Unpack it and put the export itself into searches/")
_MAGIC = (
    (b"%PDF", "a PDF document", _ANEW),
    (b"{\\rtf", "a text document (RTF)", "Save it as plain text, or export the search again as RIS"),
    (b"SQLite format 3", "a program's own database", "Export the library from the program as RIS"),
    (b"\x89PNG", "a picture", _ANEW),
    (b"\xff\xd8\xff", "a picture", _ANEW),
    (b"PAR1", "a Parquet table", "Save it as CSV UTF-8"),
)
BINARY = tuple(magic for magic, _, _ in _MAGIC) + tuple(_PACKERS)


def unpack(data: bytes) -> bytes | None:
    """The beginning of what a gzip, bzip2 or xz file holds; None for other files."""
    for magic, opener in _PACKERS.items():
        if data.startswith(magic):
            try:
                return opener().decompress(data, 4096)
            except (OSError, EOFError, ValueError, zlib.error, lzma.LZMAError):
                return b""
    return None


_TEXTS = (
    (re.compile(r"\A\d{5}[a-z ]{4}[a ]22\d{5}"), "records in MARC 21 (ISO 2709)", "Export them as MARCXML or RIS"),
    (re.compile(r"<CitaviExchangeData\b"), "a Citavi project", "Export the project as RIS"),
    (re.compile(r"<doi_records\b|<crossref_result\b"), "Crossref's own XML", "Fetch the works as JSON or BibTeX"),
    (re.compile(r"xmlns:bibo="), "RDF of the Bibliographic Ontology", "Export the library as RIS or Zotero RDF"),
    (
        re.compile(
            r"(?m)^(?:Database: ?)?Ovid |Ovid Technologies|\A\s*<1>\s*\n(?:Unique Identifier|Accession Number|Title)\s*\n"
        ),
        "Ovid's citations as plain reading text",
        "Export the search again as RIS or in the format Reprint/Medlars",
    ),
    (
        re.compile(
            r"Report Information from ProQuest|^(?:Document|Full text:?|Dokument|Documento) \d+ (?:of|von|de|sur) \d+\s*$",
            re.M,
        ),
        "ProQuest's citations as plain reading text",
        "Tick the results again and save them under More options (…) as RIS or XLS, in place of text, PDF or RTF",
    ),
    (
        _BY_ROW,
        "Embase's table with a row for each field",
        "Export the search again as RIS, or as CSV with the fields by column",
    ),
    (
        re.compile(r"<b:Sources\b"),
        "a list of sources of Word",
        "Export the library from which they came as RIS, or look the works up in Zotero",
    ),
    (
        re.compile(r"\A(?:---\s*\n)?references:\s*\n\s*- "),
        "references in YAML",
        "Export the library from which they came as RIS or CSL-JSON",
    ),
    (
        re.compile(r"\AScopus\s*\n\s*EXPORT DATE"),
        "Scopus's citations as plain reading text",
        "Export the search again as CSV, RIS or BibTeX",
    ),
    (
        re.compile(r"\A\s*1[.:] [^\n]{3,200}\b(?:1[89]|20)\d\d\b[\s\S]*?\bPMID: \d+"),
        "PubMed's abstracts as plain reading text",
        "Save them in PubMed in the format PubMed or CSV (Save, Format)",
    ),
    (
        re.compile(r"\ATitle: [^\n]+\n(?:[^\n]*\n){0,4}Authors?: "),
        "citations as plain reading text, perhaps from EBSCO",
        "Export the search again as RIS (EBSCO: Export, Direct Export in RIS Format, or XML)",
    ),
    (
        re.compile(r"\A(?:\s*(?:PMID:?\s*)?\d{5,8}[ \t,;]*\n?)+\Z"),
        "a list of PubMed numbers",
        "Save the search in PubMed in the format PubMed, in place of PMID",
    ),
    (
        re.compile(r"\A(?:\s*(?:https?://(?:dx\.)?doi\.org/|doi:\s*)?10\.\d{4,9}/\S+[ \t,;]*\n?)+\Z", re.I),
        "a list of DOIs",
        "Add the works to Zotero by their DOIs (Add Item by Identifier) and export them as RIS",
    ),
)
_READ = 5000  # letters in which such a text shows what it is
_CITED = re.compile(r"^[^\n]{3,200}\((?:1[89]|20)\d\d[a-z]?\)[.,:]? \S[^\n]*$", re.M)
_INSIDE = (
    ("word/", "a text document (Word)", "Export the search again as RIS"),
    ("content.xml", "an OpenDocument file", "Save it as .xlsx or as CSV UTF-8"),
    (".enl", "a compressed EndNote library", "Open it in EndNote and export it as RIS or XML"),
)


def explain_workbook(data: bytes) -> tuple[str, str]:
    """Why a workbook cannot be read, as a sentence, and what to do about it."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        problem = "the workbook is protected by a password"
        return problem, "Save it without the password, or as CSV UTF-8"
    problem = "this is not a readable Excel workbook"
    return problem, "Open it and save it again as .xlsx or as CSV UTF-8"


def explain_zip(data: bytes) -> tuple[str, str] | None:
    """What a packed file is that is no workbook, and what to do about it; None for workbooks."""
    try:
        names = zipfile.ZipFile(io.BytesIO(data)).namelist()
    except (*BROKEN, ValueError):
        return None
    if any(name.startswith("xl/") for name in names):
        return None
    for sign, kind, remedy in _INSIDE:
        if any(name.startswith(sign) or name.lower().endswith(sign) for name in names):
            return f"the file is {kind}, not an export", remedy
    return _PACKED


def _unnamed_table(text: str) -> str:
    """The first row of what looks like a table; else an empty text."""
    lines = [line for line in text[:_BEGINNING].split("\n") if line.strip()][:20]
    if len(lines) < 2:
        return ""
    delimiter = find_delimiter(lines[0])
    widths = [len(next(csv.reader([line], delimiter=delimiter), [])) for line in lines]
    alike = sum(width == widths[0] for width in widths) > len(lines) * 0.7
    return lines[0] if widths[0] > 2 and alike else ""


def _in_quotes(text: str) -> bool:
    """Whether the rows of a table were saved as one quoted cell each."""
    cells = next(csv.reader([text.lstrip().split("\n", 1)[0]]), [])
    return len(cells) == 1 and text.lstrip().startswith('"') and find_names([cells[0]]) is not None


def _explain_text(text: str) -> tuple[str, str] | None:
    """What a text is that a person can read and a program cannot, and what to do about it."""
    beginning = text if len(text) <= _READ else text[: text.rfind("\n", 0, _READ) + 1] or text[:_READ]
    for sign, kind, remedy in _TEXTS:
        if sign.search(beginning):
            return f"the file is {kind}, not a readable export", remedy
    lines = [line for line in beginning.split("\n") if line.strip()]
    if 2 * len(_CITED.findall(beginning)) > len(lines):
        problem = "the file is a formatted reference list, in which titles cannot be told apart from other fields"
        return problem, "Look the works up (in Zotero by DOI or title) and export them as RIS"
    return None


def explain(data: bytes, text: str = "") -> tuple[str, str]:
    """Why the file cannot be read, as a sentence, and what to do about it."""
    inside = unpack(data)
    if _R_DATA.match(data if inside is None else inside):
        remedy = 'Write its table with R, write.csv(M, "records.csv"), and use that CSV instead'
        return "the file is R data, not an export", remedy
    if inside is not None:
        return _PACKED
    for magic, kind, remedy in _MAGIC:
        if data.startswith(magic):
            return f"the file is {kind}, not an export", remedy
    if re.match(r"\s*(?:<!doctype html|<html)", text[:2000], re.IGNORECASE):
        return "the file is a web page, not an export (perhaps a log-in was needed)", _ANEW
    if explanation := _explain_text(text):
        return explanation
    if _in_quotes(text):
        problem = "each row of the table is one cell in quotation marks"
        remedy = "Export it again and put it here as downloaded, without saving it in a spreadsheet program"
    elif head := _unnamed_table(text):
        problem = f"no row of the table has recognisable column names (its first row: {head[:200]})"
        remedy = NAME_COLUMNS
    else:
        problem = f"the file is not in any of the supported formats ({FORMATS})"
        remedy = "Export the search again in one of these, or move the file out of searches/"
    return problem, remedy
