"""What leaving out abstracts in other languages changes; apart, since only the model loads scikit-learn."""

import pandas as pd

from coproduction.core import accounting
from coproduction.methods.topics import average_jaccard, matching
from coproduction.topics.tables import LANGUAGE_EFFECT


def effect(topics: pd.DataFrame, of_all: pd.DataFrame) -> pd.DataFrame:
    """LANGUAGE_EFFECT: each of TOPICS beside the topic that is most like it in a model of all abstracts."""
    topic_terms, terms_of_all = ([row.split(";") for row in model["terms"]] for model in (topics, of_all))
    pairs = matching(topic_terms, terms_of_all)
    return accounting.table(
        [
            {
                "topic": topic,
                "terms": ";".join(topic_terms[k]),
                "terms_of_all": ";".join(terms_of_all[pairs[k]]) if k in pairs else "",
                "agreement": round(average_jaccard(topic_terms[k], terms_of_all[pairs[k]]), 4) if k in pairs else 0.0,
            }
            for k, topic in enumerate(topics["topic"])
        ],
        LANGUAGE_EFFECT,
    )
