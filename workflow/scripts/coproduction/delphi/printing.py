"""The next round on paper: the form, and the feedback sheets of the panellists as PDF."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from coproduction.core import tables
from coproduction.delphi import feedback, feedback_print, form
from coproduction.delphi import tables as forms
from coproduction.delphi.questionnaire import next_statements
from coproduction.delphi.settings import DelphiSettings
from coproduction.formats.typst import pdf


def write(given, folder: str | Path, settings: DelphiSettings) -> None:
    """Print what lies in the folder of the next round; without statements to ask only a note.

    *given* has the paths of `statements`, `rounds`, `ratings`, `summary`, `groups`, `decisions` and
    of the prepared `next_round`, whose mailing.csv says who gets which sheet.
    """
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    read = tables.read_result
    rounds = read(given.rounds, forms.ROUNDS)
    closed = rounds.loc[rounds["status"] == "closed", "round"]
    number = int(closed.max()) + 1 if len(closed) else 1
    statements = read(given.statements, forms.STATEMENTS)
    asked = next_statements(statements, read(given.decisions, forms.DECISIONS), number)
    if asked.empty:
        tables.write_text("No statement is left to be asked.", folder / "README.txt")
        return
    printed = pdf(form.as_print(asked, number, settings))
    (folder / f"form_round{number}.pdf").write_bytes(printed)
    mailing = Path(given.next_round) / "mailing.csv"
    if not mailing.is_file():
        return
    (folder / "feedback").mkdir(exist_ok=True)
    ratings = read(given.ratings, forms.RATINGS)
    ratings = ratings[ratings["round"].isin(set(closed))]
    parts = (read(given.summary, forms.SUMMARY), read(given.groups, forms.GROUPS))
    told = feedback.prepare(asked, ratings, *parts, settings)
    for row in pd.read_csv(mailing, dtype=str).itertuples():
        seen = feedback.items(row.panellist, told, settings)
        source = feedback_print.source(row.panellist, seen, number, settings)
        (folder / row.sheet).with_suffix(".pdf").write_bytes(pdf(source))
