"""Quotes that people choose, negative cases, groups, and the audit trail of codes."""

import pandas as pd
import pytest
from coproduction.core import accounting, tables
from coproduction.core.errors import StudyError
from coproduction.core.tables import conforming
from coproduction.interviews import chosen_quotes
from coproduction.interviews import tables as forms
from coproduction.interviews.process import process, read_propositions


def quotes(*rows):
    """Quotes from (concept, theme, transcript, start, text, coders)."""
    names = ("concept", "theme", "transcript", "start", "text", "coders")
    made = [dict(zip(names, row, strict=True)) for row in rows]
    more = {"dimension": "D", "factors": "", "turn": 1}
    return accounting.table([row | more | {"end": row["start"] + 20} for row in made], forms.QUOTES)


QUOTES = quotes(
    ("Asked", "Belief", "P01", 0, "x" * 400, "C1;C2"),
    ("Asked", "Belief", "P01", 50, "short", "C1"),
    ("Trust", "Belief", "P02", 10, "short", "C1"),
    ("Hours", "Work", "P02", 40, "short", "C1"),
    ("Hours", "Work", "P03", 40, "short", "C1"),
)


def chosen(tmp_path, rows):
    path = tmp_path / "chosen_quotes.csv"
    path.write_text("concept,transcript,start,use\n" + rows)
    return chosen_quotes.read_people(path, forms.CHOSEN_QUOTES)


def test_short_quotes_of_other_concepts_and_participants_are_proposed():
    assert chosen_quotes.propose(QUOTES, 2, 320) == {1, 2, 4, 3}
    assert chosen_quotes.propose(QUOTES, 1, 320) == {1, 3}
    assert chosen_quotes.propose(QUOTES, 1, 500) == {0, 3}


def test_quotes_come_from_many_participants_and_concepts():
    pairs = [("A", "P1"), ("A", "P2"), ("B", "P1"), ("B", "P2")]
    rows = [(c, "T", t, n, "words", "C1") for n, (c, t) in enumerate(pairs)]
    assert chosen_quotes.propose(quotes(*rows), 2, 320) == {0, 3}
    other = [("A", "S", "P1", 9, "words", "C1"), ("A", "S", "P2", 9, "words", "C1")]
    assert chosen_quotes.propose(quotes(rows[0], *other), 1, 320) == {0, 2}


def test_what_people_decide_goes_before_what_is_proposed(tmp_path):
    told = chosen(tmp_path, "asked,p01,5,show\nHours,P02,45,negative case\nHours,P03,40,hide\n")
    decided = chosen_quotes.choice(QUOTES, told, 2, 320)
    conforming(decided, forms.QUOTE_CHOICE)
    assert decided["use"].to_list() == ["show", "", "", "negative case", "hide"]
    shown = chosen_quotes.to_show(decided)
    assert list(zip(shown["theme"], shown["start"], strict=True)) == [("Belief", 0)]


def test_a_decision_without_its_quote_is_listed(tmp_path):
    decided = chosen_quotes.choice(QUOTES, chosen(tmp_path, "Asked,P01,900,show\n"), 2, 320)
    assert len(decided) == len(QUOTES) + 1
    assert decided.iloc[-1]["state"] == "quote no longer exists"
    assert len(chosen_quotes.to_show(decided)) == 4


def test_another_use_is_named(tmp_path):
    with pytest.raises(StudyError, match="row 2, column 'use'"):
        chosen(tmp_path, "Asked,P01,0,maybe\n")


def test_groups_count_interviews_of_those_coded():
    people = pd.DataFrame({"transcript": ["P01", "P02", "P03", "P04"], "country": ["FIN", "FIN", "", "POL"]})
    rows = chosen_quotes.by_group(QUOTES, people, ["country"])
    counted = {(r["theme"], r["group"]): (r["interviews"], r["of"], r["quotes"]) for r in rows}
    assert counted == {
        ("Belief", "FIN"): (2, 2, 3),
        ("Belief", "(not stated)"): (0, 1, 0),
        ("Work", "FIN"): (1, 2, 1),
        ("Work", "(not stated)"): (1, 1, 1),
    }


STRUCTURE = pd.DataFrame(
    {
        "concept": ["Asked", "Trust", "Hours"],
        "theme": ["Belief", "Belief", "Work"],
        "dimension": ["Citizens", "Citizens", "Office"],
    }
)


def test_the_trail_says_whether_the_structure_shows_a_change():
    told = pd.DataFrame(
        [
            {"change": "merged", "before": "Being asked;Asked", "after": "Asked"},
            {"change": "renamed", "before": "Trust", "after": "Hours"},
            {"change": "split", "before": "Old", "after": "Asked;Money"},
            {"change": "removed", "before": "Old", "after": ""},
        ]
    ).assign(date="2026-03-01", author="C1", reason="closer to what they said")
    states = chosen_quotes.changes(told, STRUCTURE)["state"].to_list()
    assert states == [
        "in the data structure",
        "the old name is still in gioia.csv",
        "the new name is not in gioia.csv",
        "in the data structure",
    ]


def propositions(tmp_path, rows):
    path = tmp_path / "propositions.csv"
    path.write_text(f"from,to,relation\n{rows}")
    return read_propositions(path, STRUCTURE)


def test_propositions_count_the_interviews_for_and_against(tmp_path):
    table = process(propositions(tmp_path, "belief,Work,enables\n"), QUOTES, ["P01", "P02", "P03"])
    conforming(table, forms.PROCESS)
    (row,) = table.to_dict("records")
    assert (row["begins"], row["both"], row["begins_only"], row["ends_only"]) == ("Belief", 1, 1, 1)
    assert (row["neither"], row["negative_cases"]) == (0, "P01")


@pytest.mark.parametrize(
    ("rows", "words"),
    [("Belief,Asked,x\n", "row 2, column 'to'.*neither a theme"), ("Work,work,x\n", "connected to itself")],
)
def test_wrong_propositions_are_named(tmp_path, rows, words):
    with pytest.raises(StudyError, match=words):
        propositions(tmp_path, rows)


def test_without_files_nothing_is_decided():
    assert chosen_quotes.read_people(None, forms.CODE_CHANGES).empty
    assert read_propositions(None, STRUCTURE).empty
    assert process(tables.empty(forms.PROPOSITIONS), QUOTES, []).empty
