"""Coherence of topics: by hand, by definition, beside the values that gensim 4.4.0 gives; diversity."""

import math
from itertools import combinations

import numpy as np
import pytest
from coproduction.methods.coherence import c_v, diversity, npmi, window_counts
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse import csr_matrix

PRESENT = csr_matrix([[1, 1, 0, 1], [1, 1, 0, 1], [1, 0, 1, 1], [0, 0, 1, 1]])
TEXTS = [
    "care home nurses visit older residents",
    "older residents trust nurses",
    "trust and care grow with time",
    "home visits build trust",
    "city budgets pay for housing",
    "housing estate tenants meet the city",
    "tenants vote on budgets",
    "the estate renews housing with tenants",
    "nurses meet tenants at home",
    "time for care is short",
]
WORDS = sorted({word for text in TEXTS for word in text.split()})
NUMBERED = [np.array([WORDS.index(word) for word in text.split()]) for text in TEXTS]
TOPICS = [["care", "nurses", "trust", "home"], ["housing", "tenants", "city", "budgets"]]
TOPICS += [["time", "estate", "vote", "older"]]


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
    assert npmi(PRESENT, [0, 1]) == pytest.approx(math.log(4 / 3) / math.log(2))
    assert npmi(PRESENT, [1, 2]) == -1
    assert npmi(PRESENT, [3, 0]) == pytest.approx(0)  # one term is everywhere: chance
    assert npmi(csr_matrix([[1, 1], [1, 1]]), [0, 1]) == 1
    assert math.isnan(npmi(PRESENT, [0]))


@given(st.lists(st.lists(st.booleans(), min_size=4, max_size=4), min_size=1, max_size=9))
def test_coherence_is_that_of_the_definition(rows):
    table = np.array(rows)
    terms = [n for n in range(4) if table[:, n].any()]
    if len(terms) > 1:
        wanted = by_definition(csr_matrix(table), terms)
        assert npmi(csr_matrix(table.astype(float)), terms) == pytest.approx(wanted)


@pytest.mark.parametrize(
    ("pair", "by_gensim"),
    [
        (["care", "nurses"], 0.045757490565216906),
        (["trust", "home"], 0.045757490565216906),
        (["housing", "tenants"], 0.31739380551810753),
    ],
)
def test_pairs_of_terms_that_meet_are_as_coherent_as_by_gensim(pair, by_gensim):
    # gensim adds 1e-12 to the joint share, so that a pair that never meets has no -1 there but about -0.8
    present = csr_matrix([[word in text.split() for word in WORDS] for text in TEXTS], dtype=float)
    assert npmi(present, [WORDS.index(word) for word in pair]) == pytest.approx(by_gensim, abs=1e-9)


@pytest.mark.parametrize(
    ("window", "by_gensim"),
    [
        (110, [0.6422762208933724, 0.8107836287494092, 0.44561012411236944]),
        (3, [0.4301893465017107, 0.12296565892941559, 0.4210808584339736]),
    ],
)
def test_c_v_is_that_of_gensim_where_no_word_is_repeated(window, by_gensim):
    for topic, wanted in zip(TOPICS, by_gensim, strict=True):
        terms = [WORDS.index(word) for word in topic]
        assert c_v(*window_counts(NUMBERED, terms, window)) == pytest.approx(wanted, abs=1e-12)


@given(st.lists(st.lists(st.integers(0, 3), max_size=12), max_size=4), st.integers(1, 6))
def test_windows_are_counted_as_walked_through(texts, length):
    counts, windows = window_counts([np.array(text, dtype=int) for text in texts], [0, 1, 2], length)
    walked = [set(text[n : n + length]) for text in texts for n in range(max(1, len(text) - length + 1))]
    assert windows == len(walked)
    for a in range(3):
        for b in range(3):
            assert counts[a, b] == sum({a, b} <= seen for seen in walked)


def test_c_v_without_terms_or_texts_has_no_value():
    assert math.isnan(c_v(*window_counts(NUMBERED, [0])))
    assert math.isnan(c_v(*window_counts([], [0, 1])))
    never = c_v(*window_counts([np.array([5])], [0, 1]))
    assert never == 0


def test_diversity():
    assert diversity([[1, 2, 3], [4, 5, 6]]) == 1
    assert diversity([[1, 2], [1, 2]]) == 0.5
    assert math.isnan(diversity([]))
