"""The topic model: planted themes, sums, determinism, empty states."""

from pathlib import Path
from types import SimpleNamespace

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from coproduction.core.tables import Table, empty
from coproduction.topics import model, tables
from coproduction.topics.choice import compare_numbers
from coproduction.topics.describing import prevalence
from coproduction.topics.facts import facts
from coproduction.topics.figures import draw_choice, draw_map, draw_prevalence
from coproduction.topics.handover import account, status
from coproduction.topics.model import fit_topics
from coproduction.topics.naming import titles_of
from coproduction.topics.settings import TopicsSettings
from coproduction.topics.tables import NAMED_TOPICS

NO_NAMES = empty(NAMED_TOPICS)

SETTINGS = TopicsSettings(n_topics=3, min_documents=2, max_share=0.6, n_terms=4, stop_words=[])
THEMES = {
    "care": "elderly care nurses home visits residents",
    "housing": "housing estate tenants renewal neighbourhood",
    "digital": "digital platform data algorithm interface",
}


def fitted(own, settings):
    return fit_topics(own, settings, settings.n_topics)[:2]


def tables_of(**given):
    """The tables of the topics, empty but for those given."""
    known = [form for form in vars(tables).values() if isinstance(form, Table)]
    return SimpleNamespace(records=records(1).iloc[:0], **{Path(form.file).stem: empty(form) for form in known} | given)


def records(n=10):
    rows = [
        {"record": f"r{k}{i}", "title": f"{name} {i}", "abstract": words, "keywords": ""}
        for i in range(n)
        for k, (name, words) in enumerate(THEMES.items())
    ]
    rows.append({"record": "rx", "title": "no abstract here", "abstract": "", "keywords": ""})
    return pd.DataFrame(rows)


def test_planted_themes_are_found_and_every_record_is_accounted():
    topics, documents = fitted(records(), SETTINGS)
    by_theme = documents[documents["record"] != "rx"].assign(theme=lambda d: d["record"].str[1])
    pairs = by_theme[["theme", "topic"]].drop_duplicates()
    assert len(pairs) == 3
    assert sorted(pairs["topic"]) == ["T1", "T2", "T3"]
    assert topics["prevalence"].sum() == pytest.approx(1)
    assert account(documents)["n"].sum() == 31
    assert documents.set_index("record").loc["rx", "outcome"] == "no abstract"
    assert status(topics, documents, NO_NAMES)["state"].tolist() == ["done", "awaited"]


def test_shares_of_a_document_add_up_and_are_pure_for_pure_documents():
    _, documents = fitted(records(), SETTINGS)
    shares = documents.loc[documents["shares"] != "", "shares"].str.split(";", expand=True).astype(float)
    np.testing.assert_allclose(shares.sum(axis=1), 1, atol=2e-4)
    assert (shares.max(axis=1) > 0.9).all()


def test_the_model_is_the_same_every_time():
    first, second = fitted(records(), SETTINGS), fitted(records(), SETTINGS)
    pd.testing.assert_frame_equal(first[0], second[0])
    pd.testing.assert_frame_equal(first[1], second[1])


def test_the_model_is_the_same_however_many_cores_share_its_sums():
    """Three themes of equal weight, whose words weigh the same: rounding must not order them."""
    import threadpoolctl

    found = []
    for cores in (1, 2):
        with threadpoolctl.threadpool_limits(cores):
            found.append(fitted(records(), SETTINGS))
    for one, two in zip(*found, strict=True):
        pd.testing.assert_frame_equal(one, two, check_exact=True)


def test_few_records_give_fewer_topics_and_equal_abstracts_one():
    topics, documents = fitted(records(1), SETTINGS.model_copy(update={"min_documents": 1}))
    assert len(topics) == 1
    equal = records(2).assign(title="the same", abstract="trust in care", record=list("abcdefg"))
    topics, documents = fitted(equal, SETTINGS)
    assert len(topics) == 1
    assert set(documents["outcome"]) == {"assigned"}


def test_of_very_many_records_some_are_factorised_and_all_are_placed(prose):
    """Thirty records, of which nine are factorised: the same topics, every record in that of its theme."""
    few = SETTINGS.model_copy(update={"fitted_records": 9})
    some, whole = (fit_topics(records(), settings, 3) for settings in (few, SETTINGS))
    assert sorted(sorted(t.split(";")) for t in some.topics["terms"]) == sorted(
        sorted(t.split(";")) for t in whole.topics["terms"]
    )
    assert (some.topic_terms.groupby("term")["documents"].max() == 10).all()
    by_theme = some.documents[some.documents["outcome"] == "assigned"].assign(theme=lambda d: d["record"].str[1])
    assert len(by_theme) == 30
    assert len(by_theme[["theme", "topic"]].drop_duplicates()) == 3
    assert some.topics["documents"].tolist() == [10, 10, 10]
    for settings, said in ((few, True), (SETTINGS, False)):
        told = facts(tables_of(topics=some.topics, documents=some.documents), settings, 1)
        assert ("from 9 of the abstracts, evenly spaced over all" in prose("topics").fill("methods", told)) == said


def test_the_terms_of_all_records_are_those_of_their_topics():
    whole = fit_topics(records(), SETTINGS, 3)
    assert model.topic_terms(records(), SETTINGS, 3)["terms"].tolist() == whole.topics["terms"].tolist()


@pytest.mark.parametrize("n", [0, 1])
def test_too_few_records_are_a_state(n, prose):
    topics, documents = fitted(records(1).iloc[:n], SETTINGS)
    assert topics.empty
    told = facts(tables_of(topics=topics, documents=documents), SETTINGS, 1)
    text = prose("topics").fill("results", told)
    assert "no topics yet" in text
    assert status(topics, documents, NO_NAMES)["state"].tolist() == ["awaited" if n else "not started"]
    assert account(documents)["n"].sum() == len(documents)


def test_the_numbers_of_records_add_up_in_the_text(prose):
    counts = {"assigned": 5, "below threshold": 1, "no terms": 2, "other language": 2, "no abstract": 3}
    documents = pd.DataFrame({"outcome": [name for name, n in counts.items() for _ in range(n)]})
    topics = pd.DataFrame(
        {"topic": ["T1"], "terms": ["trust;care"], "prevalence": [1.0], "documents": [6], "exemplars": ["r1;r2"]}
    )
    choice = pd.DataFrame(
        {
            "topics": [1, 2],
            "choice": ["chosen", "runner-up"],
            "place": [2, 1],
            "mean_rank": [1.6, 1.4],
            "c_v": [0.4, None],
            "coherence": [0.25, None],
            "stability": [0.5, 0.75],
            "least_stable": [0.5, 0.1],
            "diversity": [1.0, 1.0],
        }
    )
    quality = pd.DataFrame({"topic": ["T1"], "coherence": [0.25], "stability": [0.5]})
    titles = pd.DataFrame({"record": ["r1", "r2"], "title": ["On trust", "On | care"]})
    common = pd.DataFrame(
        {
            "topic": ["T1"],
            "title": ["Trust & care"],
            "prevalence": [1.0],
            "low": [0.9],
            "high": [1.0],
            "documents": [6],
            "included": [2],
            "prevalence_included": [1.0],
            "years": [4],
            "change_a_year": [0.01],
            "p": [0.01],
            "p_adjusted": [0.01],
        }
    )
    named = pd.DataFrame({"name": ["Trust & care"], "topic": ["T1"], "state": ["fits"]})
    given = tables_of(topics=topics, documents=documents, choice_of_number=choice, quality=quality)
    given.records, given.named_topics, given.prevalence = titles, named, common
    given.languages = pd.DataFrame({"language": ["fr", "de"], "outcome": "left out"})
    given.language_effect = pd.DataFrame({"topic": ["T1"], "agreement": [0.75]})
    told = facts(given, SETTINGS, 1)
    text = prose("topics").fill("results", told)
    assert (
        "The number of topics set by the team, 1, has rank 2 of 2 on the five measures; the best alternative is 2"
        in text
    )
    assert "mean coherence (NPMI) is 0.25 and mean stability 0.50" in text
    assert "The least stable topic, T1 (0.50), should be" in text
    assert "On trust" in text
    assert "The most prevalent topic (Trust & care) accounts for 100 % of the weights (95 % interval 90 to" in text
    assert "Over the 4 years with enough records, the share of Trust & care grew (p below" in text
    given.named_topics = named.iloc[:0]
    unnamed = prose("topics").fill("results", facts(given, SETTINGS, 1))
    assert "Over the 4 years with enough records, the share of T1 (Trust & care) grew (p below" in unnamed
    assert (
        "Of 13 unique records, 10 have an abstract: 5 were assigned to a topic, 1 is spread over several, "
        "2 have none of the terms, 2 in another language were left out: French (1) and German (1) "
        "(agreement with the topics of a model that includes them: 0.75, from 0 to 1)." in text
    )
    assert status(topics, documents, NO_NAMES).loc[0, "state"] == "done"
    many = pd.DataFrame({"language": ["fr"] * 1200 + ["de", "nl", "it", "es", "sv", "fi", "da", "pl", "cs"]})
    given.languages = many.assign(outcome="left out")
    told = prose("topics").fill("results", facts(given, SETTINGS, 1))
    assert (
        "left out: French (1,200), Czech (1), Danish (1), Dutch (1), Finnish (1), German (1), Italian (1), Polish (1) "
        in told
    )
    assert "Polish (1) and 2 more (agreement with the topics of a model that includes them" in told
    given.prevalence = common.assign(prevalence=[0.3097], low=[0.3091], high=[0.3104], documents=[262133])
    told = prose("topics").fill("results", facts(given, SETTINGS, 1))
    assert "accounts for 31 % of the weights (95 % interval 30.9 to 31.0 %;" in told
    assert "| T1 | Trust & care | 262,133 | 31 | 30.9–31.0 |" in told


def test_a_topic_counts_the_records_that_count_for_it():
    several = records()
    several.loc[several["record"] == several["record"].iloc[0], "abstract"] = " ".join(
        " ".join(words.split()[:3]) for words in THEMES.values()
    )
    topics, documents = fitted(several, SETTINGS.model_copy(update={"min_weight": 0.7}))
    assert (documents["outcome"] == "below threshold").any()
    assigned = documents[documents["outcome"] == "assigned"]["topic"].value_counts()
    assert topics.set_index("topic")["documents"].to_dict() == {
        name: int(assigned.get(name, 0)) for name in topics["topic"]
    }


def test_thousands_of_records_have_a_comma_in_the_figure():
    topics, _ = fitted(records(), SETTINGS)
    figure = draw_prevalence(topics.assign(documents=262133), {})
    assert {text.get_text().split("(")[1] for text in figure.axes[0].texts} == {"262,133)"}
    plt.close(figure)


def test_terms_that_few_of_many_documents_use_are_left_out(monkeypatch):
    monkeypatch.setattr(model, "RARE", 10)  # so that thirty documents are many
    weighed = model.weigh(records(), SETTINGS)
    own = records()
    own.loc[own.index[:2], "abstract"] += " tower"
    own.loc[own.index[:3], "abstract"] += " bridge"
    terms = model.weigh(own, SETTINGS).terms
    assert "bridge" in terms
    assert "tower" not in terms
    assert len(terms) == len(weighed.terms) + 1


def test_words_keep_vowels_that_unicode_calls_marks_and_all_others_are_what_they_were():
    own = records()
    care = "ग्रामीण देखभाल, वृद्ध-सेवा। மொழி co-production naïve 2nd e-health"
    own.loc[own.index[:6], "abstract"] += f" {care}"
    terms = set(model.weigh(own, SETTINGS).terms)
    assert {"ग्रामीण", "देखभाल", "वृद्ध-सेवा", "மொழி", "co-production", "naïve", "e-health"} <= terms
    assert {term for term in terms if term.isascii()} - {"co-production", "e-health"} == set(
        model.weigh(records(), SETTINGS).terms
    )


def relations_of(n):
    """The fit of `n` themes with words of their own and a word that all share."""
    rng = np.random.default_rng(4)
    words = [[f"w{k:02}{i}" for i in range(6)] for k in range(n)]
    rows = [
        {
            "record": f"r{k}x{i}",
            "title": "",
            "abstract": " ".join([*rng.choice(words[k], 4, replace=False), *(["bridge"] if k < n // 2 else ["tower"])]),
            "keywords": "",
        }
        for i in range(8)
        for k in range(n)
    ]
    settings = SETTINGS.model_copy(update={"n_topics": n, "n_terms": 8, "max_share": 1.0})
    return fit_topics(pd.DataFrame(rows), settings, n)


def test_many_topics_are_grouped_and_every_topic_is_in_one_group():
    found = relations_of(12)
    grouped = found.topic_groups
    assert sorted(";".join(grouped["topics"]).split(";")) == sorted(found.topics["topic"])
    assert grouped["prevalence"].sum() == pytest.approx(1, abs=1e-5)
    assert grouped["documents"].sum() == found.topics["documents"].sum()
    assert grouped["prevalence"].is_monotonic_decreasing
    of_topic = dict(zip(found.topic_map["topic"], found.topic_map["group"], strict=True))
    for row in grouped.itertuples(index=False):
        assert {of_topic[topic] for topic in row.topics.split(";")} == {row.group}


def test_few_topics_have_a_map_and_no_groups():
    found = relations_of(4)
    assert found.topic_groups.empty
    assert found.topic_map["group"].eq("").all()
    assert found.topic_map["kept"].between(0, 1).all()


def test_the_terms_of_a_topic_are_those_listed_with_their_own_measures():
    found = relations_of(4)
    for topic, terms in zip(found.topics["topic"], found.topics["terms"], strict=True):
        own = found.topic_terms[found.topic_terms["topic"] == topic]
        by_relevance = own.sort_values("place_by_relevance")["term"].tolist()
        assert by_relevance[: len(terms.split(";"))] == terms.split(";")
        assert own["place"].tolist() == list(range(1, len(own) + 1))
        assert own["share"].is_monotonic_decreasing
        assert own["exclusivity"].between(0, 1).all()
    shared = found.topic_terms[found.topic_terms["term"].isin(["bridge", "tower"])]
    assert (shared["exclusivity"] < 0.9).all()
    assert (shared["documents"] == 16).all()


EDGES = {
    "one document": (["trust in care grows with time"], 0),
    "two documents": (["trust in care grows", "city councils build houses"], 1),
    "no word in two documents": (["alpha beta", "gamma delta", "epsilon zeta"], 0),
    "stop words alone": (["the of and", "is was been", "this that these"], 0),
    "numbers alone": (["12 34", "56 78", "90 12"], 0),
    "all equal": (["trust in care grows"] * 9, 1),
    "all equal but one": (["trust in care grows"] * 9 + ["city councils build houses"], None),
}


@pytest.mark.parametrize("case", EDGES)
def test_a_corpus_too_small_for_its_topics_gives_a_smaller_right_answer(case, prose):
    """Every record has an outcome, and the section is whole sentences."""
    abstracts, number = EDGES[case]
    own = pd.DataFrame({"record": [f"r{n}" for n in range(len(abstracts))], "title": "", "keywords": ""})
    own["abstract"] = abstracts
    settings = TopicsSettings(n_topics=12, min_documents=2 if case.startswith("no word") else 1, stop_words=[])
    choice, compared = compare_numbers(own, settings, 1)
    found = fit_topics(own, settings, 12)
    assert number is None or len(found.topics) == number
    assert len(found.topics) <= len(own) // 2
    assert len(found.documents) == len(own)
    assert account(found.documents)["n"].sum() == len(own)
    if found.topics.empty:
        assert set(found.documents["outcome"]) == {"no terms"}
        assert all(table.empty for table in found[2:])
    given = tables_of(**found._asdict(), choice_of_number=choice, compared_topics=compared)
    given.records = own
    given.prevalence = prevalence(found.documents, own.assign(year="2020"), set(), titles_of(found.topics, NO_NAMES), 1)
    text = prose("topics").fill("results", facts(given, settings, 1))
    assert ("no topics yet" in text) == found.topics.empty
    for figure in (draw_prevalence(found.topics, {}), draw_map(found.topics, found.topic_map, {}), draw_choice(choice)):
        plt.close(figure)
