"""The questionnaire in the forms that survey tools import.

LimeSurvey's tab-separated survey structure (its manual, "Tab Separated Value survey structure", and
its import code) and Qualtrics' advanced text format (its manual, "Preparing an advanced format TXT
file"). Both tools then export columns that this workflow recognises without a column map. QSF and
LSS, the tools' own formats, are undocumented or database dumps and were left out.
"""

from __future__ import annotations

import csv
import html
import io

import pandas as pd

from coproduction.delphi.questionnaire import ASK_COMMENT, NO_OPINION, pairs, points, question
from coproduction.delphi.settings import DelphiSettings

LIMESURVEY = [
    "class", "type/scale", "name", "relevance", "text", "help", "language", "validation",
    "mandatory", "other", "default", "same_default",
]  # fmt: skip
LONGEST_CODE = 20  # characters of a (sub)question code in LimeSurvey's database
SURVEY = {
    "language": "en",
    "format": "G",
    "anonymized": "N",  # the panellist's access code comes back with the answers
    "datestamp": "Y",
    "tokenanswerspersistence": "Y",
    "alloweditaftercompletion": "Y",
}


def as_limesurvey(asked: pd.DataFrame, number: int, settings: DelphiSettings) -> str:
    """One array of ratings, one of comments; question codes IMP and COM, subquestions by statement.

    Array (type F) with the points of the scale and NO for "no opinion" as answers, and multiple
    short text (type Q) for comments.
    """
    rows = [_row("S", name=name, text=text) for name, text in SURVEY.items()]
    rows += [
        _row("SL", name="surveyls_title", text=f"Delphi, round {number}", language="en"),
        _row("G", "G0", "Statements", "1", "", language="en"),
        _question("F", "IMP", question(settings)),
    ]
    subquestions = [
        _row("SQ", "0", code, "1", _plain(text), language="en", mandatory="N")
        for code, (_, text) in zip(codes(asked), pairs(asked), strict=True)
    ]
    answers = [(str(value), label) for value, label in points(settings)] + [("NO", NO_OPINION)]
    rows += subquestions
    # In rows of answers the column relevance is the assessment value.
    rows += [_row("A", "0", code, "0", _plain(text), language="en") for code, text in answers]
    rows += [_question("Q", "COM", ASK_COMMENT), *subquestions]
    out = io.StringIO()
    writer = csv.DictWriter(out, LIMESURVEY, delimiter="\t", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def _row(kind: str, scale="", name="", relevance="", text="", **rest) -> dict:
    return {"class": kind, "type/scale": scale, "name": name, "relevance": relevance} | dict(
        text=text, **rest
    )


def _question(kind: str, code: str, text: str) -> dict:
    return _row("Q", kind, code, "1", _plain(text), language="en", mandatory="N", other="N")


def _plain(text: str) -> str:
    """Text as LimeSurvey shows it: HTML, and a brace without blank would open an expression."""
    return html.escape(text, quote=False).replace("{", "{ ")


def codes(asked: pd.DataFrame) -> list[str]:
    """LimeSurvey's codes: letters and digits only, at most 20, each once.

    Where an id cannot be one, a number stands in and the answers come back by their wording.
    """
    found: list[str] = []
    for place, (statement, _) in enumerate(pairs(asked), start=1):
        code = "".join(c for c in statement if c.isascii() and c.isalnum())
        if not code or len(code) > LONGEST_CODE or code.lower() in map(str.lower, found):
            code = f"X{place:03}"
        found.append(code)
    return found


def as_qualtrics(asked: pd.DataFrame, number: int, settings: DelphiSettings) -> str:
    """A choice question and a text question per statement; recode values are the ratings.

    "No opinion" has the value 99 (999 on scales that reach 99), which delphi.no_opinion knows.
    """
    none = 99 if settings.scale.highest < 99 else 999
    lines = ["[[AdvancedFormat]]", "", f"[[Block:Delphi round {number}]]", ""]
    lines += ["[[Question:DB]]", _line(question(settings)), ""]
    for statement, text in pairs(asked):
        lines += ["[[Question:MC:SingleAnswer:Horizontal]]", f"[[ID:{statement}]]", _line(text)]
        lines += ["[[AdvancedChoices]]"]
        for value, label in [*points(settings), (none, NO_OPINION)]:
            lines += [f"[[Choice:{value}]]", _line(label)]
        lines += ["", "[[Question:TE:Essay]]", f"[[ID:{statement}_comment]]"]
        lines += [_line(f"{statement}: {ASK_COMMENT[0].lower()}{ASK_COMMENT[1:]}"), ""]
    return "\n".join(lines)


def _line(text: str) -> str:
    """Text as Qualtrics shows it: HTML, and two brackets in a row would be read as a tag."""
    return html.escape(text, quote=False).replace("[[", "[ [").replace("]]", "] ]")
