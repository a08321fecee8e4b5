"""From the tags of each format to the fields of a record.

`MAPS` says for each format which tags fill which field, the best first. `understand` applies it to
one entry and keeps the raw value wherever cleaning changed it.
"""

import re
from collections import defaultdict

from coproduction.literature import cleaning
from coproduction.literature.ids import normalise_doi, normalise_year
from coproduction.literature.raw import RawEntry

FIELDS = (
    "title", "abstract", "authors", "year", "source", "volume", "issue", "pages", "doi", "pmid",
    "keywords", "type", "language", "url", "accession",
)  # fmt: skip

Map = dict[str, tuple[str, ...]]

RIS: Map = {
    "title": ("TI", "T1", "CT", "BT", "TT", "ST"),
    "abstract": ("AB", "N2"),
    "authors": ("AU", "A1"),
    "year": ("PY", "Y1", "DA", "U3"),
    "source": ("T2", "JF", "JO", "JA", "J2", "J1", "BT", "T3", "C3"),
    "volume": ("VL",),
    "issue": ("IS", "CP"),
    "start": ("SP",),
    "end": ("EP",),
    "pages": ("C7",),
    "doi": ("DO", "DI", "M3", "N1"),
    "doi_url": ("UR", "L2", "LK", "L1", "L3"),
    "pmid_url": ("L2", "UR"),
    "keywords": ("KW", "DE"),
    "type": ("M3", "TY"),
    "language": ("LA",),
    "url": ("UR", "LK", "L2", "L1"),
    "accession": ("AN", "U2", "ID"),
}
NBIB: Map = {
    "title": ("TI", "BTI", "VTI", "TT"),
    "abstract": ("AB", "OAB"),
    "authors": ("FAU", "AU", "CN"),
    "year": ("DP", "DEP", "EDAT"),
    "source": ("JT", "TA", "BTI"),
    "volume": ("VI",),
    "issue": ("IP",),
    "pages": ("PG",),
    "doi": ("LID", "AID"),
    "pmid": ("PMID",),
    "keywords": ("OT", "MH"),
    "type": ("PT",),
    "language": ("LA",),
    "accession": ("PMID",),
}
WOS: Map = {
    "title": ("TI",),
    "abstract": ("AB",),
    "authors": ("AF", "AU", "BF", "BA", "CA"),
    "year": ("PY", "EY", "PD"),
    "source": ("SO", "BS", "SE"),
    "volume": ("VL",),
    "issue": ("IS",),
    "start": ("BP",),
    "end": ("EP",),
    "pages": ("AR", "PS"),
    "doi": ("DI", "D2"),
    "pmid": ("PM",),
    "keywords": ("DE", "ID"),
    "type": ("DT", "PT"),
    "language": ("LA",),
    "url": ("UR",),
    "accession": ("UT", "AN"),
}
REFER: Map = {
    "title": ("T",), "abstract": ("X",), "authors": ("A",), "year": ("D", "8"),
    "source": ("J", "B"), "volume": ("V",), "issue": ("N",), "pages": ("P",), "doi": ("R",),
    "keywords": ("K",), "type": ("9", "0"), "language": ("G",), "url": ("U",),
    "accession": ("M",),
}  # fmt: skip
BIBTEX: Map = {
    "title": ("title",),
    "abstract": ("abstract",),
    "authors": ("author",),
    "year": ("year", "date"),
    "source": ("journal", "journaltitle", "booktitle", "publication", "series"),
    "volume": ("volume",),
    "issue": ("number", "issue"),
    "pages": ("pages", "article-number", "eid", "art_number"),
    "doi": ("doi",),
    "doi_url": ("url", "link", "ee"),
    "pmid": ("pmid", "pubmed_id"),
    "keywords": ("keywords", "author_keywords", "keywords-plus", "keyword"),
    "type": ("type", "document_type", "ENTRYTYPE"),
    "language": ("language", "langid"),
    "url": ("url", "link"),
    "accession": ("unique-id", "ID"),
}
ENDNOTE_XML: Map = {
    "title": ("title",),
    "abstract": ("abstract",),
    "authors": ("author",),
    "year": ("year", "date", "pub-dates"),
    "source": ("secondary-title", "full-title", "alt-title", "abbr-1"),
    "volume": ("volume",),
    "issue": ("number", "issue"),
    "pages": ("pages", "electronic-pages"),
    "doi": ("electronic-resource-num",),
    "doi_url": ("related-urls", "url"),
    "keywords": ("keyword",),
    "type": ("work-type", "ref-type"),
    "language": ("language",),
    "url": ("related-urls", "url"),
    "accession": ("accession-num", "rec-number"),
}
JSTOR: Map = {
    "title": ("title",), "authors": ("author",), "year": ("pubdate",),
    "source": ("journaltitle",), "volume": ("volume",), "issue": ("issue",),
    "pages": ("pagerange",), "doi": ("doi",), "type": ("type",), "abstract": ("abstract",),
}  # fmt: skip
JSON: Map = {
    "title": ("title", "display_name"),
    "abstract": ("abstract", "abstract_inverted_index"),
    "authors": ("author", "authors", "authorships"),
    "year": ("issued", "publication_year", "year", "published-print", "published", "paper_date",
             "publication_date", "date"),
    "source": ("container-title", "source", "host_venue", "journal", "publication"),
    "volume": ("volume", "biblio.volume"),
    "issue": ("issue", "biblio.issue", "number"),
    "start": ("biblio.first_page",),
    "end": ("biblio.last_page",),
    "pages": ("page", "pages"),
    "doi": ("DOI", "doi", "ids.doi"),
    "doi_url": ("URL", "url"),
    "pmid": ("PMID", "pmid", "ids.pmid"),
    "keywords": ("keyword", "keywords", "concepts", "tags"),
    "type": ("genre", "type", "type_crossref"),
    "language": ("language",),
    "url": ("URL", "url", "landing_page_url"),
    "accession": ("id",),
}  # fmt: skip
# Names of table columns in lower case, without punctuation; Web of Science has its own map.
SHEET: Map = {
    "title": ("title", "document title", "article title", "item title", "primary title",
              "original title", "titel", "titre", "titulo"),
    "abstract": ("abstract", "abstract note", "notes abstract", "original abstract", "zusammenfassung"),
    "authors": ("author full names", "authors", "author", "author names", "first authors",
                "autoren", "auteurs"),
    "year": ("year", "publication year", "pubyear", "py", "date", "publication date", "jahr",
             "date of publication", "issue date", "create date", "cover date"),
    "source": ("source title", "journal", "publication title", "journal book", "journal title",
               "conference", "source", "secondary title", "book title", "container title",
               "book series title", "zeitschrift", "booktitle"),
    "volume": ("volume", "journal volume"),
    "issue": ("issue", "number", "journal issue"),
    "start": ("page start", "start page"),
    "end": ("page end", "end page"),
    "pages": ("pages", "page range", "art no", "article number"),
    "doi": ("doi", "item doi", "digital object identifier"),
    "doi_url": ("link", "url", "doi link", "full text link"),
    "pmid": ("pubmed id", "pmid", "medline pmid"),
    "keywords": ("author keywords", "keywords", "manual tags", "index keywords", "automatic tags",
                 "ieee terms", "emtree medical index terms", "concepts", "schlagworter"),
    "type": ("document type", "item type", "content type", "publication type", "type",
             "type of reference", "entrytype"),
    "language": ("language of original document", "language", "sprache"),
    "url": ("link", "url", "pdf link"),
    "accession": ("eid", "key", "accession number", "unique wos id", "document identifier", "id"),
}  # fmt: skip

_NOT_NAME = re.compile(r"[\W_]+")
_DOI_URL = re.compile(r"doi\.org/|[?&;]doi=|id=doi:", re.IGNORECASE)
_PMID_URL = re.compile(
    r"pubmed\.ncbi\.nlm\.nih\.gov/(\d{1,8})|ncbi\.nlm\.nih\.gov/pubmed/(\d{1,8})"
)
_SHORT_DATE = re.compile(r"\A(?:0?[1-9]|1[0-2])/(\d\d)\Z")
_ESCAPED = re.compile(r"\\([_%&#~$])")
_DIGITS = re.compile(r"\d{1,8}")
_EMBASE_SOURCE = re.compile(
    r"\A(?P<source>.+?) \((?P<year>\d{4})\) (?P<volume>[\w.-]*)(?::(?P<issue>[^ (]*))?"
    r"(?: \((?P<pages>[^)]*)\))?"
)


def understand(raw: RawEntry, fields: Map, fmt: str) -> tuple[dict[str, str], dict[str, str]]:
    """Fields of a record from a raw entry, and the raw values (with their tag) that were changed."""
    values: dict[str, list[str]] = defaultdict(list)
    sheet = fields is SHEET
    for written, value in raw.fields:
        tag = _NOT_NAME.sub(" ", written.lower()).strip() if sheet else written
        if value and value not in values[tag]:
            values[tag].append(value)
    record = dict.fromkeys(FIELDS, "")
    changed: dict[str, str] = {}

    def put(field: str, text: str, raws: list[str]) -> None:
        record[field] = text
        raw_text = "; ".join(raws)
        if raw_text != text:
            changed[field] = raw_text

    for field in ("title", "abstract", "source", "volume", "issue", "language", "url", "accession"):
        found = _first(values, fields.get(field, ()))
        if found:
            put(field, _tidy(field, found, fmt), found)
    _put_authors(put, values, fields, fmt)
    _put_year(put, values, fields)
    _put_pages(put, values, fields)
    _put_numbers(put, values, fields)
    found = [v for t in fields.get("keywords", ()) for v in values.get(t, ())]
    if found:
        put("keywords", _keywords(found, fmt), found)
    found = [v for t in fields.get("type", ()) for v in values.get(t, ())]
    if found:
        put("type", cleaning.clean_type(*found), found)
    if record["source"].count(" (") and not record["volume"]:
        _split_embase(record, changed)
    if record["source"] == record["title"]:
        record["source"] = ""
    return record, changed


def _first(values: dict[str, list[str]], tags: tuple[str, ...]) -> list[str]:
    return next((values[t] for t in tags if values.get(t)), [])


def _plain(value: str, fmt: str) -> str:
    return cleaning.clean_text(cleaning.clean_latex(value) if fmt == "BibTeX" else value)


def _tidy(field: str, found: list[str], fmt: str) -> str:
    """One text of the values of a field; an abstract may come in parts, a title not."""
    if field == "abstract":
        return " ".join(dict.fromkeys(_plain(v, fmt) for v in found))
    if field in ("url", "accession"):
        first = next(iter(found[0].split()), "")
        return _ESCAPED.sub(r"\1", first).strip("{}") if fmt == "BibTeX" else first
    text = _plain(found[0], fmt)
    return text.removesuffix(".") if field == "title" and not text.endswith("..") else text


def _put_authors(put, values, fields: Map, fmt: str) -> None:
    found = _first(values, fields.get("authors", ()))
    if not found:
        return
    if fmt == "BibTeX" and ";" not in found[0]:
        names = [name for value in found for name in cleaning.bibtex_authors(value)]
    else:
        names = cleaning.split_authors(found, fused="item doi" in values)
    put("authors", "; ".join(names), found)


def _put_year(put, values, fields: Map) -> None:
    tried = [v for t in fields.get("year", ()) for v in values.get(t, ())]
    year = next(filter(None, map(normalise_year, tried)), "")
    if not year:
        short = next(filter(None, (_SHORT_DATE.match(v.strip()) for v in tried)), None)
        year = f"20{short.group(1)}" if short else ""
    if tried:
        put("year", year, [next((v for v in tried if year[-2:] in v), tried[0])])


def _put_pages(put, values, fields: Map) -> None:
    start = _first(values, fields.get("start", ()))[:1]
    end = _first(values, fields.get("end", ()))[:1]
    if start:
        raws = start + end if end and end != start and start[0] not in end[0].split("-") else start
        put("pages", cleaning.clean_pages("-".join(raws)), ["-".join(raws)])
    else:
        found = _first(values, fields.get("pages", ()))[:1]
        if found:
            put("pages", cleaning.clean_pages(found[0]), found)


def _put_numbers(put, values, fields: Map) -> None:
    """DOI and PubMed number, also from the addresses that carry them."""
    candidates = [v for t in fields.get("doi", ()) for v in values.get(t, ())]
    candidates += [
        v for t in fields.get("doi_url", ()) for v in values.get(t, ()) if _DOI_URL.search(v)
    ]
    found = next(((normalise_doi(v), v) for v in candidates if normalise_doi(v)), None)
    if found:
        put("doi", found[0].split("&")[0], [found[1]])
    number = _first(values, fields.get("pmid", ()))[:1]
    digits = _DIGITS.search(number[0]) if number else None
    if digits:
        put("pmid", digits.group(), number)
        return
    for value in (v for t in fields.get("pmid_url", ()) for v in values.get(t, ())):
        address = _PMID_URL.search(value)
        if address:
            put("pmid", address.group(1) or address.group(2), [value])
            return


def _keywords(found: list[str], fmt: str) -> str:
    """Keywords once each, in order, without the stars of index terms."""
    split = [k for v in found for k in re.split(r"[;\n]|,(?=\s)" if _commas(v) else r"[;\n]", v)]
    words = (_plain(k, fmt).strip(" *.,") for k in split)
    return "; ".join({w.lower(): w for w in words if w}.values())


def _commas(value: str) -> bool:
    return ";" not in value and value.count(", ") > 1


def _split_embase(record: dict[str, str], changed: dict[str, str]) -> None:
    """Journal, year, volume and pages from "Journal (2014) 3:3 (152-160). Date of …"."""
    found = _EMBASE_SOURCE.match(record["source"])
    if found:
        changed["source"] = record["source"]
        for field, value in found.groupdict().items():
            if value and (field == "source" or not record[field]):
                record[field] = value
