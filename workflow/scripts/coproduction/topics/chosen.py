"""The number of topics that was chosen, and how good its topics are."""

import numpy as np
import pandas as pd
from scipy.optimize import linear_sum_assignment

from coproduction.core import accounting
from coproduction.core.text import split_list
from coproduction.methods.topics import TOP, average_jaccard
from coproduction.topics.tables import QUALITY

MEASURES = ["c_v", "coherence", "stability", "least_stable", "diversity"]
USUAL = 7  # topics where there are too few records to compare anything


def chosen_number(choice: pd.DataFrame, fixed: int) -> int:
    """The number of topics to look for: `fixed` where it is set (not 0), else as the rule chose, else as usual."""
    chosen = choice.loc[choice["choice"] == "chosen", "topics"]
    return fixed or (int(chosen.iloc[0]) if len(chosen) else USUAL)


def quality_of(compared: pd.DataFrame, choice: pd.DataFrame, topic_terms: pd.DataFrame) -> pd.DataFrame:
    """QUALITY: the rows of the chosen number, each under the id of the topic whose strongest terms are most like its own.

    topic_terms: TOPIC_TERMS
    """
    chosen = choice.loc[choice["choice"] == "chosen", "topics"]
    rows = compared[compared["topics"].isin(chosen)].drop(columns="topics").to_dict("records")
    if not rows or topic_terms.empty:
        return accounting.table([], QUALITY)
    names = list(dict.fromkeys(topic_terms["topic"]))
    topic_term_lists = [topic_terms.loc[topic_terms["topic"] == name, "term"].tolist()[:TOP] for name in names]
    alike = [[average_jaccard(split_list(row["terms"]), topic_list) for topic_list in topic_term_lists] for row in rows]
    pairs = zip(*linear_sum_assignment(-np.array(alike)), strict=True)
    rows_by_topic = {k: {"topic": names[k]} | rows[n] for n, k in pairs}
    return accounting.table([rows_by_topic[k] for k in sorted(rows_by_topic)], QUALITY)
