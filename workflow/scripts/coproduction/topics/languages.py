"""Which abstracts are in another language than the study's: counted, and left out of the model unless asked for.

Words of two languages hardly ever meet in one abstract, so that a handful of abstracts in French make a topic
of their own out of "la" and "des", whatever they are about.
"""

import pandas as pd

from coproduction.core import accounting
from coproduction.methods.languages import identified
from coproduction.topics.settings import TopicsSettings
from coproduction.topics.tables import LANGUAGES
from coproduction.topics.texts import plain_abstract


def languages(records: pd.DataFrame, settings: TopicsSettings) -> pd.DataFrame:
    """LANGUAGES, a row for each of the records (`record`, `abstract`, `language`).

    An abstract of which nothing is sure (a few words, numbers) is modelled, and so is one of which a half is
    in a language of the study.
    """
    written = records["abstract"].map(plain_abstract)
    rows = []
    told = identified(text for text in written if text)
    for row, text in zip(records.itertuples(index=False), written, strict=True):
        found = next(told) if text else None
        own = {"record": row.record, "stated": row.language}
        if found is None:
            rows.append(own | {"language": "", "certainty": None, "halves": "", "outcome": "no abstract"})
            continue
        said = set(found.parts) or {found.code} - {""}
        known = not said or said & set(settings.languages)
        outcome = "modelled" if known or settings.other_languages == "modelled" else "left out"
        rows.append(
            own
            | {"language": found.code, "certainty": found.certainty}
            | {"halves": ";".join(found.parts), "outcome": outcome}
        )
    return accounting.table(rows, LANGUAGES)


def left_out(found: pd.DataFrame) -> set[str]:
    """The records whose abstract is not modelled because of its language."""
    return set(found.loc[found["outcome"] == "left out", "record"])
