"""How publishers lay out countries, years and values; headings as they use them, invented values."""

import pytest
from coproduction.core.errors import StudyError
from coproduction.formats.statistics import layouts
from formats.statistics.conftest import DATABANK, DATABANK_TIMES, EUROSTAT, OECD, OWID, PANEL, UNDP, WORLD_BANK, sheet


@pytest.mark.parametrize(
    ("text", "form", "places", "rest"),
    [
        (WORLD_BANK, layouts.ACROSS, ["Country Code", "Country Name"], {"years": ["2019", "2020"], "notes": 2}),
        (
            DATABANK,
            layouts.ACROSS,
            ["Country Code", "Country Name"],
            {"names": ["Series Code", "Series Name"], "notes": 2},
        ),
        (DATABANK_TIMES, layouts.BY_COLUMN, ["Country Code", "Country Name"], {"year": "Time"}),
        (EUROSTAT, layouts.BY_ROW, ["geo"], {"dimensions": ["freq", "unit", "sex"], "names": ["DATAFLOW"]}),
        (OECD, layouts.BY_ROW, ["REF_AREA", "Reference area"], {"value": "OBS_VALUE", "year": "TIME_PERIOD"}),
        (OWID, layouts.BY_COLUMN, ["Code", "Entity"], {"titles": ["Example share"]}),
        (PANEL, layouts.BY_COLUMN, ["country_text_id", "country_name"], {"year": "year"}),
        (UNDP, layouts.ACROSS, ["iso3", "country"], {"titles": ["exa", "other"]}),
        (
            "An index\nCountry / Territory,ISO3,Score 2023,Rank 2023,Score 2022,Rank 2022\nAustria,AUT,71,20,71,22\n",
            layouts.ACROSS,
            ["ISO3", "Country / Territory"],
            {"titles": ["Score", "Rank"], "notes": 1},
        ),
        ("country,1995,1996\nAustria,1,2\n", layouts.ACROSS, ["country"], {"years": ["1995", "1996"]}),
        ("geo,time,example_share\naut,2020,4\n", layouts.BY_COLUMN, ["geo"], {"titles": ["example_share"]}),
    ],
)
def test_the_parts_of_a_table_are_known_by_their_headings(text, form, places, rest):
    found = layouts.layout_of(sheet(text))
    assert (found.form, found.places) == (form, places)
    for name, value in rest.items():
        said = getattr(found, name)
        assert (list(said) if isinstance(value, list) else said) == value


def test_what_stands_around_the_values_is_no_row_of_them():
    found = layouts.layout_of(sheet(DATABANK))
    assert found.body["Country Code"].tolist() == ["AUT"]
    assert found.body.index.tolist() == [2]


def test_parts_in_the_first_cell_are_columns_of_their_own():
    text = "freq,unit,geo\\TIME_PERIOD\t2019 \t2020 \nA,PC,AT\t1.5 b\t: \n"
    found = layouts.layout_of(sheet(text, "estat_x.tsv", "\t"))
    assert (found.places, found.dimensions) == (["geo"], ["freq", "unit"])
    assert found.body.loc[2].tolist() == ["A", "PC", "AT", "1.5 b", ":"]


def test_a_column_of_measures_tells_no_series_apart():
    text = "country,year,value,standard error,method\nAUT,2020,1,0.25,a\nDNK,2020,2,0.5,b\n"
    assert layouts.layout_of(sheet(text)).dimensions == ["method"]


@pytest.mark.parametrize(
    "text",
    [
        "Country Code,Region,Income\nAUT,Europe,High\n",  # no years
        "country,score\nAUT,4\n",
        "year,value\n2020,4\n",  # no countries
        "a,b\n1,2\n",
    ],
)
def test_a_table_without_countries_years_and_values_is_not_taken_for_one(text):
    assert layouts.layout_of(sheet(text)) is None


def test_a_row_with_more_cells_than_headings_is_named():
    with pytest.raises(StudyError, match="more cells") as error:
        layouts.layout_of(sheet("country,year,value\nAUT,2020,1,500\n"))
    assert error.value.row == 2


def test_two_headings_of_one_name_stay_apart():
    found = layouts.layout_of(sheet("country,year,value,age,age\nAUT,2020,1,Y15,from 15\n"))
    assert found.dimensions == ["age", "age (2)"]


def test_a_first_cell_with_other_parts_than_the_headings_is_named():
    with pytest.raises(StudyError, match=r"not have the same parts as the headings \(1, not 2\)") as error:
        layouts.layout_of(sheet("unit,geo\\TIME_PERIOD\t2019 \nAT\t1\n", "x.tsv", "\t"))
    assert error.value.row == 2
