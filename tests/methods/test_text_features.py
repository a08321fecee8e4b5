"""The vectors of texts, beside scikit-learn's."""

import subprocess
import sys

import numpy as np
import pytest
from coproduction.methods.relevance_model import Kind, Model
from coproduction.methods.text_features import add_text, make_features, read_features, stop_words, write_features
from methods.texts_of_two_themes import texts
from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS, TfidfVectorizer


def test_words_are_weighed_as_scikit_learn_does():
    records = texts()
    ours = make_features(records, (Kind("words", "all", 0, 1.0),)).similar
    joined = (records["title"] + " " + records["abstract"] + " ").tolist()
    peer = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, min_df=2, max_df=0.95)
    matrix = peer.fit_transform(joined)
    assert ours.shape == matrix.shape
    assert np.abs((ours @ ours.T - matrix @ matrix.T).toarray()).max() < 1e-5


def test_terms_of_one_text_count_in_its_length_where_that_is_asked_for():
    records = texts()
    features = make_features(records, (Kind("words", "all", 0, 1.0, alone=True),))
    whole = [" ".join(pair) for pair in zip(records["title"], records["abstract"], strict=True)]
    theirs = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, max_df=0.95).fit_transform(whole)
    shared = theirs[:, np.bincount(theirs.indices) > 1].toarray()
    assert theirs.shape[1] > shared.shape[1]
    assert (features.similar @ features.similar.T).toarray() == pytest.approx(shared @ shared.T, abs=1e-5)


def test_parts_of_words_are_counted_as_scikit_learn_does():
    records = texts()
    ours = make_features(records, (Kind("parts", "all", 5, 1.0),)).similar
    joined = (records["title"] + " " + records["abstract"] + " ").tolist()
    peer = TfidfVectorizer(analyzer="char_wb", ngram_range=(5, 5), sublinear_tf=True, min_df=2, max_df=0.95)
    matrix = peer.fit_transform(joined)
    assert ours.shape == matrix.shape
    assert abs(ours - matrix).max() < 1e-6


def test_features_survive_the_file_and_give_the_same_bytes(tmp_path):
    features = make_features(texts(), Model().kinds)
    for name in ("a.npz", "b.npz"):
        write_features(features, tmp_path / name)
    again = read_features(tmp_path / "a.npz", Model().kinds)
    assert (tmp_path / "a.npz").read_bytes() == (tmp_path / "b.npz").read_bytes()
    assert (again.similar != features.similar).nnz == 0
    assert (again.counts != features.counts).nnz == 0
    assert again.words.tolist() == features.words.tolist()
    assert [again.name(c) for c in again.counted] == [features.name(c) for c in features.counted]


def test_a_text_that_is_no_record_is_like_the_record_with_its_words():
    records = texts()
    features = make_features(records, Model().kinds)
    own = records.loc[4, "title"], records.loc[4, "abstract"]
    asked = add_text(features, f"{own[0]} {own[1]} unheardof").similar
    likeness = (asked[30] @ asked.T).toarray().ravel()
    assert likeness[:30].argmax() == 4
    for alone in (False, True):  # what only the record has, nobody but the question has either
        words = make_features(records, (Kind("words", "all", 0, 1.0, alone=alone),))
        same = add_text(words, f"{own[0]} {own[1]}").similar
        assert abs(same[30] - same[4]).max() < 1e-6
        longer = add_text(words, f"{own[0]} {own[1]} unheardof").similar[30]
        assert (abs(longer - same[30]).max() > 1e-3) == alone


def test_counts_are_those_of_words_that_are_no_stop_words():
    features = make_features(texts(), Model().kinds)
    named = {features.name(code) for code in features.counted}
    assert {"citizens", "battery"} <= named
    assert not named & {"and", "of", "in"}
    assert features.counts.max() == pytest.approx(0.1 * (1 + np.log(features_most(texts()))))


def features_most(records):
    """The largest number of times that a word stands in one record."""
    joined = records["title"] + " " + records["abstract"]
    stop = {"and", "of", "in", "together"}
    return max(max(text.split().count(w) for w in set(text.split()) - stop) for text in joined)


def test_stop_words_are_those_of_scikit_learn_whose_text_part_is_not_loaded():
    assert stop_words() == ENGLISH_STOP_WORDS
    asked = "import sys, coproduction.methods.text_features as t; t.stop_words(); print('sklearn' in sys.modules)"
    said = subprocess.run(
        [sys.executable, "-c", asked], env={"PYTHONPATH": ":".join(sys.path)}, capture_output=True, check=True
    )
    assert said.stdout.decode().strip() == "False"


def test_records_in_pieces_have_the_same_features():
    records, kinds = texts(), Model().kinds
    whole, pieces = make_features(records, kinds), make_features([records.iloc[:7], records.iloc[7:]], kinds)
    assert (whole.similar != pieces.similar).nnz == 0
    assert (whole.counts != pieces.counts).nnz == 0
    assert whole.words.tolist() == pieces.words.tolist()
