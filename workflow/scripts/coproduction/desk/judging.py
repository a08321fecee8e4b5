"""Passages that people have read: what they confirm or reject, and what is still open."""

import hashlib
from collections.abc import Iterable
from pathlib import Path

import pandas as pd

from coproduction.core import accounting, people_tables
from coproduction.core.text import normalise
from coproduction.desk.parts import TEXT
from coproduction.desk.tables import JUDGEMENTS, STUDY_JUDGEMENTS, TO_JUDGE

CONFIRMED, REJECTED, DISPUTED = "confirmed", "rejected", "disputed"


def passage_ids(documents: Iterable[str], factors: Iterable[str], texts: Iterable[str]) -> list[str]:
    """An id for each passage, from its document, factor and words, so that it outlasts other edits.

    The same words again in one document are told apart by their order.
    """
    seen: dict[str, int] = {}
    ids = []
    for document, factor, text in zip(documents, factors, texts, strict=True):
        words = "\n".join([document, factor, normalise(text)])
        seen[words] = seen.get(words, 0) + 1
        digest = hashlib.sha256(f"{words}\n{seen[words]}".encode()).hexdigest()[:10]
        ids.append(f"P{digest}")
    return ids


def read_judgements(files: Iterable[str | Path], known: set[str]) -> pd.DataFrame:
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
                    "outcome": outcome if entry.passage in known else "not among the passages",
                }
            )
    return accounting.table(rows, JUDGEMENTS)


def judged(passages: pd.DataFrame, judgements: pd.DataFrame) -> pd.DataFrame:
    """PASSAGES with what people say of each, and whether it counts as evidence.

    Once somebody has begun to judge, only confirmed passages count; before that those of running
    text do. Judgements that contradict each other are disputed, and the passage does not count.
    """
    used = judgements[judgements["outcome"] == "used"]
    said = used.groupby("passage")["judgement"].agg(lambda own: "/".join(sorted(set(own))))
    said = {name: DISPUTED if "/" in words else words for name, words in said.items()}
    judgement = passages["passage"].map(lambda name: said.get(name, ""))
    begun = len(used) > 0
    counts = (judgement == CONFIRMED) | ((passages["part"] == TEXT) & (not begun))
    return passages.assign(judgement=judgement, counts=counts.map({True: "yes", False: "no"}))


def to_judge(passages: pd.DataFrame, names: dict[str, str]) -> pd.DataFrame:
    """TO_JUDGE: the passages that nobody has judged yet, with empty cells for the judgement."""
    left = passages[passages["judgement"] == ""]
    table = left[["passage", "document", "part", "negation", "before", "excerpt", "after"]].assign(
        condition=left["factor"].map(names), place=left["unit"] + " " + left["page"].astype(str), judgement="", note=""
    )
    return table[list(TO_JUDGE.columns)]
