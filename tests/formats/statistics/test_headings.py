"""Headings of statistics: which year they name, and two rows of them as one; invented values."""

import pytest
from coproduction.core.errors import StudyError
from coproduction.formats.statistics import layouts, selecting
from coproduction.formats.statistics.headings import in_one_row
from coproduction.formats.statistics.reading import Sheet


def sheet(*rows, name="a.xlsx"):
    return Sheet(name, [list(row) for row in rows], list(range(1, len(rows) + 1)))


def values(table, series):
    layout = layouts.layout_of(table)
    cells = selecting.cells(layout, selecting.select(layout, selecting.wanted(series)))
    return cells[[*layout.places, "row", "year", "cell", "flag"]].to_numpy().tolist()


EUROSTAT = sheet(
    ("Data extracted on 01/01/2026",),
    ("Unit of measure", "Percentage"),
    ("TIME", "2019", "", "2020"),
    ("GEO (Labels)",),
    ("Austria", "13.3", "b", "13.9"),
    ("Belgium", ":", "", "12.0", "ep"),
    ("Special value",),
    (":", "not available"),
    ("Available flags:",),
    ("b", "break in time series"),
    name="ilc_li02_page_spreadsheet.xlsx",
)


def test_a_workbook_of_eurostat_with_years_above_and_marks_beside_the_values():
    assert values(EUROSTAT, "ilc_li02") == [
        ["Austria", 5, 2019, "13.3", "b"],
        ["Austria", 5, 2020, "13.9", ""],
        ["Belgium", 6, 2019, ":", ""],
        ["Belgium", 6, 2020, "12.0", "ep"],
    ]


def test_years_below_a_heading_that_joins_them():
    table = sheet(("Country", "Trust", "", "Income"), ("", "2019", "2020", "2020"), ("Austria", "1", "2", "3"))
    assert values(table, "trust") == [["Austria", 3, 2019, "1", ""], ["Austria", 3, 2020, "2", ""]]
    assert [offer.series for offer in selecting.offers(layouts.layout_of(table))] == ["Trust"]


@pytest.mark.parametrize(
    ("heading", "year", "mark"),
    [("2019*", 2019, "*"), ("2020 (p)", 2020, "p"), ("2021e", 2021, "e"), ("2022", 2022, "")],
)
def test_the_mark_of_a_year_is_that_of_its_values(heading, year, mark):
    assert values(sheet(("Country", heading), ("Austria", "1.5 b")), "a") == [
        ["Austria", 2, year, "1.5", f"{mark} b".strip()]
    ]


def test_one_row_of_headings_stays_as_it_is():
    table = sheet(("Country", "Year", "x"), ("Austria", "2019", "2020"))
    assert in_one_row(table) is table


def test_a_column_beside_the_values_narrows_them():
    rows = [("AUT", "Austria", "2019", "cc", "1.5", "0.1"), ("AUT", "Austria", "2019", "ge", "1.6", "0.2")]
    table = sheet(("code", "countryname", "year", "indicator", "estimate", "stddev"), *rows)
    assert [row[-2] for row in values(table, "estimate?indicator=ge")] == ["1.6"]


def test_the_number_of_the_world_health_organization_comes_before_its_words():
    head = ("IndicatorCode", "SpatialDimValueCode", "Location", "Period", "FactValueNumeric", "Value")
    assert [row[-2] for row in values(sheet(head, ("W1", "AUT", "Austria", "2019", "81.5", "81.5 [81-82]")), "W1")] == [
        "81.5"
    ]


@pytest.mark.parametrize(
    "head",
    [
        ("SeriesCode", "GeoAreaName", "TimePeriod", "Value"),  # United Nations
        ("indicator.label", "ref_area.label", "time", "obs_value"),  # ILO
        ("Indicator", "Land", "Jahr", "Wert"),
    ],
)
def test_headings_of_more_publishers_and_languages(head):
    assert [row[-2] for row in values(sheet(head, ("X", "Austria", "2019", "4.5")), "X")] == ["4.5"]


@pytest.mark.parametrize("other", ["2019 se", "2019 f", "2019 n", "2019e"])
def test_a_column_beside_that_of_a_year_is_not_its_value(other):
    table = sheet(("Country", "2019", other), ("Austria", "1.5", "0.1"))
    assert values(table, "a") == [["Austria", 2, 2019, "1.5", ""]]


def test_a_year_that_heads_two_columns_is_named():
    with pytest.raises(StudyError, match="the year 2019 is the heading of two columns"):
        layouts.layout_of(sheet(("Country", "2019", "2019"), ("Austria", "1", "2")))
