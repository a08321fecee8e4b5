"""Evidence from the literature: which studies and which topics point to which factor.

A study points to a factor when a term of the codebook stands in its title, abstract or keywords
(literal words, so that anyone can check the hit). A topic points to a factor when the records of
the topic mention it clearly more often than the other records do; a topic's few strongest terms
alone would be too narrow a basis.
"""

import re
from collections.abc import Mapping

import numpy as np
import pandas as pd

from coproduction.core import accounting
from coproduction.core.excerpts import shorten
from coproduction.core.text import Hit, TermIndex

PARTS = ("title", "abstract", "keywords")
SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z“\"(])")
LONGEST_EXCERPT = 280


def link_studies(studies: pd.DataFrame, index: TermIndex) -> pd.DataFrame:
    """Evidence of kind `study`: one row per factor and record.

    The source is the study, so that several reports of one study count once; the locator opens
    with the citation key. `value` is the number of mentions; the locator is the place of the first one (characters
    counted from 1 within title, abstract or keywords), the excerpt its sentence.
    """
    rows = []
    for study in studies.to_dict("records"):
        hits_by_factor: dict[str, list[tuple[str, Hit]]] = {}
        for part in PARTS:
            for hit in index.find(_straight(study[part])):
                hits_by_factor.setdefault(hit.factor, []).append((part, hit))
        for factor, hits in sorted(hits_by_factor.items()):
            part, first = hits[0]
            place = f"characters {first.start + 1}–{first.end}"
            rows.append(
                {
                    "factor": factor,
                    "technique": "literature",
                    "kind": "study",
                    "source": study.get("study") or study["record"],
                    "locator": ", ".join(filter(None, (study.get("key"), part, place))),
                    "excerpt": sentence_at(study[part], first.start, first.end),
                    "value": len(hits),
                    "note": "terms: " + "; ".join(sorted({hit.term for _, hit in hits})),
                }
            )
    return accounting.table(rows, accounting.EVIDENCE)


def study_ids(studies: pd.DataFrame) -> list[str]:
    """The study that each record reports; the record where none is named."""
    return [study or record for study, record in zip(studies["study"], studies["record"], strict=True)]


def mentions(records: pd.DataFrame, index: TermIndex) -> pd.DataFrame:
    """Which record mentions which factor: one row per pair (columns record, factor)."""
    pairs = [
        {"record": record["record"], "factor": factor}
        for record in records.to_dict("records")
        for factor in sorted({hit.factor for part in PARTS for hit in index.find(_straight(record[part]))})
    ]
    return pd.DataFrame(pairs, columns=["record", "factor"])


def link_topics(
    topics: pd.DataFrame,
    documents: pd.DataFrame,
    mentioned: pd.DataFrame,
    study_of: Mapping[str, str],
    min_records: int,
    min_lift: float,
) -> pd.DataFrame:
    """Evidence of kind `topic`: a row per topic and factor that its included studies mention more often.

    `topics`: topic, terms. `documents`: record, topic (strongest one), outcome. `study_of`: the study of
    each included record; others count for nothing. The note names the studies. The lift is the
    share of the topic's records that mention the factor, divided by the share among the records
    assigned to other topics; a topic counts from `min_records` records and `min_lift` on. A
    factor that no other topic mentions has no finite lift and counts.
    """
    included = documents["record"].isin(study_of)
    placed = documents[(documents["outcome"] == "assigned") & included]
    pairs = placed.merge(mentioned, on="record")
    counts = pd.crosstab(pairs["factor"], pairs["topic"])
    sizes = placed["topic"].value_counts()
    terms = dict(zip(topics["topic"], topics["terms"], strict=True))
    speak = pairs.groupby(["factor", "topic"])["record"].agg(list)
    rows = []
    for factor, row in counts.iterrows():
        for topic, n in row.items():
            others = (row.sum() - n) / max(len(placed) - sizes[topic], 1)
            lift = np.inf if others == 0 else (n / sizes[topic]) / others
            if n >= min_records and lift >= min_lift:
                studies = sorted({study_of[record] for record in speak[factor, topic]})
                times = "in no other topic" if others == 0 else f"{lift:.1f} times the others"
                rows.append(
                    {
                        "factor": factor,
                        "technique": "topics",
                        "kind": "topic",
                        "source": topic,
                        "locator": f"{n} of {sizes[topic]} records",
                        "excerpt": terms.get(topic, "").replace(";", ", "),
                        "value": None if np.isinf(lift) else round(float(lift), 4),
                        "note": f"mentioned {times}; studies: {', '.join(studies)}",
                    }
                )
    return accounting.table(rows, accounting.EVIDENCE)


def sentence_at(content: str, start: int, end: int) -> str:
    """The sentence around a hit, shortened at word boundaries where it is very long."""
    borders = [0, *(match.end() for match in SENTENCE_END.finditer(content)), len(content)]
    first = max(border for border in borders if border <= start)
    last = min(border for border in borders if border >= end)
    return shorten(content[first:last], start - first, LONGEST_EXCERPT)


def _straight(content: str) -> str:
    """Typographic apostrophes as plain ones, at the same length, so that positions stay."""
    return content.replace("\u2019", "'")
