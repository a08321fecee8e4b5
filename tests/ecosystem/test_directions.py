"""Which way evidence points: the rule's proposal, what people settle, what stays unread."""

import pandas as pd
import pytest
from coproduction.core import accounting, tables
from coproduction.core.errors import StudyError
from coproduction.core.text import TermIndex
from coproduction.ecosystem import handover
from coproduction.ecosystem.directions import (
    Proposer,
    direction_form,
    together,
    unit_of,
    what_became_of,
    with_directions,
)
from coproduction.ecosystem.judgements import directions_of, read_cerqual, settled_rows
from coproduction.ecosystem.settings import EcosystemSettings
from coproduction.ecosystem.tables import DIRECTION_FORM, DIRECTIONS, PEOPLE_DIRECTIONS

INDEX = TermIndex({"will": ["political commitment", "mayor*"], "cuts": ["budget cut*"]})
SETTINGS = EcosystemSettings()
FACTORS = pd.DataFrame({"id": ["will", "cuts"], "name": ["Will", "Cuts"]})
RULE = Proposer(INDEX, SETTINGS)
ONE = "U0000000a"
NOBODY = tables.empty(PEOPLE_DIRECTIONS)


@pytest.mark.parametrize(
    ("factor", "words", "direction", "ground"),
    [
        ("will", "The mayor agreed on the same day.", "favours", "no word for hindrance"),
        ("will", "Without political commitment nothing ever begins here.", "mixed", "“Without”"),
        ("will", "The absence of political commitment is an obstacle to every start.", "favours", "“obstacle”"),
        ("cuts", "The budget cuts undermined the trust of residents.", "hinders", "“undermined”"),
        ("cuts", "Budget cuts; austerity; mayors", "not about it", "not a sentence"),
        ("will", "4.1 The mayor", "not about it", "not a sentence"),
        ("will", "Mayor: Jane Doe, town hall, mayor@example.org, for the content.", "not about it", "imprint"),
        ("will", "The mayor did not promise much, yet the work began at once.", "favours", "no word"),
    ],
)
def test_the_rule_proposes_with_its_ground(factor, words, direction, ground):
    proposed, why = RULE.of_text(factor, words)
    assert proposed == direction
    assert ground in why


def test_concepts_and_statements():
    assert RULE.of_concept("Mayor opens the door")[0] == "favours"
    assert RULE.of_concept("No hours in the job for it")[0] == "mixed"
    assert RULE.of_statement("Citizens trust the office.", "supported")[0] == "favours"
    assert RULE.of_statement("Rules prevent joint work.", "supported")[0] == "hinders"
    assert RULE.of_statement("The population is ageing.", "rejected")[0] == "not about it"


def test_words_of_another_language_are_a_setting():
    german = EcosystemSettings(hindering_words=["behinder*"], absence_words=["ohne"])
    rule = Proposer(TermIndex({"will": ["politischer wille"]}), german)
    assert rule.of_text("will", "Ohne politischer Wille wird der Beginn behindert.")[0] == "favours"
    assert rule.of_text("will", "Politischer Wille behindert hier den Anfang.")[0] == "hinders"


def pieces(*rows):
    names = ["factor", "technique", "kind", "source", "locator", "excerpt", "note", "verdict"]
    return accounting.table([dict(zip(names, row, strict=False)) for row in rows], accounting.EVIDENCE)


EVIDENCE = pieces(
    ("will", "desk", "passage", "d1", "page 1", "The mayor agreed on the same day.", "terms: mayor"),
    ("will", "literature", "study", "r1", "k", "Political commitment came first of all.", ""),
    ("will", "topics", "topic", "T1", "3 of 4", "mayor", "mentioned 2.0 times; studies: r1, r2"),
    ("cuts", "interviews", "quote", "P1", "turn 1, characters 1–9", "a", "Suspicion of cost; coded by C1"),
    ("cuts", "interviews", "quote", "P2", "turn 4, characters 1–9", "b", "Suspicion of cost; coded by C2"),
    ("will", "desk", "indicator", "i1", "", "27 countries", ""),
)


def settled(unit, direction="hinders"):
    rows = [[unit, direction, "AB", ""]]
    return pd.DataFrame(rows, columns=list(PEOPLE_DIRECTIONS.columns), dtype=str)


def test_matches_are_unread_until_settled_and_people_s_codes_count():
    made = with_directions(EVIDENCE, NOBODY, INDEX, SETTINGS).set_index(["kind", "source"])
    assert made.loc[("passage", "d1"), ["state", "direction", "proposed"]].tolist() == ["unread", "", "favours"]
    assert made.loc[("quote", "P1"), ["state", "direction"]].tolist() == ["coded", "mixed"]
    assert made.loc[("topic", "T1"), ["state", "direction"]].tolist() == ["unread", ""]
    assert made.loc[("indicator", "i1"), "state"] == "listed"


def test_a_concept_is_settled_once_for_all_its_segments_and_topics_follow_their_studies():
    concept = unit_of("quote", "cuts", "P9", "x", "Suspicion of cost; coded by C7")
    made = with_directions(EVIDENCE, settled(concept), INDEX, SETTINGS)
    assert made.loc[made["kind"] == "quote", "direction"].tolist() == ["hinders", "hinders"]
    study = unit_of("study", "will", "r1", "Political commitment came first of all.", "")
    made = with_directions(EVIDENCE, settled(study, "favours"), INDEX, SETTINGS)
    assert made.loc[made["kind"] == "topic", "direction"].tolist() == ["favours"]


def test_the_unit_does_not_change_with_the_place():
    one = unit_of("passage", "will", "d1", "The mayor  agreed.", "terms: mayor")
    assert one == unit_of("passage", "will", "d1", "The mayor agreed.", "terms: mayors")
    assert one != unit_of("passage", "cuts", "d1", "The mayor agreed.", "")


@pytest.mark.parametrize(
    ("several", "one"),
    [
        ({"favours"}, "favours"),
        ({"favours", "hinders"}, "mixed"),
        ({"favours", "not about it"}, "favours"),
        ({"not about it"}, "not about it"),
        (set(), ""),
        ({"mixed", "hinders"}, "mixed"),
    ],
)
def test_several_directions_together(several, one):
    assert together(several) == one


def test_the_form_has_each_unit_once_and_comes_back_as_it_went_out(tmp_path):
    made = with_directions(EVIDENCE, NOBODY, INDEX, SETTINGS)
    form = tables.conforming(direction_form(made, FACTORS), DIRECTION_FORM)
    assert form["kind"].tolist() == ["passage", "study", "quote"]
    assert form["pieces"].tolist() == [1, 1, 2]
    assert form["source"].tolist()[-1] == "Suspicion of cost"
    path = tmp_path / "directions.csv"
    form.to_csv(path, index=False)
    assert len(settled_rows(path)) == 3
    assert directions_of(settled_rows(path)).empty


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        (
            f"{ONE},favours,AB,\n{ONE},hinders,CD,\n",
            "row 3, column 'direction': unit 'U0000000a' is settled twice: here as",
        ),
        (f"{ONE},favors,AB,\n", "row 2, column 'direction'"),
        (f"{ONE},favours,,\n", "row 2, column 'reader': no reader is named"),
        (f"desk,{ONE},favours,AB\n", "row 2, column 'direction'"),
        ("will,favours,AB,\n", "row 2, column 'unit': 'will' is not the id of a unit"),
        ("U00000a,favours,AB,\n", "'U00000a' is not the id of a unit. Copy it from direction_form.csv"),
        (",favours,AB,\n", "row 2, column 'unit'"),
    ],
)
def test_bad_directions_are_named(tmp_path, rows, words):
    path = tmp_path / "directions.csv"
    path.write_text("unit,direction,reader,remark\n" + rows, encoding="utf-8")
    with pytest.raises(StudyError, match=words):
        settled_rows(path)


def written(tmp_path, rows):
    path = tmp_path / "directions.csv"
    path.write_text("unit,direction,reader,remark\n" + rows, encoding="utf-8")
    return settled_rows(path)


def test_two_readers_who_agree_are_one_direction_and_capitals_do_not_matter(tmp_path):
    said = directions_of(written(tmp_path, f"{ONE},Favours,AB,\nu0000000A,favours,CD,\n{ONE},,,\n"))
    assert said[["unit", "direction", "reader"]].values.tolist() == [[ONE, "favours", "AB CD"]]


def test_every_row_of_the_file_ends_somewhere(tmp_path):
    """Used, empty, misspelt (with the unit that may be meant), and rejected where passages are judged."""
    made = with_directions(EVIDENCE, NOBODY, INDEX, SETTINGS)
    known = made["unit"].iloc[0]
    near = known[:-1] + ("0" if known[-1] != "0" else "1")
    words = "The mayor spoke at length of other things."
    passages = pd.DataFrame(
        [("will", "d9", words, "rejected"), ("will", "d8", words, "disputed")],
        columns=["factor", "document", "excerpt", "judgement"],
    )
    units = [unit_of("passage", "will", name, words, "") for name in ("d9", "d8")]
    rows = "".join(f"{unit},favours,AB,\n" for unit in [known, near, *units])
    found = what_became_of(written(tmp_path, rows + f"{known},,,\n"), made, passages)
    assert tables.conforming(found, DIRECTIONS)["row"].tolist() == [2, 3, 4, 5, 6]
    assert found["outcome"].tolist() == [
        "used",
        "not part of the evidence",
        "passage rejected in desk/judgements.csv",
        "passage confirmed in one file and rejected in the other",
        "left empty",
    ]
    assert found["perhaps"].tolist() == ["", known, "", "", ""]
    status = handover.reading_status(direction_form(made, FACTORS), found).iloc[0]
    assert f"row 3 ({near}; {known}?)" in status["awaited"]
    assert f"one consistent answer, here or in desk/judgements.csv, for row 5 ({units[1]})" in status["awaited"]


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("wil,relevance,minor,x,AB\n", "'wil' is not a factor"),
        ("will,relevancy,minor,x,AB\n", "row 2, column 'component'"),
        ("will,relevance,minor,,AB\n", "has no reason"),
        ("will,relevance,minor,x,AB\nwill,relevance,serious,y,AB\n", "row 3.* judged twice"),
    ],
)
def test_bad_concerns_are_named(tmp_path, row, words):
    path = tmp_path / "cerqual.csv"
    path.write_text("factor,component,concern,reason,judges\n" + row, encoding="utf-8")
    with pytest.raises(StudyError, match=words):
        read_cerqual(path, {"will"})
