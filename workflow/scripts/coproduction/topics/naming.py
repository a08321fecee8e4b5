"""Names of topics: people give them, and they stay with the topic that has the same words.

The number of a topic changes with every new record, so a name is tied to the terms it was given for.
Each name is matched with the topic of this run whose terms agree most, one to one; a name whose terms
have gone keeps no topic, and the run says so.
"""

import numpy as np
import pandas as pd
from scipy.optimize import linear_sum_assignment

from coproduction.core import accounting
from coproduction.core.text import split_list
from coproduction.methods.topics import average_jaccard
from coproduction.topics.facts import name_of
from coproduction.topics.tables import NAMED_TOPICS, TOPIC_NAMES_FORM

NAMED_TERMS = 3  # so many terms stand for a name
FITS = 0.25  # two lists of eight terms that share their first two, or any five, agree more


def matched_names(names: pd.DataFrame, topics: pd.DataFrame) -> pd.DataFrame:
    """NAMED_TOPICS: each of PEOPLE_TOPICS with its topic, in the order of people's file."""
    then = [split_list(terms) for terms in names["terms"]]
    now = [split_list(terms) for terms in topics["terms"]]
    alike = np.array([[average_jaccard(earlier, current) for current in now] for earlier in then])
    alike = alike.reshape(len(then), len(now))
    pairs = dict(zip(*linear_sum_assignment(-alike), strict=True))
    rows = []
    for place, name in enumerate(names["name"]):
        topic = pairs.get(place)
        agreement = float(alike[place, topic]) if topic is not None else None
        fits = agreement is not None and agreement >= FITS
        rows.append(
            {
                "name": name,
                "topic": topics["topic"].iloc[topic] if fits else "",
                "agreement": agreement,
                "state": "fits" if fits else "no longer fits",
                "terms_then": ";".join(then[place]),
                "terms_now": ";".join(now[topic]) if topic is not None else "",
            }
        )
    return accounting.table(rows, NAMED_TOPICS)


def titles_of(topics: pd.DataFrame, named: pd.DataFrame) -> dict[str, str]:
    """What each topic is called in a sentence, the most common first: its name, or its first terms."""
    names = name_of(named)
    return {
        topic: names.get(topic) or ", ".join(split_list(terms)[:NAMED_TERMS])
        for topic, terms in zip(topics["topic"], topics["terms"], strict=True)
    }


def names_form(topics: pd.DataFrame, named: pd.DataFrame) -> pd.DataFrame:
    """TOPIC_NAMES_FORM: a row for each topic, with the name it has."""
    names = name_of(named)
    form = topics[["topic", "terms"]].assign(name=[names.get(topic, "") for topic in topics["topic"]])
    return form[list(TOPIC_NAMES_FORM.columns)]
