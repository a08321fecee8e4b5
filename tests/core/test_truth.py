"""TRUE and FALSE in the languages of table programs."""

import pytest
from coproduction.core import truth


@pytest.mark.parametrize(
    ("cell", "said"),
    [("TRUE", True), (" wahr ", True), ("ADEVĂRAT", True), ("TOSI", True), ("FALSO", False), ("Epätosi", False)],
)
def test_words_of_table_programs(cell, said):
    assert truth.truth_of(cell) is said
    assert truth.yes_or_no(cell) is said


@pytest.mark.parametrize("cell", ["", "?", "true?", "oui", "maybe", "2"])
def test_other_words_say_neither(cell):
    assert truth.yes_or_no(cell) is None


def test_no_word_says_both():
    assert not truth.YES & truth.NO


def test_numbers_count_only_where_yes_and_no_are_expected():
    assert [truth.yes_or_no(cell) for cell in ("1", "yes", "0", "No")] == [True, True, False, False]
    assert truth.truth_of("1") is None
