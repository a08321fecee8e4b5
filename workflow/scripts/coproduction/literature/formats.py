"""Which format a file is in, told from what it contains, and how that format is read."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property, partial

from coproduction.literature import maps, markup, tagged
from coproduction.literature.bibtex import read_bibtex
from coproduction.literature.fields import Places, column_name
from coproduction.literature.objects import read_json
from coproduction.literature.raw import RawEntry
from coproduction.literature.sheets import find_delimiter, read_delimited, read_workbook


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
COCHRANE = Format(
    "Cochrane citations", partial(tagged.read_tagged, dialect=tagged.COCHRANE), maps.COCHRANE
)
BIBTEX = Format("BibTeX", read_bibtex, maps.BIBTEX)
WOS_TAB = Format("Web of Science tab-delimited", read_delimited, maps.WOS)
WOS_TABLE = Format("Web of Science table", read_delimited, maps.WOS)
SHEET = Format("CSV", read_delimited, maps.SHEET)
WORKBOOK = Format("Excel", read_workbook, maps.SHEET)
JSON = Format("JSON", read_json, maps.JSON)
ENDNOTE = Format(
    "EndNote XML",
    partial(markup.read_xml, element="record", fields=markup.endnote_fields),
    maps.ENDNOTE_XML,
)
PUBMED = Format(
    "PubMed XML",
    partial(markup.read_xml, element="PubmedArticle", fields=markup.pubmed_fields),
    maps.NBIB,
)
JSTOR = Format(
    "JSTOR XML",
    partial(markup.read_xml, element="article", fields=markup.jstor_fields),
    maps.JSTOR,
)
ZOTERO_RDF = Format("Zotero RDF", markup.read_zotero, maps.SHEET)

_LINES = (
    (re.compile(r"^[ \t]{0,3}TY {1,3}-", re.M), RIS),
    (re.compile(r"^(?:PMID ?- ?\d|OWN ?- )", re.M), NBIB),
    (re.compile(r"^PT [A-Z]\s*$", re.M), WOS),
    (re.compile(r"^\s{0,8}@\s*[A-Za-z]+\s*[{(]", re.M), BIBTEX),
    (re.compile(r"^%0[ \t]+\w", re.M), REFER),
    (re.compile(r"^RT [A-Z]\w+", re.M), REFWORKS),
    (re.compile(r"^Record #\d+ of \d+", re.M), COCHRANE),
    (re.compile(r"^[A-Z][A-Z0-9]  - ", re.M), RIS),
)
_XML = (
    (re.compile(r"<(?:\w+:)?PubmedArticle[\s>]"), PUBMED),
    (re.compile(r"<rdf:RDF[\s>]"), ZOTERO_RDF),
    (re.compile(r"<record[\s>]"), ENDNOTE),
    (re.compile(r"<article[\s>]"), JSTOR),
)

_BEGINNING = 100_000  # characters in which the first entry almost always begins


def find_format(text: str) -> Format | None:
    """The format of a text export, or None when it is none that is known.

    The first tag that any format would begin an entry with decides; a table is known by a title
    or DOI among its names.
    """
    start = text.lstrip()[:1]
    if start == "<":
        return next((f for p, f in _XML if p.search(text)), None)
    if start in ("{", "["):
        return JSON
    head = next((line for line in text[:_BEGINNING].split("\n") if line.strip()), "")
    delimiter = find_delimiter(head)
    if len({"TI", "SO", "AU", "PY"} & {c.strip('" ') for c in head.split(delimiter)}) > 2:
        return WOS_TAB if delimiter == "\t" else WOS_TABLE
    if is_table(text):
        return SHEET
    return _first_tag(text[:_BEGINNING]) or _first_tag(text)


def _first_tag(text: str) -> Format | None:
    found = ((m.start(), f) for p, f in _LINES if (m := p.search(text)))
    return min(found, key=lambda pair: pair[0], default=(0, None))[1]


def is_table(text: str) -> bool:
    """Whether one of the first rows names a column for titles, abstracts or DOIs."""
    names = {n for f in ("title", "doi", "abstract") for n in maps.SHEET[f]}
    for line in text[:20_000].split("\n")[:10]:
        cells = line.split(find_delimiter(line)) if line.strip() else []
        if len(cells) > 1 and names & {column_name(c) for c in cells}:
            return True
    return False
