"""What people say on a sheet of decisions by other means than words: struck-through cells, colours, and comments of Excel.

A comment goes into the note. What is struck through, and rows that are coloured where no decision is written, are asked
about: whether a line takes a decision back, and which colour includes, is known only to who drew it.
"""

import re
import zipfile
from collections.abc import Collection, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from coproduction.core.errors import StudyError, raise_all

_STRUCK = re.compile(rb"<strike(?: val=\"(?:1|true)\")?\s*/>")
_COMMENTS = re.compile(r"xl/(?:comments|threadedComments)[^.]*\.xml\Z")
_THREAD = re.compile(r"\A\[Threaded comment\].*?\bComment:\s*", re.DOTALL)


def refuse_struck(path: Path, rows: Collection[int]) -> None:
    """Raise StudyError for each of these rows that has a cell which is struck through."""
    if not _has(path, struck=True):
        return
    errors = []
    for number, cells in _cells(path, rows):
        struck = next((cell for cell in cells if cell.value is not None and cell.font and cell.font.strike), None)
        if struck is not None:
            errors.append(
                StudyError(
                    f"'{str(struck.value)[:40]}' is struck through ({struck.coordinate}), and it is not clear whether it counts",
                    file=path,
                    row=number,
                    remedy="Delete what does not count, or take the line away",
                )
            )
    raise_all(errors)


def refuse_colours(path: Path, rows: Collection[int]) -> None:
    """Raise StudyError where these rows, which have no decision, are coloured in several ways: colours may be the decisions."""
    if path.suffix.lower() not in (".xlsx", ".xlsm"):
        return
    patterns = [tuple(map(_colour, cells)) for _, cells in _cells(path, rows)]
    every_second = all(one == other for one, other in zip(patterns, patterns[2:], strict=False))
    if len(set(patterns)) > 1 and not (every_second and len(patterns) > 3):
        raise StudyError(
            "no decision is written, but rows are coloured, and what a colour means is not said",
            file=path,
            remedy="Write include, exclude or maybe into a column 'decision'",
        )


def comments(path: Path, rows: Collection[int]) -> dict[int, str]:
    """The comments on cells of these rows, by row, without the name that Excel writes above them."""
    if not _has(path, struck=False):
        return {}
    notes: dict[int, str] = {}
    for number, cells in _cells(path, rows):
        texts = [_words(cell.comment) for cell in cells if cell.comment]
        if texts:
            notes[number] = "; ".join(filter(None, texts))
    return notes


def _words(comment: Any) -> str:
    text = _THREAD.sub("", comment.text)
    author = str(comment.author or "")
    return " ".join(text.removeprefix(f"{author}:").split())


def _has(path: Path, struck: bool) -> bool:
    """Whether a workbook has a font with a line through it, or comments; most have neither, which costs no more than a look."""
    if path.suffix.lower() not in (".xlsx", ".xlsm"):
        return False
    with zipfile.ZipFile(path) as book:
        names = book.namelist()
        if struck:
            return "xl/styles.xml" in names and bool(_STRUCK.search(book.read("xl/styles.xml")))
        return any(map(_COMMENTS.match, names))


def _cells(path: Path, rows: Collection[int]) -> Iterator[tuple[int, tuple]]:
    """The cells of these rows of the sheet that is shown first."""
    wanted = set(rows)
    for number, cells in enumerate(_sheet(path, path.stat().st_mtime_ns).iter_rows(), 1):
        if number in wanted:
            yield number, cells


@lru_cache(maxsize=1)
def _sheet(path: Path, changed: int) -> Any:
    import openpyxl

    sheets = openpyxl.load_workbook(path, data_only=True).worksheets
    return next((sheet for sheet in sheets if sheet.sheet_state == "visible"), sheets[0])


def _colour(cell: Any) -> str:
    fill = cell.fill
    if fill is None or fill.fill_type is None:
        return ""
    shade = fill.fgColor
    return f"{shade.type}{shade.value}{shade.tint}"
