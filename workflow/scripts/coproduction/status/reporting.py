"""The state of the study in the report: what is done, what is awaited, and the accounts."""

import pandas as pd

from coproduction.core import markdown as md
from coproduction.core.accounting import title_of
from coproduction.status.collect import awaited, balance, state_of
from coproduction.status.plain import progress


def methods() -> str:
    """The method note."""
    return md.paragraphs(
        "Each technique states for every step how much of it is done and what it waits for, and "
        "keeps an account: whatever entered it (a record, a document, a rating) is counted until "
        "it leaves, and the outcomes must add up to what entered. The accounts are checked with "
        "each run; a sum that is off stops it."
    )


def results(status: pd.DataFrame, accounts: pd.DataFrame) -> str:
    """The state as tables; says so where nothing has begun."""
    if status.empty:
        return "Nothing has begun yet.\n"
    waits = awaited(status)
    names = list(dict.fromkeys(status["technique"]))
    done = [title_of(name) for name in names if state_of(status, name) == "done"]
    return md.paragraphs(
        f"{_complete(done, len(names))} @tbl-status-steps shows every step"
        f"{', @tbl-status-awaited what is awaited' if len(waits) else '; nothing is awaited'}.",
        _steps(status),
        _waits(waits),
        "## Where everything went",
        _accounts(accounts),
    )


def _complete(done: list[str], number: int) -> str:
    if not done:
        return f"None of the {number} techniques is complete yet."
    return (
        f"{len(done)} of {number} techniques {'is' if len(done) == 1 else 'are'} complete "
        f"({', '.join(done)})."
    )


def _steps(status: pd.DataFrame) -> str:
    shown = pd.DataFrame(
        {
            "technique": [title_of(name) for name in status["technique"]],
            "step": status["step"],
            "state": status["state"],
            "progress": [
                progress(done, total, unit) or "–"
                for done, total, unit in zip(
                    status["done"], status["total"], status["unit"], strict=True
                )
            ],
        }
    )
    names = {"technique": "Technique", "step": "Step", "state": "State", "progress": "Progress"}
    caption = "State of every step of the study."
    return md.table(shown, caption, "status-steps", names, widths=[4, 8, 3, 5])


def _waits(waits: pd.DataFrame) -> str:
    if waits.empty:
        return ""
    shown = pd.DataFrame(
        {
            "technique": [title_of(name) for name in waits["technique"]],
            "step": waits["step"],
            "awaited": waits["awaited"],
            "put_in": waits["put_in"].replace("", "–"),
        }
    )
    names = {
        "technique": "Technique",
        "step": "Step",
        "awaited": "What is awaited, and from whom",
        "put_in": "Put it in (study folder)",
    }
    caption = "What is awaited, from whom, and where to put it."
    return md.table(shown, caption, "status-awaited", names, widths=[3, 5, 9, 5])


def _accounts(accounts: pd.DataFrame) -> str:
    accounts = accounts[accounts["entered"] > 0]
    if accounts.empty:
        return "Nothing has entered yet."
    entered = balance(accounts).groupby(["technique", "unit"], sort=False)["entered"].sum()
    rows = []
    for (technique, unit), number in entered.items():
        here = (accounts["technique"] == technique) & (accounts["unit"] == unit)
        ends = accounts[here].groupby("outcome", sort=False)["n"].sum()
        words = ", ".join(f"{outcome} {int(n):,}" for outcome, n in ends.items() if n)
        rows.append([title_of(technique), unit, int(number), words or "–"])
    shown = pd.DataFrame(rows, columns=["technique", "unit", "entered", "outcomes"])
    names = {"technique": "Technique", "unit": "Unit", "entered": "Entered", "outcomes": "Outcome"}
    caption = "What entered each technique and where it ended; each row adds up."
    return md.paragraphs(
        "@tbl-status-accounts sums up the accounts.",
        md.table(shown, caption, "status-accounts", names, widths=[4, 4, 2, 11]),
    )
