"""Journal, volume, issue and pages from the one line in which some platforms write them."""

import re

_OVID_END = re.compile(  # where a journal's name ends: at volume, month, season or year
    r"\.? Vol\.? ?\d|\. +(?=\d)|[,.]? +(?=(?:(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sep|Oct|Nov|Dec"
    r"|Spring|Summer|Autumn|Fall|Winter)[a-z]*[./ -]+){0,2}(?:\d{1,2}, +)?(?:19|20)\d\d\b)"
)
_OVID_PLACE = re.compile(r"(?<![\d-])(\d{1,5})\(([^()]{1,15})\)")
_OVID_PAGES = re.compile(r"(?:pp?\. ?|\):)([A-Za-z]?\d+(?:-\d+)?)")
_CITED_PLACE = re.compile(
    r";\s*(?P<volume>\w+)(?:\((?P<issue>[^()]{1,20})\))?(?::(?P<pages>[\w-]+))?\."
)
_EMBASE_SOURCE = re.compile(
    r"\A(?P<source>.+?) \((?P<year>\d{4})\) (?P<volume>[\w.-]*)(?::(?P<issue>[^ (]*))?"
    r"(?: \((?P<pages>[^)]*)\))?"
)


def split_pubmed(record: dict[str, str], cited: str) -> None:
    """Volume, issue and pages from PubMed's "Eur J Soc. 2020 Feb;63(2):10-9. doi: …"."""
    found = _CITED_PLACE.search(cited)
    if found:
        for field, value in found.groupdict().items():
            record[field] = record[field] or value or ""


def split_ovid(record: dict[str, str], changed: dict[str, str]) -> None:
    """Journal and place from "Journal. Vol.43(5), Sep 2015, pp. 623-634" or "Journal May 2010;14(1):56"."""
    source = record["source"]
    changed.setdefault("source", source)
    record["source"] = _OVID_END.split(source, maxsplit=1)[0].strip(" .,")
    place = _OVID_PLACE.search(source)
    pages = _OVID_PAGES.search(source)
    if place and not record["volume"]:
        record["volume"], record["issue"] = place.groups()
    if pages:
        record["pages"] = record["pages"] or pages.group(1)


def split_embase(record: dict[str, str], changed: dict[str, str]) -> None:
    """Journal, year, volume and pages from "Journal (2014) 3:3 (152-160). Date of …"."""
    found = _EMBASE_SOURCE.match(record["source"])
    if found:
        changed.setdefault("source", record["source"])
        for field, value in found.groupdict().items():
            if value and (field == "source" or not record[field]):
                record[field] = value
