"""What a record's text is to the ranking model: sparse vectors of words, word pairs and stems.

scikit-learn's vectorisers do the counting. Sentence embeddings were considered and left out:
they need model weights from elsewhere, cost minutes instead of seconds without a graphics card,
and cannot say which terms speak for or against a record.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import sparse
from sklearn.feature_extraction.text import TfidfVectorizer

WORD = r"(?u)\b\w\w+\b"


@dataclass(frozen=True)
class Features:
    """Vectors of n records.

    similar: csr (n, p), for the distance-based part; the inner product of two rows is the
    weighted mean of their cosine similarities in each kind of term (between 0 and 1).
    counts: csr (n, q), damped term counts for the Bayes part. The two `terms` arrays name the
    columns; stems end in a hyphen, terms of the title start with "title: ".
    """

    similar: sparse.csr_matrix
    counts: sparse.csr_matrix
    similar_terms: np.ndarray
    counts_terms: np.ndarray


@dataclass(frozen=True)
class Kind:
    """A kind of term: where it is looked for, how words are cut, and its share of similarity."""

    name: str
    text: str
    letters: int
    share: float

    @property
    def pattern(self) -> str:
        """Token pattern: whole words, or their first letters as a rough stem."""
        return rf"(?u)\b\w{{2,{self.letters}}}" if self.letters else WORD


def _vectorise(texts: list[str], **more):
    """TF-IDF matrix and its terms; an empty one where no record has a usable word."""
    vectoriser = TfidfVectorizer(sublinear_tf=True, dtype=np.float64, **more)
    try:
        return vectoriser.fit_transform(texts).tocsr(), vectoriser.get_feature_names_out()
    except ValueError:  # scikit-learn's word for an empty vocabulary
        return sparse.csr_matrix((len(texts), 0)), np.array([], dtype=object)


def _most(n: int) -> float | int:
    """Terms in more than 95 % of the records say nothing; in a few records that is no measure."""
    return 0.95 if n > 20 else n


def make_features(records: pd.DataFrame, kinds: tuple[Kind, ...]) -> Features:
    """Features of `records` (columns title, abstract, keywords; empty texts allowed)."""
    texts = {
        "title": records["title"].fillna("").tolist(),
        "all": _join(records),
    }
    blocks, names = [], []
    total = sum(kind.share for kind in kinds)
    for kind in kinds:
        matrix, terms = _vectorise(
            texts[kind.text],
            ngram_range=(1, 2),
            token_pattern=kind.pattern,
            max_df=_most(len(records)),
        )
        blocks.append(matrix * np.sqrt(kind.share / total))
        names.append(_name_terms(kind, terms))
    counts, counts_terms = _vectorise(
        texts["all"],
        use_idf=False,
        norm=None,
        stop_words="english",
        min_df=2 if len(records) > 20 else 1,
    )
    return Features(
        sparse.hstack(blocks, format="csr"),
        counts * 0.1,
        np.concatenate(names).astype(object),
        counts_terms,
    )


def _join(records: pd.DataFrame) -> list[str]:
    columns = [c for c in ("title", "abstract", "keywords") if c in records]
    return records[columns].fillna("").agg(" ".join, axis=1).tolist()


def _name_terms(kind: Kind, terms: np.ndarray) -> np.ndarray:
    prefix = "title: " if kind.text == "title" else ""
    cut = kind.letters

    def name(term: str) -> str:
        words = (w + "-" if cut and len(w) == cut else w for w in term.split(" "))
        return prefix + " ".join(words)

    return np.array([name(term) for term in terms], dtype=object)
