"""Countries: codes and names of any source as ISO 3166-1 alpha-3.

country_converter is taken for its tested patterns of names, including EL and UK as Eurostat writes
them; pycountry knows only official names. Its patterns find a country also within other words
("Southern Italy", "Cluj Romania"), so what it finds is kept only where the whole name is one of that
country; `countries.csv` has names in use that its table lacks. Its own reading of its table fails
under pandas 3.1 (empty cells become NaN), so the table is read here and handed over.
"""

import logging
import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

import country_converter
import pandas as pd

from coproduction.core import tables
from coproduction.core.errors import StudyError, raise_all
from coproduction.core.text import normalise, one_line

AGGREGATE = re.compile(
    r"(EU|EA|EEA|EFTA|OECD|G7|G20|BRICS?)([ _-]?\d.*|\b.*)|.*\b(union|euro area|euro zone|"
    r"eurozone|world|average|aggregate|total|mean|income|asia pacific|sub-saharan africa|"
    r"latin america.*|middle east.*)\b.*|europe( .*)?",
    re.IGNORECASE,
)
_GROUPS = """
EUU EMU ECS ECA OED WLD CEB EAS EAP TEA LCN LAC TLA MEA MNA TMN NAC SAS TSA SSF SSA TSS
ARB HIC LIC LMC LMY UMC MIC HPC IBD IBT IDA IDB IDX IBX LDC FCS PSS PST CSS SST OSS AFE
AFW EAR LTE PRE INX TEC CHI
"""
FORMER = re.compile(r"\bsoviet\b", re.IGNORECASE)  # a state that was, which people settle
_WITH_CODE = re.compile(r"(.+?)\s*[(\[]([A-Za-z]{2,3})[)\]]")  # Austria (AUT)
_OF_TOTALS = re.compile(r"\b(?:total|average|mean|aggregate|income)\b", re.IGNORECASE)
AGGREGATE_CODES = frozenset(_GROUPS.split())  # of the World Bank
NOT_FOUND = "not found"
MISSING = "NA"  # also the two-letter code of Namibia
_SHORT_NAMES: dict[str, str] = {}  # by code, as far as they were asked for
NO_COUNTRY = "no country"
# Words of official names that tell no country from a part of it, and how sources shorten them.
_ARTICLES = frozenset(["the", "of", "and", "s"])
_GENERIC = frozenset(
    """
        republic democratic people federal federation federated state states islamic plurinational bolivarian
        socialist kingdom grand duchy principality commonwealth independent co operative cooperative sar
    """.split()
)
_SHORT = {
    "rep": ("republic",),
    "dem": ("democratic",),
    "fed": ("federated",),
    "sts": ("states",),
    "peoples": ("people",),
    "pdr": ("people", "democratic", "republic"),
    "rb": ("republic", "bolivarian"),
}

COUNTRIES = tables.people(
    "countries.csv",
    "What the names of places in your files mean, where they are neither the full name nor the code of a country.",
    {
        "name": tables.text("name as it is written in the files", filled=True, unique=True),
        "code": tables.text("ISO 3166 alpha-3 code, or 'no country'", filled=True),
    },
)
_TEXT = """
name_short name_official regex ISO2 ISO3 continent UNregion EXIO1 EXIO2 EXIO3 WIOD
"""


@cache
def _converter() -> country_converter.CountryConverter:
    path = Path(country_converter.__file__).with_name("country_data.tsv")
    data = pd.read_csv(path, sep="\t", dtype=str, keep_default_na=False, encoding="utf-8")
    others = [name for name in data.columns if name not in _TEXT.split()]
    data[others] = data[others].replace("", pd.NA)
    logging.getLogger("country_converter").setLevel(logging.ERROR)
    return country_converter.CountryConverter(country_data=data)


Words = tuple[tuple[str, ...], frozenset[str]]  # those that tell the country, those that do not


@cache
def _names() -> dict[str, tuple[Words, Words]]:
    """By ISO3 code the words of the short and of the official name of the country."""
    table = _converter().data
    named = table[["ISO3", "name_short", "name_official"]].itertuples(index=False)
    return {code: (_words(short), _words(official)) for code, short, official in named}


@cache
def _other_names() -> dict[str, str]:
    path = Path(__file__).with_name("countries.csv")
    listed = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8")
    pairs = zip(listed["name"], listed["code"], strict=True)
    return {normalise(name): code for name, code in pairs}


@cache
def _words(name: str) -> Words:
    """The words of a name that tell the country, in order, and those that many official names have.

    >>> _words("Iran, Islamic Rep.") == (("iran",), frozenset({"islamic", "republic"}))
    True
    """
    words = [full for word in normalise(name).split() for full in _SHORT.get(word, (word,))]
    generic = [word for word in words if word in _GENERIC]
    telling = [word for word in words if word not in _GENERIC | _ARTICLES]
    return (tuple(sorted(telling or words)), frozenset(generic if telling else []))


def _is_whole(name: str, code: str) -> bool:
    """Whether a name is a whole name of the country that it was found for, or its code.

    'State of Georgia' has a word that no name of the country has, 'Italian' lacks one of 'Italian
    Republic', and a question mark says that somebody was not sure.
    """
    if re.fullmatch(r"[A-Za-z]{2,3}", name.strip()):
        return True
    if code not in _names() or "?" in name:
        return False
    telling, generic = _words(name)
    short, official = _names()[code]
    if telling == short[0]:
        return short[1] <= generic <= short[1] | official[1]
    return telling == official[0] and generic <= official[1] and bool(generic or not official[1])


def settled_in(path: str | Path | None) -> dict[str, str]:
    """What people say in countries.csv: name → ISO3 code, '' for no country; empty without a file.

    Raises StudyError for a code that is none.
    """
    if path is None:
        return {}
    from coproduction.core import people_tables

    table = people_tables.read_people_table(path, COUNTRIES)
    codes = iso3(table["code"])
    none = table["code"].map(normalise) == NO_COUNTRY
    raise_all(
        [
            StudyError(
                f"'{table.loc[row, 'code']}' is not the code of a country",
                file=path,
                row=int(row),
                column="code",
                remedy="Use an ISO 3166 code such as ITA, or 'no country'",
            )
            for row in table.index[~none & (table["code"].map(codes) == "")]
        ]
    )
    return {
        _key(name): "" if nothing else codes[code]
        for name, code, nothing in zip(table["name"], table["code"], none, strict=True)
    }


def _key(name: str) -> str:
    return one_line(name).casefold()


def is_settled(name: str, settled: Mapping[str, str]) -> bool:
    """Whether people said in countries.csv what a name means."""
    return _key(name) in settled


def iso3(names: Iterable[str], settled: Mapping[str, str] | None = None) -> dict[str, str]:
    """Each name or code with its ISO3 code; '' where it is not (or not surely) a country.

    Only whole names and codes count: regions, parts and former states are not their country.
    Numbers are not taken for the numeric codes of ISO 3166 or the UN. What people `settled` (see
    `settled_in`) comes first.
    """
    codes_by_name = {name: "" for name in sorted(set(names))}
    settled_codes = {name: (settled or {}).get(_key(name)) for name in codes_by_name}
    codes_of_other_names = {name: _other_names().get(normalise(name), "") for name in codes_by_name}
    named = (name for name in codes_by_name if name and not name.isdigit())
    codes_by_name |= {name: code for name in named if (code := _code_of(name))}
    codes_by_name |= {name: code for name, code in codes_of_other_names.items() if code}
    if codes_by_name.get(MISSING) and any(code and len(name) != len(MISSING) for name, code in codes_by_name.items()):
        codes_by_name[MISSING] = ""  # among names and longer codes it is no code but says that there is none
    return codes_by_name | {name: code for name, code in settled_codes.items() if code is not None}


@cache
def _code_of(name: str) -> str:
    """The code of the country that the converter finds, which looks through all its patterns for each name; else ''."""
    if match := _WITH_CODE.fullmatch(name.strip()):
        both = {_code_of(match[1]), _code_of(match[2])}
        return both.pop() if len(both) == 1 else ""
    (codes,) = _converter().convert([name], to="ISO3", not_found=NOT_FOUND, enforce_list=True)
    sure = len(codes) == 1 and codes[0] != NOT_FOUND and _is_whole(name, codes[0])
    return codes[0] if sure else ""


def is_aggregate(name: str) -> bool:
    """Whether `name` is a group of countries that sources list among them (EU27_2020, World).

    The total of one country ('Germany, total') is none.
    """
    if name.upper() in AGGREGATE_CODES:
        return True
    if not AGGREGATE.fullmatch(name.strip()) or FORMER.search(name):
        return False
    rest = _OF_TOTALS.sub(" ", name).strip(" ,;:()[]-–")
    return not (rest and rest != name.strip() and iso3([rest])[rest])


def unknown(names: Iterable[str], settled: Mapping[str, str] | None = None) -> list[str]:
    """The names that are neither a country that is known nor a group of countries, each once.

    >>> unknown(["AUT", "Oostenrijk", "European Union", ""])
    ['Oostenrijk']
    """
    distinct_names = [name for name in dict.fromkeys(names) if name and name != "EUU"]
    codes = iso3(distinct_names, settled)
    return [
        name
        for name in distinct_names
        if not codes[name] and not is_aggregate(name) and not is_settled(name, settled or {})
    ]


def title(code: str) -> str:
    """The name of a country code for reading; what is no such code stays as people wrote it."""
    if code == "EUU":
        return "European Union"
    return short_names([code])[code] if re.fullmatch("[A-Z]{3}", code) else code


def short_names(codes: Iterable[str]) -> dict[str, str]:
    """Each ISO3 code with a name for figures and tables."""
    unique_codes = sorted(set(codes))
    if new := [code for code in unique_codes if code not in _SHORT_NAMES]:
        names = _converter().convert(new, src="ISO3", to="name_short", not_found=None)
        _SHORT_NAMES.update(zip(new, [names] if isinstance(names, str) else names, strict=True))
    return {code: _SHORT_NAMES[code] for code in unique_codes}
