"""From round files to one long table of ratings, with everything that did not match listed.

Each file becomes one table of answers (`answers`), and what follows are operations on it: whose
answers they are, which submission or answer counts, what its words mean, and where all went.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd

from coproduction.core import accounting, people_tables
from coproduction.core.days import as_iso
from coproduction.core.errors import StudyError, raise_all
from coproduction.core.study_files import named
from coproduction.core.text import normalise
from coproduction.delphi import doubts
from coproduction.delphi import tables as forms
from coproduction.delphi.answers import answers_of
from coproduction.delphi.column_map import columns_read, mapped, settled_in, to_settle
from coproduction.delphi.columns import layout_of
from coproduction.delphi.counted_ratings import Taken
from coproduction.delphi.counted_submissions import (
    COUNTS,
    DOUBLE,
    EMPTY,
    LATE,
    NOBODY,
    REVISED,
    STRANGER,
    SUMMARY,
    Round,
    by_unit,
    one_of_each,
    submissions,
    totals_of,
    with_earlier,
)
from coproduction.delphi.doubts import RoundFile
from coproduction.delphi.doubts_on_columns import questions_on_columns
from coproduction.delphi.doubts_on_persons import questions_on_persons
from coproduction.delphi.headings import RATING, Headings
from coproduction.delphi.people_files import Study, check_scale, ids_of, wordings_of
from coproduction.delphi.persons import with_ids
from coproduction.delphi.privacy import Comments, refuse_names, without_identity
from coproduction.delphi.round_layout import Asked, Layout
from coproduction.delphi.settings import DelphiSettings
from coproduction.formats.surveys import answers as cells
from coproduction.formats.surveys import states
from coproduction.formats.surveys.columns import RESPONSE, columns_named
from coproduction.formats.surveys.reading_exports import NOT_SHOWN, Grid, read_grid
from coproduction.formats.surveys.states import NOT_APPROVED, PREVIEW, SPAM

NO_STATEMENT = "does not name a statement of statements.csv"
OTHER_ROUND = "of a round missing from rounds.csv"
REASONS = {
    DOUBLE: "another submission of the same panellist counts",
    REVISED: "a later submission of the same panellist counts where it has an answer",
    STRANGER: "there is no such panellist in panel.csv",
    LATE: "it arrived after the last day of the round",
    EMPTY: "no statement was answered",
    NOBODY: "the row has no panellist id",
    PREVIEW: "the survey tool marks it as a test or preview",
    SPAM: "the survey tool marks it as spam",
    NOT_APPROVED: "not approved in the survey tool",
    SUMMARY: "the row is a total of others",
}
RESULTS = (
    "ratings",
    "submissions",
    "unmatched",
    "cells",
    "revisions",
    "withheld",
    "columns_to_settle",
    "columns_read",
    "questions",
)


@dataclass
class Imported:
    """What the import of all rounds leaves."""

    ratings: list[pd.DataFrame] = field(default_factory=list)
    submissions: list[pd.DataFrame] = field(default_factory=list)
    unmatched: list[dict[str, Any]] = field(default_factory=list)
    cells: list[dict[str, Any]] = field(default_factory=list)
    revisions: list[pd.DataFrame] = field(default_factory=list)
    withheld: list[dict[str, Any]] = field(default_factory=list)
    columns_to_settle: list[dict[str, Any]] = field(default_factory=list)
    columns_read: list[dict[str, Any]] = field(default_factory=list)
    questions: list[dict[str, Any]] = field(default_factory=list)
    linked: dict[int, bool] = field(default_factory=dict)  # by round

    def tables(self) -> dict[str, pd.DataFrame]:
        """The results by the stems of their files."""
        results = {}
        for name in RESULTS:
            rows, form = getattr(self, name), getattr(forms, name.upper())
            if rows and isinstance(rows[0], pd.DataFrame):
                results[name] = pd.concat(rows, ignore_index=True)
            else:
                results[name] = accounting.table(rows, form)
        return results


def import_rounds(study: Study, settings: DelphiSettings) -> Imported:
    """Read all round files that exist in the folder of what people keep.

    Raises StudyError for an answer that is no point of the scale, with file, row and column, and for
    files that contradict rounds.csv or each other.
    """
    out, headings = Imported(), Headings(study.statements, settings.say("ask_comment"), settings.ranking.given)
    files = _read(study, headings, settings)
    doubts.refuse_contradictions(files, settings)
    for file in files:
        about = file.about
        out.linked[about.number] = about.linked
        answers = answers_of(about.path, file.grid, file.layout, headings, about.number, settings.dates)
        _import(out, answers, file, study.statements, settings, study.comments)
        out.columns_to_settle += to_settle(file.layout, file.grid, about.path.name)
        out.columns_read += [about.base | row for row in columns_read(file.layout, file.grid)]
    out.withheld = study.comments.withheld
    out.questions += doubts.missing_files(study.rounds, study.folder)
    out.questions += doubts.on(files, out.ratings, out.submissions, settings)
    out.questions += questions_on_columns(files, out.ratings, settings)
    out.questions += questions_on_persons(files, out.submissions, settings.dates, study.panel)
    return out


def _read(study: Study, headings: Headings, settings: DelphiSettings) -> list[RoundFile]:
    """The round files that are there, by round, with what their columns are."""
    rounds, panel, files = study.rounds, study.panel, []
    groups = None if panel is None else dict(zip(panel["panellist"], panel["group"], strict=True))
    grid_of = cache(lambda path: read_grid(path, headings.named))  # a file may hold several rounds
    doubts.check_days(rounds, study.folder, settings.dates)
    spellings: dict[str, str] = {}  # ids of people without a panel, whatever their case
    for entry in rounds.sort_values("round").to_dict("records"):
        path, number = named(study.folder, entry["file"]), int(entry["round"])
        if not path.is_file():
            continue
        check_scale(entry, study.folder, settings)
        grid, ids = grid_of(path), ids_of(groups, study.ids, number)
        asked = Asked(
            number=number,
            sharing=frozenset(map(int, rounds.loc[rounds["file"] == entry["file"], "round"])),
            known=frozenset(ids),
            is_answer=_is_answer(settings),
            linked={"yes": True, "no": False}.get(entry.get("linked") or ""),
            panellist=settings.panellist_column,
        )
        layout = _layout(path, grid, headings, asked, entry.get("columns") or "", study)
        grid = with_ids(grid, layout.panellist)
        if layout.panellist:
            refuse_names(grid.rows[layout.panellist], path)
        opened, closed = as_iso([entry.get("opened") or "", entry.get("closed") or ""], settings.dates)
        about = Round(
            number=number,
            path=path,
            closed=closed[:10],
            wordings=wordings_of(study.statements, number),
            groups=groups,
            ids=ids,
            sharing=asked.sharing,
            linked=layout.linked,
            spellings=spellings if layout.linked else {},
            numbered=layout.panellist in columns_named(grid, RESPONSE),
            totals=totals_of(grid, layout),
        )
        confirmed = bool(entry.get("scale")), asked.linked is True
        files.append(RoundFile(about, grid, layout, opened[:10], *confirmed))
    return files


def _layout(path: Path, grid: Grid, headings: Headings, asked: Asked, map_of_all: str, study: Study) -> Layout:
    """The layout of a file by the map of all columns that rounds.csv names, else by its headings."""
    if map_of_all:
        columns = people_tables.read_people_table(path.parent / map_of_all, forms.COLUMNS)
        files = columns["file"] if "file" in columns else pd.Series("", columns.index)
        return mapped(path, grid, columns[files.isin(["", path.name])], asked.linked is not False)
    settled = settled_in(study.columns, path.name, set(study.statements["statement"]), path.parent)
    return layout_of(path, grid, headings, asked, settled)


def _is_answer(settings: DelphiSettings) -> Callable[[str], bool]:
    """Whether a cell holds a rating."""
    key = settings.answer_key

    def is_answer(cell: str) -> bool:
        try:
            return key.parse(cell)[0] in (cells.RATED, cells.NO_OPINION)
        except ValueError:
            return False

    return cache(is_answer)


def _import(
    out: Imported,
    answers: pd.DataFrame,
    file: RoundFile,
    statements: pd.DataFrame,
    settings: DelphiSettings,
    comments: Comments,
) -> None:
    about, grid, layout = file.about, file.grid, file.layout
    notes = [*_outside(grid, about), *_columns(grid, layout, about, statements)]
    outcomes: Counter[str] = Counter()
    entered = int((answers["role"] == RATING).sum())
    answers, other_rounds, elsewhere = _of_the_round(answers, file, outcomes)
    answers, unknown = _with_statement(answers, layout, outcomes)
    row_by_row = bool(layout.statement)
    singly = row_by_row or settings.real_time
    if not settings.real_time:
        out.questions += doubts.unordered(file, answers, settings)
    entries, everything, blank = answers, answers, 0
    if singly:
        answers, entries, uncounted = one_of_each(answers, settings, row_by_row)
        blank = uncounted.pop(EMPTY, 0)  # what gave way to an earlier answer is no rating
        outcomes += uncounted
    answers, units = by_unit(answers, singly)
    sent = submissions(answers, units, about, settings)
    if singly and not row_by_row:
        sent = with_earlier(sent, everything, set(entries["row"]), about)
    counted = Taken(answers, sent, about, settings)
    out.ratings.append(counted.ratings(comments, outcomes))
    out.submissions.append(sent.drop(columns="unit"))
    left_out = [
        dict(row=row.row, column=layout.panellist, content=row.panellist)
        | dict(reason=REASONS[row.outcome] + about.hint(row.panellist, row.outcome))
        for row in sent[sent["outcome"] != COUNTS].itertuples()
    ]
    if singly:
        out.revisions.append(counted.revisions(entries))
    raise_all(counted.wrong)
    notes += [*other_rounds, *unknown, *left_out, *counted.refused, *counted.words_beside(), *counted.by_codes()]
    out.unmatched += [about.base | note for note in notes]
    out.cells += [about.base | dict(outcome=k, n=n) for k, n in sorted(outcomes.items()) if n]
    accounted = outcomes.total() + elsewhere + blank
    if accounted != entered:
        raise StudyError(
            f"{entered} rating cells entered, {accounted} are accounted for",
            file=about.path,
            remedy=accounting.REPORT_IT,
        )


def _outside(grid: Grid, about: Round) -> list[dict[str, Any]]:
    """A note on each row and column outside the table, and on words of the tool that are not known."""
    notes = [dict(column="") | note for note in grid.outside]
    reason = "unknown status of the survey tool: the rows count; delete them if they are tests"
    column, words = states.unknown_states(grid)
    notes += [dict(row=None, column=column, content=f"{word} ({n})", reason=reason) for word, n in words.items()]
    return notes if about.number == min(about.sharing) else []


def _of_the_round(
    answers: pd.DataFrame, file: RoundFile, where: Counter[str]
) -> tuple[pd.DataFrame, list[dict[str, Any]], int]:
    """The answers of this round, notes on rows of none, and how many ratings other rounds have.

    Rows whose round rounds.csv lacks are told once, in the first of the rounds of the file.
    """
    about, column = file.about, file.layout.round
    of_round = answers["round"] == about.number
    if of_round.all():
        return answers, [], 0
    none = ~answers["round"].isin(about.sharing) & (answers["role"] == RATING)
    elsewhere = int((~of_round & (answers["role"] == RATING)).sum())
    if about.number != min(about.sharing):
        return answers[of_round], [], elsewhere
    where[OTHER_ROUND] += int(none.sum())
    answered = answers[none & ~answers["text"].isin(["", NOT_SHOWN])]
    rows = sorted(set(answered["row"]))
    round_cells = file.grid.rows.loc[rows, column]
    notes = [
        dict(row=int(part.index[0]), column=column, content=without_identity(str(word)[:60]))
        | dict(reason=f"rows: {len(part)}; rounds.csv has no such round")
        for word, part in round_cells.groupby(round_cells, sort=True)
    ]
    return answers[of_round], notes, elsewhere - int(none.sum())


def _with_statement(
    answers: pd.DataFrame, layout: Layout, where: Counter[str]
) -> tuple[pd.DataFrame, list[dict[str, Any]]]:
    """The answers on statements that are known, and a note on each name that is not."""
    unknown = answers[(answers["statement"] == "") & (answers["role"] == RATING)]
    if unknown.empty:
        return answers, []
    where[NO_STATEMENT] += len(unknown)
    notes = [
        dict(
            row=int(part["row"].iloc[0]),
            column=layout.statement,
            content=without_identity(named[:200]),
            reason=f"{len(part)} × {NO_STATEMENT}",
        )
        for named, part in unknown.groupby("named", sort=False)
    ]
    return answers[answers["statement"] != ""], notes


def _columns(grid: Grid, layout: Layout, about: Round, statements: pd.DataFrame) -> list[dict]:
    """A note on each column that is not used or has another wording than the round foresees."""
    versions, wide = about.versions, not layout.statement
    listed = list(layout.unused.items())
    reworded = set(statements.loc[statements["statement"].duplicated(), "statement"])
    for column, place in layout.cells.items():
        if not place.statement:
            continue
        if place.statement not in versions:
            listed.append((column, f"{place.statement} is not scheduled for round {about.number}"))
        elif place.role == RATING and wide and place.statement in reworded:
            foreseen = versions[place.statement]
            other = _other_wording(grid.title(column), place.statement, foreseen, statements)
            if other:
                foreseen_words = f"the round asks version {foreseen}"
                difference = f"the heading has wording {other} of {place.statement}, {foreseen_words}"
                listed.append((column, difference))
    return [dict(row=None, content="", column=column, reason=reason) for column, reason in listed]


def _other_wording(title: str, statement: str, foreseen: int, statements: pd.DataFrame) -> int | None:
    """Version whose wording the heading has, where it is another than the one foreseen."""
    wordings = statements[statements["statement"] == statement]
    plain = f" {normalise(title)} "
    pairs = zip(wordings["version"], wordings["text"], strict=True)
    versions = [int(version) for version, text in pairs if f" {normalise(text)} " in plain]
    return None if foreseen in versions or not versions else versions[0]
