"""Identifiers become tokens, one for each, and what looks like one is left alone."""

import pytest
from coproduction.interviews.identifiers import Identifiers


def replaced(text, country="", **settings):
    found = Identifiers(**settings)
    for start, end, token in reversed(found.places(text, "P01", country)):
        text = text[:start] + token + text[end:]
    return text


@pytest.mark.parametrize(
    ("text", "country", "wanted"),
    [
        ("Write to ann.lee+x@town.example.", "", "Write to [EMAIL_1]."),
        (
            "ann.lee (at) town.example or ann [at] town.pl, at (at last) home",
            "",
            "[EMAIL_1] or [EMAIL_2], at (at last) home",
        ),
        ("On facebook.com/ann.lee, e.g./etc. at 3.5/10 km/h", "", "On [LINK_1], e.g./etc. at 3.5/10 km/h"),
        ("Rodné číslo 710319/2745, ne 710319/2746", "CZE", "Rodné číslo [ID_1], ne 710319/2746"),
        ("NIP 526-021-02-28 i numer 526-021-02-29", "POL", "NIP [ID_1] i numer 526-021-02-29"),
        ("See https://town.example/a?b=1, or www.x.example!", "", "See [LINK_1], or [LINK_2]!"),
        ("I am @ann_lee there", "", "I am [HANDLE_1] there"),
        ("Call +48 22 123 45 67 now", "", "Call [PHONE_1] now"),
        ("Call 22 123 45 67 now", "POL", "Call [PHONE_1] now"),
        ("Account GB82 WEST 1234 5698 7654 32 it is", "", "Account [IBAN_1] it is"),
        ("PESEL 44051401359.", "POL", "PESEL [ID_1]."),
        ("Sygnatura III CZP 12/21 była", "POL", "Sygnatura [CASE_1] była"),
        ("Regulation EU 2016/679 holds", "", "Regulation EU 2016/679 holds"),
        ("In 2019 it cost 1,250,000 for 4500 people", "POL", "In 2019 it cost 1,250,000 for 4500 people"),
        ("Between 2014-2020 and 12.05.2026", "POL", "Between 2014-2020 and 12.05.2026"),
        ("GB82 WEST 1234 5698 7654 33 has a wrong digit", "", "GB82 WEST 1234 5698 7654 33 has a wrong digit"),
    ],
)
def test_identifiers_become_tokens_and_other_numbers_stay(text, country, wanted):
    assert replaced(text, country) == wanted


def test_one_identifier_has_one_token_in_the_whole_study():
    found = Identifiers()
    first = found.places("a@x.example, b@x.example", "P01")
    second = found.places("+48 22 123 45 67 and B@X.example", "P02")
    again = found.places("+48 221234567", "P03")
    assert [token for *_, token in first] == ["[EMAIL_1]", "[EMAIL_2]"]
    assert [token for *_, token in second] == ["[PHONE_1]", "[EMAIL_2]"]
    assert [token for *_, token in again] == ["[PHONE_1]"]
    table = found.table().set_index("token")
    assert table.loc["[EMAIL_2]", ["identifier", "times", "transcripts"]].to_list() == ["b@x.example", 2, "P01;P02"]


def test_dates_are_identifiers_where_that_is_asked():
    assert replaced("Born 12.05.1961, it was 2019.", dates=True) == "Born [DATE_1], it was 2019."
