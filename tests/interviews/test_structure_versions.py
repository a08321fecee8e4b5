"""What became of concepts between two versions of the data structure, told by their quotes."""

import pandas as pd
import pytest
from coproduction.core.tables import conforming, empty
from coproduction.interviews import tables as forms
from coproduction.interviews.structure_versions import differences, earlier, proposed

NOTHING = empty(forms.PROPOSED_CHANGES)
UNTOLD = empty(forms.CODE_CHANGES)


def version(**concepts):
    """Structure and quotes: by concept its quotes, or (theme, quotes)."""
    placed, quotes = [], []
    for name, held in concepts.items():
        theme, words = held if isinstance(held, tuple) else ("Theme", held)
        placed.append({"concept": name, "theme": theme, "dimension": "Dimension"})
        quotes += [{"concept": name, "transcript": "P01", "text": word} for word in words.split()]
    structure = pd.DataFrame(placed, columns=["concept", "theme", "dimension"])
    return structure, pd.DataFrame(quotes, columns=["concept", "transcript", "text"])


BEFORE = version(Asked="a b c d", Trust="e f", Time="g h i j")


def told(rows):
    return [(row["change"], row["before"], row["after"]) for row in rows]


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        (version(Asked="a b c d", Trust="e f", Time="g h i j"), []),
        (version(Consulted="a b c d", Trust="e f", Time="g h i j"), [("renamed", "Asked", "Consulted")]),
        (version(Consulted="a b c", Trust="e f", Time="g h i j"), [("renamed", "Asked", "Consulted")]),
        (version(Asked="a b c d e f", Time="g h i j"), [("merged", "Trust;Asked", "Asked")]),
        (version(Both="a b c d e f", Time="g h i j"), [("merged", "Asked;Trust", "Both")]),
        (version(Asked="a b c d", Trust="e f", Hours="g h", Days="i j"), [("split", "Time", "Hours;Days")]),
        (version(Asked="a b c d", Trust="e f", Time="g h", Days="i j"), [("split", "Time", "Time;Days")]),
        (version(Asked="a b c d", Time="g h i j"), [("removed", "Trust", "")]),
        (version(Asked="a b c d", Trust="e f", Time="g h i j", New="z"), [("added", "", "New")]),
        (version(Asked=("Other", "a b c d"), Trust="e f", Time="g h i j"), [("moved", "Asked", "Asked")]),
    ],
)
def test_the_quotes_tell_what_a_concept_became(after, expected):
    rows = differences(BEFORE, after)
    assert told(rows) == expected
    conforming(pd.DataFrame(rows, columns=list(forms.PROPOSED_CHANGES.columns)), forms.PROPOSED_CHANGES)
    assert all(row["basis"] for row in rows)


def test_the_first_version_has_changed_nothing():
    assert differences(version(), BEFORE) == []


def test_a_proposal_stays_until_people_tell_of_it():
    after = version(Consulted="a b c d", Trust="e f", Time="g h i j")
    first = proposed(BEFORE, after, NOTHING, UNTOLD)
    assert first["basis"].to_list() == ["4 of 4 quotes in 'Consulted'"]
    again = proposed(after, after, first, UNTOLD)
    assert told(again.to_dict("records")) == [("renamed", "Asked", "Consulted")]
    trail = pd.DataFrame([{"change": "renamed", "before": "asked", "after": "Consulted"}])
    assert proposed(after, after, first, trail).empty


def test_what_was_undone_is_proposed_no_longer():
    after = version(Consulted="a b c d", Trust="e f", Time="g h i j")
    first = proposed(BEFORE, after, NOTHING, UNTOLD)
    assert proposed(after, BEFORE, first, UNTOLD).empty
    split = version(Asked="a b c d", Trust="e f", Hours="g h", Days="i j")
    apart = proposed(BEFORE, split, NOTHING, UNTOLD)
    assert proposed(split, BEFORE, apart, UNTOLD).empty


def test_results_of_another_form_are_no_version(tmp_path):
    path = tmp_path / "quotes.csv"
    assert earlier(path, forms.QUOTES).empty
    path.write_text("concept,words\nAsked,a\n")
    assert earlier(path, forms.QUOTES).empty
