"""Passages that people have read: what they confirm or reject, and what is still open."""

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path

import pandas as pd

from coproduction.core import accounting, people_tables
from coproduction.core.text import normalise
from coproduction.desk.document_parts import TEXT
from coproduction.desk.tables import JUDGEMENTS, PASSAGES, STUDY_JUDGEMENTS, TO_JUDGE

CONFIRMED, REJECTED, DISPUTED = "confirmed", "rejected", "disputed"
NOT_ABOUT = "not about it"  # as people settle directions of evidence


def passage_ids(documents: Iterable[str], factors: Iterable[str], texts: Iterable[str]) -> list[str]:
    """An id for each passage, from its document, factor and words, so that it outlasts other edits.

    The same words again in one document are told apart by their order.
    """
    times_seen: dict[str, int] = {}
    ids = []
    for document, factor, text in zip(documents, factors, texts, strict=True):
        words = "\n".join([document, factor, normalise(text)])
        times_seen[words] = times_seen.get(words, 0) + 1
        digest = hashlib.sha256(f"{words}\n{times_seen[words]}".encode()).hexdigest()[:10]
        ids.append(f"P{digest}")
    return ids


def read_judgements(files: Iterable[str | Path], known_ids: set[str]) -> pd.DataFrame:
    """JUDGEMENTS: each row of the files that people hand in, and what became of it."""
    rows = []
    for path in map(Path, files):
        table = people_tables.read_people_table(path, STUDY_JUDGEMENTS)
        table = table.assign(**{name: "" for name in ("judge", "note") if name not in table})
        for row, entry in zip(table.index, table.itertuples(index=False), strict=True):
            outcome = "used" if entry.judgement else "left empty"
            rows.append(
                {
                    "file": path.name,
                    "row": int(row),
                    "passage": entry.passage,
                    "judgement": entry.judgement,
                    "judge": entry.judge,
                    "note": entry.note,
                    "outcome": outcome if entry.passage in known_ids else "not a known passage",
                }
            )
    return accounting.table(rows, JUDGEMENTS)


def judged(
    passages: pd.DataFrame, judgements: pd.DataFrame, directions: Mapping[str, str] | None = None
) -> pd.DataFrame:
    """PASSAGES with what people say of each, and whether it counts as evidence.

    directions: by unit of evidence the direction that people settled (ecosystem/directions.csv). Whoever said
    which way a passage points has read it, so that it counts as confirmed would, and whoever said that it is not
    about the condition rejects it; it is not asked about again.

    Once somebody has begun to judge, only confirmed passages count; before that those of running
    text do. Judgements that contradict each other, also in the two files, are disputed, and the passage does
    not count.
    """
    used = judgements[judgements["outcome"] == "used"]
    judgement_of = used.groupby("passage")["judgement"].agg(lambda stated: "/".join(sorted(set(stated))))
    cells = zip(passages["factor"], passages["document"], passages["excerpt"], strict=True)
    units = [accounting.unit_of("passage", factor, document, excerpt, "") for factor, document, excerpt in cells]
    direction = [(directions or {}).get(unit, "") for unit in units]
    words = []
    for name, pointing in zip(passages["passage"], direction, strict=True):
        stated = judgement_of.get(name, "")
        implied = REJECTED if pointing == NOT_ABOUT else CONFIRMED
        words.append(DISPUTED if "/" in stated or (stated and pointing and stated != implied) else stated)
    judgement, begun = pd.Series(words, index=passages.index, dtype=object), len(used) > 0
    about = pd.Series([bool(words) and words != NOT_ABOUT for words in direction], index=passages.index, dtype=bool)
    counts = (judgement == CONFIRMED) | (about & (judgement == "")) | ((passages["part"] == TEXT) & (not begun))
    names = counts.map({True: "yes", False: "no"})
    return passages.assign(judgement=judgement, direction=direction, counts=names)[list(PASSAGES.columns)]


def open_ones(passages: pd.DataFrame) -> pd.Series:
    """Which passages nobody has judged, and nobody settled the direction of."""
    return (passages["judgement"] == "") & (passages["direction"] == "")


def to_judge(passages: pd.DataFrame, names: dict[str, str]) -> pd.DataFrame:
    """TO_JUDGE: the passages that nobody has read yet, with empty cells for the judgement."""
    unread = passages[open_ones(passages)]
    table = unread[["passage", "document", "part", "negation", "before", "excerpt", "after"]].assign(
        condition=unread["factor"].map(names),
        place=unread["unit"] + " " + unread["page"].astype(str),
        judgement="",
        note="",
    )
    return table[list(TO_JUDGE.columns)]
