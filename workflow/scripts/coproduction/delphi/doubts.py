"""What in the round files is plausible but may be wrong: refused where it contradicts, else asked about.

Nothing here changes a number. What contradicts itself (two rounds with the same rows, rounds in the
wrong order) ends the step; the rest is asked with the evidence seen in the files, and where to answer.
"""

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from coproduction.core.days import YEAR_LAST, as_iso, as_times
from coproduction.core.errors import StudyError, nearest, raise_all
from coproduction.core.study_files import is_note, left_by_programs
from coproduction.core.text import some
from coproduction.delphi.counted_submissions import COUNTS, Round
from coproduction.delphi.headings import CHOICE, RANK, RATING
from coproduction.delphi.round_layout import Layout
from coproduction.delphi.settings import DelphiSettings
from coproduction.formats.surveys.columns import RESPONSE, columns_named
from coproduction.formats.surveys.reading_exports import NOT_SHOWN, Grid
from coproduction.formats.surveys.states import FINISHED, NOT_ANSWERS, UNFINISHED

FEW_POINTS, MANY_RATINGS = (5, 20)  # ratings from which a scale of few points can be told from a wide one
NOT_ROUNDS = (
    "statements.csv",
    "panel.csv",
    "rounds.csv",
    "panellist_ids.csv",
    "columns.csv",
    "comments.csv",
    "identities.csv",
    "protocol.csv",
    "checklist.csv",
)
TABLES = (".csv", ".tsv", ".txt", ".xlsx", ".ods")  # forms in which exports of rounds come
LEAST_PAIRS, LEAST_PEOPLE, APART = 20, 6, 0.25


@dataclass(frozen=True)
class RoundFile:
    """A round with its file as read; what rounds.csv confirms of it: the scale, and that ids link."""

    about: Round
    grid: Grid
    layout: Layout
    opened: str = ""
    scale_said: bool = False
    linked_said: bool = False


def refuse_contradictions(files: Sequence[RoundFile], settings: DelphiSettings) -> None:
    """Raise StudyError where two files hold the same rows, rounds are in the wrong order, or the scale is turned."""
    errors = [*_same_rows(files), *_dates_of_rounds(files), *_rounds_in_headings(files), *_times(files)]
    for file in files:
        errors += [*_turned(file, settings), *_ranks(file, settings)]
    raise_all(errors)


def _turned(file: RoundFile, settings: DelphiSettings) -> Iterator[StudyError]:
    """Labels in headings or cells that put the best point where the settings have the worst."""
    key, scale = settings.answer_key, settings.scale
    rated = [column for column, place in file.layout.cells.items() if place.role == RATING]
    legends = [(None, column, file.grid.title(column)) for column in rated]
    firsts = (file.grid.rows[column].drop_duplicates() for column in rated)
    cells = [(row, cell.name, text) for cell in firsts for row, text in cell.items()]
    for row, column, text in [*legends, *cells]:
        if label := key.turned(text):
            yield StudyError(
                f"'{label}' contradicts the settings, in which {scale.lowest:g} means '{scale.lowest_label}' and "
                f"{scale.highest:g} '{scale.highest_label}'",
                file=file.about.path,
                row=row or 1,
                column=column,
                remedy="If the panel rated the other way round, say in delphi.answer_labels which point each answer is "
                f'("{scale.lowest:g}": {scale.highest:g} …), or correct the labels of delphi.scale',
            )
            return


def _ranks(file: RoundFile, settings: DelphiSettings) -> Iterator[StudyError]:
    """Columns that hold the first, second … statement of an order, where the settings expect ratings."""
    ranks = [column for column, place in file.layout.cells.items() if place.role == RANK]
    if ranks and not settings.ranking.given:
        yield StudyError(
            f"{some(ranks)} contain ranks, but the settings expect ratings: first place is not a rating of 1",
            file=file.about.path,
            row=1,
            remedy="Set delphi.ranking (use: true, answers: ranks), or give the columns the role 'ignore' in columns.csv",
        )


def _same_rows(files: Sequence[RoundFile]) -> Iterator[StudyError]:
    """Two files with the same rows, times or numbers of responses included."""
    for one, other in _alike(files):
        stamped = one.layout.submitted in one.grid.rows and any(one.grid.rows[one.layout.submitted])
        numbered = [c for c in columns_named(one.grid, RESPONSE) if c != one.layout.panellist]
        if stamped or any((one.grid.rows[column] != "").all() for column in numbered):
            yield StudyError(
                f"the file of round {other.about.number} contains the same rows as that of round "
                f"{one.about.number} ({one.about.path.name})",
                file=other.about.path,
                remedy=f"Put the export of round {other.about.number} there, or correct rounds.csv",
            )


def _alike(files: Sequence[RoundFile]) -> Iterator[tuple[RoundFile, RoundFile]]:
    """Pairs of files of two rounds that hold the very same cells."""
    for one, other in itertools.combinations(files, 2):
        if one.about.path != other.about.path and len(one.grid.rows) > 1:
            pair = [file.grid.rows.to_numpy() for file in (one, other)]
            if pair[0].shape == pair[1].shape and (pair[0] == pair[1]).all():
                yield one, other


def _dates_of_rounds(files: Sequence[RoundFile]) -> Iterator[StudyError]:
    """Rounds that close before they open, or before the round before them opened."""
    listed = [file for file in files if _is_day(file.opened) or _is_day(file.about.closed)]
    for file in listed:
        opened, closed = file.opened, file.about.closed
        if _is_day(opened) and _is_day(closed) and closed < opened:
            yield _wrong_dates(file, f"round {file.about.number} closes ({closed}) before it opens ({opened})")
    for earlier, later in itertools.pairwise(listed):
        first, next_day = earlier.opened or earlier.about.closed, later.about.closed or later.opened
        if _is_day(first) and _is_day(next_day) and next_day < first:
            problem = (
                f"round {later.about.number} ends ({next_day}) before round {earlier.about.number} begins ({first})"
            )
            yield _wrong_dates(later, problem)


def _is_day(text: str) -> bool:
    return text[:4].isdigit() and len(text) == 10


def _wrong_dates(file: RoundFile, problem: str) -> StudyError:
    return StudyError(
        problem,
        file=file.about.path.parent / "rounds.csv",
        remedy="Correct opened and closed; if day and month are swapped, write YYYY-MM-DD or set delphi.dates",
    )


def _rounds_in_headings(files: Sequence[RoundFile]) -> Iterator[StudyError]:
    """Headings that number the rounds, but the other way round than rounds.csv."""
    named_rounds = []
    for file in files:
        rounds = {p.round for p in file.layout.cells.values() if p.role == RATING} - {None}
        if len(rounds) == 1 and len(file.about.sharing) == 1:
            named_rounds.append((file, rounds.pop()))
    for (earlier, first), (later, then) in itertools.pairwise(named_rounds):
        if first is not None and then is not None and then < first:
            yield StudyError(
                f"the headings name round {then}, those of {earlier.about.path.name} round {first}, but "
                f"rounds.csv has them the other way round",
                file=later.about.path,
                row=1,
                remedy="Correct the files in rounds.csv",
            )


def _times(files: Sequence[RoundFile]) -> Iterator[StudyError]:
    """A round all of whose time stamps are before those of the round before it."""
    with_stamps = [(file, stamps) for file in files if (stamps := _stamps(file))]
    for (earlier, first), (later, then) in itertools.pairwise(with_stamps):
        if earlier.about.path != later.about.path and then[-1] < first[0]:
            yield StudyError(
                f"all answers of round {later.about.number} ({then[0][:10]} to {then[-1][:10]}) came "
                f"before those of round {earlier.about.number} ({first[0][:10]} to {first[-1][:10]})",
                file=later.about.path,
                column=later.layout.submitted,
                remedy="Correct the files in rounds.csv; if day and month are swapped, set delphi.dates; "
                "if the time stamps mean something else, give the column the role 'ignore' in columns.csv",
            )


def _stamps(file: RoundFile) -> list[str]:
    """The time stamps of a file, in order; empty where not all are dates."""
    if not file.layout.submitted:
        return []
    stamps = sorted(as_iso([s for s in file.grid.rows[file.layout.submitted] if s]))
    return [stamp for stamp in stamps if stamp[:4].isdigit() and stamp[4:5] == "-"]


def missing_files(rounds: pd.DataFrame, folder: Path) -> list[dict[str, Any]]:
    """QUESTIONS on files that rounds.csv names and that are not there, where one is named alike."""
    files_there = {path.name for path in folder.glob("*") if path.is_file()}
    used = {*rounds["file"], *rounds.get("columns", []), *NOT_ROUNDS}
    free = sorted(files_there - used)
    questions = []
    for number, file in zip(rounds["round"], rounds["file"], strict=True):
        stem = Path(file).stem.casefold()
        alike = [name for name in free if Path(name).stem.casefold().strip() == stem]
        likely = next(iter(alike), None) or nearest(file, free)
        if file not in files_there and likely:
            question = dict(
                question=f"Is {likely} the file of round {number}?",
                evidence=f"rounds.csv names {file}, which does not exist; {likely} exists and is not used",
                answer="Correct the name of the file, or the column 'file' of rounds.csv",
            )
            questions.append(dict(round=int(number), file=file) | question)
            free.remove(likely)
    lists = {Path(name).stem for name in NOT_ROUNDS}
    unnamed = [name for name in free if Path(name).suffix.lower() in TABLES and Path(name).stem not in lists]
    return questions + [
        dict(
            round=None,
            file=name,
            question="Is this file the export of a round?",
            evidence="it is in delphi/, but rounds.csv does not name it",
            answer="Name it in the column 'file' of rounds.csv, or move it out of delphi/",
        )
        for name in unnamed
        if not left_by_programs(name) and not is_note(name)
    ]


def check_days(rounds: pd.DataFrame, folder: Path, order: str) -> None:
    """Raise StudyError for a day of rounds.csv that is none, or has two readings and no setting says which is meant."""
    cells = [
        (row, name, str(cell)) for name in ("opened", "closed") if name in rounds for row, cell in rounds[name].items()
    ]
    days = as_times([cell for _, _, cell in cells])
    raise_all(
        [
            StudyError(
                f"'{cell}' can be read as two dates" if YEAR_LAST.match(cell) else f"'{cell}' is not a date",
                file=folder / "rounds.csv",
                row=int(row),
                column=name,
                remedy="Write YYYY-MM-DD"
                + (
                    ", or say in the setting delphi.dates whether the day or the month comes first"
                    if YEAR_LAST.match(cell)
                    else ""
                ),
            )
            for (row, name, cell), day in zip(cells, days, strict=True)
            if cell and not day and (order == "auto" or not YEAR_LAST.match(cell))
        ]
    )


def on(
    files: Sequence[RoundFile],
    ratings: Sequence[pd.DataFrame],
    submissions: Sequence[pd.DataFrame],
    settings: DelphiSettings,
) -> list[dict[str, Any]]:
    """QUESTIONS on the answers: too few points, ids that were sorted without them, dates outside."""
    questions = []
    for file, rated, sent in zip(files, ratings, submissions, strict=True):
        possible = (_absent(file), _few_points(file, rated, settings), _outside_dates(file, sent))
        for question in possible:
            if question:
                questions.append(file.about.base | question)
    with_answers = list(zip(files, ratings, submissions, strict=True))
    for earlier, later in itertools.pairwise(with_answers):
        if question := _sorted_ids(earlier, later):
            questions.append(later[0].about.base | question)
    for first, copy in _alike(files):
        if first.grid.rows.size >= LEAST_PAIRS:
            questions.append(copy.about.base | _copied(first))
    return questions + _numbered_persons(files)


def unordered(file: RoundFile, answers: pd.DataFrame, settings: DelphiSettings) -> list[dict[str, Any]]:
    """A question where panellists rated a statement twice, differently, and no time says which came last."""
    repeated = answers[
        (answers["role"] == RATING) & ~answers["text"].isin(["", NOT_SHOWN]) & (answers["panellist"] != "")
    ]
    if not file.about.linked:
        return []
    repeated = repeated[~repeated["state"].isin(NOT_ANSWERS)]
    repeated = repeated.assign(who=repeated["panellist"].str.casefold())
    finished = set(repeated.loc[repeated["state"] == FINISHED, "who"])
    repeated = repeated[(repeated["state"] != UNFINISHED) | ~repeated["who"].isin(finished)]  # they do not count
    repeated = repeated[repeated.duplicated(["who", "statement", "state"], keep=False)]
    by = repeated.groupby(["who", "statement", "state"], sort=False)
    other, untimed = by["text"].transform("nunique") > 1, ~by["time"].transform("min").str.match(r"\d{4}-")
    rows = repeated[other & untimed].drop_duplicates(["panellist", "row"])
    if rows.empty:
        return []
    row_lists = [
        f"{who}: rows {' and '.join(map(str, part['row']))}" for who, part in rows.groupby("panellist", sort=False)
    ]
    counting = "last" if settings.last_counts else "first"
    question = dict(
        question="Which of several answers of a panellist counts?",
        evidence=f"no time stamp shows which came last ({some(row_lists)}); the {counting} row is counted",
        answer="Export the time of submission as well, or keep only the answer that counts in the file",
    )
    return [file.about.base | question]


def _copied(one: RoundFile) -> dict[str, str]:
    return dict(
        question="Is this file a copy of that of another round?",
        evidence=f"all {one.grid.rows.size} cells are identical to those of {one.about.path.name}",
        answer="Put the export of this round there, or correct rounds.csv",
    )


def _numbered_persons(files: Sequence[RoundFile]) -> list[dict[str, Any]]:
    """Persons who are numbered 1 to n in the order of the rows in every file: ids, or rows?"""
    linked = [file for file in files if file.about.linked and file.layout.panellist]
    if len(linked) < 2 or any(file.linked_said or file.about.ids for file in linked):
        return []
    for file in linked:
        ids = file.grid.rows[file.layout.panellist].tolist()
        if len(ids) < 2 or ids != [str(k) for k in range(1, len(ids) + 1)]:
            return []
    evidence = f"in {len(linked)} files '{linked[0].layout.panellist}' counts up from 1 in row order"
    question = dict(
        question="Do these numbers identify the same people in every round, or are they row numbers?",
        evidence=evidence,
        answer="Write 'yes' (the same people) or 'no' in the column 'linked' of rounds.csv",
    )
    return [file.about.base | question for file in linked[1:]]


def _absent(file: RoundFile) -> dict[str, str] | None:
    """Statements that the round foresees and no column rates."""
    places = file.layout.cells.values()
    if file.layout.statement or any(place.role == RANK for place in places):
        return None
    rated = {place.statement for place in places if place.role in (RATING, CHOICE)}
    absent = sorted(set(file.about.versions) - rated)
    if not absent:
        return None
    return dict(
        question=f"Were these statements asked: {some(absent)}?",
        evidence="no column of the file has ratings of them, but statements.csv schedules them for this round",
        answer="Correct the headings (see columns_to_settle.csv), or first_round and last_round in statements.csv",
    )


def _few_points(file: RoundFile, ratings: pd.DataFrame, settings: DelphiSettings) -> dict[str, str] | None:
    """Answers that use only the first points of a wide scale, as if given on a narrower one."""
    values = ratings["rating"].to_numpy(float, na_value=np.nan)
    values = values[~np.isnan(values)]
    lowest, highest = settings.scale.lowest, settings.scale.highest
    if file.scale_said or settings.ranking.given or len(values) < MANY_RATINGS:
        return None
    used, top = np.unique(values), values.max()
    narrow = lowest + FEW_POINTS - 1 if highest < 50 else 10
    if highest < narrow + 2 or top > narrow or len(used) < 3:
        return None
    return dict(
        question=f"Was this round rated on a scale up to {narrow:g}?",
        evidence=f"{len(values)} ratings, none above {top:g}; the settings say {lowest:g} to {highest:g}",
        answer=f"Write the scale ({lowest:g}-{highest:g}, or the one that was used) in the column 'scale' "
        "of rounds.csv",
    )


def _outside_dates(file: RoundFile, sent: pd.DataFrame) -> dict[str, str] | None:
    """Submissions that all lie before the first day of their round or after the last."""
    days = sent.loc[(sent["outcome"] == COUNTS) & (sent["submitted"] != ""), "submitted"].str[:10]
    days = days[days.map(_is_day)]
    opened, closed = file.opened, file.about.closed
    if len(days) < 2:
        return None
    if not (_is_day(opened) and (days < opened).all()) and not (_is_day(closed) and (days > closed).all()):
        return None
    return dict(
        question="Which are right: the dates of the round or those in the file?",
        evidence=f"all {len(days)} submissions are from {min(days)} to {max(days)}, the round was open "
        f"from {opened or 'an unknown day'} to {closed or 'an unknown day'}",
        answer="Correct opened and closed in rounds.csv, or set delphi.dates (day or month first)",
    )


def _sorted_ids(one: tuple, other: tuple) -> dict[str, str] | None:
    """Ids in alphabetical order whose answers fit the round before row by row, but not person by person."""
    files = (one[0], other[0])
    if not all(file.about.linked for file in files) or any(file.linked_said for file in files):
        return None
    order = [_in_file_order(sent) for sent in (one[2], other[2])]
    if set(order[0]) != set(order[1]) or order[0] == order[1] or len(order[0]) < LEAST_PEOPLE:
        return None
    if not any(names == sorted(names, key=str.casefold) for names in order):
        return None
    first, then = (
        rated.pivot(index="panellist", columns="statement", values="rating").astype(float)
        for rated in (one[1], other[1])
    )
    common = sorted(set(first) & set(then))
    before = first.loc[order[0], common].to_numpy()
    persons, rows = then.loc[order[0], common].to_numpy(), then.loc[order[1], common].to_numpy()
    by_id, pairs = _agreement(before, persons)
    by_row, _ = _agreement(before, rows)
    if pairs < LEAST_PAIRS or by_row < by_id + APART:
        return None
    return dict(
        question="Was the column of ids sorted without the answers?",
        evidence=f"of {pairs} pairs of ratings, {100 * by_id:.0f} % agree with "
        f"round {one[0].about.number} by id, {100 * by_row:.0f} % by place in the file, and the ids of one "
        "file are in alphabetical order",
        answer="Export the file again; if the ids are right, write 'yes' in the column 'linked' of rounds.csv",
    )


def _in_file_order(sent: pd.DataFrame) -> list[str]:
    return sent.loc[sent["outcome"] == COUNTS].sort_values("row")["panellist"].tolist()


def _agreement(before: Any, after: Any) -> tuple[float, int]:
    """Share of equal ratings among those that are there in both, and how many they are."""
    both = (before == before) & (after == after)  # noqa: PLR0124 (NaN is not itself)
    pairs = int(both.sum())
    return (float((before == after)[both].mean()) if pairs else 0.0), pairs
