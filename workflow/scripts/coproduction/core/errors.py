"""The one kind of error that a researcher is meant to read.

Everything that people can fix (a file, a row, a setting) is reported as a `StudyError`: one
sentence on what is wrong and where, one on what to do. Anything else is a defect of the workflow
and keeps its traceback in the log.
"""

import difflib
import errno
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

SHOWN_AT_MOST = 10
_QUOTED = re.compile(r"'[^']*'")


class StudyError(Exception):
    """A problem in the study's own files or settings.

    `row` is the row a person sees in a spreadsheet or the line seen in an editor (the first is 1).
    """

    def __init__(
        self,
        problem: str,
        *,
        file: str | Path | None = None,
        row: int | None = None,
        column: str | None = None,
        remedy: str | None = None,
    ) -> None:
        self.problem = problem
        self.file = None if file is None else str(file)
        self.row = row
        self.column = column
        self.remedy = remedy
        self.parts: tuple[StudyError, ...] = (self,)  # what it lists, each by itself
        super().__init__(self._sentence())

    def _sentence(self) -> str:
        place = [self.file] if self.file else []
        if self.row is not None:
            place.append(f"row {self.row}")
        if self.column is not None:
            place.append(f"column '{self.column}'")
        text = _ended(self.problem)
        if place:
            text = f"{', '.join(place)}: {text}"
        return f"{text} {_ended(self.remedy)}" if self.remedy else text


class Asked(StudyError):
    """Something plausible that may be wrong: people look at it, and nothing stops."""


def _ended(sentence: str) -> str:
    sentence = sentence.strip()
    return sentence if sentence.endswith((".", "!", "?")) else sentence + "."


def of_a_folder(path: str | Path) -> StudyError:
    """What to do about a folder that has the name of a file."""
    return StudyError(
        "this is a folder; the workflow expects a file of this name",
        file=path,
        remedy="Put the file itself here, or give the folder another name",
    )


def of_the_machine(error: OSError | MemoryError) -> StudyError | None:
    """What a person can do about a full disk, a refused file or too little memory; None for others."""
    if isinstance(error, MemoryError):
        return StudyError(
            "this computer does not have enough memory for this step",
            remedy="Close other programs, or run fewer steps at once: make CORES=1",
        )
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return StudyError(
            "there is no space left on the disk",
            file=error.filename,
            remedy="Free some space and run again; finished steps are kept",
        )
    if error.errno == errno.EROFS:
        return StudyError(
            "this disk can be read but not written to",
            file=error.filename,
            remedy="Copy the study to another disk, or name a folder elsewhere in the setting 'results'",
        )
    if error.errno == errno.EISDIR:
        return of_a_folder(error.filename)
    if error.errno in (errno.EACCES, errno.EPERM):
        return StudyError(
            "the workflow is not allowed to read or write there",
            file=error.filename,
            remedy="Close the file if another program has it open, or change its permissions",
        )
    return None


def nearest(given: str, allowed: Sequence[str]) -> str | None:
    """The allowed word that `given` is probably a misspelling of, capitals aside; None if none is."""
    words = {word.casefold(): word for word in reversed(allowed)}
    close = difflib.get_close_matches(given.casefold(), list(words), n=1)
    return words[close[0]] if close else None


def did_you_mean(word: str, allowed: Sequence[str]) -> str:
    """`Did you mean 'Scopus'? `, ready to begin a remedy; empty where no allowed word is near."""
    near = nearest(word, allowed)
    return f"Did you mean '{near}'? " if near else ""


def raise_all(errors: Sequence[StudyError]) -> None:
    """Raise one `StudyError` that lists `errors` (the first ten and the count of the rest).

    Does nothing when there are none, so that a check can collect all problems first.
    """
    if not errors:
        return
    if len(errors) == 1:
        raise errors[0]
    lines = [f"  - {error}" for error in errors[:SHOWN_AT_MOST]]
    if len(errors) > SHOWN_AT_MOST:
        lines.append(f"  - and {len(errors) - SHOWN_AT_MOST} more of this kind.")
    listing = StudyError(f"{len(errors)} problems:\n" + "\n".join(lines))
    listing.parts = tuple(part for error in errors for part in error.parts)
    raise listing


def told_once(errors: Iterable[StudyError]) -> list[str]:
    """A sentence for each kind of problem in a column of a file, with the number of the rows that have it.

    >>> told_once(StudyError(f"'{x}' is no day", file="a.csv", row=n, column="d") for n, x in ((2, "x"), (5, "y")))
    ["a.csv, row 2, column 'd': 'x' is no day (2 rows of this kind: 2, 5)."]
    """
    kinds: dict[tuple, list[StudyError]] = {}
    for error in errors:
        kinds.setdefault((error.file, error.column, _QUOTED.sub("''", error.problem)), []).append(error)
    sentences = []
    for errors_of_kind in kinds.values():
        first = errors_of_kind[0]
        rows = list(dict.fromkeys(str(error.row) for error in errors_of_kind if error.row is not None))
        if len(rows) > 1:
            row_list = ", ".join(rows[:SHOWN_AT_MOST]) + (" …" if rows[SHOWN_AT_MOST:] else "")
            problem = f"{first.problem.rstrip('.')} ({len(rows)} rows of this kind: {row_list})"
            first = StudyError(problem, file=first.file, row=first.row, column=first.column, remedy=first.remedy)
        sentences.append(str(first))
    return list(dict.fromkeys(sentences))
