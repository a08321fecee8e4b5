"""The questionnaire of the next round: which statements are asked, with which answers."""

from typing import Any

import pandas as pd

from coproduction.delphi.settings import DelphiSettings
from coproduction.formats.surveys.writing_questionnaires import Questionnaire
from coproduction.formats.typst import quoted


def next_statements(statements: pd.DataFrame, decisions: pd.DataFrame, number: int) -> pd.DataFrame:
    """Statements to be asked in round *number*: those the stopping rule leaves open, and new ones."""
    ask = decisions[decisions["decision"].isin(["ask again", "not yet rated"])]
    due = statements[statements["first_round"] <= number]
    due = due[due["last_round"].fillna(10**6) >= number]
    columns = ["statement", "round", "n", "median", "iqr", "verdict", "stable", "reason"]
    due_open = due[["statement", "version", "text"]].merge(ask[columns], on="statement")
    return due_open.sort_values("statement").reset_index(drop=True)


def pairs(statements: pd.DataFrame) -> list[tuple[str, str]]:
    """Statement and wording, in order."""
    return [(s, " ".join(t.split())) for s, t in statements[["statement", "text"]].to_numpy()]


def question(settings: DelphiSettings) -> str:
    """What is asked of every statement: a rating, or a rank of which 1 is the first."""
    key = "rank_each" if settings.ranking.given else "rate"
    return settings.say(key, **settings.scale.model_dump())


def ends(settings: DelphiSettings) -> tuple[str, str]:
    """What the lowest and the highest number mean to those who answer."""
    if settings.ranking.given:
        return settings.say("first"), settings.say("last")
    return settings.scale.lowest_label, settings.scale.highest_label


def ends_line(settings: DelphiSettings) -> str:
    """Both ends of the scale in a line."""
    scale, (low, high) = settings.scale, ends(settings)
    return f"{scale.lowest} = {low}, {scale.highest} = {high}"


def points(settings: DelphiSettings) -> list[tuple[float, str]]:
    """Value and label of each point of the scale; the ends say what they mean."""
    scale = settings.scale
    labels = dict(zip((scale.lowest, scale.highest), ends(settings), strict=True))
    return [(p, f"{p} ({labels[p]})" if p in labels else str(p)) for p in scale.points]


def survey(statements: pd.DataFrame, number: int, settings: DelphiSettings) -> Questionnaire:
    """Round `number` as survey tools are given it."""
    say = settings.say
    return Questionnaire(
        title=say("form_title", round=number),
        block=f"Delphi round {number}",
        question=question(settings),
        items=pairs(statements),
        answers=points(settings),
        no_opinion=say("no_opinion"),
        ask_comment=say("ask_comment"),
        comment_on=lambda statement: say("comment_on", statement=statement),
        language=settings.language,
        ranks=settings.ranking.given,
        rank_all=say("rank_all", **settings.scale.model_dump()),
    )


def facts(statements: pd.DataFrame, number: int, settings: DelphiSettings) -> dict[str, Any]:
    """What the page and the printed form of round `number` are filled with."""
    return {
        "settings": settings,
        "say": settings.say,
        "quoted": quoted,
        "number": number,
        "asked": pairs(statements),
        "question": question(settings),
        "ends": ends_line(settings),
        "points": points(settings),
    }
