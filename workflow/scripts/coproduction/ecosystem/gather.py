"""The evidence of all techniques as one table, and what the panel says of each factor."""

from collections.abc import Mapping, Set

import pandas as pd

from coproduction import progress, tables
from coproduction.errors import StudyError, raise_all

SIGNS = (
    ("consensus in", "supported"),
    ("consensus out", "rejected"),
    ("split", "no consensus"),
    ("no consensus", "no consensus"),
)


def gather(parts: Mapping[str, pd.DataFrame], known: Set[str]) -> pd.DataFrame:
    """The tables (by file name) one below the other, equal rows once, in a fixed order.

    Raises StudyError for evidence of a factor that is not in the codebook: some file of the
    study names a factor that has been renamed or taken out.
    """
    raise_all(
        [
            StudyError(
                f"there is evidence for '{factor}', which is not in the codebook",
                file=path,
                remedy="Add the factor to factors.csv or correct the file that names it",
            )
            for path, table in parts.items()
            for factor in sorted(set(table["factor"]) - set(known))
        ]
    )
    filled = [table for table in parts.values() if len(table)]
    if not filled:
        return tables.empty(progress.EVIDENCE)
    order = ["technique", "kind", "factor", "source", "locator", "excerpt"]
    whole = pd.concat(filled, ignore_index=True).drop_duplicates()
    return whole.sort_values(order, kind="stable", ignore_index=True)


def verdicts(evidence: pd.DataFrame) -> dict[str, str]:
    """The panel's verdict per factor, from the notes of its ratings.

    A rating's note opens with the rule's verdict on the statement (consensus in, consensus out,
    split, no consensus). Several statements on one factor must agree; otherwise there is no
    consensus on the factor.
    """
    ratings = evidence[evidence["kind"] == "rating"]
    found: dict[str, set[str]] = {}
    for factor, note in zip(ratings["factor"], ratings["note"], strict=True):
        verdict = next((word for sign, word in SIGNS if str(note).startswith(sign)), "")
        if verdict:
            found.setdefault(factor, set()).add(verdict)
    return {
        factor: words.pop() if len(words) == 1 else "no consensus"
        for factor, words in sorted(found.items())
    }
