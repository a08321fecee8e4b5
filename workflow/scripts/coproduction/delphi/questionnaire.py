"""The questionnaire of the next round, in the forms that survey tools take.

A plain CSV, LimeSurvey's tab-separated survey structure and Qualtrics' advanced text format. Both
tools then export columns that this workflow recognises without a column map.
"""

from __future__ import annotations

import csv
import io

import pandas as pd

from coproduction.delphi.settings import DelphiSettings

LIMESURVEY = [
    "class", "type/scale", "name", "relevance", "text", "help", "language", "validation",
    "mandatory", "other", "default", "same_default",
]  # fmt: skip


def next_statements(statements: pd.DataFrame, decisions: pd.DataFrame, number: int) -> pd.DataFrame:
    """Statements to be asked in round *number*: those the stop rule leaves open, and new ones."""
    ask = decisions[decisions["decision"].isin(["ask again", "not rated yet"])]
    due = statements[statements["first_round"] <= number]
    due = due[due["last_round"].fillna(10**6) >= number]
    kept = ["statement", "round", "n", "median", "iqr", "verdict", "stable", "reason"]
    found = due[["statement", "version", "text"]].merge(ask[kept], on="statement")
    return found.sort_values("statement").reset_index(drop=True)


def as_csv(asked: pd.DataFrame) -> str:
    """The questionnaire as a table: statement, wording, last result."""
    return asked.to_csv(index=False, lineterminator="\n", float_format="%.10g")


def as_limesurvey(asked: pd.DataFrame, number: int, settings: DelphiSettings) -> str:
    """LimeSurvey's tab-separated survey structure: one array of ratings, one of comments.

    Array (type F) with the points of the scale and "no opinion" as answers, and multiple short
    text (type Q) for comments; question codes IMP and COM, subquestion codes the statement ids.
    """
    scale = settings.scale
    low, high = scale.lowest_label, scale.highest_label
    ask = f"How do you rate each statement? ({scale.lowest} = {low}, {scale.highest} = {high})"
    rows = [
        _row("S", name="language", text="en"),
        _row("S", name="anonymized", text="N"),
        _row("S", name="datestamp", text="Y"),
        _row("SL", name="surveyls_title", text=f"Delphi, round {number}", language="en"),
        _row("G", name="Statements", relevance="1", text="", language="en"),
        _row("Q", "F", "IMP", "1", ask, language="en", mandatory="N", other="N"),
    ]
    rows += [_row("SQ", "0", _code(s), "1", t, language="en") for s, t in _pairs(asked)]
    rows += [_row("A", "0", code, "", text, language="en") for code, text in answers(settings)]
    comments = "If you wish: why? Do not name persons or places."
    rows.append(_row("Q", "Q", "COM", "1", comments, language="en", mandatory="N", other="N"))
    rows += [_row("SQ", "0", _code(s), "1", t, language="en") for s, t in _pairs(asked)]
    out = io.StringIO()
    writer = csv.DictWriter(out, LIMESURVEY, delimiter="\t", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def _row(kind: str, scale="", name="", relevance="", text="", **rest) -> dict:
    return {"class": kind, "type/scale": scale, "name": name, "relevance": relevance} | dict(
        text=text, **rest
    )


def _pairs(asked: pd.DataFrame):
    return zip(asked["statement"], asked["text"], strict=True)


def _code(statement: str) -> str:
    """LimeSurvey's codes are letters and digits only."""
    return "".join(c for c in statement if c.isalnum())


def answers(settings: DelphiSettings) -> list[tuple[str, str]]:
    """Code and label of each point of the scale, then of "no opinion"."""
    scale = settings.scale
    ends = {scale.lowest: scale.lowest_label, scale.highest: scale.highest_label}
    found = [
        (str(p), f"{p} ({ends[p]})" if p in ends else str(p))
        for p in range(scale.lowest, scale.highest + 1)
    ]
    return [*found, ("NO", "No opinion")]


def as_qualtrics(asked: pd.DataFrame, number: int, settings: DelphiSettings) -> str:
    """Qualtrics' advanced text format: a choice question and a text question per statement."""
    lines = ["[[AdvancedFormat]]", "", f"[[Block:Delphi round {number}]]", ""]
    for statement, text in _pairs(asked):
        lines += ["[[Question:MC:SingleAnswer:Horizontal]]", f"[[ID:{statement}]]", text]
        lines += ["[[AdvancedChoices]]"]
        for place, (_, label) in enumerate(answers(settings), start=1):
            lines += [f"[[Choice:{place}]]", label]
        lines += ["", "[[Question:TE:Essay]]", f"[[ID:{statement}_comment]]"]
        lines += [f"{statement}: if you wish, why? Do not name persons or places.", ""]
    return "\n".join(lines)
