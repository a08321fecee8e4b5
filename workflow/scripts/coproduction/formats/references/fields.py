"""From the tags of an entry to the fields of a record.

Nothing of an entry is lost on the way: a value stands in the record as it was, or its raw form is
among the changed values, or its tag and value are among the rest that no field took.
"""

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from functools import lru_cache
from itertools import groupby
from typing import Any

from coproduction.formats.references import author_names, cleaning, source_lines
from coproduction.formats.references.entry import BIBTEX, Entry, unescape
from coproduction.formats.references.field_plan import Places, column_name
from coproduction.formats.references.maps import FIELDS, RawEntry
from coproduction.formats.references.missing import UNSAID_BEGINS, is_unsaid
from coproduction.formats.references.normal import PLAIN_DOI, normalise_doi, normalise_year, unwrapped

__all__ = ["FIELDS", "Entry", "Places", "column_name", "understand"]

_SIMPLE = ("source", "volume", "issue", "language", "edition", "series", "place")
_JOINED = ("abstract", "publisher", "affiliations", "notes")
_ADDRESSES = ("url", "accession")

OVID = ("Ovid tagged", "Ovid table")
_DOI_URL = re.compile(r"\A\s*10\.\d{4}|doi\.org/|[?&;]doi=|id=doi:|/doi/|(?<!/handle)/10\.\d{4,9}/", re.IGNORECASE)
_PMID_URL = re.compile(
    r"(?:pubmed\.ncbi\.nlm\.nih\.gov/|\bPMID:\}? *|\bPUBMED |\bid=pmid:)(\d{1,8})|ncbi\.nlm\.nih\.gov/(?:m/)?pubmed/(\d{1,8})"
)
_OWN_DOI = re.compile(
    r"(?:\A|<br ?/?>|[;|\n])\s*(?:doi\s*[:=]?|electronic-resource-num:)?\s*(?:https?://(?:dx\.)?doi\.org/)?"
    r"10\.\d{4,9}/[^\s<;|]+\s*(?:\Z|<br|[;|\n])",
    re.IGNORECASE,
)
_PMID = re.compile(  # a number by itself, behind its name or in an address; no "PMC123" and no "GS:123"
    r"(?:\A|\b(?:PMID|PubMed(?: ID)?|MEDLINE)\b[:\s]*|\.gov/(?:m/)?(?:pubmed/)?)(\d{1,8})(?=\.0*\Z|\Z|[\s,;/?()\[\]])",
    re.IGNORECASE,
)
_ISBN = re.compile(r"97[89][-\d ]{10,14}\d|(?<![\d-])\d[-\d ]{8,11}[\dXx](?![\d-])")
_ISSN = re.compile(r"(?<!\d)\d{4}[-\u2010-\u2013]?\d{3}[\dXx](?![\d-])")
_DASH = re.compile("[\u2010-\u2013]")
_HAS_DIGIT = re.compile(r"\d").search
_PLAIN_ISSN = re.compile(r"\d{4}-\d{3}[\dXx]\Z", re.ASCII)
_SHORT_DATE = re.compile(r"\A(?:0?[1-9]|1[0-2])/(\d\d)\Z")


def understand(raw: RawEntry, places: Places, fmt: str) -> Entry:
    """The entry with the fields of its record, the raw values that cleaning changed, and what is left over."""
    entry = Entry(raw, places, fmt)
    plan = entry.tags
    if plan.unsure is None:
        journal = "T2" in entry.values and ("JF" in entry.values or "JO" in entry.values)
        plan.unsure = journal or not _MAY_MEAN_ELSE.isdisjoint(entry.values)
    if plan.unsure:
        _set_aside(entry)
    steps = entry.tags.steps
    if steps is None:
        steps = entry.tags.steps = _steps(entry)
        entry.tags.left = _left(entry)
    for put, field in steps:
        put(entry, field)
    record = entry.record
    if fmt in OVID:
        source_lines.split_ovid(record, entry.changed)
    elif " (" in record["source"]:
        source_lines.split_embase(record, entry.changed)
    if record["notes"].startswith(source_lines.EBSCO_NOTE):
        source_lines.take_from_ebsco_note(record)
    if record["volume"] == "PP":
        _not_in_an_issue(entry)
    if record["source"] and record["source"] == record["title"]:
        entry.changed.setdefault("source", record["source"])
        record["source"] = ""
    return entry


def _not_in_an_issue(entry: Entry) -> None:
    """IEEE writes volume PP, issue 99 and page 1 of what is in no issue yet."""
    record = entry.record
    for field, values in (("volume", ("PP",)), ("issue", ("99",)), ("pages", ("1", "1-1"))):
        if record[field] in values:
            entry.changed.setdefault(field, record[field])
            record[field] = ""


def _steps(entry: Entry) -> tuple[tuple["Step", Any], ...]:
    """What fills the fields of an entry with these tags, in this order."""
    tags = entry.tags
    steps: list[tuple[Step, Any]] = []
    for simple, group in groupby((f for f in tags if f in _PUT or f in _SIMPLE), _SIMPLE.__contains__):
        together = tuple(group)
        steps += [(Entry.put_first, together)] if simple else [(_PUT[field], field) for field in together]
    steps += [(put_names, field) for field in ("authors", "editors") if field in tags]
    if _CONFERENCE_PLACES.get(entry.fmt) in entry.values:
        steps.append((_put_place_of_conference, "place"))
    fielded: list[tuple[Step, tuple[str, ...]]] = [
        (put_year, ("year",)),
        (put_pages, ("start", "pages")),
        (_split_citation, ("volume",) if "Citation" in entry.values else ()),
        (put_doi, ("doi", "doi_url", "notes")),
        (put_pmid, ("pmid", "pmid_url")),
        (put_serial_numbers, ("issn", "isbn")),
        (put_keywords, ("keywords",)),
    ]
    for put, fields in fielded:
        if (put is _split_citation and fields) or any(field in tags for field in fields):
            steps.append((put, fields[0]))
    return (*steps, (put_type, "type"))


def _left(entry: Entry) -> tuple[str, ...]:
    """The tags of which a value may be left over: not those that a field always takes as a whole."""
    taken_whole = {tags[0] for field, tags in entry.tags.items() if field in _PUT or field in _SIMPLE}
    taken_whole.update(*(entry.tags.get(field, ()) for field in ("keywords", "type")))
    return tuple(tag for tag in entry.values if tag not in taken_whole)


Step = Callable[[Entry, Any], None]
_PUT: dict[str, Step] = {
    "title": Entry.put_title,
    **dict.fromkeys(_JOINED, Entry.put_joined),
    **dict.fromkeys(_ADDRESSES, Entry.put_address),
}
_ARTICLE_NUMBER = re.compile(r"(?:art(?:icle)?\.?\s*(?:no\.?\s*)?)?[A-Za-z]{0,6}[ .-]?\d[\w.-]*\Z", re.IGNORECASE)
_PII_PAGES = re.compile(r"(e?\d{1,7}(?:-\d+)?) \[pii\]\Z")
_NUMBER_IN = re.compile(r"(?:PUBMED|EMBASE|CINAHL|CTgov|ICTRP|HANDSEARCH)\b")
_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)\b", re.IGNORECASE)
_DIGITS_ONLY = re.compile(r"\d{4,8}\Z")


_MAY_MEAN_ELSE = frozenset(["CP", "C7", "C3", "LID", "AID"])


def _set_aside(entry: Entry) -> None:
    """Take from fields the tags that hold something else in this entry."""
    values, fmt = entry.values, entry.fmt
    if fmt == "RIS":
        if "CP" in values and not all(v[:1].isdigit() and len(v) < 10 and not _ORDINAL.match(v) for v in values["CP"]):
            entry.without("issue", "CP")  # Web of Science: a meeting
        if "C7" in values and not all(map(_ARTICLE_NUMBER.match, values["C7"])):
            entry.without("pages", "C7")  # CiteSource: a label
        if "C3" in values:
            named = any(map(_NUMBER_IN.match, values["C3"]))  # Cochrane: "EMBASE 630000001,PUBMED 30000001"
            number = all(map(_DIGITS_ONLY.match, values["C3"])) or any("PUBMED " in v for v in values["C3"])
            if number or named:
                entry.without("source", "C3")
            if not number:
                entry.without("pmid", "C3")
        if "T2" in values and ("JF" in values or "JO" in values) and _names_journal_elsewhere(values):
            entry.without("source", "T2")
    elif fmt == "PubMed NBIB":
        for tag in ("LID", "AID"):
            if tag in values and not any(map(_PII_PAGES.match, values[tag])):
                entry.without("pages", tag)


def _names_journal_elsewhere(values: Mapping[str, Collection[str]]) -> bool:
    """Whether JF or JO name the journal of an article and T2 something else (EBSCO: a subtitle)."""
    if not any(kind.startswith(("JOUR", "MGZN", "NEWS")) for kind in values.get("TY", ())):
        return False
    named = next(iter(values.get("JF") or values.get("JO") or ()), "")
    ebsco = any("ebsco" in v.lower() for tag in ("DP", "UR") for v in values.get(tag, ()))
    return bool(named) and ("JF" in values or ebsco) and named not in values["T2"]


def put_names(entry: Entry, field: str) -> None:
    values = entry.best(field)
    if not values:
        return
    if entry.fmt == "RIS" and field == "authors" and len(entry.tags[field]) > 1:
        # the first author or a body that wrote a work may stand under the other tag
        entry.used.update(("A1", "AU"))
        values = list({n: None for tag in entry.values if tag in ("A1", "AU") for n in entry.values[tag]})
    if entry.fmt == BIBTEX and ";" not in values[0]:
        names = [name for value in values for name in author_names.bibtex_authors(value)]
    else:
        cleaned = [source_lines.clean_ovid_name(value) for value in values] if entry.fmt in OVID else values
        raw = "; ".join(values)
        if cleaned is values and author_names.are_plain_names(raw):
            entry.record[field] = raw
            return
        names = author_names.split_authors(cleaned, fused="Item DOI" in entry.values)
        values = [value[1:-1] if value[:1] == "{" and value[-1:] == "}" else value for value in values]
    entry.put(field, "; ".join(names), "; ".join(values))


_CONFERENCE = re.compile(r"CONF\b|CPAPER|Conference", re.IGNORECASE)
_CONFERENCE_PLACES = {"RIS": "C1", "EndNote XML": "custom1", "RefWorks tagged": "U1"}


def _put_place_of_conference(entry: Entry, _: str) -> None:
    """The place that RIS, EndNote and RefWorks keep in a free field for conference papers."""
    tag = _CONFERENCE_PLACES.get(entry.fmt, "")
    values = list(entry.values.get(tag, ()))
    if entry.record["place"] or len(values) != 1 or values[0].isdecimal():
        return
    if any(_CONFERENCE.match(kind) for _, kind in entry.every("type")):
        entry.used.add(tag)
        entry.put("place", entry.plain(values[0]), values[0])


year_of = lru_cache(maxsize=10_000)(normalise_year)


def _split_citation(entry: Entry, _: str) -> None:
    """Journal, volume and pages of PubMed's table, which writes them as one."""
    cited = next(iter(entry.values.get("Citation", ())), "")
    if cited and not entry.record["volume"]:
        source_lines.split_pubmed(entry.record, cited)


def put_year(entry: Entry, _: str) -> None:
    tags = entry.tags["year"]
    value = entry.values[tags[0]][0]
    if len(tags) == 1 and len(value) == 4 and year_of(value) == value:
        entry.take(tags[0], value)
        entry.record["year"] = value
        return
    tried = entry.every("year")
    chosen, year = tried[0], ""
    for pair in tried:
        year = year_of(pair[1])
        if year:
            chosen = pair
            break
    else:
        for pair in tried:
            short = _SHORT_DATE.match(pair[1].strip())
            if short:
                chosen, year = pair, f"20{short.group(1)}"
                break
    entry.take(*chosen)
    entry.put("year", year, chosen[1])


def put_pages(entry: Entry, _: str) -> None:
    tags = entry.tags
    if "start" in tags:
        tag = tags["start"][0]
        raw, last = entry.values[tag][0], ""
        entry.take(tag, raw)
        if "end" in tags:
            tag = tags["end"][0]
            last = entry.values[tag][0]
            if raw.isdecimal() and last.isdecimal() and last != raw:
                entry.take(tag, last)
                entry.record["pages"] = f"{raw}-{last}"
                return
            if last in raw.split("-"):
                entry.take(tag, last)
            elif raw not in last.split("-"):
                raw = f"{raw}-{last}"
                entry.take(tag, last)
        entry.put("pages", cleaning.clean_pages(raw), raw)
        return
    pairs = entry.every("pages")[:1]
    if entry.fmt == "PubMed NBIB" and pairs and pairs[0][0] != "PG":
        pii_pages = [pair for pair in entry.every("pages") if _PII_PAGES.match(pair[1])]
        entry.take(*pii_pages[0])
        entry.put("pages", pii_pages[0][1].removesuffix(" [pii]"), pii_pages[0][1])
        return
    if pairs:
        entry.take(*pairs[0])
        raw = pairs[0][1]
        pages = cleaning.clean_latex(raw) if entry.fmt == BIBTEX else raw
        entry.put("pages", cleaning.clean_pages(pages), raw)


# Keywords in which nothing is to be parted or cleaned, each begun by a letter or digit, with "; " between.
_PLAIN_WORD = r"[A-Za-z0-9][!-%'()+/-:=-{}~-]*+(?: [!-%'()+/-:=-{}~-]++)*+"
_PLAIN_WORDS = re.compile(rf"{_PLAIN_WORD}(?:; {_PLAIN_WORD})*+\Z")


def put_keywords(entry: Entry, _: str) -> None:
    """Keywords of every tag once each, in order, without the stars of index terms."""
    tags = entry.tags["keywords"]
    values = entry.values[tags[0]] if len(tags) == 1 else [v for t in tags for v in entry.values[t]]
    raw = "; ".join(values)
    if entry.fmt != BIBTEX and are_plain_keywords(raw):
        entry.record["keywords"] = raw
        return
    entry.put("keywords", "; ".join(keywords_of(values, entry.fmt == BIBTEX)), raw)


def are_plain_keywords(text: str) -> bool:
    """Whether `text` is keywords with "; " between, each once, in which nothing is to be changed."""
    if not _PLAIN_WORDS.match(text) or "Copyright of " in text:
        return False
    lower = text.lower().split("; ")
    perhaps = [word for word in lower if word[:2] in UNSAID_BEGINS]
    return len(set(lower)) == len(lower) and not (perhaps and any(map(is_unsaid, perhaps)))


def keywords_of(values: Iterable[str], tex: bool = False) -> Collection[str]:
    """The keywords of these values, each once without regard to case."""
    words = {word.lower(): word for value in values for word in _words(value, tex)}
    return words.values()


@lru_cache(maxsize=50_000)
def _words(value: str, tex: bool) -> tuple[str, ...]:
    """The keywords of one value; kept, since many entries share them."""
    plain = (cleaning.clean_latex(part) if tex else part for part in _parts(value, tex))
    words = (cleaning.clean_text(part).strip(" *.,") for part in plain)
    return tuple(word for word in words if word and not is_unsaid(word))


_SIGNS_BETWEEN = re.compile(r"[；、，]|\s[•·]\s")


def _parts(value: str, bare: bool = False) -> list[str]:
    """The keywords of a value; with `bare`, and where no blank follows any, commas part them."""
    if "&" in value:
        value = cleaning.without_entities(value)
    if not value.isascii():
        value = _SIGNS_BETWEEN.sub(";", value)
    if ";" in value:
        # Web of Science breaks lines anywhere
        return value.replace("-\n", "-").replace("\n", " ").split(";")
    if "\n" in value:
        return value.split("\n")
    if "|" in value:
        return value.split("|")
    if value.count(", ") > 1 and not bare:
        return re.split(r",\s", value)
    if bare or ("," in value and ", " not in value):
        return re.split(r"(?<!\d),\s*|,\s*(?!\d)", value)
    return [value]


_PERHAPS_PREPRINTS = frozenset(["", "article", "other", "report", "web page"])


def put_type(entry: Entry, _: str) -> None:
    """The type; what a server of preprints holds is one, also where the database calls it an article."""
    values = [value for tag in entry.tags.get("type", ()) for value in entry.values[tag]]
    stated_type = cleaning.clean_type(*values) if values else ""
    kind = type_or_preprint(stated_type, *map(entry.record.__getitem__, TELLS_PREPRINT))
    if values or kind:
        entry.put("type", kind, "; ".join(values))


TELLS_PREPRINT = ("source", "doi", "publisher", "url", "volume")


def type_or_preprint(kind: str, source: str, doi: str, publisher: str, url: str, volume: str) -> str:
    """The type, or that of a preprint where a server has the work and no journal has printed it."""
    if kind in _PERHAPS_PREPRINTS and cleaning.is_preprint(source, doi, publisher, url):
        return kind if volume and not cleaning.is_preprint(source, "") else "preprint"
    return kind


def _plain_doi(text: str) -> str:
    """A DOI without what BibTeX needs: Mendeley writes {\\_} and {[}, others {\\textless}."""
    text = text.replace("\\textless", "<").replace("\\textgreater", ">")
    text = text.replace("$\\_$", "_").replace("$_$", "_")
    return unescape(text).replace("{", "").replace("}", "")


def put_pmid(entry: Entry, _: str) -> None:
    """The PubMed number, also from an address that carries it."""
    for tag, value in entry.every("pmid")[:1]:
        number = _PMID.search(value)
        if number:
            entry.take(tag, value)
            entry.put("pmid", number[1], value)
            return
    for tag in entry.tags.get("pmid_url", ()):
        for value in entry.values[tag]:
            address = _PMID_URL.search(value) if names_pmid(value) else None
            if address:
                entry.take(tag, value)
                entry.put("pmid", address.group(1) or address.group(2), value)
                return


def names_pmid(value: str) -> bool:
    """Whether a value may hold a PubMed number."""
    return "pubmed" in value or "PMID" in value or "PUBMED" in value or "id=pmid:" in value


def _own_doi(note: str) -> str:
    """The part of a note that is nothing but a DOI; in a sentence it may be that of another work."""
    match = _OWN_DOI.search(note) if "10." in note else None
    return match.group() if match else ""


def put_doi(entry: Entry, _: str) -> None:
    """The DOI, also from an address that carries it."""
    for tag in entry.tags.get("doi", ()):
        for value in entry.values[tag]:
            if PLAIN_DOI.match(value):
                entry.take(tag, value)
                entry.record["doi"] = value
                return
            doi_text = _own_doi(value) if tag == "N1" else unwrapped(value)
            doi = normalise_doi(_plain_doi(doi_text) if entry.fmt == BIBTEX else doi_text)
            if doi:
                entry.take(tag, value)
                entry.put("doi", doi.split("&")[0], value)
                return
    for tag, value in entry.every("doi_url"):
        if "10." in value and _DOI_URL.search(value):
            doi = normalise_doi(_plain_doi(value) if entry.fmt == BIBTEX else unwrapped(value))
            if doi:
                entry.take(tag, value)
                entry.put("doi", doi.split("&")[0], value)
                return
    _put_doi_of_note(entry)


_NOTED_DOI = re.compile(r"^\s*DOI:\s*(10\.\d{4,9}/\S+?)[.,;]*\s*$", re.IGNORECASE | re.MULTILINE)


def _put_doi_of_note(entry: Entry) -> None:
    """The DOI that Zotero keeps in a line of its own among the notes, for types that have no field for it."""
    for tag in entry.tags.get("notes", ()):
        for value in entry.values[tag]:
            noted = _NOTED_DOI.search(value) if "10." in value else None
            if noted:
                text = _plain_doi(noted.group(1)) if entry.fmt == BIBTEX else noted.group(1)
                entry.put("doi", normalise_doi(text), value)
                return


def is_plain_issn(value: str) -> bool:
    return _PLAIN_ISSN.match(value) is not None and value != "0000-0000"


def put_serial_numbers(entry: Entry, _: str) -> None:
    """ISSN and ISBN; several formats write both under one tag."""
    issn = issn_given = entry.best("issn")
    isbn = entry.best("isbn")
    if len(issn) == 1 and not isbn and is_plain_issn(issn[0]):
        entry.record["issn"] = issn[0]
        return
    raw = {"issn": "; ".join(issn_given), "isbn": "; ".join(isbn or issn_given)}
    if issn and not isbn:
        isbn = [n for v in issn for n in _ISBN.findall(v)]
        issn = [without_isbn for v in issn for without_isbn in (_ISBN.sub("", v),) if _HAS_DIGIT(without_isbn)]
    for field, values, number in (("issn", issn, _ISSN), ("isbn", isbn, _ISBN)):
        if values:
            plain = map(entry.plain, values)
            numbers = [n for text in plain for n in number.findall(text) or [text]]
            text = _DASH.sub("-", "; ".join(n for n in dict.fromkeys(numbers) if n.strip("0-")))
            entry.put(field, text, raw[field])
