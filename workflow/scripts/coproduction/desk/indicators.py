"""Indicators: read what people keep, name every cell that cannot be right, choose the values."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from coproduction.core import accounting, countries, people_tables, tables
from coproduction.core.errors import StudyError, did_you_mean, raise_all
from coproduction.core.factors import check_factor_ids
from coproduction.core.text import some
from coproduction.desk import downloads
from coproduction.desk.downloads import FOLDER, Downloads
from coproduction.desk.numbers import in_percent, numbers_in, without_percent
from coproduction.desk.settings import DIMENSIONS
from coproduction.desk.tables import CHANGES, COVERAGE, INDICATORS, OUTCOMES, STUDY_CODEBOOK, VALUES
from coproduction.methods import composite

ZEROS_THAT_ARE_ODD = 0.5
CODES = {sign * float(digit * n) for sign in (1, -1) for digit in "789" for n in (2, 3, 4)}  # of missing values
SHORTEST_SPAN = 4
OF_COUNTRIES = ["used", "superseded by a later year", "before the oldest year"]


def read_codebook(
    path: str | Path | None, factors: set[str], dimensions: Sequence[str] = tuple(DIMENSIONS)
) -> pd.DataFrame:
    """The codebook (empty without a file), its dimensions as the settings spell them.

    Raises StudyError where it breaks its schema, or names a factor that is not in `factors` or a
    dimension that the settings do not have.
    """
    if path is None:
        return tables.empty(STUDY_CODEBOOK)
    codebook = people_tables.read_people_table(path, STUDY_CODEBOOK)
    check_factor_ids(codebook["factors"], factors, path, "factors")
    spelled = {name.casefold(): name for name in dimensions}
    stated = codebook["dimension"].map(lambda cell: " ".join(cell.casefold().split()))
    raise_all(
        [
            StudyError(
                f"'{codebook['dimension'][row]}' is not a dimension of the study",
                file=path,
                row=int(str(row)),
                column="dimension",
                remedy=did_you_mean(name, list(dimensions))
                + f"Use one of {', '.join(dimensions)}, or add it to the setting desk.dimensions",
            )
            for row, name in stated.items()
            if name not in spelled
        ]
    )
    codebook = codebook.assign(dimension=stated.map(spelled))
    stated = codebook["weight"] if "weight" in codebook else float("nan")
    return codebook.assign(weight=stated, series=codebook.get("series", "")).fillna({"weight": 1.0})


def read_values(
    paths: Sequence[str | Path],
    codebook: pd.DataFrame,
    study_countries: list[str],
    oldest_year: int,
    settled: Mapping[str, str] | None = None,
    downloaded: Downloads | None = None,
) -> pd.DataFrame:
    """All rows of the tables of indicators with their outcome (VALUES), in the order of the files, then the downloads.

    Without a file or without a codebook there are none yet. `settled` is what countries.csv says of
    names.

    Raises StudyError that names every cell at fault: unknown country or indicator, a year that is
    missing, a value that is no number, two different values for one country, indicator and year.
    """
    downloaded = downloaded or downloads.read([], codebook)
    if not (paths or len(downloaded.values)) or codebook.empty:
        return tables.empty(VALUES)
    settled = settled or {}
    study_codes = set(countries_of_study(study_countries, settled))
    read_files = [_read_file(path, codebook, settled) for path in paths]
    if len(downloaded.values):
        read_files.append((downloaded.values, downloaded.codes))
    table = pd.concat([rows for rows, _ in read_files], ignore_index=True)
    real = {code for _, codes in read_files for code in codes.values() if code}
    compared = table["country"].isin(study_codes) | (not study_codes)
    counting = table["country"].isin(real) & (compared | ~table["file"].isin(downloaded.paths))
    _check_contradictions(table[counting], {Path(p).name: p for p in paths} | downloaded.paths)
    table["outcome"] = _outcomes(table, real, downloaded.unknown, study_codes, oldest_year)
    return table.drop(columns="written")


def _read_file(
    path: str | Path, codebook: pd.DataFrame, settled: Mapping[str, str]
) -> tuple[pd.DataFrame, dict[str, str]]:
    """VALUES without outcomes but with the country as `written`, and the codes of the countries of one file.

    Raises StudyError for each cell at fault.
    """
    raw = people_tables.read_people_table(path, INDICATORS)
    codes = countries.iso3(raw["country"], settled)
    raw["value"] = without_percent(raw["value"], raw["indicator"].isin(in_percent(codebook)))
    numbers = numbers_in(raw["value"])
    raise_all(_problems(raw, codes, numbers, set(codebook["indicator"]), settled, path))
    table = pd.DataFrame(
        {
            "file": Path(path).name,
            "row": raw.index,
            "country": [codes.get(name) or name for name in raw["country"]],
            "indicator": raw["indicator"].to_numpy(),
            "year": raw["year"].to_numpy(),
            "value": pd.Series([numbers[cell] for cell in raw["value"]], dtype=float).to_numpy(),
            "flag": raw["flag"].to_numpy() if "flag" in raw else "",
            "written": raw["country"].to_numpy(),
        }
    )
    return table, codes


def countries_of_study(names: list[str], settled: Mapping[str, str] | None = None) -> list[str]:
    """The ISO3 codes of the setting desk.countries, each once; StudyError for a name that is no country."""
    codes = countries.iso3(names, settled)
    unknown = [name for name in names if not codes.get(name)]
    if unknown:
        raise StudyError(
            f"setting 'desk.countries' names '{unknown[0]}', which is not a country",
            remedy="Use ISO codes such as DEU or English names",
        )
    return list(dict.fromkeys(codes.values()))


def _problems(
    raw: pd.DataFrame, codes: dict, numbers: dict, indicator_ids: set, settled: Mapping[str, str], path
) -> list[StudyError]:
    problems = []
    for row, cells in zip(raw.index, raw.itertuples(index=False), strict=True):
        place = dict(file=path, row=int(row))
        is_known_place = codes.get(cells.country) or countries.is_aggregate(cells.country)
        if not is_known_place and not countries.is_settled(cells.country, settled):
            problems.append(
                StudyError(
                    f"'{cells.country}' is not a country",
                    **place,
                    column="country",
                    remedy="Use the ISO code or the full English name of the country, or "
                    "give its meaning in countries.csv (name, code; 'no country' for a region)",
                )
            )
        if cells.indicator not in indicator_ids:
            problems.append(
                StudyError(
                    f"the indicator '{cells.indicator}' is not in codebook.csv",
                    **place,
                    column="indicator",
                    remedy="Add it to the codebook or correct its name",
                )
            )
        if pd.isna(cells.year) or cells.year > 2100:
            problems.append(
                StudyError(
                    "the year is missing or not a year",
                    **place,
                    column="year",
                    remedy="Enter the year of the value with four digits",
                )
            )
        if numbers[cells.value] is None:
            problems.append(
                StudyError(
                    f"'{cells.value}' is not a number",
                    **place,
                    column="value",
                    remedy="Name its unit in the codebook, such as '% of adults'"
                    if cells.value.endswith("%")
                    else "Enter the number without flags or thousands separators, or leave the cell empty",
                )
            )
    return problems


def _check_contradictions(table: pd.DataFrame, paths: Mapping[str, str | Path]) -> None:
    """Raise StudyError for each country with several values in a year: one for all years that stand in the same rows."""
    filled = table.dropna(subset="value")
    key = ["country", "indicator", "year"]
    several = filled[filled.groupby(key)["value"].transform("nunique") > 1]
    rows_by_places: dict[tuple, list[pd.DataFrame]] = {}
    for _, rows in several.groupby(key):
        places = tuple(rows[["indicator", "file", "row"]].itertuples(index=False, name=None))
        rows_by_places.setdefault(places, []).append(rows)
    raise_all([_contradiction(of_years, paths) for of_years in rows_by_places.values()])


def _contradiction(of_years: Sequence[pd.DataFrame], paths: Mapping[str, str | Path]) -> StudyError:
    """What to say of the rows that contradict each other, year by year."""
    first, *others = of_years[0].itertuples(index=False)
    lines = ", ".join(
        str(other.row) if other.file == first.file else f"{other.row} of {other.file}" for other in others
    )
    years = some((int(rows["year"].iloc[0]) for rows in of_years), 1, "and {} more")
    names = [repr(name) for name in dict.fromkeys(of_years[0]["written"]) if name != first.country]
    return StudyError(
        f"{first.country} has several values for '{first.indicator}' in {years} (also in row {lines})"
        + (f", where it is called {' and '.join(names)}" if len(names) > 1 else ""),
        file=paths[first.file],
        row=int(first.row),
        column="value",
        remedy="Say in countries.csv which of the names is 'no country', or in codebook.csv more of the series, as in "
        f"{first.indicator}?sex=T"
        if first.file.startswith(f"{FOLDER}/")
        else "Keep one of them",
    )


def _outcomes(table: pd.DataFrame, real: set[str], unknown: set[str], study_codes: set[str], oldest: int) -> pd.Series:
    """One of OUTCOMES for each row; the first reason that applies, in the order given here."""
    key = ["country", "indicator", "year"]
    reasons = [
        ("not a known country", table["country"].isin(unknown)),
        ("aggregate, not a country", ~table["country"].isin(real)),
        ("country outside the comparison", ~table["country"].isin(study_codes) & bool(study_codes)),
        ("no value", table["value"].isna()),
        ("not for a single year", table["year"].isna()),
        ("before the oldest year", (table["year"] < oldest).fillna(False)),
        ("repeated line", table[table["value"].notna()].duplicated(key)),
    ]
    outcome = pd.Series("", index=table.index)
    for name, applies in reasons:
        applies_to_row = applies.reindex(table.index, fill_value=False).astype(bool)
        outcome = outcome.mask(applies_to_row & (outcome == ""), name)
    remaining = table[outcome == ""]
    latest = remaining.groupby(key[:2])["year"].transform("max")
    outcome[remaining.index] = (remaining["year"] == latest).map({True: "used", False: "superseded by a later year"})
    assert set(outcome) <= set(OUTCOMES)
    return outcome


def coverage(values: pd.DataFrame, codebook: pd.DataFrame) -> pd.DataFrame:
    """Countries and years in use by indicator (COVERAGE), with a remark where a series looks odd."""
    used = values[values["outcome"] == "used"]
    everyone = sorted(used["country"].unique())
    rows = []
    for entry in codebook.itertuples(index=False):
        of_indicator = used[used["indicator"] == entry.indicator]
        missing = [name for name in everyone if name not in set(of_indicator["country"])]
        rows.append(
            {
                "indicator": entry.indicator,
                "name": entry.name,
                "dimension": entry.dimension,
                "direction": entry.direction,
                "countries": len(of_indicator),
                "of": len(everyone),
                "first_year": of_indicator["year"].min() if len(of_indicator) else "",
                "last_year": of_indicator["year"].max() if len(of_indicator) else "",
                "missing": ";".join(missing),
                "remark": _remark(of_indicator["value"]),
            }
        )
    return accounting.table(rows, COVERAGE)


def _remark(values: pd.Series) -> str:
    """Zeros apart from all other values are often a missing value that somebody coded as 0."""
    zeros, others = values[values == 0], values[values != 0]
    if (len(values) and others.empty) or (len(values) > 1 and values.max() == values.min()):
        return "all values are the same, so that it does not distinguish countries"
    spread = others.max() - others.min()
    if len(zeros) and len(others) > 3 and others.abs().min() > ZEROS_THAT_ARE_ODD * spread:
        return f"{len(zeros)} values of 0 far from all others: missing values coded as 0?"
    for code in sorted(set(values) & CODES):
        coded, rest = values[values == code], values[values != code]
        if len(rest) > 3 and (rest - code).abs().min() > rest.max() - rest.min():
            return f"{len(coded)} value{'s' if len(coded) > 1 else ''} of {code:g} far from all others: missing values coded so?"
    if composite.has_outliers(values):
        return "outliers decide its scale (see the setting desk.outliers)"
    return ""


def changes(values: pd.DataFrame, codebook: pd.DataFrame) -> pd.DataFrame:
    """CHANGES: the value in use of each country and indicator beside the latest earlier one.

    The earlier value is the one nearest to ten years before the value in use, at least four years
    older; it may lie before the oldest year of the comparison.
    """
    of_countries = values[values["value"].notna() & values["outcome"].isin(OF_COUNTRIES)]
    used = of_countries[of_countries["outcome"] == "used"]
    pairs = used.merge(of_countries, on=["country", "indicator"], suffixes=("", "_before"))
    span = (pairs["year"] - pairs["year_before"]).astype(int)
    pairs = pairs.assign(off=(span - 10).abs(), span=span)[span >= SHORTEST_SPAN]
    pairs = pairs.sort_values(["indicator", "country", "off", "year_before"])
    pairs = pairs.drop_duplicates(["indicator", "country"])
    direction = codebook.set_index("indicator")["direction"]
    sign = pairs["indicator"].map(direction).map({"higher_better": 1, "lower_better": -1})
    moved = pairs["value"] - pairs["value_before"]
    return pairs.assign(change=moved, better=np.sign(moved * sign).astype("Int64"))[list(CHANGES.columns)].reset_index(
        drop=True
    )
