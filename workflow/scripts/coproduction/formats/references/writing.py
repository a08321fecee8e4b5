"""Records in the formats that other tools read.

A table of records has the columns of FIELDS with `record` (its id) and `databases`; RIS, BibTeX and
CSL-JSON are written nowhere else.

RIS as Zotero, EndNote, Rayyan, Covidence and ASReview import it (tags of the RIS specification of
2011, one author or keyword per line, CRLF); BibTeX as BibLaTeX and Zotero read it (UTF-8); CSV with
the column names that ASReview and Rayyan document; CSL-JSON 1.0. All four round-trip through the
import of this package, and the tests read them with rispy, bibtexparser, pandoc and ASReview. What
Zotero and Rayyan themselves read is measured by benchmarks/literature_interchange.py; where they
differ from the specification, the tag is the one that they and the others read.
rispy and bibtexparser can write too, but neither CRLF nor a fixed order.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping

import pandas as pd

from coproduction.core.tables import rows_of
from coproduction.formats.references.normal import ascii_words, family_name, is_suffix

AT_ONCE = 5_000  # records that are written at once, where a text is made in pieces
_RIS_TYPES = {
    "article": "JOUR",
    "conference paper": "CPAPER",
    "chapter": "CHAP",
    "book": "BOOK",
    "thesis": "THES",
    "report": "RPRT",
    "preprint": "UNPB",
    "web page": "ELEC",
    "dataset": "DATA",
    "erratum": "JOUR",
}
_IN_BOOKS = ("BOOK", "CHAP", "CPAPER")
_BIB_TYPES = {
    "article": "article",
    "conference paper": "inproceedings",
    "chapter": "incollection",
    "book": "book",
    "thesis": "phdthesis",
    "report": "techreport",
    "erratum": "article",
    "web page": "online",
}
_UNSAID = ("erratum", "preprint", "dataset", "other")  # what the kind of a BibTeX entry does not say
_NAMED = {
    "\ue000": r"{\textbackslash}",
    "\ue001": r"{\textasciitilde}",
    "\ue002": r"\{\vphantom{\}}",
    "\ue003": r"\vphantom{\{}\}",
}
_DOUBLED = re.compile(r"(['`-])(?=\1)")
_CSL_TYPES = {
    "article": "article-journal",
    "conference paper": "paper-conference",
    "chapter": "chapter",
    "book": "book",
    "thesis": "thesis",
    "report": "report",
    "web page": "webpage",
    "dataset": "dataset",
    "preprint": "article",
    "erratum": "article-journal",
}
_BIB_MORE = {
    "series": "series",
    "edition": "edition",
    "address": "place",
    "issn": "issn",
    "isbn": "isbn",
    "affiliation": "affiliations",
    "note": "notes",
}
_BIB_HOUSES = {"phdthesis": "school", "techreport": "institution"}
_CSL_MORE = {
    "collection-title": "series",
    "edition": "edition",
    "publisher": "publisher",
    "publisher-place": "place",
    "ISSN": "issn",
    "ISBN": "isbn",
    "note": "notes",
}


def to_ris(records: pd.DataFrame) -> str:
    """RIS text of the records; a column `accession`, where there is one, becomes the tag AN."""
    return "".join(in_ris(records))


def in_ris(records: pd.DataFrame) -> Iterator[str]:
    """The same text in pieces, for very many records."""
    return _pieces(records, lambda rows: "\r\n".join(map(_ris_entry, rows)), "\r\n")


def _pieces(records: pd.DataFrame, write: Callable[[list[dict]], str], between: str) -> Iterator[str]:
    for start in range(0, len(records), AT_ONCE):
        rows = rows_of(records.iloc[start : start + AT_ONCE])
        yield (between if start else "") + write(rows)


def _ris_entry(r: dict) -> str:
    start, _, end = r["pages"].partition("-")
    lines = [("TY", _RIS_TYPES.get(r["type"], "GEN")), ("TI", r["title"])]
    lines += [("AU", name) for name in r["authors"].split("; ")]
    lines.append(("T2", r["source"]))
    if r["type"] == "conference paper":
        lines.append(("C3", r["source"]))  # the proceedings; Zotero takes T2 for the conference
    lines += [("AB", r["abstract"]), ("PY", r["year"]), ("VL", r["volume"])]
    lines += [("IS", r["issue"]), ("SP", start), ("EP", end), ("DO", r["doi"])]
    lines += [("KW", word) for word in r["keywords"].split("; ")]
    if r["type"] in ("erratum", "preprint"):
        lines.append(("M3", r["type"].capitalize()))
    # Rayyan takes A2 for one more author, Zotero for the editor of a series
    lines += [("ED", name) for name in r["editors"].split("; ")]
    lines += [("T3", r["series"]), ("ET", r["edition"]), ("PB", r["publisher"]), ("CY", r["place"])]
    # programs that keep one value keep the first
    first = "isbn" if _RIS_TYPES.get(r["type"]) in _IN_BOOKS else "issn"
    lines += [("SN", r[name]) for name in sorted(("issn", "isbn"), key=lambda n: n != first)]
    lines += [("AD", r["affiliations"]), ("N1", r["notes"]), ("LA", r["language"]), ("UR", r["url"])]
    if r["pmid"]:
        lines.append(("M2", f"PMID: {r['pmid']}"))  # Zotero: Extra
    lines += [("DP", r["databases"]), ("ID", r["record"]), ("AN", r.get("accession", ""))]
    return "".join(f"{tag}  - {value}\r\n" for tag, value in lines if value) + "ER  - \r\n"


def to_bibtex(records: pd.DataFrame, keys: Mapping[str, str] | None = None) -> str:
    """BibTeX text of the records, with keys like danube2021citizens.

    `keys` are the keys by record id; for some of the records of a study take those that
    `citation_keys` gives to all of them, so that a work has one key in every file.
    """
    return "".join(in_bibtex(records, keys))


def in_bibtex(records: pd.DataFrame, keys: Mapping[str, str] | None = None) -> Iterator[str]:
    """The same text in pieces."""
    key_of = citation_keys(records) if keys is None else keys

    def write(rows: list[dict]) -> str:
        return "\n".join(_bib_entry(r, key_of[r["record"]]) for r in rows)

    return _pieces(article_first(records), write, "\n")


def article_first(records: pd.DataFrame) -> pd.DataFrame:
    """An article before the rest: Rayyan knows BibTeX by an @article among the first lines."""
    kinds = list(map(_bib_kind, records["type"], records["source"]))
    if "article" not in kinds:
        return records
    first = kinds.index("article")
    return records.iloc[[first, *(i for i in range(len(records)) if i != first)]]


def _bib_kind(kind: str, source: str) -> str:
    """The kind of BibTeX entry; what has a source is an article when nothing else is known of it."""
    unknown = "article" if source and kind in ("", "other") else "misc"
    return _BIB_TYPES.get(kind, unknown)


def _bib_entry(r: dict, key: str) -> str:
    kind = _bib_kind(r["type"], r["source"])
    book = kind in ("inproceedings", "incollection")
    fields = {
        "title": "{" + _tex(r["title"]) + "}" if r["title"] else "",
        "author": " and ".join(_bib_name(n) for n in r["authors"].split("; ") if n),
        "booktitle" if book else "journal": _tex(r["source"]),
        "year": r["year"],
        "volume": _tex(r["volume"]),
        "number": _tex(r["issue"]),
        "pages": _tex(r["pages"]).replace("-", "--"),
        "editor": " and ".join(_bib_name(n) for n in r["editors"].split("; ") if n),
        **{name: _tex(r[field]) for name, field in _BIB_MORE.items()},
        _BIB_HOUSES.get(kind, "publisher"): _tex(r["publisher"]),
        "doi": _verbatim(r["doi"]),
        "pmid": r["pmid"],
        "url": _verbatim(r["url"]),
        "keywords": _tex(r["keywords"]),
        "language": _tex(r["language"]),
        "type": r["type"] if r["type"] in _UNSAID else "",
        "abstract": _tex(r["abstract"]),
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@{kind}{{{key},", *lines, "}", ""])


def _bib_name(name: str) -> str:
    """A name; that of a body in braces, or BibTeX would take its last word for the family.

    "Heppner, D. G., Jr." is "Heppner, Jr., D. G." in BibTeX.
    """
    parts = _tex(name).split(", ")
    if len(parts) == 1:
        return "{" + parts[0] + "}"
    if len(parts) == 3 and is_suffix(parts[2]):
        parts = [parts[0], parts[2], parts[1]]
    return ", ".join(parts)


def _tex(text: str) -> str:
    """`text` with the signs escaped that mean something to TeX.

    BibTeX counts escaped braces too, so those of a text without as many on both sides get an
    invisible one beside them, as Zotero writes it.
    Doubled dashes and quotes are parted, or they would be read as one sign; so are the letters TEL,
    which Zotero reads as U+2121.
    """
    text = text.replace("\\", "\ue000").replace("~", "\ue001")
    if not _balanced(text):
        text = text.replace("{", "\ue002").replace("}", "\ue003")
    text = re.sub(r"([&%$#_{}])", r"\\\1", text)
    text = _DOUBLED.sub(r"\1{}", text).replace("TEL", "T{EL}")
    return re.sub("[\ue000-\ue003]", lambda m: _NAMED[m.group()], text)


def _balanced(text: str) -> bool:
    depth = 0
    for sign in re.findall("[{}]", text):
        depth += 1 if sign == "{" else -1
        if depth < 0:
            break
    return depth == 0


def _verbatim(text: str) -> str:
    return re.sub(r"[{}\\]", "", text)


def citation_keys(records: pd.DataFrame) -> dict[str, str]:
    """The key of each record: author, year, first long word of the title; repeated ones get -2, …"""
    keys: dict[str, str] = {}
    times_used: dict[str, int] = {}
    for r in rows_of(article_first(records)[["record", "authors", "year", "title"]]):
        family = ascii_words(family_name(r["authors"].split("; ")[0])).replace(" ", "")
        word = next((w for w in re.findall(r"[a-z]{4,}", ascii_words(r["title"]))), "")
        key = f"{family or 'anonymous'}{r['year']}{word}"
        times_used[key] = times_used.get(key, 0) + 1
        keys[r["record"]] = key if times_used[key] == 1 else f"{key}-{times_used[key]}"
    return keys


def to_table(records: pd.DataFrame) -> pd.DataFrame:
    """The records with the column names that ASReview and Rayyan document."""
    names = {"record": "key", "source": "journal", "pmid": "pubmed_id", "place": "location"}
    columns = """
        record title authors year source volume issue pages abstract keywords doi pmid type language url databases
        editors publisher place issn isbn series edition affiliations notes accessions
    """.split()
    return records[columns].rename(columns=names)


def to_csv(records: pd.DataFrame) -> str:
    """The same table as text."""
    return "".join(in_csv(records))


def in_csv(records: pd.DataFrame) -> Iterator[str]:
    """The same in pieces."""
    for start in range(0, max(len(records), 1), AT_ONCE):
        block = to_table(records.iloc[start : start + AT_ONCE])
        yield block.to_csv(index=False, lineterminator="\n", header=not start)


def to_csl(records: pd.DataFrame) -> str:
    """CSL-JSON text of the records."""
    return "".join(in_csl(records))


def in_csl(records: pd.DataFrame) -> Iterator[str]:
    """The same text in pieces."""

    def write(rows: list[dict]) -> str:
        listed = json.dumps([_csl_item(r) for r in rows], ensure_ascii=False, indent=1)
        return listed.removeprefix("[").removesuffix("\n]")

    yield "["
    yield from _pieces(records, write, ",")
    yield "\n]" if len(records) else "]"


def _csl_item(r: dict) -> dict:
    item = {
        "id": r["record"],
        "type": _CSL_TYPES.get(r["type"], "article-journal" if r["source"] else "document"),
        "title": r["title"],
        "author": [_csl_name(n) for n in r["authors"].split("; ") if n],
        "issued": {"date-parts": [[int(r["year"])]]} if r["year"] else None,
        "container-title": r["source"],
        "volume": r["volume"],
        "issue": r["issue"],
        "page": r["pages"],
        "DOI": r["doi"],
        "PMID": r["pmid"],
        "URL": r["url"],
        "editor": [_csl_name(n) for n in r["editors"].split("; ") if n],
        **{name: r[field] for name, field in _CSL_MORE.items()},
        "keyword": r["keywords"],
        "language": r["language"],
        "genre": r["type"] if r["type"] in ("erratum", "preprint") else "",
        "abstract": r["abstract"],
    }
    return {name: value for name, value in item.items() if value}


def _csl_name(name: str) -> dict:
    family, comma, given = name.partition(", ")
    return {"family": family, "given": given} if comma else {"literal": name}
