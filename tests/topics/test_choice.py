"""What speaks for a number of topics: coherence, stability and their edge cases."""

import math
from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from coproduction.topics import choice
from coproduction.topics.figures import draw_choice
from coproduction.topics.model import fit_topics
from coproduction.topics.settings import TopicsSettings
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse import csr_matrix

SETTINGS = TopicsSettings(n_topics=3, min_documents=2, max_share=0.6, n_terms=4, stop_words=[])
THEMES = {
    "care": "elderly care nurses home visits residents",
    "housing": "housing estate tenants renewal neighbourhood",
    "digital": "digital platform data algorithm interface",
}
PRESENT = csr_matrix([[1, 1, 0, 1], [1, 1, 0, 1], [1, 0, 1, 1], [0, 0, 1, 1]])


def records(n):
    """Each record has four words of its theme and one of another."""
    rng = np.random.default_rng(3)
    pool = " ".join(THEMES.values()).split()
    rows = [
        {
            "record": f"r{k}{i}",
            "title": "",
            "abstract": " ".join([*rng.choice(words.split(), 4, replace=False), rng.choice(pool)]),
            "keywords": "",
        }
        for i in range(n)
        for k, words in enumerate(THEMES.values())
    ]
    return pd.DataFrame(rows)


def by_definition(present, terms) -> float:
    """NPMI from sets of documents, as Bouma writes it."""
    documents = [set(np.flatnonzero(present.toarray()[:, t])) for t in terms]
    n, values = present.shape[0], []
    for a, b in combinations(documents, 2):
        p = len(a & b) / n
        if p in (0, 1):
            values.append(2 * p - 1)
            continue
        values.append(math.log2(p / (len(a) / n * len(b) / n)) / -math.log2(p))
    return sum(values) / len(values)


def test_coherence_of_a_small_table_by_hand():
    # terms 0 and 1: in 3 and 2 of 4 documents, together in 2: ln(0.5 / 0.375) / ln 2
    assert choice.npmi(PRESENT, [0, 1]) == pytest.approx(math.log(4 / 3) / math.log(2))
    assert choice.npmi(PRESENT, [1, 2]) == -1
    assert choice.npmi(PRESENT, [3, 0]) == pytest.approx(0)  # one term is everywhere: chance
    assert choice.npmi(csr_matrix([[1, 1], [1, 1]]), [0, 1]) == 1
    assert math.isnan(choice.npmi(PRESENT, [0]))


@given(st.lists(st.lists(st.booleans(), min_size=4, max_size=4), min_size=1, max_size=9))
def test_coherence_is_that_of_the_definition(rows):
    table = np.array(rows)
    terms = [n for n in range(4) if table[:, n].any()]
    if len(terms) > 1:
        wanted = by_definition(csr_matrix(table), terms)
        assert choice.npmi(csr_matrix(table.astype(float)), terms) == pytest.approx(wanted)


def test_average_jaccard_of_the_published_example():
    """Greene et al. (2014), two rankings of five terms."""
    first = ["album", "music", "best", "award", "win"]
    second = ["sport", "best", "win", "medal", "award"]
    # depths 1 to 5: 0, 0, 1/5, 1/7, 3/7
    assert choice.average_jaccard(first, second) == pytest.approx(0.154, abs=5e-4)
    assert choice.average_jaccard(first, first) == 1
    assert choice.average_jaccard([], []) == 0


def test_topics_are_matched_one_to_one():
    reference, other = [[1, 2], [3, 4], [5, 6]], [[5, 6], [1, 2]]
    assert choice.matched(reference, other).tolist() == [1, 0, 1]
    assert choice.matched(reference, reference[::-1]).tolist() == [1, 1, 1]


def compared(n=20, **changed):
    settings = SETTINGS.model_copy(update={"compared_numbers": [2, 3, 5], **changed})
    own = records(n) if n else records(1).iloc[:0]
    topics, _ = fit_topics(own, settings, 1)
    return topics, *choice.compare_numbers(own, topics, settings, 1)


def test_the_planted_number_is_the_best_and_each_topic_is_named():
    topics, made, quality = compared()
    assert list(made["topics"]) == [2, 3, 5]
    best = made.set_index("topics")
    assert best.loc[3, "coherence"] > best.loc[2, "coherence"]
    assert best["stability"].idxmax() == 3
    assert list(made["chosen"]) == ["no", "yes", "no"]
    assert list(quality["topic"]) == list(topics["topic"])
    for row, terms in zip(quality.itertuples(), topics["terms"], strict=True):
        assert set(terms.split(";")) & set(row.terms.split(";"))


def test_few_records_are_drawn_from_many_and_numbers_that_are_too_many_are_left_out():
    _, made, quality = compared(compared_records=50)
    assert set(made["topics"]) == {2, 3, 5}
    assert len(quality) == 3
    _, made, _ = compared(n=3, compared_numbers=[2, 4, 9])
    assert 9 not in set(made["topics"])


@pytest.mark.parametrize("n", [0, 1])
def test_without_topics_there_is_nothing_to_compare(n):
    _, made, quality = compared(n=n)
    assert made.empty
    assert quality.empty
    assert draw_choice(made) is not None


def test_the_same_seed_gives_the_same_tables():
    for first, second in zip(compared()[1:], compared()[1:], strict=True):
        pd.testing.assert_frame_equal(first, second)


def test_settings_refuse_numbers_that_cannot_be_modelled():
    with pytest.raises(ValueError, match="compared_numbers"):
        TopicsSettings(compared_numbers=[1])
