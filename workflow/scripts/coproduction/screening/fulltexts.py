"""Which record each PDF belongs to that people dropped into `screening/full_texts/`.

A file is matched by the record id or the DOI in its name, the title in its name, the DOI on its
first pages, and the title on its first page. All that points somewhere must point to the same
record; otherwise the file is listed as unmatched with what it points to, and whoever knows writes
the record id into its name. Titles must be there word for word: similar ones are not guessed.

pypdfium2 reads the text, as for the desk documents; GROBID and pdf2doi (considered) need a server
or ask the network.
"""

import re
from collections.abc import Iterable
from pathlib import Path

import pandas as pd
import pypdfium2

from coproduction.core import accounting, tables
from coproduction.core.text import normalise, split_list
from coproduction.formats.references.normal import find_dois, normalise_doi
from coproduction.screening.record_matching import find_id
from coproduction.screening.tables import FULL_TEXTS

PAGES = 2  # pages that are searched for a DOI
WORDS = 4  # a title of fewer words is no evidence
PIECE = 30  # letters of a title that a cut file name must keep
_SUPPLEMENT_NAME = re.compile(
    r"(?:^|[\W_])(?:suppl?|suppl[ée]ment\w*|appendix|annex|mmc\d*|esm|moesm\d*|s[i1]_file|sm\d+)(?:[\W_]|\d|$)",
    re.IGNORECASE,
)
_SUPPLEMENT = re.compile(
    r"(?:(?:online|electronic|web)[ -])?(?:supplement(?:ary|al)?\s+(?:online\s+)?(?:materials?|information|data|appendix|files?|tables?)"
    r"|supplement\s+(?:to|for)|supporting\s+information|(?:online|web)\s+appendix|appendix\b)",
    re.IGNORECASE,
)
_HYPHEN = re.compile(r"[-\u00ad\u2010\ufffe]\s*\n\s*|\u00ad|\ufffe")


class Finder:
    """Finds the records that a file points to."""

    def __init__(self, records: pd.DataFrame) -> None:
        self.ids: dict[str, str] = {}
        self.dois: dict[str, set[str]] = {}
        self.names: dict[str, set[str]] = {}
        self.titles: dict[str, set[str]] = {}
        self.title_of: dict[str, str] = {}
        for row in records[["record", "doi", "title", "members"]].to_dict("records"):
            for record_or_member in [row["record"], *split_list(str(row["members"]))]:
                self.ids.setdefault(record_or_member, row["record"])
            doi, title = normalise_doi(row["doi"]), normalise(row["title"])
            self.title_of[row["record"]] = title
            if doi:
                self.dois.setdefault(doi, set()).add(row["record"])
                self.names.setdefault(normalise(doi), set()).add(row["record"])
            if len(title.split()) >= WORDS:
                self.titles.setdefault(title, set()).add(row["record"])

    def by_name(self, name: str) -> list[tuple[str, set[str]]]:
        """(evidence, records) from the file's name."""
        named = f" {normalise(name)} "
        dois = {r for doi, records_of_doi in self.names.items() if _stands_in(doi, named) for r in records_of_doi}
        return [("title in the file name", self._titled(name, named)), ("DOI in the file name", dois)]

    def _titled(self, name: str, named: str) -> set[str]:
        """Records whose title is the last part of the name, perhaps cut, or stands in the name."""
        piece = normalise(re.split(r" - (?=\D)|_-_", name)[-1])
        if piece in self.titles:
            return self.titles[piece]
        cut = [records_of_title for title, records_of_title in self.titles.items() if title.startswith(piece)]
        if len(piece) >= PIECE and cut:
            return set().union(*cut)
        return self._longest(named)

    def by_text(self, pages: list[str]) -> list[tuple[str, set[str]]]:
        """(evidence, records) from the text of the first pages."""
        of_pages = [find_dois(_HYPHEN.sub("", page)) for page in pages]
        own_dois = _own_dois(of_pages)
        pointers = [
            (f"DOI on page {number}", self.dois.get(doi, set()))
            for number, dois in enumerate(of_pages, 1)
            for doi in dois
            if doi in own_dois
        ]
        first = f" {normalise(_HYPHEN.sub('', pages[0]))} " if pages else ""
        return [*pointers, ("title on page 1", self._longest(first))]

    def _longest(self, text: str) -> set[str]:
        """Records of the titles in `text`, of titles within titles only the longest."""
        titles_in_text = [title for title in self.titles if f" {title} " in text]
        outer = [t for t in titles_in_text if not any(t != other and t in other for other in titles_in_text)]
        return {record for title in outer for record in self.titles[title]}


def _stands_in(doi: str, named: str) -> bool:
    """Whether the words of a DOI stand in a name, and no number behind them that belongs to another DOI."""
    _, match_found, behind = named.partition(f" {doi} ")
    return bool(match_found) and not behind[:1].isdigit()


def _own_dois(of_pages: list[list[str]]) -> set[str]:
    """The DOIs that may be a paper's own: the only one, else the first of its first page, or one on each page.

    Others are those of works that it cites, which stand on the first pages of a short paper.
    """
    every = {doi for dois in of_pages for doi in dois}
    if len(every) < 2:
        return every
    on_each = set(of_pages[0]).intersection(*map(set, of_pages[1:])) if len(of_pages) > 1 else set()
    return {*of_pages[0][:1], *on_each}


def _supplements(name: str, pages: list[str], title: str) -> bool:
    """Whether a file is what stands beside a report: by its name, or by what its first page begins with."""
    match = _SUPPLEMENT_NAME.search(name)
    if match is None and pages:
        match = _SUPPLEMENT.match(pages[0].strip()[:300])
    return match is not None and normalise(match.group()).split(" ")[0] not in title.split()


def match_files(paths: Iterable[str], folder: str, records: pd.DataFrame) -> pd.DataFrame:
    """FULL_TEXTS: every file, the record it belongs to and why, or why to none."""
    sorted_paths = sorted(paths)
    if not sorted_paths:
        return tables.empty(FULL_TEXTS)
    finder = Finder(records)
    return accounting.table([_match(Path(path), folder, finder) for path in sorted_paths], FULL_TEXTS)


def _match(path: Path, folder: str, finder: Finder) -> dict:
    name = path.relative_to(folder).as_posix()
    named_record = finder.ids.get(find_id(path.stem))
    if named_record:
        return _row(name, named_record, "record id in the file name")
    pages, problem = _first_pages(path)
    unread = problem if not pages else ""
    pointers = [(e, r) for e, r in finder.by_name(path.stem) + finder.by_text(pages) if r]
    records_pointed_to = set().union(*(records for _, records in pointers)) if pointers else set()
    evidence_words = "; ".join(dict.fromkeys(evidence for evidence, _ in pointers))
    if len(records_pointed_to) == 1:
        (record,) = records_pointed_to
        beside = _supplements(path.stem, pages, finder.title_of[record])
        doubt = unread or ("its name or first words suggest that it is a supplement" if beside else "")
        if doubt:
            return _row(
                name,
                "",
                f"{evidence_words}: {record}",
                f"{doubt}; if it is the report, add the record id to the file name",
            )
        return _row(name, record, evidence_words)
    if records_pointed_to:
        contradiction = "; ".join(f"{e}: {', '.join(sorted(r))}" for e, r in dict(pointers).items())
        return _row(name, "", contradiction, "it matches several records")
    none = "neither its name nor its first pages contain the DOI or the title of a record"
    return _row(name, "", "", problem or none)


def _row(name: str, record: str, evidence: str, problem: str = "") -> dict:
    return {"file": name, "record": record, "evidence": evidence, "problem": problem}


def _first_pages(path: Path) -> tuple[list[str], str]:
    """Text of the first pages, and what hinders reading them."""
    try:
        with pypdfium2.PdfDocument(path) as document:
            pages = [
                document[i].get_textpage().get_text_bounded().replace("\r\n", "\n")
                for i in range(min(PAGES, len(document)))
            ]
    except pypdfium2.PdfiumError as error:
        return [], f"the file cannot be read as a PDF ({error})"
    if not any(page.strip() for page in pages):
        return pages, "its first pages contain no text (a scan?), and its name matches no record"
    return pages, ""
