"""The documents of the study: what of them could be read, and which of them are the same."""

from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import repeat
from pathlib import Path

import numpy as np
import pandas as pd

from coproduction.core import accounting, identities, people_tables, study_files
from coproduction.core.errors import StudyError, raise_all
from coproduction.desk.contacts import Names, Signs, listed_names, people_with_addresses, without_contacts
from coproduction.desk.tables import DOCUMENTS, PAGES, REGISTER, SIMILAR_DOCUMENTS
from coproduction.formats.documents import Page, read_pages
from coproduction.formats.running_text import clean_pages, vocabulary
from coproduction.methods.resemblance import Pieces, similar_pairs, words_of

# What browsers add to the name of a page for the folder of what it shows, in several languages
BESIDE_A_PAGE = (
    "_files",
    ".files",
    "_file",
    "-Dateien",
    "_fichiers",
    "_archivos",
    "_ficheiros",
    "_bestanden",
    "_pliki",
)
PAGES_END = (".html", ".htm")
MANY = 12  # documents from which it pays to read them side by side


@dataclass(frozen=True)
class Entry:
    """A document of the register with its place and the pages read of it (none when the file is missing)."""

    about: dict
    path: Path
    pages: list[Page]
    missing: bool = False


@dataclass(frozen=True)
class Read:
    """The tables DOCUMENTS, PAGES and SIMILAR_DOCUMENTS."""

    documents: pd.DataFrame
    pages: pd.DataFrame
    similar_documents: pd.DataFrame


def read_documents(
    desk: Path,
    register: str | Path | None,
    files: list[Path],
    terms: str,
    key: identities.Key | None = None,
    least: float = 0.8,
    processes: int = 1,
    languages: str = "",
) -> Read:
    """What is in the study's desk folder.

    `files` are those found under documents/; `terms` (all terms of the codebook) help to join
    divided words; `key` replaces names; `least` is the shared text from which documents are similar; with many
    documents, `processes` read them side by side (PDFium must not be called from several threads); `languages` are
    those of scanned pages, whose text is recognised where an engine is installed.
    A registered file that is not there and a file that is not registered are states; files that
    cannot be read raise one StudyError that names them all.
    """
    entries = _entries(desk, register, processes, languages)
    registered = {entry.path.resolve() for entry in entries}
    unregistered = [path for path in files if path.resolve() not in registered and not _is_of_a_page(path)]
    words = vocabulary([terms, *(page.text for entry in entries for page in entry.pages)])
    pieces, listed = Pieces(), listed_names(key)
    signs = Signs(pieces)
    texts, replaced, coded = [], [], []
    for entry in entries:
        page_texts, n, codes = _without_contacts(_cleaned(entry, words), listed, signs)
        texts.append(page_texts)
        replaced.append(n)
        coded.append(codes)
    pages = [
        {
            "document": entry.about["document"],
            "page": page.number,
            "unit": page.unit,
            "heading": page.heading,
            "text": text,
        }
        for entry, page_texts in zip(entries, texts, strict=True)
        for page, text in zip(entry.pages, page_texts, strict=True)
    ]
    about = [entry.about for entry in entries]
    similar = _similar(about, texts, pieces.shingles(coded), least)
    counting = _counting(about, similar)
    rows = [
        _document_row(entry, page_texts, len(codes)) | {"replaced": n} | counting[entry.about["document"]]
        for entry, page_texts, codes, n in zip(entries, texts, coded, replaced, strict=True)
    ]
    rows += [
        {
            "file": path.relative_to(desk).as_posix(),
            "state": "not in the register",
            "pages": 0,
            "pages_without_text": 0,
            "pages_recognised": 0,
            "words": 0,
            "replaced": 0,
            "counts": "no",
        }
        for path in sorted(unregistered)
    ]
    return Read(
        accounting.table(rows, DOCUMENTS), accounting.table(pages, PAGES), accounting.table(similar, SIMILAR_DOCUMENTS)
    )


def _entries(desk: Path, register: str | Path | None, processes: int, languages: str) -> list[Entry]:
    if register is None:
        return []
    table = people_tables.read_people_table(register, REGISTER)
    if "counts" not in table:
        table["counts"] = ""
    register_rows = table.to_dict("records")
    paths = _paths(desk, table["file"], register)
    names = [f"{p} (row {row} of {Path(register).name})" for row, p in zip(table.index, paths, strict=True)]
    if processes > 1 and len(paths) >= MANY:
        with ProcessPoolExecutor(processes) as pool:
            contents = list(pool.map(_read, paths, names, repeat(languages), chunksize=4))
    else:
        contents = list(map(_read, paths, names, repeat(languages)))
    for about, path in zip(register_rows, paths, strict=True):
        about["file"] = study_files.composed(path.relative_to(desk).as_posix())
    raise_all([problem for problem in contents if isinstance(problem, StudyError)])
    return [
        Entry(about, path, [], missing=True) if pages is None else Entry(about, path, pages)
        for about, path, pages in zip(register_rows, paths, contents, strict=True)
        if not isinstance(pages, StudyError)
    ]


def _paths(desk: Path, names: pd.Series, register: str | Path) -> list[Path]:
    """Where the files of the register are; StudyError for names that lead out of the folder."""
    paths, errors = [], list[StudyError]()
    for row, name in names.items():
        try:
            paths.append(study_files.named(desk, name))
        except StudyError as error:
            errors.append(
                StudyError(
                    error.problem,
                    file=register,
                    row=int(str(row)),
                    column="file",
                    remedy="Put the document into desk/documents and write documents/ and its name",
                )
            )
    raise_all(errors)
    return paths


def _is_of_a_page(path: Path) -> bool:
    """Whether a browser saved a file (a picture, a script) beside the page of the web that shows it."""
    return any(
        folder.name.endswith(end)
        and any(folder.with_name(folder.name[: -len(end)] + html).is_file() for html in PAGES_END)
        for folder in path.parents[:3]
        for end in BESIDE_A_PAGE
    )


def _read(path: Path, name: str, languages: str) -> list[Page] | StudyError | None:
    """The pages of a document, what is wrong with it, or None where it is not there."""
    if not path.is_file():
        return None
    try:
        return read_pages(path, name, languages)
    except StudyError as error:
        return error


def _cleaned(entry: Entry, words: Counter) -> list[str]:
    unit = entry.pages[0].unit if entry.pages else ""
    return clean_pages([page.text for page in entry.pages], unit, words)


def _without_contacts(texts: list[str], listed: Names | None, signs: Signs) -> tuple[list[str], int, np.ndarray]:
    """The pages of a document without contacts of people, how many were replaced, and the pieces of its words."""
    people = people_with_addresses(texts)
    cleaned, coded, total = [], list(map(signs.pieces.codes, texts)), 0
    with_people, with_listed = signs.named(people, coded), signs.named(listed, coded)
    for place, text in enumerate(texts):
        names_on_page = listed if with_listed[place] else None, people if with_people[place] else None
        cleaned_text, n = without_contacts(text, *names_on_page, signs.of(coded[place]))
        if n:
            coded[place] = signs.pieces.codes(cleaned_text)
        cleaned.append(cleaned_text)
        total += n
    return cleaned, total, np.concatenate(coded) if coded else np.zeros(0, dtype=np.int32)


def _similar(about: list[dict], texts: list[list[str]], sets: list[np.ndarray], least: float) -> list[dict]:
    """Rows of SIMILAR_DOCUMENTS, in the order of the register, by the shingles of each document."""
    rows = []
    for pair in similar_pairs(sets, least):
        first, second = pair.texts
        same = pair.resemblance == 1 and words_of(" ".join(texts[first])) == words_of(" ".join(texts[second]))
        near = "nearly identical" if pair.resemblance >= least else "contained"
        decisions = {about[place]["counts"] for place in pair.texts} - {""}
        rows.append(
            {
                "first": about[first]["document"],
                "second": about[second]["document"],
                "similarity": "identical" if same else near,
                "resemblance": pair.resemblance,
                "in_first": pair.first,
                "in_second": pair.second,
                "decided": "yes" if decisions else "no",
            }
        )
    return rows


def _counting(about: list[dict], similar: list[dict]) -> dict[str, dict[str, str]]:
    """Which documents count: what the register says; else not the second of two identical ones."""
    same = {row["second"]: row["first"] for row in reversed(similar) if row["similarity"] == "identical"}
    stated = {entry["document"]: entry["counts"] for entry in about}
    return {
        document: {
            "same_as": same.get(document, ""),
            "counts": stated_answer or ("no" if document in same and stated[same[document]] != "no" else "yes"),
        }
        for document, stated_answer in stated.items()
    }


def _document_row(entry: Entry, texts: list[str], words: int) -> dict:
    blank = sum(1 for text in texts if not text or text.isspace())
    if entry.missing:
        state = "file missing"
    elif blank == len(texts):
        state = "no text"
    else:
        state = "partly read" if blank else "read"
    fields = ("document", "file", "title", "issuer", "country", "type")
    year = entry.about["year"]
    return {name: entry.about[name] for name in fields} | {
        "year": "" if pd.isna(year) else int(year),
        "state": state,
        "unit": entry.pages[0].unit if entry.pages else "",
        "pages": len(texts),
        "pages_without_text": blank,
        "pages_recognised": sum(page.recognised for page in entry.pages),
        "words": words,
    }
