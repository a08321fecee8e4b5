"""Which submission or answer of a panellist counts in a round.

Of several submissions of one panellist one counts. In a table with one row per answer, and in
real-time Delphi (Gordon and Pease 2006, doi:10.1016/j.techfore.2005.09.005), where panellists come
back and change their answers, each answer counts by itself: the last on each statement.
"""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pandas as pd

from coproduction.delphi.headings import NO_OPINION, RATING
from coproduction.delphi.privacy import without_identity
from coproduction.delphi.round_layout import Layout
from coproduction.delphi.settings import DelphiSettings
from coproduction.formats.surveys.not_ratings import heads_a_total
from coproduction.formats.surveys.reading_exports import NOT_SHOWN, Grid
from coproduction.formats.surveys.states import FINISHED, NOT_ANSWERS, UNFINISHED

COUNTS, EMPTY, DOUBLE, REVISED = "counts", "empty", "double submission", "revised later"
LATE, STRANGER, NOBODY = "late", "not in the panel", "without an id"
SUMMARY = "summary row"


@dataclass(frozen=True)
class Round:
    """Number, file, last day and wordings of a round, who may be in it, and who shares the file.

    `linked` says whether its ids are those of the same persons in other rounds; `spellings` is how ids
    that no panel lists were first written. `numbered`: whether the tool numbers the responses, so that a row
    without a number is none. `totals` are rows that begin with the heading of a mean or sum.
    """

    number: int
    path: Path
    closed: str
    wordings: pd.DataFrame
    groups: Mapping[str, str] | None
    ids: Mapping[str, str]
    sharing: frozenset[int]
    linked: bool = True
    spellings: dict[str, str] = field(default_factory=dict)
    numbered: bool = False
    totals: frozenset[int] = frozenset()

    @property
    def versions(self) -> dict[str, int]:
        """Version of each statement that is asked, by statement."""
        pairs = zip(self.wordings["statement"], self.wordings["version"], strict=True)
        return dict(sorted(pairs))

    @property
    def base(self) -> dict:
        """What every row on this round says."""
        return dict(round=self.number, file=self.path.name)

    def who(self, written_id: str, row: int) -> str:
        """The pseudonym of an id in the file; empty for nobody in the panel.

        In a round whose ids link nobody it is the id itself, and the row where there is none.
        """
        if not self.linked:
            return self._spelt(written_id) or f"R{self.number} row {row}"
        key = written_id.casefold()
        if key in self.ids or self.groups is not None:
            return self.ids.get(key, "")
        return self._spelt(written_id)

    def _spelt(self, written_id: str) -> str:
        return self.spellings.setdefault(written_id.casefold(), written_id) if written_id else ""

    def hint(self, written_id: str, outcome: str) -> str:
        """Who may be meant by an id that the panel lacks, where one is alike but for its spelling."""
        if outcome != STRANGER:
            return ""
        likely = {who for key, who in self.ids.items() if plain_id(key) == plain_id(written_id)}
        note = f"; if {likely.pop()} is meant, say so in panellist_ids.csv" if len(likely) == 1 else ""
        return note

    def whose(self, rows: pd.DataFrame) -> list[str]:
        """The pseudonym of each row with `panellist` and `row`."""
        pairs = zip(rows["panellist"], rows["row"], strict=True)
        return [self.who(written_id, int(row)) for written_id, row in pairs]


def plain_id(written_id: str) -> str:
    """An id without case, signs, leading zeros and the '.0' that spreadsheets add."""
    plain = re.sub(r"[^a-z0-9]", "", re.sub(r"(?<=\d)\.0+$", "", written_id.casefold().strip()))
    return re.sub(r"(?<!\d)0+(?=\d)", "", plain)


def _sums_up(written_id: str, ids: Mapping[str, str]) -> bool:
    """Whether an id is the heading of a row of means or sums, as people add below a table."""
    return written_id.casefold() not in ids and heads_a_total(written_id)


def totals_of(grid: Grid, layout: Layout) -> frozenset[int]:
    """The rows that begin with the heading of a mean or sum, where no answer of the panel is expected."""
    total_rows = {row for row, words in grid.leading.items() if heads_a_total(words)}
    other_columns = [column for column in grid.rows if column not in layout.cells]
    if other_columns and other_columns[0] == grid.rows.columns[0] and other_columns[0] != layout.panellist:
        firsts = grid.rows[other_columns].replace("", pd.NA).bfill(axis=1).iloc[:, 0].fillna("")
        total_rows |= {int(row) for row, words in firsts.items() if heads_a_total(words)}
    return frozenset(total_rows)


def one_of_each(
    answers: pd.DataFrame, settings: DelphiSettings, row_by_row: bool
) -> tuple[pd.DataFrame, pd.DataFrame, Counter[str]]:
    """Of several answers of a panellist on a statement the last in time (or the first).

    Returns the answers that count, all in order of time, and how many cells of ratings do not count
    and why. What is not answered later takes no earlier answer away (EMPTY where it is no rating).
    """
    entries_given = answers.assign(entry=answers["row"] * len(answers) + pd.factorize(answers["statement"])[0])
    rated = (entries_given["role"] == RATING) & ~entries_given["state"].isin(NOT_ANSWERS)
    is_answer = entries_given["role"].isin([RATING, NO_OPINION]) & (entries_given["text"] != "")
    is_answer = entries_given["entry"].isin(entries_given.loc[is_answer, "entry"])
    rated &= is_answer | row_by_row
    keep = "last" if settings.last_counts else "first"
    entries_given = entries_given.assign(said=is_answer if keep == "last" else ~is_answer)
    ratings = entries_given[rated].sort_values(["said", "time", "row"], kind="stable")
    persons = _persons(ratings)
    counting_ratings = ratings[~ratings.assign(who=persons).duplicated(["who", "statement"], keep=keep)]
    entries_given = entries_given.drop(columns="said")
    counting = entries_given[entries_given["entry"].isin(counting_ratings["entry"])]
    entries = entries_given[entries_given["entry"].isin(ratings["entry"])]
    outcome = entries_given.loc[(entries_given["role"] == RATING) & ~rated, "state"]
    outcome = outcome.where(outcome.isin(NOT_ANSWERS), EMPTY)
    return counting, entries, Counter(outcome) + Counter({REVISED: len(ratings) - len(counting_ratings)})


def _persons(rows: pd.DataFrame) -> pd.Series:
    """Whose row each is, as far as the file tells: without an id a row is a person of its own."""
    written_ids = rows["panellist"].str.casefold()
    return written_ids.mask(written_ids == "", rows["row"].map("row {}".format))


def by_unit(answers: pd.DataFrame, singly: bool) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The answers with the number of the submission they are in, and row, panellist, time of each.

    A submission is a row of the file; where answers count one by one, all of a panellist, known by
    the last row.
    """
    rows = answers.drop_duplicates("row")[["row", "panellist", "time", "state"]]
    key = _persons(rows) if singly else rows["row"]
    rows = rows.assign(key=key).sort_values(["time", "row"], kind="stable")
    last = rows.drop_duplicates("key", keep="last").sort_values("row", ignore_index=True)
    unit = pd.Series(last.index, last["key"])
    of_row = pd.Series(rows["key"].map(unit).to_numpy(), rows["row"].to_numpy())
    return answers.assign(unit=of_row.reindex(answers["row"]).to_numpy()), last


def submissions(answers: pd.DataFrame, units: pd.DataFrame, about: Round, settings: DelphiSettings) -> pd.DataFrame:
    """SUBMISSIONS of the units, in their order; of several by one panellist one counts."""
    rated = answers[(answers["role"] == RATING) & ~answers["text"].isin(["", NOT_SHOWN])]
    persons = pd.Series(about.whose(units), units.index, dtype=object)
    day = units["time"].str[:10]
    late = day.str.fullmatch(r"\d{4}-\d\d-\d\d") & (day > about.closed if about.closed else False)
    nobody = (units["panellist"] == "") & (about.linked or about.numbered)
    summary = units["panellist"].map(lambda written_id: _sums_up(written_id, about.ids)).astype(bool)
    summary |= units["row"].isin(about.totals)
    outcome = np.select(
        [
            *(units["state"] == kind for kind in NOT_ANSWERS),
            summary,
            nobody,
            persons == "",
            late & (settings.late == "leave out"),
            units.index.isin(rated["unit"]),
        ],
        [*NOT_ANSWERS, SUMMARY, NOBODY, STRANGER, LATE, COUNTS],
        EMPTY,
    )
    finished = units["state"].map({FINISHED: "yes", UNFINISHED: "no"}).fillna("")
    sent = pd.DataFrame(
        about.base
        | dict(unit=units.index, row=units["row"])
        | dict(panellist=persons.mask(persons == "", units["panellist"].map(without_identity)))
        | dict(submitted=units["time"].where(finished != "no", ""), finished=finished)
        | dict(late=np.where(late, "yes", "no"), outcome=outcome, at=units["time"])
    )
    return _one_each(sent, settings.double_submissions)


def _one_each(sent: pd.DataFrame, keep: str) -> pd.DataFrame:
    """Mark all but one submission of each panellist as double.

    Finished submissions win over unfinished ones (where the tool does not say, those without a time),
    then time decides, then the row.
    """
    counting = sent[sent["outcome"] == COUNTS]
    unfinished = (counting["submitted"] == "").mask(counting["finished"] == "yes", False)
    counting = counting.assign(unfinished=unfinished)
    finished_at_the_end = [keep == "first", True, True]
    counting = counting.sort_values(["unfinished", "at", "row"], ascending=finished_at_the_end)
    double = counting.index[counting.duplicated("panellist", keep=keep)]
    return sent.assign(outcome=sent["outcome"].mask(sent.index.isin(double), DOUBLE))


def with_earlier(sent: pd.DataFrame, everything: pd.DataFrame, answered: set[int], about: Round) -> pd.DataFrame:
    """With the submissions whose answers were taken over into a later one of the same panellist.

    `everything` are the answers of all rows, `answered` the rows that have any.
    """
    rows = everything.drop_duplicates("row")
    rows = rows[~rows["row"].isin(sent["row"])]
    persons = pd.Series(about.whose(rows), rows.index, dtype=object)
    state = rows["state"]
    outcome = np.select(
        [*(state == kind for kind in NOT_ANSWERS), persons == "", rows["row"].isin(answered)],
        [*NOT_ANSWERS, STRANGER, REVISED],
        EMPTY,
    )
    earlier = pd.DataFrame(
        about.base
        | dict(unit=-1, row=rows["row"])
        | dict(panellist=persons.mask(persons == "", rows["panellist"].map(without_identity)))
        | dict(submitted=rows["time"], finished="", late="no", outcome=outcome)
    )
    return pd.concat([sent, earlier]).sort_values("row", ignore_index=True)
