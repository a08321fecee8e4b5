"""Countries: codes and names of any source as ISO 3166-1 alpha-3.

country_converter is taken for its tested patterns of names, including EL and UK as Eurostat writes
them; pycountry knows only official names. Its own reading of its table fails under pandas 3.1
(empty cells become NaN), so the table is read here and handed over.
"""

import logging
import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import country_converter
import pandas as pd

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
AGGREGATE_CODES = frozenset(_GROUPS.split())  # of the World Bank
NOT_FOUND = "not found"
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


def iso3(names: Iterable[str]) -> dict[str, str]:
    """Each name or code with its ISO3 code; '' where it is not (or not surely) a country.

    Numbers are not taken for the numeric codes of ISO 3166 or the UN.
    """
    found = {name: "" for name in sorted(set(names))}
    wanted = [name for name in found if name and not name.isdigit()]
    if wanted:
        codes = _converter().convert(wanted, to="ISO3", not_found=NOT_FOUND, enforce_list=True)
        single = zip(
            wanted, (code[0] if len(code) == 1 else NOT_FOUND for code in codes), strict=True
        )
        found |= {name: "" if code == NOT_FOUND else code for name, code in single}
    return found


def is_aggregate(name: str) -> bool:
    """Whether `name` is a group of countries that sources list among them (EU27_2020, World)."""
    return name.upper() in AGGREGATE_CODES or bool(AGGREGATE.fullmatch(name.strip()))


def title(code: str) -> str:
    """The name of a country code for reading; what is no such code stays as people wrote it."""
    if code == "EUU":
        return "European Union"
    return short_names([code])[code] if re.fullmatch("[A-Z]{3}", code) else code


def short_names(codes: Iterable[str]) -> dict[str, str]:
    """Each ISO3 code with a name for figures and tables."""
    wanted = sorted(set(codes))
    if not wanted:
        return {}
    names = _converter().convert(wanted, src="ISO3", to="name_short", not_found=None)
    return dict(zip(wanted, [names] if isinstance(names, str) else names, strict=True))
