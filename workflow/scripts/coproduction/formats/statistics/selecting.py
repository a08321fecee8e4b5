"""Which series a table of public statistics offers, and the values of the one that somebody asks for.

A series is asked for by the name its publisher gives it and, where a table holds several of that name, by what
tells them apart: `SI.POV.GINI`, `ilc_li02?unit=PC&sex=T`, `v2x_polyarchy`. What is left open is asked about,
since to take the first of two units would be a guess.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from coproduction.core.errors import StudyError
from coproduction.core.text import some
from coproduction.formats.statistics.headings import mark_of, plain
from coproduction.formats.statistics.layouts import ACROSS, BY_COLUMN, Layout, names_in, names_of_file, year_of

YEAR = "year"  # the part that says of which year a table is that has none
ANY = "*"  # of a part: whatever it is
NORMAL = {"obsstatus": "A", "confstatus": "F"}  # SDMX: a normal value, free for publication
_SERVICE = re.compile(r"(?:worldbank|eurostat|oecd):", re.IGNORECASE)
_WITH_PARTS = re.compile(r"(.+?)\?(\w[^=?]*=.+)")
_MARKED = re.compile(r"([-+]?[\d.,]+(?:[eE][-+]?\d+)?|:)\s*([a-z]{1,4})")  # 12.3 bp, of Eurostat's TSV


@dataclass(frozen=True)
class Wanted:
    """A series that somebody asks for: its name and, by plain heading, what its parts have to be."""

    name: str
    parts: Mapping[str, str]


def wanted(series_text: str) -> Wanted:
    """What people write for a series.

    >>> wanted("eurostat:ilc_li02?unit=PC&sex=T")
    Wanted(name='ilc_li02', parts={'unit': 'PC', 'sex': 'T'})
    """
    name = _SERVICE.sub("", series_text.strip(), count=1)
    split = _WITH_PARTS.fullmatch(name)
    if not split:
        return Wanted(name, {})
    pairs = (part.partition("=") for part in split[2].split("&") if part)
    return Wanted(split[1], {plain(head): value.strip() for head, _, value in pairs})


@dataclass(frozen=True)
class Selection:
    """The part of a table that holds one series: its rows and the columns with values."""

    rows: pd.DataFrame
    columns: list[str]
    year: int | None = None  # of all its values, where the table has none

    def overlaps(self, other: "Selection") -> bool:
        """Whether both hold a cell that is the same."""
        return bool(set(self.columns) & set(other.columns)) and bool(self.rows.index.isin(other.rows.index).any())


def select(layout: Layout, asked: Wanted) -> Selection | None:
    """The part of a table that holds a series; None where it has none of this name.

    Raises StudyError where the name and its parts fit several series, or a part fits none.
    """
    if is_undated(layout):
        return _of_said_year(layout, asked)
    columns = _columns(layout, asked.name)
    if columns is not None:
        return Selection(_with_parts(layout, layout.body, asked), columns) if columns else None
    rows = _rows(layout, asked.name)
    if rows is None:
        return None
    rows = _with_parts(layout, rows, asked)
    _check_single(layout, rows, asked)
    return Selection(rows, _of_values(layout))


def is_undated(layout: Layout) -> bool:
    """Whether a table does not say of which year its values are."""
    return layout.form == BY_COLUMN and not layout.year


def _of_said_year(layout: Layout, asked: Wanted) -> Selection | None:
    """The series of a table without years, of the year that people say."""
    if YEAR not in asked.parts:
        return None
    columns = _columns(layout, asked.name)
    if not columns:
        return None
    year = year_of(asked.parts[YEAR])
    if year is None:
        raise StudyError(f"'{asked.parts[YEAR]}' is not a year", remedy="Write ?year= and four digits in codebook.csv")
    parts = {head: value for head, value in asked.parts.items() if head != YEAR}
    return Selection(_with_parts(layout, layout.body, Wanted(asked.name, parts)), columns, year)


def _of_values(layout: Layout) -> list[str]:
    return list(layout.years) if layout.form == ACROSS else [layout.value]


def _columns(layout: Layout, name: str) -> list[str] | None:
    """Of tables with a series in a column (or several columns with years) those of this name; None for other tables."""
    if not layout.titles:
        return None
    fitting = [series for series, titles in layout.titles.items() if _same(name, titles)]
    if not fitting and _same(name, names_of_file(layout.name)):
        fitting = list(layout.titles)
    if len(fitting) > 1:
        raise StudyError(
            f"{layout.name} contains {len(fitting)} series, and '{name}' does not say which is meant",
            remedy=f"Name one of its columns: {some(fitting, 12)}",
        )
    if layout.form == BY_COLUMN or not fitting:
        return fitting
    return [column for column, (series, _) in layout.years.items() if series == fitting[0]]


def _rows(layout: Layout, name: str) -> pd.DataFrame | None:
    """Of other tables the rows of this name: by a column of names, or all by the name of the file."""
    fits = pd.Series(False, index=layout.body.index)
    for column in layout.names:
        cells = layout.body[column]
        has_name = {cell: _same(name, names_in(cell)) for cell in cells.unique()}
        fits |= cells.map(has_name).astype(bool)
    if fits.any():
        return layout.body[fits]
    return layout.body if _same(name, names_of_file(layout.name)) else None


def _same(name: str, names: Sequence[str]) -> bool:
    return name.casefold() in {other_name.casefold() for other_name in names}


def _with_parts(layout: Layout, rows: pd.DataFrame, asked: Wanted) -> pd.DataFrame:
    """The rows that have what is asked for in each part."""
    telling = [*layout.dimensions, *(name for name in layout.titles if name in layout.body)]
    heads = {plain(column): column for column in [*telling, *layout.names]}
    for head, value in asked.parts.items():
        if head not in heads:
            raise StudyError(
                f"{layout.name} has no part '{head}' that distinguishes series (it has {some(telling, 12) or 'none'})",
                remedy="Correct the series in codebook.csv",
            )
        cells = rows[heads[head]]
        chosen = cells.str.casefold() == value.casefold()
        if value != ANY and not chosen.any():
            raise StudyError(
                f"in {layout.name} no {heads[head]} is '{value}' (it has {some(sorted(cells.unique()), 12)})",
                remedy="Correct the series in codebook.csv",
            )
        rows = rows if value == ANY else rows[chosen]
    return rows


def _check_single(layout: Layout, rows: pd.DataFrame, asked: Wanted) -> None:
    """Raise StudyError where the rows belong to several series."""
    filled = rows[_filled(layout, rows)]
    free = [c for c in [*layout.names, *layout.dimensions] if asked.parts.get(plain(c)) != ANY]
    telling = _telling(filled, [column for column in free if _varies(filled[column])])
    if telling:
        cells = {column: sorted(cell or "(empty)" for cell in filled[column].unique()) for column in telling}
        differences = "; ".join(f"{column} has {some(cell_values, 8)}" for column, cell_values in cells.items())
        example = "&".join(f"{column}={filled[column].iloc[0]}" for column in telling)
        raise StudyError(
            f"{layout.name} contains several series named '{asked.name}': {differences}",
            remedy=f"Specify in the column 'series' of codebook.csv which is meant, as in {asked.name}?{example}",
        )


def _varies(cells: pd.Series) -> bool:
    return len(cells) > 0 and bool((cells != cells.iloc[0]).any())


def _telling(rows: pd.DataFrame, columns: Sequence[str]) -> list[str]:
    """These columns without those that only repeat an earlier one in other words (a code and its label)."""
    telling: list[str] = []
    for column in columns:
        pairs = (rows[[earlier_column, column]].drop_duplicates() for earlier_column in telling)
        if not any(both.iloc[:, 0].is_unique and both.iloc[:, 1].is_unique for both in pairs):
            telling.append(column)
    return telling


def _filled(layout: Layout, rows: pd.DataFrame) -> pd.Series:
    """Which rows have a value in any year."""
    return (rows[_of_values(layout)] != "").any(axis=1)


def cells(layout: Layout, part: Selection) -> pd.DataFrame:
    """The cells of a series in the order of the file: row, year, cell, flag and the columns of places.

    Those without a value are among them; `year` is NA where the period is no year.
    """
    rows = part.rows
    if layout.form == ACROSS:
        each = [
            rows[layout.places].assign(row=rows.index, year=layout.years[c][1], cell=rows[c], flag=mark_of(c))
            for c in part.columns
        ]
        table = pd.concat(each, ignore_index=True).sort_values(["row", "year"], kind="stable")
    else:
        years = rows[layout.year].map(year_of) if layout.year else part.year
        table = rows[layout.places].assign(
            row=rows.index, year=years, cell=rows[part.columns[0]], flag=_flags(layout, rows)
        )
    marked = table["cell"].str.extract(f"^{_MARKED.pattern}$")
    has = marked[0].notna()
    marked[1] = (table["flag"] + " " + marked[1]).str.strip()
    table.loc[has, ["cell", "flag"]] = marked.loc[has].to_numpy()
    return table.astype({"year": "Int64"}).reset_index(drop=True)


def _flags(layout: Layout, rows: pd.DataFrame) -> pd.Series:
    """The marks of each row; that a value is normal or may be published is none."""
    flag_text = rows[layout.year].map(mark_of) if layout.year else pd.Series("", index=rows.index)
    for column in layout.flags:
        marks = rows[column].mask(rows[column] == NORMAL.get(plain(column)), "")
        flag_text = (flag_text + " " + marks).str.strip()
    return flag_text


@dataclass(frozen=True)
class Offer:
    """A series that a table holds: how to ask for it, its title where it has one, its values, and where they are."""

    series: str
    title: str
    values: int
    first_year: int | None
    last_year: int | None
    part: Selection


def offers(layout: Layout) -> list[Offer]:
    """The series that a table holds, in the order in which they first appear."""
    if layout.titles:
        named = ((titles, _columns(layout, name) or []) for name, titles in layout.titles.items())
        return [
            _offer(layout, Selection(layout.body, columns), titles[:2][-1], titles[-1]) for titles, columns in named
        ]
    of_file = names_of_file(layout.name)[-1]
    varying = [column for column in (*layout.names, *layout.dimensions) if _varies(layout.body[column])]
    keys = _telling(layout.body, varying)
    columns = _of_values(layout)
    if not keys:
        return [_offer(layout, Selection(layout.body, columns), *_called(layout, layout.body, of_file))]
    all_offers = []
    for key_values, rows in layout.body.groupby(keys, sort=False):
        name, title = _called(layout, rows, of_file)
        differing = [pair for pair in zip(keys, key_values, strict=True) if pair[0] not in layout.names[:1]]
        query = "&".join(f"{key}={cell}" for key, cell in differing)
        all_offers.append(_offer(layout, Selection(rows, columns), f"{name}?{query}" if query else name, title))
    return all_offers


def _called(layout: Layout, rows: pd.DataFrame, of_file: str) -> tuple[str, str]:
    """The name of the series in these rows, and its title."""
    row_names = [str(rows[column].iloc[0]) for column in layout.names if len(rows)]
    if not row_names or not row_names[0]:
        return of_file, ""
    return names_in(row_names[0])[:2][-1], row_names[1] if row_names[1:] else ""


def _offer(layout: Layout, part: Selection, series: str, title: str) -> Offer:
    filled = part.rows[part.columns] != ""
    if layout.form == ACROSS:
        years = [layout.years[column][1] for column in part.columns if filled[column].any()]
    elif is_undated(layout):
        years = []
    else:
        year_cells = part.rows.loc[filled[part.columns[0]], layout.year].unique()
        years = [year for cell in year_cells if (year := year_of(cell))]
    values, first, last = int(filled.sum().sum()), min(years, default=None), max(years, default=None)
    return Offer(series, "" if title == series else title, values, first, last, part)
