"""How many topics: coherence and stability of models with different numbers of topics.

Neither measure decides. They show which numbers give topics whose words occur together and which
give topics that come back when some of the records are left out; people read the topics and choose.
"""

from collections.abc import Iterator

import numpy as np
import pandas as pd
from scipy.optimize import linear_sum_assignment

from coproduction.core import accounting
from coproduction.core.text import split_list
from coproduction.methods.topics import KEPT, average_jaccard, npmi, stabilities
from coproduction.topics.model import Weighed, weigh
from coproduction.topics.settings import TopicsSettings
from coproduction.topics.tables import CHOICE_OF_NUMBER, QUALITY


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
    numbers = [n for n in numbers if weighed is not None and n <= weighed.most_topics(KEPT)]
    rows: list[dict] = []
    quality: list[dict] = []
    for n, of_topics in _qualities(weighed, numbers, settings, seed):
        chosen = n == settings.n_topics
        rows.append({"topics": n, "chosen": "yes" if chosen else "no"} | _means(of_topics))
        quality = of_topics if chosen else quality
    if not quality or topics.empty:
        rows, quality = [], []
    return accounting.table(rows, CHOICE_OF_NUMBER), accounting.table(_named(quality, topics), QUALITY)


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


def _qualities(
    weighed: Weighed | None, numbers: list[int], settings: TopicsSettings, seed: int
) -> Iterator[tuple[int, list[dict]]]:
    """For each number coherence and stability of each topic, under its strongest terms."""
    if weighed is None:
        return
    present = weighed.weights > 0
    found = stabilities(weighed.weights, numbers, settings.compared_draws, seed)
    for n, (topics, stable) in found.items():
        yield (
            n,
            [
                {
                    "terms": ";".join(weighed.terms[t] for t in terms),
                    "coherence": round(npmi(present, terms), 6),
                    "stability": round(float(value), 6),
                }
                for terms, value in zip(topics, stable, strict=True)
            ],
        )


def _means(of_topics: list[dict]) -> dict[str, float | None]:
    coherence = [row["coherence"] for row in of_topics]
    stable = [row["stability"] for row in of_topics]
    return {
        "coherence": None if np.all(np.isnan(coherence)) else round(float(np.nanmean(coherence)), 6),
        "stability": round(float(np.mean(stable)), 6),
        "least_stable": float(np.min(stable)),
    }
