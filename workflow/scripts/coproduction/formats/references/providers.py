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
_SERVERS = ("arxiv", "biorxiv", "medrxiv", "ssrn", "psyarxiv")


def adapt(fields: Fields, fmt: str) -> Fields:
    """The fields of an entry of the format, some of them under other tags.

    >>> adapt([("FAU", "Alder, B"), ("CN", "River Study Group")], "PubMed NBIB")
    [('FAU', 'Alder, B'), ('FAU', 'River Study Group')]
    """
    change = CHANGES.get(fmt)
    return change(fields) if change else fields


def _bodies(bodies: str, *names: str) -> Callable[[Fields], Fields]:
    """Bodies that wrote a work have a tag of their own beside the names of people."""

    def change(fields: Fields) -> Fields:
        tags = {tag for tag, _ in fields}
        if bodies not in tags:
            return fields
        beside = next((name for name in names if name in tags), bodies)
        return [(beside if tag == bodies else tag, value) for tag, value in fields]

    return change


def _bibtex(fields: Fields) -> Fields:
    """A number of PubMed under `eprint`; the archive of a preprint, which publishes it."""
    said = {tag: value.lower() for tag, value in fields}
    address = _ADDRESS.search(dict(fields)["howpublished"]) if "howpublished" in said and "url" not in said else None
    if address:
        fields = [*fields, ("url", address.group())]
    archive = said.get("eprinttype") or said.get("archiveprefix") or ""
    if "eprint" not in said or not archive:
        return fields
    tags = {"eprint": "pmid"} if archive in ("pmid", "pubmed") else {}
    if archive in _SERVERS and not said.keys() & {"journal", "journaltitle", "booktitle", "publisher"}:
        tags = dict.fromkeys(("eprinttype", "archiveprefix"), "publisher")
    return [(tags.get(tag, tag), value) for tag, value in fields]


def _json(fields: Fields) -> Fields:
    """Keywords of CSL, which are one text with commas."""
    return [(tag, value.replace(",", ";") if tag == "keyword" and ";" not in value else value) for tag, value in fields]


def _table(fields: Fields) -> Fields:
    """What Publish or Perish and Semantic Scholar write; bodies of Web of Science; ProQuest's first page
    beside all pages."""
    fields = plain_cells(fields)
    said = dict(fields)
    if "Group Authors" in said:
        beside = "Author Full Names" if "Author Full Names" in said else "Authors"
        bodies = [(beside, value) for tag, value in fields if tag == "Group Authors"]
        fields = [pair for pair in fields if pair[0] != "Group Authors"] + bodies
    if "GSRank" in said:
        fields = _publish_or_perish(fields, said)
    elif "paperId" in said and ";" not in said.get("authors", ""):
        fields = [(tag, value.replace(", ", "; ") if tag == "authors" else value) for tag, value in fields]
    first = said.get("startPage")
    if first and said.get("pages", "").startswith(f"{first}-"):
        return [("first of the pages" if tag == "startPage" else tag, v) for tag, v in fields]
    return fields


def _publish_or_perish(fields: Fields, said: dict[str, str]) -> Fields:
    """Marks of Google Scholar before titles, zeros for what is missing, names that are counted; an
    abstract is the whole one of another database, or a piece of the page that was found."""
    kept: Fields = []
    for tag, value in fields:
        mark = _OF_SCHOLAR.match(value) if tag == "Title" else None
        if mark:
            kept += [(tag, value[mark.end() :]), ("mark before the title", mark.group().strip())]
        elif value == "0" and tag in ("Volume", "Issue", "StartPage", "EndPage"):
            kept.append((f"{tag} not known", value))
        elif tag == "Authors" and value.count(", ") + 1 == _number(said.get("AuthorCount", "")):
            kept.append((tag, value.replace(", ", "; ")))
        elif tag == "Abstract" and (len(value) < _WHOLE_ABSTRACT or "…" in value or "..." in value):
            kept.append(("piece of the page", value))
        else:
            kept.append((tag, value))
    return kept


def _number(text: str) -> int:
    return int(text) if text.isdecimal() else 0


CHANGES: dict[str, Callable[[Fields], Fields]] = {
    **dict.fromkeys(("PubMed NBIB", "PubMed XML"), _bodies("CN", "FAU", "AU")),
    **dict.fromkeys(
        ("Web of Science tagged", "Web of Science tab-delimited", "Web of Science table"), _bodies("CA", "AF", "AU")
    ),
    "Ovid tagged": _bodies("CN", "AU"),
    "BibTeX": _bibtex,
    "JSON": _json,
    **dict.fromkeys(("CSV", "Excel", "Excel 97"), _table),
}
