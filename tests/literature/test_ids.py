"""Identifiers: DOIs as exports write them, and record ids that stay the same."""

import pytest
from coproduction.literature.ids import (
    family_name,
    normalise_doi,
    normalise_words,
    normalise_year,
    record_id,
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
    assert normalise_words("Ko-Produktion:  Bürger\u00adinnen Straße") == (
        normalise_words("KO PRODUKTION – Bu\u0308rgerinnen STRASSE")
    )
    assert normalise_words("公共服务 2.0") == "公共服务 2 0"


@pytest.mark.parametrize(
    "author", ["Alder, Béla", "Béla Alder", "ALDER, B.", "Alder B", "Alder BC"]
)
def test_family_name(author):
    assert family_name(author) == "alder"


def test_record_id_follows_the_doi_first():
    same = {
        record_id("10.5555/A1", "One title", 2020, "Alder, B."),
        record_id("https://doi.org/10.5555/a1", "Another", "2021", ""),
    }
    assert len(same) == 1
    assert all(i.startswith("r") and len(i) == 11 for i in same)


def test_record_id_without_doi_uses_title_year_author():
    first = record_id("", "Citizens as partners.", 2020, "Alder, Béla")
    assert first == record_id("", "CITIZENS AS PARTNERS", "2020/05", "B. Alder")
    assert first != record_id("", "Citizens as partners", 2021, "Alder, Béla")
