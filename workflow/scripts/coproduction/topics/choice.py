"""How many topics: coherence and stability of models with different numbers of topics.

Neither measure decides. They show which numbers give topics whose words occur together and which
give topics that come back when some of the records are left out; people read the topics and choose.
Gensim has coherence, but by windows of words and with a dependency that the workflow needs for
nothing else; stability is in no package that is kept up.
"""

from collections.abc import Hashable, Sequence

import numpy as np
import pandas as pd
from scipy.optimize import linear_sum_assignment
from scipy.sparse import csr_matrix

from coproduction.core import accounting
from coproduction.core.text import split_list
from coproduction.topics.model import Weighed, factorise, weigh
from coproduction.topics.settings import TopicsSettings
from coproduction.topics.tables import CHOICE_OF_NUMBER, QUALITY

TOP = 10  # terms of a topic that are compared
ROUGH = 1e-3  # tolerance of the models of draws: their strongest terms are soon settled
KEPT = 0.8  # share of the records in a draw, as in Greene et al.


def npmi(present: csr_matrix, terms: Sequence[int]) -> float:
    """Coherence of a topic: the mean normalised pointwise mutual information of its terms.

    present: documents x terms, whether a term is in a document. For a pair of terms
    `log(p_ij / (p_i p_j)) / -log p_ij`, with p the share of documents; -1 where the two never meet,
    1 where both are in every document, 0 where they meet as often as chance has it. NaN with fewer
    than two terms. Bouma (2009), Proceedings of GSCL, 31-40; as a measure of topics Lau, Newman and
    Baldwin (2014), EACL 2014, 530-539, doi:10.3115/v1/E14-1056.
    """
    if len(terms) < 2:
        return float("nan")
    chosen = present[:, list(terms)].astype(float)
    together = (chosen.T @ chosen).toarray() / present.shape[0]
    single = np.diag(together)
    values = []
    for i in range(len(terms)):
        for j in range(i):
            joint = together[i, j]
            if joint == 0:
                values.append(-1.0)
            elif joint == 1:
                values.append(1.0)
            else:
                values.append(np.log(joint / (single[i] * single[j])) / -np.log(joint))
    return float(np.mean(values))


def average_jaccard(first: Sequence[Hashable], second: Sequence[Hashable]) -> float:
    """Agreement of two ranked lists: the mean Jaccard index of their first 1, 2, ... terms.

    1 for the same lists in the same order, 0 where they share nothing; the head of the lists counts
    most. Greene, O'Callaghan and Cunningham (2014), ECML PKDD 2014, 498-513,
    doi:10.1007/978-3-662-44848-9_32. 0 for two empty lists.
    """
    depth = max(len(first), len(second))
    if not depth:
        return 0.0
    shares = []
    for d in range(1, depth + 1):
        one, two = set(first[:d]), set(second[:d])
        shares.append(len(one & two) / len(one | two))
    return float(np.mean(shares))


def matched(reference: list[list[int]], other: list[list[int]]) -> np.ndarray:
    """Of each reference topic its agreement with the topic of `other` that it is matched with.

    The matching is the one with the highest sum (Hungarian method), as in Greene et al. (2014).
    """
    alike = np.array([[average_jaccard(a, b) for b in other] for a in reference])
    rows, columns = linear_sum_assignment(-alike)
    agreement = np.zeros(len(reference))
    agreement[rows] = alike[rows, columns]
    return agreement


def stability(weighed: Weighed, n_topics: int, draws: int, seed: int) -> np.ndarray:
    """Of each topic the mean agreement with its match in models of draws of the records.

    The reference is the model of all records; each draw keeps four fifths of them. The order is that
    of the factorisation. Empty where there are too few records for so many topics.
    """
    _, loads = factorise(weighed.weights, n_topics, seed)
    reference = top_terms(loads)
    records = weighed.weights.shape[0]
    rng = np.random.default_rng(seed)
    agreements = []
    for _ in range(draws):
        kept = np.sort(rng.choice(records, int(KEPT * records), replace=False))
        _, drawn = factorise(weighed.weights[kept], n_topics, seed, ROUGH)
        agreements.append(matched(reference, top_terms(drawn)))
    return np.mean(agreements, axis=0)


def top_terms(loads: np.ndarray) -> list[list[int]]:
    """The columns of the strongest terms of each topic; terms without weight are no terms."""
    return [[int(n) for n in np.argsort(-row, kind="stable")[:TOP] if row[n] > 0] for row in loads]


def compare_numbers(
    records: pd.DataFrame, topics: pd.DataFrame, settings: TopicsSettings, seed: int
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """CHOICE_OF_NUMBER (per number of topics) and QUALITY (per topic of the chosen number).

    topics: the model of all records; the topics of QUALITY take their ids from it by their terms. At
    most `compared_records` records are used, drawn by the seed. Numbers for which there are too few
    records are left out; both tables are empty where the chosen number is among them.
    """
    text = records[records["abstract"].str.strip() != ""]
    if len(text) > settings.compared_records:
        rng = np.random.default_rng(seed)
        text = text.iloc[np.sort(rng.choice(len(text), settings.compared_records, replace=False))]
    weighed = weigh(text, settings)
    numbers = sorted({*settings.compared_numbers, settings.n_topics})
    rows, quality = [], []
    for n in numbers:
        if weighed is None or not weighed.enough_for(n, KEPT):
            continue
        of_topics = _quality(weighed, n, settings, seed)
        chosen = n == settings.n_topics
        rows.append({"topics": n, "chosen": "yes" if chosen else "no"} | _means(of_topics))
        quality = of_topics if chosen else quality
    if not quality or topics.empty:
        rows, quality = [], []
    return accounting.table(rows, CHOICE_OF_NUMBER), accounting.table(
        _named(quality, topics), QUALITY
    )


def _named(quality: list[dict], topics: pd.DataFrame) -> list[dict]:
    """The rows with the id of the topic whose terms are most like theirs, each once, by id."""
    if not quality:
        return []
    known = [split_list(terms) for terms in topics["terms"]]
    alike = [[average_jaccard(split_list(row["terms"]), own) for own in known] for row in quality]
    rows, columns = linear_sum_assignment(-np.array(alike))
    ids = {n: topics["topic"].iloc[k] for n, k in zip(rows, columns, strict=True)}
    named = [{"topic": ids[n]} | row for n, row in enumerate(quality) if n in ids]
    return sorted(named, key=lambda row: list(topics["topic"]).index(row["topic"]))


def _quality(weighed: Weighed, n: int, settings: TopicsSettings, seed: int) -> list[dict]:
    """Coherence and stability of each topic, under its strongest terms."""
    _, loads = factorise(weighed.weights, n, seed)
    present = weighed.weights > 0
    stable = stability(weighed, n, settings.compared_draws, seed)
    return [
        {
            "terms": ";".join(weighed.terms[t] for t in terms),
            "coherence": round(npmi(present, terms), 6),
            "stability": round(float(value), 6),
        }
        for terms, value in zip(top_terms(loads), stable, strict=True)
    ]


def _means(of_topics: list[dict]) -> dict[str, float]:
    coherence = [row["coherence"] for row in of_topics]
    stable = [row["stability"] for row in of_topics]
    return {
        "coherence": None
        if np.all(np.isnan(coherence))
        else round(float(np.nanmean(coherence)), 6),
        "stability": round(float(np.mean(stable)), 6),
        "least_stable": float(np.min(stable)),
    }
