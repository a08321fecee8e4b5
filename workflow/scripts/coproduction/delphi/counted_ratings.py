"""The answers of the submissions that count as ratings, and what is no rating."""

from collections import Counter

import numpy as np
import pandas as pd

from coproduction.core import tables
from coproduction.core.errors import StudyError
from coproduction.delphi import tables as forms
from coproduction.delphi.answers import NOT_TICKED, as_words
from coproduction.delphi.counted_submissions import COUNTS, Round
from coproduction.delphi.headings import COMMENT, NO_OPINION, RATING
from coproduction.delphi.privacy import Comments, shown
from coproduction.delphi.settings import DelphiSettings
from coproduction.formats.surveys import answers as cells
from coproduction.formats.surveys.reading_exports import NOT_SHOWN

NOT_FORESEEN = "statement not scheduled for this round"
ROLES = (RATING, COMMENT, NO_OPINION)


def _whole(ratings: np.ndarray) -> pd.api.extensions.ExtensionArray | np.ndarray:
    """Ratings as whole numbers where all are, which are written many times faster."""
    there = ratings[~np.isnan(ratings)]
    return pd.array(ratings, dtype="Int64") if (there == np.rint(there)).all() else ratings


class Taken:
    """The answers of the submissions that count, and what is no answer (`refused`)."""

    def __init__(self, answers: pd.DataFrame, sent: pd.DataFrame, about: Round, settings: DelphiSettings) -> None:
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
                "comment": as_words(self._comments(place[COMMENT], who, list(versions), comments).ravel()),
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
        said = "LimeSurvey codes: A1 taken as the lowest point; if it is the highest, say so in "
        return [dict(row=None, column="", content="A1, A2 …", reason=said + "delphi.answer_codes")]

    def _comments(self, place: np.ndarray, who: np.ndarray, names: list[str], comments: Comments) -> np.ndarray:
        """The comments as they may be shown, by submission and statement."""
        found = np.full(place.shape, "", object)
        units, statements = np.nonzero(place >= 0)
        at = place[units, statements]
        texts = self._answers["text"].to_numpy(object)[at]
        there = (texts != "") & (texts != NOT_SHOWN)
        units, statements, at, texts = (cells[there] for cells in (units, statements, at, texts))
        rows = self._answers["row"].to_numpy(int)[at].tolist()
        columns = self._answers["column"].iloc[at].tolist()
        for unit, k, text, row, column in zip(units, statements, texts, rows, columns, strict=True):
            of = dict(panellist=who[unit], statement=names[k], row=row, column=column)
            found[unit, k] = comments.passed(text, self._about.base | of)
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
