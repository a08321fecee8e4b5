"""The state of the study as plain text, for the terminal and for quick reading."""

from collections.abc import Sequence
from textwrap import fill

import pandas as pd

from coproduction.core.accounting import title_of
from coproduction.core.text import plural_of
from coproduction.status.collect import awaited, balance, state_of

WIDTH = 78


def summary(status: pd.DataFrame, accounts: pd.DataFrame) -> str:
    """`status.md`: one line per technique, then what is awaited, then the accounts."""
    techniques = list(dict.fromkeys(status["technique"]))
    lines = ["# State of the study", ""]
    lines += [_technique(status, name) for name in techniques] or ["Nothing has begun yet."]
    lines += ["", "## Awaited", ""]
    lines += [_wait(row) for row in awaited(status).itertuples()] or ["Nothing."]
    lines += ["", "## Accounts", ""]
    lines += _accounts(accounts) or ["Nothing has entered yet."]
    return "\n".join(lines) + "\n"


def progress(done: object, total: object, unit: str) -> str:
    """`7 of 17 panellists`; only the number when there is no total; empty while there is nothing."""
    number = 0 if pd.isna(done) else int(done if pd.isna(total) else total)
    if not number:
        return ""
    units = unit if number == 1 else plural_of(unit)
    return (
        f"{int(done):,} {units}"
        if pd.isna(total)
        else f"{int(done):,} of {number:,} {units}".strip()
    )


def _technique(status: pd.DataFrame, name: str) -> str:
    steps = status[status["technique"] == name]
    done = int((steps["state"] == "done").sum())
    title = title_of(name)
    return f"- {title:<18} {state_of(status, name):<12} {done} of {len(steps)} steps done"


def _wait(row) -> str:
    title = title_of(row.technique)
    so_far = progress(row.done, row.total, _text(row.unit))
    words = f"- {title}, {row.step}: {row.awaited}"
    words += f" (so far {so_far})" if so_far else ""
    words += f". Put it in {row.put_in}" if _text(row.put_in) else ""
    return fill(words + ".", WIDTH, subsequent_indent="  ", break_on_hyphens=False)


def _accounts(accounts: pd.DataFrame) -> Sequence[str]:
    """Per technique and unit what entered and where it ended, sources taken together."""
    lines = []
    accounts = accounts[accounts["entered"] > 0]
    entered = balance(accounts).groupby(["technique", "unit"], sort=False)["entered"].sum()
    for (technique, unit), number in entered.items():
        here = (accounts["technique"] == technique) & (accounts["unit"] == unit)
        ends = accounts[here].groupby("outcome", sort=False)["n"].sum()
        parts = ", ".join(f"{outcome} {int(n)}" for outcome, n in ends.items() if n)
        title = title_of(technique)
        words = f"- {title}, {unit}: {int(number)} entered"
        words += f" = {parts}." if parts else "."
        lines.append(fill(words, WIDTH, subsequent_indent="  ", break_on_hyphens=False))
    return lines


def _text(value: object) -> str:
    return "" if pd.isna(value) else str(value)
