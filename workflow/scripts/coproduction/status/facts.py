"""What the status page, the terminal and the report are told of the state of the study."""

from typing import Any

import pandas as pd

from coproduction.core.accounting import title_of
from coproduction.status.collect import awaited, balance, state_of

COUNTED = ["technique", "unit"]


def facts(status: pd.DataFrame, accounts: pd.DataFrame, unread: pd.DataFrame | None = None) -> dict[str, Any]:
    """Techniques, steps, what is awaited, the accounts and what no step reads, for the templates."""
    techniques = [_technique(status, name) for name in dict.fromkeys(status["technique"])]
    return {
        "techniques": techniques,
        "complete": [each["title"] for each in techniques if each["state"] == "done"],
        "steps": steps_of(status),
        "awaited": steps_of(awaited(status)),
        "accounts": _accounts(accounts),
        "unread": [] if unread is None else unread.to_dict("records"),
    }


def _technique(status: pd.DataFrame, name: str) -> dict[str, Any]:
    steps = status[status["technique"] == name]
    return {
        "technique": name,
        "title": title_of(name),
        "state": state_of(status, name),
        "done": int((steps["state"] == "done").sum()),
        "steps": len(steps),
    }


def steps_of(status: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows of STATUS with the title of the technique; what is not known is None or empty."""
    return [
        {"title": title_of(row["technique"])}
        | {name: row[name] for name in ("technique", "step", "state")}
        | {name: _whole(row[name]) for name in ("done", "total")}
        | {name: _text(row[name]) for name in ("unit", "awaited", "put_in")}
        for row in status.to_dict("records")
    ]


def _accounts(accounts: pd.DataFrame) -> list[dict[str, Any]]:
    """Per technique and unit what entered and where it ended, sources taken together."""
    accounts = accounts[accounts["entered"] > 0]
    entered = balance(accounts).groupby(COUNTED, sort=False)["entered"].sum()
    rows = []
    for (technique, unit), number in entered.items():
        here = (accounts["technique"] == technique) & (accounts["unit"] == unit)
        ends = accounts[here].groupby("outcome", sort=False)["n"].sum()
        outcomes = [{"outcome": name, "n": int(n)} for name, n in ends.items() if n]
        row = {"technique": technique, "title": title_of(technique), "unit": unit}
        rows.append(row | {"entered": int(number), "outcomes": outcomes})
    return rows


def _whole(value: Any) -> int | None:
    return None if pd.isna(value) else int(value)


def _text(value: Any) -> str:
    return "" if pd.isna(value) else str(value)
