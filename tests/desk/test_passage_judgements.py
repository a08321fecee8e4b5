"""Passages that people confirm or reject."""

import pandas as pd
import pytest
from coproduction.core import accounting
from coproduction.core.errors import StudyError
from coproduction.desk import handover, passage_judgements, tables
from coproduction.desk.tables import PASSAGES


def passages(*parts):
    rows = [
        {
            "passage": f"P{n}",
            "factor": "trust",
            "document": "A",
            "page": 1,
            "part": part,
            "judgement": "",
            "direction": "",
            "counts": "yes",
            "excerpt": "x",
            "unit": "page",
            "terms": "t",
            "hits": 1,
            "sentence": 1,
            "start": 0,
            "end": 1,
            "heading": "",
            "before": "",
            "after": "",
            "negation": "",
        }
        for n, part in enumerate(parts)
    ]
    return pd.DataFrame(rows)[list(PASSAGES.columns)]


@pytest.fixture
def judge(tmp_path):
    """Passages as they are after people have handed in files of judgements."""

    def read(found, directions=None, **files):
        paths = []
        for name, lines in files.items():
            path = tmp_path / f"{name}.csv"
            path.write_text("passage,judgement\n" + lines, encoding="utf-8")
            paths.append(path)
        judgements = passage_judgements.read_judgements(paths, set(found["passage"]))
        return passage_judgements.judged(found, judgements, directions), judgements

    return read


def test_until_somebody_begins_passages_of_running_text_count(judge):
    found, _ = judge(passages("text", "references", "text"))
    assert found["counts"].tolist() == ["yes", "no", "yes"]
    empty, judgements = judge(passages("text"), judgements="P0,\n")
    assert empty["counts"].tolist() == ["yes"]
    assert judgements["outcome"].tolist() == ["left empty"]


def test_then_only_confirmed_ones_do_wherever_they_are(judge):
    found, _ = judge(passages("text", "references", "text"), judgements="P1,confirmed\nP2,rejected\n")
    assert found["judgement"].tolist() == ["", "confirmed", "rejected"]
    assert found["counts"].tolist() == ["no", "yes", "no"]


def test_judgements_that_contradict_each_other_are_asked_about(judge):
    found, _ = judge(
        passages("text", "text"),
        judgements_anna="P0,confirmed\nP1,confirmed\n",
        judgements_ben="P0,rejected\nP1,confirmed\n",
    )
    assert found["judgement"].tolist() == ["disputed", "confirmed"]
    assert found["counts"].tolist() == ["no", "yes"]
    status = handover._passages(found)
    assert status["state"] == "partial"
    assert status["awaited"] == "one consistent judgement of P0, here or in ecosystem/directions.csv"


def units(found):
    return [accounting.unit_of("passage", "trust", "A", words, "") for words in found["excerpt"]]


def apart(*parts):
    """Passages with words of their own, so that each is a unit of evidence."""
    return passages(*parts).assign(excerpt=[f"Words number {n}." for n in range(len(parts))])


def test_whoever_settles_a_direction_has_read_the_passage(judge):
    """It counts among judged ones, is not offered again, and a rejected one neither."""
    found = apart("text", "text", "text", "text")
    settled = dict(zip(units(found), ["favours", "not about it"], strict=False))
    read, _ = judge(found, settled, judgements="P2,confirmed\n")
    assert read["direction"].tolist() == ["favours", "not about it", "", ""]
    assert read["counts"].tolist() == ["yes", "no", "yes", "no"]
    assert passage_judgements.to_judge(read, {"trust": "Trust"})["passage"].tolist() == ["P3"]
    assert handover._passages(read)["done"] == 3


def test_before_anybody_judges_directions_leave_what_counts(judge):
    """What is not about the condition stays in the trail of the evidence, without weight."""
    found = apart("text", "text", "references")
    read, _ = judge(found, dict(zip(units(found), ["not about it"], strict=False)))
    assert read["counts"].tolist() == ["yes", "yes", "no"]
    assert passage_judgements.to_judge(read, {"trust": "Trust"})["passage"].tolist() == ["P1", "P2"]
    assert handover._passages(read)["awaited"] == ""


@pytest.mark.parametrize(("judgement", "direction"), [("rejected", "hinders"), ("confirmed", "not about it")])
def test_a_contradiction_between_the_two_files_is_asked_about(judge, judgement, direction):
    found = apart("text", "text")
    read, _ = judge(found, dict(zip(units(found), [direction], strict=False)), judgements=f"P0,{judgement}\n")
    assert read["judgement"].tolist() == ["disputed", ""]
    assert read["counts"].tolist() == ["no", "no"]
    assert "one consistent judgement of P0, here or in ecosystem/directions.csv" in handover._passages(read)["awaited"]


def test_every_row_is_accounted_for_and_open_passages_are_asked_for(judge):
    found, judgements = judge(passages("text", "text"), judgements="P0,confirmed\nP9,rejected\nP1,\n")
    assert judgements["outcome"].tolist() == ["used", "not a known passage", "left empty"]
    assert judgements["row"].tolist() == [2, 3, 4]
    assert handover._passages(found)["awaited"] == "judgements of 1 passage (results/desk/to_judge.csv)"
    left = passage_judgements.to_judge(found, {"trust": "Trust in government"})
    assert left[["passage", "condition", "place"]].to_numpy().tolist() == [["P1", "Trust in government", "page 1"]]
    assert list(left.columns) == list(tables.TO_JUDGE.columns)


def test_other_words_in_the_column_are_named(judge):
    with pytest.raises(StudyError, match=r"row 2, column 'judgement'.*confirmed, rejected"):
        judge(passages("text"), judgements="P0,maybe\n")


def test_ids_come_from_the_words_and_outlast_other_changes():
    first, again = passage_judgements.passage_ids(["A", "A"], ["f", "f"], ["Trust  matters.", "Trust matters."])
    assert first != again
    assert passage_judgements.passage_ids(["A"], ["f"], ["trust matters"]) == [first]
    assert passage_judgements.passage_ids(["B"], ["f"], ["trust matters"]) != [first]
    assert passage_judgements.passage_ids(["A"], ["g"], ["trust matters"]) != [first]
