"""Cells as people and table programs write them: signs nobody sees, errors of formulas, numbers."""

import re
import unicodedata
from math import isinf

# Zero-width signs, soft hyphens, byte order marks and marks of direction, which come along from pages and PDFs
_UNSEEN = re.compile("[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
_NO_BREAK = str.maketrans("\u00a0\u2007\u202f", "   ")
# What Excel and LibreOffice show where a formula fails, also in German, French, Spanish and Italian
_ERRORS = frozenset(
    """
    #REF! #NAME? #VALUE! #DIV/0! #NULL! #NUM! #SPILL! #CALC! #FIELD! #BEZUG! #WERT! #ZAHL! #NOM? #VALEUR! #NOMBRE!
    #NOMBRE? #¡REF! #¿NOMBRE? #¡VALOR! #¡DIV/0! #¡NUM! #RIF! #NOME? #VALORE! #GETTING_DATA
    """.split()
)
_NOT_THERE = frozenset("#N/A #NV #N/D".split())  # what a look-up gives that finds nothing
_DECIMAL = re.compile(r"[-+]?\d+,\d+")
_THOUSANDS = re.compile(r"[-+]?[1-9]\d{0,2},\d{3}")  # or three decimals: nobody can tell
_POINT = re.compile(r"[-+]?[1-9]\d{0,2}\.\d{3}")  # the same where others have a decimal comma
_SHARE = re.compile(r"([-+]?\d+(?:\.\d+)?)\s?%")
_POWER = re.compile(r"[-+]?\d+(?:\.\d*)?[eE]\+?\d+")
_ENDLESS = re.compile(r"[-+]?inf(inity)?", re.IGNORECASE)


def cleaned(cell: str) -> str:
    """A cell without signs nobody sees, accents composed, so that what looks alike is alike.

    >>> cleaned("Vienna\\u200b"), cleaned("New\\u00a0Town"), cleaned("Go\\u0308teborg") == "G\\u00f6teborg"
    ('Vienna', 'New Town', True)
    """
    if cell.isascii():
        return cell
    return unicodedata.normalize("NFC", _UNSEEN.sub("", cell).translate(_NO_BREAK)).strip()


def is_error(cell: str) -> bool:
    """Whether a cell holds what a table program shows for a formula that fails (#REF!)."""
    return cell.startswith("#") and cell.upper() in _ERRORS


def is_not_there(cell: str) -> bool:
    """Whether a cell holds what a look-up gives that finds nothing (#N/A), where others mean that there is no value."""
    return cell.startswith("#") and cell.upper() in _NOT_THERE


def numbers(column: list[str], commas: bool, shares: bool = False) -> tuple[list[str], list[int]]:
    """The cells of a column of numbers with decimal points, and the places of those that have two readings or no end.

    commas: some number of the table has a decimal comma, so that `1.234` may be 1234 (as `1,234` may be, which stays as it
    is); shares: 80% is 0.8

    >>> numbers(["0,5", "\u2212" "2", "0,125", "1,234", "80%"], commas=True, shares=True)
    (['0.5', '-2', '0.125', '1,234', '0.8'], [])
    >>> numbers(["12,5", "1.234", "inf"], commas=True)
    (['12.5', '1.234', 'inf'], [1, 2])
    """
    plain = [cell.replace("\u2212", "-") if "\u2212" in cell else cell for cell in column]
    doubtful = [at for at, cell in enumerate(plain) if _is_endless(cell) or (commas and _POINT.fullmatch(cell))]
    plain = [cell.replace(",", ".") if is_decimal(cell.rstrip(" %")) else cell for cell in plain]
    if shares:
        plain = [f"{float(match[1]) / 100:.12g}" if (match := _SHARE.fullmatch(cell)) else cell for cell in plain]
    return plain, doubtful


def _is_endless(cell: str) -> bool:
    """Whether a cell would be read as a number without end (inf, 1e400)."""
    return bool(_ENDLESS.fullmatch(cell)) or (bool(_POWER.fullmatch(cell)) and isinf(float(cell)))


def is_decimal(cell: str) -> bool:
    """Whether a number surely has a decimal comma.

    >>> is_decimal("0,125"), is_decimal("12,5"), is_decimal("1,234")
    (True, True, False)
    """
    return "," in cell and bool(_DECIMAL.fullmatch(cell)) and not _THOUSANDS.fullmatch(cell)
