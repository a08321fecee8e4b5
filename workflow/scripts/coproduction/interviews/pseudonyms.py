"""Pseudonyms: names are replaced when a transcript enters, and places are kept.

Literal replacement by a key that people keep was chosen over named-entity recognition (spaCy,
Presidio): people know whom they spoke about, and a model that misses one name in twenty protects
nobody. What the key names in another form than it lists stops the step instead of slipping through.
No message ever repeats a name: messages stand in logs and on screens.
"""

import bisect
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from coproduction import tables
from coproduction.errors import StudyError, raise_all
from coproduction.interviews.tables import IDENTITIES

SHORT_NAME = 4  # names of fewer letters are looked for as whole words only: 'Al' stands in 'Also'


@dataclass(frozen=True)
class Replacement:
    """A name at raw[raw_start:raw_end] became the pseudonym at new[start:end]."""

    raw_start: int
    raw_end: int
    start: int
    end: int
    pseudonym: str


@dataclass(frozen=True)
class Key:
    """The names in the order of identities.csv (its rows kept) and what stands for them."""

    names: tuple[str, ...] = ()
    pseudonyms: tuple[str, ...] = ()
    rows: tuple[int, ...] = ()
    file: str = "identities.csv"

    def pattern(self) -> re.Pattern | None:
        """Finds the names as whole words, the longest first."""
        ordered = sorted(range(len(self.names)), key=lambda i: (-len(self.names[i]), i))
        pieces = [f"(?P<n{i}>{_words(self.names[i])})" for i in ordered]
        return re.compile(rf"(?<!\w)(?:{'|'.join(pieces)})(?!\w)") if pieces else None


def read_key(path: str | Path | None) -> Key:
    """The key in identities.csv; an empty one where there is no file.

    Raises StudyError for a name that stands twice and a pseudonym that holds a name of the key.
    """
    if not path:
        return Key()
    table = _read_quietly(path)
    names, rows = [" ".join(n.split()) for n in table["find"]], [int(r) for r in table.index]
    key = Key(tuple(names), tuple(table["replace"]), tuple(rows), str(path))
    doubled = [row for i, row in enumerate(rows) if names[i] in names[:i]]
    raise_all(
        [
            StudyError(
                "the name of this row stands there more than once",
                file=path,
                row=row,
                column="find",
                remedy="Remove one of the rows",
            )
            for row in doubled
        ]
        + [
            StudyError(
                "the pseudonym holds a name that the key replaces",
                file=path,
                row=row,
                column="replace",
                remedy="Choose words that name nobody",
            )
            for row, pseudonym in zip(rows, key.pseudonyms, strict=True)
            if _left_in(pseudonym, key) is not None
        ]
    )
    return key


def _read_quietly(path: str | Path) -> pd.DataFrame:
    """The table of the key; where it has no header, the message must not repeat its first names."""
    try:
        return tables.read_people_csv(path, IDENTITIES)
    except StudyError as error:
        if "is missing (found:" not in error.problem:
            raise
        problem = error.problem.split(" (found:")[0]
        raise StudyError(problem, file=path, row=1, remedy=error.remedy) from None


def pseudonymise(text: str, key: Key) -> tuple[str, list[Replacement]]:
    """`text` with its names replaced, and where that was done."""
    pattern = key.pattern()
    if pattern is None:
        return text, []
    pieces, done, last, length = [], [], 0, 0
    for match in pattern.finditer(text):
        pseudonym = key.pseudonyms[int(match.lastgroup[1:])]
        length += match.start() - last
        done.append(Replacement(*match.span(), length, length + len(pseudonym), pseudonym))
        pieces += [text[last : match.start()], pseudonym]
        last, length = match.end(), length + len(pseudonym)
    return "".join([*pieces, text[last:]]), done


def to_pseudonymised(position: int, replacements: list[Replacement], end: bool = False) -> int:
    """A place in the raw text as a place in the pseudonymised one.

    A place inside a name goes to the pseudonym's start, or its end when it is the end of a segment.
    """
    index = bisect.bisect_right(replacements, position, key=lambda r: r.raw_start) - 1
    if index < 0:
        return position
    r = replacements[index]
    if position >= r.raw_end:
        return position + r.end - r.raw_end
    if position == r.raw_start:
        return r.start
    return r.end if end else r.start


def guard(made: Mapping[str, pd.DataFrame | str], key: Key) -> None:
    """Raise StudyError where a name of the key is left in a table or text that is to be written.

    `made` gives each by the words that a message may use for it.
    """
    errors = []
    for label, content in sorted(made.items()):
        texts = [content] if isinstance(content, str) else _cells(content)
        rows = sorted({row for text in texts if (row := _left_in(text, key)) is not None})
        errors += [
            StudyError(
                f"the name of this row is left in the {label}, in another form",
                file=key.file,
                row=row,
                column="find",
                remedy="Add a row with the form that stands there (a compound, capitals, a declension), "
                "or rename the file that bears it",
            )
            for row in rows
        ]
    raise_all(errors)


def _cells(table: pd.DataFrame) -> list[str]:
    columns = [table[name] for name in table if table[name].dtype.kind not in "iufb"]
    return [str(cell) for column in columns for cell in column.dropna().unique()]


def _left_in(text: str, key: Key) -> int | None:
    """Row of the first name that `text` holds: long names also within a word and in capitals.

    Accents do not count, and for names of several words neither does the case; single words in
    lower case are let through, because 'birch' may be the tree.
    """
    squeezed = _plain(" ".join(text.split()))
    lower = squeezed.casefold()
    for given, row in zip(key.names, key.rows, strict=True):
        name = _plain(given)
        if len(name) < SHORT_NAME:
            if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", squeezed):
                return row
        elif (
            name in squeezed
            or name.upper() in squeezed
            or (" " in name and name.casefold() in lower)
        ):
            return row
    return None


def _plain(text: str) -> str:
    """`text` without accents."""
    if text.isascii():
        return text
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))


def _words(name: str) -> str:
    return r"\s+".join(re.escape(word) for word in name.split())
