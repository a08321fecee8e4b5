"""What the report is told of the topics."""

from typing import Any

import pandas as pd

from coproduction.core.text import some, split_list
from coproduction.methods.languages import name_of_language
from coproduction.topics.chosen import MEASURES, chosen_number
from coproduction.topics.settings import TopicsSettings
from coproduction.topics.tables import NOT_STATED

FEWEST_ON_MAP = 3
LEVEL = 0.05
UNREAD = ["no abstract", "other language"]  # outcomes of records that are not modelled


def name_of(named: pd.DataFrame) -> dict[str, str]:
    """The name of each topic that has one."""
    fits = named[named["state"] == "fits"]
    return dict(zip(fits["topic"], fits["name"], strict=True))


def facts(given: Any, settings: TopicsSettings, seed: int) -> dict[str, Any]:
    """Numbers, names and rows for the templates of the topics, by the names they use there.

    given: the tables of the step, by their names (`topics`, `documents`, `choice_of_number`, …)
    """
    topics, documents, prevalence = given.topics, given.documents, given.prevalence
    outcomes, names = documents["outcome"].value_counts(), name_of(given.named_topics)
    return {
        "settings": settings.model_dump(mode="json"),
        "seed": seed,
        "records": len(documents),
        "with_abstract": int(outcomes.sum() - outcomes.get("no abstract", 0)),
        "assigned": int(outcomes.get("assigned", 0)),
        "below_threshold": int(outcomes.get("below threshold", 0)),
        "no_terms": int(outcomes.get("no terms", 0)),
        "sampled": int(outcomes.drop(UNREAD, errors="ignore").sum()) > settings.fitted_records,
        "languages": _languages(given.languages, given.language_effect),
        "topics": len(topics),
        "asked": chosen_number(given.choice_of_number, settings.n_topics),
        "largest": _largest(prevalence),
        "terms": _terms(topics, given.quality, names),
        "exemplars": _exemplars(topics, given.records, names),
        "named": len(names),
        "lost_names": given.named_topics[given.named_topics["state"] != "fits"],
        "common": _common(prevalence),
        "included": int(prevalence["included"].sum()),
        "trend": _trend(prevalence, names),
        "compared": _compared(given.choice_of_number, given.quality) if len(given.choice_of_number) > 1 else None,
        "map": _map(given.topic_map),
        "groups": _groups(given.topic_groups, prevalence),
        "silhouette": float(given.topic_groups["silhouette"].iloc[0]) if len(given.topic_groups) else None,
        "distribution": _distribution(given.distribution, topics, names),
    }


def _languages(abstracts: pd.DataFrame, effect: pd.DataFrame) -> dict[str, Any]:
    """Languages of the abstracts, those left out of the model, and what leaving them out does to the topics."""
    with_abstract = abstracts[abstracts["outcome"] != "no abstract"]
    out = with_abstract[with_abstract["outcome"] == "left out"]
    by_name = out["language"].map(name_of_language).replace("", "several languages").value_counts()
    return {
        "left_out": len(out),
        "by_language": [
            f"{name} ({by_name[name]:,})" for name in sorted(by_name.index, key=lambda n: (-by_name[n], n))
        ],
        "not_sure": int((with_abstract["language"] == "").sum()),
        "agreement": float(effect["agreement"].mean()) if len(effect) else None,
    }


def _largest(prevalence: pd.DataFrame) -> dict[str, Any] | None:
    if prevalence.empty:
        return None
    first = prevalence.iloc[0]
    return {"title": first["title"]} | {name: float(first[name]) for name in ("prevalence", "low", "high")}


def _terms(topics: pd.DataFrame, quality: pd.DataFrame, names: dict[str, str]) -> pd.DataFrame:
    table = pd.DataFrame(
        {
            "topic": topics["topic"],
            "name": [names.get(topic, "") for topic in topics["topic"]],
            "terms": topics["terms"].str.replace(";", ", "),
        }
    )
    measured = quality.set_index("topic")[["coherence", "stability"]]
    for name in measured:
        table[name] = table["topic"].map(measured[name])
    return table


def _common(prevalence: pd.DataFrame) -> pd.DataFrame:
    """How common each topic is, in per cent, as the report shows it."""
    percent = {name: (100 * prevalence[name]).round().astype("Int64") for name in ("prevalence", "prevalence_included")}
    limits = prevalence["low"], prevalence["high"]
    return pd.DataFrame(
        {
            "topic": prevalence["topic"],
            "title": prevalence["title"],
            "documents": prevalence["documents"],
            "prevalence": percent["prevalence"],
            "interval": [_interval(100 * low, 100 * high) for low, high in zip(*limits, strict=True)],
            "included": prevalence["included"],
            "prevalence_included": percent["prevalence_included"],
            "change": 1000 * prevalence["change_a_year"],
            "p": prevalence["p_adjusted"],
        }
    )


def _interval(low: float, high: float) -> str:
    """An interval without decimals, or with one where its ends would be the same (of very many records).

    >>> _interval(30.9, 33.2), _interval(30.91, 31.04)
    ('31–33', '30.9–31.0')
    """
    return f"{low:.0f}–{high:.0f}" if round(low) != round(high) else f"{low:.1f}–{high:.1f}"


def _trend(prevalence: pd.DataFrame, names: dict[str, str]) -> dict[str, Any] | None:
    """Topics that grow or shrink beyond chance; None where no trend could be tested.

    A topic without a name is called by its number, for its terms have commas of their own.
    """
    tested = prevalence[prevalence["p_adjusted"].notna()]
    if tested.empty:
        return None
    sure = tested[tested["p_adjusted"] < LEVEL]
    called = [(names.get(row.topic, f"{row.topic} ({row.title})"), row.change_a_year) for row in sure.itertuples()]
    return {
        "years": int(tested["years"].iloc[0]),
        "growing": [topic for topic, change in called if change > 0],
        "shrinking": [topic for topic, change in called if change < 0],
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
    measures = choice[["topics", "choice", *MEASURES, "mean_rank"]]
    return {"numbers": len(choice), "place_of_chosen": int(chosen["place"].iloc[0]), "table": measures} | {
        name: row.to_dict() for name, row in best.items()
    }


def _map(topic_map: pd.DataFrame) -> dict[str, Any] | None:
    """How much of the distances the map shows; None where there are too few topics for one."""
    return {"kept": float(topic_map["kept"].iloc[0])} if len(topic_map) >= FEWEST_ON_MAP else None


def _groups(groups: pd.DataFrame, prevalence: pd.DataFrame) -> pd.DataFrame:
    """The groups of topics as the report shows them; empty where there are none."""
    titles = dict(zip(prevalence["topic"], prevalence["title"], strict=True))
    return pd.DataFrame(
        {
            "group": groups["group"],
            "terms": groups["terms"].str.replace(";", ", "),
            "topics": [
                "; ".join(f"{name} {titles[name]}" for name in split_list(topic_ids)) for topic_ids in groups["topics"]
            ],
            "prevalence": (100 * groups["prevalence"]).astype(float),
            "documents": groups["documents"],
        }
    )


def _distribution(spread: pd.DataFrame, topics: pd.DataFrame, names: dict[str, str]) -> dict[str, Any] | None:
    """The journals and countries with the most records of each topic; None where no record names any."""
    kinds = list(dict.fromkeys(spread["kind"]))
    if not kinds:
        return None
    stated = spread[spread["value"] != NOT_STATED]
    of_kind = {kind: stated[stated["kind"] == kind] for kind in kinds}
    whole = spread.groupby("kind")["fraction"].sum().round()
    return {
        "kinds": kinds,
        "sums": [
            {
                "kind": kind,
                "values": part["value"].nunique(),
                "records": int(whole[kind]),
                "stated": round(float(part["fraction"].sum())),
                "most": part["value"].iloc[0],
            }
            for kind, part in of_kind.items()
        ],
        "table": pd.DataFrame(
            [
                {"topic": f"{topic} {names.get(topic, '')}".strip()}
                | {kind: _most(part[part["topic"] == topic]) for kind, part in of_kind.items()}
                for topic in topics["topic"]
            ]
        ),
    }


def _most(of_topic: pd.DataFrame) -> str:
    """The values with the most records of one topic, with their numbers."""
    ranked = of_topic.sort_values(["fraction", "value"], ascending=[False, True], kind="stable")
    words = [f"{value} ({n:,})" for value, n in zip(ranked["value"], ranked["documents"], strict=True)]
    return some(words, shown=3, more="and {:,} more")
