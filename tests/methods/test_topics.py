"""Topics and their stability: by hand, by definition, by the published example."""

import numpy as np
import pytest
from coproduction.methods import topics
from scipy.sparse import csr_matrix
from scipy.sparse import random as random_matrix
from statsmodels.multivariate.factor_rotation import rotate_factors


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


def criterion(loadings) -> float:
    return float(((loadings**2).var(axis=0)).sum())


@pytest.mark.parametrize("columns", [2, 3, 6])
def test_varimax_is_as_good_as_that_of_statsmodels(columns):
    rng = np.random.default_rng(columns)
    groups = np.eye(columns)[rng.integers(columns, size=60)] * rng.uniform(0.4, 1, (60, 1))
    loadings = groups @ np.linalg.qr(rng.normal(size=(columns, columns)))[0]
    loadings = loadings + rng.normal(scale=0.02, size=loadings.shape)
    ours = topics.varimax(loadings)
    np.testing.assert_allclose(ours @ ours.T, np.eye(columns), atol=1e-12)
    theirs, _ = rotate_factors(loadings, "varimax")
    assert criterion(loadings @ ours) == pytest.approx(criterion(theirs), rel=1e-6)


@pytest.fixture(scope="module")
def blocks() -> csr_matrix:
    """Weights of 60 documents on three subjects of ten terms, with some noise."""
    rng = np.random.default_rng(1)
    own = np.kron(np.eye(3), np.ones((20, 10))) * rng.uniform(0.5, 1, (60, 30))
    noise = random_matrix(60, 30, density=0.1, random_state=2).toarray() * 0.2
    return csr_matrix(own + noise)


def test_subjects_are_found_and_nothing_is_negative(blocks):
    found = topics.find_topics(blocks, 3)
    assert (found.documents >= 0).all()
    assert (found.terms >= 0).all()
    places = {tuple(sorted({term // 10 for term in terms})) for terms in topics.top_terms(found.terms)}
    assert places == {(0,), (1,), (2,)}


def test_singular_vectors_have_converged(blocks):
    left, sizes, right = topics.leading_vectors(blocks, 5)
    dense = np.linalg.svd(blocks.toarray(), full_matrices=False)
    np.testing.assert_allclose(sizes, dense[1][:5], rtol=1e-12)
    np.testing.assert_allclose(np.abs(right), np.abs(dense[2][:5]), atol=1e-9)
    np.testing.assert_allclose(left * sizes @ right, left @ np.diag(sizes) @ right)
    assert (right[np.arange(5), np.abs(right).argmax(axis=1)] > 0).all()


def test_weights_of_a_lower_rank_give_fewer_topics():
    two = csr_matrix(np.kron(np.eye(2), np.ones((6, 5))))
    assert topics.find_topics(two, 4).terms.shape[0] == 2


def test_topics_are_those_of_the_subjects_whatever_the_order_of_the_documents(blocks):
    order = np.random.default_rng(5).permutation(blocks.shape[0])
    first = topics.top_terms(topics.find_topics(blocks, 3).terms)
    second = topics.top_terms(topics.find_topics(blocks[order], 3).terms)
    assert sorted(first) == sorted(second)


def test_relevance_by_hand():
    """Two topics of half the corpus each over three terms, as in the definition of Sievert and Shirley (2014)."""
    terms, half = np.array([[6.0, 3, 1], [0, 3, 7]]), np.array([0.5, 0.5])
    found = topics.relevance(terms, half, 0.6)
    assert found[0, 0] == pytest.approx(0.6 * np.log(0.6) + 0.4 * np.log(0.6 / 0.3))
    assert found[0, 1] == pytest.approx(0.6 * np.log(0.3) + 0.4 * np.log(0.3 / 0.3))
    assert found[1, 2] == pytest.approx(0.6 * np.log(0.7) + 0.4 * np.log(0.7 / 0.4))
    assert found[1, 0] == -np.inf
    assert topics.relevance(terms, half, 1)[0].argsort()[::-1].tolist() == [0, 1, 2]
