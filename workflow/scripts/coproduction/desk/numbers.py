"""Numbers as publishers and people write them."""

import re
from collections.abc import Iterable

import pandas as pd

PERCENT = re.compile(r"%|\bper ?cent", re.IGNORECASE)
NO_VALUE = {"", ".", "..", "...", ":", "-", "–", "—", "NA", "N/A", "NAN", "NULL", "NONE", "#N/A", "…", "N.A."}
NUMBER = re.compile(r"[+-]?(\d+([.,]\d*)?|[.,]\d+)([eE][+-]?\d+)?")
THOUSANDS = re.compile(r"[+-]?[1-9]\d{0,2},\d{3}")
# Marks for thousands, of which there can be no doubt
_COMMAS = re.compile(r"[+-]?\d{1,3}(?:,\d{3})+\.\d+|[+-]?[1-9]\d{0,2}(?:,\d{3}){2,}")
_POINTS = re.compile(r"[+-]?\d{1,3}(?:\.\d{3})+,\d+|[+-]?[1-9]\d{0,2}(?:\.\d{3}){2,}")
POINT_OR_THOUSANDS = re.compile(r"[+-]?[1-9]\d{0,2}\.\d{3}")


def is_percent(unit: str) -> bool:
    """Whether numbers of this unit are percentages.

    >>> is_percent("% of adults"), is_percent("percent"), is_percent("share")
    (True, True, False)
    """
    return bool(PERCENT.search(unit))


def in_percent(codebook: pd.DataFrame) -> set[str]:
    """The indicators whose unit is a percentage."""
    units = codebook["unit"] if "unit" in codebook else pd.Series("", index=codebook.index)
    return set(codebook.loc[units.map(is_percent).astype(bool), "indicator"])


def without_percent(cells: pd.Series, percentages: pd.Series) -> pd.Series:
    """The cells without the sign of percentages, where their unit is one.

    >>> without_percent(pd.Series(["45 %", "5%"]), pd.Series([True, False])).tolist()
    ['45', '5%']
    """
    return cells.mask(percentages & cells.str.endswith("%"), cells.str.rstrip("% "))


def numbers_in(cells: pd.Series) -> dict[str, float | None]:
    """The number in each different cell of a series, as `parse_number` reads it.

    Where others have a decimal comma, '1.234' is not taken for 1.234: it may be 1234. Where some number can only have
    marks for thousands, so have all of the series.

    >>> numbers_in(pd.Series(["1.234", "987,5"]))
    {'1.234': None, '987,5': 987.5}
    >>> numbers_in(pd.Series(["1,234", "12,345.6"])), numbers_in(pd.Series(["1.234", "12.345,6"]))
    ({'1,234': 1234.0, '12,345.6': 12345.6}, {'1.234': 1234.0, '12.345,6': 12345.6})
    """
    different = cells.unique()
    if grouped := _grouped(different):
        return grouped
    comma = writes_decimal_commas(cells)
    numbers = {cell: parse_number(cell, comma) for cell in different}
    if any(NUMBER.fullmatch(cell) and "," in cell for cell in different if numbers[cell] is not None):
        numbers |= {cell: None for cell in different if POINT_OR_THOUSANDS.fullmatch(cell)}
    return numbers


def _grouped(cells: Iterable[str]) -> dict[str, float | None]:
    """The numbers of a series that surely has marks for thousands; empty for others, and where two marks are used so."""
    commas, points = (any(map(pattern.fullmatch, cells)) for pattern in (_COMMAS, _POINTS))
    if commas == points:
        return {}
    mark, point = (",", ".") if commas else (".", ",")
    whole = re.compile(rf"[+-]?(?:\d{{1,3}}(?:\{mark}\d{{3}})*|\d+)(?:\{point}\d*)?")
    read = {cell: cell.replace(mark, "").replace(point, ".") for cell in cells}
    return {cell: parse_number(plain if whole.fullmatch(cell) else cell) for cell, plain in read.items()} | {
        cell: None for cell in cells if NUMBER.fullmatch(cell) and not whole.fullmatch(cell)
    }


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


def writes_decimal_commas(cells: pd.Series) -> bool:
    """Whether every mark in the numbers is a comma and at least one can only be a decimal comma."""
    numbers = [cell.strip().replace("\u2212", "-") for cell in cells.unique()]
    numbers = [cell for cell in numbers if NUMBER.fullmatch(cell)]
    marked = [cell for cell in numbers if "," in cell]
    return not any("." in cell for cell in numbers) and not all(map(THOUSANDS.fullmatch, marked))
