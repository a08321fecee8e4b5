"""What single providers write under tags that mean something else elsewhere, put under the usual ones.

Nothing is left out: each value keeps its place or gets a tag that says what it is.
"""

import re
from collections.abc import Callable

from coproduction.formats.references.table_cells import plain_cells

Fields = list[tuple[str, str]]

_OF_SCHOLAR = re.compile(r"\A(?:\[(?:PDF|HTML|BOOK|CITATION|DOC|B|C)\]\s*)+(?=\S)")
_WHOLE_ABSTRACT = 300  # letters that a piece of a page in Google Scholar does not have
_ADDRESS = re.compile(r"https?://[^\s{}]+")
_DIVIDING = re.compile(r"[,/&]|\s(?:and|und|et|y|e)\s")
_LISTED = re.compile(r"[;{}\n]")
_SERVERS = ("arxiv", "biorxiv", "medrxiv", "ssrn", "psyarxiv")


def adapt(fields: Fields, fmt: str) -> Fields:
    """The fields of an entry of the format, some of them under other tags.

    >>> adapt([("FAU", "Alder, B"), ("CN", "River Study Group")], "PubMed NBIB")
    [('FAU', 'Alder, B'), ('FAU', 'River Study Group')]
    """
    change = CHANGES.get(fmt)
    return change(fields) if change else fields


def _bodies(bodies: str, *names: str) -> Callable[[Fields], Fields]:
    """Bodies that wrote a work have a tag of their own beside the names of people.

    Commas and "and" divide no body, so that its name goes among those of people in braces.
    """

    def change(fields: Fields) -> Fields:
        tags = {tag for tag, _ in fields}
        if bodies not in tags:
            return fields
        beside = next((name for name in names if name in tags), bodies)
        return [(beside, _whole(value)) if tag == bodies else (tag, value) for tag, value in fields]

    return change


def _whole(body: str) -> str:
    """The name of a body as one, where it might be read as several; a list of bodies as it is."""
    return f"{{{body}}}" if _DIVIDING.search(body) and not _LISTED.search(body) else body


def _bibtex(fields: Fields) -> Fields:
    """A number of PubMed under `eprint`; the archive of a preprint, which publishes it."""
    value_of = {tag: value.lower() for tag, value in fields}
    address = (
        _ADDRESS.search(dict(fields)["howpublished"]) if "howpublished" in value_of and "url" not in value_of else None
    )
    if address:
        fields = [*fields, ("url", address.group())]
    archive = value_of.get("eprinttype") or value_of.get("archiveprefix") or ""
    if "eprint" not in value_of or not archive:
        return fields
    tags = {"eprint": "pmid"} if archive in ("pmid", "pubmed") else {}
    if archive in _SERVERS and not value_of.keys() & {"journal", "journaltitle", "booktitle", "publisher"}:
        tags = dict.fromkeys(("eprinttype", "archiveprefix"), "publisher")
    return [(tags.get(tag, tag), value) for tag, value in fields]


def _json(fields: Fields) -> Fields:
    """Keywords of CSL, which are one text with commas, and what Publish or Perish writes."""
    if any(tag == "cites_url" for tag, _ in fields):
        fields = [("url" if tag == "article_url" else tag, value) for tag, value in _publish_or_perish(fields, {})]
    return [(tag, value.replace(",", ";") if tag == "keyword" and ";" not in value else value) for tag, value in fields]


def _table(fields: Fields) -> Fields:
    """What Publish or Perish and Semantic Scholar write; bodies of Web of Science; ProQuest's first page
    beside all pages."""
    fields = plain_cells(fields)
    value_of = dict(fields)
    if "Group Authors" in value_of:
        beside = "Author Full Names" if "Author Full Names" in value_of else "Authors"
        bodies = [(beside, value) for tag, value in fields if tag == "Group Authors"]
        fields = [pair for pair in fields if pair[0] != "Group Authors"] + bodies
    if "GSRank" in value_of:
        fields = _publish_or_perish(fields, value_of)
    elif "paperId" in value_of and ";" not in value_of.get("authors", ""):
        fields = [(tag, value.replace(", ", "; ") if tag == "authors" else value) for tag, value in fields]
    first = value_of.get("startPage")
    if first and value_of.get("pages", "").startswith(f"{first}-"):
        return [("first of the pages" if tag == "startPage" else tag, v) for tag, v in fields]
    return fields


def _publish_or_perish(fields: Fields, value_of: dict[str, str]) -> Fields:
    """Marks of Google Scholar before titles, zeros for what is missing, names that are counted; an
    abstract is the whole one of another database, or a piece of the page that was found."""
    repaired: Fields = []
    for tag, value in fields:
        name = tag.lower()
        mark = _OF_SCHOLAR.match(value) if name == "title" else None
        if mark:
            repaired += [(tag, value[mark.end() :]), ("mark before the title", mark.group().strip())]
        elif value == "0" and name in ("volume", "issue", "startpage", "endpage"):
            repaired.append((f"{tag} not known", value))
        elif tag == "Authors" and value.count(", ") + 1 == _number(value_of.get("AuthorCount", "")):
            repaired.append((tag, value.replace(", ", "; ")))
        elif name == "abstract" and (len(value) < _WHOLE_ABSTRACT or "…" in value or "..." in value):
            repaired.append(("piece of the page", value))
        else:
            repaired.append((tag, value))
    return repaired


def _number(text: str) -> int:
    return int(text) if text.isdecimal() else 0


CHANGES: dict[str, Callable[[Fields], Fields]] = {
    **dict.fromkeys(("PubMed NBIB", "PubMed XML"), _bodies("CN", "FAU", "AU")),
    **dict.fromkeys(
        ("Web of Science tagged", "Web of Science tab-delimited", "Web of Science table"), _bodies("CA", "AF", "AU")
    ),
    **dict.fromkeys(("Ovid tagged", "Ovid table"), _bodies("CN", "AU")),
    "BibTeX": _bibtex,
    "JSON": _json,
    **dict.fromkeys(("CSV", "Excel", "Excel 97"), _table),
}
