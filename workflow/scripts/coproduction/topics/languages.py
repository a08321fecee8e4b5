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
    abstracts = records["abstract"].map(plain_abstract)
    rows = []
    results = identified(text for text in abstracts if text)
    for row, text in zip(records.itertuples(index=False), abstracts, strict=True):
        identification = next(results) if text else None
        base = {"record": row.record, "stated": row.language}
        if identification is None:
            rows.append(base | {"language": "", "certainty": None, "halves": "", "outcome": "no abstract"})
            continue
        codes = set(identification.parts) or {identification.code} - {""}
        of_study = not codes or codes & set(settings.languages)
        outcome = "modelled" if of_study or settings.other_languages == "modelled" else "left out"
        rows.append(
            base
            | {"language": identification.code, "certainty": identification.certainty}
            | {"halves": ";".join(identification.parts), "outcome": outcome}
        )
    return accounting.table(rows, LANGUAGES)


def left_out(abstract_languages: pd.DataFrame) -> set[str]:
    """The records whose abstract is not modelled because of its language."""
    return set(abstract_languages.loc[abstract_languages["outcome"] == "left out", "record"])
