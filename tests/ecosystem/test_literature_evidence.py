"""Links from studies and topics to factors."""

import pandas as pd
import pytest
from coproduction.core.excerpts import shorten
from coproduction.core.text import TermIndex
from coproduction.ecosystem.literature_evidence import link_studies, link_topics, mentions, sentence_at

INDEX = TermIndex(
    {"trust": ["mutual trust", "trust-building"], "need": ["unmet need*"], "knowledge": ["citizens' knowledge"]}
)


def studies(*rows):
    return pd.DataFrame(rows, columns=["record", "title", "abstract", "keywords"], dtype=str)


def test_a_study_points_to_a_factor_once_with_place_and_sentence():
    table = studies(
        ("r1", "Care at home", "We asked users. Mutual trust came first. Trust-building took years.", "unmet needs")
    )
    found = link_studies(table, INDEX).set_index("factor")
    trust = found.loc["trust"]
    assert trust["value"] == 2
    assert trust["locator"] == "abstract, characters 17–28"
    assert table.loc[0, "abstract"][16:28] == "Mutual trust"
    assert trust["excerpt"] == "Mutual trust came first."
    assert trust["note"] == "terms: mutual trust; trust-building"
    assert found.loc["need", "locator"] == "keywords, characters 1–11"


def test_two_reports_of_one_study_are_one_source():
    table = studies(("r1", "Mutual trust", "", ""), ("r2", "Mutual trust", "", ""))
    found = link_studies(table.assign(study="r1", key=["larch2018", "larch2019"]), INDEX)
    assert found["source"].tolist() == ["r1", "r1"]
    assert found["locator"].tolist() == ["larch2018, title, characters 1–12", "larch2019, title, characters 1–12"]


def test_typographic_apostrophe_is_found():
    table = studies(("r1", "On citizens’ knowledge", "", ""))
    assert link_studies(table, INDEX)["factor"].tolist() == ["knowledge"]


def test_words_within_words_are_not_found():
    assert link_studies(studies(("r1", "Distrust, mutual trusteeship", "", "")), INDEX).empty


def test_no_studies_no_evidence():
    assert link_studies(studies(), INDEX).empty


STUDY_OF = {f"r{n}": f"s{n}" for n in range(20)}


def topic_tables(sizes):
    """Topics T1, T2 … with so many assigned records r1, r2 …"""
    names = [f"T{k + 1}" for k, size in enumerate(sizes) for _ in range(size)]
    documents = pd.DataFrame(
        {"record": [f"r{n}" for n in range(len(names))], "topic": names, "outcome": "assigned"}, dtype=str
    )
    topics = pd.DataFrame({"topic": sorted(set(names)), "terms": "care;users"})
    return topics, documents


def test_topic_points_to_a_factor_its_records_mention_more_often():
    topics, documents = topic_tables([4, 8])
    told = ["r0", "r1", "r2", "r4", "r5"]  # 3 of 4 in T1, 2 of 8 in T2
    mentioned = pd.DataFrame({"record": told, "factor": "trust"})
    found = link_topics(topics, documents, mentioned, STUDY_OF, min_records=3, min_lift=1.5)
    assert found["source"].tolist() == ["T1"]
    assert found.loc[0, "value"] == pytest.approx((3 / 4) / (2 / 8))
    assert found.loc[0, "locator"] == "3 of 4 records"
    assert found.loc[0, "note"] == "mentioned 3.0 times the others; studies: s0, s1, s2"


def test_topic_alone_with_a_factor_counts_without_a_number():
    topics, documents = topic_tables([4, 8])
    mentioned = pd.DataFrame({"record": ["r0", "r1", "r2"], "factor": "trust"})
    found = link_topics(topics, documents, mentioned, STUDY_OF, min_records=3, min_lift=1.5)
    assert found["note"].tolist() == ["mentioned in no other topic; studies: s0, s1, s2"]
    assert found["value"].isna().all()


def test_too_few_records_or_equal_shares_point_to_nothing():
    topics, documents = topic_tables([4, 4])
    even = pd.DataFrame({"record": ["r0", "r1", "r2", "r4", "r5", "r6"], "factor": "trust"})
    few = pd.DataFrame({"record": ["r0", "r1"], "factor": "need"})
    assert link_topics(topics, documents, pd.concat([even, few]), STUDY_OF, 3, 1.5).empty


def test_no_topics_yet():
    topics, documents = topic_tables([])
    assert link_topics(topics, documents, mentions(studies(), INDEX), STUDY_OF, 3, 1.5).empty


def test_excerpts_are_whole_sentences_or_shortened_at_words():
    content = "First one. The hit is here, e.g. now. Last."
    assert sentence_at(content, 15, 18) == "The hit is here, e.g. now."
    words = " ".join(f"word{n:03d}" for n in range(100))
    short = shorten(words, 400, 100)
    assert short.startswith("… word0")
    assert short.endswith(" …")
    assert len(short) <= 104


def test_topics_count_over_included_studies_only():
    topics, documents = topic_tables([4, 8])
    mentioned = pd.DataFrame({"record": ["r0", "r1", "r2", "r4"], "factor": "trust"})
    included = {name: name for name in ("r0", "r1", "r4", "r5")}
    assert link_topics(topics, documents, mentioned, included, 3, 1.5).empty
    found = link_topics(topics, documents, mentioned, included, 2, 1.5)
    assert found.loc[0, "locator"] == "2 of 2 records"
