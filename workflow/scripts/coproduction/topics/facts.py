"""What the report is told of the topics."""

from typing import Any

import pandas as pd

from coproduction.core.text import split_list
from coproduction.topics.settings import TopicsSettings

NAMED_TERMS = 3


def facts(
    topics: pd.DataFrame,
    documents: pd.DataFrame,
    choice: pd.DataFrame,
    quality: pd.DataFrame,
    records: pd.DataFrame,
    settings: TopicsSettings,
    seed: int,
) -> dict[str, Any]:
    """Numbers, names and rows for the templates of the topics, by the names they use there."""
    outcomes = documents["outcome"].value_counts()
    return {
        "settings": settings.model_dump(mode="json"),
        "seed": seed,
        "records": len(documents),
        "with_abstract": int(outcomes.sum() - outcomes.get("no abstract", 0)),
        "assigned": int(outcomes.get("assigned", 0)),
        "below_threshold": int(outcomes.get("below threshold", 0)),
        "no_terms": int(outcomes.get("no terms", 0)),
        "topics": len(topics),
        "largest": _largest(topics),
        "terms": _terms(topics, quality),
        "exemplars": _exemplars(topics, records),
        "compared": _compared(choice, quality) if len(choice) > 1 else None,
    }


def _largest(topics: pd.DataFrame) -> dict[str, Any] | None:
    if topics.empty:
        return None
    first = topics.iloc[0]
    terms = ", ".join(split_list(first["terms"])[:NAMED_TERMS])
    return {"terms": terms, "prevalence": float(first["prevalence"])}


def _terms(topics: pd.DataFrame, quality: pd.DataFrame) -> pd.DataFrame:
    shown = topics[["topic", "terms", "prevalence", "documents"]].assign(
        terms=topics["terms"].str.replace(";", ", "),
        prevalence=(100 * topics["prevalence"]).round().astype("Int64"),
    )
    measured = quality.set_index("topic")[["coherence", "stability"]]
    for name in measured:
        shown[name] = shown["topic"].map(measured[name])
    return shown


def _exemplars(topics: pd.DataFrame, records: pd.DataFrame) -> pd.DataFrame:
    titles = dict(zip(records["record"], records["title"], strict=True))
    rows = [
        {"topic": row.topic if n == 0 else "", "record": record, "title": titles.get(record, "")}
        for row in topics.itertuples(index=False)
        for n, record in enumerate(split_list(row.exemplars))
    ]
    return pd.DataFrame(rows, columns=["topic", "record", "title"])


def _compared(choice: pd.DataFrame, quality: pd.DataFrame) -> dict[str, Any]:
    """What speaks for the number of topics, and which topic to read with care."""
    best = {
        "chosen": choice[choice["chosen"] == "yes"].iloc[0],
        "most_coherent": choice.loc[choice["coherence"].fillna(-2).idxmax()],
        "most_stable": choice.loc[choice["stability"].idxmax()],
        "least_stable_topic": quality.loc[quality["stability"].idxmin()],
    }
    return {"numbers": len(choice)} | {name: row.to_dict() for name, row in best.items()}
