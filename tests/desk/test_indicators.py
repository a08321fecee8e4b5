"""Indicators as people keep them, right and wrong."""

import re

import pandas as pd
import pytest
from coproduction.core.errors import StudyError
from coproduction.core.factors import read_factors
from coproduction.desk import facts, indicators, tables
from coproduction.desk.settings import DeskSettings
from desk.conftest import book

CODEBOOK = """indicator,name,dimension,direction,unit,source,licence,url,retrieved,factors
trust,Trust,political,higher_better,%,Somebody,CC BY 4.0,,2026-01-01,institutional-trust
gap,Gap,social,lower_better,%,Somebody,CC BY 4.0,,2026-01-01,
"""


@pytest.fixture
def codebook(tmp_path):
    path = tmp_path / "codebook.csv"
    path.write_text(CODEBOOK, encoding="utf-8")
    return indicators.read_codebook(path, {"institutional-trust"})


@pytest.fixture
def read(tmp_path, codebook):
    def read(lines, countries=(), oldest=2000, head="country,indicator,year,value", settled=None):
        path = tmp_path / "indicators.csv"
        content = "\n".join([head, *lines]) + "\n"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return indicators.read_values([path], codebook, list(countries), oldest, settled)

    return read


def test_every_row_has_one_outcome(read):
    found = read(
        [
            "EL,trust,2020,10",
            "GRC,trust,2021,20",
            "Greece,trust,2021,20",
            "UK,trust,1990,5",
            "AUT,gap,2020,..",
            "EU27_2020,trust,2020,50",
            "Norway,trust,2022,1.5e1",
        ],
        countries=["GRC", "AUT", "United Kingdom"],
    )
    assert found["outcome"].tolist() == [
        "superseded by a later year",
        "used",
        "repeated line",
        "before the oldest year",
        "no value",
        "aggregate, not a country",
        "country outside the comparison",
    ]
    assert found["country"].tolist()[:4] == ["GRC", "GRC", "GRC", "GBR"]
    assert found["row"].tolist() == list(range(2, 9))


PLACES = ["England", "Flanders (Belgium)", "Southern Italy", "Cluj Romania", "Francesca centre", "Rest of Spain"]


@pytest.mark.parametrize("place", PLACES)
def test_parts_of_countries_are_asked_about_until_people_say_what_they_are(read, place):
    lines = [f"{place},trust,2020,10", "ESP,trust,2020,20"]
    with pytest.raises(StudyError, match=rf"'{re.escape(place)}' is not a country.*countries\.csv"):
        read(lines)
    found = read(lines, settled={place.casefold(): ""})
    assert found["outcome"].tolist() == ["aggregate, not a country", "used"]
    found = read(lines, settled={place.casefold(): "ITA"})
    assert found["country"].tolist() == ["ITA", "ESP"]


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        ("Utopia,trust,2020,1", ["row 3", "'country'", "'Utopia' is not a country"]),
        ("AUT,hope,2020,1", ["row 3", "'indicator'", "not in codebook.csv"]),
        ("AUT,trust,,1", ["row 3", "'year'", "four digits"]),
        ("AUT,trust,20xx,1", ["row 3", "'year'", "not a whole number"]),
        ("AUT,trust,2020,12.5 b", ["row 3", "'value'", "'12.5 b' is not a number"]),
        ("AUT,trust,2020,9", ["row 2", "'value'", "several values", "row 3"]),
        ("AUT,trust,2020,1,2", ["row 3", "5 cells"]),
        (",trust,2020,1", ["row 3", "'country'", "empty"]),
    ],
)
def test_a_wrong_cell_is_named(read, line, parts):
    with pytest.raises(StudyError) as caught:
        read(["AUT,trust,2020,1", line])
    for part in ["indicators.csv", *parts]:
        assert part in str(caught.value)


def test_all_wrong_cells_are_named_at_once(read):
    with pytest.raises(StudyError) as caught:
        read(["Utopia,trust,2020,1", "AUT,trust,2020,x"])
    assert "2 problems" in str(caught.value)
    assert "Utopia" in str(caught.value)
    assert "'x'" in str(caught.value)


@pytest.mark.parametrize(
    ("content", "part"),
    [
        (b"", "empty"),
        ("country,indicator,year,value\nŠpanělsko,trust,2020,1\n".encode("cp1250"), "UTF-8"),
        (b'country,indicator,year,value\nAUT,"trust,2020,1\n', "quotation mark"),
        (b"country,indicator,year\nAUT,trust,2020\n", "'value' is missing"),
    ],
)
def test_a_broken_file_is_named(tmp_path, codebook, content, part):
    path = tmp_path / "indicators.csv"
    path.write_bytes(content)
    with pytest.raises(StudyError) as caught:
        indicators.read_values([path], codebook, [], 2000)
    assert "indicators.csv" in str(caught.value)
    assert part in str(caught.value)


def test_the_codebook_names_wrong_dimension_and_factor(tmp_path):
    path = tmp_path / "codebook.csv"
    path.write_text(CODEBOOK.replace("political", "politics"), encoding="utf-8")
    with pytest.raises(
        StudyError, match=r"row 2.*'dimension'.*'politics' is not a dimension.*'political'.*desk.dimensions"
    ):
        indicators.read_codebook(path, {"institutional-trust"})
    path.write_text(CODEBOOK, encoding="utf-8")
    with pytest.raises(StudyError, match=r"row 2.*'factors'.*institutional-trust"):
        indicators.read_codebook(path, {"open-data"})


def test_a_study_has_dimensions_of_its_own(tmp_path):
    path = tmp_path / "codebook.csv"
    path.write_text(CODEBOOK.replace("political", " Ecological").replace("social", "LEGAL"), encoding="utf-8")
    with pytest.raises(StudyError, match=r"'Ecological' is not a dimension of the study"):
        indicators.read_codebook(path, {"institutional-trust"})
    read = indicators.read_codebook(path, {"institutional-trust"}, ["legal", "ecological"])
    assert list(read["dimension"]) == ["ecological", "legal"]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (["legal", "Legal"], "more than once"),
        (["legal", "overall"], "overall is that of all together"),
        (["legal", " "], "needs a name"),
        ([], "at least 1"),
        ([f"d{n}" for n in range(9)], "at most 8"),
    ],
)
def test_dimensions_that_cannot_be(given, said):
    with pytest.raises(ValueError, match=said):
        DeskSettings(dimensions=given)
    with pytest.raises(ValueError, match="'social' in dimension_weights is not a dimension"):
        DeskSettings(dimensions=["legal"], dimension_weights={"social": 2})


def test_nothing_yet_is_a_state(codebook):
    values = indicators.read_values([], codebook, [], 2000)
    assert values.empty
    found = indicators.coverage(values, codebook)
    assert found["countries"].tolist() == [0, 0]
    none = indicators.read_codebook(None, set())
    assert none.empty
    assert set(none) == {*tables.CODEBOOK.columns, "series"}  # the step takes the column out


def test_a_setting_that_names_no_country(read):
    with pytest.raises(StudyError, match=r"desk\.countries.*Utopia"):
        read(["AUT,trust,2020,1"], countries=["AUT", "Utopia"])


def test_coverage_names_gaps_and_zeros_that_look_like_missing_values(read, codebook):
    rows = [f"{code},trust,2020,{n}" for n, code in enumerate(["AUT", "BEL", "BGR", "CYP"], 50)]
    found = indicators.coverage(read([*rows, "DEU,trust,2020,0.0", "AUT,gap,2019,3"]), codebook)
    trust, gap = found.to_dict("records")
    assert (trust["countries"], trust["of"], trust["missing"]) == (5, 5, "")
    assert "missing values coded as 0" in trust["remark"]
    assert gap["missing"] == "BEL;BGR;CYP;DEU"
    assert "separates no countries" in gap["remark"] or gap["countries"] == 1


def test_real_zeros_get_no_remark(read, codebook):
    rows = [f"{code},trust,2020,{n}" for n, code in enumerate(["AUT", "BEL", "BGR", "CYP", "DEU"])]
    assert indicators.coverage(read(rows), codebook)["remark"].tolist()[0] == ""


@pytest.mark.parametrize("code", [-99, 999, -9999])
def test_codes_of_missing_values_get_a_remark(read, codebook, code):
    rows = [f"{name},trust,2020,{n}" for n, name in enumerate(["AUT", "BEL", "BGR", "CYP"], 50)]
    (remark, _) = indicators.coverage(read([*rows, f"DEU,trust,2020,{code}"]), codebook)["remark"]
    assert remark == f"1 value of {code} far from all others: missing values coded so?"


def test_a_value_among_others_is_no_code(read, codebook):
    rows = [
        f"{name},trust,2020,{n}"
        for name, n in zip(["AUT", "BEL", "BGR", "CYP", "DEU"], [60, 70, 80, 90, 99], strict=True)
    ]
    assert indicators.coverage(read(rows), codebook)["remark"].tolist()[0] == ""


def test_percentages_are_read_by_the_unit(read):
    assert read(["AUT,trust,2020,45%", "BEL,trust,2020,50"])["value"].tolist() == [45, 50]


def test_long_real_file_with_indicator_columns_melted(shared_data, tmp_path):
    """The table of 32 European countries x 25 series reads without loss."""
    file = shared_data / "pest" / "pest_europe_long.csv"
    raw = pd.read_csv(file)
    dimension = {"P": "political", "E": "economic", "S": "social", "T": "technological"}
    names = sorted(raw["indicator"].unique())
    book = pd.DataFrame({"indicator": names, "name": names, "source": "pest"})
    book["dimension"] = book["indicator"].str[0].map(dimension)
    book["direction"] = "higher_better"
    for column in ("unit", "licence", "url", "retrieved", "factors"):
        book[column] = ""
    raw.to_csv(tmp_path / "indicators.csv", index=False)
    found = indicators.read_values([tmp_path / "indicators.csv"], book, [], 1990)
    assert len(found) == len(raw)
    outcomes = found["outcome"].value_counts()
    assert outcomes.sum() == len(raw)
    assert outcomes["used"] == raw.dropna(subset="value").drop_duplicates(["iso3", "indicator"]).shape[0]


def test_changes_take_the_value_nearest_to_ten_years_before():
    values = pd.DataFrame(
        [("AUT", year, value) for year, value in ((2022, 5.0), (2020, 4.0), (2013, 7.0), (2005, 1.0))],
        columns=["country", "year", "value"],
    ).astype({"year": "Int64"})
    values = values.assign(row=range(2, 6), indicator="a")
    values["outcome"] = ["used", "superseded by a later year", *["before the oldest year"] * 2]
    found = indicators.changes(values, book(a="social"))
    assert found[["year_before", "change", "better"]].to_numpy().tolist() == [[2013, -2.0, -1]]
    lower = book(a="social").assign(direction="lower_better")
    assert indicators.changes(values, lower)["better"].tolist() == [1]
    assert indicators.changes(values.head(2), book(a="social")).empty


def known(root):
    return set(read_factors(root / "config" / "factors.csv")["id"])


@pytest.mark.parametrize("cell", ["0", "-1"])
def test_a_weight_that_is_none_is_named(root, tmp_path, cell):
    lines = (root / "data/demo/desk/codebook.csv").read_text().splitlines()
    path = tmp_path / "codebook.csv"
    path.write_text("\n".join([f"{lines[0]},weight", f"{lines[1]},{cell}"]))
    with pytest.raises(StudyError, match=r"row 2, column 'weight'.*more than 0"):
        indicators.read_codebook(path, known(root))


def test_empty_weights_are_one(root, tmp_path):
    lines = (root / "data/demo/desk/codebook.csv").read_text().splitlines()
    path = tmp_path / "codebook.csv"
    path.write_text("\n".join([f"{lines[0]},weight", f"{lines[1]},2.5", f"{lines[2]},"]))
    codebook = indicators.read_codebook(path, known(root))
    assert list(codebook["weight"]) == [2.5, 1.0]
    assert not facts.weighted(codebook.assign(dimension=["political", "social"]))
    assert facts.weighted(codebook.assign(dimension="social"))
