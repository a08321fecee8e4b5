"""The words around each piece of evidence, so that a reader can judge it without opening its source.

The excerpt stands between » and «. A passage has the sentences before and after it, a quote its turn of the
interview, a study its title and abstract as far as they fit; ratings, topics and indicators are whole already.
"""

import re
from collections.abc import Mapping

import pandas as pd

from coproduction.core.excerpts import marked

TURN = re.compile(r"turn (\d+)")
Key = tuple[str, ...]


def contexts(
    pieces: pd.DataFrame, passages: pd.DataFrame, turns: pd.DataFrame, studies: pd.DataFrame, longest: int
) -> list[str]:
    """The context of each piece; empty where the excerpt is all there is, or the source is not known.

    passages: `document`, `factor`, `excerpt`, `before`, `after`; turns: `transcript`, `turn`, `text`; studies:
    `record`, `study`, `title`, `abstract`. longest: characters of a context.
    """
    around = _passages(passages)
    turn_texts = {(row.transcript, str(row.turn)): row.text for row in turns.itertuples()}
    abstracts = {row.study or row.record: f"{row.title}. {row.abstract}" for row in studies.itertuples()}
    shortened = []
    for piece in pieces.to_dict("records"):
        words = ""
        if piece["kind"] == "passage":
            words = around.get((piece["source"], piece["factor"], piece["excerpt"]), "")
        elif piece["kind"] == "quote":
            turn = TURN.match(piece["locator"])
            words = turn_texts.get((piece["source"], turn[1] if turn else ""), "")
        elif piece["kind"] == "study":
            words = abstracts.get(piece["source"], "")
        shortened.append(marked(words, piece["excerpt"], longest))
    return shortened


def _passages(passages: pd.DataFrame) -> Mapping[Key, str]:
    names = ("document", "factor", "excerpt", "before", "after")
    rows = zip(*(passages[name] for name in names), strict=True)
    return {
        (document, factor, excerpt): " ".join(filter(None, (before, excerpt, after)))
        for document, factor, excerpt, before, after in rows
    }
