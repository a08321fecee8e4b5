"""Zotero's RDF exports (its own and unqualified Dublin Core), under the names of its CSV export."""

import re
from collections.abc import Iterator

from coproduction.formats.references.maps import RawEntry
from coproduction.formats.references.xml_exports import Pairs, beside, name_of, parse, text_of

_NAMES = {
    "itemType": "Item Type",
    "pages": "Pages",
    "date": "Date",
    "abstract": "Abstract Note",
    "language": "Language",
    "volume": "Volume",
    "number": "Issue",
    "description": "Notes",
    "edition": "Edition",
}
_DUBLIN_CORE = {
    **_NAMES,
    "creator": "Author",
    "contributor": "Editor",
    "type": "Item Type",
    "title": "Title",
    "publisher": "Publisher",
    "subject": "Manual Tags",
}
_ROLES = {
    "authors": "Author",
    "editors": "Editor",
    "contributors": "Contributor",
    "seriesEditors": "Series Editor",
    "translators": "Translator",
}
_ITEMS = tuple(
    """
    Article Book BookSection Thesis Document Manuscript Report Patent Letter Interview Legislation Recording
    MotionPicture Image Software Data
""".split()
)
_KNOWN = frozenset([*_NAMES, "title", "givenName", "givenname", "surname", "identifier", "value"])


def read_zotero(text: str) -> Iterator[RawEntry]:
    """Items of a Zotero RDF file: the children of its root that have an item type."""
    root = parse(text)
    journals = {} if root is None else _journals(root)
    used = []
    for node in [] if root is None else root:
        kind = next((text_of(n) for n in node if name_of(n) == "itemType"), "")
        if _plain(node):
            yield from _dublin_core(node)
        elif name_of(node) in _ITEMS or (kind and kind not in ("attachment", "note")):
            fields_found = [*_fields(node), *_journal_of(node, journals)]
            yield RawEntry(node.sourceline or 1, [(t, v) for t, v in fields_found if v.strip()])
            used += [journals[a] for a in _parts_of(node) if a in journals]
        else:
            continue
        used.append(node)
    yield from beside(root, used)
    n_items = len(re.findall(r"<z:itemType>(?!attachment|note)", text))
    if root is None and n_items:
        yield RawEntry(1, problem="the XML cannot be read")


def _plain(node) -> bool:
    """Whether the node is an item in unqualified Dublin Core."""
    names = {name_of(child) for child in node}
    return name_of(node) == "Description" and "type" in names and "itemType" not in names


def _dublin_core(node) -> Iterator[RawEntry]:
    """The items of a description; Zotero writes those of one book or address into one."""
    items: list[list[tuple[str, str]]] = []
    for child in node:
        name = name_of(child)
        begun = items and any(tag == "Item Type" for tag, _ in items[-1])
        if not items or (begun and name in ("title", "type")):
            items.append([])
        named = (_DUBLIN_CORE.get(name, name), text_of(child))
        items[-1].append(_identifier(child) if name == "identifier" else named)
    for pairs in items:
        yield RawEntry(node.sourceline or 1, [(t, v) for t, v in pairs if v.strip()])


def _journals(root) -> dict:
    """Journals and books that stand beside the items, by their address in the file."""
    about = {_attribute(n, "about"): n for n in root if not any(name_of(c) == "itemType" for c in n)}
    return {address: node for address, node in about.items() if address}


def _journal_of(item, journals: dict) -> Pairs:
    for address in _parts_of(item):
        if address in journals:
            yield from _fields(journals[address], inside="Publication Title")


def _parts_of(item) -> list[str]:
    """The addresses of what the item is part of."""
    return [_attribute(node, "resource") for node in item if name_of(node) == "isPartOf"]


def _attribute(node, name: str) -> str:
    return next((v for k, v in node.attrib.items() if k.endswith("}" + name)), "")


def _fields(item, inside: str = "Title") -> Pairs:
    for node in item.iter():
        name, around = name_of(node), name_of(node.getparent())
        if name == "title" and around == "Series":
            yield "Series", text_of(node)
        elif name == "title":
            yield (inside if node.getparent() is item else "Publication Title"), text_of(node)
        elif name == "Person":
            yield _person(node)
        elif name == "identifier":
            yield _identifier(node)
        elif name == "value" and around == "AutomaticTag":
            yield "Automatic Tags", text_of(node)
        elif name == "subject" and not len(node):
            yield "Manual Tags", text_of(node)
        elif name == "name" and around == "Organization":
            yield "Publisher", text_of(node)
        elif name == "locality":
            yield "Place", text_of(node)
        elif name in _NAMES:
            yield _NAMES[name], _lines_of(node) if name == "description" else text_of(node)
        elif name and not len(node) and name not in _KNOWN:
            value = text_of(node) or _attribute(node, "resource")
            if not value.startswith("#"):  # an attachment elsewhere in the file
                yield name, value


def _lines_of(node) -> str:
    """The text of an element with its lines, of which each may be a field that Zotero has no place for."""
    return "\n".join(" ".join(line.split()) for line in "".join(node.itertext()).strip().split("\n"))


def _person(node) -> tuple[str, str]:
    given_names = " ".join(text_of(n) for n in node if name_of(n) in ("givenName", "givenname"))
    family = " ".join(text_of(n) for n in node if name_of(n) == "surname")
    full_name = " ".join(text_of(n) for n in node if name_of(n) == "name")
    role = next((name_of(a) for a in node.iterancestors() if name_of(a) in _ROLES), "")
    return _ROLES.get(role, "Contributor"), f"{family}, {given_names}".strip(", ") or full_name


def _identifier(node) -> tuple[str, str]:
    """DOI, ISSN, ISBN or address from "DOI 10.…", "ISSN …" or a nested URI."""
    text = text_of(node)
    kind = text.split(" ", 1)[0].upper()
    if kind in ("DOI", "ISSN", "ISBN"):
        return kind, text.split(" ", 1)[-1]
    return ("Url" if text.lower().startswith("http") else "Identifier"), text
