import pytest
from coproduction.text import TermIndex, normalise, plural_of, split_list


def test_terms_match_whole_words_endings_and_dashes():
    index = TermIndex({"trust": ["trust*"], "coop": ["co-operation"], "fund": ["public funding"]})
    hits = index.find("Trusting citizens; mistrust; Co\u2010operation needs public\n funding.")
    assert [(h.factor, h.term) for h in hits] == [
        ("trust", "trusting"),
        ("coop", "co\u2010operation"),
        ("fund", "public funding"),
    ]
    assert hits[0].start == 0
    assert hits[0].end == 8


def test_the_longest_term_wins_within_a_factor():
    index = TermIndex({"f": ["digital", "digital skills"]})
    assert [hit.term for hit in index.find("digital skills")] == ["digital skills"]


def test_factors_without_terms_find_nothing():
    assert TermIndex({"f": []}).find("anything") == []


def test_normalising_drops_case_accents_and_signs():
    assert normalise("  Café – Zürich!  ") == "cafe zurich"


def test_lists_are_split_at_semicolons():
    assert split_list(" a; b ;;c") == ["a", "b", "c"]


@pytest.mark.parametrize(
    ("noun", "many"),
    [("record", "records"), ("country", "countries"), ("survey", "surveys"), ("", "")],
)
def test_plurals(noun, many):
    assert plural_of(noun) == many
