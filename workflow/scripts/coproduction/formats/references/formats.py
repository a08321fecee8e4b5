"""Which format a file is in, told from what it contains, and how that format is read."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property, partial

from coproduction.formats.references import maps, markup, tagged
from coproduction.formats.references.bibtex import read_bibtex
from coproduction.formats.references.fields import Places
from coproduction.formats.references.marc import marc_fields
from coproduction.formats.references.objects import read_json
from coproduction.formats.references.raw import RawEntry
from coproduction.formats.references.sheets import (
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
        return Places(self.fields, names=self.fields is maps.SHEET)


RIS = Format("RIS", partial(tagged.read_tagged, dialect=tagged.RIS), maps.RIS)
NBIB = Format("PubMed NBIB", partial(tagged.read_tagged, dialect=tagged.NBIB), maps.NBIB)
WOS = Format("Web of Science tagged", partial(tagged.read_tagged, dialect=tagged.WOS), maps.WOS)
REFER = Format("EndNote tagged", partial(tagged.read_tagged, dialect=tagged.REFER), maps.REFER)
REFWORKS = Format(
    "RefWorks tagged", partial(tagged.read_tagged, dialect=tagged.REFWORKS), maps.REFWORKS
)
OVID = Format("Ovid tagged", partial(tagged.read_tagged, dialect=tagged.OVID), maps.OVID)
COCHRANE = Format(
    "Cochrane citations", partial(tagged.read_tagged, dialect=tagged.COCHRANE), maps.COCHRANE
)
BIBTEX = Format("BibTeX", read_bibtex, maps.BIBTEX)
WOS_TAB = Format("Web of Science tab-delimited", read_delimited, maps.WOS)
WOS_TABLE = Format("Web of Science table", read_delimited, maps.WOS)
SHEET = Format("CSV", read_delimited, maps.SHEET)
WORKBOOK = Format("Excel", read_workbook, maps.SHEET)
OLD_WORKBOOK = Format("Excel 97", read_old_workbook, maps.SHEET)
JSON = Format("JSON", read_json, maps.JSON)


def _xml(name: str, fields: Callable, tags: maps.Map, *elements: str) -> Format:
    return Format(name, partial(markup.read_xml, elements=elements, fields=fields), tags)


ENDNOTE = _xml("EndNote XML", markup.endnote_fields, maps.ENDNOTE_XML, "record")
PUBMED = _xml(
    "PubMed XML", markup.pubmed_fields, maps.NBIB, "PubmedArticle", "PubmedBookArticle"
)  # fmt: skip
JSTOR = _xml("JSTOR XML", markup.plain_fields, maps.JSTOR, "article")
EBSCO = _xml("EBSCO XML", markup.ebsco_fields, maps.SHEET, "rec")
REFWORKS_XML = _xml("RefWorks XML", markup.refworks_fields, maps.REFWORKS, "reference")
MODS = _xml("MODS XML", markup.mods_fields, maps.SHEET, "mods")
MARC = Format(
    "MARCXML",
    partial(markup.read_xml, elements=("record",), fields=marc_fields, holding="datafield"),
    maps.SHEET,
)
DUBLIN_CORE = _xml("Dublin Core XML", markup.plain_fields, maps.DUBLIN_CORE, "dc")
ATOM = _xml("Atom feed", markup.atom_fields, maps.SHEET, "entry")
ZOTERO_RDF = Format("Zotero RDF", read_zotero, maps.SHEET)

_OVID_START = re.compile(r"^ ?<\d+\. ?>[ \t]*\n ?[A-Z]{2,5} {1,2}- ", re.M)
_LINES = (
    (re.compile(r"^[ \t]{0,3}TY {1,3}-", re.M), RIS),
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
    (re.compile(r"<article[\s>]"), JSTOR),
)
_BIBO = re.compile(r"<rdf:RDF[^<>]{0,3000}\bxmlns:bibo=")
_BEGINNING = 100_000  # characters in which the first entry almost always begins


def find_format(text: str, columns: frozenset[str] = frozenset()) -> Format | None:
    """The format of a text export, or None when it is none that is known.

    The first tag that any format would begin an entry with decides; a table is known by a title
    or DOI among its names.
    """
    start = text.lstrip()[:1]
    if _BIBO.search(text[:5000]):
        return None  # refusals says what to export instead
    if start == "<" and not _OVID_START.match(text.lstrip()):
        return next((f for p, f in _XML if p.search(text)), None)
    if start in ("{", "["):
        return JSON
    tag = _first_tag(text[:_BEGINNING])
    lines = text[:_BEGINNING].split("\n")
    names = find_names(lines, columns)
    if names is not None and sum(len(line) + 1 for line in lines[:names]) < tag[0]:
        return SHEET
    return tag[1] or _tag_names(lines) or _first_tag(text)[1]


def _first_tag(text: str) -> tuple[int, Format | None]:
    """Where the first tag of an entry stands and the format that has it."""
    found = ((m.start(), f) for p, f in _LINES if (m := p.search(text)))
    return min(found, key=lambda pair: pair[0], default=(len(text) + 1, None))


def _tag_names(lines: list[str]) -> Format | None:
    """Web of Science's table, whose columns are named by tags."""
    head = next((line for line in lines if line.strip()), "")
    delimiter = find_delimiter(head)
    tags = {cell.strip('" ') for cell in head.split(delimiter)}
    if len({"TI", "SO", "AU", "PY"} & tags) > 2:
        return WOS_TAB if delimiter == "\t" else WOS_TABLE
    return None
