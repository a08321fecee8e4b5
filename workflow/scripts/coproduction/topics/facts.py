"""What the report is told of the topics."""

from typing import Any

import pandas as pd

from coproduction.core.text import split_list
from coproduction.topics.chosen import MEASURES, chosen_number
from coproduction.topics.settings import TopicsSettings

LEVEL = 0.05


def name_of(named: pd.DataFrame) -> dict[str, str]:
    """The name of each topic that has one."""
    fits = named[named["state"] == "fits"]
    return dict(zip(fits["topic"], fits["name"], strict=True))


def facts(
    topics: pd.DataFrame,
    documents: pd.DataFrame,
    choice: pd.DataFrame,
    quality: pd.DataFrame,
    records: pd.DataFrame,
    named: pd.DataFrame,
    prevalence: pd.DataFrame,
    settings: TopicsSettings,
    seed: int,
) -> dict[str, Any]:
    """Numbers, names and rows for the templates of the topics, by the names they use there."""
    outcomes, names = documents["outcome"].value_counts(), name_of(named)
    return {
        "settings": settings.model_dump(mode="json"),
        "seed": seed,
        "records": len(documents),
        "with_abstract": int(outcomes.sum() - outcomes.get("no abstract", 0)),
        "assigned": int(outcomes.get("assigned", 0)),
        "below_threshold": int(outcomes.get("below threshold", 0)),
        "no_terms": int(outcomes.get("no terms", 0)),
        "topics": len(topics),
        "asked": chosen_number(choice, settings.n_topics),
        "largest": _largest(prevalence),
        "terms": _terms(topics, quality, names),
        "exemplars": _exemplars(topics, records, names),
        "named": len(names),
        "lost_names": named[named["state"] != "fits"],
        "common": _common(prevalence),
        "included": int(prevalence["included"].sum()),
        "trend": _trend(prevalence),
        "compared": _compared(choice, quality) if len(choice) > 1 else None,
    }


def _largest(prevalence: pd.DataFrame) -> dict[str, Any] | None:
    if prevalence.empty:
        return None
    first = prevalence.iloc[0]
    return {"title": first["title"]} | {name: float(first[name]) for name in ("prevalence", "low", "high")}


def _terms(topics: pd.DataFrame, quality: pd.DataFrame, names: dict[str, str]) -> pd.DataFrame:
    shown = pd.DataFrame(
        {
            "topic": topics["topic"],
            "name": topics["topic"].map(names).fillna(""),
            "terms": topics["terms"].str.replace(";", ", "),
        }
    )
    measured = quality.set_index("topic")[["coherence", "stability"]]
    for name in measured:
        shown[name] = shown["topic"].map(measured[name])
    return shown


def _common(prevalence: pd.DataFrame) -> pd.DataFrame:
    """How common each topic is, in per cent, as the report shows it."""
    percent = {
        name: (100 * prevalence[name]).round().astype("Int64")
        for name in ("prevalence", "low", "high", "prevalence_included")
    }
    return pd.DataFrame(
        {
            "topic": prevalence["topic"],
            "title": prevalence["title"],
            "documents": prevalence["documents"],
            "prevalence": percent["prevalence"],
            "interval": [f"{low}–{high}" for low, high in zip(percent["low"], percent["high"], strict=True)],
            "included": prevalence["included"],
            "prevalence_included": percent["prevalence_included"],
            "change": 1000 * prevalence["change_a_year"],
            "p": prevalence["p_adjusted"],
        }
    )


def _trend(prevalence: pd.DataFrame) -> dict[str, Any] | None:
    """Topics that grow or shrink beyond chance; None where no trend could be tested."""
    tested = prevalence[prevalence["p_adjusted"].notna()]
    if tested.empty:
        return None
    sure = tested[tested["p_adjusted"] < LEVEL]
    return {
        "years": int(tested["years"].iloc[0]),
        "growing": sure.loc[sure["change_a_year"] > 0, "title"].tolist(),
        "shrinking": sure.loc[sure["change_a_year"] < 0, "title"].tolist(),
    }


def _exemplars(topics: pd.DataFrame, records: pd.DataFrame, names: dict[str, str]) -> pd.DataFrame:
    titles = dict(zip(records["record"], records["title"], strict=True))
    rows = [
        {"topic": f"{row.topic} {names.get(row.topic, '')}".strip(), "record": record, "title": titles.get(record, "")}
        for row in topics.itertuples(index=False)
        for record in split_list(row.exemplars)
    ]
    return pd.DataFrame(rows, columns=["topic", "record", "title"])


def _compared(choice: pd.DataFrame, quality: pd.DataFrame) -> dict[str, Any] | None:
    """What speaks for the number of topics, and which topic to read with care; None where it was not compared."""
    chosen = choice[choice["choice"] == "chosen"]
    if chosen.empty or quality.empty:
        return None
    second = choice[choice["choice"] == "runner-up"]
    best = {
        "chosen": chosen.iloc[0],
        "runner_up": second.iloc[0],
        "least_stable_topic": quality.loc[quality["stability"].idxmin()],
    }
    shown = choice[["topics", "choice", *MEASURES, "mean_rank"]]
    return {"numbers": len(choice), "place_of_chosen": int(chosen["place"].iloc[0]), "table": shown} | {
        name: row.to_dict() for name, row in best.items()
    }
