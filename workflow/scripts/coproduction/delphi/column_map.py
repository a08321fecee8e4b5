"""Columns of round files that people have mapped: in columns.csv one by one, or all in a file of a round.

What headings leave open is written as a table that is ready to be filled in and put there.
"""

from collections.abc import Collection
from pathlib import Path

import pandas as pd

from coproduction.core.errors import StudyError, raise_all
from coproduction.delphi.columns import check_there
from coproduction.delphi.headings import CHOICE, COMMENT, NO_OPINION, RANK, RATING, Place
from coproduction.delphi.round_layout import PANELLIST, ROUND, STATEMENT, SUBMITTED, Layout
from coproduction.formats.surveys.reading_exports import Grid


def mapped(path: Path, grid: Grid, columns: pd.DataFrame, linked: bool = True) -> Layout:
    """Use a map of all columns (COLUMNS); columns that it does not name are unused."""
    check_there(path, grid, list(columns["column"]))
    columns_of = {role: list(part["column"]) for role, part in columns.groupby("role")}
    if len(columns_of.get(PANELLIST, [])) > 1:
        raise StudyError(
            "the column map must name one column for the panellist",
            file=path,
            remedy="Give at most one column the role 'panellist'",
        )
    mapped_columns = set(columns["column"])
    unused = {c: "the column map does not name the column" for c in grid.rows if c not in mapped_columns}
    first_of_role = {role: names[0] for role, names in columns_of.items()}
    panellist, submitted = first_of_role.get(PANELLIST, ""), first_of_role.get(SUBMITTED, "")
    head = (panellist, linked and bool(panellist), submitted)
    if STATEMENT in first_of_role:
        if RATING not in first_of_role:
            raise StudyError(
                "the column map names a column for the statement but none for the rating",
                file=path,
                remedy="Give the column with the ratings the role 'rating'",
            )
        cells = {first_of_role[role]: Place(role) for role in (RATING, COMMENT) if role in first_of_role}
        return Layout(*head, cells, first_of_role[STATEMENT], first_of_role.get(ROUND, ""), unused)
    return Layout(*head, places_of(columns), "", first_of_role.get(ROUND, ""), unused)


def places_of(columns: pd.DataFrame) -> dict[str, Place]:
    """The places of answers in COLUMNS."""
    of_answers = columns[columns["role"].isin([RATING, COMMENT, NO_OPINION])]
    return {
        column: Place(role, statement)
        for column, role, statement in of_answers[["column", "role", "statement"]].itertuples(index=False)
    }


def settled_in(columns: pd.DataFrame | None, file: str, statements: Collection[str], path: Path) -> dict[str, Place]:
    """What people settled in columns.csv (COLUMNS) for a file: column → place; open rows left out.

    Raises StudyError for a statement that statements.csv lacks.
    """
    if columns is None:
        return {}
    files = columns["file"] if "file" in columns else pd.Series("", columns.index)
    settled_rows = columns[files.isin(["", file]) & (columns["role"] != "")]
    statement_cells = settled_rows["statement"] if "statement" in settled_rows else pd.Series("", settled_rows.index)
    raise_all(
        [
            StudyError(
                f"statements.csv has no statement '{statement}'" if statement else "the column needs a statement",
                file=path,
                row=int(row),
                column="statement",
                remedy="Name the statement that the column is about",
            )
            for row, statement in statement_cells.items()
            if statement not in statements
            and settled_rows.loc[row, "role"] in (RATING, COMMENT, NO_OPINION)
            and not (settled_rows["role"] == STATEMENT).any()
        ]
    )
    return {
        column: Place(role, statement)
        for column, role, statement in zip(settled_rows["column"], settled_rows["role"], statement_cells, strict=True)
    }


def to_settle(layout: Layout, grid: Grid, file: str) -> list[dict[str, str]]:
    """COLUMNS_TO_SETTLE: the columns that people are asked about, ready to be filled in."""
    return [
        dict(file=file, column=column, role="", statement=doubt.statement, asked=doubt.why, heading=grid.texts[column])
        for column, doubt in layout.doubts.items()
    ]


def columns_read(layout: Layout, grid: Grid) -> list[dict[str, str]]:
    """COLUMNS_READ: every column of the file, and how it was interpreted."""
    roles = {
        layout.panellist: "panellist",
        layout.submitted: "time",
        layout.round: "round",
        layout.statement: "statement",
    }
    roles.pop("", None)
    rows = []
    for column in grid.rows:
        row = dict(column=column, heading=grid.texts[column], statement="", reason="")
        if column in roles:
            row["taken_for"] = roles[column]
        elif (place := layout.cells.get(column)) is not None:
            role = RATING if place.role in (RANK, CHOICE) else place.role
            row |= dict(taken_for=role, statement=place.statement)
        elif (doubt := layout.doubts.get(column)) is not None:
            row |= dict(taken_for="asked about", statement=doubt.statement, reason=doubt.why)
        elif column in layout.unused:
            row |= dict(taken_for="not used", reason=layout.unused[column])
        else:
            row["taken_for"] = "column of the survey tool"
        rows.append(row)
    return rows
