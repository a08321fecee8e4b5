"""What a workbook of people has beside the cells that are read: comments, hidden rows and columns, other sheets.

None of it changes a result. `make check` tells of it, since who hides a row or writes "wrong, see mail" in a comment may
mean that something does not count.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from coproduction.core import open_document, workbooks
from coproduction.core.errors import StudyError
from coproduction.core.forms import NOTES
from coproduction.core.text import one_line, some

_SHOWN = 60  # signs of a comment


def questions(path: str | Path) -> list[StudyError]:
    """A sentence for each kind of thing beside the cells of a workbook (.xlsx, .ods); none for other and large files."""
    path = Path(path)
    if path.suffix.lower() not in workbooks.SHEETS or path.stat().st_size > workbooks.LARGE:
        return []
    of_kind = _of_open_document if path.suffix.lower() == ".ods" else _of_workbook
    return [StudyError(problem, file=path, remedy=remedy) for problem, remedy in of_kind(path)]


def _of_workbook(path: Path) -> Iterator[tuple[str, str]]:
    import openpyxl

    book = openpyxl.load_workbook(path, data_only=True)
    sheet, *others = [s for s in book.worksheets if s.sheet_state == "visible"] or book.worksheets[:1]
    rows = [list(row) for row in sheet.iter_rows()]
    hidden = [row[0].row for row in rows if sheet.row_dimensions[row[0].row].hidden and any(map(_has_words, row))]
    yield from _hidden("row", [str(number) for number in hidden])
    letters = [
        column[0].column_letter
        for column in zip(*rows, strict=True)
        if _is_hidden(sheet, column[0].column) and any(map(_has_words, column))
    ]
    yield from _hidden("column", letters)
    yield from _comments([(cell.coordinate, cell.comment.text) for row in rows for cell in row if cell.comment])
    yield from _not_read([s.title for s in others if any(_has_words(cell) for row in s.iter_rows() for cell in row)])


def _is_hidden(sheet: Any, number: int) -> bool:
    columns = sheet.column_dimensions.values()
    return any(part.hidden and (part.min or 0) <= number <= (part.max or 0) for part in columns)


def _has_words(cell: Any) -> bool:
    return cell.value is not None and str(cell.value).strip() != ""


def _of_open_document(path: Path) -> Iterator[tuple[str, str]]:
    sheets = list(open_document.content(path).iter(f"{open_document.TABLE}table"))
    rows = [
        row
        for row in sheets[0].iter(f"{open_document.TABLE}table-row")
        if row.get(f"{open_document.TABLE}visibility") in ("collapse", "filter")
    ]
    words = [one_line(" ".join(map(open_document.words, row.iter(*open_document.PARAGRAPHS)))) for row in rows]
    yield from _hidden("row", [f"'{text[:_SHOWN]}'" for text in words if text])
    notes = [one_line(" ".join(note.itertext())) for note in sheets[0].iter(f"{open_document.OFFICE}annotation")]
    yield from _comments([("", note) for note in notes])


def _hidden(what: str, places: list[str]) -> Iterator[tuple[str, str]]:
    if places:
        yield (
            f"hidden {what}s count all the same: {some(places)}",
            "Delete what does not count; a filter that hides it changes nothing",
        )


def _comments(comments: list[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    if comments:
        place, text = comments[0]
        words = one_line(text)
        more = f" (and {len(comments) - 1} more)" if comments[1:] else ""
        yield (
            f"no step reads the comment{f' at {place}' if place else ''}, '{words[:_SHOWN]}{'…' if words[_SHOWN:] else ''}'{more}",
            "Where it changes what the table says, write that into a cell",
        )


def _not_read(titles: list[str]) -> Iterator[tuple[str, str]]:
    left_out = [f"'{title}'" for title in titles if title != NOTES]
    if left_out:
        yield (
            f"no step reads the sheet{'s' if left_out[1:] else ''} {some(left_out)}: the first that is not hidden counts",
            "Save what counts as a file of its own, or hide the sheet",
        )
