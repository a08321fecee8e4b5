"""The topic model: TF-IDF weights factorised into non-negative topics.

scikit-learn is taken for both steps. Gensim's LDA and BERTopic were considered: the first needs more
text than a few hundred abstracts for stable topics, the second weights that must be downloaded.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS, TfidfVectorizer

from coproduction.core import tables
from coproduction.methods.topics import find_topics, shares_of
from coproduction.topics.settings import TopicsSettings
from coproduction.topics.tables import DOCUMENTS, TOPICS
from coproduction.topics.texts import modelled_texts

EXEMPLARS = 3


def fit_topics(
    records: pd.DataFrame, settings: TopicsSettings, seed: int
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Topics (TOPICS) and documents (DOCUMENTS, in the order of `records`).

    Non-negative matrix factorisation minimises the Frobenius distance between the TF-IDF matrix
    (documents x terms, rows of unit length, sublinear term frequency) and the product of document
    and topic weights (Lee & Seung 1999, doi:10.1038/44565); it starts from a non-negative double
    singular value decomposition (Boutsidis & Gallopoulos 2008, doi:10.1016/j.patcog.2007.09.010), not
    from random weights; `seed` only serves that decomposition. A document's share of a topic is its weight divided by
    the sum of its weights. Records without abstract are not modelled. With fewer than two documents
    per topic there are no topics yet and every record with an abstract has the outcome 'no terms'.
    """
    has_text = records["abstract"].str.strip() != ""
    shares, terms = _modelled(records[has_text], settings, seed)
    size = shares.sum(axis=0).round(6)
    order = sorted(range(len(terms)), key=lambda k: (-size[k], terms[k]))
    shares, terms = shares[:, order], [terms[k] for k in order]
    documents = _documents(records, has_text.to_numpy(), shares, settings.min_weight)
    return _topics(documents, shares, terms), documents


@dataclass(frozen=True)
class Weighed:
    """TF-IDF weights (documents x terms) and the terms."""

    weights: csr_matrix
    terms: np.ndarray

    def enough_for(self, n_topics: int, share: float = 1.0) -> bool:
        """Whether `share` of the documents give so many topics: two each, and more terms than that."""
        documents, terms = int(self.weights.shape[0] * share), self.weights.shape[1]
        return documents >= 2 * n_topics and min(documents, terms) > n_topics


def weigh(records: pd.DataFrame, settings: TopicsSettings) -> Weighed | None:
    """The TF-IDF weights of records with an abstract; None where no term counts."""
    vectoriser = TfidfVectorizer(
        stop_words=sorted(ENGLISH_STOP_WORDS | {word.lower() for word in settings.stop_words}),
        token_pattern=r"(?u)\b[^\W\d][\w-]+\b",
        ngram_range=(1, settings.ngrams),
        min_df=settings.min_documents,
        max_df=settings.max_share,
        sublinear_tf=True,
    )
    try:
        weights = vectoriser.fit_transform(modelled_texts(records))
    except ValueError:  # no term is left within the document frequencies asked for
        return None
    return Weighed(weights, vectoriser.get_feature_names_out())


def _modelled(
    records: pd.DataFrame, settings: TopicsSettings, seed: int
) -> tuple[np.ndarray, list[list[str]]]:
    """Shares (documents x topics, rows sum to 1 or are 0) and the terms of each topic."""
    weighed = weigh(records, settings)
    if weighed is None or not weighed.enough_for(settings.n_topics):
        return np.zeros((len(records), 0)), []
    found = find_topics(weighed.weights, settings.n_topics)
    terms = [_top_terms(row, weighed.terms, settings.n_terms) for row in found.terms]
    return shares_of(found.documents), terms


def _top_terms(row: np.ndarray, names: np.ndarray, n: int) -> list[str]:
    """The strongest terms; a word that a stronger or equal phrase already holds is not repeated."""
    chosen: list[str] = []
    for position in np.lexsort((names, -row)):
        term = names[position]
        if row[position] <= 0 or len(chosen) == n:
            break
        if not any(f" {term} " in f" {other} " or f" {other} " in f" {term} " for other in chosen):
            chosen.append(term)
    return chosen


def _documents(
    records: pd.DataFrame, has_text: np.ndarray, shares: np.ndarray, min_weight: float
) -> pd.DataFrame:
    if records.empty:
        return tables.empty(DOCUMENTS)
    rows, modelled = [], iter(shares)
    for record, text in zip(records["record"], has_text, strict=True):
        row = next(modelled) if text else np.zeros(0)
        rows.append({"record": record} | _placed(row, text, min_weight))
    return pd.DataFrame(rows)[list(DOCUMENTS.columns)]


def _placed(row: np.ndarray, text: bool, min_weight: float) -> dict:
    if not row.any():
        outcome = "no terms" if text else "no abstract"
        return {"topic": "", "share": np.nan, "outcome": outcome, "shares": ""}
    best = int(row.argmax())
    outcome = "assigned" if row[best] >= min_weight else "below threshold"
    listed = ";".join(f"{share:.4f}" for share in row)
    return {"topic": f"T{best + 1}", "share": row[best], "outcome": outcome, "shares": listed}


def _topics(documents: pd.DataFrame, shares: np.ndarray, terms: list[list[str]]) -> pd.DataFrame:
    if not terms:
        return tables.empty(TOPICS)
    weight = shares.sum(axis=0)
    counted = documents.loc[documents["outcome"] == "assigned", "topic"]
    names = documents.loc[documents["outcome"] != "no abstract", "record"].to_numpy()
    rows = []
    for k, words in enumerate(terms):
        strongest = np.argsort(-shares[:, k], kind="stable")[:EXEMPLARS]
        rows.append(
            {
                "topic": f"T{k + 1}",
                "terms": ";".join(words),
                "weight": weight[k],
                "prevalence": weight[k] / weight.sum(),
                "documents": int((counted == f"T{k + 1}").sum()),
                "exemplars": ";".join(names[strongest]),
            }
        )
    return pd.DataFrame(rows).astype({"documents": "Int64"})
