"""Which record a row of people's files means: by id, else by DOI, else by title and year.

Nothing is guessed: a DOI or a title with its year counts only where exactly one record has it, and
a row whose title is that of another record than its id names is not counted. Similar titles are not
compared (rapidfuzz was considered): a wrong match would put a decision on another record unseen.
"""

import re
from dataclasses import dataclass

import pandas as pd

from coproduction.core.text import normalise
from coproduction.formats.references.normal import normalise_doi, normalise_year

_ID = re.compile(r"\br[0-9a-f]{10}\b")
_NOT_WORD = re.compile(r"[^a-z0-9]+")
MANY = ""  # stands in an index for what several records have


@dataclass(frozen=True)
class Link:
    """A record and how it was found ("id", "DOI", "title and year"), or why none was."""

    record: str = ""
    by: str = ""
    problem: str = ""
    disagrees: bool = False


def plain_title(title: str) -> str:
    """`title` as `text.normalise` has it, the quick way where there are only ASCII signs."""
    if title.isascii():
        return _NOT_WORD.sub(" ", title.lower()).strip()
    return normalise(title)


def find_id(*texts: str) -> str:
    """The first record id in the texts, or ""."""
    return next((m.group() for text in texts for m in [_ID.search(text or "")] if m), "")


class RecordIndex:
    """Finds the record that a row means."""

    def __init__(self, records: pd.DataFrame) -> None:
        self.ids = _member_index(records)
        self._dois: dict[str, str] = {}
        self._titles: dict[str, str] = {}
        self._dated: dict[tuple[str, str], str] = {}
        for row in records[["record", "title", "year", "doi"]].to_dict("records"):
            title, doi = plain_title(row["title"]), normalise_doi(row["doi"])
            if doi:
                _add(self._dois, doi, row["record"])
            if title:
                _add(self._titles, title, row["record"])
                _add(self._dated, (title, normalise_year(row["year"])), row["record"])

    def find(self, record: str, doi: str = "", title: str = "", year: str = "") -> Link:
        """The record of a row; `doi`, `title` and `year` as written, empty where the row has none."""
        title, doi, year = plain_title(title), normalise_doi(doi), normalise_year(year)
        titled = self._dated.get((title, year), MANY) if year else self._titles.get(title, MANY)
        for record_id, by in (
            (self.ids.get(record.strip()) or self.ids.get(record.strip().lower()), "id"),
            (self._dois.get(doi), "DOI"),
            (titled if year else MANY, "title and year"),
        ):
            if record_id:
                if titled and titled != record_id:
                    problem = f"its {by} belongs to {record_id} but its title to {titled}"
                    return Link(problem=problem, disagrees=True)
                return Link(record_id, by)
        return Link(problem=self._why(record, doi, title, year))

    def _why(self, record: str, doi: str, title: str, year: str) -> str:
        if doi and self._dois.get(doi) == MANY:
            return "several records have its DOI"
        if title and self._dated.get((title, year)) == MANY:
            return "several records have its title and year"
        if title and not year and title in self._titles:
            return "a record has its title, but the row has no year to confirm it"
        if record.strip() and not title:
            return "no record has this id"
        return "no record has its id, its DOI, or its title and year"


def _add(index: dict, key, record: str) -> None:
    index[key] = MANY if key in index and index[key] != record else record


def _member_index(records: pd.DataFrame) -> dict[str, str]:
    """Record id of every id a decision may name: the record's own and those of its members."""
    index: dict[str, str] = {}
    for record, members in zip(records["record"], records["members"], strict=True):
        for member in str(members or "").split(";"):
            if member.strip():
                index.setdefault(member.strip(), record)
    return index | {record: record for record in records["record"]}
