"""Which column of a round file tells who answers, and whether its ids are persons in other files too."""

from dataclasses import replace
from pathlib import Path

import pandas as pd

from coproduction.core.errors import StudyError
from coproduction.core.text import normalise
from coproduction.delphi.headings import Place
from coproduction.delphi.round_layout import Asked
from coproduction.formats.surveys import columns as tools
from coproduction.formats.surveys.columns import columns_named
from coproduction.formats.surveys.reading_exports import Grid


def panellist_column(
    path: Path, grid: Grid, places: dict, asked: Asked, settled: str, several_rounds: bool
) -> tuple[str, bool]:
    """The column that tells who answers and whether its ids link rounds; empty: there is none.

    The column that people named; else the one that holds most ids of the panel; else one that is named
    after persons and is filled; else one with numbers of responses, which are persons in this file only.
    """
    for named_column in (settled, asked.panellist):
        if named_column in grid.rows:
            return named_column, asked.linked is not False
    rated = [name for name in grid.rows if isinstance(places[name], Place)]
    free = [name for name in grid.rows if name not in rated]
    persons = [name for name in columns_named(grid, tools.PERSON) if name in free]
    responses = [name for name in columns_named(grid, tools.RESPONSE) if name in free]
    likely = [*persons, *responses]
    other_columns = [name for name in free if name not in likely]
    fitting = [name for name in likely if asked.known & _ids_in(grid.rows[name])]
    fitting += [name for name in other_columns if _holds_ids(grid.rows[name], asked.known)]
    if fitting:
        _check_one_person(path, grid, fitting, asked.known)
        n_panel_ids = {name: len(asked.known & _ids_in(grid.rows[name])) for name in fitting}
        return max(fitting, key=lambda name: n_panel_ids[name]), asked.linked is not False
    persons = [name for name in persons if not _is_no_id(name, grid.rows[name], bool(rated))]
    filled = [name for name in persons if 2 * (grid.rows[name] != "").sum() >= len(grid.rows)]
    if filled or (persons and not responses and any(grid.rows[persons[0]] != "")):
        return (filled or persons)[0], asked.linked is not False
    if asked.panellist:
        raise StudyError(
            f"the file has no column '{asked.panellist}'",
            file=path,
            row=1,
            remedy="Correct delphi.panellist_column, or leave it empty",
        )
    numbered = [name for name in responses if 2 * (grid.rows[name] != "").sum() > len(grid.rows)]
    if not numbered:
        return "", False
    # A record of REDCap with several events, or a number that comes back in them, is a person.
    comes_back = several_rounds and bool(grid.rows[numbered[0]].duplicated().any())
    return numbered[0], comes_back if asked.linked is None else asked.linked


def _check_one_person(path: Path, grid: Grid, columns: list[str], known: frozenset[str]) -> None:
    """StudyError where two columns name different panellists in one row."""
    first_column = columns[0]
    for other_column in columns[1:]:
        pair = grid.rows[[first_column, other_column]].map(lambda cell: cell.strip().casefold())
        contradictory = pair[pair.isin(known).all(axis=1) & (pair[first_column] != pair[other_column])]
        if len(contradictory):
            raise StudyError(
                f"'{first_column}' and '{other_column}' name different panellists ({len(contradictory)} of {len(pair)} rows)",
                file=path,
                row=int(contradictory.index[0]),
                remedy="Say in delphi.panellist_column, or in delphi/columns.csv with the role "
                "'panellist', which column identifies the panellist",
            )


def with_ids(grid: Grid, panellist: str) -> Grid:
    """The grid in which each row has its id: also where that stands in a cell joined with those below, or in another row
    of its record.
    """
    if not panellist:
        return grid
    joined = {row: words for (row, column), words in grid.joined.items() if column == panellist}
    if joined:
        ids = grid.rows[panellist].copy()
        ids.update(pd.Series(joined, dtype=object))
        grid = replace(grid, rows=grid.rows.assign(**{panellist: ids}))
    return _with_ids_of_records(grid, panellist)


def _with_ids_of_records(grid: Grid, panellist: str) -> Grid:
    """The grid in which each row of a REDCap record has the id that the record has in another row.

    REDCap writes a row for each event and repetition, and an id that was asked once is in one of them alone. Records
    with two ids stay as they are.
    """
    head = {normalise(column): column for column in grid.rows}
    record = head.get("record id", "")
    if (
        panellist == record
        or not record
        or not {"redcap event name", "redcap repeat instance", "event name"} & set(head)
    ):
        return grid
    ids = grid.rows[panellist]
    written: dict[str, set[str]] = {}
    for name, cell in zip(grid.rows[record], ids, strict=True):
        written.setdefault(name, set()).update({cell} - {""})
    of_record = {name: next(iter(cells)) for name, cells in written.items() if len(cells) == 1}
    filled = ids.where(ids != "", grid.rows[record].map(of_record).fillna(""))
    return replace(grid, rows=grid.rows.assign(**{panellist: filled}))


def _is_no_id(name: str, cells: pd.Series, row_by_person: bool) -> bool:
    """Does a column that is named after persons hold addresses, which are not kept, or few words in many rows?

    A name that is not a usual one may be that of a group: hardly any of its cells may come twice.
    """
    if not row_by_person or len(cells) <= 2:
        return mostly_addresses(cells)
    filled = [cell for cell in cells if cell]
    again = len(filled) - len(set(filled))
    own_words = normalise(name) not in tools.names_of(tools.PERSON)
    return len(set(cells)) == 1 or (own_words and again > max(1, len(filled) / 5)) or mostly_addresses(cells)


def mostly_addresses(cells: pd.Series) -> bool:
    """Are most cells e-mail addresses?"""
    return bool(2 * cells.str.contains("@").sum() > len(cells))


def _ids_in(cells: pd.Series) -> set[str]:
    return {cell.strip().casefold() for cell in cells} - {""}


def _holds_ids(cells: pd.Series, known: frozenset[str]) -> bool:
    """Do most cells hold an id of the panel? Bare numbers must hardly repeat: they may be answers."""
    ids = _ids_in(cells)
    hits = ids & known
    if any(not hit.isdigit() for hit in hits):
        return len(hits) >= 2 and 2 * len(hits) >= len(ids)
    return len(hits) >= 3 and 2 * len(hits) >= len(ids) and 5 * len(ids) >= 4 * len(cells)
