"""Numbers as publishers and people write them."""

import math

import pandas as pd
import pytest
from coproduction.desk import numbers


@pytest.mark.parametrize(
    ("cell", "value"),
    [("12", 12), ("-0.5", -0.5), ("\u22120.5", -0.5), ("12,5", 12.5), ("1e3", 1000), (".5", 0.5), ("1234,5", 1234.5)],
)
def test_numbers(cell, value):
    assert numbers.parse_number(cell) == value


@pytest.mark.parametrize("cell", ["", ":", "..", "n/a", "NaN", "-", "…", "n.a."])
def test_signs_of_a_missing_value(cell):
    assert math.isnan(numbers.parse_number(cell))


@pytest.mark.parametrize("cell", ["1,234", "12.5 b", "1.234.5", "high", "12%", "1 234"])
def test_what_is_no_number_or_doubtful(cell):
    assert numbers.parse_number(cell) is None


@pytest.mark.parametrize(
    ("cells", "comma"),
    [
        (["1,5", "1,022"], True),
        (["0,847", "1,022", "12"], True),
        (["1,022", "12"], False),
        (["1,5", "1.5", "1,022"], False),
        (["n/a", ""], False),
    ],
)
def test_a_column_tells_whether_it_writes_decimal_commas(cells, comma):
    assert numbers.writes_decimal_commas(pd.Series(cells)) == comma


def test_a_doubtful_comma_is_a_decimal_comma_where_the_file_writes_no_other():
    assert numbers.parse_number("-1,022", comma=True) == -1.022
    assert numbers.parse_number("1,234.5", comma=True) is None


@pytest.mark.parametrize(
    ("cells", "values"),
    [
        (["1,234", "12,345.6", "0.5", "987"], [1234, 12345.6, 0.5, 987]),
        (["1.234", "12.345,6", "0,5"], [1234, 12345.6, 0.5]),
        (["1,234,567", "-2,000"], [1234567, -2000]),
        (["1,234.5", "12,5"], [1234.5, None]),
        (["1,234.5", "1.234,5"], [None, None]),  # two ways in one series
        (["1.234,5", "1.5"], [1234.5, None]),
    ],
)
def test_marks_for_thousands_where_there_can_be_no_doubt(cells, values):
    assert list(numbers.numbers_in(pd.Series(cells)).values()) == values


def test_percentages_of_an_indicator_in_per_cent():
    cells = numbers.without_percent(pd.Series(["45%", "45 %", "12%"]), pd.Series([True, True, False]))
    assert cells.tolist() == ["45", "45", "12%"]
    book = pd.DataFrame({"indicator": ["a", "b", "c"], "unit": ["% of adults", "per cent", "points"]})
    assert numbers.in_percent(book) == {"a", "b"}
    assert numbers.in_percent(book[["indicator"]]) == set()


def test_a_point_before_three_digits_is_doubtful_beside_decimal_commas():
    read = numbers.numbers_in(pd.Series(["1.234", "987,5", "0.123", "3.5"]))
    assert read == {"1.234": None, "987,5": 987.5, "0.123": 0.123, "3.5": 3.5}
    assert numbers.numbers_in(pd.Series(["1.234", "987.5"])) == {"1.234": 1.234, "987.5": 987.5}
