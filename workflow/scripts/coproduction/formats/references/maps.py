"""Entries as a file holds them, and which tags of each format fill which field of a record.

The maps are data: `fields.csv`, a row for each format and field with the tags that fill it, the best
first. Names of table columns are in lower case there, without punctuation. Tags that no field takes
are not lost: they are handed on as they are (other_fields.csv).
"""

import csv
from pathlib import Path

FIELDS = tuple(
    """
    title abstract authors year source volume issue pages doi pmid keywords type language url accession editors
    publisher place issn isbn series edition affiliations notes
""".split()
)

Map = dict[str, tuple[str, ...]]
Fields = list[tuple[str, str]]  # tags and values


class RawEntry:
    """Tags and values of one entry in file order, before any of its values is understood.

    `line` is where the entry begins (a person's editor counts the same way; for spreadsheets it is
    the row). `problem` says why the entry cannot be read; `repaired` what was put right to read it.
    With `outside` it is no entry but what belongs to none, and `lines` is how many lines that is.
    A reader may hand over the `values` of each tag instead, those that say something and each once,
    and read the `fields` when they are asked for.
    """

    problem = repaired = outside = ""
    lines = 0
    values: dict[str, list[str]] | None = None
    _fields: Fields | None = None

    def __init__(
        self,
        line: int,
        fields: Fields | None = None,
        problem: str = "",
        repaired: str = "",
        outside: str = "",
        lines: int = 0,
    ) -> None:
        self.line, self.lines = line, lines
        self.problem, self.repaired, self.outside = problem, repaired, outside
        self._fields = [] if fields is None else fields

    @property
    def fields(self) -> Fields:
        if self._fields is None:
            self._fields = self._read()
        return self._fields

    @fields.setter
    def fields(self, fields: Fields) -> None:
        self._fields, self.values = fields, None

    def _read(self) -> Fields:
        return []

    def __bool__(self) -> bool:
        return bool(self.fields or self.problem)


def outside(line: int, text: str, reason: str, lines: int = 1) -> RawEntry:
    """Text of a file that belongs to no entry: from which line on, how many lines, and why."""
    return RawEntry(line, [("", text)], outside=reason, lines=lines)


def _read() -> dict[str, Map]:
    maps: dict[str, Map] = {}
    with (Path(__file__).parent / "fields.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            maps.setdefault(row["format"], {})[row["field"]] = tuple(row["tags"].split("; "))
    return maps


_MAPS = _read()
RIS = _MAPS["RIS"]
NBIB = _MAPS["NBIB"]
WOS = _MAPS["WOS"]
REFER = _MAPS["REFER"]
OVID = _MAPS["OVID"]
DUBLIN_CORE = _MAPS["DUBLIN_CORE"]
REFWORKS = _MAPS["REFWORKS"]
COCHRANE = _MAPS["COCHRANE"]
BIBTEX = _MAPS["BIBTEX"]
ENDNOTE_XML = _MAPS["ENDNOTE_XML"]
JSTOR = _MAPS["JSTOR"]
JSON = _MAPS["JSON"]
SHEET = _MAPS["SHEET"]
NOTEEXPRESS = _MAPS["NOTEEXPRESS"]
ESTUDY = _MAPS["ESTUDY"]
