"""Values of indicators in files as their publishers hand them out, found by the codebook's column `series`.

What a file holds is listed series by series, whether an indicator names it or not; of the series that indicators
name every cell is a row of VALUES, like those of the tables that people keep.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from coproduction.core import accounting, countries, tables
from coproduction.core.errors import StudyError, raise_all
from coproduction.core.text import some
from coproduction.desk.numbers import in_percent, numbers_in, without_percent
from coproduction.desk.tables import DOWNLOADED_SERIES, DOWNLOADS, VALUES
from coproduction.formats.statistics import layouts, reading, selecting

FOLDER = "downloads"
_YEARS = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
NO_LAYOUT = "it has no recognisable columns of countries, years and values"


@dataclass(frozen=True)
class Downloads:
    """What the downloads hold.

    values: VALUES without outcomes, with places as `written`
    codes: ISO3 codes of the countries among their places
    unknown: places that are neither countries nor groups of countries that are known
    files, series: DOWNLOADS and DOWNLOADED_SERIES
    paths: by the name of a file in `values` where it is
    """

    values: pd.DataFrame
    codes: dict[str, str]
    unknown: set[str]
    files: pd.DataFrame
    series: pd.DataFrame
    paths: dict[str, str | Path]


def read(paths: Sequence[str | Path], codebook: pd.DataFrame, settled: Mapping[str, str] | None = None) -> Downloads:
    """Read files of public statistics; each indicator takes the series that its row of the codebook names.

    codebook: with the column `series`; an indicator with none goes by its id
    settled: what countries.csv says of names

    Raises StudyError for files that cannot be read or hold no values of countries and years, for a series that
    is not told apart from others, is not yearly, holds what is no number, or contradicts itself on a country.
    """
    wanted_series = {entry.indicator: selecting.wanted(_series(entry)) for entry in codebook.itertuples(index=False)}
    percentages = in_percent(codebook)
    errors: list[StudyError] = []
    read_tables: list[_Table] = []
    for path in paths:
        try:
            layouts_of_sheets = [(sheet, layouts.layout_of(sheet)) for sheet in reading.sheets(path)]
            if not any(layout for _, layout in layouts_of_sheets) and not reading.is_description(path):
                layouts_of_sheets = [(sheet, layouts.undated_layout_of(sheet)) for sheet, _ in layouts_of_sheets]
                _check_table(path, [layout for _, layout in layouts_of_sheets if layout], wanted_series)
            read_tables += [
                _of_sheet(sheet.name, layout, path, wanted_series, percentages, settled or {})
                for sheet, layout in layouts_of_sheets
            ]
        except StudyError as error:
            errors += [_of_file(part, path) for part in error.parts]
    raise_all(errors)
    places = [place for table in read_tables for place in table.places.values()]
    return Downloads(
        pd.concat(
            [
                tables.empty(VALUES).drop(columns="outcome"),
                *(table.values for table in read_tables if len(table.values)),
            ]
        ),
        {place.code: place.code for place in places if place.code},
        {place.words for place in places if place.unknown},
        accounting.table([table.about for table in read_tables], DOWNLOADS),
        accounting.table([row for table in read_tables for row in table.series], DOWNLOADED_SERIES),
        {f"{FOLDER}/{Path(path).name}": path for path in paths},
    )


@dataclass(frozen=True)
class _Place:
    """A place of a table: its ISO3 code ('' for none), the words to show, and whether nobody knows what it is."""

    code: str
    words: str
    unknown: bool


@dataclass(frozen=True)
class _Table:
    """One table of a download: VALUES, its row of DOWNLOADS, rows of DOWNLOADED_SERIES, places as they are written."""

    values: pd.DataFrame
    about: dict[str, Any]
    series: list[dict[str, Any]]
    places: dict[tuple[str, ...], _Place]


def _series(entry) -> str:
    """What the codebook calls the series of an indicator."""
    named = getattr(entry, "series", "")
    return named if isinstance(named, str) and named else entry.indicator


def _check_table(
    path: str | Path, undated: Sequence[layouts.Layout], wanted_series: Mapping[str, selecting.Wanted]
) -> None:
    """Raise StudyError for a file without years, unless the codebook says of which year one of its series is."""
    if not undated:
        raise StudyError(
            f"this is not a table of statistics: {NO_LAYOUT}",
            file=path,
            remedy="Download it as CSV with countries and years; or copy its values into indicators.csv (country, "
            "indicator, "
            "year, value)",
        )
    if not any(selecting.select(layout, series) for layout in undated for series in wanted_series.values()):
        titles_held = [name for layout in undated for name in layout.titles]
        series = next(
            (s.name for s in wanted_series.values() if any(_columns_named(s, layout) for layout in undated)),
            titles_held[0],
        )
        stated = set(_YEARS.findall(f"{series} {Path(path).name}"))
        year = stated.pop() if len(stated) == 1 else "2020"
        raise StudyError(
            "the table does not say to which year its values refer",
            file=path,
            remedy=f"Say it in the column 'series' of codebook.csv, as in {series}?year={year} (it holds {some(titles_held, 12)}); or "
            "add a column 'year' to a copy that you keep here instead",
        )


def _columns_named(series: selecting.Wanted, layout: layouts.Layout) -> bool:
    return any(series.name.casefold() == title.casefold() for titles in layout.titles.values() for title in titles)


def _of_file(error: StudyError, path: str | Path) -> StudyError:
    """An error with the file that it is about."""
    if error.file == str(path):
        return error
    return StudyError(error.problem, file=path, row=error.row, column=error.column, remedy=error.remedy)


def _of_sheet(
    name: str,
    layout: layouts.Layout | None,
    path: str | Path,
    wanted_series: Mapping[str, selecting.Wanted],
    percentages: Collection[str],
    settled: Mapping[str, str],
) -> _Table:
    """What one table holds, and the values of the indicators that name one of its series.

    percentages: the indicators whose unit is one
    """
    origin = {"file": Path(path).name, "table": name}
    none = tables.empty(VALUES).drop(columns="outcome")
    if layout is None:
        return _Table(none, origin | {"form": "", "remark": NO_LAYOUT}, [], {})
    parts = _parts(layout, wanted_series)
    series: list[dict[str, Any]] = [
        origin
        | {
            "series": offer.series,
            "title": offer.title,
            "values": offer.values,
            "first_year": offer.first_year,
            "last_year": offer.last_year,
            "indicators": ";".join(name for name, part in parts.items() if part.overlaps(offer.part)),
        }
        for offer in selecting.offers(layout)
    ]
    cells = [selecting.cells(layout, part).assign(indicator=indicator) for indicator, part in parts.items()]
    cells = [each.assign(cell=without_percent(each["cell"], each["indicator"].isin(percentages))) for each in cells]
    place_of = _places(pd.concat(cells)[layout.places] if cells else layout.body.loc[[], layout.places], path, settled)
    values = pd.concat([none, *(_values(layout, part_cells, path, place_of) for part_cells in cells)])
    about = {
        "form": layout.form,
        "rows": len(layout.body),
        "notes": layout.notes,
        "series": len(series),
        "series_used": sum(bool(row["indicators"]) for row in series),
        "values": len(values),
        "without_value": sum(map(len, cells)) - len(values),
        "unknown_places": ";".join(sorted({place.words for place in place_of.values() if place.unknown})),
    }
    return _Table(values, origin | about, series, place_of)


def _parts(layout: layouts.Layout, wanted_series: Mapping[str, selecting.Wanted]) -> dict[str, selecting.Selection]:
    """By indicator the part of the table that holds its series; StudyError for all that are not told apart."""
    parts, errors = {}, list[StudyError]()
    for indicator, series in wanted_series.items():
        try:
            part = selecting.select(layout, series)
        except StudyError as error:
            errors.append(error)
            continue
        if part is not None:
            parts[indicator] = part
    raise_all(errors)
    return parts


def _values(
    layout: layouts.Layout, cells: pd.DataFrame, path: str | Path, place_of: Mapping[tuple[str, ...], _Place]
) -> pd.DataFrame:
    """VALUES without outcomes, but with the place as `written`, of the cells of one indicator that hold a number."""
    numbers = numbers_in(cells["cell"])
    _check_numbers(cells, numbers, path, layout.name)
    cells = cells.assign(value=cells["cell"].map(numbers).astype(float))
    filled = cells[cells["value"].notna()]
    _check_years(filled, path, layout.name)
    places = [place_of[tuple(row)] for row in filled[layout.places].itertuples(index=False)]
    return pd.DataFrame(
        {
            "file": f"{FOLDER}/{Path(path).name}",
            "row": filled["row"],
            "country": [place.code or place.words for place in places],
            "indicator": filled["indicator"],
            "year": filled["year"],
            "value": filled["value"],
            "flag": filled["flag"],
            "written": [place.words for place in places],
        }
    )


def _places(cells: pd.DataFrame, path: str | Path, settled: Mapping[str, str]) -> dict[tuple[str, ...], _Place]:
    """What is known of each way in which places are written.

    Raises StudyError where a code and a name beside it are two countries.
    """
    place_cells = [tuple(row) for row in cells.drop_duplicates().itertuples(index=False)]
    codes = countries.iso3({name for row in place_cells for name in row}, settled)
    place_of, errors = {}, list[StudyError]()
    for row in place_cells:
        stated_codes = dict.fromkeys(codes[name] for name in row if codes[name])
        group = any(countries.is_aggregate(name) for name in row if not codes[name])
        if len(stated_codes) > 1 or (stated_codes and group):
            errors.append(
                StudyError(
                    f"one place is called {' and '.join(map(repr, filter(None, row)))}, which are two places",
                    file=path,
                    remedy="Give the meaning of the wrong name or code in countries.csv (name, code)",
                )
            )
        code, words = next(iter(stated_codes), ""), next((name for name in reversed(row) if name), "(no place)")
        settled_here = any(countries.is_settled(name, settled) for name in row)
        place_of[row] = _Place(code, words, not (code or group or settled_here))
    raise_all(errors)
    return place_of


def _check_numbers(cells: pd.DataFrame, numbers: Mapping[str, float | None], path: str | Path, table: str) -> None:
    """Raise StudyError for cells that are no numbers."""
    wrong = cells[[numbers[cell] is None for cell in cells["cell"]]]
    if len(wrong):
        raise StudyError(
            f"the series of '{wrong['indicator'].iloc[0]}' in {table} holds "
            f"{some([repr(cell) for cell in wrong['cell'].unique()], 5)}, where numbers are expected",
            file=path,
            row=int(wrong["row"].iloc[0]),
            remedy="Name its unit in codebook.csv, such as '% of adults'"
            if wrong["cell"].str.endswith("%").all()
            else "Name another series in codebook.csv, or download it without thousands separators",
        )


def _check_years(filled: pd.DataFrame, path: str | Path, table: str) -> None:
    """Raise StudyError where no value is of one year."""
    if len(filled) and filled["year"].isna().all():
        raise StudyError(
            f"the series of '{filled['indicator'].iloc[0]}' in {table} holds values of parts of a year, or of several years",
            file=path,
            row=int(filled["row"].iloc[0]),
            remedy="Download yearly values, or select them by a part of the series such as ?freq=A",
        )
