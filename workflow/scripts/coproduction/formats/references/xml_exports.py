"""Exports as XML: EndNote, PubMed, JSTOR citations, Zotero RDF, EBSCO, RefWorks, MODS, Atom.

lxml reads on after an error (`recover`), so a file cut anywhere still gives its whole entries; what
was lost on the way is counted against the start tags in the text. What an entry says beyond its
known elements is handed on under the elements' names.
"""

import re
from collections.abc import Callable, Iterator

from lxml import etree

from coproduction.formats.references.maps import RawEntry, outside

Pairs = Iterator[tuple[str, str]]

_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>")
_MEETING = re.compile(r"\b(?:proc\b|proceedings|conference|workshop|symposium|congress)", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def read_xml(text: str, elements: tuple[str, ...], fields: Callable, holding: str = "") -> Iterator[RawEntry]:
    """One entry per element of these (local) names, its fields by `fields`; lost ones as problems.

    Of elements within each other the outermost counts, or the ones that hold a certain child.
    """
    named = "|".join(elements)
    starts = [m.start() for m in re.finditer(rf"<(?:\w+:)?(?:{named})[\s>]", text)]
    root = parse(text)
    nodes_found = _elements(root, elements)
    if len(nodes_found) < len(starts) and text.count("<?xml") + text.count("<!DOCTYPE") != 1:
        several = parse(_in_one(text))  # files that were put together
        more_nodes = _elements(several, elements)
        root, nodes_found = (several, more_nodes) if len(more_nodes) > len(nodes_found) else (root, nodes_found)
    nodes = [
        node
        for node in nodes_found
        if (node.find("{*}" + holding) is not None if holding else outermost(node, elements))
    ]
    for node in nodes:
        yield RawEntry(node.sourceline or 1, [(t, v) for t, v in fields(node) if v.strip()])
    for start in starts[len(nodes_found) :]:
        line = text.count("\n", 0, start) + 1
        yield RawEntry(line, problem=f"the XML is broken before the end of this {elements[0]}")
    yield from beside(root, nodes)


def _elements(root, elements: tuple[str, ...]) -> list:
    return [] if root is None else list(root.iter(*("{*}" + name for name in elements)))


def _in_one(text: str) -> str:
    """Several documents as one, on the same lines."""
    bare = re.sub(r"<\?xml[^>]*\?>|<!DOCTYPE[^>\[]*(?:\[[^\]]*\]\s*)?>", _blank, text)
    return f"<all>{bare}</all>"


def _blank(match: re.Match[str]) -> str:
    return "\n" * match.group().count("\n")


def beside(root, entries: list) -> Iterator[RawEntry]:
    """What a document holds beside its entries (queries, counts, notes): once for each name.

    `entries` are the elements of the entries, and others of which something was used.
    """
    within = set(entries)
    around = {ancestor for node in entries for ancestor in node.iterancestors()}
    listed: dict[str, list] = {}
    waiting = [] if root is None else [root]
    while waiting:
        node = waiting.pop()
        if node in within or not name_of(node):
            continue
        if node in around:
            waiting.extend(reversed(node))
            loose = [node.text, *(inner.tail for inner in node)]
            node_text = " ".join(" ".join(text.split()) for text in loose if text and text.strip())
        else:
            node_text = text_of(node) or " ".join(node.attrib.values())
        if node_text:
            listed.setdefault(name_of(node), []).append((node.sourceline or 1, node_text))
    for name, parts in listed.items():
        yield outside(parts[0][0], parts[0][1], f"{name}, beside the entries", len(parts))


def parse(text: str):
    """The root of a document, as far as it can be read; None when nothing can."""
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, huge_tree=True)
    text = _CONTROL.sub(" ", _DECLARATION.sub("", text))
    return etree.fromstring(text.encode("utf-8"), parser)


def outermost(node, elements: tuple[str, ...]) -> bool:
    """Whether no element of these names is around the node."""
    return next(node.iterancestors(*("{*}" + name for name in elements)), None) is None


def text_of(node) -> str:
    """All text within an element on one line; empty for no element."""
    if node is None:
        return ""
    text = "".join(node.itertext()) if len(node) else node.text
    return " ".join(text.split()) if text else ""


def name_of(node) -> str:
    """Local name of an element (comments and instructions have none)."""
    tag = node.tag
    if not isinstance(tag, str):
        return ""
    return tag.rpartition("}")[2] if "}" in tag else tag


def leaves(node, used: set) -> Pairs:
    """Names and texts of the innermost elements outside the used ones, in the order of the file."""
    waiting = list(reversed(node))
    while waiting:
        inner = waiting.pop()
        name = name_of(inner)
        if not name or inner in used:
            continue
        if len(inner) and not (inner.text or "").strip():
            waiting.extend(reversed(inner))
            continue
        around = inner.getparent()
        value = text_of(inner) or " ".join(inner.attrib.values())
        yield (name if around is node else f"{name_of(around)}.{name}"), value


def endnote_fields(record) -> Pairs:
    """Fields of EndNote's <record>: innermost elements; authors and keywords repeat."""
    waiting = [("record", node) for node in reversed(record)]
    while waiting:
        around, node = waiting.pop()
        name = name_of(node)
        if name == "ref-type":
            yield "ref-type", node.get("name") or text_of(node)
        elif name == "keyword" and around == "keywords":
            # EndNote writes those of one field with carriage returns between, which are no line ends of the XML
            yield from ((name, " ".join(word.split())) for word in "".join(node.itertext()).split("\r"))
        elif name in ("author", "keyword"):
            yield (name if around == "authors" else around), text_of(node)
        elif name == "url":
            yield around, text_of(node)
        elif name and all(name_of(c) in ("style", "") for c in node):
            yield name, text_of(node)
        elif name:
            waiting.extend((name, inner) for inner in reversed(node))


# Elements of PubMed's XML by the element around them, and the tag of the NBIB format.
_PUBMED = {
    ("MedlineCitation", "PMID"): "PMID",
    ("BookDocument", "PMID"): "PMID",
    ("Article", "ArticleTitle"): "TI",
    ("BookDocument", "ArticleTitle"): "TI",
    ("Book", "BookTitle"): "BTI",
    ("Article", "VernacularTitle"): "TT",
    ("Journal", "Title"): "JT",
    ("JournalIssue", "Volume"): "VI",
    ("JournalIssue", "Issue"): "IP",
    ("JournalIssue", "PubDate"): "DP",
    ("Book", "PubDate"): "DP",
    ("Article", "ArticleDate"): "DEP",
    ("Pagination", "MedlinePgn"): "PG",
    ("Article", "Language"): "LA",
    ("BookDocument", "Language"): "LA",
    ("PublicationTypeList", "PublicationType"): "PT",
    ("BookDocument", "PublicationType"): "PT",
    ("KeywordList", "Keyword"): "OT",
    ("MeshHeading", "DescriptorName"): "MH",
    ("AffiliationInfo", "Affiliation"): "AD",
    ("Journal", "ISSN"): "IS",
    ("Book", "Isbn"): "ISBN",
    ("Publisher", "PublisherName"): "PB",
    ("Publisher", "PublisherLocation"): "PL",
    ("Book", "CollectionTitle"): "CTI",
    ("Book", "Edition"): "EN",
}
_NAME_PARTS = ("LastName", "ForeName", "Initials", "Suffix", "CollectiveName")


def pubmed_fields(article) -> Pairs:
    """Fields of <PubmedArticle> or <PubmedBookArticle> under the tags of PubMed's NBIB format."""
    waiting = [("", "", node) for node in reversed(article)]
    while waiting:
        beyond, around, node = waiting.pop()
        name = name_of(node)
        tag = _PUBMED.get((around, name))
        if tag:
            yield tag, text_of(node)
        elif name == "AbstractText" and around == "Abstract":
            label = node.get("Label")
            yield "AB", f"{label}: {text_of(node)}" if label else text_of(node)
        elif name == "ELocationID" or (name == "ArticleId" and beyond.startswith("Pubmed")):
            kind = node.get("EIdType") or node.get("IdType") or ""
            tag = "LID" if kind == "doi" else "AID"
            yield (f"invalid {tag}" if node.get("ValidYN") == "N" else tag), f"{text_of(node)} [{kind}]"
        elif name in _NAME_PARTS and around == "Author":
            continue
        elif len(node) and not (node.text or "").strip():
            if name == "Author" and around == "AuthorList":
                editor = node.getparent().get("Type") == "editors"
                yield ("FED" if editor else "FAU"), _pubmed_name(node)
            waiting.extend((around, name, inner) for inner in reversed(node))
        elif name:
            yield f"{around}.{name}", text_of(node) or " ".join(node.attrib.values())


def _pubmed_name(author) -> str:
    parts = {name_of(part): text_of(part) for part in author}
    family = parts.get("LastName", "")
    given = parts.get("ForeName") or parts.get("Initials") or ""
    name = f"{family}, {given} {parts.get('Suffix', '')}".strip(" ,") if family else ""
    return name or parts.get("CollectiveName", "")


def plain_fields(record) -> Pairs:
    """The children of an entry (JSTOR's <article>, Dublin Core) under their own names."""
    for node in record:
        yield name_of(node), text_of(node)


_EBSCO = {
    "atl": "title",
    "au": "author",
    "ab": "abstract",
    "jtl": "journal",
    "vid": "volume",
    "iid": "issue",
    "ppf": "start page",
    "su": "subjects",
    "subj": "subjects",
    "pages": "pages",
    "keyword": "keywords",
    "btl": "book title",
    "pubtype": "publication type",
    "doctype": "document type",
    "language": "language",
    "issn": "issn",
    "isbn": "isbn",
    "pub": "publisher",
    "affil": "affiliation",
    "place": "place",
}


def ebsco_fields(record) -> Pairs:
    """Fields of <rec> in EBSCOhost's XML under the names of table columns."""
    used: set = set()
    for node in record.iter():
        name = name_of(node)
        if name == "header":
            yield "accession number", node.get("uiTerm") or ""
            yield "database", node.get("longDbName") or ""
        elif name == "dt":
            yield "date", node.get("year") or text_of(node)
            yield "full date", "-".join(filter(None, map(node.get, ("year", "month", "day"))))
        elif name == "ui":
            kind = (node.get("type") or "").lower()
            yield {"doi": "doi", "pmid": "pmid"}.get(kind, f"ui {kind}".strip()), text_of(node)
        elif name == "url" and name_of(node.getparent()) == "pLink":
            yield "plink", text_of(node)
        elif name in _EBSCO:
            yield _EBSCO[name], text_of(node)
        else:
            continue
        if not len(node):
            used.add(node)
    yield from leaves(record, used)


def refworks_fields(reference) -> Pairs:
    """Fields of <reference> in RefWorks' XML: the tags of its tagged format in lower case."""
    for node in reference:
        yield name_of(node).upper(), text_of(node)


def mods_fields(record) -> Pairs:
    """Fields of <mods> (library catalogues, Zotero) under the names of table columns."""
    for node in record:
        yield from _MODS.get(name_of(node), _mods_plain)(node)


def _mods_plain(node) -> Pairs:
    names = {
        "abstract": "abstract",
        "language": "language",
        "note": "notes",
        "genre": "type",
        "typeOfResource": "document type",
    }
    yield names.get(name_of(node), name_of(node)), text_of(node)


def _mods_title(node) -> Pairs:
    kind = node.get("type")  # translated, alternative, abbreviated or uniform
    yield (f"{kind} title" if kind else "title"), _mods_words(node)


def _mods_words(node) -> str:
    """A title with the article that it is not sorted by, and its subtitle."""
    first = " ".join(text_of(n) for n in node if name_of(n) == "nonSort")
    space = "" if not first or first.endswith(("'", "’")) else " "
    return first + space + ": ".join(filter(None, (text_of(n) for n in node if name_of(n) != "nonSort")))


_HELPED = re.compile(  # neither authors nor editors; Zotero writes pbd for editors of a series
    r"\b(?:pbd|trl|ctb|ths|dgs|translator|contributor|thesis advisor|degree supervisor)\b"
)


def _mods_name(node) -> Pairs:
    parts = {n.get("type") or "": text_of(n) for n in node.iter("{*}namePart")}
    name = f"{parts.get('family', '')}, {parts.get('given', '')}".strip(", ")
    role = " ".join(text_of(n) for n in node.iter("{*}roleTerm")).lower()
    kind = "editor" if "edt" in role or "editor" in role else "author"
    yield (role if _HELPED.search(role) else kind), name or " ".join(parts.values())


def _mods_origin(node) -> Pairs:
    names = {
        "dateIssued": "date",
        "dateCreated": "date",
        "copyrightDate": "publication date",
        "publisher": "publisher",
        "place": "place",
        "edition": "edition",
    }
    for inner in node:
        yield names.get(name_of(inner), name_of(inner)), text_of(inner)


def _mods_host(node) -> Pairs:
    kind = "journal" if node.get("type") == "host" else "series"
    for inner in node:
        if name_of(inner) == "titleInfo":
            yield kind, _mods_words(inner)
        elif name_of(inner) == "part":
            yield from _mods_part(inner)
        elif name_of(inner) in _MODS:
            yield from _MODS[name_of(inner)](inner)
        else:
            yield f"{kind} {name_of(inner)}", text_of(inner)


def _mods_part(node) -> Pairs:
    for inner in node:
        if name_of(inner) == "detail":
            number = inner.find("{*}number")  # beside it stands "no." or "vol."
            yield inner.get("type") or "detail", text_of(inner if number is None else number)
        elif name_of(inner) == "extent":
            yield "pages", "-".join(text_of(n) for n in inner)
        else:
            yield name_of(inner), text_of(inner)


def _mods_number(node) -> Pairs:
    yield node.get("type") or "identifier", text_of(node)


_MODS = {
    "titleInfo": _mods_title,
    "name": _mods_name,
    "originInfo": _mods_origin,
    "relatedItem": _mods_host,
    "part": _mods_part,
    "identifier": _mods_number,
    "subject": lambda node: (("keywords", text_of(n)) for n in node),
    "location": lambda node: ((name_of(n), text_of(n)) for n in node),
}


def atom_fields(entry) -> Pairs:
    """Fields of <entry> in an Atom feed (arXiv) under the names of table columns."""
    names = {"summary": "abstract", "published": "date", "journal_ref": "journal", "id": "id"}
    for node in entry:
        name = name_of(node)
        if name == "author":
            yield "author", " ".join(text_of(n) for n in node if name_of(n) == "name")
            yield from (("affiliation", text_of(n)) for n in node if name_of(n) == "affiliation")
        elif name == "link":
            yield ("url" if node.get("rel") == "alternate" else "link"), node.get("href") or ""
        elif name == "category":
            yield "keywords", node.get("term") or ""
        else:
            yield names.get(name, name), text_of(node)
            if name == "journal_ref":  # it is printed
                yield "type", "conference" if _MEETING.search(text_of(node)) else "journal article"


# Field, subfields that are joined, name of the column.
_MARC = {
    "020": (("a", "isbn"),),
    "022": (("a", "issn"),),
    "041": (("a", "language"),),
    "250": (("a", "edition"),),
    "260": (("a", "place"), ("b", "publisher"), ("c", "year")),
    "264": (("a", "place"), ("b", "publisher"), ("c", "year")),
    "300": (("a", "extent"),),
    "490": (("av", "series"),),
    "500": (("a", "notes"),),
    "502": (("abcd", "document type"),),
    "520": (("ab", "abstract"),),
    "650": (("ax", "keywords"),),
    "653": (("a", "keywords"),),
    "655": (("a", "type"),),
    "856": (("u", "url"),),
    "773": (("t", "journal"), ("g", "part"), ("x", "issn"), ("z", "isbn")),
}
_MARC_PEOPLE = ("100", "110", "111", "700", "710", "711")
_MARC_EDITOR = ("edt", "ed.", "editor", "hrsg", "herausgeber")


def marc_fields(record) -> Pairs:
    """Fields of a MARC <record>."""
    for node in record:
        if name_of(node) == "datafield":
            parts = [(n.get("code") or "", text_of(n)) for n in node if name_of(n) == "subfield"]
            yield from _datafield(node.get("tag") or "", parts)
        elif name_of(node) == "controlfield":
            yield ("id" if node.get("tag") == "001" else node.get("tag") or ""), text_of(node)
        elif name_of(node):
            yield name_of(node), text_of(node)


def _datafield(tag: str, parts: list[tuple[str, str]]) -> Pairs:
    used = ""
    if tag == "245":
        used = "abnp"
        yield "title", ": ".join(v.rstrip(" /:;,") for c, v in parts if c in used)
    elif tag in _MARC_PEOPLE:
        used = "a"
        role = " ".join(v.lower() for c, v in parts if c in "4e")
        name = " ".join(v for c, v in parts if c == "a").rstrip(" ,")
        yield ("editor" if any(word in role for word in _MARC_EDITOR) else "author"), name
    elif tag == "024":
        kind = next((v.lower() for c, v in parts if c == "2"), "")
        used = "a" if kind == "doi" else ""
        yield "doi", " ".join(v for c, v in parts if c in used)
    for codes, column in _MARC.get(tag, ()):
        used += codes
        yield column, " ".join(v for c, v in parts if c in codes).rstrip(" /:;,")
    yield from ((f"{tag}${code}", value) for code, value in parts if code not in used)
