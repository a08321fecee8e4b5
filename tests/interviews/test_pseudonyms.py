"""Names are replaced, places kept, and nothing of the key gets out."""

import pandas as pd
import pytest
from coproduction.core.errors import StudyError
from coproduction.core.identities import Key, guard, read_key
from coproduction.interviews.pseudonyms import pseudonymise, to_pseudonymised
from hypothesis import given
from hypothesis import strategies as st

KEY = Key(("Willow", "Ms Willow", "Ash"), ("[A]", "[Manager A]", "[B]"), (2, 3, 4), "key.csv")


def test_the_longest_name_wins_and_only_whole_words_count():
    text, done = pseudonymise("Ms Willow, Willow's Ashes and Ash.", KEY)
    assert text == "[Manager A], [A]'s Ashes and [B]."
    assert [r.pseudonym for r in done] == ["[Manager A]", "[A]", "[B]"]


def test_a_name_may_be_divided_by_a_line_end():
    assert pseudonymise("Ms\nWillow", KEY)[0] == "[Manager A]"


def test_the_map_gives_the_places_of_the_words_around():
    raw = "Then Ms Willow said yes to Willow."
    text, done = pseudonymise(raw, KEY)
    for word in ("Then", "said", "yes to"):
        place = to_pseudonymised(raw.index(word), done)
        assert text[place : place + len(word)] == word
    inside = raw.index("Willow")
    assert text[to_pseudonymised(inside, done) :].startswith("[Manager A]")
    assert text[: to_pseudonymised(inside, done, end=True)].endswith("[Manager A]")


@given(st.lists(st.sampled_from(["Willow", "Ms Willow", "tree", "🙂", "Ash", "x"]), max_size=12))
def test_words_that_are_no_names_stay_at_their_mapped_place(words):
    raw = ", ".join(words)
    text, done = pseudonymise(raw, KEY)
    start = 0
    for word in words:
        place = to_pseudonymised(start, done)
        if word in ("tree", "🙂", "x"):
            assert text[place : place + len(word)] == word
        start += len(word) + 2
    assert "Willow" not in text


def test_a_name_in_another_form_stops_the_step_without_repeating_it():
    made = {"table turns.csv": pd.DataFrame({"text": ["the WILLOW plan"]})}
    with pytest.raises(StudyError) as caught:
        guard(made, KEY)
    assert "key.csv, row 2, column 'find'" in str(caught.value)
    assert "willow" not in str(caught.value).lower()


@pytest.mark.parametrize(
    ("name", "left"),
    [
        ("Riverton", "the town of Ríverton"),
        ("Zürich Nord", "in zurich nord, where"),
        ("Professor Larch", "as professor\nlarch said"),
    ],
)
def test_accents_and_the_case_of_several_words_hide_no_name(name, left):
    with pytest.raises(StudyError, match="row 2"):
        guard({"text": left}, Key((name,), ("[A]",), (2,)))


def test_a_single_word_in_lower_case_may_be_a_common_word():
    guard({"text": "under the birch"}, Key(("Birch",), ("[A]",), (2,)))


def test_a_short_name_within_a_word_is_no_leak():
    guard({"text": "Ashes and ash"}, KEY)
    with pytest.raises(StudyError, match="row 4"):
        guard({"text": "Ash"}, KEY)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("", "the file is empty"),
        ("Willow,[A]\n", "row 1.*'find'"),
        ("find,replace\nWillow,\n", "row 2, column 'replace'.*must not be empty"),
        ("find,replace\nWillow,[A]\nWillow,[B]\n", "row 3, column 'find'.*more than once"),
        ("find,replace\nWillow,Ms Willow\n", "row 2, column 'replace'.*contains a name"),
        ("find,replace\nWillow,[A],[B]\n", "row 2.*3 cells"),
        ('find,replace\n"Willow,[A]\n', "row 2.*quotation mark"),
        (
            "find,replace,,\nAsh,[A],,Willow\n",
            "row 2: '…' in column D has no|row 2: '…' in column D stands under no heading",
        ),
        ("find,replace\n#REF!,Willow\n", "row 2, column 'find': '…' "),
        ("find,replace\nAsh,Willow\nWillow\n", "row 3"),
    ],
)
def test_a_bad_key_is_named_without_its_names(tmp_path, content, words):
    path = tmp_path / "identities.csv"
    path.write_text(content)
    with pytest.raises(StudyError, match=words) as caught:
        read_key(path)
    assert str(path) in str(caught.value)
    assert "Willow" not in str(caught.value)


def test_a_key_in_another_encoding_is_named(tmp_path):
    path = tmp_path / "identities.csv"
    path.write_bytes("find,replace\nKąkol,[A]\n".encode("cp1250"))
    with pytest.raises(StudyError, match=r"row 2.*not valid UTF-8"):
        read_key(path)


def test_no_key_replaces_nothing():
    assert pseudonymise("Willow", read_key(None)) == ("Willow", [])
