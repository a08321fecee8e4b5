"""How many topics: models with different numbers of topics set side by side, and a rule that chooses.

Each number has a rank in five measures: two of coherence (whether the terms of a topic occur together),
two of stability (whether the topics, and the least steady of them, come back when some of the records are
left out) and diversity (whether topics have terms of their own). The number with the lowest mean rank is
chosen, of equal ones the smaller. People read the topics and may set another number.
"""

from collections.abc import Iterator
from math import isqrt
from typing import Any

import numpy as np
import pandas as pd

from coproduction.core import accounting
from coproduction.methods.coherence import c_v, diversity, npmi, window_counts
from coproduction.methods.topics import KEPT, SWEEPS, stabilities
from coproduction.topics.chosen import MEASURES
from coproduction.topics.model import Weighed, weigh
from coproduction.topics.settings import TopicsSettings
from coproduction.topics.tables import CHOICE_OF_NUMBER, COMPARED_TOPICS

FEWEST, MOST, COMPARED = 3, 20, 10
SWEEPS_OF_DRAWN = 50  # of a descent where the records are drawn from more; benchmarks/topics.md


def compare_numbers(records: pd.DataFrame, settings: TopicsSettings, seed: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """CHOICE_OF_NUMBER (a row for each number) and COMPARED_TOPICS (a row for each of its topics).

    At most `compared_records` records are used, drawn by the seed; of drawn ones the descent of each model ends after
    SWEEPS_OF_DRAWN sweeps, which halves the time and left the same numbers ahead. Numbers for which there are too few
    records are left out; both tables are empty where there is none left.
    """
    text = records[records["abstract"].str.strip() != ""]
    numbers = settings.compared_numbers or numbers_for(len(text))
    drawn = len(text) > settings.compared_records
    if drawn:
        rng = np.random.default_rng(seed)
        text = text.iloc[np.sort(rng.choice(len(text), settings.compared_records, replace=False))]
    weighed = weigh(text, settings)
    numbers = sorted({*numbers, *([settings.n_topics] if settings.n_topics else [])})
    numbers = [n for n in numbers if weighed is not None and n <= weighed.most_topics(KEPT)]
    if weighed is None or not numbers:
        return accounting.table([], CHOICE_OF_NUMBER), accounting.table([], COMPARED_TOPICS)
    means, topics = [], []
    for mean, of_topics in _qualities(weighed, numbers, settings, seed, SWEEPS_OF_DRAWN if drawn else SWEEPS):
        means.append(mean)
        topics += of_topics
    return _placed(pd.DataFrame(means), settings.n_topics), accounting.table(topics, COMPARED_TOPICS)


def numbers_for(records: int) -> list[int]:
    """The numbers to compare for so many records: ten at most, from 3 to the root of the records, to 20 at most.

    Where ten do not reach, they lie the further apart the larger they are, since one topic more changes
    little among many.
    """
    most = min(MOST, isqrt(records))
    if most <= FEWEST:
        return [most] if most > 1 else []
    if most < FEWEST + COMPARED:
        return list(range(FEWEST, most + 1))
    return sorted({int(n) for n in np.geomspace(FEWEST, most, COMPARED).round()})


def _placed(means: pd.DataFrame, fixed: int) -> pd.DataFrame:
    """The numbers with their mean rank and place; the chosen one is the first, or the one that is set."""
    means["mean_rank"] = means[MEASURES].astype(float).rank(ascending=False, na_option="bottom").mean(axis=1)
    order = np.lexsort((means["topics"], means["mean_rank"]))
    means["place"] = np.argsort(order) + 1
    in_order = means["topics"].to_numpy()[order].tolist()
    chosen = (fixed if fixed in in_order else None) if fixed else in_order[0]
    others = [n for n in in_order if n != chosen]
    marks = {chosen: "chosen"} | ({others[0]: "runner-up"} if others else {})
    means["choice"] = means["topics"].map(marks).fillna("")
    return accounting.table(means[list(CHOICE_OF_NUMBER.columns)].to_dict("records"), CHOICE_OF_NUMBER)


def _qualities(
    weighed: Weighed, numbers: list[int], settings: TopicsSettings, seed: int, sweeps: int
) -> Iterator[tuple[dict, list[dict]]]:
    """For each number the means over its topics, and coherence and stability of each topic.

    C_v looks at words in their order and is left empty where phrases are terms too.
    """
    present = weighed.weights > 0
    by_number = stabilities(weighed.weights, numbers, settings.compared_draws, seed, sweeps)
    used = sorted({term for topics, _ in by_number.values() for terms in topics for term in terms})
    counts, windows = window_counts(weighed.words() if settings.ngrams == 1 else [], used)
    place = {term: n for n, term in enumerate(used)}
    for n, (topics, stable) in by_number.items():
        rows = []
        for terms, value in zip(topics, stable, strict=True):
            term_places = [place[term] for term in terms]
            rows.append(
                {
                    "topics": n,
                    "terms": ";".join(weighed.terms[t] for t in terms),
                    "c_v": round(c_v(counts[np.ix_(term_places, term_places)], windows), 6),
                    "coherence": round(npmi(present, terms), 6),
                    "stability": round(float(value), 6),
                }
            )
        yield _means(rows) | {"topics": n} | {"diversity": round(diversity(topics), 6)}, rows


def _means(of_topics: list[dict]) -> dict[str, Any]:
    means: dict[str, Any] = {}
    for name in ("c_v", "coherence"):
        values = [row[name] for row in of_topics]
        means[name] = None if np.all(np.isnan(values)) else round(float(np.nanmean(values)), 6)
    stable = [row["stability"] for row in of_topics]
    return means | {"stability": round(float(np.mean(stable)), 6), "least_stable": float(np.min(stable))}
