"""Names that must not get out: the key of names and the check that none is left in a text.

No message ever repeats a name: messages are seen in logs and on screens. Literal search for the names
that people list was chosen over named-entity recognition (spaCy, Presidio): people know whom they
asked, and a model that misses one name in twenty protects nobody. Addresses and telephone numbers
are found by their shape.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from coproduction.core import people_tables, tables
from coproduction.core.errors import StudyError, raise_all

SHORT_NAME = 4  # names of fewer letters are looked for as whole words only: 'Al' is part of 'Also'
SHAPES = {
    "an e-mail address": re.compile(r"[^\s@<>(),;:]+@[^\s@<>(),;:]+\.\w{2,}"),
    "a web address": re.compile(r"https?://\S+|\bwww\.\S+", re.IGNORECASE),
    "a telephone number": re.compile(r"(?<![\w.,])(?:\+|00)?\(?\d(?:[ ()/.-]?\d){7,14}(?![\w])"),
}
_QUOTED = re.compile(r"'((?:[^']|'(?=\w))*)'")  # O'Brien is one word
_ACCENTS = re.compile(  # the blocks of combining marks of Unicode
    "[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"
)
DATES = re.compile(r"\b(?:19|20)\d\d\s*[-–/]\s*(?:19|20)\d\d\b|\b\d{1,4}[-./]\d{1,2}[-./]\d{1,4}\b")

IDENTITIES = tables.people(
    "*/identities.csv",
    "Names that must not be disclosed (in interviews/ or delphi/) and what replaces them; the "
    "file never leaves the study folder.",
    {
        "find": tables.text("name as written in the transcripts or comments", filled=True),
        "replace": tables.text("what replaces it", filled=True),
        "also_in": tables.text(
            "folders of the results in which the name may also appear because it is public, "
            "such as that of an author in literature; separated by ;",
            required=False,
        ),
    },
)


@dataclass(frozen=True)
class Key:
    """The names in the order of identities.csv (its rows kept) and what replaces them."""

    names: tuple[str, ...] = ()
    pseudonyms: tuple[str, ...] = ()
    rows: tuple[int, ...] = ()
    file: str = "identities.csv"
    also_in: tuple[str, ...] = ()

    def pattern(self) -> re.Pattern | None:
        """Finds the names as whole words, the longest first."""
        ordered = sorted(range(len(self.names)), key=lambda i: (-len(self.names[i]), i))
        pieces = [f"(?P<n{i}>{_words(self.names[i])})" for i in ordered]
        return re.compile(rf"(?<!\w)(?:{'|'.join(pieces)})(?!\w)") if pieces else None


def read_key(path: str | Path | None) -> Key:
    """The key in identities.csv; an empty one where there is no file.

    Raises StudyError for a name that appears twice and a pseudonym that holds a name of the key.
    """
    if not path:
        return Key()
    table = _read_quietly(path)
    names, rows = [" ".join(n.split()) for n in table["find"]], [int(r) for r in table.index]
    also_in = tuple(table["also_in"]) if "also_in" in table else ("",) * len(names)
    key = Key(tuple(names), tuple(table["replace"]), tuple(rows), str(path), also_in)
    doubled = [row for i, row in enumerate(rows) if names[i] in names[:i]]
    raise_all(
        [
            StudyError(
                "the name of this row appears more than once",
                file=path,
                row=row,
                column="find",
                remedy="Remove one of the rows",
            )
            for row in doubled
        ]
        + [
            StudyError(
                "the pseudonym contains a name that the key replaces",
                file=path,
                row=row,
                column="replace",
                remedy="Choose a pseudonym that does not name anybody",
            )
            for row, pseudonym in zip(rows, key.pseudonyms, strict=True)
            if _left_in(pseudonym, key) is not None
        ]
    )
    return key


def _read_quietly(path: str | Path) -> pd.DataFrame:
    """The table of the key, without names in what is said of it."""
    try:
        return people_tables.read_people_table(path, IDENTITIES)
    except StudyError as error:
        quiet = [without_names(part) for part in error.parts]
    raise_all(quiet)
    raise AssertionError  # an error has a part


def without_names(error: StudyError) -> StudyError:
    """What is wrong in a key, without the words of its cells: the message is seen on screens and in logs.

    >>> str(without_names(StudyError("'Anna' in column C stands under no heading", row=2)))
    "row 2: '…' in column C stands under no heading."
    """
    problem = error.problem.split(" (found:")[0]
    problem = _QUOTED.sub(lambda match: match[0] if match[1] in IDENTITIES.columns else "'…'", problem)
    return StudyError(problem, file=error.file, row=error.row, column=error.column, remedy=error.remedy)


def guard(outputs: Mapping[str, pd.DataFrame | str], key: Key) -> None:
    """Raise StudyError where a name of the key is left in a table or text that is to be written.

    `outputs` gives each by the words that a message may use for it.
    """
    errors = []
    for label, content in sorted(outputs.items()):
        texts = [content] if isinstance(content, str) else _cells(content)
        rows = sorted({row for text in texts if (row := _left_in(text, key)) is not None})
        errors += [
            StudyError(
                f"the name in this row remains in the {label} in another form",
                file=key.file,
                row=row,
                column="find",
                remedy="Add a row with the form that is used there (a compound, capitals, an "
                "inflection), or rename the file that contains it",
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
    squeezed = unaccented(" ".join(text.split()))
    lower = squeezed.casefold()
    for listed_name, row in zip(key.names, key.rows, strict=True):
        name = unaccented(listed_name)
        if len(name) < SHORT_NAME:
            if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", squeezed):
                return row
        elif name in squeezed or name.upper() in squeezed or (" " in name and name.casefold() in lower):
            return row
    return None


def unaccented(text: str) -> str:
    """`text` without accents."""
    return text if text.isascii() else _ACCENTS.sub("", unicodedata.normalize("NFD", text))


def traces(text: str, keys: list[Key]) -> list[str]:
    """What in `text` tells who somebody is, in words that do not repeat it; empty where nothing.

    Names of the keys, e-mail and web addresses, telephone numbers. Years, spans of years and dates
    are no telephone numbers.
    """
    problems = []
    for key in keys:
        row = _left_in(text, key)
        if row is not None:
            problems.append(f"the name in row {row} of {Path(key.file).name}")
    undated = DATES.sub(" ", text)
    return problems + [kind for kind, shape in SHAPES.items() if shape.search(undated)]


def _words(name: str) -> str:
    return r"\s+".join(re.escape(word) for word in name.split())
