"""What the report and the state of the study say of the import: late, double, unmatched, withheld."""

from __future__ import annotations

import pandas as pd

from coproduction.core import accounting
from coproduction.core import markdown as md

OUTCOMES = {
    "double submission": "double",
    "revised later": "revised later by the same panellist",
    "not in the panel": "by someone who is not in the panel",
    "late": "after the last day and left out",
    "empty": "empty",
}


def words(submissions: pd.DataFrame, unmatched: pd.DataFrame, withheld: pd.DataFrame) -> str:
    """One paragraph on what did not count; empty where everything did."""
    n = submissions["outcome"].value_counts()
    parts = [f"{n[outcome]} {said}" for outcome, said in OUTCOMES.items() if n.get(outcome)]
    text = ""
    if parts:
        number = sum(int(n.get(outcome, 0)) for outcome in OUTCOMES)
        text = (
            f"Of {md.plural(len(submissions), 'submission')}, {number:,} did not count: "
            f"{', '.join(parts)}. "
        )
    late = int(((submissions["late"] == "yes") & (submissions["outcome"] == "counts")).sum())
    if late:
        text += (
            f"{md.plural(late, 'submission')} came after the last day of the round and counted. "
        )
    columns = int(unmatched["row"].isna().sum())
    if columns:
        text += (
            f"{md.plural(columns, 'column')} of the round files did not match the statements "
            "(`results/delphi/unmatched.csv`). "
        )
    left = int((withheld["state"] == "withheld").sum())
    if left:
        were = "was" if left == 1 else "were"
        text += (
            f"{md.plural(left, 'comment')} {were} withheld from everything that is shown, because "
            "it may tell who somebody is. "
        )
    return text.strip() + "\n" if text else ""


def status_rows(withheld: pd.DataFrame) -> list[dict]:
    """A row of STATUS on comments that people must look at; none where nothing was found."""
    if withheld.empty:
        return []
    left = int((withheld["state"] == "withheld").sum())
    awaited = f"a wording that names nobody for {md.plural(left, 'comment')}" if left else ""
    put_in = "delphi/comments.csv" if left else ""
    step = "Comments withheld (results/delphi/withheld.csv)"
    done = len(withheld) - left
    return [accounting.status_row("delphi", step, done, len(withheld), "comment", awaited, put_in)]
