"""The folder of the next round: questionnaire, feedback sheets, and who gets which sheet."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from coproduction.core import tables
from coproduction.delphi import exports, feedback, feedback_page, form, questionnaire
from coproduction.delphi.panel import invited
from coproduction.delphi.settings import DelphiSettings

README = """The next round of the Delphi (round {number}).

questionnaire.csv             the statements to ask, with their last result
limesurvey_round{number}.txt         for LimeSurvey: create survey, import, this file
qualtrics_round{number}.txt          for Qualtrics: tools, import/export, import survey, this file
form_round{number}.html              a page that works offline and saves the answers as a CSV
feedback/                     one page per panellist; the file names do not tell whose it is
mailing.csv                   which pseudonym gets which page: keep it, do not publish it

The same for paper (the form and the feedback sheets as PDF) is in ../next_round_print/.
Put the export of the round into the study folder as delphi/round{number}.csv and name it in
delphi/rounds.csv. The columns need no renaming. Answers saved by the page: put the lines of all
files below one another, under one header.
"""
UNSALTED = """
No delphi.feedback_salt is set: the file names of the sheets depend on the ratings. Who gets hold of
the whole table of ratings can work out whose file is whose; set a secret word before you publish it.
"""


@dataclass(frozen=True)
class Closed:
    """What the next round is prepared from; open rounds are left out of it."""

    statements: pd.DataFrame
    decisions: pd.DataFrame
    ratings: pd.DataFrame
    summary: pd.DataFrame
    groups: pd.DataFrame
    panel: pd.DataFrame
    rounds: dict[int, str]


def write(found: Closed, folder: str | Path, settings: DelphiSettings) -> None:
    """Write the folder. Without a closed round it holds the questionnaire of the first round."""
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    closed = [r for r, state in found.rounds.items() if state == "closed"]
    number = max(closed, default=0) + 1
    asked = questionnaire.next_statements(found.statements, found.decisions, number)
    write_text = tables.write_text
    write_text(questionnaire.as_csv(asked), folder / "questionnaire.csv")
    if asked.empty:
        write_text("No statement is left to be asked.", folder / "README.txt")
        return
    note = UNSALTED if closed and not settings.feedback_salt else ""
    write_text(README.format(number=number) + note, folder / "README.txt")
    written = (asked, number, settings)
    write_text(exports.as_limesurvey(*written), folder / f"limesurvey_round{number}.txt")
    write_text(exports.as_qualtrics(*written), folder / f"qualtrics_round{number}.txt")
    write_text(form.as_page(*written), folder / f"form_round{number}.html")
    if closed:
        _sheets(found, asked, number, folder, settings)


def _sheets(found: Closed, asked, number: int, folder: Path, settings) -> None:
    closed = {r for r, state in found.rounds.items() if state == "closed"}
    ratings = found.ratings[found.ratings["round"].isin(closed)]
    rows, salt = [], feedback.salt_of(ratings, settings)
    told = feedback.prepare(asked, ratings, found.summary, found.groups, settings)
    for panellist in sorted(invited(found.panel, number)):
        name = feedback.sheet_name(panellist, number, salt)
        seen = feedback.items(panellist, told, settings)
        page = feedback_page.page(panellist, seen, number, settings)
        tables.write_text(page, folder / "feedback" / f"{name}.html")
        rows.append(dict(panellist=panellist, sheet=f"feedback/{name}.html"))
    tables.write_csv(pd.DataFrame(rows, columns=["panellist", "sheet"]), folder / "mailing.csv")
