"""Articles in the XML of publishers and PubMed Central (JATS): what stands in front of the text.

The text itself, its figures and references are counted among what no field takes; they are no part of a
record.
"""

from coproduction.formats.references.xml_exports import Pairs, leaves, name_of, text_of

_NUMBERS = {"doi": "doi", "pmid": "pmid", "pmc": "pmcid", "pmcid": "pmcid"}
_PLAIN = {
    "volume": "volume",
    "issue": "issue",
    "fpage": "start page",
    "lpage": "end page",
    "elocation-id": "article number",
    "issn": "issn",
    "isbn": "isbn",
    "publisher-name": "publisher",
    "publisher-loc": "place",
    "kwd": "keywords",
    "compound-kwd": "keywords",
    "aff": "affiliation",
    "abbrev-journal-title": "abbreviated journal",
}
_DATES = ("ppub", "collection", "pub", "epub-ppub", "epub")  # which year the work has, best first
_OTHER_ABSTRACTS = ("graphical", "teaser", "toc", "key-points", "summary", "video", "highlights")


def jats_fields(article) -> Pairs:
    """Fields of <article> under the names of table columns."""
    used: set = set()
    yield "type", article.get("article-type") or ""
    yield "language", article.get("{http://www.w3.org/XML/1998/namespace}lang") or ""
    front = next((node for node in article if name_of(node) in ("front", "front-stub")), None)
    if front is None:
        return
    yield from _front(front, used)
    yield "date", _date(front, used)
    yield from leaves(front, used)
    for node in article:
        if node is not front and name_of(node):
            words = len(text_of(node).split())
            yield name_of(node), f"{words:,} words, not read"


def _front(front, used: set) -> Pairs:
    abstracts = [node for node in front.iter("{*}abstract") if node.get("abstract-type") not in _OTHER_ABSTRACTS]
    used.update(node for mark in front.iter("{*}xref", "{*}fn") for node in mark.iter())
    for node in front.iter():
        name, within = name_of(node), name_of(node.getparent())
        if node in used or within in ("product", "related-article", "related-object"):
            continue
        if name == "journal-title":
            yield "journal", text_of(node)
        elif name == "title-group":
            parts = [part for part in node if name_of(part) in ("article-title", "subtitle")]
            yield "title", ": ".join(filter(None, (_plain(part).rstrip(":") for part in parts)))
            used.update(inner for part in parts for inner in part.iter())
            continue
        elif name == "contrib":
            yield from _contributor(node, used)
            continue
        elif name == "article-id":
            kind = (node.get("pub-id-type") or "").lower()
            yield _NUMBERS.get(kind, f"article-id {kind}".strip()), text_of(node)
        elif node in abstracts[:1]:
            yield "abstract", " ".join(_parts(node))
        elif name in _PLAIN:
            yield _PLAIN[name], _plain(node)
        else:
            continue
        used.update(node.iter())


def _plain(node) -> str:
    """The text of an element without marks of notes and numbers of addresses."""
    pieces = [node.text or ""]
    for inner in node:
        pieces += ["" if name_of(inner) in ("xref", "fn", "label") else _plain_within(inner), inner.tail or ""]
    return " ".join("".join(pieces).split())


def _plain_within(node) -> str:
    return "".join(node.itertext()) if name_of(node) else ""


def _contributor(contributor, used: set) -> Pairs:
    """An author or editor: "Family, Given" of a person, or the name of a body; its members are no authors."""
    stated_kind = (contributor.get("contrib-type") or "author").lower()
    kind = stated_kind if stated_kind in ("author", "editor") else f"contributor {stated_kind}"
    if next(contributor.iterancestors("{*}collab"), None) is not None:
        kind = "member of a group"
    name = next((node for node in contributor if name_of(node) in ("name", "string-name", "name-alternatives")), None)
    if name is not None and name_of(name) == "name-alternatives":
        name = next(iter(name), None)
    if name is None:
        name = next((node for node in contributor if name_of(node) == "collab"), None)
        if name is not None:
            yield (
                kind,
                (name.text or "").strip() or next((text_of(n) for n in name if name_of(n) == "named-content"), ""),
            )
            used.add(name)
        return
    parts = {name_of(part): text_of(part) for part in name}
    full_name = ", ".join(filter(None, (parts.get("surname"), parts.get("given-names"), parts.get("suffix"))))
    yield kind, full_name if "surname" in parts else text_of(name)
    used.update(name.iter())


def _parts(abstract) -> list[str]:
    """The paragraphs of an abstract; the heading of a section stands before its text."""
    paragraphs = []
    for node in abstract:
        name = name_of(node)
        if name == "title":
            text = text_of(node)
            paragraphs += [] if text.strip(".: ").lower() == "abstract" else [f"{text.rstrip(':. ')}:"]
        elif name == "sec":
            paragraphs += _parts(node)
        elif name:
            paragraphs.append(text_of(node))
    return paragraphs or [text_of(abstract)]


def _date(front, used: set) -> str:
    """The date of the issue, else of the first publication."""
    dates = list(front.iter("{*}pub-date"))
    kinds = [(node.get("pub-type") or node.get("date-type") or "").lower() for node in dates]
    ranked = sorted(range(len(dates)), key=lambda i: _DATES.index(kinds[i]) if kinds[i] in _DATES else len(_DATES))
    if not ranked:
        return ""
    best = dates[ranked[0]]
    used.update(best.iter())
    date_parts = {name_of(part): text_of(part) for part in best}
    return date_parts.get("year", "") or text_of(best)
