"""What records cite, for the ranking and in words for those who read the queue."""

import numpy as np
import pandas as pd
from scipy import sparse

from coproduction.core import markdown as md
from coproduction.methods.citations import add_citations, citation_vectors
from coproduction.methods.relevance import Ranking
from coproduction.methods.text_features import Features


def with_citations(features: Features, records: pd.Series, references: pd.DataFrame, share: float) -> Features:
    """The features with what the records cite, and the records that are cited, as further terms.

    records: ids in the order of the features; references: record, work, cited_record of REFERENCES.
    """
    place = pd.Index(records)
    cited = references.loc[references["cited_record"] != "", ["cited_record", "work"]].drop_duplicates()
    citing_records = [place.get_indexer(ids) for ids in (references["record"], cited["cited_record"])]
    works, different = pd.factorize(references["work"])
    of_cited = pd.Index(different).get_indexer(cited["work"])
    vectors = citation_vectors(np.concatenate(citing_records), np.concatenate([works, of_cited]), len(place))
    return add_citations(features, vectors, share)


def citations_raise(features: Features, ranking: Ranking, rows: np.ndarray) -> np.ndarray:
    """Whether what they cite raises the score of each of the records `rows`."""
    first = features.similar.shape[1] - features.works
    return features.similar[rows][:, first:] @ ranking.similar_weights[first:] > 0


def citations_in_words(references: pd.DataFrame, relevant: set[str], records: list[str]) -> list[list[str]]:
    """For each record how many of the relevant ones it is linked with by citation, the closest link first."""
    is_relevant = references["record"].isin(relevant)
    by_relevant, cited = references[is_relevant], references["cited_record"]
    cites = references[cited.isin(relevant)].groupby("record")["cited_record"].nunique()
    cited_by = by_relevant.groupby("cited_record")["record"].nunique()
    sharing = references[references["work"].isin(by_relevant["work"]) & references["record"].isin(records)]
    shared = _shared(sharing, by_relevant)
    words_by_record = []
    for record in records:
        words = []
        if count := int(cites.get(record, 0)):
            words.append(f"cites {md.plural(count, 'included record')}")
        if count := int(cited_by.get(record, 0)):
            words.append(f"cited by {md.plural(count, 'included record')}")
        if count := shared.get(record, 0):
            words.append(f"cites what is cited by {md.plural(count, 'included record')}")
        words_by_record.append(words)
    return words_by_record


def _shared(references: pd.DataFrame, by_relevant: pd.DataFrame) -> dict[str, int]:
    """With how many relevant records each record has a cited work in common."""
    if references.empty:
        return {}
    works = pd.Index(by_relevant["work"].unique())
    sides = []
    for table in (references, by_relevant):
        rows, names = pd.factorize(table["record"])
        entries = np.ones(len(table), dtype=np.int32), (rows, works.get_indexer(table["work"]))
        sides.append((names, sparse.csr_matrix(entries, shape=(len(names), len(works)))))
    (names, of_records), (_, of_relevant) = sides
    common = of_records @ of_relevant.T
    return dict(zip(names, np.diff(common.indptr).tolist(), strict=True))
