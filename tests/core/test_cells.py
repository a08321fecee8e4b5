"""Signs nobody sees, errors of formulas, and numbers as people and table programs write them."""

import pytest
from coproduction.core import cells


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Vienna\u200b", "Vienna"),
        ("\ufeffcase", "case"),
        ("New\u00a0Town", "New Town"),
        ("12\u202f345", "12 345"),
        ("co\u00adproduction", "coproduction"),
        ("Go\u0308teborg", "Göteborg"),
        ("\u202aP01\u202c", "P01"),
        ("می\u200cشود", "می\u200cشود"),  # within words of Persian it is a letter
    ],
)
def test_what_looks_alike_is_alike(written, read):
    assert cells.cleaned(written) == read


@pytest.mark.parametrize("cell", ["#REF!", "#NAME?", "#DIV/0!", "#BEZUG!", "#WERT!", "#¡REF!", "#ref!"])
def test_errors_of_formulas_in_several_languages(cell):
    assert cells.is_error(cell)


@pytest.mark.parametrize("cell", ["#1", "# heading", "REF", "#hashtag", ""])
def test_other_words_are_no_errors(cell):
    assert not cells.is_error(cell)
    assert not cells.is_not_there(cell)


@pytest.mark.parametrize(
    ("column", "commas", "read", "doubtful"),
    [
        (["0,333", "1"], True, ["0.333", "1"], []),  # no thousands begin with a nought
        (["1,234"], False, ["1,234"], []),
        (["1.234", "12,5"], True, ["1.234", "12.5"], [0]),
        (["1.234", "12.5"], False, ["1.234", "12.5"], []),
        (["\u22120.5", "-0,5"], True, ["-0.5", "-0.5"], []),
        (["inf", "-Infinity", "3"], False, ["inf", "-Infinity", "3"], [0, 1]),
        (["1e400", "1e3", "1E-400"], False, ["1e400", "1e3", "1E-400"], [0]),
        (["80%"], False, ["80%"], []),
    ],
)
def test_numbers_of_a_column(column, commas, read, doubtful):
    assert cells.numbers(column, commas) == (read, doubtful)


def test_a_percentage_is_the_share_that_it_is():
    assert cells.numbers(["80%", "12,5 %", "0.7"], commas=True, shares=True)[0] == ["0.8", "0.125", "0.7"]
