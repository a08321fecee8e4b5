"""What records cite as terms, beside scikit-learn's weighing of the works as words."""

import numpy as np
import pandas as pd
from coproduction.methods.citations import add_citations, citation_vectors
from coproduction.methods.relevance import explain, rank_pool
from coproduction.methods.relevance_model import Model
from coproduction.methods.text_features import add_text, make_features, read_features, write_features
from methods.texts_of_two_themes import texts
from sklearn.feature_extraction.text import TfidfVectorizer

CHANCE = np.random.default_rng(1)
PAIRS = np.unique(np.stack([CHANCE.integers(0, 30, 200), CHANCE.integers(0, 60, 200)]), axis=1)


def test_works_are_weighed_as_scikit_learn_weighs_words():
    said = pd.DataFrame({"record": PAIRS[0], "work": [f"w{work}" for work in PAIRS[1]]})
    lists = said.groupby("record")["work"].apply(" ".join).reindex(range(30), fill_value="")
    peer = TfidfVectorizer(min_df=2, token_pattern=r"\S+").fit_transform(lists)
    ours = citation_vectors(*PAIRS, 30)
    assert ours.shape == peer.shape
    assert np.abs((ours @ ours.T - peer @ peer.T).toarray()).max() < 1e-6


def test_the_order_of_the_pairs_and_pairs_that_come_twice_change_nothing():
    ours = citation_vectors(*PAIRS, 30)
    twice = np.concatenate([PAIRS[:, ::-1], PAIRS[:, :50]], axis=1)
    assert (citation_vectors(*twice, 30) != ours).nnz == 0


def test_a_similarity_is_the_mean_of_words_and_works():
    features = make_features(texts(), Model().kinds)
    works = citation_vectors(*PAIRS, 30)
    both = add_citations(features, works, 0.3).similar
    mean = 0.7 * (features.similar @ features.similar.T) + 0.3 * (works @ works.T)
    assert np.abs((both @ both.T - mean).toarray()).max() < 1e-5


def test_without_works_the_features_are_the_same_and_so_are_their_bytes(tmp_path):
    features = make_features(texts(), Model().kinds)
    none = np.zeros(0, dtype=int)
    assert add_citations(features, citation_vectors(none, none, 30), 0.3) is features
    single = citation_vectors(np.arange(30), np.arange(30), 30)  # each cites what nobody else does
    assert add_citations(features, single, 0.3) is features
    write_features(features, tmp_path / "a.npz")
    assert b"works" not in (tmp_path / "a.npz").read_bytes()


def test_features_with_works_survive_the_file(tmp_path):
    features = add_citations(make_features(texts(), Model().kinds), citation_vectors(*PAIRS, 30), 0.3)
    write_features(features, tmp_path / "a.npz")
    again = read_features(tmp_path / "a.npz", Model().kinds)
    assert (again.works, again.works_share) == (features.works, 0.3)
    assert (again.similar != features.similar).nnz == 0
    assert again.citing() == features.citing() == int((citation_vectors(*PAIRS, 30).getnnz(axis=1) > 0).sum())


def test_a_question_is_like_the_words_of_records_not_like_their_works():
    features = make_features(texts(), Model().kinds)
    plain = add_text(features, "home care of older people").similar
    both = add_text(add_citations(features, citation_vectors(*PAIRS, 30), 0.3), "home care of older people").similar
    likeness = [(matrix[30] @ matrix[:30].T).toarray() for matrix in (plain, both)]
    assert np.abs(0.7 * likeness[0] - likeness[1]).max() < 1e-5


def test_of_equal_texts_the_one_that_cites_the_same_comes_first_and_only_words_are_shown():
    records = pd.DataFrame({"title": ["home care"] * 4 + ["solar power"] * 4, "abstract": ""})
    works = citation_vectors(np.array([0, 2, 4, 5]), np.array([0, 0, 1, 1]), 8)
    features = add_citations(make_features(records, Model().kinds), works, 0.3)
    ranking = rank_pool(features, np.array([0, 4]), np.array([1, 0]), np.array([1, 2, 3]), Model())
    assert ranking.scores.argmax() == 1
    assert explain(features, ranking, np.array([2])) == [(["care", "home"], [])]
