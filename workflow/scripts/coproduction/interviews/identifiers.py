"""Identifiers in what people say: addresses, numbers and links become tokens, one for each.

Found by rule: e-mail addresses, links and handles by their shape, postal addresses by that of streets
and postcodes (addresses.py), telephone numbers by phonenumbers
(libphonenumber), IBANs and national identity numbers by python-stdnum, which checks their digits, so
that a year or a budget is none. Presidio was left out: it needs a language model of several hundred
megabytes for each language and finds these no better. Names are found by the key, not here.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field

import pandas as pd

from coproduction.core import accounting
from coproduction.interviews.addresses import addresses
from coproduction.interviews.tables import PRIVATE_IDENTIFIERS

SHAPES = {
    "EMAIL": re.compile(r"[\w.+-]+(?:@|[ ]?[(\[][ ]?(?:at|@)[ ]?[)\]][ ]?)[\w-]+(?:\.[\w-]+)+", re.IGNORECASE),
    "LINK": re.compile(
        r"(?:(?:https?://|www\.)[^\s<>\"']*|(?<![\w@.-])(?:[a-z\d-]+\.)+(?:com|org|net|info|edu|gov|app|blog|online|example|[a-z]{2})/[^\s<>\"']*)[^\s<>\"'.,;:!?)\]]",
        re.IGNORECASE,
    ),
    "HANDLE": re.compile(r"(?<![\w@/])@\w{3,30}\b"),
    "CASE": re.compile(  # a court's or an office's file: III CZP 12/21, 7 K 123/20
        r"\b(?:[IVX]{1,4} )?(?!E[CGU]|UE|WE)[A-Z]{1,3}[a-z]? ?\d{1,5}/\d{2,4}\b"
    ),
}
_NEEDED = {  # without which a text has none
    "EMAIL": re.compile(r"@|[(\[][ ]?at[ ]?[)\]]", re.IGNORECASE),
    "LINK": re.compile(r"https?:|www\.|\.[a-z]{2,}/", re.IGNORECASE),
    "HANDLE": re.compile("@"),
    "CASE": re.compile(r"\d/\d"),
}
_DIGIT = re.compile(r"\d")
DATE = re.compile(r"\b\d{1,2}[./-]\d{1,2}[./-](?:\d{4}|\d{2})\b|\b\d{4}-\d{2}-\d{2}\b")
_NUMBER = re.compile(r"(?<![\w.,/-])(?=[A-Z]{0,6}\d)[A-Z0-9](?:[ -]?[A-Z0-9]){8,33}(?![\w/])")
_BIRTH = re.compile(r"(?<![\w/])\d{6}/\d{3,4}(?![\w/])")  # as Czechs and Slovaks write their number
_PERSONAL = {  # country of the interview: modules of python-stdnum for its national identity numbers
    "AUT": ["at.vnr"],
    "BEL": ["be.nn"],
    "BGR": ["bg.egn"],
    "CHE": ["ch.ssn"],
    "CZE": ["cz.rc"],
    "DEU": ["de.idnr"],
    "DNK": ["dk.cpr"],
    "ESP": ["es.dni", "es.nie"],
    "EST": ["ee.ik"],
    "FIN": ["fi.hetu"],
    "FRA": ["fr.nir"],
    "GBR": ["gb.nhs"],
    "HRV": ["hr.oib"],
    "IRL": ["ie.pps"],
    "ITA": ["it.codicefiscale"],
    "LTU": ["lt.asmens"],
    "LVA": ["lv.pvn"],
    "NLD": ["nl.bsn"],
    "NOR": ["no.fodselsnummer"],
    "POL": ["pl.pesel", "pl.nip"],
    "PRT": ["pt.cc"],
    "ROU": ["ro.cnp"],
    "SVK": ["sk.rc"],
    "SVN": ["si.emso"],
    "SWE": ["se.personnummer"],
}


@dataclass
class Identifiers:
    """The identifiers of a study and their tokens: the same identifier has the same token everywhere.

    dates: whether dates are identifiers too
    """

    dates: bool = False
    tokens: dict[tuple[str, str], str] = field(default_factory=dict)
    found: dict[tuple[str, str], list[str]] = field(default_factory=dict)
    written: dict[tuple[str, str], str] = field(default_factory=dict)

    @classmethod
    def known(cls, table: pd.DataFrame, dates: bool = False) -> "Identifiers":
        """The identifiers of PRIVATE_IDENTIFIERS, so that the same ones get the same tokens."""
        identifiers = cls(dates)
        for row in table.itertuples(index=False):
            kind = row.token.strip("[]").rpartition("_")[0]
            key = kind, _plain(kind, row.identifier)
            identifiers.tokens[key], identifiers.written[key] = row.token, row.identifier
        return identifiers

    def places(self, text: str, transcript: str, country: str = "") -> list[tuple[int, int, str]]:
        """Where identifiers are in a text and the token of each, in order."""
        places = []
        for kind, start, end in _apart(self._candidates(text, country)):
            key = kind, _plain(kind, text[start:end])
            if key not in self.tokens:
                number = 1 + sum(other_kind == kind for other_kind, _ in self.tokens)
                self.tokens[key] = f"[{kind}_{number}]"
                self.written[key] = text[start:end]
            self.found.setdefault(key, []).append(transcript)
            places.append((start, end, self.tokens[key]))
        return places

    def _candidates(self, text: str, country: str) -> Iterator[tuple[str, int, int]]:
        for kind, shape in SHAPES.items():
            if not _NEEDED[kind].search(text):
                continue  # many times faster than the shape itself
            yield from ((kind, *match.span()) for match in shape.finditer(text))
        if _DIGIT.search(text):
            yield from (("ADDRESS", *place) for place in addresses(text))
            yield from _numbers(text, country)
            yield from _telephones(text, country)
        if self.dates:
            yield from (("DATE", *match.span()) for match in DATE.finditer(text))

    def table(self, known_tokens: Collection[str] = ()) -> pd.DataFrame:
        """PRIVATE_IDENTIFIERS: each identifier with its token and where it was found.

        known: tokens that another table holds
        """
        rows = [
            {
                "token": token,
                "identifier": self.written[key],
                "times": len(self.found[key]),
                "transcripts": ";".join(dict.fromkeys(self.found[key])),
            }
            for key, token in self.tokens.items()
            if token not in known_tokens
        ]
        return accounting.table(rows, PRIVATE_IDENTIFIERS)


def _apart(candidates: Iterable[tuple[str, int, int]]) -> list[tuple[str, int, int]]:
    """The candidates that do not overlap, the first and longest of those that do."""
    apart: list[tuple[str, int, int]] = []
    for kind, start, end in sorted(candidates, key=lambda c: (c[1], -c[2])):
        if not apart or start >= apart[-1][2]:
            apart.append((kind, start, end))
    return apart


def _plain(kind: str, identifier: str) -> str:
    """One form for the ways in which an identifier is written."""
    if kind in ("PHONE", "IBAN", "ID"):
        return re.sub(r"[^0-9A-Z+]", "", identifier.upper())
    if kind == "ADDRESS":
        return " ".join(re.findall(r"\w+", identifier.casefold()))
    return identifier.casefold()


def _numbers(text: str, country: str) -> Iterator[tuple[str, int, int]]:
    from stdnum import iban

    for match in _NUMBER.finditer(text):
        compact = re.sub(r"[ -]", "", match.group())
        if iban.is_valid(compact):
            yield ("IBAN", *match.span())
        elif any(module.is_valid(match.group()) for module in _modules(country)):
            yield ("ID", *match.span())

    for match in _BIRTH.finditer(text) if country.upper() in ("CZE", "SVK") else ():
        if any(module.is_valid(match.group()) for module in _modules(country)):
            yield ("ID", *match.span())


def _modules(country: str) -> list:
    from importlib import import_module

    return [import_module(f"stdnum.{name}") for name in _PERSONAL.get(country.upper(), [])]


def _telephones(text: str, country: str) -> Iterator[tuple[str, int, int]]:
    import phonenumbers

    region = _region(country)
    for match in phonenumbers.PhoneNumberMatcher(text, region):
        if not DATE.fullmatch(match.raw_string):
            yield "PHONE", match.start, match.end


def _region(country: str) -> str | None:
    """The two letters of a country, which phonenumbers wants for numbers without a prefix."""
    modules = _PERSONAL.get(country.upper())
    return modules[0].partition(".")[0].upper() if modules else None
