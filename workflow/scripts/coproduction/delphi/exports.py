"""The questionnaire in the forms that survey tools import.

LimeSurvey's tab-separated survey structure (its manual, "Tab Separated Value survey structure", and
its import code) and Qualtrics' advanced text format (its manual, "Preparing an advanced format TXT
file"). Both tools then export columns that this workflow recognises without a column map. QSF and
LSS, the tools' own formats, are undocumented or database dumps and were left out.
"""

import csv
import html
import io
from collections.abc import Iterable

import pandas as pd

from coproduction.delphi.questionnaire import pairs, points, question
from coproduction.delphi.settings import DelphiSettings

LIMESURVEY = [
    "class", "type/scale", "name", "relevance", "text", "help", "language", "validation",
    "mandatory", "other", "default", "same_default",
]  # fmt: skip
LONGEST_CODE = 20  # characters of a (sub)question code in LimeSurvey's database
LONGEST_ANSWER = 5  # of the code of an answer, which a ranked statement is
SURVEY = {
    "format": "G",
    "anonymized": "N",  # the panellist's access code comes back with the answers
    "datestamp": "Y",
    "tokenanswerspersistence": "Y",
    "alloweditaftercompletion": "Y",
}


def as_limesurvey(asked: pd.DataFrame, number: int, settings: DelphiSettings) -> str:
    """One question for all statements, one for comments; codes IMP or RANK, and COM.

    Ratings: an array (type F) with the points of the scale and NO for "no opinion" as answers.
    Ranks: a ranking (type R) with the statements as answers. Comments: multiple short text (type Q).
    """
    title = settings.say("form_title", round=number)
    rows = [_row("S", name="language", text=settings.language)]
    rows += [_row("S", name=name, text=text) for name, text in SURVEY.items()]
    rows += [_row("SL", name="surveyls_title", text=title), _row("G", "G0", title, "1")]
    wordings = [text for _, text in pairs(asked)]
    subquestions = [
        _row("SQ", "0", code, "1", _plain(text), mandatory="N")
        for code, text in zip(codes(asked), wordings, strict=True)
    ]
    if settings.ranking.given:
        ask = settings.say("rank_all", **settings.scale.model_dump())
        rows += [_question("R", "RANK", ask)]
        rows += _answers(zip(codes(asked, LONGEST_ANSWER), wordings, strict=True))
    else:
        answers = [(str(value), label) for value, label in points(settings)]
        rows += [_question("F", "IMP", question(settings)), *subquestions]
        rows += _answers([*answers, ("NO", settings.say("no_opinion"))])
    rows += [_question("Q", "COM", settings.say("ask_comment")), *subquestions]
    return _written(rows, settings.language)


def _written(rows: list[dict], language: str) -> str:
    """The rows as a tab-separated file; all but those of the survey itself bear the language."""
    out = io.StringIO()
    writer = csv.DictWriter(out, LIMESURVEY, delimiter="\t", lineterminator="\n")
    writer.writeheader()
    writer.writerows(row | ({} if row["class"] == "S" else {"language": language}) for row in rows)
    return out.getvalue()


def _answers(given: Iterable[tuple[str, str]]) -> list[dict]:
    """Rows of answers; in these the column relevance is the assessment value."""
    return [_row("A", "0", code, "0", _plain(text)) for code, text in given]


def _row(kind: str, scale="", name="", relevance="", text="", **rest) -> dict:
    return {"class": kind, "type/scale": scale, "name": name, "relevance": relevance} | dict(
        text=text, **rest
    )


def _question(kind: str, code: str, text: str) -> dict:
    return _row("Q", kind, code, "1", _plain(text), mandatory="N", other="N")


def _plain(text: str) -> str:
    """Text as LimeSurvey shows it: HTML, and a brace without blank would open an expression."""
    return html.escape(text, quote=False).replace("{", "{ ")


def codes(asked: pd.DataFrame, longest: int = LONGEST_CODE) -> list[str]:
    """LimeSurvey's codes: letters and digits only, not too long, each once.

    Where an id cannot be one, a number stands in and the answers come back by their wording.
    """
    found: list[str] = []
    for place, (statement, _) in enumerate(pairs(asked), start=1):
        code = "".join(c for c in statement if c.isascii() and c.isalnum())
        if not code or len(code) > longest or code.lower() in map(str.lower, found):
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
        for value, label in [*points(settings), (none, settings.say("no_opinion"))]:
            lines += [f"[[Choice:{value}]]", _line(label)]
        lines += ["", "[[Question:TE:Essay]]", f"[[ID:{statement}_comment]]"]
        lines += [_line(settings.say("comment_on", statement=statement)), ""]
    return "\n".join(lines)


def _line(text: str) -> str:
    """Text as Qualtrics shows it: HTML, and two brackets in a row would be read as a tag."""
    return html.escape(text, quote=False).replace("[[", "[ [").replace("]]", "] ]")
