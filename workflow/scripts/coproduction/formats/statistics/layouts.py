"""What a table of public statistics is made of: places, years, values, and which series it holds.

Publishers lay the same three things out in three ways: years side by side (World Bank, Eurostat's TSV,
Gapminder, UNDP), one row a value (SDMX-CSV of Eurostat and the OECD, WHO), and one column a series
(Our World in Data, V-Dem, Quality of Government). Headings are known from `headings.csv`, never guessed
from what is in a column.

Of the libraries of the field sdmx1 2.28 refuses what Eurostat hands out (SDMX-CSV 1.0) and wants a structure that
it fetches for the OECD's; pysdmx 1.21 reads both without the rows of the file, which messages and the trail of a value
need, and neither reads what the World Bank and the others hand out.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

import pandas as pd

from coproduction.core import countries
from coproduction.core.errors import StudyError
from coproduction.core.text import one_line
from coproduction.formats.statistics.headings import TOP, YEAR_HEADING, in_one_row, mark_of, plain, roles
from coproduction.formats.statistics.reading import Sheet

ACROSS, BY_ROW, BY_COLUMN = "years side by side", "one row a value", "one column a series"
_AGAIN = re.compile(r"(.+) \(\d+\)")  # what a heading becomes that comes again
_OF_ONE_YEAR = re.compile(r"(.*[^\W\d_].*?)[ _](1[89]\d\d|20\d\d)")  # hdi_1990
_IN_BRACKETS = re.compile(r"(.+) \[([^\]]+)\]")  # GDP (current US$) [NY.GDP.MKTP.CD]
_DATASET = re.compile(r"(?:[\w.]+:)?([\w.@-]+?)(?:\([\d.]+\)(?:: .*)?)?")  # ESTAT:ILC_LI02(1.0)
_LABELLED = re.compile(r"([\w@.+-]+): ?\S.*")  # REF_AREA: Reference area; AT: Austria
_SOURCE = re.compile(
    r"(?:source|note|footnote|quelle|anmerkung|fuente|nota|fonte|remarque|bron)s?\s*[:.]|[*†‡]|©", re.IGNORECASE
)
_MEASURE = re.compile(r"[-+]?\d*[.,]\d+(?:[eE][-+]?\d+)?")


@dataclass(frozen=True)
class Layout:
    """A table whose parts are known.

    name: of the table
    form: ACROSS, BY_ROW or BY_COLUMN
    body: its rows as text, by their numbers in the file, without notes of the publisher
    places: columns that name the country, those with codes first
    years: ACROSS and BY_COLUMN with the year in the heading: column → (name of its series or "", year)
    year, value: the columns of both, "" where the layout has none; BY_COLUMN without years: somebody has to say the year
    flags: columns with marks of the publisher
    names: columns that name the series (their cells hold its code or title)
    dimensions: columns that tell series of one name apart (unit, sex, age)
    titles: BY_COLUMN: column → the names that its series goes by
    notes: how many rows are notes of the publisher
    """

    name: str
    form: str
    body: pd.DataFrame
    places: list[str]
    years: dict[str, tuple[str, int]] = field(default_factory=dict)
    year: str = ""
    value: str = ""
    flags: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    dimensions: list[str] = field(default_factory=list)
    titles: dict[str, list[str]] = field(default_factory=dict)
    notes: int = 0


@dataclass(frozen=True)
class _Headings:
    """What a row says where it has headings.

    names: as the columns are called; those of `labelled` had a label behind a colon
    split: how many stand together in the first cell
    by_role: the names of each role, the surest first
    years: columns with the values of one year (`Layout.years`)
    """

    names: list[str]
    split: int
    labelled: list[str]
    by_role: dict[str, list[str]]
    years: dict[str, tuple[str, int]]


def _headings(row: Sequence[str]) -> _Headings:
    plainly, split = _heads(row)
    names, labelled = _without_labels(plainly)
    return _Headings(names, split, labelled, _by_role(names), _years_across(names))


def layout_of(sheet: Sheet) -> Layout | None:
    """The parts of a table; None where it has no column of countries with years and values."""
    sheet = in_one_row(sheet)
    for at, row in enumerate(sheet.rows[:TOP]):
        heads = _headings(row)
        by_role, with_role = heads.by_role, {name for names in heads.by_role.values() for name in names}
        others = [name for name in heads.names if name and name not in with_role]
        if not by_role["place"] or not (heads.years or (by_role["year"] and (by_role["value"] or others))):
            continue
        body, notes = _body(sheet, at, heads.names, heads.split)
        for column in heads.labelled:
            body[column] = body[column].str.replace(f"^{_LABELLED.pattern}$", r"\1", regex=True)
        if heads.years:
            return _across(sheet.name, body, notes, by_role, heads.years, others)
        return (_by_row if by_role["value"] else _by_column)(sheet.name, body, notes, by_role, others)
    return None


def undated_layout_of(sheet: Sheet) -> Layout | None:
    """The parts of a table that names countries and holds something beside them, but no year; None for others."""
    for at, heads in enumerate(map(_headings, sheet.rows[:TOP])):
        by_role = heads.by_role
        if by_role["place"] and len(heads.names) > len(by_role["place"]):
            if by_role["year"] or heads.years:
                return None
            with_role = {name for names in by_role.values() for name in names}
            body, notes = _body(sheet, at, heads.names, heads.split)
            others = [name for name in heads.names if name and name not in {*with_role} - {*by_role["value"]}]
            return _by_column(sheet.name, body, notes, by_role | {"year": [""]}, others) if others else None
    return None


def _heads(row: Sequence[str]) -> tuple[list[str], int]:
    """The headings, and how many of them stand in the first cell (`freq,unit,geo\\TIME_PERIOD` of Eurostat)."""
    first, mark, _ = row[0].partition("\\")
    parts = [part.strip() for part in first.split(",")] if mark else [row[0]]
    heads = [one_line(head) for head in (*parts, *row[1:])]
    times_seen: dict[str, int] = {}
    for at, name in enumerate(heads):
        times_seen[name] = times_seen.get(name, 0) + 1
        heads[at] = name if times_seen[name] == 1 else f"{name} ({times_seen[name]})" if name else ""
    return heads, len(parts) if mark else 0


def _without_labels(heads: Sequence[str]) -> tuple[list[str], list[str]]:
    """The headings, and those that had a label behind a colon: where SDMX-CSV has both, so have the cells below."""
    codes = {name: match[1] for name in heads if (match := _LABELLED.fullmatch(name))}
    if not any(plain(code) in roles() for code in codes.values()):
        return list(heads), []
    return [codes.get(name, name) for name in heads], list(codes.values())


def _by_role(heads: Sequence[str]) -> dict[str, list[str]]:
    """The headings of each role, the surest first."""
    ranked_names: dict[str, list[tuple[int, str]]] = {
        role: [] for role in ("place", "year", "value", "flag", "series", "dataset", "aside")
    }
    for name in heads:
        if plain(name) in roles():
            role, rank = roles()[plain(name)]
            ranked_names[role].append((rank, name))
    return {role: [name for _, name in sorted(names)] for role, names in ranked_names.items()}


def _years_across(heads: Sequence[str]) -> dict[str, tuple[str, int]]:
    """Columns that hold the values of one year, of the only series or of the one named in the heading."""
    plainly = {name: ("", int(year[1])) for name in heads if (year := YEAR_HEADING.fullmatch(name))}
    if twice := next((name for name in heads if (again := _AGAIN.fullmatch(name)) and again[1] in plainly), ""):
        raise StudyError(
            f"the year {twice.partition(' ')[0]} is the heading of two columns",
            remedy="Keep a copy here in which each column has a heading of its own, such as 'trust 2019'",
        )
    if plainly:
        return {name: about for name, about in plainly.items() if not mark_of(name) or _once(about, plainly)}
    named = {name: (match[1], int(match[2])) for name in heads if (match := _OF_ONE_YEAR.fullmatch(name))}
    several = {
        series for series, _ in named.values() if sum(other_series == series for other_series, _ in named.values()) > 1
    }
    return {name: about for name, about in named.items() if about[0] in several}


def _once(about: tuple[str, int], years: dict[str, tuple[str, int]]) -> bool:
    return sum(series_and_year == about for series_and_year in years.values()) == 1


def _body(sheet: Sheet, at: int, heads: list[str], split: int) -> tuple[pd.DataFrame, int]:
    """The rows below the headings as text, and how many rows around them are notes of the publisher."""
    width = len(heads)
    last = len(sheet.rows)
    while last > at + 2 and _SOURCE.match(sheet.rows[last - 1][0]):
        last -= 1  # what the publisher says below the table, with commas that part no cells
    below, lines = sheet.rows[at + 1 : last], sheet.lines[at + 1 : last]
    rows = [_apart(row, line, split, sheet.name) for row, line in zip(below, lines, strict=True)]
    _check_end(below, lines, sheet.name)
    longer = [line for row, line in zip(rows, lines, strict=True) if any(row[width:])]
    if longer:
        raise StudyError(
            f"the row of {sheet.name} has more cells than the table has headings",
            row=longer[0],
            remedy="Download the file again; a comma within words needs quotation marks",
        )
    filled = [row[:width] + [""] * (width - len(row)) for row in rows]
    body = pd.DataFrame(filled, index=pd.Index(lines, name="row"), columns=heads, dtype=str)
    body = body.loc[:, [bool(name) for name in heads]]
    note = (body != "").sum(axis=1) <= 1  # a remark, the date of the last update
    return body[~note], int(note.sum()) + at + len(sheet.rows) - last


def _check_end(rows: Sequence[Sequence[str]], lines: Sequence[int], table: str) -> None:
    """Raise StudyError where the last row has fewer cells than all others: the download was cut off."""
    widths = [len(row) for row in rows]
    cut = len(widths) > 1 and len(set(widths[:-1])) == 1 and 1 < widths[-1] < widths[0]
    if cut and any(countries.iso3(rows[-1]).values()):
        raise StudyError(
            f"{table} ends within a row, which has {widths[-1]} of {widths[0]} cells",
            row=lines[-1],
            remedy="Download the file again; it was cut off",
        )


def _apart(row: list[str], line: int, split: int, table: str) -> list[str]:
    """A row with the parts of its first cell as cells of their own, where the headings stand together in one."""
    if not split:
        return row
    parts = [part.strip() for part in row[0].split(",")]
    if len(parts) != split and any(row[1:]):
        raise StudyError(
            f"the first cell of a row of {table} does not have the same parts as the headings ({len(parts)}, not "
            f"{split})",
            row=line,
            remedy="Download the file again",
        )
    return [*parts, *row[1:]]


def _across(name: str, body: pd.DataFrame, notes: int, by_role: dict, years: dict, others: Sequence[str]) -> Layout:
    not_years = [column for column in others if column not in years]
    if any(series for series, _ in years.values()):
        titles = {series: [series] for series, _ in years.values()}
        return Layout(name, ACROSS, body, by_role["place"], years, titles=titles, notes=notes)
    names = [*by_role["series"], *by_role["dataset"]]
    parts = [column for column in not_years if not _is_measured(body[column])]
    return Layout(name, ACROSS, body, by_role["place"], years, names=names, dimensions=parts, notes=notes)


def _by_row(name: str, body: pd.DataFrame, notes: int, by_role: dict, others: Sequence[str]) -> Layout:
    parts = [column for column in others if not _is_measured(body[column])]
    return Layout(
        name,
        BY_ROW,
        body,
        by_role["place"],
        year=by_role["year"][0],
        value=by_role["value"][0],
        flags=by_role["flag"],
        names=[*by_role["series"], *by_role["dataset"]],
        dimensions=parts,
        notes=notes,
    )


def _by_column(name: str, body: pd.DataFrame, notes: int, by_role: dict, others: Sequence[str]) -> Layout:
    """The layout of a column for each series; a column that names other things (an indicator) narrows them as a part."""
    titles = {column: _titles(column) for column in others}
    names = [*by_role["series"], *by_role["dataset"]]
    return Layout(
        name, BY_COLUMN, body, by_role["place"], year=by_role["year"][0], names=names, titles=titles, notes=notes
    )


def _titles(heading: str) -> list[str]:
    """The names of the series in a column: its heading, and its title and code where the World Bank joins them."""
    joined = _IN_BRACKETS.fullmatch(heading)
    return [heading, joined[2], joined[1]] if joined else [heading]


def _is_measured(cells: pd.Series) -> bool:
    """Whether a column holds measures (a standard error), which tell no series apart: half of its cells have decimals."""
    filled = cells[cells != ""]
    return len(filled) > 0 and filled.map(lambda cell: bool(_MEASURE.fullmatch(cell))).mean() > 0.5


def names_of_file(name: str) -> list[str]:
    """What the series of a file goes by that names none: the name of the file, without what Eurostat adds to it.

    >>> names_of_file("estat_ilc_li02_en.tsv.gz")
    ['estat_ilc_li02_en', 'ilc_li02']
    """
    stem = re.sub(r"(\.(csv|tsv|txt|xlsx?|ods|gz|zip))+$", "", name.rpartition(": ")[2], flags=re.IGNORECASE)
    short = re.sub(r"_(?:page_)?(?:spreadsheet|linear|tabular).*$", "", stem)
    short = re.sub(r"(_linear.*|_[a-z]{2}|_page.*)$", "", short.removeprefix("estat_")) if "estat_" in stem else short
    return list(dict.fromkeys([stem, short]))


def names_in(cell: str) -> list[str]:
    """What a cell of a column of names says: a code or title, of SDMX also without agency and version.

    >>> names_in("OECD.ELS.SPD:DSD_SOCX_AGG@DF_SOCX_AGG(1.0)")
    ['OECD.ELS.SPD:DSD_SOCX_AGG@DF_SOCX_AGG(1.0)', 'DSD_SOCX_AGG@DF_SOCX_AGG', 'DF_SOCX_AGG']
    """
    match = _DATASET.fullmatch(cell)
    short = [match[1], match[1].rpartition("@")[2]] if match else []
    return [name for name in dict.fromkeys([cell, *short]) if name]


def year_of(cell: str) -> int | None:
    """The year that a cell names; None for a quarter, a month, a span of years.

    >>> year_of("2019"), year_of("YR2019"), year_of("2019 (p)"), year_of("2019-Q1")
    (2019, 2019, 2019, None)
    """
    match = YEAR_HEADING.fullmatch(cell.strip())
    return int(match[1]) if match else None
