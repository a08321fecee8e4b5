"""Which format a file is in, told from what it contains, and how that format is read."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from coproduction.literature import fields, markup, tagged
from coproduction.literature.bibtex import read_bibtex
from coproduction.literature.ids import normalise_words
from coproduction.literature.objects import read_json
from coproduction.literature.raw import RawEntry
from coproduction.literature.sheets import find_delimiter, read_delimited, read_workbook


@dataclass(frozen=True)
class Format:
    """Name for people, reader of the text (or bytes for Excel), and map of tags to fields."""

    name: str
    read: Callable[..., Iterator[RawEntry]]
    fields: fields.Map


RIS = Format("RIS", partial(tagged.read_tagged, dialect=tagged.RIS), fields.RIS)
NBIB = Format("PubMed NBIB", partial(tagged.read_tagged, dialect=tagged.NBIB), fields.NBIB)
WOS = Format("Web of Science tagged", partial(tagged.read_tagged, dialect=tagged.WOS), fields.WOS)
REFER = Format("EndNote tagged", partial(tagged.read_tagged, dialect=tagged.REFER), fields.REFER)
BIBTEX = Format("BibTeX", read_bibtex, fields.BIBTEX)
WOS_TAB = Format("Web of Science tab-delimited", read_delimited, fields.WOS)
SHEET = Format("CSV", read_delimited, fields.SHEET)
WORKBOOK = Format("Excel", read_workbook, fields.SHEET)
JSON = Format("JSON", read_json, fields.JSON)
ENDNOTE = Format(
    "EndNote XML",
    partial(markup.read_xml, element="record", fields=markup.endnote_fields),
    fields.ENDNOTE_XML,
)
PUBMED = Format(
    "PubMed XML",
    partial(markup.read_xml, element="PubmedArticle", fields=markup.pubmed_fields),
    fields.NBIB,
)
JSTOR = Format(
    "JSTOR XML",
    partial(markup.read_xml, element="article", fields=markup.jstor_fields),
    fields.JSTOR,
)
ZOTERO_RDF = Format("Zotero RDF", markup.read_zotero, fields.SHEET)

_LINES = (
    (re.compile(r"^[ \t]{0,3}TY {1,3}-", re.M), RIS),
    (re.compile(r"^PMID ?- ?\d", re.M), NBIB),
    (re.compile(r"^PT [A-Z]\s*$", re.M), WOS),
    (re.compile(r"^\s{0,8}@\s*[A-Za-z]+\s*[{(]", re.M), BIBTEX),
    (re.compile(r"^%0 \w", re.M), REFER),
    (re.compile(r"^[A-Z][A-Z0-9]  - ", re.M), RIS),
)
_XML = (
    (re.compile(r"<(?:\w+:)?PubmedArticle[\s>]"), PUBMED),
    (re.compile(r"<rdf:RDF[\s>]"), ZOTERO_RDF),
    (re.compile(r"<record[\s>]"), ENDNOTE),
    (re.compile(r"<article[\s>]"), JSTOR),
)


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
    head = next((line for line in text[:200_000].split("\n") if line.strip()), "")
    if head.startswith("PT\tAU") or "\tTI\tSO\t" in head:
        return WOS_TAB
    found = ((m.start(), f) for p, f in _LINES if (m := p.search(text)))
    first = min(found, key=lambda pair: pair[0], default=None)
    if is_table(text):
        return SHEET
    return first[1] if first else None


def is_table(text: str) -> bool:
    """Whether one of the first rows names a column for titles, abstracts or DOIs."""
    names = {n for f in ("title", "doi", "abstract") for n in fields.SHEET[f]}
    for line in text[:20_000].split("\n")[:10]:
        cells = line.split(find_delimiter(line)) if line.strip() else []
        if len(cells) > 1 and names & {normalise_words(c) for c in cells}:
            return True
    return False
