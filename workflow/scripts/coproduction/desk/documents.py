"""The documents of the study: what of them could be read."""

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from coproduction.core import accounting, people_tables
from coproduction.core.errors import StudyError, raise_all
from coproduction.desk.tables import DOCUMENTS, PAGES, REGISTER
from coproduction.formats.documents import Page, read_pages
from coproduction.formats.running_text import clean_pages, vocabulary


@dataclass(frozen=True)
class Entry:
    """A document of the register with the pages read of it (none when the file is missing)."""

    about: dict
    pages: list[Page]
    missing: bool = False


def read_documents(
    desk: Path, register: str | Path | None, files: list[Path], terms: str
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """DOCUMENTS and PAGES of the study's desk folder.

    `files` are those found under documents/; `terms` (all terms of the codebook) help to join
    divided words. A registered file that is not there and a file that is not registered are
    states; files that cannot be read raise one StudyError that names them all.
    """
    entries = _entries(desk, register)
    known = {(desk / entry.about["file"]).resolve() for entry in entries}
    loose = [path for path in files if path.resolve() not in known]
    words = vocabulary([terms, *(page.text for entry in entries for page in entry.pages)])
    pages, rows = [], []
    for entry in entries:
        texts = _cleaned(entry, words)
        pages += [
            {
                "document": entry.about["document"],
                "page": page.number,
                "unit": page.unit,
                "heading": page.heading,
                "text": text,
            }
            for page, text in zip(entry.pages, texts, strict=True)
        ]
        rows.append(_document_row(entry, texts))
    rows += [
        {
            "file": path.relative_to(desk).as_posix(),
            "state": "not in the register",
            "pages": 0,
            "pages_without_text": 0,
            "words": 0,
        }
        for path in sorted(loose)
    ]
    return accounting.table(rows, DOCUMENTS), accounting.table(pages, PAGES)


def _entries(desk: Path, register: str | Path | None) -> list[Entry]:
    if register is None:
        return []
    table = people_tables.read_people_csv(register, REGISTER)
    entries, errors = [], []
    for row, about in zip(table.index, table.to_dict("records"), strict=True):
        path = desk / about["file"]
        if not path.is_file():
            entries.append(Entry(about, [], missing=True))
            continue
        try:
            entries.append(
                Entry(about, read_pages(path, f"{path} (row {row} of {Path(register).name})"))
            )
        except StudyError as error:
            errors.append(error)
    raise_all(errors)
    return entries


def _cleaned(entry: Entry, words: Counter) -> list[str]:
    unit = entry.pages[0].unit if entry.pages else ""
    return clean_pages([page.text for page in entry.pages], unit, words)


def _document_row(entry: Entry, texts: list[str]) -> dict:
    blank = sum(1 for text in texts if not text.strip())
    if entry.missing:
        state = "file missing"
    elif blank == len(texts):
        state = "no text"
    else:
        state = "partly read" if blank else "read"
    shown = ("document", "file", "title", "issuer", "country", "type")
    year = entry.about["year"]
    return {name: entry.about[name] for name in shown} | {
        "year": "" if pd.isna(year) else int(year),
        "state": state,
        "unit": entry.pages[0].unit if entry.pages else "",
        "pages": len(texts),
        "pages_without_text": blank,
        "words": sum(len(text.split()) for text in texts),
    }
