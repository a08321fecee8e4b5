"""What single providers write under tags that mean something else elsewhere, put under the usual ones.

Nothing is left out: each value keeps its place or gets a tag that says what it is.
"""

import re
from collections.abc import Callable

Fields = list[tuple[str, str]]

_OF_SCHOLAR = re.compile(r"\A(?:\[(?:PDF|HTML|BOOK|CITATION|DOC|B|C)\]\s*)+(?=\S)")
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
    archive = said.get("eprinttype") or said.get("archiveprefix") or ""
    if "eprint" not in said or not archive:
        return fields
    tags = {"eprint": "pmid"} if archive in ("pmid", "pubmed") else {}
    if archive in _SERVERS and not said.keys() & {"journal", "journaltitle", "booktitle", "publisher"}:
        tags = dict.fromkeys(("eprinttype", "archiveprefix"), "publisher")
    return [(tags.get(tag, tag), value) for tag, value in fields]


def _table(fields: Fields) -> Fields:
    """Marks of Google Scholar before titles; ProQuest's first page beside all pages."""
    said = dict(fields)
    mark = _OF_SCHOLAR.match(said.get("Title", "")) if "GSRank" in said else None
    if mark:
        title = said["Title"][mark.end() :]
        kept = [(tag, title if tag == "Title" else value) for tag, value in fields]
        return [*kept, ("mark before the title", mark.group().strip())]
    first = said.get("startPage")
    if first and said.get("pages", "").startswith(f"{first}-"):
        return [("first of the pages" if tag == "startPage" else tag, v) for tag, v in fields]
    return fields


CHANGES: dict[str, Callable[[Fields], Fields]] = {
    **dict.fromkeys(("PubMed NBIB", "PubMed XML"), _bodies("CN", "FAU", "AU")),
    **dict.fromkeys(
        ("Web of Science tagged", "Web of Science tab-delimited", "Web of Science table"), _bodies("CA", "AF", "AU")
    ),
    "Ovid tagged": _bodies("CN", "AU"),
    "BibTeX": _bibtex,
    **dict.fromkeys(("CSV", "Excel", "Excel 97"), _table),
}
