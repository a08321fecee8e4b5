"""How topics relate to their terms and to one another: terms of their own, a map, groups of many topics."""

import numpy as np
import pandas as pd

from coproduction.core import accounting
from coproduction.methods.topic_map import distances, groups, on_plane
from coproduction.methods.topics import DECIMALS, relevance, settled, shares_of, strongest
from coproduction.topics.tables import TOPIC_GROUPS, TOPIC_MAP, TOPIC_TERMS

LISTED = 20  # terms of each topic
FEW = 10  # topics that people read without groups


def relations(
    topics: pd.DataFrame, loads: np.ndarray, names: np.ndarray, used: np.ndarray
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """TOPIC_TERMS, TOPIC_MAP and TOPIC_GROUPS.

    topics: TOPICS; loads: topics x terms, weights; names: of the terms; used: in how many documents each is
    """
    if topics.empty:
        return tuple(accounting.table([], form) for form in (TOPIC_TERMS, TOPIC_MAP, TOPIC_GROUPS))
    prevalence = topics["prevalence"].to_numpy(float)
    apart = distances(loads).round(DECIMALS)
    places, share_kept = on_plane(apart)
    grouped, silhouette = groups(apart, len(topics) // 2) if len(topics) > FEW else (None, float("nan"))
    labels, listed = _groups(topics, grouped, silhouette, loads, names)
    mapped = topics[["topic"]].assign(
        x=places[:, 0].round(6), y=places[:, 1].round(6), kept=round(share_kept, 6), group=labels
    )
    terms = accounting.table(_terms(topics, prevalence, loads, names, used), TOPIC_TERMS)
    return terms, accounting.table(mapped.to_dict("records"), TOPIC_MAP), listed


def _terms(
    topics: pd.DataFrame, prevalence: np.ndarray, loads: np.ndarray, names: np.ndarray, used: np.ndarray
) -> list[dict]:
    shares = shares_of(loads)
    marginal = prevalence @ shares
    relevant = relevance(loads, prevalence).round(DECIMALS)
    rows = []
    for k, topic in enumerate(topics["topic"]):
        places = {term: place for place, term in enumerate(np.lexsort((names, -relevant[k])), 1)}
        for place, term in enumerate(strongest(loads[k], names, LISTED), 1):
            rows.append(
                {
                    "topic": topic,
                    "place": place,
                    "term": names[term],
                    "share": round(shares[k, term], 6),
                    "lift": round(shares[k, term] / marginal[term], 4),
                    "exclusivity": round(prevalence[k] * shares[k, term] / marginal[term], 4),
                    "place_by_relevance": places[term],
                    "documents": int(used[term]),
                }
            )
    return rows


def _groups(
    topics: pd.DataFrame, grouped: np.ndarray | None, silhouette: float, loads: np.ndarray, names: np.ndarray
) -> tuple[list[str], pd.DataFrame]:
    """The group of each topic, and TOPIC_GROUPS; no groups where topics are few or all alike."""
    if grouped is None or len(set(grouped.tolist())) < 2:
        return [""] * len(topics), accounting.table([], TOPIC_GROUPS)
    prevalence = topics["prevalence"].to_numpy(float)
    size = {g: prevalence[grouped == g].sum() for g in set(grouped.tolist())}
    order = sorted(size, key=lambda g: (-round(size[g], 9), g))
    label = {g: f"G{n}" for n, g in enumerate(order, 1)}
    rows = []
    for g in order:
        in_group = grouped == g
        merged = settled((prevalence[in_group, None] * shares_of(loads)[in_group]).sum(axis=0))
        rows.append(
            {
                "group": label[g],
                "terms": ";".join(names[term] for term in strongest(merged, names, FEW)),
                "topics": ";".join(topics.loc[in_group, "topic"]),
                "prevalence": round(size[g], 6),
                "documents": int(topics.loc[in_group, "documents"].sum()),
                "silhouette": round(silhouette, 6),
            }
        )
    return [label[g] for g in grouped.tolist()], accounting.table(rows, TOPIC_GROUPS)
