"""Files among the exports that may be none, or are there twice: asked about before they count.

What searches.csv lists is an export, because people said so. A file that it does not list may be a copy
that a program made (`scopus (1).csv`), or a table of another part of the study with titles in it, and
each of its rows would be a record that no database gave.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Protocol

from coproduction.core.errors import StudyError, raise_all

SAME = ("title", "authors", "year", "source", "volume", "pages", "doi", "abstract")  # tells entries apart
TABLES = ("CSV", "Excel", "Excel 97")  # forms that tables of any kind have
TELLING = ("authors", "source", "doi", "pmid", "abstract")  # of a record, beside its title
DECISIONS = {"decision", "reviewer", "decided_by", "asreview_label", "covidence #", "covidence number"}
OF_TOOLS = ("RAYYAN-INCLUSION:", "ASReview_", "asreview_")  # what screening tools write into notes
LISTED = "list it in searches/searches.csv (database, file)"


class Read(Protocol):
    """A file that was read: its name, its form, how many entries it gave, and fields of each."""

    name: str
    format: str
    rows: list[tuple]
    others: list[tuple]

    def values(self, names: Iterable[str]) -> Iterator[tuple]: ...


def ask(files: Sequence[Read], listed: Collection[str]) -> None:
    """Raise one StudyError for all files that `listed` does not name and that may be no exports."""
    raise_all([*_copies(files, listed), *_decided(files, listed), *_no_records(files, listed)])


def _copies(files: Sequence[Read], listed: Collection[str]) -> Iterator[StudyError]:
    """Files all of whose entries are in another file too; of two alike the one not listed, or the later."""
    if len(files) < 2 or all(file.name in listed for file in files):
        return
    entries_of = {file.name: set(map(hash, file.values(SAME))) for file in files}
    asked_about: set[str] = set()
    for file in sorted(files, key=lambda f: (len(entries_of[f.name]), -len(f.name), f.name)):
        if file.name in listed or not file.rows:
            continue
        others = {name: entries for name, entries in entries_of.items() if name not in asked_about | {file.name}}
        holder = _that_holds(entries_of[file.name], others)
        if holder:
            asked_about.add(file.name)
            yield StudyError(
                f"each of its {len(file.rows)} entries is in {holder} too, so that it may be a copy",
                file=f"searches/{file.name}",
                remedy=f"Move it out of searches/, or, if it is a separate search, {LISTED}",
            )


def _that_holds(entries: set[int], others: Mapping[str, set[int]]) -> str:
    """The name of the first file that holds all these entries; empty where none does."""
    return next((name for name in sorted(others) if entries <= others[name]), "")


def columns_of_decisions(text: str) -> str:
    """The first column of a table that only decisions have; empty for any other file."""
    head = next((line for line in text.splitlines() if line.strip()), "")[:2000]
    names = [name.strip(" \"'\ufeff").casefold() for name in re.split(r"[,;\t]", head)]
    return next((name for name in names if name in DECISIONS), "") if len(names) > 1 else ""


def _decided(files: Sequence[Read], listed: Collection[str]) -> Iterator[StudyError]:
    """Files in which people have decided: a reviewer's queue, an export of a screening tool."""
    for file in files:
        if file.name in listed or not file.rows:
            continue
        decision_columns = sorted(
            {tag for _, tag, _ in file.others if tag.casefold() in DECISIONS} if file.format in TABLES else ()
        )
        named = f"it has a column '{decision_columns[0]}'" if decision_columns else _noted(file)
        if named:
            yield StudyError(
                f"{named}, so that it may be a table of decisions rather than an export "
                f"of a database; its {len(file.rows)} rows would count as records",
                file=f"searches/{file.name}",
                remedy=f"Move it to screening/, or, if it is an export, {LISTED}",
            )


def _noted(file: Read) -> str:
    """What says that the notes of a file are of a screening tool; empty where nothing does."""
    marks = (mark for (note,) in file.values(("notes",)) if note for mark in OF_TOOLS if mark in note)
    mark = next(marks, "")
    return f"its notes have '{mark.strip(':_')}'" if mark else ""


def _no_records(files: Sequence[Read], listed: Collection[str]) -> Iterator[StudyError]:
    """Tables whose rows have titles, but nothing else by which a work is known, or no title and columns that nobody knows."""
    for file in files:
        if file.name in listed or file.format not in TABLES or not file.rows:
            continue
        if not any(map(any, file.values(TELLING))):
            yield StudyError(
                f"its {len(file.rows)} entries have titles, but neither authors, journals, DOIs nor abstracts, so that "
                "it may not be an export of a database",
                file=f"searches/{file.name}",
                remedy=f"Move it to the folder it belongs to, or, if it is an export, {LISTED}",
            )
        elif not any(title for (title,) in file.values(("title",))) and len(unread := _tags_left(file)) > 2:
            yield StudyError(
                f"none of its {len(file.rows)} entries has a title, and what these columns mean is not known: {', '.join(unread[:8])}",
                file=f"searches/{file.name}",
                remedy=f"Assign them in the setting literature.columns, or, if the rest will do, {LISTED}",
            )


def _tags_left(file: Read) -> list[str]:
    """The columns of a table that fill no field, in their order."""
    return list(dict.fromkeys(tag for _, tag, _ in file.others))
