"""Journal, volume, issue and pages from the one line in which Ovid, PubMed and Embase write them.

Ovid also writes notes behind names and titles.

The databases behind Ovid differ: BIOSIS and PsycINFO put the role of people into brackets, Journals@Ovid
degrees and marks of addresses behind names, and the kind of text behind titles.
"""

import re

from coproduction.formats.references.author_names import order_name
from coproduction.formats.references.cleaning import clean_type

_END = re.compile(  # where a journal's name ends: at volume, month, season or year
    r"\.? Vol\.? ?\d|\. +(?=\d)|[,.]? +(?=(?:(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sep|Oct|Nov|Dec"
    r"|Spring|Summer|Autumn|Fall|Winter)[a-z]*[./ -]+){0,2}(?:\d{1,2}, +)?(?:19|20)\d\d\b)"
)
_PLACE = re.compile(r"(?<![\d-])(\d{1,5})\(([^()]{1,15})\)")
_PAGES = re.compile(r"(?:pp?\. ?|\):|(?:19|20)\d\d;\d{1,4}:|: ?(?=\d+-\d))([A-Za-z]?\d+(?:-\d+)?)")
_VOLUME = re.compile(r"(?:19|20)\d\d;(\d{1,4}):")
_CHAPTER = re.compile(r"Chapter pagination: (\d+(?:-\d+)?)")
_LAST_NUMBER = re.compile(r" (\d{1,3})\Z")
_IN_BRACKETS = re.compile(r"\s*\[[^\[\]]*(?:\]|\Z)")
_MARKS = re.compile(r"[\s,]+(?:\d{1,2}|[*+#])(?:,(?:\d{1,2}|[*+#]))*\Z")
_KIND = re.compile(r"(?<=[.?!\"”])((?:\s*\[[A-Z\d][^\[\]]{2,40}\]\.?)+)\Z")
_EDITOR = re.compile(r"\[Eds?\b[^\[\]]*\]|\[Editors?\b[^\[\]]*\]")
_YEAR = re.compile(r"\A\((?:19|20)\d\d\)\.\s*")

_DEGREES = frozenset(
    """
        PhD MD MPH MHS MSc MSN BSc RN DrPH Dr ScD DO DDS DVM PharmD MBBS MBChB MBA MEd EdD PsyD JD DSc FACS FACSM
        FACC FRCP FRCS FAAN DPT DNP MSW BSN MS MA BS BA
    """.split()
)


def clean_ovid_name(value: str) -> str:
    """ "Zhang, Weijia" of "Zhang, Weijia MD, PhD 1,2,+" and "Zhang, Weijia [Author; E-mail: …]"."""
    name = _MARKS.sub("", _IN_BRACKETS.sub("", value)).strip()
    family, comma, given = name.partition(", ")
    words = given.split()
    while len(words) > 1 and words[-1].replace(".", "").strip(",") in _DEGREES:
        words.pop()
    name = f"{family}{comma}{' '.join(words)}".rstrip(",")
    ends_in_word = len(name) > 2 and name[-1] == "." and name[-3:-1].islower()
    return name[:-1] if ends_in_word else name


def split_ovid(record: dict[str, str], changed: dict[str, str]) -> None:
    """Title without its kind of text; source, editors, volume, issue and pages from the source line."""
    kind = _KIND.search(record["title"])
    if kind:
        changed.setdefault("title", record["title"])
        record["title"] = record["title"][: kind.start()].removesuffix(".")
        record["type"] = record["type"] or clean_type(kind.group().strip(" [].")) or ""
    source = record["source"]
    changed.setdefault("source", source)
    pages = _CHAPTER.search(source) or _PAGES.search(source)
    if pages and not record["pages"]:
        record["pages"] = pages.group(1)
    editors = list(_EDITOR.finditer(source))
    if editors:
        _split_book(record, changed, editors[-1].end())
        return
    record["source"] = _END.split(source, maxsplit=1)[0].strip(" .,")
    place, volume = _PLACE.search(source), _VOLUME.search(source)
    if place and not record["volume"]:
        record["volume"], record["issue"] = place.groups()
    elif volume and not record["volume"]:
        record["volume"] = volume.group(1)
    elif (last := _LAST_NUMBER.search(record["source"])) and not record["volume"]:
        record["volume"], record["source"] = last.group(1), record["source"][: last.start()]


def _split_book(record: dict[str, str], changed: dict[str, str], end: int) -> None:
    """Editors and title of "Neenan, M [Ed]; Palmer, S [Ed]. (2012). Coaching in practice. (pp. 11-31)…"."""
    source = record["source"]
    names = (part.strip(" ;,") for part in _EDITOR.split(source[:end]))
    if not record["editors"]:
        record["editors"] = "; ".join(order_name(name) for name in names if name)
        changed.setdefault("editors", source)
    after_year = _YEAR.sub("", source[end:].lstrip(" .;,"))
    bracketed = re.match(r"\[([^\[\]]+)\]", after_year)
    record["source"] = (
        bracketed.group(1).strip(" .") if bracketed else re.split(r"\.(?=[ :]|\Z)", after_year)[0].strip()
    )


_CITED_PLACE = re.compile(r";\s*(?P<volume>\w+)(?:\((?P<issue>[^()]{1,20})\))?(?::(?P<pages>[\w-]+))?\.")
_EMBASE_SOURCE = re.compile(
    r"\A(?P<source>.+?) \((?P<year>\d{4})\) (?P<volume>[\w.-]*)(?::(?P<issue>[^ (]*))?"
    r"(?: \((?P<pages>[^)]*)\))?"
)


_DOAJ_SOURCE = re.compile(
    r"\A(?P<source>.+?)(?:, Vol (?P<volume>[\w.-]+))?(?:, Iss (?P<issue>[\w., -]+?))?(?:, Pp (?P<pages>[\w.-]+))?"
    r" \((?P<year>\d{4})\)\Z"
)


def split_pubmed(record: dict[str, str], cited: str) -> None:
    """Volume, issue and pages from PubMed's "Eur J Soc. 2020 Feb;63(2):10-9. doi: …"."""
    match = _CITED_PLACE.search(cited)
    if match:
        for field, value in match.groupdict().items():
            record[field] = record[field] or value or ""


def split_embase(record: dict[str, str], changed: dict[str, str]) -> None:
    """Journal, year, volume and pages from "Journal (2014) 3:3 (152-160). Date of …", as Embase writes them, or
    "Journal, Vol 3, Iss 3, Pp 152-160 (2014)", as the Directory of Open Access Journals does.
    """
    text = record["source"]
    listed = ", Vol " in text or ", Iss " in text or ", Pp " in text
    match = (_DOAJ_SOURCE if listed else _EMBASE_SOURCE).match(text)
    if match and record["volume"] in ("", match.group("volume")):
        changed.setdefault("source", record["source"])
        for field, value in match.groupdict().items():
            if value and (field == "source" or not record[field]):
                record[field] = value


_EBSCO_NOTE = re.compile(r"Accession Number: ([\w.-]*\w)[.;]")
_EBSCO_LANGUAGE = re.compile(r"[.;] Language: ([A-Z][a-z]+)[.;]")
EBSCO_NOTE = "Accession Number: "


def take_from_ebsco_note(record: dict[str, str]) -> None:
    """Accession number and language from a note of EBSCO ("Accession Number: 123. Language: English. …")."""
    note = record["notes"]
    for field, pattern in (("accession", _EBSCO_NOTE), ("language", _EBSCO_LANGUAGE)):
        match = pattern.search(note)
        if match and not record[field]:
            record[field] = match.group(1)
