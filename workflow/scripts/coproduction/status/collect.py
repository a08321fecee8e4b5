"""What is done and what is awaited, over all techniques, and whether every count adds up.

Each technique leaves a `status.csv` and an `account.csv`. Here they are put together in the
order of the study. The accounts follow one rule: whatever entered a technique (a record, a
document, a rating) is counted until it leaves, so for each unit and source the outcomes must
sum to what entered. A sum that is off means that something was lost or counted twice; it is
named and the step fails, because no table that follows could be trusted.
"""

from collections.abc import Sequence

import pandas as pd

from coproduction.core.accounting import BALANCED, TECHNIQUES


def together(tables: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """The tables one below the other in the order of the study, rows as each gave them."""
    joined = pd.concat([table for table in tables if len(table)] or tables[:1], ignore_index=True)
    place = {name: number for number, name in enumerate(TECHNIQUES)}
    order = joined["technique"].map(lambda name: place.get(name, len(place)))
    return joined.iloc[order.argsort(kind="stable")].reset_index(drop=True)


def balance(accounts: pd.DataFrame) -> pd.DataFrame:
    """Per technique, unit and source what entered and what the outcomes sum to."""
    if accounts.empty:
        return pd.DataFrame(columns=[*BALANCED, "entered", "accounted"])
    groups = accounts.groupby(BALANCED, sort=False, dropna=False)
    return groups.agg(entered=("entered", "max"), accounted=("n", "sum")).reset_index()


def state_of(status: pd.DataFrame, technique: str) -> str:
    """One word for a technique: done when all its steps are, not started when none has begun.

    Anything in between is "awaited" when only people's input is missing (every step that is
    not done waits for someone, or none has begun), else "partial".
    """
    states = set(status.loc[status["technique"] == technique, "state"])
    if not states or states == {"not started"}:
        return "not started"
    if states == {"done"}:
        return "done"
    return "awaited" if states <= {"done", "awaited"} or states <= {"awaited", "not started"} else "partial"


def awaited(status: pd.DataFrame) -> pd.DataFrame:
    """The steps that wait for somebody, in the order of the study."""
    waits = status["awaited"].fillna("").astype(str).str.strip() != ""
    return status[waits & (status["state"] != "done")].reset_index(drop=True)
