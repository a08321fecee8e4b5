"""The topic model: TF-IDF weights factorised into non-negative topics.

scikit-learn is taken for both steps. Gensim's LDA and BERTopic were considered: the first needs more
text than a few hundred abstracts for stable topics, the second weights that must be downloaded.
"""

import itertools
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS, TfidfTransformer, TfidfVectorizer

from coproduction.core import tables
from coproduction.core.text import has_vowel_marks, vowel_marks
from coproduction.methods.topics import DECIMALS, Topics, find_topics, placed, relevance, settled, shares_of, strongest
from coproduction.topics.relations import relations
from coproduction.topics.settings import TopicsSettings
from coproduction.topics.tables import DOCUMENTS, TOPICS
from coproduction.topics.texts import modelled_texts

EXEMPLARS = 3
PLACED = 10_000  # documents that are placed at once
RARE = 1000  # a term that fewer than one in so many documents use is left out, or terms grow with every document


class Fitted(NamedTuple):
    """TOPICS, DOCUMENTS (in the order of the records), TOPIC_TERMS, TOPIC_MAP and TOPIC_GROUPS."""

    topics: pd.DataFrame
    documents: pd.DataFrame
    topic_terms: pd.DataFrame
    topic_map: pd.DataFrame
    topic_groups: pd.DataFrame


def fit_topics(records: pd.DataFrame, settings: TopicsSettings, n_topics: int, other: Collection[str] = ()) -> Fitted:
    """`n_topics` topics, and what became of each record; `other` are the records in other languages.

    The TF-IDF matrix (documents x terms, rows of unit length, sublinear term frequency) is factorised
    by `find_topics`. Of more than `fitted_records` documents so many are, evenly spread over the records, and all
    are then placed among the topics (benchmarks/topics.md). The terms of a topic are listed by relevance (beside those of the
    highest weight they are more coherent and more its own). A document's share of a topic is its weight divided by the
    sum of its weights. Records without abstract and those in other languages are not modelled. There are fewer topics
    than asked for where there are fewer than two documents each; without any topic, a record with an abstract has the
    outcome 'no terms'.
    """
    has_text = (records["abstract"].str.strip() != "").to_numpy()
    is_modelled = has_text & ~records["record"].isin(set(other)).to_numpy()
    modelled = records[is_modelled]
    weighed, fitted = _fitted(modelled, settings, n_topics)
    names, used = (weighed.terms, weighed.used()) if weighed else (np.zeros(0, dtype=str), np.zeros(0, dtype=int))
    shares = shares_of(fitted.documents).round(DECIMALS)
    if weighed and weighed.weights.shape[0] < len(modelled):
        shares, used = _all_placed(modelled, weighed, fitted)
    loads = _settled(fitted)
    order, terms = _listed(shares, loads, names, settings)
    shares, loads = shares[:, order], loads[order]
    unread = np.where(has_text, "other language", "no abstract")
    documents = _documents(records, np.where(is_modelled, "", unread), shares, settings.min_weight)
    topics = _topics(documents, shares, terms)
    return Fitted(topics, documents, *relations(topics, loads, names, used))


def topic_terms(records: pd.DataFrame, settings: TopicsSettings, n_topics: int) -> pd.DataFrame:
    """The `terms` of the topics of all records with an abstract, in whatever language."""
    with_abstract = records[records["abstract"].str.strip() != ""]
    weighed, fitted = _fitted(with_abstract, settings, n_topics)
    names = weighed.terms if weighed else np.zeros(0, dtype=str)
    _, terms = _listed(shares_of(fitted.documents).round(DECIMALS), _settled(fitted), names, settings)
    return pd.DataFrame({"terms": [";".join(words) for words in terms]})


def _listed(
    shares: np.ndarray, loads: np.ndarray, names: np.ndarray, settings: TopicsSettings
) -> tuple[list[int], list[list[str]]]:
    """The order of the topics, the most common first, and the terms of each in that order."""
    size = shares.sum(axis=0).round(6)
    listed = np.exp(relevance(loads, shares_of(size[None])[0]))
    terms = [[str(names[term]) for term in strongest(settled(row), names, settings.n_terms)] for row in listed]
    order = sorted(range(len(terms)), key=lambda k: (-size[k], terms[k]))
    return order, [terms[k] for k in order]


@dataclass(frozen=True)
class Weighed:
    """TF-IDF weights (documents x terms), the terms, and how a text is taken apart into them.

    texts: the texts of the documents; analyse: the terms of a text in their order; weigh_more: the weights of
    other documents, with the same terms and document frequencies
    """

    weights: csr_matrix
    terms: np.ndarray
    texts: list[str]
    analyse: Callable[[str], list[str]]
    weigh_more: Callable[[list[str]], csr_matrix]

    def words(self) -> list[np.ndarray]:
        """For each document the positions of its words among the terms, in their order; -1 for other words."""
        place = {term: n for n, term in enumerate(self.terms)}
        return [np.array([place.get(word, -1) for word in self.analyse(text)], dtype=int) for text in self.texts]

    def used(self) -> np.ndarray:
        """In how many documents each term is."""
        return self.weights.getnnz(axis=0)

    def most_topics(self, share: float = 1.0) -> int:
        """How many topics `share` of the documents give at most: two documents each, more terms."""
        documents, terms = int(self.weights.shape[0] * share), self.weights.shape[1]
        return max(0, min(documents // 2, documents - 1, terms - 1))


def weigh(records: pd.DataFrame, settings: TopicsSettings) -> Weighed | None:
    """The TF-IDF weights of records with an abstract; None where no term counts.

    Where every term is in more than `max_share` of the documents (a few texts that are much alike),
    that limit does not hold.
    """
    texts = modelled_texts(records)
    for max_share in (settings.max_share, 1.0):
        vectoriser = TfidfVectorizer(
            stop_words=sorted(ENGLISH_STOP_WORDS | {word.lower() for word in settings.stop_words}),
            token_pattern=_pattern_of_words(texts),
            ngram_range=(1, settings.ngrams),
            min_df=min(max(settings.min_documents, len(texts) // RARE), max(1, len(texts))),
            max_df=max_share,
            sublinear_tf=True,
        )
        try:
            weights = vectoriser.fit_transform(texts)
        except ValueError:  # no term is left within the document frequencies asked for
            continue
        terms, analyse = vectoriser.get_feature_names_out(), vectoriser.build_analyzer()
        return Weighed(weights, terms, texts, analyse, _weighing(terms, analyse, vectoriser.idf_))
    return None


def _pattern_of_words(texts: Iterable[str]) -> str:
    """Two letters or more, also with figures and hyphens within.

    `\\w` has no vowels of Hindi or Tamil; a class that has them takes seven times as long, so that it is asked only
    where texts have such signs, and there where one may follow.
    """
    plain = r"[^\W\d][\w-]+\b"
    if not any(map(has_vowel_marks, texts)):
        return rf"(?u)\b{plain}"
    within = rf"\w{vowel_marks()}"
    return rf"(?u)\b(?>{plain})(?![\u07a6-\U0010ffff])|[^\W\d](?<![{within}].)[{within}-]*[{within}]"


def _weighing(
    terms: np.ndarray, analyse: Callable[[str], list[str]], idf: np.ndarray
) -> Callable[[list[str]], csr_matrix]:
    """What gives the weights of further texts, with these terms and inverse document frequencies."""
    transformer = TfidfTransformer(sublinear_tf=True)
    transformer.idf_ = idf
    place = {term: n for n, term in enumerate(terms.tolist())}
    return lambda texts: transformer.transform(_counted(map(analyse, texts), place), copy=False)


def _counted(texts: Iterable[list[str]], place: Mapping[str, int]) -> csr_matrix:
    """How often each term is in each text (texts x terms); scikit-learn takes twice as long, most of it for other words."""
    term_places = [[place[word] for word in words if word in place] for words in texts]
    ends = np.cumsum([0, *map(len, term_places)])
    terms = np.fromiter(itertools.chain.from_iterable(term_places), dtype=np.int32, count=ends[-1])
    counts = csr_matrix((np.ones(len(terms)), terms, ends), shape=(len(term_places), len(place)))
    counts.sum_duplicates()
    return counts


def _fitted(records: pd.DataFrame, settings: TopicsSettings, n_wanted: int) -> tuple[Weighed | None, Topics]:
    """The topics of at most `fitted_records` of the records, evenly spread over them, and these as weighed."""
    most = settings.fitted_records
    spread = np.arange(min(len(records), most)) * max(1.0, len(records) / most)
    weighed = weigh(records.iloc[spread.astype(int)], settings)
    n_topics = 0 if weighed is None else min(n_wanted, weighed.most_topics())
    if weighed is None or not n_topics:
        return weighed, Topics(np.zeros((len(records), 0)), np.zeros((0, 0)))
    return weighed, find_topics(weighed.weights, n_topics)


def _all_placed(records: pd.DataFrame, weighed: Weighed, fitted: Topics) -> tuple[np.ndarray, np.ndarray]:
    """The shares of the topics in all documents, and in how many of these each term is."""
    shares, used = [], np.zeros(len(weighed.terms), dtype=int)
    for start in range(0, len(records), PLACED):
        weights = weighed.weigh_more(modelled_texts(records.iloc[start : start + PLACED]))
        shares.append(shares_of(placed(weights, fitted.terms)).round(DECIMALS))
        used += weights.getnnz(axis=0)
    return np.concatenate(shares), used


def _settled(fitted: Topics) -> np.ndarray:
    """The weights of the terms (topics x terms), each topic's as shares of its largest."""
    return np.array([settled(row) for row in fitted.terms]) if len(fitted.terms) else np.zeros((0, 0))


def _documents(records: pd.DataFrame, unread: np.ndarray, shares: np.ndarray, min_weight: float) -> pd.DataFrame:
    """DOCUMENTS; unread: for each record why it is not modelled, '' where it is."""
    if records.empty:
        return tables.empty(DOCUMENTS)
    rows, modelled = [], iter(shares)
    for record, reason in zip(records["record"], unread.tolist(), strict=True):
        row = np.zeros(0) if reason else next(modelled)
        rows.append({"record": record} | _placed(row, reason, min_weight))
    return pd.DataFrame(rows)[list(DOCUMENTS.columns)]


def _placed(row: np.ndarray, reason: str, min_weight: float) -> dict:
    if not row.any():
        return {"topic": "", "share": np.nan, "outcome": reason or "no terms", "shares": ""}
    best = int(row.argmax())
    outcome = "assigned" if row[best] >= min_weight else "below threshold"
    listed = ";".join(f"{share:.4f}" for share in row)
    return {"topic": f"T{best + 1}", "share": row[best], "outcome": outcome, "shares": listed}


def _topics(documents: pd.DataFrame, shares: np.ndarray, terms: list[list[str]]) -> pd.DataFrame:
    if not terms:
        return tables.empty(TOPICS)
    weight = shares.sum(axis=0)
    counted = documents.loc[documents["outcome"] == "assigned", "topic"]
    names = documents.loc[~documents["outcome"].isin(["no abstract", "other language"]), "record"].to_numpy()
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
