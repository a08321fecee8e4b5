"""Tables with one row per answer, in which a column names the statement: DelphiManager's scores, data deposits,
real-time tools; and what is told where no column of a round file holds ratings.
"""

from collections.abc import Collection, Mapping
from pathlib import Path

import pandas as pd

from coproduction.core.errors import StudyError
from coproduction.core.text import some
from coproduction.delphi.heading_words import bare_comment
from coproduction.delphi.headings import COMMENT, RATING, Doubt, Headings, Place
from coproduction.delphi.round_layout import STATEMENT, Layout
from coproduction.formats.surveys import columns as tools
from coproduction.formats.surveys.columns import columns_named
from coproduction.formats.surveys.reading_exports import Grid

MOST_KINDS = 6  # of answers on one statement, as importance and feasibility


def row_by_row(
    path: Path, grid: Grid, headings: Headings, places: dict, panellist: str, linked: bool, submitted: str, rounds: str
) -> Layout:
    """The layout of a table with one row per answer: a column names the statement and one holds the rating.

    Raises StudyError where there are no such columns, none identifies the panellist, or another column tells several
    answers of a panellist on a statement apart, so that not all of them are ratings.
    """
    column_of_role = {p.role: c for c, p in places.items() if isinstance(p, Place) and not p.statement}
    statement_columns = (
        [column_of_role[STATEMENT]] if STATEMENT in column_of_role else columns_named(grid, tools.STATEMENT)
    )
    n_known = {c: sum(bool(headings.statement(cell)) for cell in set(grid.rows[c])) for c in statement_columns}
    statement = max(statement_columns, key=lambda c: n_known[c]) if statement_columns else ""
    values = columns_named(grid, tools.VALUE)
    value = column_of_role.get(RATING) or next((c for c in values if c != statement), "")
    if not statement or not value or not n_known[statement]:
        raise _no_rating(path, grid, headings, places)
    if not panellist:
        raise StudyError(
            "the file has one row per answer, and no column identifies the panellist",
            file=path,
            row=1,
            remedy="Export it with a panellist column, or name the column in "
            "delphi/columns.csv with the role 'panellist'",
        )
    _check_one_answer_each(
        path, grid, [panellist, statement, *([rounds] if rounds else [])], {submitted, value}, places
    )
    comment = next((c for c in grid.rows if bare_comment(c) and c not in (statement, value)), "")
    comment = column_of_role.get(COMMENT, comment)
    used = {panellist, submitted, statement, value, comment, rounds}
    unexplained = [c for c in grid.rows if c not in used and not tools.is_tools_own(grid, c)]
    unused = dict.fromkeys(unexplained, "the column is not a panellist, statement, rating, comment or time")
    cells = {value: Place(RATING)} | ({comment: Place(COMMENT)} if comment else {})
    return Layout(panellist, linked, submitted, cells, statement, rounds, unused)


def _check_one_answer_each(
    path: Path, grid: Grid, key: list[str], others: Collection[str], places: Mapping[str, Place | Doubt | None]
) -> None:
    """StudyError where few words of another column tell most of the answers of one panellist on a statement apart."""
    pairs = grid.rows[key]
    if 2 * pairs.duplicated(keep=False).sum() < len(pairs):
        return
    for column in grid.rows.columns.difference([*key, *others], sort=False):
        words = sorted(set(grid.rows[column]))
        few = 1 < len(words) <= min(MOST_KINDS, 2 * len(pairs) / 3) and not all(word.isdigit() for word in words)
        if places.get(column) is not None or not few or bare_comment(column) or tools.is_tools_own(grid, column):
            continue
        if not grid.rows[[*key, column]].duplicated().any():
            raise StudyError(
                f"a panellist has several answers on one statement, told apart by '{column}' ({some(words)}): they are not all "
                "ratings of one question",
                file=path,
                row=1,
                column=column,
                remedy="Keep the rows of one kind in the file; if the column names the round, give it the role 'round' in "
                "delphi/columns.csv, if it says nothing on the answers, the role 'ignore'",
            )


def _no_rating(path: Path, grid: Grid, headings: Headings, places: dict) -> StudyError:
    """What is wrong where no column surely holds a rating, with the lines of columns.csv to write."""
    doubts = {c: place for c, place in places.items() if isinstance(place, Doubt)}
    remedy = "Use the ids of statements.csv as question codes, or say in delphi/columns.csv what "
    remedy += "each column is (a column map: column, role, statement)"
    if doubts:
        guesses = [
            f"'{column}' may be the {doubt.role} of {doubt.statement or 'a statement'}"
            for column, doubt in doubts.items()
        ]
        remedy += "; " + some(guesses, shown=8)
    turned = [c for c in grid.rows if _names_statements(grid.rows[c], headings)]
    if turned:
        remedy = f"'{turned[0]}' lists statements in rows: transpose the table, so that each row is "
        remedy += "a panellist and each column a statement, or export one row per answer"
    elif naming := [c for c in grid.rows if _names_statements(grid.rows[c], headings, each_once=False)]:
        remedy = f"'{naming[0]}' names statements row by row, but which columns hold the panellist and the rating is not clear: "
        remedy += "say so in delphi/columns.csv (roles panellist, statement, rating)"
    return StudyError(
        "no column with ratings was found: none clearly names a statement of statements.csv",
        file=path,
        row=1,
        remedy=remedy,
    )


def _names_statements(cells: pd.Series, headings: Headings, each_once: bool = True) -> bool:
    """Whether a column names statements, each once; or, where they may be named again, at least in most rows."""
    named = [headings.statement(cell) for cell in cells if cell]
    if not each_once:
        return any(not cell.isdigit() for cell in cells if cell) and 2 * sum(map(bool, named)) > len(named)
    return len(named) > 1 and all(named) and len(set(named)) == len(named)
