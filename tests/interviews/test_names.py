"""Names that may be left in the texts are shown with their context, until people have decided."""

import pytest
from coproduction.core.errors import StudyError
from coproduction.core.identities import Key
from coproduction.core.tables import conforming
from coproduction.interviews import handover
from coproduction.interviews.names import names_left, read_no_names
from coproduction.interviews.tables import PRIVATE_NAMES

KEY = Key(("Ms Marek", "Riverton", "Kowalska"), ("[A]", "[Town]", "[B]"), (2, 3, 4), "x/identities.csv")
TEXT = (
    "I: What did [A] say?\n\nP: Everything. We told Markowi that Kowalskiej left. Later the mayor of "
    "Ashford asked, and later Ashford paid. I'm sure. The Mayor came in March."
)


def left(text=TEXT, key=KEY, speakers=(), nobody=()):
    table = names_left({"P01": text}, key, speakers, set(nobody))
    conforming(table, PRIVATE_NAMES)
    return table.set_index("find")


def test_forms_of_names_come_first_with_the_row_of_the_key_and_never_the_name():
    table = left()
    assert table.index.to_list() == ["Kowalskiej", "Markowi", "Ashford", "March"]
    assert table["alike"].to_list() == ["yes", "yes", "no", "no"]
    assert table.loc["Markowi", "why"] == "a form in Polish: row 2 of identities.csv"
    assert table["replace"].to_list() == ["[B]", "[A]", "", ""]
    assert "told →Markowi that" in table.loc["Markowi", "context"]
    assert (table.loc["Ashford", "times"], table.loc["Ashford", "transcripts"]) == (2, "P01")


def test_words_at_the_beginning_titles_and_words_in_lower_case_are_left_out():
    assert not {"Everything", "Later", "The", "I'm", "Ms", "Mayor", "We"} & set(left().index)


def test_a_form_at_the_beginning_of_a_sentence_is_shown():
    assert left("P: Yes. Markiem was there.").index.to_list() == ["Markiem"]


def test_speakers_whose_names_were_replaced_are_names_too():
    table = left("P: Rowana told us.", Key(), ["Rowan Birch"])
    assert table.loc["Rowana", "why"].endswith("a speaker in private/speakers.csv")


def test_where_nouns_have_capitals_only_words_behind_a_title_are_shown():
    text = "P: Die Stadt hat den Garten und die Pflege mit Herrn Tanner und dem Amt besprochen."
    text = "\n".join([text] * 10)
    assert left(text, Key()).index.to_list() == ["Tanner"]
    both = names_left({"P01": text, "P02": "P: Then Ashford came."}, Key(), (), set())
    assert both["find"].to_list() == ["Ashford", "Tanner"]


def test_what_names_nobody_is_decided_and_not_asked_again(tmp_path):
    path = tmp_path / "no_names.csv"
    path.write_text("find\nMARCH\nAshford\n")
    table = left(nobody=read_no_names(path)).reset_index()
    row = handover._names_row(table)
    assert (row["state"], row["done"], row["total"]) == ("partial", 2, 4)
    assert row["awaited"].startswith(
        "a check of 2 words resembling names in the key that may name somebody (listed in results/private/names.csv"
    )
    decided = table.assign(state="names nobody")
    assert handover._names_row(decided)["state"] == "done"


def test_a_file_without_the_column_is_named(tmp_path):
    (tmp_path / "no_names.csv").write_text("word\nMarch\n")
    with pytest.raises(StudyError, match="'find' is missing"):
        read_no_names(tmp_path / "no_names.csv")
    assert read_no_names(None) == set()
