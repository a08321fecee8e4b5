"""Agreement of people who judged the same things: each pair of them, and all together.

The coefficients, with their sources, are those of `agreement`.
"""

import itertools
from collections.abc import Sequence

import numpy as np
import pandas as pd

from coproduction.methods.agreement import (
    Coefficient,
    cohen_kappa,
    cross_table,
    fleiss_kappa,
    gwet_ac1,
    krippendorff_alpha,
    mean_agreement,
    mean_pabak,
    pabak,
    rating_counts,
)


def agree_by_pair(ratings: pd.DataFrame, categories: Sequence[str], confidence: float = 0.95) -> list[dict]:
    """One row per pair of reviewers with records in common: n, agreement, kappa, PABAK, AC1.

    `ratings`: one row per record, one column per reviewer, empty cells as None or nan.

    >>> ratings = pd.DataFrame({"a": ["in", "out", "in"], "b": ["in", "out", None]})
    >>> [(row["first"], row["second"], row["records"], row["kappa"]) for row in agree_by_pair(ratings, ["in", "out"])]
    [('a', 'b', 2, 1.0)]
    """
    rows = []
    for a, b in itertools.combinations(sorted(ratings.columns), 2):
        both = ratings[[a, b]].dropna()
        if both.empty:
            continue
        table = cross_table(both[a], both[b], categories)
        counts = rating_counts(both, categories)
        measured = {
            "kappa": cohen_kappa(table, confidence),
            "pabak": pabak(table, confidence),
            "ac1": gwet_ac1(counts, confidence),
        }
        about = {"first": a, "second": b, "records": len(both)}
        rows.append(about | _row(np.trace(table) / table.sum(), counts, measured))
    return rows


def agree_overall(ratings: pd.DataFrame, categories: Sequence[str], confidence: float = 0.95) -> dict | None:
    """The same for all reviewers together; kappa is Fleiss'.

    None where no record has two decisions.

    >>> ratings = pd.DataFrame({"a": ["in", "out"], "b": ["in", "out"], "c": ["in", None]})
    >>> agree_overall(ratings, ["in", "out"])["records"]
    2
    """
    several = ratings[ratings.notna().sum(axis=1) >= 2]
    if several.empty:
        return None
    counts = rating_counts(several, categories)
    measured = {
        "kappa": fleiss_kappa(counts, confidence),
        "pabak": mean_pabak(counts, confidence),
        "ac1": gwet_ac1(counts, confidence),
    }
    about = {"first": "all", "second": "all", "records": len(several)}
    return about | _row(mean_agreement(counts), counts, measured)


def _row(agreement: float, counts: np.ndarray, measured: dict[str, Coefficient]) -> dict:
    row: dict = {"agreement": agreement, "alpha": krippendorff_alpha(counts)}
    for name, coefficient in measured.items():
        row |= {name: coefficient.value, f"{name}_low": coefficient.low, f"{name}_high": coefficient.high}
    return row
