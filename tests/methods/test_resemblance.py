"""Shared text beside plain sets of runs of words."""

import re

import numpy as np
import pytest
from coproduction.methods.resemblance import shingles, similar_pairs
from hypothesis import given
from hypothesis import strategies as st


def plain(text):
    words = re.findall(r"\w+", text.casefold())
    return {tuple(words[n : n + 5]) for n in range(len(words) - 4)}


@given(st.lists(st.sampled_from(["a", "b", "c", "d"]), max_size=60))
def test_as_many_shingles_as_different_runs_of_words(words):
    assert len(shingles(" ".join(words))) == len(plain(" ".join(words)))


def texts(seed, n=6, length=400):
    chance = np.random.default_rng(seed)
    vocabulary = [f"w{i}" for i in range(50)]
    base = [" ".join(chance.choice(vocabulary, length)) for _ in range(n)]
    base.append(base[0])
    base.append(base[1] + " " + base[2])
    base.append(base[3].upper().replace(" ", ",\n") + " and a few words more at the end")
    return base


@pytest.mark.parametrize("seed", range(5))
def test_shares_are_those_of_the_sets(seed):
    own = texts(seed)
    sets = [plain(text) for text in own]
    expected = {}
    for i, first in enumerate(sets):
        for j, second in enumerate(sets):
            shared = len(first & second)
            if i < j and shared >= 0.8 * min(len(first), len(second)):
                expected[i, j] = (shared / len(first | second), shared / len(first), shared / len(second))
    found = {p.texts: (p.resemblance, p.first, p.second) for p in similar_pairs([*map(shingles, own)], 0.8)}
    assert set(found) == set(expected) == {(0, 6), (1, 7), (2, 7), (3, 8)}
    for pair, shares in expected.items():
        assert found[pair] == pytest.approx(shares)


def test_what_two_share_and_what_many_share_is_counted():
    chance = np.random.default_rng(3)
    form = " ".join(f"f{n}" for n in range(40))
    own = [f"{form} " + " ".join(chance.choice([f"w{i}" for i in range(900)], 60)) for _ in range(24)]
    own[7] = own[3] + " and one more"
    sets = [plain(text) for text in own]
    found = {p.texts: p for p in similar_pairs([*map(shingles, own)], 0.3)}
    assert len(found) == 24 * 23 / 2
    for (first, second), pair in found.items():
        shared = len(sets[first] & sets[second])
        assert pair.resemblance == shared / len(sets[first] | sets[second])
    assert found[3, 7].first == 1


def test_short_texts_are_not_compared():
    assert similar_pairs([shingles("a b c d e f")] * 2, 0.8) == []
    assert similar_pairs([], 0.8) == []
