"""The folders of the next round: questionnaire and feedback sheets, as pages and on paper.

The pages are templates in report/techniques/delphi/panel/. The page of the questionnaire asks,
keeps nothing and sends nothing: its button saves the answers as a CSV that the next run reads as a
round file.
"""

from typing import Any

import pandas as pd

from coproduction.core.prose import Templates
from coproduction.delphi import feedback, histogram, printed_sheets, questionnaire
from coproduction.delphi.settings import DelphiSettings
from coproduction.delphi.shown import invited
from coproduction.formats.surveys.writing_questionnaires import as_limesurvey, as_qualtrics
from coproduction.formats.typst import pdf

NOTHING_LEFT = "No statement is left to be asked."


def prepared(given: Any, templates: Templates, settings: DelphiSettings) -> dict[str, Any]:
    """The files of the folder by name; without a closed round the questionnaire of the first.

    given: `statements`, `decisions`, `ratings`, `summary`, `groups`, `panel` and `rounds`
    """
    closed, number = closed_and_next(given.rounds)
    statements = questionnaire.next_statements(given.statements, given.decisions, number)
    if statements.empty:
        return {"questionnaire.csv": statements, "README.txt": NOTHING_LEFT}
    unsalted = bool(closed) and not settings.feedback_salt
    survey = questionnaire.survey(statements, number, settings)
    round_content = (statements, number, settings)
    files = {
        "questionnaire.csv": statements,
        "README.txt": templates.fill_text("README.txt", {"number": number, "unsalted": unsalted}),
        f"limesurvey_round{number}.txt": as_limesurvey(survey),
        f"qualtrics_round{number}.txt": as_qualtrics(survey),
        f"form_round{number}.html": templates.fill_html("questionnaire", questionnaire.facts(*round_content)),
    }
    return files | (_sheets(given, statements, templates, settings) if closed else {})


def _sheets(given: Any, statements: pd.DataFrame, templates: Templates, settings: DelphiSettings) -> dict[str, Any]:
    """A page for each panellist, and which pseudonym gets which page."""
    closed, number = closed_and_next(given.rounds)
    ratings = given.ratings[given.ratings["round"].isin(closed)]
    salt = feedback.salt_of(ratings, settings)
    prepared_feedback = feedback.prepare(statements, ratings, given.summary, given.groups, settings)
    charts = Charts(settings)
    pages, rows = {}, []
    for panellist in sorted(invited(given.panel, number)):
        name = f"feedback/{feedback.sheet_name(panellist, number, salt)}.html"
        items = feedback.items(panellist, prepared_feedback, settings)
        pages[name] = templates.fill_html("feedback_sheet", sheet_facts(panellist, items, number, charts))
        rows.append({"panellist": panellist, "sheet": name})
    return pages | {"mailing.csv": pd.DataFrame(rows, columns=["panellist", "sheet"])}


def printed(given: Any, mailing: pd.DataFrame | None, templates: Templates, settings: DelphiSettings) -> dict[str, Any]:
    """The same on paper: the form, and the sheet of each panellist in `mailing`, as PDF."""
    closed, number = closed_and_next(given.rounds)
    statements = questionnaire.next_statements(given.statements, given.decisions, number)
    if statements.empty:
        return {"README.txt": NOTHING_LEFT}
    form = templates.fill_text("questionnaire.typ", questionnaire.facts(statements, number, settings))
    files: dict[str, Any] = {f"form_round{number}.pdf": pdf(form)}
    if mailing is None:
        return files
    ratings = given.ratings[given.ratings["round"].isin(closed)]
    prepared_feedback = feedback.prepare(statements, ratings, given.summary, given.groups, settings)
    sheets = [(panellist, sheet.removesuffix(".html") + ".pdf") for panellist, sheet in mailing.to_numpy()]
    return files | printed_sheets.printed(sheets, prepared_feedback, number, templates, settings)


def closed_and_next(rounds: pd.DataFrame) -> tuple[set[int], int]:
    """The closed rounds (ROUNDS), and the number of the round that follows them."""
    closed = {int(number) for number in rounds.loc[rounds["status"] == "closed", "round"]}
    return closed, max(closed, default=0) + 1


class Charts:
    """The charts of the statements of a round, with their words; all who rated alike have the same one."""

    def __init__(self, settings: DelphiSettings) -> None:
        self.settings = settings
        self._drawn: dict[tuple[str, float | None], dict[str, str]] = {}

    def of(self, item: feedback.Item) -> dict[str, str]:
        """The chart of a statement with the panellist's own rating, as facts of the sheet."""
        key = item.statement, item.rating
        if key not in self._drawn:
            chart = histogram.histogram(item, self.settings)
            self._drawn[key] = {"chart": chart, "chart_in_words": histogram.in_words(item, self.settings)}
        return self._drawn[key]


def sheet_facts(panellist: str, items: list[feedback.Item], number: int, charts: Charts) -> dict[str, Any]:
    """What a panellist's sheet before round `number` is filled with."""
    settings = charts.settings
    return {
        "settings": settings,
        "say": settings.say,
        "number": number,
        "intro": feedback.intro(panellist, len(items), settings),
        "items": [_item_facts(item, charts) for item in items],
    }


def _item_facts(item: feedback.Item, charts: Charts) -> dict[str, Any]:
    facts = {"statement": item.statement, "text": item.text, "counts": item.counts}
    if not item.counts:
        return facts
    answer_facts = {
        "numbers": feedback.numbers(item, charts.settings),
        "comments": feedback.counted(item.comments),
        "mine": item.mine,
    }
    return facts | answer_facts | charts.of(item)
