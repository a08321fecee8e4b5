"""Country codes and names of sources that each write them in their own way."""

import pytest
from coproduction.core import countries
from coproduction.core.errors import StudyError


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
        ("Korea, Rep.", "KOR"),
        ("Korea, Dem. People's Rep.", "PRK"),
        ("Iran (Islamic Republic of)", "IRN"),
        ("Moldova, Republic of", "MDA"),
        ("Russian Federation", "RUS"),
        ("Congo, Dem. Rep.", "COD"),
        ("Hong Kong SAR, China", "HKG"),
        ("Turkey", "TUR"),
        ("Ivory Coast", "CIV"),
        ("Kosovo*", "XKX"),
        ("the United States of America", "USA"),
        ("Kingdom of Spain", "ESP"),
    ],
)
def test_codes_and_names(written, code):
    assert countries.iso3([written]) == {written: code}


@pytest.mark.parametrize("written", ["Utopia", "XX", "EU27_2020", "Austria and Hungary", "12"])
def test_what_is_no_country_has_no_code(written):
    assert countries.iso3([written]) == {written: ""}


@pytest.mark.parametrize(
    "written",
    [
        "England",
        "Scotland",
        "Great Britain",
        "Northern Ireland",
        "Flanders (Belgium)",
        "Southern Italy",
        "Cluj Romania",
        "Francesca centre",
        "Niger delta",
        "Rest of Spain",
        "West Germany",
        "East Germany",
        "Soviet Union",
        "Yugoslavia",
        "Czechoslovakia",
        "Northern Cyprus",
        "Romania West",
        "Republika Srpska",
        "Italia Nostra Centre",
    ],
)
def test_parts_and_former_states_are_not_their_country(written):
    assert countries.iso3([written]) == {written: ""}


NOT_COUNTRIES = """
England|Wales|Wallonia|Bavaria|Bayern|Cataluña|Northern Italy|Italia meridionale|Cluj, Romania|Romania: Cluj|
Spain (Madrid)|Alsace (France)|Île-de-France|Jammu and Kashmir|New England|New Mexico|New South Wales|
Western Australia|State of Georgia|Georgia (US)|Georgia, USA|British Columbia|Baja California|USSR|GDR|
Austria-Hungary|Serbia and Montenegro|Netherlands Antilles|Swiss|German|French|Italian|Spanish|Romanian|
British|Dutch|American|Irish|Palestinian|Greek Cypriots|German-speaking Switzerland|Suisse romande|Südtirol|
Jersey City|Guinea pigs|Turkey hen|Chad Smith|Jordan river|Jordan Peterson|Peru, Indiana|Paris, Texas|
Lebanon, New Hampshire|Chinatown|Gulf of Oman|Indiana|Indian Ocean|Malta (Gozo)|Finnish Lapland|
Mainland China|Inner Mongolia|South Korea and Japan|Germany and France|Germany/France|DE, FR|Benelux|
North Holland|Central Africa|North Sudan|South Yemen|Somaliland|West Bank|Iraqi Kurdistan|
Russian Federation (Moscow)|Moscow, Russia|United Kingdom (England)|UK-Scotland|USA (California)|
Rural Poland|City of Luxembourg|Luxembourg City|Mexico City|Guatemala City|Panama City|Kuwait City|
Samoa, American Samoa|Not Germany|Germany?|Germany 2|Germany 2019|Case Italy|Kingdom of Germany|
Federal Republic of Italy|Grand Duchy of Finland|Republic of Scotland
"""


@pytest.mark.parametrize("written", NOT_COUNTRIES.replace("\n", "").strip().split("|"))
def test_parts_peoples_persons_and_words_that_hold_a_country(written):
    assert countries.iso3([written]) == {written: ""}


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("Federal Republic of Germany", "DEU"),
        ("Grand Duchy of Luxembourg", "LUX"),
        ("Italian Republic", "ITA"),
        ("Hellenic Republic", "GRC"),
        ("Swiss Confederation", "CHE"),
        ("Lao People's Democratic Republic", "LAO"),
        ("Lao PDR", "LAO"),
        ("Venezuela, RB", "VEN"),
        ("Bolivia (Plurinational State of)", "BOL"),
        ("Micronesia, Fed. Sts.", "FSM"),
        ("Democratic People's Republic of Korea", "PRK"),
        ("Rep. of Korea", "KOR"),
        ("Republic of the Congo", "COG"),
        ("Central African Rep.", "CAF"),
        ("Dominican Rep.", "DOM"),
        ("State of Palestine", "PSE"),
        ("Viet Nam", "VNM"),
        ("Holy See", "VAT"),
        ("Macao", "MAC"),
        ("Republic of Ireland", "IRL"),
        ("Georgia", "GEO"),
        ("American Samoa", "ASM"),
        ("Saint Kitts & Nevis", "KNA"),
        ("São Tomé & Príncipe", "STP"),
        ("  germany ", "DEU"),
    ],
)
def test_names_in_use_by_other_sources(written, code):
    assert countries.iso3([written]) == {written: code}


def test_every_country_is_known_by_its_names_and_codes():
    table = countries._converter().data
    for column in ("name_short", "name_official", "ISO2", "ISO3"):
        names = table[~table[column].str.startswith("^")]  # GB or UK, GR or EL: patterns
        codes = countries.iso3(names[column])
        missed = {n: c for n, c in zip(names[column], names["ISO3"], strict=True) if codes[n] != c}
        assert missed == {}, column


def test_people_settle_what_a_name_means(tmp_path):
    path = tmp_path / "countries.csv"
    path.write_text("name,code\nScotland,GBR\nSouthern  Italy,no country\nItaly,No country\n")
    settled = countries.settled_in(path)
    found = countries.iso3(["scotland", "Southern Italy", "Italy", "Spain"], settled)
    assert found == {"scotland": "GBR", "Southern Italy": "", "Italy": "", "Spain": "ESP"}
    assert countries.is_settled("southern italy", settled)
    assert not countries.is_settled("Spain", settled)
    assert countries.settled_in(None) == {}
    path.write_text("name,code\nScotland,SCO\n")
    with pytest.raises(StudyError, match="row 2, column 'code': 'SCO' is not the code of a country"):
        countries.settled_in(path)


@pytest.mark.parametrize("written", ["EU27_2020", "EU-27", "EA19", "European Union", "OECD - Total", "WLD", "World"])
def test_groups_of_countries_are_known(written):
    assert countries.is_aggregate(written)


@pytest.mark.parametrize("written", ["Utopia", "Eutopia", "Austria", "", "Soviet Union"])
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
    [("FIN", "Finland"), ("CZE", "Czechia"), ("EUU", "European Union"), ("", ""), ("Nordic", "Nordic")],
)
def test_codes_are_shown_as_names_and_other_words_as_they_are(code, name):
    assert countries.title(code) == name


@pytest.mark.parametrize("written", ["Germany, total", "Germany total", "Total (Germany)", "Average Austria"])
def test_the_total_of_one_country_is_no_group(written):
    assert not countries.is_aggregate(written)
    assert countries.unknown([written]) == [written]


@pytest.mark.parametrize(("others", "code"), [(["AT", "DE"], "NAM"), (["AUT"], ""), (["Austria"], ""), ([], "NAM")])
def test_a_missing_code_among_names_is_not_namibia(others, code):
    assert countries.iso3(["NA", *others])["NA"] == code
    assert countries.iso3(["Namibia", *others])["Namibia"] == "NAM"


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("Austria (AUT)", "AUT"),
        ("Belgium [BE]", "BEL"),
        ("Austria (BEL)", ""),
        ("Congo (COG)", ""),
        ("Korea (Rep.)", "KOR"),
    ],
)
def test_a_name_with_its_code_is_that_country(written, code):
    assert countries.iso3([written]) == {written: code}
