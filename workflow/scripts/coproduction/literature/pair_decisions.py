"""What people decided on pairs of entries: checked for sense, as positions of the entries."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from coproduction.core.errors import StudyError, raise_all

FILE = "searches/duplicate_decisions.csv"
Pair = tuple[int, int]


@dataclass(frozen=True)
class Decided:
    """Pairs of positions to merge and to keep apart; ids of pairs whose entries are not there."""

    merge: set[Pair]
    keep: set[Pair]
    unknown: list[str]


def decided_pairs(decisions: pd.DataFrame, ids: np.ndarray) -> Decided:
    """The decisions in force; the index of `decisions` is their row in the file.

    Raises StudyError for what is no pair, and for decisions that contradict each other: the same
    pair merged and kept apart, also by way of a third entry.
    """
    position = {entry: i for i, entry in enumerate(ids)}
    rows: dict[str, dict[Pair, int]] = {"merge": {}, "keep": {}}
    unknown, errors = [], []
    for row, pair, decision in zip(decisions.index, decisions["pair"], decisions["decision"], strict=True):
        parts = [part.strip() for part in pair.split("+")]
        ends = [position.get(part) for part in parts]
        if len(parts) != 2 or parts[0] == parts[1]:
            errors.append(_no_pair(pair, row))
        elif ends[0] is None or ends[1] is None:
            unknown.append(pair)
        elif decision:
            low, high = sorted((ends[0], ends[1]))
            rows[decision].setdefault((low, high), row)
    errors += _contradictions(rows["merge"], rows["keep"])
    raise_all(errors)
    return Decided(set(rows["merge"]), set(rows["keep"]), unknown)


def _no_pair(pair: str, row: int) -> StudyError:
    return StudyError(
        f"'{pair}' is not the id of a pair of entries",
        file=FILE,
        row=int(row),
        column="pair",
        remedy="Copy the id from review_pairs.csv or pairs.csv, as in e0123456789+e9876543210",
    )


def _contradictions(merge: dict[Pair, int], keep: dict[Pair, int]) -> list[StudyError]:
    """Errors for pairs to be kept apart that the merges put together."""
    parent: dict[int, int] = {}

    def root(i: int) -> int:
        while parent.setdefault(i, i) != i:
            i = parent[i]
        return i

    for i, j in merge:
        parent[root(j)] = root(i)
    return [
        StudyError(
            "this pair is to be kept apart, but other rows merge its two entries",
            file=FILE,
            row=int(row),
            column="decision",
            remedy="Look for the rows with 'merge' that name one of its entries, and decide which is right",
        )
        for (i, j), row in keep.items()
        if root(i) == root(j)
    ]
