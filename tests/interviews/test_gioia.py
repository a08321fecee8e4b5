"""The data structure: read, joined with codes, with its quotes."""

import pytest
from coproduction.core.errors import StudyError
from coproduction.core.tables import conforming
from coproduction.interviews.gioia import build, by_concept, codes_to_compare, quotes
from coproduction.interviews.reading import read_gioia
from coproduction.interviews.tables import QUOTES

HEAD = "concept,theme,dimension,factors\n"


def test_concepts_find_codes_whatever_the_case_and_the_rest_is_listed(made):
    states = made["structure"].set_index("concept")
    assert states["state"].to_dict() == {
        "Being asked": "in use",
        "No hours": "concept without code",
        "Mayor": "code without concept",
    }
    assert states["segments"].to_dict() == {"Being asked": 2, "No hours": 0, "Mayor": 1}
    renamed = by_concept(made["structure"], made["segments"])
    assert list(renamed["code"]) == ["Being asked", "Mayor", "Being asked"]


def test_overlapping_segments_of_two_coders_are_one_quote(made):
    (quote,) = made["quotes"].itertuples(index=False)
    assert quote.text == "Then we were asked 🙂 personally."
    assert quote.coders == "C1;C2"


def test_segments_that_only_touch_are_two_quotes(made):
    segments = made["segments"].copy()
    first, last = segments.index[0], segments.index[2]
    segments.loc[last, "start"] = segments.loc[first, "end"]
    assert len(quotes(made["structure"], segments)) == 2


def test_refused_and_repeated_segments_do_not_count(made, study):
    segments = made["segments"].assign(outcome=["refused", "repeated", "at its stated position"])
    built = build(read_gioia(study / "gioia.csv", {"motivation"}), segments)
    assert built["segments"].to_list() == [1, 0]


def test_no_file_gives_codes_without_concept(made):
    built = build(read_gioia(None, set()), made["segments"])
    assert set(built["state"]) == {"code without concept"}
    conforming(quotes(built, made["segments"]), QUOTES)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "the file is empty"),
        (b"concept,theme\n", "row 1.*'dimension', 'factors' are missing"),
        (HEAD.encode() + b"A,,D,\n", "row 2, column 'theme'.*must not be empty"),
        (HEAD.encode() + b"A,T,D,\na,T,D,\n", "row 3, column 'concept'.*appears twice"),
        (HEAD.encode() + b"A,T,D,\nB,t,E,\n", "row 3, column 'dimension'.*two dimensions"),
        (HEAD.encode() + b"A,T,D,motivation;luck\n", "row 2, column 'factors'.*'luck'"),
        (HEAD.encode() + b"A,T,D,,x\n", "row 2.*5 cells"),
        (HEAD.encode() + b'"A,T,D,\n', "row 2.*quotation mark"),
        (HEAD.encode() + b"caf\xb9,T,D,\n", "row 2.*not valid UTF-8"),
    ],
)
def test_a_bad_structure_is_named(tmp_path, content, words):
    path = tmp_path / "gioia.csv"
    path.write_bytes(content)
    with pytest.raises(StudyError, match=words) as caught:
        read_gioia(path, {"motivation"})
    assert str(path) in str(caught.value)


def test_coders_are_compared_on_all_codes_while_there_is_no_structure(made):
    assert codes_to_compare(made["structure"], "concepts") == ["Being asked"]
    assert codes_to_compare(made["structure"], "codes") == ["Being asked", "Mayor"]
    bare = build(read_gioia(None, set()), made["segments"])
    assert codes_to_compare(bare, "concepts") == ["Being asked", "Mayor"]
