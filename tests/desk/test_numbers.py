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


@pytest.mark.parametrize("cell", ["", ":", "..", "n/a", "NaN", "-"])
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


def test_a_point_before_three_digits_is_doubtful_beside_decimal_commas():
    read = numbers.numbers_in(pd.Series(["1.234", "987,5", "0.123", "3.5"]))
    assert read == {"1.234": None, "987,5": 987.5, "0.123": 0.123, "3.5": 3.5}
    assert numbers.numbers_in(pd.Series(["1.234", "987.5"])) == {"1.234": 1.234, "987.5": 987.5}
