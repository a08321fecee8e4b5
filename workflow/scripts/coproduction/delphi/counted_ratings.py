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
from coproduction.delphi.privacy import Comments, without_identity
from coproduction.delphi.settings import DelphiSettings
from coproduction.formats.surveys import answers as cells
from coproduction.formats.surveys.reading_exports import NOT_SHOWN

NOT_FORESEEN = "statement not scheduled for this round"
WORDS_OF_A_COMMENT = 3  # beside a rating
ROLES = (RATING, COMMENT, NO_OPINION)


def _whole(ratings: np.ndarray) -> pd.api.extensions.ExtensionArray | np.ndarray:
    """Ratings as whole numbers where all are, which are written many times faster."""
    present = ratings[~np.isnan(ratings)]
    return pd.array(ratings, dtype="Int64") if (present == np.rint(present)).all() else ratings


class Taken:
    """The answers of the submissions that count, and what is no answer (`refused`)."""

    def __init__(self, answers: pd.DataFrame, sent: pd.DataFrame, about: Round, settings: DelphiSettings) -> None:
        self._answers, self._sent = answers.reset_index(drop=True), sent
        self._about, self._settings = about, settings
        counting = set(sent.loc[sent["outcome"] == COUNTS, "unit"])
        ratings = answers.loc[(answers["role"] == RATING) & answers["unit"].isin(counting)]
        self._key = settings.answer_key.with_words_of(ratings["text"].unique())
        self._ratings = ratings
        self._seen = set(ratings["text"].unique())
        self._asked = set(answers.loc[answers["role"] == RATING, "statement"].unique())
        self._told: set[str] = set()  # texts that `wrong` names
        self.wrong: list[StudyError] = []  # what ends the step: the scale or a label is not known
        self.refused: list[dict] = []  # cells with numbers that are no single rating

    def ratings(self, comments: Comments, where: Counter) -> pd.DataFrame:
        """RATINGS, each submission that counts by all statements of the round.

        Adds to `where` where the rating cells of all submissions went.
        """
        versions = self._about.versions
        names = [*versions, *sorted(self._asked - set(versions))]
        place = self._places(names)
        is_filled = place[RATING] >= 0
        for outcome, part in self._sent[self._sent["unit"] >= 0].groupby("outcome"):
            if outcome != COUNTS:
                where[outcome] += int(is_filled[part["unit"]].sum())
        counting = self._sent[self._sent["outcome"] == COUNTS]
        units, m = counting["unit"].to_numpy(int), len(versions)
        is_filled = is_filled[units]
        where[NOT_FORESEEN] += int(is_filled[:, m:].sum())
        place = {role: cells[units, :m] for role, cells in place.items()}
        status, rating = self._statuses(place, list(versions))
        where.update(pd.Series(status[is_filled[:, :m]]).value_counts().to_dict())
        panellists = counting["panellist"].to_numpy(object)
        groups = self._about.groups or {}
        return pd.DataFrame(
            {
                "round": self._about.number,
                "panellist": as_words(np.repeat(panellists, m)),
                "group": as_words(np.repeat(np.array([groups.get(w, "") for w in panellists], object), m)),
                "statement": as_words(np.tile(np.array(list(versions), object), len(panellists))),
                "version": np.tile(np.array(list(versions.values()), int), len(panellists)),
                "status": as_words(status.ravel()),
                "rating": _whole(rating.ravel()),
                "comment": as_words(self._comments(place[COMMENT], panellists, list(versions), comments).ravel()),
            }
        )

    def _places(self, names: list[str]) -> dict[str, np.ndarray]:
        """Per role the position among the answers of each submission's cell on each statement."""
        units = self._sent["unit"].max() + 1 if len(self._sent) else 0
        positions = {}
        column = pd.Index(names).get_indexer(self._answers["statement"])
        for role in ROLES:
            of_role = np.flatnonzero((self._answers["role"] == role) & (column >= 0))
            positions[role] = np.full((max(units, 0), len(names)), -1)
            positions[role][self._answers["unit"].to_numpy(int)[of_role], column[of_role]] = of_role
        return positions

    def _statuses(self, place: dict, names: list[str]) -> tuple[np.ndarray, np.ndarray]:
        """Status and rating (NaN for none) of each submission on each statement."""
        is_asked = np.array([name in self._asked for name in names], bool)
        cell = place[RATING]
        status = np.where(np.broadcast_to(is_asked, cell.shape), cells.MISSING, cells.NOT_ASKED)
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
            counted = Counter(at["text"])
            for row, column, text in zip(at["row"], at["column"], at["text"], strict=True):
                self._refuse(wrong[texts.get_loc(text)], int(row), column, text, counted[text])
        return status[codes], rating[codes]

    def _refuse(self, problem: ValueError, row: int, column: str, text: str, n: int) -> None:
        """A note on a cell that is no single rating; else an error that names the first of the n cells with the text."""
        if isinstance(problem, cells.NotOneRating):
            note = dict(row=row, column=column, content=without_identity(text[:60]), reason=forms.NO_RATING)
            if note not in self.refused:
                self.refused.append(note)
            return
        if text in self._told:
            return
        self._told.add(text)
        code = text if cells.PLAIN.match(text) and "outside" in str(problem) else ""
        remedy = (
            f'Correct the cell; if {code} is the code of an answer, add "{code}" to delphi.no_opinion (unable to score, '
            "don't know), to delphi.missing (left empty) or to delphi.not_asked"
            if code
            else "Correct the cell, or add its words to delphi.answer_labels, "
            "delphi.no_opinion, delphi.missing or delphi.not_asked"
        )
        again = f" ({n} cells)" if n > 1 else ""
        self.wrong.append(StudyError(f"{problem}{again}", file=self._about.path, row=row, column=column, remedy=remedy))

    def words_beside(self) -> list[dict]:
        """A note on each rating with words of its own beside it ('7 because …'), which are not kept."""
        wordings: dict[str, set[str]] = {}  # by point what stands beside it
        labels: dict[str, tuple[str, str]] = {}  # by cell its point and its words
        for text in self._seen:
            if label := cells.label_beside(text):
                labels[text] = label
                wordings.setdefault(label[0], set()).add(label[1])
        numbers = self._ratings["text"].value_counts()
        own = [t for t, (_, words) in labels.items() if numbers[t] == 1 and len(words.split()) >= WORDS_OF_A_COMMENT]
        own = [t for t in own if len(wordings[labels[t][0]]) > 1 or labels[t][0] in self._seen]
        at = self._ratings[self._ratings["text"].isin(own)]
        reason = "the words beside the rating are not kept; comments need a column of their own"
        return [
            dict(row=int(row), column=column, content=without_identity(text[:60]), reason=reason)
            for row, column, text in zip(at["row"], at["column"], at["text"], strict=True)
        ]

    def by_codes(self) -> list[dict]:
        """A note where LimeSurvey's codes A1, A2 … were taken for the points 1, 2 …"""
        if self._settings.answer_codes or not any(map(cells.TOOLS_CODE.match, self._seen)):
            return []
        note = "LimeSurvey codes: A1 was taken as the lowest point; if it is the highest, say so in "
        return [dict(row=None, column="", content="A1, A2 …", reason=note + "delphi.answer_codes")]

    def _comments(self, place: np.ndarray, panellists: np.ndarray, names: list[str], comments: Comments) -> np.ndarray:
        """The comments as they may be shown, by submission and statement."""
        shown_comments = np.full(place.shape, "", object)
        units, statements = np.nonzero(place >= 0)
        at = place[units, statements]
        texts = self._answers["text"].to_numpy(object)[at]
        is_written = (texts != "") & (texts != NOT_SHOWN)
        units, statements, at, texts = (cells[is_written] for cells in (units, statements, at, texts))
        rows = self._answers["row"].to_numpy(int)[at].tolist()
        columns = self._answers["column"].iloc[at].tolist()
        for unit, k, text, row, column in zip(units, statements, texts, rows, columns, strict=True):
            of = dict(panellist=panellists[unit], statement=names[k], row=row, column=column)
            shown_comments[unit, k] = comments.passed(text, self._about.base | of)
        return shown_comments

    def revisions(self, answers: pd.DataFrame) -> pd.DataFrame:
        """REVISIONS: all answers in order, where panellists answered a statement more than once."""
        counted = set(self._sent.loc[self._sent["outcome"] == COUNTS, "panellist"])
        rating_answers = answers[answers["role"] == RATING].sort_values(["time", "row"], kind="stable")
        rating_answers = rating_answers.assign(who=self._about.whose(rating_answers))
        rating_answers = rating_answers[
            rating_answers["who"].isin(counted) & rating_answers["statement"].isin(list(self._about.versions))
        ]
        rating_answers = rating_answers.sort_values(["who", "statement"], kind="stable")
        by = rating_answers.groupby(["who", "statement"], sort=False)
        if not self._settings.real_time and not rating_answers.duplicated(["who", "statement"]).any():
            return tables.empty(forms.REVISIONS)
        status, rating = self._read(rating_answers)
        counting = "last" if self._settings.last_counts else "first"
        return pd.DataFrame(
            dict(round=self._about.number, panellist=rating_answers["who"], statement=rating_answers["statement"])
            | dict(order=by.cumcount() + 1, submitted=rating_answers["time"], status=status)
            | dict(rating=rating)
            | dict(counts=np.where(rating_answers.duplicated(["who", "statement"], keep=counting), "no", "yes"))
        )
