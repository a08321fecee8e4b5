"""What the queue says of citations, counted by hand."""

import pandas as pd
import pytest
from coproduction.core import tables
from coproduction.methods.relevance_model import Model
from coproduction.methods.text_features import make_features
from coproduction.screening.citation_ranking import citations_in_words, with_citations
from coproduction.screening.decision_forms import _terms
from coproduction.screening.queue import build_queue
from coproduction.screening.tables import CRITERIA
from screening.study_folder import SETTINGS, Folder, records, rows

NONE = pd.DataFrame({"record": [], "work": [], "cited_record": []}, dtype=str)


def cites(*links):
    return pd.DataFrame(links, columns=["record", "work", "cited_record"])


@pytest.mark.parametrize(
    ("links", "words"),
    [
        (
            [("a", "w", ""), ("r1", "w", ""), ("r2", "w", ""), ("b", "w", "")],
            ["cites what is cited by 2 included records"],
        ),
        (
            [("a", "w", ""), ("a", "v", ""), ("r1", "w", ""), ("r1", "v", "")],
            ["cites what is cited by 1 included record"],
        ),
        ([("a", "w", "r1"), ("a", "v", "r2")], ["cites 2 included records"]),
        ([("r1", "w", "a"), ("b", "v", "a")], ["cited by 1 included record"]),
        (
            [("a", "w", "r1"), ("r2", "w", "r1")],
            ["cites 1 included record", "cites what is cited by 1 included record"],
        ),
        ([("a", "w", ""), ("b", "w", "")], []),
    ],
)
def test_links_with_included_records_are_counted(links, words):
    assert citations_in_words(cites(*links), {"r1", "r2"}, ["a"]) == [words]


@pytest.fixture
def settled(tmp_path):
    decided = rows("r0,R1,include,,,", "r0,R2,include,,,", "r1,R1,exclude,,,", "r1,R2,exclude,,,")
    return Folder(tmp_path).write("title_abstract.csv", decided).settle()


def queue_of(settled, references):
    table = records()
    features = make_features(table, Model().kinds)
    features = with_citations(features, table["record"], references, Model().cited)
    criteria = tables.empty(CRITERIA)
    return build_queue(table, settled.states, settled.decisions, criteria, SETTINGS, 1, features, references=references)


def test_without_references_the_queue_is_byte_by_byte_the_same(settled):
    with_none, basis = queue_of(settled, NONE)
    plain, _ = build_queue(records(), settled.states, settled.decisions, tables.empty(CRITERIA), SETTINGS, 1)
    assert with_none.to_csv() == plain.to_csv()
    assert basis["citing"].tolist() == [0]


def test_references_raise_a_record_and_say_so(settled):
    plain, _ = queue_of(settled, NONE)
    last = plain["record"].iloc[-1]
    queue, basis = queue_of(settled, cites((last, "w", ""), ("r0", "w", "")))
    own = queue[queue["record"] == last].iloc[0]
    assert own["rank"] < len(plain)
    assert own["terms_for"].split(";")[0] == "cites what is cited by 1 included record"
    assert basis["citing"].tolist() == [2]
    assert not any("cite" in term for terms in _terms(queue) for term in terms)
