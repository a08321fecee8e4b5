"""Make data/demo/desk/indicators.csv and codebook.csv from the public files they are taken from.

    python tests/demo_truth/make_indicators.py FOLDER [OUT]

FOLDER holds `indicators/` and `coinr/` with the providers' downloads (not part of this project);
OUT is the study's desk folder. The numbers are facts and only cut to four decimals. For each
series and country the newest year is taken and, where there is one, an earlier year for
comparison. Only series under an open licence are used; those whose terms do not allow reuse
(EIU democracy index, trust by WVS/EVS, V-Dem extracts, Transparency International) are not.
Uses nothing but the standard library, so that it does not share a mistake with the reader of
the workflow.
"""

import csv
import sys
from pathlib import Path

COUNTRIES = [
    "AUT",
    "BEL",
    "BGR",
    "CHE",
    "CYP",
    "CZE",
    "DEU",
    "DNK",
    "ESP",
    "EST",
    "FIN",
    "FRA",
    "GBR",
    "GRC",
    "HRV",
    "HUN",
    "IRL",
    "ISL",
    "ITA",
    "LTU",
    "LUX",
    "LVA",
    "MLT",
    "NLD",
    "NOR",
    "POL",
    "PRT",
    "ROU",
    "SVK",
    "SVN",
    "SWE",
]
RETRIEVED = "2026-11-24"

WGI = ("World Bank, Worldwide Governance Indicators", "CC BY 4.0")
WGI_URL = "https://www.worldbank.org/en/publication/worldwide-governance-indicators"
WDI = ("World Bank, World Development Indicators", "CC BY 4.0")
UN = ("UN DESA, E-Government Survey", "public UN data, cited with source")
UN_URL = "https://publicadministration.un.org/egovkb"
ASEM = (
    "European Commission, Joint Research Centre, ASEM Sustainable Connectivity Portal (2018)",
    "CC BY 4.0 (data file: COINr, MIT)",
)
ASEM_URL = "https://composite-indicators.jrc.ec.europa.eu/asem-sustainable-connectivity"
ODIN = ("Open Data Watch, Open Data Inventory", "CC BY 4.0")
EGBR = ("European Commission, eGovernment Benchmark 2023", "CC BY 4.0")


def wgi(code):
    return ("wgi", "wb_WGIData.csv", code)


def gapminder(name):
    return ("gapminder", f"gapminder_{name}.csv", name)


def bipa(file, variable):
    return ("bipa", file, variable)


# indicator, name, dimension, direction, unit, (source, licence), url, factors, reader, years
SERIES = [
    (
        "voice_accountability",
        "Voice and accountability",
        "political",
        "higher_better",
        "standard units, about -2.5 to 2.5",
        WGI,
        WGI_URL,
        "participation-tradition",
        wgi("VA.EST"),
        (2012, 2022),
    ),
    (
        "government_effectiveness",
        "Government effectiveness",
        "political",
        "higher_better",
        "standard units, about -2.5 to 2.5",
        WGI,
        WGI_URL,
        "compatible-structures;staff-capacity",
        wgi("GE.EST"),
        (2012, 2022),
    ),
    (
        "rule_of_law",
        "Rule of law",
        "political",
        "higher_better",
        "standard units, about -2.5 to 2.5",
        WGI,
        WGI_URL,
        "legal-framework",
        wgi("RL.EST"),
        (2012, 2022),
    ),
    (
        "control_corruption",
        "Control of corruption",
        "political",
        "higher_better",
        "standard units, about -2.5 to 2.5",
        WGI,
        WGI_URL,
        "institutional-trust",
        wgi("CC.EST"),
        (2012, 2022),
    ),
    (
        "democracy_satisfaction",
        "Satisfaction with democracy (latent estimate)",
        "political",
        "higher_better",
        "standard units",
        ("Claassen, satisfaction with democracy, by way of Our World in Data", "CC BY 4.0"),
        "https://github.com/owid/owid-datasets",
        "institutional-trust",
        ("owid", "owid_Democratic_satisfaction_Claassen.csv", "democracy_satisf_claassen"),
        (2010, 2020),
    ),
    (
        "gdp_per_capita_ppp",
        "GDP per person",
        "economic",
        "higher_better",
        "current international dollars (PPP)",
        WDI,
        "https://data.worldbank.org/indicator/NY.GDP.PCAP.PP.CD",
        "economic-security",
        ("wdi", "bipa_WB_WDI_2024_wb_wdi_2024.csv", "NY.GDP.PCAP.PP.CD"),
        (2018, 2022),
    ),
    (
        "gini",
        "Inequality of income (Gini index)",
        "economic",
        "lower_better",
        "0 to 100",
        ("World Bank, Poverty and Inequality Platform, by way of Gapminder", "CC BY 4.0"),
        "https://data.worldbank.org/indicator/SI.POV.GINI",
        "economic-security",
        gapminder("inequality_index_gini"),
        (2013, None),
    ),
    (
        "long_term_unemployment",
        "Long-term unemployment (12 months and more)",
        "economic",
        "lower_better",
        "% of labour force",
        ("ILO, by way of Gapminder", "CC BY 4.0"),
        "https://www.gapminder.org/data/",
        "economic-security;citizen-resources",
        gapminder("long_term_unemployment_rate_percent"),
        (2013, 2023),
    ),
    (
        "government_consumption",
        "Final consumption of general government",
        "economic",
        "higher_better",
        "% of GDP",
        WDI,
        "https://data.worldbank.org/indicator/NE.CON.GOVT.ZS",
        "public-funding",
        ("wdi", "bipa_WB_WDI_2024_wb_wdi_2024.csv", "NE.CON.GOVT.ZS"),
        (2018, 2022),
    ),
    (
        "health_spending_share",
        "Health in government spending",
        "economic",
        "higher_better",
        "% of general government expenditure",
        ("WHO, Global Health Expenditure Database, by way of Gapminder", "CC BY 4.0"),
        "https://www.gapminder.org/data/",
        "public-funding",
        gapminder("government_health_spending_of_total_gov_spending_percent"),
        (2012, 2022),
    ),
    (
        "hdi",
        "Human Development Index",
        "social",
        "higher_better",
        "0 to 1",
        ("UNDP, Human Development Report, by way of Gapminder", "CC BY 4.0"),
        "https://hdr.undp.org/data-center/human-development-index",
        "social-inclusion",
        gapminder("hdi_human_development_index"),
        (2013, 2023),
    ),
    (
        "human_capital",
        "Human Capital Index of the E-Government Survey",
        "social",
        "higher_better",
        "0 to 1",
        UN,
        UN_URL,
        "citizen-knowledge",
        ("un", "un_egdi_{year}.csv", "hci"),
        (2012, 2018),
    ),
    (
        "women_senior_public",
        "Women in senior posts of the civil service",
        "social",
        "higher_better",
        "share of posts, 0 to 1",
        ("EIGE, Gender Statistics Database", "CC BY 4.0"),
        "https://eige.europa.eu/gender-statistics/dgs",
        "social-inclusion",
        bipa("bipa_data_out_eige_2023.csv", "eige_senior_women"),
        (None, 2023),
    ),
    (
        "female_labour_ratio",
        "Labour force participation, women to men",
        "social",
        "higher_better",
        "ratio",
        ASEM,
        ASEM_URL,
        "social-inclusion",
        ("asem", "ASEM_iData.csv", "FemLab"),
        (None, 2018),
    ),
    (
        "neet",
        "Young people not in employment, education or training",
        "social",
        "lower_better",
        "% of age group",
        ASEM,
        ASEM_URL,
        "social-need;social-inclusion",
        ("asem", "ASEM_iData.csv", "NEET"),
        (None, 2018),
    ),
    (
        "internet_users",
        "People using the internet",
        "technological",
        "higher_better",
        "% of population",
        ("ITU, by way of Gapminder", "CC BY 4.0"),
        "https://data.worldbank.org/indicator/IT.NET.USER.ZS",
        "digital-infrastructure;digital-skills",
        gapminder("internet_users"),
        (2013, 2023),
    ),
    (
        "broadband",
        "Fixed broadband subscriptions",
        "technological",
        "higher_better",
        "per 100 people",
        ("ITU, by way of Gapminder", "CC BY 4.0"),
        "https://data.worldbank.org/indicator/IT.NET.BBND.P2",
        "digital-infrastructure",
        gapminder("broadband_subscribers_per_100_people"),
        (2012, 2022),
    ),
    (
        "online_services",
        "Online Service Index",
        "technological",
        "higher_better",
        "0 to 1",
        UN,
        UN_URL,
        "digital-government",
        ("un", "un_egdi_{year}.csv", "osi"),
        (2012, 2018),
    ),
    (
        "e_participation",
        "E-Participation Index",
        "technological",
        "higher_better",
        "0 to 1",
        UN,
        UN_URL,
        "civic-platforms",
        ("un", "un_egdi_{year}.csv", "e-pat-index"),
        (2012, 2018),
    ),
    (
        "key_enablers",
        "Key enablers of digital services (electronic identity and documents)",
        "technological",
        "higher_better",
        "share of points, 0 to 1",
        EGBR,
        "https://digital-strategy.ec.europa.eu/en/library/egovernment-benchmark-2023",
        "digital-government",
        bipa("bipa_data_out_egbr_2022.csv", "egbr_key_enablers"),
        (None, 2022),
    ),
    (
        "open_social_statistics",
        "Openness of social statistics",
        "technological",
        "higher_better",
        "points",
        ODIN,
        "https://odin.opendatawatch.com",
        "open-data",
        bipa("bipa_data_out_odin_2022.csv", "odin_social_openness"),
        (None, 2022),
    ),
]

NAMES = {  # the spellings of the one file that has names only
    "Austria": "AUT",
    "Belgium": "BEL",
    "Bulgaria": "BGR",
    "Switzerland": "CHE",
    "Cyprus": "CYP",
    "Czech Republic": "CZE",
    "Czechia": "CZE",
    "Germany": "DEU",
    "Denmark": "DNK",
    "Spain": "ESP",
    "Estonia": "EST",
    "Finland": "FIN",
    "France": "FRA",
    "United Kingdom": "GBR",
    "Greece": "GRC",
    "Croatia": "HRV",
    "Hungary": "HUN",
    "Ireland": "IRL",
    "Iceland": "ISL",
    "Italy": "ITA",
    "Lithuania": "LTU",
    "Luxembourg": "LUX",
    "Latvia": "LVA",
    "Malta": "MLT",
    "Netherlands": "NLD",
    "Norway": "NOR",
    "Poland": "POL",
    "Portugal": "PRT",
    "Romania": "ROU",
    "Slovakia": "SVK",
    "Slovenia": "SVN",
    "Sweden": "SWE",
}


def rows_of(path):
    with open(path, encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def cells(folder, reader, years):
    """(country as ISO3, year, cell) of one series as its file has them."""
    kind, file, key = reader
    place = folder / ("coinr" if kind == "asem" else "indicators")
    for year in [year for year in years if year] if kind == "un" else [None]:
        for row in rows_of(place / file.format(year=year)):
            if kind == "un":
                yield row["country-code"], year, row[key]
            elif kind == "asem":
                yield row["uCode"], row["Time"], row[key]
            elif kind == "wgi" and row["Indicator Code"] == key:
                yield from ((row["Country Code"], y, row[str(y)]) for y in years)
            elif kind == "wdi" and row["ind_id"] == key:
                yield row["cty_iso"], row["date"], row["value"]
            elif kind == "gapminder":
                yield row["geo"].upper(), row["time"], row[key]
            elif kind == "owid":
                yield NAMES.get(row["Entity"]), row["Year"], row[key]
            elif kind == "bipa" and row["variable"] == key:
                yield row["cc_iso3c"], row["ref_year"], row["value"]


def read_series(folder, reader, years):
    """{(ISO3, year): value} of one series; cells that are empty or not a number are not there."""
    return {
        (country, int(year)): float(cell)
        for country, year, cell in cells(folder, reader, years)
        if country in COUNTRIES and cell.strip() not in ("", "..", "NA")
    }


def chosen(found, years):
    """The newest value up to the last year and the newest up to the earlier year (10 years back)."""
    earlier, latest = years
    picked = {}
    for country in COUNTRIES:
        have = sorted(year for name, year in found if name == country)
        last = [year for year in have if latest is None or year <= latest]
        if not last:
            continue
        picked[country, last[-1]] = found[country, last[-1]]
        before = [year for year in have if earlier and earlier - 3 <= year <= earlier]
        if before and before[-1] < last[-1]:
            picked[country, before[-1]] = found[country, before[-1]]
    return picked


def plain(value):
    """Four decimals without trailing zeros."""
    return f"{value:.4f}".rstrip("0").rstrip(".")


def make(folder, out):
    """Write indicators.csv and codebook.csv into `out` from the files in `folder`."""
    folder, out = Path(folder), Path(out)
    values, codebook = [], []
    for code, name, dimension, direction, unit, origin, url, factors, reader, years in SERIES:
        picked = chosen(read_series(folder, reader, years), years)
        values += [(c, code, year, plain(value)) for (c, year), value in sorted(picked.items())]
        codebook.append((code, name, dimension, direction, unit, *origin, url, RETRIEVED, factors))
    write(out / "indicators.csv", ("country", "indicator", "year", "value"), values)
    head = ["indicator", "name", "dimension", "direction", "unit", "source", "licence", "url", "retrieved", "factors"]
    write(out / "codebook.csv", head, codebook)


def write(path, head, rows):
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(head)
        writer.writerows(rows)


if __name__ == "__main__":
    default = Path(__file__).resolve().parents[2] / "data" / "demo" / "desk"
    make(sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else default)
