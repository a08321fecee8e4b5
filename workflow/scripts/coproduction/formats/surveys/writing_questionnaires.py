"""A questionnaire in the forms that survey tools import.

LimeSurvey's tab-separated survey structure (its manual, "Tab Separated Value survey structure", and
its import code) and Qualtrics' advanced text format (its manual, "Preparing an advanced format TXT
file"). Both tools then export columns that this workflow recognises without a column map. QSF and
LSS, the tools' own formats, are undocumented or database dumps and were left out.
"""

import csv
import html
import io
from collections.abc import Callable, Iterable
from dataclasses import dataclass

LIMESURVEY = """
    class type/scale name relevance text help language validation mandatory other default same_default
""".split()
LONGEST_CODE = 20  # characters of a (sub)question code in LimeSurvey's database
LONGEST_ANSWER = 5  # of the code of an answer, which a ranked statement is
SURVEY = {
    "format": "G",
    "anonymized": "N",  # the panellist's access code comes back with the answers
    "datestamp": "Y",
    "tokenanswerspersistence": "Y",
    "alloweditaftercompletion": "Y",
}


@dataclass(frozen=True)
class Questionnaire:
    """Items that are all rated by the same answers, or put into an order, each with a comment.

    items: id and wording; answers: value and label of each point, lowest first; in an order of the
    items (`ranks`) the answers are the ranks.
    """

    title: str
    block: str  # name of the block of questions, in English
    question: str
    items: list[tuple[str, str]]
    answers: list[tuple[float, str]]
    no_opinion: str
    ask_comment: str
    comment_on: Callable[[str], str]  # asks for the comment on an item
    language: str = "en"
    ranks: bool = False
    rank_all: str = ""  # asks for an order of all items


def as_limesurvey(questionnaire: Questionnaire) -> str:
    """One question for all items, one for comments; codes IMP or RANK, and COM.

    Ratings: an array (type F) with the points of the scale and NO for "no opinion" as answers.
    Ranks: a ranking (type R) with the items as answers. Comments: multiple short text (type Q).
    """
    rows = [_row("S", name="language", text=questionnaire.language)]
    rows += [_row("S", name=name, text=text) for name, text in SURVEY.items()]
    rows += [_row("SL", name="surveyls_title", text=questionnaire.title)]
    rows += [_row("G", "G0", questionnaire.title, "1")]
    wordings = [text for _, text in questionnaire.items]
    subquestions = [
        _row("SQ", "0", code, "1", _plain(text), mandatory="N")
        for code, text in zip(codes(questionnaire.items), wordings, strict=True)
    ]
    if questionnaire.ranks:
        rows += [_question("R", "RANK", questionnaire.rank_all)]
        rows += _answers(zip(codes(questionnaire.items, LONGEST_ANSWER), wordings, strict=True))
    else:
        answers = [(str(value), label) for value, label in questionnaire.answers]
        rows += [_question("F", "IMP", questionnaire.question), *subquestions]
        rows += _answers([*answers, ("NO", questionnaire.no_opinion)])
    rows += [_question("Q", "COM", questionnaire.ask_comment), *subquestions]
    return _written(rows, questionnaire.language)


def _written(rows: list[dict[str, str]], language: str) -> str:
    """The rows as a tab-separated file; all but those of the survey itself bear the language."""
    out = io.StringIO()
    writer = csv.DictWriter(out, LIMESURVEY, delimiter="\t", lineterminator="\n")
    writer.writeheader()
    writer.writerows(row | ({} if row["class"] == "S" else {"language": language}) for row in rows)
    return out.getvalue()


def _answers(answers: Iterable[tuple[str, str]]) -> list[dict[str, str]]:
    """Rows of answers; in these the column relevance is the assessment value."""
    return [_row("A", "0", code, "0", _plain(text)) for code, text in answers]


def _row(
    kind: str, scale: str = "", name: str = "", relevance: str = "", text: str = "", **rest: str
) -> dict[str, str]:
    return {"class": kind, "type/scale": scale, "name": name, "relevance": relevance} | dict(text=text, **rest)


def _question(kind: str, code: str, text: str) -> dict[str, str]:
    return _row("Q", kind, code, "1", _plain(text), mandatory="N", other="N")


def _plain(text: str) -> str:
    """Text as LimeSurvey shows it: HTML, and a brace without blank would open an expression."""
    return html.escape(text, quote=False).replace("{", "{ ")


def codes(items: list[tuple[str, str]], longest: int = LONGEST_CODE) -> list[str]:
    """LimeSurvey's codes: letters and digits only, not too long, each once.

    Where an id cannot be one, a number takes its place and the answers come back by their wording.
    """
    codes_given: list[str] = []
    for place, (item, _) in enumerate(items, start=1):
        code = "".join(c for c in item if c.isascii() and c.isalnum())
        if not code or len(code) > longest or code.lower() in map(str.lower, codes_given):
            code = f"X{place:03}"
        codes_given.append(code)
    return codes_given


def as_qualtrics(questionnaire: Questionnaire) -> str:
    """A choice question and a text question per item; recode values are the ratings.

    "No opinion" has the value 99 (999 on scales that reach 99).
    """
    none = 99 if questionnaire.answers[-1][0] < 99 else 999
    lines = ["[[AdvancedFormat]]", "", f"[[Block:{questionnaire.block}]]", ""]
    lines += ["[[Question:DB]]", _line(questionnaire.question), ""]
    for item, text in questionnaire.items:
        lines += ["[[Question:MC:SingleAnswer:Horizontal]]", f"[[ID:{item}]]", _line(text)]
        lines += ["[[AdvancedChoices]]"]
        for value, label in [*questionnaire.answers, (none, questionnaire.no_opinion)]:
            lines += [f"[[Choice:{value}]]", _line(label)]
        lines += ["", "[[Question:TE:Essay]]", f"[[ID:{item}_comment]]"]
        lines += [_line(questionnaire.comment_on(item)), ""]
    return "\n".join(lines)


def _line(text: str) -> str:
    """Text as Qualtrics shows it: HTML, and two brackets in a row would be read as a tag."""
    return html.escape(text, quote=False).replace("[[", "[ [").replace("]]", "] ]")
