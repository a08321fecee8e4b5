"""Which cases are analysed, each in its configuration, and how they lie in the sets.

A case without a membership, or at exactly 0.5 in a condition of two values, is in no configuration.
"""

from collections.abc import Iterator

import pandas as pd

from coproduction.methods import truth_tables
from coproduction.qca.tables import STATES

SKEWED = 0.2  # share of the cases inside or outside, below which a set is skewed


def configured(frame: pd.DataFrame, names: pd.Series, outcome: str, conditions: pd.DataFrame):
    """Each case with its configuration, or with the sets that keep it out."""
    levels = dict(zip(conditions["set"], conditions["values"].fillna(2), strict=True))
    for case, row in frame.iterrows():
        missing = [name for name in [*levels, outcome] if pd.isna(row[name])]
        halves = [name for name, n in levels.items() if n == 2 and row[name] == 0.5]
        state = STATES[2] if missing else STATES[1] if halves else STATES[0]
        words = (
            "*".join(
                truth_tables.literal(name, int(row[name] > 0.5) if n == 2 else int(row[name]), n)
                for name, n in levels.items()
            )
            if state == STATES[0]
            else ""
        )
        yield {
            "case": case,
            "name": names[case],
            "state": state,
            "configuration": words,
            "outcome": row[outcome],
            "missing": ";".join(missing or halves),
        }


def skewness(of_study: pd.DataFrame, frame: pd.DataFrame) -> Iterator[dict]:
    """How many cases are inside each set.

    Source: Schneider and Wagemann (2012), doi:10.1017/CBO9781139004244
    """
    for entry in of_study[of_study["values"].fillna(2) == 2].itertuples(index=False):
        memberships = frame[entry.set].dropna()
        inside = int((memberships > 0.5).sum())
        share = inside / len(memberships) if len(memberships) else float("nan")
        skewed = bool(len(memberships)) and not SKEWED <= share <= 1 - SKEWED
        yield {
            "set": entry.set,
            "cases": len(memberships),
            "inside": inside,
            "share": share,
            "skewed": "yes" if skewed else "no",
        }
