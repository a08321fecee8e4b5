"""What the Delphi hands over to the whole study: evidence, status and account."""

from typing import Any

import pandas as pd

from coproduction.core import accounting
from coproduction.core import markdown as md
from coproduction.core.text import split_list
from coproduction.delphi.consensus import CALLED
from coproduction.delphi.counted_submissions import NOBODY, STRANGER
from coproduction.delphi.shown import whole_panel
from coproduction.delphi.tables import NO_RATING

LEAST_STRANGERS = 2
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
        {
            "factor": factor,
            "technique": "delphi",
            "kind": "rating",
            "source": row.statement,
            "locator": f"round {row.round}",
            "excerpt": row.text,
            "value": row.median,
            "verdict": SAID.get(row.verdict, ""),
            "note": f"{CALLED[row.verdict]}; {row.decision} ({row.reason}); median {row.median:g}, "
            f"IQR {row.iqr:g}, n = {row.n}",
        }
        for row in rated.itertuples()
        for factor in split_list(row.factor)
    ]
    rows.sort(key=lambda row: (row["factor"], row["source"]))
    return accounting.table(rows, accounting.EVIDENCE)


def status(
    statements: pd.DataFrame,
    flow: pd.DataFrame,
    rounds: pd.DataFrame,
    decisions: pd.DataFrame,
    withheld: pd.DataFrame,
    unmatched: pd.DataFrame | None = None,
    columns: pd.DataFrame | None = None,
    questions: pd.DataFrame | None = None,
    submissions: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """STATUS: statements, each round, what the stopping rule leaves open, comments to be reworded.

    Also answers of people who are not on the panel: a column of ids that moved loses whole rounds.
    """
    n = int(statements["statement"].nunique())
    awaited_statements = "" if n else "the statements, from the researchers"
    row = accounting.status_row
    rows = [row("delphi", "Statements", n, n, "statement", awaited_statements, "delphi/statements.csv" * (not n))]
    files = dict(zip(rounds["round"], rounds["file"], strict=True))
    for answered in whole_panel(flow).itertuples():
        rows.append(_round_status(answered, f"delphi/{files[answered.round]}"))
    if not len(rounds):
        awaited, put_in = ("the first round, from the panel", "delphi/rounds.csv") if n else ("", "")
        rows.append(row("delphi", "Rounds", 0, None, "response", awaited, put_in))
    n_decided = int(decisions["decision"].isin(["settled", "stopped", "withdrawn"]).sum())
    again = len(decisions) - n_decided
    awaited = f"further ratings of {md.plural(again, 'statement')}, from the panel" if again else ""
    put_in = "delphi/rounds.csv" if again else ""
    rows.append(row("delphi", "Decisions", n_decided, len(decisions), "statement", awaited, put_in))
    rows += [*_withheld_status(withheld), *_open_questions(unmatched, columns)]
    rows += _strangers(submissions)
    if questions is not None and len(questions):
        step = "Questions on the round files (results/delphi/questions.csv)"
        first = questions.iloc[0]
        awaited = f"{first['file']}: {first['question']} ({md.plural(len(questions), 'question')} in all)"
        rows.append(row("delphi", step, 0, len(questions), "question", awaited, "delphi/rounds.csv"))
    return accounting.table(rows, accounting.STATUS)


def _strangers(submissions: pd.DataFrame | None) -> list[dict[str, Any]]:
    """A row for each round with submissions that do not count for their ids; a single one may be a trial."""
    if submissions is None:
        return []
    uncounted = submissions[submissions["outcome"].isin([STRANGER, NOBODY])]
    rows = []
    for number, part in uncounted.groupby("round", sort=True):
        if len(part) >= LEAST_STRANGERS:
            ids = accounting.some([name for name in part["panellist"] if name] or ["nobody"])
            step = f"Answers of round {number} that do not count"
            awaited = f"ids from delphi/panel.csv in place of {ids}"
            file = f"delphi/{part['file'].iloc[0]}"
            rows.append(accounting.status_row("delphi", step, 0, len(part), "submission", awaited, file))
    return rows


def _round_status(answered: Any, file: str) -> dict[str, Any]:
    name, n, total = f"Round {answered.round}", int(answered.responded), int(answered.invited)
    if answered.state == "closed" and n:
        return accounting.status_row("delphi", name, n, total, "response") | {"state": "done"}
    if answered.state == "closed":
        awaited = "the export of this closed round, from the researchers"
    elif total > n:
        waits = md.plural(total - n, "response")
        awaited = f"{waits}, from the panel (round open; whom to remind: results/delphi/reminders.csv)"
    elif n:
        awaited = "the last day of this round, to which all have responded (column 'closed'), from the researchers"
        file = "delphi/rounds.csv"
    else:  # nobody is known who might respond
        awaited = "responses, from the panel (round open)"
    return accounting.status_row("delphi", name, n, total, "response", awaited, file)


def _open_questions(unmatched: pd.DataFrame | None, columns: pd.DataFrame | None) -> list[dict[str, Any]]:
    """Columns that do not surely belong to a statement, and cells that are no single rating."""
    rows = []
    if columns is not None and len(columns):
        step = "Columns to be identified (results/delphi/columns_to_settle.csv)"
        awaited = f"the meaning of {md.plural(len(columns), 'column')}, from the researchers"
        put_in = "delphi/columns.csv"
        rows.append(accounting.status_row("delphi", step, 0, len(columns), "column", awaited, put_in))
    refused = unmatched is not None and unmatched[unmatched["reason"] == NO_RATING]
    if refused is not False and len(refused):
        step = "Answers refused (results/delphi/unmatched.csv)"
        awaited = f"the rating intended by {md.plural(len(refused), 'answer')}"
        put_in = f"delphi/{refused['file'].iloc[0]}"
        rows.append(accounting.status_row("delphi", step, 0, len(refused), "answer", awaited, put_in))
    return rows


def _withheld_status(withheld: pd.DataFrame) -> list[dict[str, Any]]:
    """A row on comments that people must look at; none where nothing was found."""
    if withheld.empty:
        return []
    n_withheld = int((withheld["state"] == "withheld").sum())
    awaited = f"an anonymous wording of {md.plural(n_withheld, 'comment')}" if n_withheld else ""
    put_in = "delphi/comments.csv" if n_withheld else ""
    step = "Comments withheld (results/delphi/withheld.csv)"
    n_settled = len(withheld) - n_withheld
    return [accounting.status_row("delphi", step, n_settled, len(withheld), "comment", awaited, put_in)]


def account(cells: pd.DataFrame, decisions: pd.DataFrame) -> pd.DataFrame:
    """ACCOUNT: where every rating cell of every round file and every statement went."""
    rows = []
    for file, part in cells.groupby("file", sort=True):
        outcomes = dict(zip(part["outcome"], part["n"].astype(int), strict=True))
        rows += accounting.account_rows("delphi", "rating", f"delphi/{file}", outcomes)
    named = decisions["factor"].map(split_list).str.len() > 0
    rated = decisions["verdict"] != "no ratings"
    outcomes = {
        "evidence for a condition": int((named & rated).sum()),
        "linked to no condition": int((~named & rated).sum()),
        "not yet rated": int((~rated).sum()),
    }
    outcomes = {outcome: n for outcome, n in outcomes.items() if n}
    rows += accounting.account_rows("delphi", "statement", "delphi/statements.csv", outcomes)
    return accounting.table(rows, accounting.ACCOUNT)
