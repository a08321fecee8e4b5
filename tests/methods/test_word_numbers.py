"""Words and their parts as numbers, beside Python's regular expressions and scikit-learn's."""

import itertools
import re
from collections import Counter

import numpy as np
import pytest
from coproduction.core.text import vowel_marks
from coproduction.methods import word_numbers
from coproduction.methods.word_numbers import parts_of_words, read_words
from methods.texts_of_two_themes import texts
from sklearn.feature_extraction.text import CountVectorizer

TEXTS = [
    "Home care: co-production's 2nd_round, at-home (CARE).",
    "",
    "x y z 1 a1 __ ß ñu",
    "ΣΊΣΥΦΟΣ and İstanbul; naïve façade—prêt 東京都 日本 कखग e\u0301t\u00e9 \u00b2\u00b3 x\u00a0y zz\u2009ww",
    "\ud800 lone sign ab\ud800cd",
    "care\x00home\tcare\nhome\r\nat",
    "ग्रामीण भारत में दिन की देखभाल। தமிழ் மொழி",
]


def as_lists(many_texts: list[str]) -> list[list[str]]:
    words, ids, many = read_words(many_texts)
    assert words.tolist() == sorted(set(words))
    ends = np.cumsum([0, *many])
    return [words[ids[a:b]].tolist() for a, b in itertools.pairwise(ends)]


def test_words_are_those_of_the_pattern_of_scikit_learn_and_keep_their_vowels():
    within = rf"[\w{vowel_marks()}]"
    pattern = re.compile(rf"{within}{{2,}}")
    assert re.findall(r"\b\w\w+\b", " ".join(TEXTS[:-1])) == pattern.findall(" ".join(TEXTS[:-1]))
    assert as_lists(TEXTS[-1:]) == [["ग्रामीण", "भारत", "में", "दिन", "की", "देखभाल", "தமிழ்", "மொழி"]]
    assert as_lists(TEXTS) == [pattern.findall(text.lower()) for text in TEXTS]
    many = texts(60)["abstract"].tolist()
    assert as_lists(many) == [pattern.findall(text.lower()) for text in many]
    assert as_lists([]) == []


@pytest.mark.parametrize("signs", [1, 40, 10_000])
def test_reading_in_pieces_changes_nothing(monkeypatch, signs):
    whole = read_words(TEXTS * 3)
    monkeypatch.setattr(word_numbers, "SIGNS", signs)
    pieces = read_words(TEXTS * 3)
    assert all(np.array_equal(a, b) for a, b in zip(whole, pieces, strict=True))


def test_numbers_of_words_do_not_depend_on_where_they_are():
    """The same words at any place of a long text, and no two of many alike ones as one."""
    alike = [f"{a}{b}{c}" for a in "abcdefghij" for b in "klmnopqrst" for c in "uvwxyz0123"]
    words, ids, many = read_words([" ".join(alike), "ab " * 1000 + " ".join(reversed(alike))])
    assert len(words) == 1001
    assert many.tolist() == [1000, 2000]
    assert ids[:1000].tolist() == ids[2000:][::-1].tolist()


@pytest.mark.parametrize("letters", [2, 5, 9])
def test_parts_are_those_of_scikit_learn_in_the_order_of_the_alphabet(letters):
    words = np.array(sorted({"care", "home", "at", "scared", "東京都", "coproduction", "production"}), dtype=object)
    peer = CountVectorizer(analyzer="char_wb", ngram_range=(letters, letters))
    theirs = peer.fit_transform(words.tolist()).toarray()
    ours = parts_of_words(words, letters).toarray()
    assert ours.shape == theirs.shape
    assert Counter(map(tuple, ours.T.tolist())) == Counter(map(tuple, theirs.T.tolist()))
    assert ours.tolist() == theirs[:, np.argsort(peer.get_feature_names_out(), kind="stable")].tolist()


def test_parts_of_no_words():
    assert parts_of_words(np.zeros(0, dtype=object), 5).shape == (0, 0)
