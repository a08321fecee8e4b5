"""Country codes and names of sources that each write them in their own way."""

import pytest
from coproduction.core import countries


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("AT", "AUT"),
        ("AUT", "AUT"),
        ("EL", "GRC"),
        ("GR", "GRC"),
        ("UK", "GBR"),
        ("Slovak Republic", "SVK"),
        ("Czech Republic", "CZE"),
        ("Czechia", "CZE"),
        ("The Netherlands", "NLD"),
        ("Germany (until 1990 former territory of the FRG)", "DEU"),
        ("Türkiye", "TUR"),
        ("NA", "NAM"),
        ("Cyprus", "CYP"),
    ],
)
def test_codes_and_names(written, code):
    assert countries.iso3([written]) == {written: code}


@pytest.mark.parametrize("written", ["Utopia", "XX", "EU27_2020", "Austria and Hungary", "12"])
def test_what_is_no_country_has_no_code(written):
    assert countries.iso3([written]) == {written: ""}


@pytest.mark.parametrize(
    "written", ["EU27_2020", "EU-27", "EA19", "European Union", "OECD - Total", "WLD", "World"]
)
def test_groups_of_countries_are_known(written):
    assert countries.is_aggregate(written)


@pytest.mark.parametrize("written", ["Utopia", "Eutopia", "Austria", ""])
def test_other_words_are_no_groups(written):
    assert not countries.is_aggregate(written)


def test_every_group_of_the_world_bank_file_is_known(shared_data):
    import pandas as pd

    file = shared_data / "indicators" / "bipa_WB_WDI_2024_wb_wdi_2024.csv"
    listed = pd.read_csv(file, encoding="utf-8-sig", keep_default_na=False)
    listed = listed.drop_duplicates("cty_iso")
    codes = countries.iso3(listed["cty_iso"])
    left = [code for code in listed["cty_iso"] if not codes.get(code)]
    assert [code for code in left if code and not countries.is_aggregate(code)] == []
    assert sum(map(bool, codes.values())) >= 210


def test_short_names():
    assert countries.short_names(["GBR", "CZE"]) == {"CZE": "Czechia", "GBR": "United Kingdom"}
    assert countries.short_names(["AUT"]) == {"AUT": "Austria"}
    assert countries.short_names([]) == {}


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("FIN", "Finland"),
        ("CZE", "Czechia"),
        ("EUU", "European Union"),
        ("", ""),
        ("Nordic", "Nordic"),
    ],
)
def test_codes_are_shown_as_names_and_other_words_as_they_are(code, name):
    assert countries.title(code) == name
