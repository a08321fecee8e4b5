"""The state of the study as plain text, for the terminal and for quick reading."""

from collections.abc import Sequence
from textwrap import fill

import pandas as pd

from coproduction.status.collect import TITLES, awaited, balance, state_of

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
    """`7 of 17 panellists`; only the number when there is no total; empty without a number."""
    if pd.isna(done):
        return ""
    known = not pd.isna(total)
    units = plural(unit, int(total if known else done))
    return f"{int(done)} of {int(total)} {units}".strip() if known else f"{int(done)} {units}"


def plural(unit: str, number: int) -> str:
    """The unit for a number: record, records; country, countries; units that end in s stay."""
    if number == 1 or not unit or unit.endswith("s"):
        return unit
    return f"{unit[:-1]}ies" if unit.endswith("y") and unit[-2:-1] not in "aeiou" else f"{unit}s"


def _technique(status: pd.DataFrame, name: str) -> str:
    steps = status[status["technique"] == name]
    done = int((steps["state"] == "done").sum())
    title = TITLES.get(name, name)
    return f"- {title:<18} {state_of(status, name):<12} {done} of {len(steps)} steps done"


def _wait(row) -> str:
    title = TITLES.get(row.technique, row.technique)
    so_far = progress(row.done, row.total, _text(row.unit))
    words = f"- {title}, {row.step}: {row.awaited}"
    words += f" (so far {so_far})" if so_far else ""
    words += f". Put it in {row.put_in}" if _text(row.put_in) else ""
    return fill(words + ".", WIDTH, subsequent_indent="  ", break_on_hyphens=False)


def _accounts(accounts: pd.DataFrame) -> Sequence[str]:
    """Per technique and unit what entered and where it ended, sources taken together."""
    lines = []
    entered = balance(accounts).groupby(["technique", "unit"], sort=False)["entered"].sum()
    for (technique, unit), number in entered.items():
        here = (accounts["technique"] == technique) & (accounts["unit"] == unit)
        ends = accounts[here].groupby("outcome", sort=False)["n"].sum()
        parts = ", ".join(f"{outcome} {int(n)}" for outcome, n in ends.items() if n)
        title = TITLES.get(technique, technique)
        words = f"- {title}, {unit}: {int(number)} entered"
        words += f" = {parts}." if parts else "."
        lines.append(fill(words, WIDTH, subsequent_indent="  ", break_on_hyphens=False))
    return lines


def _text(value: object) -> str:
    return "" if pd.isna(value) else str(value)
