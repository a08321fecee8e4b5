"""From round files to one long table of ratings, with everything that did not match listed.

Each file becomes one table of answers (`answers`), and what follows are operations on it: whose
answers they are, which submission or answer counts, what its words mean, and where all went.
"""

from collections import Counter
from dataclasses import dataclass, field
from functools import cache

import numpy as np
import pandas as pd

from coproduction.core import accounting, people_tables, tables
from coproduction.core.errors import StudyError, raise_all
from coproduction.core.text import normalise
from coproduction.delphi import tables as forms
from coproduction.delphi.answers import answers_of
from coproduction.delphi.columns import COMMENT, NO_OPINION, RATING, Finder, Layout, layout_of
from coproduction.delphi.counting import (
    COUNTS,
    DOUBLE,
    EMPTY,
    LATE,
    REVISED,
    STRANGER,
    Round,
    by_unit,
    one_of_each,
    submissions,
    with_earlier,
)
from coproduction.delphi.privacy import Comments, shown
from coproduction.delphi.settings import DelphiSettings
from coproduction.delphi.study import Study, check_scale, ids_of, wordings_of
from coproduction.formats.surveys import answers as cells
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
}
NOT_TICKED = {"", "0", "no", "false", "unchecked", NOT_SHOWN}
ROLES = (RATING, COMMENT, NO_OPINION)


@dataclass
class Imported:
    """What the import of all rounds leaves."""

    ratings: list[pd.DataFrame] = field(default_factory=list)
    submissions: list[pd.DataFrame] = field(default_factory=list)
    unmatched: list[dict] = field(default_factory=list)
    cells: list[dict] = field(default_factory=list)
    revisions: list[pd.DataFrame] = field(default_factory=list)
    withheld: list[dict] = field(default_factory=list)

    def tables(self) -> dict[str, pd.DataFrame]:
        """The results by the stems of their files."""
        made = {}
        for name in ("ratings", "submissions", "unmatched", "cells", "revisions", "withheld"):
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
    finder = Finder(statements, settings.say("ask_comment"))
    read = cache(read_grid)  # a file may hold several rounds
    for entry in rounds.sort_values("round").to_dict("records"):
        path = folder / entry["file"]
        if not path.is_file():
            continue
        check_scale(entry, folder, settings)
        number = int(entry["round"])
        about = Round(
            number=number,
            path=path,
            closed=as_iso([entry.get("closed") or ""], settings.dates)[0][:10],
            wordings=wordings_of(statements, number),
            groups=groups,
            ids=ids_of(groups, kept.ids, number),
            sharing=frozenset(map(int, rounds.loc[rounds["file"] == entry["file"], "round"])),
        )
        mapped = entry.get("columns") or ""
        columns = people_tables.read_people_csv(folder / mapped, forms.COLUMNS) if mapped else None
        known = frozenset(about.ids)
        grid = read(path)
        layout = layout_of(path, grid, columns, finder, settings.panellist_column, number, known)
        answers = answers_of(path, grid, layout, finder, number, settings.dates)
        _import(out, answers, about, grid, layout, statements, settings, kept.comments)
    out.withheld = kept.comments.withheld
    return out


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
    raise_all(taken.refused)
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


class Taken:
    """The answers of the submissions that count, and what is no answer (`refused`)."""

    def __init__(
        self, answers: pd.DataFrame, sent: pd.DataFrame, about: Round, settings: DelphiSettings
    ) -> None:
        self._answers, self._sent = answers.reset_index(drop=True), sent
        self._about, self._settings = about, settings
        ratings = answers.loc[answers["role"] == RATING]
        self._key = settings.answer_key.with_words_of(ratings["text"].unique())
        self._parsed: dict[str, tuple[str, int | None]] = {}
        self._asked = set(ratings["statement"].unique())
        self.refused: list[StudyError] = []

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
                "panellist": np.repeat(who, m),
                "group": np.repeat(np.array([groups.get(w, "") for w in who], object), m),
                "statement": np.tile(np.array(list(versions), object), len(who)),
                "version": np.tile(np.array(list(versions.values()), int), len(who)),
                "status": status.ravel(),
                "rating": pd.array(rating.ravel(), dtype="Int64"),
                "comment": self._comments(place[COMMENT], who, list(versions), comments).ravel(),
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
                wrong[k] = str(error)
            else:
                rating[k] = np.nan if value is None else value
        if wrong:
            at = answers.iloc[np.flatnonzero(np.isin(codes, list(wrong)))]
            for row, column, text in zip(at["row"], at["column"], at["text"], strict=True):
                self._refuse(wrong[texts.get_loc(text)], int(row), column)
        return status[codes], rating[codes]

    def _refuse(self, problem: str, row: int, column: str) -> None:
        error = StudyError(
            problem,
            file=self._about.path,
            row=row,
            column=column,
            remedy="Correct the cell, or add its words to delphi.answer_labels, "
            "delphi.no_opinion, delphi.missing or delphi.not_asked",
        )
        if str(error) not in {str(known) for known in self.refused}:
            self.refused.append(error)

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
        own = own.assign(who=own["panellist"].map(self._about.who))
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
            | dict(rating=pd.array(rating, dtype="Int64"))
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
            other = _other_wording(grid.titles[column], place.statement, foreseen, statements)
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
