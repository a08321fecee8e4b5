"""What a record's text is to the ranking model: sparse vectors of words, word pairs and stems.

scikit-learn's vectorisers do the counting. Sentence embeddings were considered and left out:
they need model weights from elsewhere, cost minutes instead of seconds without a graphics card,
and cannot say which terms speak for or against a record.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import sparse
from sklearn.feature_extraction.text import (
    ENGLISH_STOP_WORDS,
    CountVectorizer,
    TfidfTransformer,
)

WORD = r"(?u)\b\w\w+\b"
FEW = 20  # records up to which document frequencies say nothing


@dataclass(frozen=True)
class Features:
    """Vectors of n records.

    similar: csr (n, p), for the distance-based part; the inner product of two rows is the
    weighted mean of their cosine similarities in each kind of term (between 0 and 1).
    counts: csr (n, q), damped term counts for the Bayes part. The two `terms` arrays name the
    columns; stems, which are cut words, have no name.
    """

    similar: sparse.csr_matrix
    counts: sparse.csr_matrix
    similar_terms: np.ndarray
    counts_terms: np.ndarray


@dataclass(frozen=True)
class Kind:
    """A kind of term: where it is looked for, how words are cut, and its share of similarity.

    text: "title" or "all". letters: how many first letters of a word are kept, 0 for all.
    """

    name: str
    text: str
    letters: int
    share: float


def make_features(records: pd.DataFrame, kinds: tuple[Kind, ...]) -> Features:
    """Features of `records` (columns title, abstract, keywords; empty texts allowed).

    Words are counted once for each text; stems and single words follow from those counts.
    """
    counted = {"title": _count(records["title"].fillna("").tolist()), "all": _count(_join(records))}
    total = sum(kind.share for kind in kinds)
    blocks, names = [], []
    for kind in kinds:
        counts, terms = counted[kind.text]
        if kind.letters:
            counts, terms = _cut(counts, terms, kind.letters)
        matrix, terms = _weigh(counts, terms)
        blocks.append(matrix * np.sqrt(kind.share / total))
        names.append(np.full(len(terms), "", dtype=object) if kind.letters else terms)
    counts, terms = _damp(*counted["all"])
    return Features(sparse.hstack(blocks, format="csr"), counts, np.concatenate(names), terms)


def _join(records: pd.DataFrame) -> list[str]:
    columns = [c for c in ("title", "abstract", "keywords") if c in records]
    return records[columns].fillna("").agg(" ".join, axis=1).tolist()


def _count(texts: list[str]) -> tuple[sparse.csr_matrix, np.ndarray]:
    """Counts of words and pairs of words; no columns where no record has a usable word."""
    counter = CountVectorizer(ngram_range=(1, 2), token_pattern=WORD, dtype=np.float64)
    try:
        counts = counter.fit_transform(texts)
    except ValueError:  # scikit-learn's word for an empty vocabulary
        return sparse.csr_matrix((len(texts), 0)), np.array([], dtype=object)
    return counts.tocsr(), counter.get_feature_names_out()


def _cut(
    counts: sparse.csr_matrix, terms: np.ndarray, letters: int
) -> tuple[sparse.csr_matrix, np.ndarray]:
    """The counts with each word cut to its first `letters`, columns that become equal added up."""
    places: dict[str, int] = {}
    columns = np.array(
        [
            places.setdefault(" ".join([word[:letters] for word in term.split(" ")]), len(places))
            for term in terms
        ],
        dtype=np.int32,
    )
    own = counts.data.copy(), columns[counts.indices], counts.indptr.copy()  # summed in place
    cut = sparse.csr_matrix(own, shape=(counts.shape[0], len(places)))
    cut.sum_duplicates()
    return cut, np.array(list(places), dtype=object)


def _in_documents(counts: sparse.csr_matrix) -> np.ndarray:
    return np.bincount(counts.indices, minlength=counts.shape[1])


def _weigh(counts: sparse.csr_matrix, terms: np.ndarray) -> tuple[sparse.csr_matrix, np.ndarray]:
    """Sublinear TF-IDF with rows of unit length; terms of nearly all records are left out."""
    n = counts.shape[0]
    if n > FEW:
        kept = _in_documents(counts) <= 0.95 * n
        if not kept.all():
            counts, terms = counts[:, kept], terms[kept]
    if not counts.shape[1]:
        return counts, terms
    return TfidfTransformer(sublinear_tf=True).fit_transform(counts), terms


def _damp(counts: sparse.csr_matrix, terms: np.ndarray) -> tuple[sparse.csr_matrix, np.ndarray]:
    """0.1 (1 + ln count) of single words that are no stop words and not in one record only."""
    single = np.array([" " not in t and t not in ENGLISH_STOP_WORDS for t in terms], dtype=bool)
    if counts.shape[0] > FEW:
        single &= _in_documents(counts) >= 2
    damped = counts[:, single]
    damped.data = 0.1 * (1 + np.log(damped.data))
    return damped, terms[single]
