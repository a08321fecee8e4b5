"""Exports as XML: EndNote, PubMed, JSTOR citations, Zotero RDF.

lxml reads on after an error (`recover`), so a file cut anywhere still gives its whole entries; what
was lost on the way is counted against the start tags in the text.
"""

import re
from collections.abc import Iterator

from lxml import etree

from coproduction.literature.raw import RawEntry

_NAMESPACE = re.compile(r"\{[^}]*\}")
_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>")


def read_xml(text: str, element: str, fields) -> Iterator[RawEntry]:
    """One entry per `element` (local name), its fields by `fields(node)`; lost ones as problems."""
    starts = [m.start() for m in re.finditer(rf"<(?:\w+:)?{element}[\s>]", text)]
    root = _parse(text)
    nodes = [] if root is None else [n for n in root.iter("{*}" + element) if _outermost(n)]
    nested = sum(1 for _ in (root.iter("{*}" + element) if root is not None else ())) - len(nodes)
    for node in nodes:
        yield RawEntry(node.sourceline or 1, [(t, v) for t, v in fields(node) if v.strip()])
    lost = starts[len(nodes) + nested :]
    for start in lost:
        line = text.count("\n", 0, start) + 1
        yield RawEntry(line, problem=f"the XML is broken before this {element} ends")


def _parse(text: str):
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, huge_tree=True)
    text = _DECLARATION.sub("", text)
    text = (
        "".join(c if c >= " " or c in "\t\n\r" else " " for c in text) if _control(text) else text
    )
    return etree.fromstring(text.encode("utf-8"), parser)


def _control(text: str) -> bool:
    return re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", text) is not None


def _outermost(node) -> bool:
    return all(a.tag != node.tag for a in node.iterancestors())


def _text(node) -> str:
    return " ".join("".join(node.itertext()).split())


def name_of(node) -> str:
    """Local name of an element (comments and instructions have none)."""
    return _NAMESPACE.sub("", node.tag) if isinstance(node.tag, str) else ""


def endnote_fields(record) -> Iterator[tuple[str, str]]:
    """Fields of EndNote's <record>: innermost elements; authors and keywords repeat."""
    for node in record.iter():
        name = name_of(node)
        if name == "ref-type":
            yield "ref-type", node.get("name") or _text(node)
        elif name in ("author", "keyword"):
            parent = name_of(node.getparent())
            yield (name if parent in ("authors", "keywords") else parent), _text(node)
        elif name == "url":
            yield name_of(node.getparent()), _text(node)
        elif name and name != "style" and all(name_of(c) in ("style", "") for c in node):
            yield name, _text(node)


def pubmed_fields(article) -> Iterator[tuple[str, str]]:
    """Fields of <PubmedArticle> under the tags of PubMed's own NBIB format."""
    find = article.find
    yield "PMID", article.findtext("MedlineCitation/PMID") or ""
    yield "TI", _joined(article, "MedlineCitation/Article/ArticleTitle")
    for part in article.findall("MedlineCitation/Article/Abstract/AbstractText"):
        label = part.get("Label")
        yield "AB", f"{label}: {_text(part)}" if label else _text(part)
    for author in article.findall("MedlineCitation/Article/AuthorList/Author"):
        family, given = author.findtext("LastName"), author.findtext("ForeName") or ""
        name = f"{family}, {given}".rstrip(", ") if family else ""
        yield "FAU", name or author.findtext("CollectiveName") or ""
    journal = find("MedlineCitation/Article/Journal")
    if journal is not None:
        yield "JT", journal.findtext("Title") or ""
        yield "VI", journal.findtext("JournalIssue/Volume") or ""
        yield "IP", journal.findtext("JournalIssue/Issue") or ""
        date = journal.find("JournalIssue/PubDate")
        yield "DP", _text(date) if date is not None else ""
    yield "PG", article.findtext("MedlineCitation/Article/Pagination/MedlinePgn") or ""
    yield "LA", article.findtext("MedlineCitation/Article/Language") or ""
    for kind in article.findall("MedlineCitation/Article/PublicationTypeList/PublicationType"):
        yield "PT", _text(kind)
    for number in article.findall("PubmedData/ArticleIdList/ArticleId[@IdType='doi']"):
        yield "LID", f"{_text(number)} [doi]"
    for word in article.findall("MedlineCitation/KeywordList/Keyword"):
        yield "OT", _text(word)
    for word in article.findall("MedlineCitation/MeshHeadingList/MeshHeading/DescriptorName"):
        yield "MH", _text(word)


def _joined(article, path: str) -> str:
    node = article.find(path)
    return "" if node is None else _text(node)


def jstor_fields(article) -> Iterator[tuple[str, str]]:
    """Fields of <article> in a JSTOR Data for Research citation list."""
    for node in article:
        yield name_of(node), _text(node)


def zotero_fields(item) -> Iterator[tuple[str, str]]:
    """Fields of an item in a Zotero RDF file under the names of Zotero's CSV export."""
    names = {
        "itemType": "Item Type", "pages": "Pages", "date": "Date", "abstract": "Abstract Note",
        "language": "Language", "volume": "Volume", "number": "Issue",
    }  # fmt: skip
    for node in item.iter():
        name, inside = name_of(node), name_of(node.getparent())
        if name == "title":
            inner = node.getparent() is not item
            yield ("Publication Title" if inner else "Title"), _text(node)
        elif name == "Person":
            given = " ".join(_text(n) for n in node if name_of(n) in ("givenName", "givenname"))
            family = " ".join(_text(n) for n in node if name_of(n) == "surname")
            role = next((name_of(a) for a in node.iterancestors() if name_of(a) in _ROLES), "")
            yield ("Author" if role == "authors" else role), f"{family}, {given}".strip(", ")
        elif name == "identifier":
            yield ("DOI" if _text(node).upper().startswith("DOI") else "Identifier"), _text(node)
        elif name == "value" and inside == "AutomaticTag":
            yield "Automatic Tags", _text(node)
        elif name == "subject" and not len(node):
            yield "Manual Tags", _text(node)
        elif name in names:
            yield names[name], _text(node)


_ROLES = ("authors", "editors", "contributors", "seriesEditors", "translators")

_ITEMS = (
    "Article", "Book", "BookSection", "Thesis", "Document", "Manuscript", "Report", "Patent",
    "Letter", "Interview", "Legislation", "Recording", "MotionPicture", "Image", "Software", "Data",
)  # fmt: skip


def read_zotero(text: str) -> Iterator[RawEntry]:
    """Items of a Zotero RDF file: the children of its root that have an item type."""
    root = _parse(text)
    for node in [] if root is None else root:
        kind = next((_text(n) for n in node if name_of(n) == "itemType"), "")
        if name_of(node) in _ITEMS or (kind and kind not in ("attachment", "note")):
            found = [(t, v) for t, v in zotero_fields(node) if v.strip()]
            yield RawEntry(node.sourceline or 1, found)
    rest = len(re.findall(r"<z:itemType>(?!attachment|note)", text))
    if root is None and rest:
        yield RawEntry(1, problem="the XML cannot be read")
