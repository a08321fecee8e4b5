"""Whether the rows of a table that people keep go with its headings, and which row has these."""

import difflib
from pathlib import Path

from coproduction.core import cells as written
from coproduction.core import text_tables, workbooks
from coproduction.core.errors import StudyError, raise_all
from coproduction.core.tables import Table

NEAR = 0.8  # likeness from which a heading may be that of another column


def header_row(rows: list[list[str]], form: Table) -> int:
    """Which row is the header: the first, or where that lacks needed columns one below a title.

    Of a form that needs none: the first with two cells, since a title has one.
    """
    needed = {name for name, column in form.columns.items() if column.required}
    if not needed:
        return next((at for at, row in enumerate(rows[: workbooks.TITLE_ROWS]) if sum(map(bool, row)) > 1), 0)
    for at, row in enumerate(rows[: workbooks.TITLE_ROWS]):
        if needed <= set(as_in_schema(row, form)):
            return at
    return 0


def as_in_schema(header: list[str], form: Table) -> list[str]:
    """The header with the schema's spelling where only capitals or spaces differ (`First round`)."""
    spelled = {name.casefold(): name for name in form.columns}
    header = [written.cleaned(name) for name in header]
    plain = ["_".join(name.casefold().split()) for name in header]
    return [name if name in form.columns else spelled.get(word, name) for name, word in zip(header, plain, strict=True)]


def check_doubled(header: list[str], path: str | Path, line: int) -> None:
    """Raise StudyError where a column appears twice."""
    doubled = sorted({name for name in header if name and header.count(name) > 1})
    if doubled:
        raise StudyError(f"the column '{doubled[0]}' appears twice", file=path, row=line, remedy="Rename one of them")


def check_header(header: list[str], form: Table, path: str | Path, line: int) -> None:
    """Raise StudyError where a column is missing or appears twice."""
    missing = [name for name, c in form.columns.items() if c.required and name not in header]
    check_doubled(header, path, line)
    if missing:
        columns_found = ", ".join(name for name in header if name)[:200]
        names = ", ".join(repr(name) for name in missing)
        lacking = f"the columns {names} are missing" if missing[1:] else f"the column {names} is missing"
        raise StudyError(f"{lacking} (found: {columns_found})", file=path, row=line, remedy=columns_remedy(form))


def columns_remedy(form: Table) -> str:
    """What a file without the needed columns is to have."""
    needed = [name for name, column in form.columns.items() if column.required]
    wide = f", or with '{form.wide[0]}' and a column of each '{form.wide[1]}'" if form.wide else ""
    return f"It needs a header with the columns {', '.join(needed)}{wide}"


def check_cells(rows: list[list[str]], lines: list[int], header: list[str], form: Table, path: str | Path) -> None:
    """Raise StudyError where the cells of the rows do not go with the headings."""
    raise_all(
        [
            StudyError(
                f"the row has {len(row)} cells, the header {len(header)}",
                file=path,
                row=line,
                remedy="Put text that contains the column separator (comma, semicolon or tab) in quotation marks",
            )
            for row, line in zip(rows, lines, strict=True)
            if len(row) > len(header) and any(row[len(header) :])
        ]
    )
    if Path(path).suffix.lower() == ".csv":  # rows of a workbook cannot break
        needed = [at for at, name in enumerate(header, 1) if name in form.columns and form.columns[name].required]
        broken = text_tables.broken_rows(rows, len(header), max(needed, default=0))
        raise_all([_broken(rows, lines, first, last, path) for first, last in broken])
    raise_all([error for at, name in enumerate(header) if not name for error in _unheaded(at, rows, lines, path)])


def _broken(rows: list[list[str]], lines: list[int], first: int, last: int, path: str | Path) -> StudyError:
    """What is said of rows that together have the cells of one."""
    if len(rows[last]) == 1:
        row, problem = (
            lines[last],
            "the row has one cell, as if a line end in the row before or after it had broken that",
        )
    else:
        row, problem = lines[first], f"the rows {lines[first]} to {lines[last]} together have the cells of one"
    return StudyError(
        problem,
        file=path,
        row=row,
        remedy="Put a text that has a line end in quotation marks, or fill up each row with separators",
    )


def _unheaded(at: int, rows: list[list[str]], lines: list[int], path: str | Path) -> list[StudyError]:
    """What is said of cells in a column without a heading; nothing of row numbers, as R and pandas write them."""
    filled = [(row[at], line) for row, line in zip(rows, lines, strict=True) if at < len(row) and row[at]]
    first = filled[0][0] if filled else ""
    if not filled or [cell for cell, _ in filled] == [str(int(first == "1") + n) for n in range(len(filled))]:
        return []
    more = f", and {len(filled) - 1} more cells in its column have none" if filled[1:] else ""
    return [
        StudyError(
            f"'{first}' in column {workbooks.column_letters(at + 1)} stands under no heading{more}",
            file=path,
            row=filled[0][1],
            remedy="Give the column a heading (such as 'note'), or empty these cells",
        )
    ]


def check_headings(cells: dict[str, list[str]], form: Table, path: str | Path) -> None:
    """Raise StudyError for a column that is nearly called like one the table may have, which would not be read."""
    absent = [] if form.own_columns else [name for name in form.columns if name not in cells]
    for name, column in cells.items():
        near = difflib.get_close_matches(name.casefold(), absent, n=1, cutoff=NEAR)
        if name not in form.columns and near and any(column):
            raise StudyError(
                f"no step reads the column '{name}'. Did you mean '{near[0]}'?",
                file=path,
                remedy=f"Call it '{near[0]}', or something less alike if it is another matter",
            )


def check_errors(cells: dict[str, list[str]], lines: list[int], form: Table, path: str | Path) -> None:
    """Raise StudyError for words that a table program shows in place of a value that it could not compute."""
    raise_all(
        [
            StudyError(
                f"'{cell}' stands for a formula that failed",
                file=path,
                row=line,
                column=name,
                remedy="Correct the formula, or write the value itself",
            )
            for name, column in form.columns.items()
            if name in cells and column.kind == "text"
            for cell, line in zip(cells[name], lines, strict=True)
            if written.is_error(cell) or (column.filled and written.is_not_there(cell))
        ]
    )
