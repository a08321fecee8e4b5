"""Journal, volume, issue and pages from the one line in which some platforms write them."""

import re

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


def split_embase(record: dict[str, str], changed: dict[str, str]) -> None:
    """Journal, year, volume and pages from "Journal (2014) 3:3 (152-160). Date of …"."""
    found = _EMBASE_SOURCE.match(record["source"])
    if found:
        changed.setdefault("source", record["source"])
        for field, value in found.groupdict().items():
            if value and (field == "source" or not record[field]):
                record[field] = value
