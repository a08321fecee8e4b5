"""The words around each piece of evidence, with the excerpt marked."""

import pandas as pd
from coproduction.core.excerpts import marked
from coproduction.ecosystem.context import contexts

PASSAGES = pd.DataFrame(
    [("D1", "will", "It came first.", "Before that.", "And then more."), ("D1", "cuts", "It came first.", "", "")],
    columns=["document", "factor", "excerpt", "before", "after"],
)
TURNS = pd.DataFrame([("P1", 4, "Well, it was the mayor who came. Yes.")], columns=["transcript", "turn", "text"])
STUDIES = pd.DataFrame(
    [
        ("r1", "", "A title", "One thing. Political commitment came first. " + "More words. " * 60),
        ("r2", "s2", "T", "A."),
    ],
    columns=["record", "study", "title", "abstract"],
)


def around(*rows):
    pieces = pd.DataFrame(rows, columns=["kind", "factor", "source", "locator", "excerpt"])
    return contexts(pieces, PASSAGES, TURNS, STUDIES, 120)


def test_each_kind_has_its_own_surroundings():
    found = around(
        ("passage", "will", "D1", "page 1", "It came first."),
        ("quote", "will", "P1", "turn 4, characters 9–30", "it was the mayor"),
        ("study", "will", "r1", "key, abstract", "Political commitment came first."),
        ("rating", "will", "S1", "round 2", "It is there."),
    )
    assert found[0] == "Before that. »It came first.« And then more."
    assert found[1] == "Well, »it was the mayor« who came. Yes."
    assert found[2].startswith("A title. One thing. »Political commitment came first.« More words.")
    assert found[2].endswith(" …")
    assert len(found[2]) <= 122
    assert found[3] == ""


def test_what_is_whole_or_not_found_has_no_context():
    found = around(
        ("passage", "cuts", "D1", "page 1", "It came first."),
        ("passage", "will", "D9", "page 1", "It came first."),
        ("quote", "will", "P1", "turn 5, characters 1–2", "it was the mayor"),
        ("quote", "will", "P1", "", "it was the mayor"),
        ("study", "will", "s2", "", "Other words."),
    )
    assert found == [""] * 5


def test_a_long_excerpt_is_kept_whole():
    words = "word " * 100
    found = marked(f"Before. {words}After.", words, 100)
    assert f"»{words.strip()}«" in found
    assert marked("Some words.", "", 100) == ""
