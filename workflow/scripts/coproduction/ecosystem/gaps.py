"""What the literature is silent about: conditions without a study, topics without a condition.

A topic is set beside a condition by the included records that count for the topic and mention the
condition: how many, how many chance would have, and which studies. What the codebook, the interviews or
the panel know of and no included study mentions is where the study adds to the literature.
"""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from coproduction.core import accounting
from coproduction.core.factors import LEVELS
from coproduction.ecosystem.tables import LITERATURE_GAPS, TOPIC_CONDITIONS
from coproduction.methods.association import adjusted, expected_together, more_than_chance

LEVEL = 0.05
EXAMPLES = 3
SILENT, ONE_STUDY, SEVERAL = "silent", "one study", "several studies"
READ_ABSTRACTS = ("literature", "topics")


def topic_conditions(
    codebook: pd.DataFrame,
    topics: pd.DataFrame,
    documents: pd.DataFrame,
    mentioned: pd.DataFrame,
    study_of: Mapping[str, str],
) -> pd.DataFrame:
    """TOPIC_CONDITIONS: every topic beside every condition of the codebook.

    documents: DOCUMENTS of the topic model. mentioned: pairs of record and factor. study_of: the study of
    each included record; others count for nothing. p is Fisher's (one-sided), adjusted for all pairs.
    """
    placed = documents[(documents["outcome"] == "assigned") & documents["record"].isin(study_of)]
    of_topic = {topic: set(rows) for topic, rows in placed.groupby("topic")["record"]}
    mention = {factor: set(rows) for factor, rows in mentioned.groupby("factor")["record"]}
    everything = set(placed["record"])
    rows = []
    for topic in topics["topic"]:
        of_this_topic = of_topic.get(topic, set())
        for factor in codebook["id"]:
            speak = mention.get(factor, set()) & everything
            both = of_this_topic & speak
            sizes = (len(of_this_topic), len(speak), len(everything))
            rows.append(
                {
                    "topic": topic,
                    "factor": factor,
                    "records": len(both),
                    "of": len(of_this_topic),
                    "expected": expected_together(*sizes) if everything else 0.0,
                    "p": more_than_chance(len(both), [sizes]),
                    "examples": ";".join(sorted({study_of[record] for record in both})[:EXAMPLES]),
                }
            )
    table = pd.DataFrame(rows, columns=[name for name in TOPIC_CONDITIONS.columns if name != "p_adjusted"])
    table["p_adjusted"] = adjusted(table["p"].to_numpy(dtype=float), len(table)) if len(table) else None
    return accounting.table(table[list(TOPIC_CONDITIONS.columns)].to_dict("records"), TOPIC_CONDITIONS)


def literature_gaps(
    codebook: pd.DataFrame, factors: pd.DataFrame, mentioned: pd.DataFrame, study_of: Mapping[str, str]
) -> pd.DataFrame:
    """LITERATURE_GAPS: each condition with the included studies that mention it, those with the fewest first.

    factors: FACTORS with the sources of each technique; `elsewhere` names those that do not read abstracts.
    """
    pairs = mentioned[mentioned["record"].isin(study_of)]
    studies = pairs.assign(study=pairs["record"].map(study_of)).groupby("factor")["study"].nunique()
    sources = factors.set_index("id").filter(regex="^sources_").rename(columns=lambda name: name[len("sources_") :])
    others = [name for name in sources if name not in READ_ABSTRACTS]
    rows = []
    for factor in codebook.to_dict("records"):
        n = int(studies.get(factor["id"], 0))
        with_sources = [name for name in others if sources.loc[factor["id"], name] > 0]
        rows.append(
            {
                "factor": factor["id"],
                "name": factor["name"],
                "level": factor["level"],
                "studies": n,
                "gap": SILENT if not n else ONE_STUDY if n == 1 else SEVERAL,
                "elsewhere": ";".join(with_sources),
            }
        )
    rows.sort(key=lambda row: (row["studies"], -len(row["elsewhere"].split(";")), LEVELS.index(row["level"])))
    return accounting.table(rows, LITERATURE_GAPS)


def clear(conditions: pd.DataFrame) -> pd.DataFrame:
    """The rows of TOPIC_CONDITIONS in which a topic mentions a condition more often than by chance."""
    return conditions[conditions["p_adjusted"] < LEVEL]


def told_gaps(
    gaps: pd.DataFrame, conditions: pd.DataFrame, topics: Mapping[str, str], techniques: Mapping[str, str]
) -> dict[str, Any]:
    """What the report says of the gaps. topics, techniques: what they are called."""
    sure = clear(conditions)
    silent, named = gaps[gaps["gap"] == SILENT], dict(zip(gaps["factor"], gaps["name"], strict=True))
    strongest = sure.sort_values(["p_adjusted", "topic", "factor"]).head(EXAMPLES)
    return {
        "conditions": len(gaps),
        "any": bool(gaps["studies"].sum()),
        "silent": silent["name"].tolist(),
        "silent_known": [row.name for row in silent.itertuples(index=False) if row.elsewhere],
        "one_study": gaps.loc[gaps["gap"] == ONE_STUDY, "name"].tolist(),
        "topics": len(topics),
        "topics_without": [title for topic, title in topics.items() if topic not in set(sure["topic"])],
        "links": [
            {"topic": topics[row.topic], "condition": named[row.factor], "records": row.records, "of": row.of}
            for row in strongest.itertuples(index=False)
        ],
        "table": [
            {
                "name": row.name,
                "studies": row.studies,
                "topics": ", ".join(sure.loc[sure["factor"] == row.factor, "topic"]),
                "elsewhere": ", ".join(techniques.get(name, name) for name in row.elsewhere.split(";") if name),
            }
            for row in gaps.itertuples(index=False)
        ],
    }
