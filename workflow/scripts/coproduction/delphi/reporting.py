"""What the study as a whole takes from the Delphi: evidence, status and account."""

from __future__ import annotations

import pandas as pd

from coproduction.core import accounting
from coproduction.core import markdown as md
from coproduction.core.text import split_list
from coproduction.delphi.consensus import CALLED
from coproduction.delphi.wording import whole_panel

SAID = {
    "in": accounting.SUPPORTED,
    "out": accounting.REJECTED,
    "split": accounting.UNDECIDED,
    "none": accounting.UNDECIDED,
}


def evidence(decisions: pd.DataFrame) -> pd.DataFrame:
    """EVIDENCE of kind rating: one row per statement and factor."""
    rated = decisions[decisions["verdict"] != "no ratings"]
    rows = [
        dict(
            factor=factor, technique="delphi", kind="rating", source=row.statement,
            locator=f"round {row.round}", excerpt=row.text, value=row.median,
            verdict=SAID.get(row.verdict, ""),
            note=f"{CALLED[row.verdict]}; {row.decision} ({row.reason}); median {row.median:g}, "
            f"IQR {row.iqr:g}, n = {row.n}",
        )
        for row in rated.itertuples()
        for factor in split_list(row.factor)
    ]  # fmt: skip
    rows.sort(key=lambda r: (r["factor"], r["source"]))
    return accounting.table(rows, accounting.EVIDENCE)


def status(
    statements: pd.DataFrame, flow: pd.DataFrame, rounds: pd.DataFrame, decisions: pd.DataFrame
) -> pd.DataFrame:
    """STATUS: statements, each round, and what the stop rule leaves open."""
    n = int(statements["statement"].nunique())
    wanted = "" if n else "the statements, from the researchers"
    row = accounting.status_row
    rows = [
        row("delphi", "Statements", n, n, "statement", wanted, "delphi/statements.csv" * (not n))
    ]
    files = dict(zip(rounds["round"], rounds["file"], strict=True))
    for r in whole_panel(flow).itertuples():
        rows.append(_round_status(r, f"delphi/{files[r.round]}"))
    if not len(rounds):
        awaited = "the first round, from the panel"
        rows.append(row("delphi", "Rounds", 0, None, "response", awaited, "delphi/rounds.csv"))
    done = int(decisions["decision"].isin(["settled", "stopped", "withdrawn"]).sum())
    again = len(decisions) - done
    awaited = f"a verdict on {md.plural(again, 'statement')}, from the panel" if again else ""
    rows.append(
        row("delphi", "Decisions", done, len(decisions), "statement", awaited,
            "delphi/rounds.csv" if again else "")
    )  # fmt: skip
    return accounting.table(rows, accounting.STATUS)


def _round_status(r, file: str) -> dict:
    name, n, total = f"Round {r.round}", int(r.responded), int(r.invited)
    if r.state == "closed" and n:
        return accounting.status_row("delphi", name, n, total, "response") | {"state": "done"}
    if r.state == "closed":
        awaited = "the export of this closed round, from the researchers"
    else:
        awaited = f"{md.plural(total - n, 'response')}, from the panel (round open)"
    return accounting.status_row("delphi", name, n, total, "response", awaited, file)


def account(cells: pd.DataFrame, decisions: pd.DataFrame) -> pd.DataFrame:
    """ACCOUNT: where every rating cell of every round file and every statement went."""
    rows = []
    for file, part in cells.groupby("file", sort=True):
        outcomes = dict(zip(part["outcome"], part["n"].astype(int), strict=True))
        rows += accounting.account_rows("delphi", "rating", f"delphi/{file}", outcomes)
    named = decisions["factor"].map(split_list).str.len() > 0
    rated = decisions["verdict"] != "no ratings"
    outcomes = {
        "evidence for a factor": int((named & rated).sum()),
        "names no factor": int((~named & rated).sum()),
        "not rated yet": int((~rated).sum()),
    }
    outcomes = {outcome: n for outcome, n in outcomes.items() if n}
    rows += accounting.account_rows("delphi", "statement", "delphi/statements.csv", outcomes)
    return accounting.table(rows, accounting.ACCOUNT)
