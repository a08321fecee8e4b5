"""The evidence of all techniques as one table, and what the panel says of each factor."""

from collections.abc import Mapping, Set

import pandas as pd

from coproduction.core import accounting, tables
from coproduction.core.errors import StudyError, raise_all


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
        return tables.empty(accounting.EVIDENCE)
    order = ["technique", "kind", "factor", "source", "locator", "excerpt"]
    whole = pd.concat(filled, ignore_index=True).drop_duplicates()
    return whole.sort_values(order, kind="stable", ignore_index=True)


def verdicts(evidence: pd.DataFrame) -> dict[str, str]:
    """The panel's verdict per factor, from the verdicts of its ratings.

    Several statements on one factor must agree; otherwise there is no consensus on the factor.
    """
    judged = evidence[(evidence["kind"] == "rating") & (evidence["verdict"] != "")]
    words = judged.groupby("factor", sort=True)["verdict"].unique()
    return {
        factor: said[0] if len(said) == 1 else accounting.UNDECIDED
        for factor, said in words.items()
    }
