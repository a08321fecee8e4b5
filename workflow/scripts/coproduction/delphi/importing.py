"""From round files to one long table of ratings, with everything that did not match listed.

Each file becomes one table of answers (`answers`), and what follows are operations on it: whose
answers they are, which submission or answer counts, what its words mean, and where all went.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd

from coproduction.core import accounting, people_tables, tables
from coproduction.core.errors import StudyError, raise_all
from coproduction.core.text import normalise
from coproduction.delphi import tables as forms
from coproduction.delphi.answers import NOT_TICKED, answers_of, as_words
from coproduction.delphi.column_map import mapped, settled_in, to_settle
from coproduction.delphi.columns import Asked, Layout, layout_of
from coproduction.delphi.counting import (
    COUNTS,
    DOUBLE,
    EMPTY,
    LATE,
    NOBODY,
    REVISED,
    STRANGER,
    Round,
    by_unit,
    one_of_each,
    submissions,
    with_earlier,
)
from coproduction.delphi.headings import COMMENT, NO_OPINION, RATING, Headings
from coproduction.delphi.privacy import Comments, shown
from coproduction.delphi.settings import DelphiSettings
from coproduction.delphi.study import Study, check_scale, ids_of, wordings_of
from coproduction.formats.surveys import answers as cells
from coproduction.formats.surveys.columns import PREVIEW, SPAM
from coproduction.formats.surveys.grid import NOT_SHOWN, Grid, read_grid
from coproduction.formats.surveys.times import as_iso

NOT_FORESEEN = "statement not foreseen in this round"
NO_STATEMENT = "names no statement of statements.csv"
OTHER_ROUND = "of a round that rounds.csv lacks"
REASONS = {
    DOUBLE: "another submission of the same panellist counts",
    REVISED: "a later submission of the same panellist counts where it has an answer",
    STRANGER: "panel.csv has no such panellist",
    LATE: "it came after the last day of the round",
    EMPTY: "no statement was answered",
    NOBODY: "the row has no id of a panellist",
    PREVIEW: "the survey tool marks it as a test or preview",
    SPAM: "the survey tool marks it as spam",
}
ROLES = (RATING, COMMENT, NO_OPINION)
RESULTS = (
    "ratings", "submissions", "unmatched", "cells", "revisions", "withheld", "columns_to_settle",
)  # fmt: skip


@dataclass
class Imported:
    """What the import of all rounds leaves."""

    ratings: list[pd.DataFrame] = field(default_factory=list)
    submissions: list[pd.DataFrame] = field(default_factory=list)
    unmatched: list[dict] = field(default_factory=list)
    cells: list[dict] = field(default_factory=list)
    revisions: list[pd.DataFrame] = field(default_factory=list)
    withheld: list[dict] = field(default_factory=list)
    columns_to_settle: list[dict] = field(default_factory=list)
    linked: dict[int, bool] = field(default_factory=dict)  # by round

    def tables(self) -> dict[str, pd.DataFrame]:
        """The results by the stems of their files."""
        made = {}
        for name in RESULTS:
            rows, form = getattr(self, name), getattr(forms, name.upper())
            if rows and isinstance(rows[0], pd.DataFrame):
                made[name] = pd.concat(rows, ignore_index=True)
            else:
                made[name] = accounting.table(rows, form)
        return made


def import_rounds(kept: Study, settings: DelphiSettings) -> Imported:
    """Read all round files that exist in the folder of what people keep.

    Raises StudyError for an answer that is no point of the scale, with file, row and column.
    """
    out, folder = Imported(), kept.folder
    rounds, statements, panel = kept.rounds, kept.statements, kept.panel
    groups = None if panel is None else dict(zip(panel["panellist"], panel["group"], strict=True))
    headings = Headings(statements, settings.say("ask_comment"))
    read = cache(read_grid)  # a file may hold several rounds
    for entry in rounds.sort_values("round").to_dict("records"):
        path = folder / entry["file"]
        if not path.is_file():
            continue
        check_scale(entry, folder, settings)
        number = int(entry["round"])
        grid, ids = read(path), ids_of(groups, kept.ids, number)
        asked = Asked(
            number=number,
            sharing=frozenset(map(int, rounds.loc[rounds["file"] == entry["file"], "round"])),
            known=frozenset(ids),
            is_answer=_is_answer(settings),
            linked={"yes": True, "no": False}.get(entry.get("linked") or ""),
            panellist=settings.panellist_column,
        )
        layout = _layout(path, grid, headings, asked, entry.get("columns") or "", kept)
        out.linked[number] = layout.linked
        about = Round(
            number=number,
            path=path,
            closed=as_iso([entry.get("closed") or ""], settings.dates)[0][:10],
            wordings=wordings_of(statements, number),
            groups=groups,
            ids=ids,
            sharing=asked.sharing,
            linked=layout.linked,
        )
        answers = answers_of(path, grid, layout, headings, number, settings.dates)
        _import(out, answers, about, grid, layout, statements, settings, kept.comments)
        out.columns_to_settle += to_settle(layout, grid, path.name)
    out.withheld = kept.comments.withheld
    return out


def _layout(
    path: Path, grid: Grid, headings: Headings, asked: Asked, map_of_all: str, kept: Study
) -> Layout:
    """The layout of a file by the map of all columns that rounds.csv names, else by its headings."""
    if map_of_all:
        columns = people_tables.read_people_csv(path.parent / map_of_all, forms.COLUMNS)
        files = columns["file"] if "file" in columns else pd.Series("", columns.index)
        return mapped(path, grid, columns[files.isin(["", path.name])], asked.linked is not False)
    settled = settled_in(kept.columns, path.name, set(kept.statements["statement"]), path.parent)
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
    about: Round,
    grid: Grid,
    layout: Layout,
    statements: pd.DataFrame,
    settings: DelphiSettings,
    comments: Comments,
) -> None:
    out.unmatched += [about.base | note for note in _columns(grid, layout, about, statements)]
    where: Counter = Counter()
    answers = _of_the_round(answers, about, where)
    answers, notes = _with_statement(answers, layout, where)
    out.unmatched += [about.base | note for note in notes]
    row_by_row = bool(layout.statement)
    singly = row_by_row or settings.real_time
    given = everything = answers
    if singly:
        answers, given, revised = one_of_each(answers, settings, row_by_row)
        where[REVISED] += revised
    answers, units = by_unit(answers, singly)
    sent = submissions(answers, units, about, settings)
    if singly and not row_by_row:
        sent = with_earlier(sent, everything, set(given["row"]), about)
    taken = Taken(answers, sent, about, settings)
    out.ratings.append(taken.ratings(comments, where))
    out.submissions.append(sent.drop(columns="unit"))
    out.unmatched += [
        about.base
        | dict(row=row.row, column=layout.panellist, content=row.panellist)
        | dict(reason=REASONS[row.outcome])
        for row in sent[sent["outcome"] != COUNTS].itertuples()
    ]
    if singly:
        out.revisions.append(taken.revisions(given))
    raise_all(taken.wrong)
    out.unmatched += [about.base | note for note in taken.refused]
    out.unmatched += [about.base | note for note in taken.by_codes()]
    out.cells += [about.base | dict(outcome=k, n=n) for k, n in sorted(where.items()) if n]


def _of_the_round(answers: pd.DataFrame, about: Round, where: Counter) -> pd.DataFrame:
    """The answers of this round; those of rounds that rounds.csv lacks are counted once."""
    own = answers["round"] == about.number
    if not own.all() and about.number == min(about.sharing):
        ratings = answers[(answers["role"] == RATING) & ~answers["round"].isin(about.sharing)]
        where[OTHER_ROUND] += len(ratings)
    return answers[own]


def _with_statement(answers: pd.DataFrame, layout: Layout, where: Counter):
    """The answers on statements that are known, and a note on each name that is not."""
    unknown = answers[(answers["statement"] == "") & (answers["role"] == RATING)]
    if unknown.empty:
        return answers, []
    where[NO_STATEMENT] += len(unknown)
    notes = [
        dict(
            row=int(part["row"].iloc[0]),
            column=layout.statement,
            content=shown(named[:200]),
            reason=f"{len(part)} × {NO_STATEMENT}",
        )
        for named, part in unknown.groupby("named", sort=False)
    ]
    return answers[answers["statement"] != ""], notes


def _whole(ratings: np.ndarray) -> pd.api.extensions.ExtensionArray | np.ndarray:
    """Ratings as whole numbers where all are, which are written many times faster."""
    there = ratings[~np.isnan(ratings)]
    return pd.array(ratings, dtype="Int64") if (there == np.rint(there)).all() else ratings


class Taken:
    """The answers of the submissions that count, and what is no answer (`refused`)."""

    def __init__(
        self, answers: pd.DataFrame, sent: pd.DataFrame, about: Round, settings: DelphiSettings
    ) -> None:
        self._answers, self._sent = answers.reset_index(drop=True), sent
        self._about, self._settings = about, settings
        ratings = answers.loc[answers["role"] == RATING]
        self._key = settings.answer_key.with_words_of(ratings["text"].unique())
        self._seen = set(ratings["text"].unique())
        self._asked = set(ratings["statement"].unique())
        self.wrong: list[StudyError] = []  # what ends the step: the scale or a label is not known
        self.refused: list[dict] = []  # cells with numbers that are no single rating

    def ratings(self, comments: Comments, where: Counter) -> pd.DataFrame:
        """RATINGS, each submission that counts by all statements of the round.

        Adds to `where` where the rating cells of all submissions went.
        """
        versions = self._about.versions
        names = [*versions, *sorted(self._asked - set(versions))]
        place = self._places(names)
        given = place[RATING] >= 0
        for outcome, part in self._sent[self._sent["unit"] >= 0].groupby("outcome"):
            if outcome != COUNTS:
                where[outcome] += int(given[part["unit"]].sum())
        counting = self._sent[self._sent["outcome"] == COUNTS]
        units, m = counting["unit"].to_numpy(int), len(versions)
        given = given[units]
        where[NOT_FORESEEN] += int(given[:, m:].sum())
        place = {role: cells[units, :m] for role, cells in place.items()}
        status, rating = self._statuses(place, list(versions))
        where.update(pd.Series(status[given[:, :m]]).value_counts().to_dict())
        who = counting["panellist"].to_numpy(object)
        groups = self._about.groups or {}
        return pd.DataFrame(
            {
                "round": self._about.number,
                "panellist": as_words(np.repeat(who, m)),
                "group": as_words(np.repeat(np.array([groups.get(w, "") for w in who], object), m)),
                "statement": as_words(np.tile(np.array(list(versions), object), len(who))),
                "version": np.tile(np.array(list(versions.values()), int), len(who)),
                "status": as_words(status.ravel()),
                "rating": _whole(rating.ravel()),
                "comment": as_words(
                    self._comments(place[COMMENT], who, list(versions), comments).ravel()
                ),
            }
        )

    def _places(self, names: list[str]) -> dict[str, np.ndarray]:
        """Per role the position among the answers of each submission's cell on each statement."""
        units = self._sent["unit"].max() + 1 if len(self._sent) else 0
        found = {}
        column = pd.Index(names).get_indexer(self._answers["statement"])
        for role in ROLES:
            own = np.flatnonzero((self._answers["role"] == role) & (column >= 0))
            found[role] = np.full((max(units, 0), len(names)), -1)
            found[role][self._answers["unit"].to_numpy(int)[own], column[own]] = own
        return found

    def _statuses(self, place: dict, names: list[str]) -> tuple[np.ndarray, np.ndarray]:
        """Status and rating (NaN for none) of each submission on each statement."""
        there = np.array([name in self._asked for name in names], bool)
        cell = place[RATING]
        status = np.where(np.broadcast_to(there, cell.shape), cells.MISSING, cells.NOT_ASKED)
        status, rating = status.astype(object), np.full(cell.shape, np.nan)
        filled = cell >= 0
        status[filled], rating[filled] = self._read(self._answers.loc[cell[filled]])
        ticked = place[NO_OPINION] >= 0
        texts = self._answers["text"].to_numpy(object)[place[NO_OPINION][ticked]]
        ticked[ticked] = [text.strip().lower() not in NOT_TICKED for text in texts]
        status[ticked & (status == cells.MISSING)] = cells.NO_OPINION
        return status, rating

    def _read(self, answers: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
        """Status and rating of these cells; what is no answer is refused and counts as missing."""
        codes, texts = pd.factorize(answers["text"])
        status = np.full(len(texts), cells.MISSING, object)
        rating, wrong = np.full(len(texts), np.nan), {}
        for k, text in enumerate(texts):
            try:
                status[k], value = self._key.parse(text)
            except ValueError as error:
                wrong[k] = error
                status[k] = cells.REFUSED
            else:
                rating[k] = np.nan if value is None else value
        if wrong:
            at = answers.iloc[np.flatnonzero(np.isin(codes, list(wrong)))]
            for row, column, text in zip(at["row"], at["column"], at["text"], strict=True):
                self._refuse(wrong[texts.get_loc(text)], int(row), column, text)
        return status[codes], rating[codes]

    def _refuse(self, problem: ValueError, row: int, column: str, text: str) -> None:
        if isinstance(problem, cells.NotOneRating):
            note = dict(row=row, column=column, content=shown(text[:60]), reason=forms.NO_RATING)
            if note not in self.refused:
                self.refused.append(note)
            return
        error = StudyError(
            str(problem),
            file=self._about.path,
            row=row,
            column=column,
            remedy="Correct the cell, or add its words to delphi.answer_labels, "
            "delphi.no_opinion, delphi.missing or delphi.not_asked",
        )
        if str(error) not in {str(known) for known in self.wrong}:
            self.wrong.append(error)

    def by_codes(self) -> list[dict]:
        """A note where LimeSurvey's codes A1, A2 … were taken for the points 1, 2 …"""
        if self._settings.answer_codes or not any(map(cells.TOOLS_CODE.match, self._seen)):
            return []
        said = (
            "codes of LimeSurvey, A1 taken for the lowest point; if it is the highest, say so in "
        )
        return [dict(row=None, column="", content="A1, A2 …", reason=said + "delphi.answer_codes")]

    def _comments(
        self, place: np.ndarray, who: np.ndarray, names: list[str], comments: Comments
    ) -> np.ndarray:
        """The comments as they may be shown, by submission and statement."""
        found = np.full(place.shape, "", object)
        texts = self._answers["text"].to_numpy(object)
        for unit, statement in zip(*np.nonzero(place >= 0), strict=True):
            at = place[unit, statement]
            if texts[at] not in ("", NOT_SHOWN):
                of = dict(panellist=who[unit], statement=names[statement])
                cell = self._answers.loc[at]
                of |= dict(row=int(cell["row"]), column=cell["column"])
                found[unit, statement] = comments.passed(texts[at], self._about.base | of)
        return found

    def revisions(self, given: pd.DataFrame) -> pd.DataFrame:
        """REVISIONS: all answers in order, where panellists answered a statement more than once."""
        counted = set(self._sent.loc[self._sent["outcome"] == COUNTS, "panellist"])
        own = given[given["role"] == RATING].sort_values(["time", "row"], kind="stable")
        own = own.assign(who=self._about.whose(own))
        own = own[own["who"].isin(counted) & own["statement"].isin(list(self._about.versions))]
        own = own.sort_values(["who", "statement"], kind="stable")
        by = own.groupby(["who", "statement"], sort=False)
        if not self._settings.real_time and not own.duplicated(["who", "statement"]).any():
            return tables.empty(forms.REVISIONS)
        status, rating = self._read(own)
        kept = "last" if self._settings.last_counts else "first"
        return pd.DataFrame(
            dict(round=self._about.number, panellist=own["who"], statement=own["statement"])
            | dict(order=by.cumcount() + 1, submitted=own["time"], status=status)
            | dict(rating=rating)
            | dict(counts=np.where(own.duplicated(["who", "statement"], keep=kept), "no", "yes"))
        )


def _columns(grid: Grid, layout: Layout, about: Round, statements: pd.DataFrame) -> list[dict]:
    """A note on each column that is not used or has another wording than the round foresees."""
    versions, wide = about.versions, not layout.statement
    listed = list(layout.unused.items())
    for column, place in layout.cells.items():
        if not place.statement:
            continue
        if place.statement not in versions:
            listed.append((column, f"{place.statement} is not foreseen in round {about.number}"))
        elif place.role == RATING and wide:
            foreseen = versions[place.statement]
            other = _other_wording(grid.title(column), place.statement, foreseen, statements)
            if other:
                asked = f"the round foresees {foreseen}"
                said = f"the heading has wording {other} of {place.statement}, {asked}"
                listed.append((column, said))
    return [dict(row=None, content="", column=column, reason=reason) for column, reason in listed]


def _other_wording(
    title: str, statement: str, foreseen: int, statements: pd.DataFrame
) -> int | None:
    """Version whose wording the heading has, where it is another than the one foreseen."""
    own = statements[statements["statement"] == statement]
    if len(own) < 2:
        return None
    plain = f" {normalise(title)} "
    pairs = zip(own["version"], own["text"], strict=True)
    there = [int(version) for version, text in pairs if f" {normalise(text)} " in plain]
    return None if foreseen in there or not there else there[0]
