"""What people say on a sheet of decisions by other means than words: colours, and comments of Excel.

A comment goes into the note. Rows that are coloured where no decision is written are asked about: which colour includes is
known only to who chose it. Lines through cells are asked about in all tables (core/workbooks).
"""

import re
import zipfile
from collections.abc import Collection, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from coproduction.core.errors import StudyError

_COMMENTS = re.compile(r"xl/(?:comments|threadedComments)[^.]*\.xml\Z")
_THREAD = re.compile(r"\A\[Threaded comment\].*?\bComment:\s*", re.DOTALL)


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
    if not _has_comments(path):
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


def _has_comments(path: Path) -> bool:
    """Whether a workbook has comments; most have none, which costs no more than a look."""
    if path.suffix.lower() not in (".xlsx", ".xlsm"):
        return False
    with zipfile.ZipFile(path) as book:
        return any(map(_COMMENTS.match, book.namelist()))


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
