"""The report's own words."""

import pandas as pd
import pytest
from coproduction.core import accounting, tables
from coproduction.ecosystem.tables import TRACE
from coproduction.report.facts import across, answer, basis, explorable, facts, in_words
from coproduction.report.settings import ReportSettings


@pytest.fixture
def summary(prose):
    """The box at the start for rows of STATUS."""
    return lambda status: prose("report").fill("summary", facts(status, False))


def status(*rows):
    return accounting.table([accounting.status_row(*row) for row in rows], accounting.STATUS)


def test_summary_counts_and_asks(summary):
    text = summary(
        status(
            ("delphi", "Round 2", 17, 18, "panellist", "one questionnaire, from D07", "delphi/r2"),
            ("desk", "Documents read", 9, 9, "document"),
        )
    )
    assert "Of 2 steps, 1 is complete" in text
    assert text.index("Desk research") < text.index("Delphi")
    assert "17 of 18 panellists" in text
    assert "1 contribution from people is awaited (@sec-state)" in text


def test_summary_of_nothing_and_of_everything(summary):
    assert "No part" in summary(tables.empty(accounting.STATUS))
    assert "final" in summary(status(("desk", "Documents read", 9, 9, "document")))


def test_notice_only_where_data_are_made_up(prose):
    notice = [prose("report").fill("notice", {"illustrative": made_up}) for made_up in (True, False)]
    assert "must not be cited" in notice[0]
    assert "interviews" not in notice[0]  # nothing that a study may not have
    assert notice[1].strip() == ""


def test_a_unit_that_the_step_names_is_not_said_again(summary):
    text = summary(
        status(
            ("desk", "Documents read", 8, 9, "document"),
            ("interviews", "Transcripts", 10, 10, "transcript"),
            ("interviews", "Coding", 10, 10, "transcript"),
        )
    )
    assert "documents read: 8 of 9." in text
    assert "transcripts: 10; coding: 10 transcripts." in text


@pytest.mark.parametrize(
    ("n", "words"), [(0, "The one step is not complete yet."), (1, "The one step of the study is complete.")]
)
def test_numbers_of_steps(summary, n, words):
    assert words in summary(status(("desk", "Documents read", n, 1, "document")))


@pytest.mark.parametrize(("step", "shown"), [("Title and abstract", "title and"), ("ISM levels", "ISM"), ("é", "é")])
def test_names_of_steps_begin_small_but_abbreviations_stay(summary, step, shown):
    assert f"**Desk research:** {shown}" in summary(status(("desk", step, 1, 2, "x")))


TITLES = {"desk": "Documents", "literature": "Studies", "interviews": "Interviews"}
FACTOR = {
    "id": "f1",
    "name": "Funding",
    "level": "environment",
    "dimension": "economic",
    "rank": 1,
    "strength": 0.5,
    "band": "moderate",
    "confidence": "high",
    "judgement": "",
    "reasons": "few",
    "verdict": "",
    "more": "left out",
}


def explored(model, trace):
    documents = pd.DataFrame({"document": ["D1"], "title": ["A plan"], "country": ["FIN"]})
    transcripts = pd.DataFrame({"transcript": ["P1", "P2"], "country": ["EUU", ""]})
    records = pd.DataFrame({"record": ["r1"], "title": ["A study"]})
    return explorable({"factors": model}, trace, TITLES, documents, transcripts, records)


def test_evidence_to_explore_has_country_and_title_of_its_source():
    columns = tables.empty(TRACE).columns
    pieces = [("desk", "D1"), ("interviews", "P1"), ("interviews", "P2"), ("literature", "r1"), ("qca", "x")]
    trace = pd.DataFrame(
        [{"factor": "f1", "technique": name, "source": source} for name, source in pieces], columns=columns
    )
    told = explored([FACTOR], trace)
    assert [piece["country"] for piece in told["pieces"]] == ["Finland", "European Union", "", "", ""]
    assert told["sources"] == {"Documents|D1": "A plan", "Studies|r1": "A study"}
    assert {piece["technique"] for piece in told["pieces"]} >= {"Documents", "Configurations (QCA)"}
    assert told["factors"][0]["reasons"] == "few"
    assert "more" not in told["factors"][0]


def test_nothing_to_explore_yet():
    assert explored([], tables.empty(TRACE)) == {"factors": [], "sources": {}, "pieces": []}


LONG = "Willingness of those concerned to travel together although each of them owns a vehicle of their own"


def told(number, lines=3, verdict="", side="favours", confidence="high"):
    """What the report is told of so many conditions of another subject, with long names."""
    settings = ReportSettings(question="Which conditions favour car sharing in villages?", leading=7)
    columns = [f"{part}_{name}" for part in ("sources", "standing") for name in ("desk", "interviews")]
    factors = pd.DataFrame(
        {
            "id": [f"c{n}" for n in range(number)],
            "name": [f"{LONG} {n}" for n in range(number)],
            "level": [("citizens", "organisation", "environment")[n % 3] for n in range(number)],
            "rank": range(1, number + 1),
            "strength": 0.5,
            "band": "moderate",
            "confidence": confidence,
            "lines": lines,
            "sources": 4,
            "side": side,
            "verdict": verdict,
            "reasons": "",
            "judgement": "",
        }
        | {column: 1 if "sources" in column else 0.5 for column in columns}
    )
    codebook = factors[["id", "name"]].assign(definition="A definition.")
    rows = status(("desk", "Documents read", 9, 9, "document"), ("interviews", "Transcripts", 3, 10, "transcript"))
    titles = {"desk": "Documents", "interviews": "Interviews"}
    about = {"title": "Car sharing", "subtitle": "", "authors": [], "date": "", "seed": 1, "version": "1"}
    words = facts(rows, False) | answer(factors, codebook, tables.empty(TRACE), None, titles, settings) | about
    model = {"code_pairs": 5, "drivers": [{"factor": "c0"}, {"factor": "c50"}]}
    return words | {"basis": basis({}), "across": across(model if number else {}, words["leading"])}


@pytest.mark.parametrize("number", [0, 1, 8, 60])
def test_first_words_and_discussion_of_any_subject_and_number_of_conditions(prose, number):
    words = {name: prose("report").fill(name, told(number)) for name in ("answer", "plain", "brief", "discussion")}
    assert "car sharing in villages" in words["answer"]
    for name, text in words.items():
        assert "service" not in text, name
        shown = min(number, 7) if name != "plain" else min(number, 3)
        assert number == 0 or name == "discussion" or all(str(n) in text for n in range(shown)), name
    if number == 0:
        assert "nothing to discuss" in words["discussion"]


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({}, "All 7 leading conditions are supported by three or more"),
        ({"lines": 1}, "All 7 leading conditions rest on a single line of evidence"),
        ({"confidence": "low"}, "Confidence is low for all 7 leading conditions"),
        ({}, "No condition ranks high in one technique and low in another"),
        ({"verdict": "rejected"}, "agreed that 8 conditions do not matter"),
        ({"verdict": "no consensus"}, "The panel has not reached consensus on 7 leading conditions"),
        ({}, "1 of the 2 conditions that experts see as drivers is among them"),
        (
            {"confidence": "low"},
            "The leading conditions span several levels: 3 concern citizens, 2 the public organisation and 2 the environment.",
        ),
        ({"side": "contested"}, "The evidence is mixed on 8 conditions; the open question is when they help."),
    ],
)
def test_the_discussion_says_what_the_facts_say(prose, given, says):
    text = " ".join(prose("report").fill("discussion", told(8, **given)).split())
    assert says in text
    assert "1 technique is under way" not in text


def test_a_single_leading_condition_is_placed_at_its_level(prose):
    text = " ".join(prose("report").fill("discussion", told(1)).split())
    assert "The leading condition concerns citizens." in text
    assert "levels" not in text


@pytest.mark.parametrize(
    ("number", "confidence", "says"),
    [
        (1, "high", "We have high confidence in the one condition listed on page one."),
        (8, "high", "We have high confidence in all the conditions listed on page one."),
        (1, "low", "We do not have high confidence in the one condition listed on page one."),
        (8, "low", "We do not have high confidence in any of the conditions listed on page one."),
    ],
)
def test_the_plain_summary_says_how_much_it_is_trusted(prose, number, confidence, says):
    assert says in " ".join(prose("report").fill("plain", told(number, confidence=confidence)).split())


def test_first_words_where_no_condition_has_enough_evidence_and_some_have_no_source_for_them(prose):
    given = told(8, verdict="no consensus")
    for factor in given["leading"]:
        factor |= {"band": "too little evidence", "speaking": []}
    text = " ".join(prose("report").fill("answer", given).split())
    assert "These 7 have the most, though too little for a judgement (@fig" in text
    assert "high confidence; no consensus in the panel." in text
    assert "The leading conditions are these 7 (@fig" in " ".join(prose("report").fill("answer", told(8)).split())


SO_FAR = {
    "desk": {"read": 2, "compared": True, "indicators": 1, "covered_countries": 3},
    "literature": {"databases": 2, "found": 30, "unique": 20},
    "screening": {"flow": {"screened": 12}, "included": {"studies": 4}},
    "one reviewer": {"flow": {"screened": 0, "partial": 5, "conflict": 0}},
    "interviews": {"participants": {"read": 1}},
    "delphi": {"closed_rounds": [{"responded": 9}, {"responded": 8}]},
}


@pytest.mark.parametrize(
    ("there", "says"),
    [
        (
            ["desk", "interviews", "delphi"],
            "2 documents, 1 indicator for 3 countries, 1 interview and 9 panellists in 2 Delphi rounds.",
        ),
        (["literature"], "The searches found 30 records in 2 sources, 20 of them unique; none has been screened yet."),
        (["literature", "one reviewer"], "20 of them unique; their screening has begun."),
        (["literature", "screening"], "12 of these have been screened and 4 studies are included."),
    ],
)
def test_page_one_says_what_the_answer_rests_on(prose, there, says):
    given = {name.replace("one reviewer", "screening"): SO_FAR[name] for name in there}
    text = " ".join(prose("report").fill("answer", told(8) | {"basis": basis(given)}).split())
    assert says in text
    assert "Evidence base" in text
    nothing = " ".join(prose("report").fill("answer", told(0) | {"basis": basis({})}).split())
    assert "Evidence base" not in nothing
    assert "so far" not in nothing


def test_readers_are_spared_the_files_that_the_team_needs():
    assert in_words("names, from the team (rows to copy: topics/form.csv)") == "names, from the team"
    assert in_words("decisions (21 of them by one more reviewer)") == "decisions (21 of them by one more reviewer)"


def test_the_discussion_compares_nothing_before_two_lines_are_available(prose):
    given = told(8)
    given["across"] = across({"gaps": {"any": False, "silent_known": ["A", "B"]}}, given["leading"])
    text = " ".join(prose("report").fill("discussion", given).split())
    assert "Fewer than two lines of evidence are available" in text
    assert "a review alone would have missed" not in text


def test_page_one_names_conditions_that_can_be_judged_where_there_are_some():
    def named(bands):
        columns = [f"{part}_desk" for part in ("sources", "standing")]
        factors = pd.DataFrame({"id": list("abc"), "name": list("abc"), "rank": [1, 2, 3], "band": bands, "sources": 2})
        factors = factors.assign(
            level="citizens",
            strength=0.5,
            confidence="low",
            lines=1,
            side="favours",
            verdict="",
            reasons="",
            judgement="",
        )
        factors[columns] = 1
        codebook = factors[["id", "name"]].assign(definition="")
        given = answer(
            factors, codebook, tables.empty(TRACE), None, {"desk": "Documents"}, ReportSettings(question="?")
        )
        return [each["id"] for each in given["leading"]]

    few = "too little evidence"
    assert named(["strong", few, "moderate"]) == ["a", "c"]
    assert named([few, few, few]) == ["a", "b", "c"]


def test_plain_words_say_when_it_is_too_early(prose):
    given = told(8)
    for factor in given["leading"]:
        factor["band"] = "too little evidence"
    assert "too early to say" in prose("report").fill("plain", given)
    assert "too early to say" not in prose("report").fill("plain", told(8))
