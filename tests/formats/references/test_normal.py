"""Normal forms: DOIs, years and names as exports write them."""

import pytest
from coproduction.core.text import normalise
from coproduction.formats.references.normal import (
    family_name,
    find_dois,
    normalise_doi,
    normalise_year,
)


@pytest.mark.parametrize(
    "written",
    [
        "10.5555/ABC.12(3)",
        "https://doi.org/10.5555/abc.12(3)",
        "http://dx.doi.org/10.5555%2Fabc.12(3)",
        "doi:10.5555/abc.12(3).",
        "10.5555/abc.12(3) [doi]",
        "(https://doi.org/10.5555/abc.12(3))",
        "10.5555/abc.12(3) 10.5555/second",
    ],
)
def test_doi_is_found_in_every_dress(written):
    assert normalise_doi(written) == "10.5555/abc.12(3)"


@pytest.mark.parametrize("written", ["", None, "no doi", "S0140-6736(05)", "10.12/short"])
def test_what_is_no_doi_gives_nothing(written):
    assert normalise_doi(written) == ""


@pytest.mark.parametrize(
    ("written", "year"),
    [("2019", "2019"), ("12/23/2013", "2013"), ("2011//", "2011"), (2020, "2020"), ("n.d.", ""),
     ("12/15", ""), ("120199", "")],
)  # fmt: skip
def test_year_in_odd_places(written, year):
    assert normalise_year(written) == year


def test_words_ignore_case_accents_and_punctuation():
    assert normalise("Ko-Produktion:  Bürger\u00adinnen Straße") == (
        normalise("KO PRODUKTION – Bu\u0308rgerinnen STRASSE")
    )
    assert normalise("公共服务 2.0") == "公共服务 2 0"


@pytest.mark.parametrize(
    "author", ["Alder, Béla", "Béla Alder", "ALDER, B.", "Alder B", "Alder BC"]
)
def test_family_name(author):
    assert family_name(author) == "alder"


@pytest.mark.parametrize("written", ["Łódź", "LÓDZ", "łódz"])
def test_letters_that_no_decomposition_makes_plain(written):
    assert normalise(written) == "lodz"
    assert family_name(f"{written}, Ola") == "lodz"


def test_every_doi_of_a_text_once_and_without_what_databases_append():
    text = "10.5555/abc[doi] and https://doi.org/10.5555/ABC; (10.5555/x(1))."
    assert find_dois(text) == ["10.5555/abc", "10.5555/x(1)"]
    assert normalise_year("20190531") == "2019"
