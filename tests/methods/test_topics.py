"""Coherence and stability of topics: by hand, by definition, by the published example."""

import math
from itertools import combinations

import numpy as np
import pytest
from coproduction.methods import topics
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse import csr_matrix

PRESENT = csr_matrix([[1, 1, 0, 1], [1, 1, 0, 1], [1, 0, 1, 1], [0, 0, 1, 1]])


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
    assert topics.npmi(PRESENT, [0, 1]) == pytest.approx(math.log(4 / 3) / math.log(2))
    assert topics.npmi(PRESENT, [1, 2]) == -1
    assert topics.npmi(PRESENT, [3, 0]) == pytest.approx(0)  # one term is everywhere: chance
    assert topics.npmi(csr_matrix([[1, 1], [1, 1]]), [0, 1]) == 1
    assert math.isnan(topics.npmi(PRESENT, [0]))


@given(st.lists(st.lists(st.booleans(), min_size=4, max_size=4), min_size=1, max_size=9))
def test_coherence_is_that_of_the_definition(rows):
    table = np.array(rows)
    terms = [n for n in range(4) if table[:, n].any()]
    if len(terms) > 1:
        wanted = by_definition(csr_matrix(table), terms)
        assert topics.npmi(csr_matrix(table.astype(float)), terms) == pytest.approx(wanted)


def test_average_jaccard_of_the_published_example():
    """Greene et al. (2014), two rankings of five terms."""
    first = ["album", "music", "best", "award", "win"]
    second = ["sport", "best", "win", "medal", "award"]
    # depths 1 to 5: 0, 0, 1/5, 1/7, 3/7
    assert topics.average_jaccard(first, second) == pytest.approx(0.154, abs=5e-4)
    assert topics.average_jaccard(first, first) == 1
    assert topics.average_jaccard([], []) == 0


def test_topics_are_matched_one_to_one():
    reference, other = [[1, 2], [3, 4], [5, 6]], [[5, 6], [1, 2]]
    assert topics.matched(reference, other).tolist() == [1, 0, 1]
    assert topics.matched(reference, reference[::-1]).tolist() == [1, 1, 1]
