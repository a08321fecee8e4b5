"""Indicators: read what people keep, name every cell that cannot be right, choose the values."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from coproduction.core import accounting, countries, people_tables, tables
from coproduction.core.errors import StudyError, did_you_mean, raise_all
from coproduction.core.factors import check_factor_ids
from coproduction.desk.settings import DIMENSIONS
from coproduction.desk.tables import CHANGES, CODEBOOK, COVERAGE, INDICATORS, OUTCOMES, STUDY_CODEBOOK, VALUES
from coproduction.methods import composite

NO_VALUE = {"", ".", "..", "...", ":", "-", "–", "—", "NA", "N/A", "NAN", "NULL", "NONE", "#N/A"}
NUMBER = re.compile(r"[+-]?(\d+([.,]\d*)?|[.,]\d+)([eE][+-]?\d+)?")
THOUSANDS = re.compile(r"[+-]?\d{1,3},\d{3}")
ZEROS_THAT_ARE_ODD = 0.5
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
        return tables.empty(CODEBOOK)
    codebook = people_tables.read_people_table(path, STUDY_CODEBOOK)
    check_factor_ids(codebook["factors"], factors, path, "factors")
    spelled = {name.casefold(): name for name in dimensions}
    given = codebook["dimension"].map(lambda cell: " ".join(cell.casefold().split()))
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
            for row, name in given.items()
            if name not in spelled
        ]
    )
    codebook = codebook.assign(dimension=given.map(spelled))
    given = codebook["weight"] if "weight" in codebook else float("nan")
    return codebook.assign(weight=given).fillna({"weight": 1.0})


def read_values(
    paths: Sequence[str | Path],
    codebook: pd.DataFrame,
    study_countries: list[str],
    oldest_year: int,
    settled: Mapping[str, str] | None = None,
) -> pd.DataFrame:
    """All rows of the tables of indicators with their outcome (VALUES), in the order of the files.

    Without a file or without a codebook there are none yet. `settled` is what countries.csv says of
    names.

    Raises StudyError that names every cell at fault: unknown country or indicator, a year that is
    missing, a value that is no number, two different values for one country, indicator and year.
    """
    if not paths or codebook.empty:
        return tables.empty(VALUES)
    settled = settled or {}
    wanted = set(countries_of_study(study_countries, settled))
    read = [_read_file(path, set(codebook["indicator"]), settled) for path in paths]
    table = pd.concat([rows for rows, _ in read], ignore_index=True)
    _check_contradictions(table, {Path(path).name: path for path in paths})
    real = {code for _, codes in read for code in codes.values() if code}
    table["outcome"] = _outcomes(table, real, wanted, oldest_year)
    return table


def _read_file(path: str | Path, known: set[str], settled: Mapping[str, str]) -> tuple[pd.DataFrame, dict[str, str]]:
    """VALUES without outcomes of one file, and the codes of its countries; StudyError for each cell at fault."""
    raw = people_tables.read_people_table(path, INDICATORS)
    codes = countries.iso3(raw["country"], settled)
    comma = _writes_decimal_commas(raw["value"])
    numbers = {cell: parse_number(cell, comma) for cell in raw["value"].unique()}
    raise_all(_problems(raw, codes, numbers, known, settled, path))
    table = pd.DataFrame(
        {
            "file": Path(path).name,
            "row": raw.index,
            "country": [codes.get(name) or name for name in raw["country"]],
            "indicator": raw["indicator"].to_numpy(),
            "year": raw["year"].to_numpy(),
            "value": pd.Series([numbers[cell] for cell in raw["value"]], dtype=float).to_numpy(),
            "flag": raw["flag"].to_numpy() if "flag" in raw else "",
        }
    )
    return table, codes


def parse_number(cell: str, comma: bool = False) -> float | None:
    """The number in a cell; NaN for the usual signs of a missing value, None where it is neither.

    A decimal comma is understood; '1,234' is not, because it may be 1.234 or 1234, unless `comma`
    says that the file writes its decimals with a comma.
    """
    cell = cell.strip().replace("\u2212", "-")
    if cell.upper() in NO_VALUE:
        return float("nan")
    if not NUMBER.fullmatch(cell) or (THOUSANDS.fullmatch(cell) and not comma):
        return None
    return float(cell.replace(",", "."))


def _writes_decimal_commas(cells: pd.Series) -> bool:
    """Whether every mark in the numbers is a comma and at least one can only be a decimal comma."""
    numbers = [cell.strip().replace("\u2212", "-") for cell in cells.unique()]
    numbers = [cell for cell in numbers if NUMBER.fullmatch(cell)]
    marked = [cell for cell in numbers if "," in cell]
    return not any("." in cell for cell in numbers) and any(
        not THOUSANDS.fullmatch(cell) or cell.lstrip("+-").startswith("0,") for cell in marked
    )


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
    raw: pd.DataFrame, codes: dict, numbers: dict, known: set, settled: Mapping[str, str], path
) -> list[StudyError]:
    found = []
    for row, cells in zip(raw.index, raw.itertuples(index=False), strict=True):
        place = dict(file=path, row=int(row))
        told = codes.get(cells.country) or countries.is_aggregate(cells.country)
        if not told and not countries.is_settled(cells.country, settled):
            found.append(
                StudyError(
                    f"'{cells.country}' is not a country",
                    **place,
                    column="country",
                    remedy="Use the ISO code or the whole English name of the country, or say in "
                    "countries.csv what it is (name, code; 'no country' for a region)",
                )
            )
        if cells.indicator not in known:
            found.append(
                StudyError(
                    f"the indicator '{cells.indicator}' is not in codebook.csv",
                    **place,
                    column="indicator",
                    remedy="Add it to the codebook or correct its name",
                )
            )
        if pd.isna(cells.year) or cells.year > 2100:
            found.append(
                StudyError(
                    "the year is missing or not a year",
                    **place,
                    column="year",
                    remedy="Enter the year of the value with four digits",
                )
            )
        if numbers[cells.value] is None:
            found.append(
                StudyError(
                    f"'{cells.value}' is not a number",
                    **place,
                    column="value",
                    remedy="Enter the number without flags and thousands separators, or leave the cell empty",
                )
            )
    return found


def _check_contradictions(table: pd.DataFrame, paths: Mapping[str, str | Path]) -> None:
    filled = table.dropna(subset="value")
    key = ["country", "indicator", "year"]
    several = filled.groupby(key)["value"].transform("nunique") > 1
    errors = []
    for (country, indicator, year), rows in filled[several].groupby(key):
        first, *others = rows[["file", "row"]].itertuples(index=False)
        lines = ", ".join(str(row) if file == first.file else f"{row} of {file}" for file, row in others)
        errors.append(
            StudyError(
                f"{country} has several values for '{indicator}' in {year} (also in row {lines})",
                file=paths[first.file],
                row=int(first.row),
                column="value",
                remedy="Keep one of them",
            )
        )
    raise_all(errors)


def _outcomes(table: pd.DataFrame, real: set[str], wanted: set[str], oldest: int) -> pd.Series:
    """One of OUTCOMES for each row; the first reason that applies, in the order given here."""
    key = ["country", "indicator", "year"]
    reasons = [
        ("aggregate, not a country", ~table["country"].isin(real)),
        ("country outside the comparison", ~table["country"].isin(wanted) & bool(wanted)),
        ("no value", table["value"].isna()),
        ("before the oldest year", table["year"] < oldest),
        ("repeated line", table[table["value"].notna()].duplicated(key)),
    ]
    outcome = pd.Series("", index=table.index)
    for name, applies in reasons:
        here = applies.reindex(table.index, fill_value=False).astype(bool)
        outcome = outcome.mask(here & (outcome == ""), name)
    left = table[outcome == ""]
    latest = left.groupby(key[:2])["year"].transform("max")
    outcome[left.index] = (left["year"] == latest).map({True: "used", False: "superseded by a later year"})
    assert set(outcome) <= set(OUTCOMES)
    return outcome


def coverage(values: pd.DataFrame, codebook: pd.DataFrame) -> pd.DataFrame:
    """Countries and years in use by indicator (COVERAGE), with a remark where a series looks odd."""
    used = values[values["outcome"] == "used"]
    everyone = sorted(used["country"].unique())
    rows = []
    for entry in codebook.itertuples(index=False):
        own = used[used["indicator"] == entry.indicator]
        missing = [name for name in everyone if name not in set(own["country"])]
        rows.append(
            {
                "indicator": entry.indicator,
                "name": entry.name,
                "dimension": entry.dimension,
                "direction": entry.direction,
                "countries": len(own),
                "of": len(everyone),
                "first_year": own["year"].min() if len(own) else "",
                "last_year": own["year"].max() if len(own) else "",
                "missing": ";".join(missing),
                "remark": _remark(own["value"]),
            }
        )
    return accounting.table(rows, COVERAGE)


def _remark(values: pd.Series) -> str:
    """Zeros apart from all other values are often a missing value that somebody coded as 0."""
    zeros, others = values[values == 0], values[values != 0]
    if (len(values) and others.empty) or (len(values) > 1 and values.max() == values.min()):
        return "all values are the same; it distinguishes no countries"
    spread = others.max() - others.min()
    if len(zeros) and len(others) > 3 and others.abs().min() > ZEROS_THAT_ARE_ODD * spread:
        return f"{len(zeros)} values of 0 far from all others: missing values coded as 0?"
    if composite.has_outliers(values):
        return "outliers decide its scale (see the setting desk.outliers)"
    return ""


def changes(values: pd.DataFrame, codebook: pd.DataFrame) -> pd.DataFrame:
    """CHANGES: the value in use of each country and indicator beside the latest earlier one.

    The earlier value is the one nearest to ten years before the value in use, at least four years
    older; it may lie before the oldest year of the comparison.
    """
    known = values[values["value"].notna() & values["outcome"].isin(OF_COUNTRIES)]
    used = known[known["outcome"] == "used"]
    pairs = used.merge(known, on=["country", "indicator"], suffixes=("", "_before"))
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
