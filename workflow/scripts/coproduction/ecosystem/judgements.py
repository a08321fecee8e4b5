"""What the research team says of the confidence, over the proposal of the rule.

CERQual is a judgement by people, among them the component that no rule can see (relevance to the
context). The workflow makes a form with its proposals; the team fills it in and puts it into the
study folder as `ecosystem/judgements.csv`. A judgement stands over the proposal, and the report
names both.
"""

from pathlib import Path

import pandas as pd

from coproduction.core import people_tables, tables
from coproduction.core.errors import StudyError, raise_all
from coproduction.ecosystem.confidence import LEVELS, NONE

JUDGEMENTS = tables.schema(
    "judgements",
    "Confidence as the research team judges it, a row per factor.",
    {
        "factor": tables.text("factor id", filled=True),
        "confidence": tables.choice("judged confidence; empty to keep the proposal", [*LEVELS, ""]),
        "reason": tables.text("why, above all where it differs from the proposal"),
        "judges": tables.text("initials of those who judged"),
        "date": tables.text("day of the judgement"),
    },
)


def read_judgements(path: str | Path | None, known: set[str]) -> pd.DataFrame:
    """The team's judgements; none where there is no file or a confidence is left empty.

    Raises StudyError with file and row for unknown and doubled factors and for a judgement
    without a reason.
    """
    if path is None:
        return tables.empty(JUDGEMENTS)
    table = people_tables.read_people_csv(path, JUDGEMENTS)
    table = table[table["confidence"] != ""]
    errors = []
    for row in table[table["factor"].duplicated()].itertuples():
        errors.append((row.Index, "factor", f"'{row.factor}' is judged twice", "Agree on one row"))
    for row in table[~table["factor"].isin(known)].itertuples():
        errors.append(
            (row.Index, "factor", f"'{row.factor}' is not a factor", "Use an id of factors.csv")
        )
    for row in table[table["reason"] == ""].itertuples():
        errors.append(
            (row.Index, "reason", f"the judgement on '{row.factor}' has no reason", "Give one")
        )
    raise_all(
        [
            StudyError(problem, file=path, row=row, column=column, remedy=remedy)
            for row, column, problem, remedy in sorted(errors)
        ]
    )
    return table.reset_index(drop=True)


def judged(table: pd.DataFrame, judgements: pd.DataFrame) -> pd.DataFrame:
    """The weighed factors with the team's confidence where there is one.

    `confidence` is what counts, `proposed` what the rule proposes; `judgement` holds the reason and
    the judges. A factor without evidence cannot be judged and keeps "none".
    """
    said = judgements.set_index("factor")
    takes = table["id"].isin(said.index) & (table["confidence"] != NONE)
    words = [
        f"{said.loc[name, 'reason']} ({said.loc[name, 'judges']})".removesuffix(" ()")
        if take
        else ""
        for name, take in zip(table["id"], takes, strict=True)
    ]
    final = table["id"].map(said["confidence"]).where(takes, table["confidence"])
    return table.assign(proposed=table["confidence"], confidence=final.astype(str), judgement=words)


def form(table: pd.DataFrame) -> pd.DataFrame:
    """The form for the team: factors with evidence, the proposal with its reasons, room to judge."""
    open_ = table[table["proposed"] != NONE]
    said = open_["judgement"] != ""
    return pd.DataFrame(
        {
            "factor": open_["id"],
            "name": open_["name"],
            "proposed": open_["proposed"],
            "concerns": open_["reasons"],
            "confidence": open_["confidence"].where(said, ""),
            "reason": open_["judgement"],
            "judges": "",
            "date": "",
        }
    )
