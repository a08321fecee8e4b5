"""Lists of cited references, as the databases write them."""

import pytest
from coproduction.formats.references.cited import Work, is_list, list_in_notes, own_numbers, read_work, split_references

SICI = "10.1002/(sici)1096-9136(199909)16:9<716::aid-dia148>3.0.co;2-#"


@pytest.mark.parametrize(
    "tag", ["CR", "References", "Cited References", "cited-references", "referenced_works", "reference.DOI"]
)
def test_what_holds_a_list(tag):
    assert is_list(tag)


@pytest.mark.parametrize("tag", ["Cited by", "NR", "Cited Reference Count", "Reference Count", "Author(s) ID", "AU"])
def test_what_holds_none(tag):
    assert not is_list(tag)


@pytest.mark.parametrize(
    ("cell", "references"),
    [
        ("", []),
        (" ; ", []),
        ("ASH B, 2001, J CARE; Birch C., 1999, CARE BOOK;", ["ASH B, 2001, J CARE", "Birch C., 1999, CARE BOOK"]),
        (f"Ash B, 1999, CARE, V16, P716, DOI {SICI}; Birch C, 1999, X", [f"Ash B, 1999, CARE, V16, P716, DOI {SICI}"]),
        (
            "Ash, B., On\n care (2001) J.;\nBirch, C., (1999) Care",
            ["Ash, B., On care (2001) J.", "Birch, C., (1999) Care"],
        ),
        ("Ash B, 2001, CARE, V1, P2.\n  Birch B, 2001, CARE.", ["Ash B, 2001, CARE, V1, P2", "Birch B, 2001, CARE."]),
        ("10.5555/a; 10.5555/b", ["10.5555/a", "10.5555/b"]),
        ("https://openalex.org/W1234567; https://openalex.org/W1234568", ["W1234567", "W1234568"]),
        ("['W1234567', 'W1234568']", ["W1234567", "W1234568"]),
        ("000-111-222-333-44X; 100-111-222-333-440", ["000-111-222-333-44X", "100-111-222-333-440"]),
    ],
)
def test_lists_are_split(cell, references):
    assert split_references(cell)[: len(references) or None] == references


@pytest.mark.parametrize(
    ("reference", "work"),
    [
        (f"ASH B, 1999, DIABETIC MED, V16, P716, DOI {SICI.upper()}", Work(SICI, "ash|1999|16|716")),
        ("Ash B., 2001, J CARE, V3, pS105, DOI [10.5555/a, 10.5555/b]", Work("10.5555/a", "ash|2001|3|105")),
        ("da Silva T. F., 2007, J BRAZIL CHEM SOC, V18, P1", Work("", "das|2007|18|1")),
        ("Da Silva, T.F., Roe, R., On care (2007) J. Braz. Chem. Soc., 18 (2), pp. 1-9", Work("", "das|2007|18|1")),
        ("Da Silva T.F., Roe R., On care, J. Braz. Chem. Soc., 18, 2, pp. 1-9, (2007)", Work("", "das|2007|18|1")),
        ("Łęcka, I., On care (2007) J. Care, 08, p. e011", Work("", "lec|2007|8|11")),
        ("Birch, C., (1999) Care book, , Press, Town", Work(words="birch c 1999 care book press town")),
        ("Birch C., On 10 kinds of care, 12, (1999)", Work(words="birch c on 10 kinds of care 12 1999")),
        ("BBC, 2007, BBC", Work()),
        ("W2741809807", Work(number="w2741809807")),
        (
            "Walnut, W., W1234567 and other numbers (1999) Care",
            Work(words="walnut w w1234567 and other numbers 1999 care"),
        ),
    ],
)
def test_a_work_is_identified(reference, work):
    assert read_work(reference) == work


def test_the_list_in_the_notes_of_scopus():
    notes = "Export Date: 1 May 2024; CODEN: ABCD; References: Ash, B., On care (2001) J., 3, pp. 5-9; Birch, C."
    assert split_references(list_in_notes(notes)) == ["Ash, B., On care (2001) J., 3, pp. 5-9", "Birch, C."]
    assert list_in_notes("Cited References: 12") == ""


def test_numbers_of_a_record():
    said = "Lens: 000-111-222-333-44X; OpenAlex: https://openalex.org/W1234567; Web of Science: WOS:000000000000001"
    assert own_numbers(said) == ["w1234567", "000-111-222-333-44x"]
