"""Checklists of reporting guidelines: filled by what people did, open where only they know."""

import re

import pandas as pd
import pytest
from coproduction.core import people_tables
from coproduction.core.errors import StudyError
from coproduction.report import checklists, tables
from coproduction.report.checklists import Answer
from coproduction.screening.facts import numbers_of_flow

KNOWN = {
    "delphi": {"response": Answer("round 1: 18 of 18"), "items": Answer("reworded: S13")},
    "literature": {"sources": Answer("6 searches"), "queries": Answer("5 of 6", whole=False)},
}


def table_of(known=KNOWN, given=()):
    return checklists.fill(known, given).set_index(["guideline", "item"])


@pytest.mark.parametrize(
    ("guideline", "numbers"),
    [
        ("DELPHISTAR", [str(n) for n in range(1, 39)]),
        ("COREQ", [str(n) for n in range(1, 33)]),
        ("SRQR", [str(n) for n in range(1, 22)]),
        ("PRISMA-S", [str(n) for n in range(1, 17)]),
        ("GRAMMS", [str(n) for n in range(1, 7)]),
    ],
)
def test_checklists_have_all_items_of_the_guidelines(guideline, numbers):
    assert [item.item for item in checklists.ITEMS if item.guideline == guideline] == numbers


def test_prisma_has_27_items_of_which_some_have_parts():
    own = [item.item for item in checklists.ITEMS if item.guideline == "PRISMA 2020"]
    assert len(own) == len(set(own)) == 42
    assert {int(re.match(r"\d+", number)[0]) for number in own} == set(range(1, 28))


def test_accord_has_its_items_by_section():
    accord = [item.item for item in checklists.ITEMS if item.guideline == "ACCORD"]
    parts = {"T": 1, "I": 3, "M": 21, "R": 5, "D": 2, "O": 3}
    assert accord == [f"{k}{n}" for k, count in parts.items() for n in range(1, count + 1)]


def test_the_items_of_delphistar_are_as_many_as_it_counts_by_topic():
    """As in the abstract of Niederberger et al. (2024)."""
    sections = [item.section for item in checklists.ITEMS if item.guideline == "DELPHISTAR"]
    counts = {name: sections.count(name) for name in dict.fromkeys(sections)}
    assert list(counts.values()) == [3, 7, 20, 4, 4]


def test_every_answer_of_a_template_is_used_and_every_reference_has_one(root):
    given = {
        (path.parent.name, name)
        for path in root.glob("report/techniques/*/checklist_answers.md.j2")
        for name in re.findall(r"^# (\w+)", path.read_text(encoding="utf-8"), re.MULTILINE)
    }
    loops = {("screening", name) for name in ("registers", "browsed", "citations")}
    asked = {(item.technique, item.known) for item in checklists.ITEMS if item.known}
    assert asked == given | loops
    assert {item.covers for item in checklists.ITEMS if item.known} == {"all", "part"}
    assert not [i for i in checklists.ITEMS if not i.known and (i.covers or i.place or i.technique)]


def test_what_the_study_knows_is_filled_and_gaps_are_shown():
    table = table_of()
    assert table.loc[("DELPHISTAR", "33"), "state"] == "filled"
    assert table.loc[("DELPHISTAR", "9"), "state"] == "open"
    assert table.loc[("ACCORD", "R3"), "state"] == "partly"  # the item asks for more
    assert table.loc[("PRISMA 2020", "6"), "place"] == "tbl-literature-searches"
    assert table.loc[("PRISMA 2020", "7"), "state"] == "partly"  # not all is known
    assert table.loc[("PRISMA 2020", "5"), ["state", "place"]].tolist() == ["open", ""]
    assert set(checklists.fill({})["state"]) == {"open"}


def test_answers_of_the_authors_fill_items(tmp_path):
    path = tmp_path / "checklists.csv"
    path.write_text("guideline,item,answer\nDELPHISTAR,9,several interests\nPRISMA 2020,24A,none\n")
    given = people_tables.read_people_table(path, tables.STUDY_CHECKLISTS)
    checklists.check(given, path)
    table = table_of(given=[given])
    assert table.loc[("DELPHISTAR", "9"), ["state", "answer"]].tolist() == ["filled", "several interests"]
    assert table.loc[("PRISMA 2020", "24a"), "answer"] == "none"


def test_an_item_that_no_guideline_has_is_named_with_its_row(tmp_path):
    path = tmp_path / "checklists.csv"
    path.write_text("guideline,item,answer\nDELPHISTAR,1,yes\nACCORD,M99,no\n")
    given = people_tables.read_people_table(path, tables.STUDY_CHECKLISTS)
    with pytest.raises(StudyError, match="M99") as error:
        checklists.check(given, path)
    assert error.value.row == 3


def test_guidelines_of_parts_that_have_not_begun_are_not_printed(prose):
    items = checklists.fill(KNOWN)
    states = {"delphi": "under way", "literature": "not begun"}
    wanted = ["PRISMA 2020", "DELPHISTAR", "COREQ"]
    printed = checklists.facts(items, wanted, states)
    assert [part["guideline"] for part in printed] == ["DELPHISTAR"]
    assert (printed[0]["all"], printed[0]["filled"]) == (38, 1)
    text = prose("report").fill("checklists", {"checklists": printed})
    assert "Of 38 items of DELPHISTAR [@niederberger2024], 1 is filled" in text
    assert "| 33 | experts per round | filled | round 1: 18 of 18 | @sec-results-delphi |" in text
    assert "No reporting guideline applies yet" in prose("report").fill("checklists", {"checklists": []})


def test_a_place_that_no_document_has_is_a_dash():
    row = "| 5 | @tbl-screening-criteria |\n| 6 | @tbl-literature-searches |"
    there = frozenset({"tbl-literature-searches"})
    assert checklists.without_lost_places(row, there) == "| 5 | – |\n| 6 | @tbl-literature-searches |"


def test_places_are_named_as_the_report_names_them(root):
    """Labels of sections are in the outlines, those of tables and figures in the templates."""
    written = "".join(
        path.read_text(encoding="utf-8")
        for path in [*root.glob("report/*.qmd"), *root.glob("report/techniques/*/*.j2")]
    )
    for place in {item.place for item in checklists.ITEMS} - {""}:
        name = place if place.startswith("sec-") else place.partition("-")[2]
        assert name in written, place


def test_answers_follow_the_facts(prose):
    searches = [
        {"database": "A", "platform": "P", "date": "2025-03-10", "query": "x AND y"},
        {"database": "B", "platform": "P", "date": "2025-03-12", "query": ""},
    ]
    fill = prose("literature").fill

    def told():
        return {"searches": searches, "queries": [s for s in searches if s["query"]], "read": 12, "merged": 1}

    known = checklists.answers(fill("checklist_answers", told()))
    assert known["queries"] == Answer("1 of 2 search strings as run", whole=False)
    assert known["dates"] == Answer("2025-03-10 to 2025-03-12")
    assert "updates" not in known
    searches[1] |= {"database": "A", "query": "z"}
    known = checklists.answers(fill("checklist_answers", told()))
    assert known["queries"].whole
    assert known["updates"].text == "search repeated: A"
    assert checklists.answers(fill("checklist_answers", told() | {"searches": [], "queries": []})) == {}


def test_snowballing_answers_the_item_on_citation_searches(prose):
    """Also where no setting names a source of that kind: its own name begins so."""
    flow = pd.DataFrame(
        [("databases", "identified", "database", 40), ("others", "identified", "citation", 12)],
        columns=["arm", "box", "item", "n"],
    )
    told = {"criteria": [], "excluded_full": None, "studies": None, "included": None}

    def answer(kinds, rows=flow):
        known = {"settings": {"kinds": kinds}, "flow": numbers_of_flow(rows)}
        return checklists.answers(prose("screening").fill("checklist_answers", told | known)).get("citations")

    assert answer({}).text == "12 records found by searching citations"
    assert answer({"By hand": "citation"}).text == "12 records found by searching citations: By hand"
    assert answer({"By hand": "citation"}, flow[:1]) is None


def test_own_sections_and_declarations_are_what_their_paragraphs_begin_with(tmp_path):
    declarations, limits, empty = (tmp_path / f"{name}.qmd" for name in ("declarations", "limitations", "discussion"))
    declarations.write_text(
        "*Ethics and consent.* The board agreed.\n\n## Competing interests\n\nNone, as no funder had a say.\n\n"
        "**Who did what.** All read *the protocol*.\n",
        encoding="utf-8",
    )
    limits.write_text("Two countries.\n", encoding="utf-8")
    empty.write_text("\n", encoding="utf-8")
    told = checklists.told_in_sections([declarations, limits, empty])
    assert told == ["ethics", "interests", "limitations"]


def test_the_checklists_lead_to_the_declarations_of_the_team():
    table = table_of({"report": {"funding": Answer("declarations, in the words of the research team")}})
    for item in [("PRISMA 2020", "25"), ("SRQR", "21"), ("DELPHISTAR", "4"), ("ACCORD", "O3")]:
        assert table.loc[item, ["state", "place"]].tolist() == ["partly", "sec-declarations"]
    assert table.loc[("PRISMA 2020", "26"), "state"] == "open"
