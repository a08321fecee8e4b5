"""Which column of a round file is what: panellist, time, round, and the answers on each statement.

LimeSurvey (CSV and VV), Qualtrics (three header rows), SurveyMonkey (two), REDCap, Google and
Microsoft Forms differ in where the statement's id or wording is; tables with one row per answer
(DelphiManager's scores, data deposits, real-time tools) name it row by row, exported rankings in the
cell. What headings leave open people settle in columns.csv, or in a map of all columns that
rounds.csv names. No reader for these exports was taken: the packages at hand either need the tool's
API or know one tool only.
"""

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from pathlib import Path
from typing import TypeGuard

import pandas as pd

from coproduction.core.errors import StudyError, raise_all
from coproduction.core.text import normalise
from coproduction.delphi.heading_words import bare_comment, bare_no_opinion
from coproduction.delphi.headings import (
    BRACKETS,
    CHECKBOX,
    CHOICE,
    COMMENT,
    DASHES,
    NO_OPINION,
    RANK,
    RATING,
    Doubt,
    Headings,
    Place,
)
from coproduction.delphi.persons import mostly_addresses, panellist_column
from coproduction.delphi.round_layout import IGNORE, PANELLIST, ROUND, SUBMITTED, Asked, Layout
from coproduction.delphi.row_by_row import row_by_row
from coproduction.formats.surveys import columns as tools
from coproduction.formats.surveys.columns import columns_named
from coproduction.formats.surveys.reading_exports import NOT_SHOWN, Grid

NAMES_NONE = "the column names no statement"
OTHER = "another round"  # a place that another column of this round has
Places = Mapping[str, Place | Doubt | None]
PLACE_OF_RANK = re.compile(r"(?:\[|\(|\b(?:rank|rang|place|position|ranking)[ _.-]*|_)(\d{1,3})[\])]?\s*$", re.I)


def layout_of(
    path: Path, grid: Grid, headings: Headings, asked: Asked, settled: dict[str, Place] | None = None
) -> Layout:
    """The layout of a round file by its headings; `settled` are columns that people have mapped.

    Raises StudyError where no column holds a rating or two claim the same.
    """
    settled = settled or {}
    check_there(path, grid, settled)
    places = {
        name: None
        if tools.is_quiz(grid, name) or tools.is_timing(name)
        else headings.place(_written(grid, name), grid.texts[name])
        for name in grid.rows
    }
    places = {c: _by_its_cells(place, grid.rows[c], asked) for c, place in places.items()}
    places |= settled
    places |= _choices(grid, headings, asked, places)
    by_role = {place.role: column for column, place in settled.items()}
    rounds = _round_column(path, grid, asked, by_role.get(ROUND, ""), places)
    panellist, linked = panellist_column(path, grid, places, asked, by_role.get(PANELLIST, ""), bool(rounds))
    used_columns = {panellist, rounds}
    submitted = by_role.get(SUBMITTED, "") or _submitted(grid, places, used_columns, asked.number)
    used_columns.add(submitted)
    places |= dict.fromkeys(used_columns)
    if not any(_is_rating(place) for place in places.values()):
        ranks = _ranks(grid, headings)
        if not ranks:
            return row_by_row(path, grid, headings, places, panellist, linked, submitted, rounds)
        places |= ranks
    cells, unused, doubts = _cells(path, grid, places, asked, used_columns)
    if not rounds:
        _check_told_apart(path, asked, cells)
    addresses = [c for c in columns_named(grid, tools.PERSON) if mostly_addresses(grid.rows[c])]
    email = "" if panellist else next(iter([*columns_named(grid, tools.EMAIL), *addresses]), "")
    return Layout(panellist, linked, submitted, cells, "", rounds, unused, doubts, email)


def _written(grid: Grid, name: str) -> str:
    """The heading of a column as the file writes it: without the number that tells it from one of the same name."""
    first = re.sub(r" \(\d+\)$", "", name)
    return first if first in grid.rows else name


def _is_rating(place: Place | Doubt | None) -> TypeGuard[Place]:
    return isinstance(place, Place) and place.role in (RATING, CHOICE)


def check_there(path: Path, grid: Grid, named: Collection[str]) -> None:
    missing = [column for column in named if column not in grid.rows]
    if missing:
        raise StudyError(
            f"the column map names {', '.join(map(repr, missing[:5]))}, which the file does not have",
            file=path,
            row=1,
            remedy="Correct the column map",
        )


def _check_told_apart(path: Path, asked: Asked, cells: dict[str, Place]) -> None:
    """StudyError where rounds share a file and nothing in it says which answers are whose."""
    without_round = [c for c, place in cells.items() if place.role == RATING and place.round is None]
    if len(asked.sharing) > 1 and without_round:
        raise StudyError(
            f"rounds {', '.join(map(str, sorted(asked.sharing)))} share one file, and no column "
            f"says to which round the answers of '{without_round[0]}' belong",
            file=path,
            row=1,
            remedy="Give the file a column 'round' with the number of the round, export each round "
            "to a separate file, or give one column the role 'round' in delphi/columns.csv",
        )


def _round_column(path: Path, grid: Grid, asked: Asked, settled: str, places: dict) -> str:
    """The column that names the round row by row; empty where none does.

    A column that names no round of this file, or one alone that needs no telling, is not it.
    """
    if settled:
        return settled
    sharing = asked.sharing
    for column in columns_named(grid, tools.ROUND):
        if isinstance(places.get(column), Place):
            continue
        named_rounds = set(grid.rows[column].map(tools.round_named).dropna())
        if len(named_rounds & sharing) >= min(2, len(sharing)):
            return column
        if named_rounds and not named_rounds & sharing and normalise(column) in ("round", "delphi round", "wave"):
            others = ", ".join(f"{number:g}" for number in sorted(named_rounds))
            raise StudyError(
                f"the column names the rounds {others}, rounds.csv has the file for round {asked.number}",
                file=path,
                row=1,
                column=column,
                remedy="Correct rounds.csv, or give the column the role 'ignore' in "
                "delphi/columns.csv if it means something else",
            )
    return ""


def _submitted(grid: Grid, places: Places, used_columns: Collection[str], number: int) -> str:
    """The column with the time of each row; of several time stamps of REDCap's that of the round."""
    named_columns = columns_named(grid, tools.SUBMITTED)
    stamps = [column for column in grid.rows if column.endswith("_timestamp")]
    of_round = [c for c in stamps if re.search(rf"(?<!\d)0*{number}(?!\d)", c)]
    free = [
        c for c in named_columns or of_round or stamps if c not in used_columns and not isinstance(places.get(c), Place)
    ]
    filled = [column for column in free if (grid.rows[column] != "").any()]
    return next(iter(filled or free), "")


def _ranks(grid: Grid, headings: Headings) -> dict[str, Place]:
    """Rankings exported place by place: column 'first' holds a statement, 'second' the next.

    Empty where fewer than two columns are places that hold statements (LimeSurvey writes them so).
    """
    rank_columns = {}
    for column in grid.rows:
        match = PLACE_OF_RANK.search(column) or PLACE_OF_RANK.search(grid.title(column))
        cells = [c for c in grid.rows[column] if c and not c.startswith("{")]
        statements_named = [headings.statement(c) for c in cells]
        if match and cells and 5 * sum(map(bool, statements_named)) >= 4 * len(cells):
            rank_columns[column] = Place(RANK, rank=int(match.group(1)))
    ranks = [place.rank for place in rank_columns.values()]
    return rank_columns if len(rank_columns) > 1 and len(set(ranks)) == len(ranks) else {}


def _choices(grid: Grid, headings: Headings, asked: Asked, places: dict) -> dict[str, Place | Doubt]:
    """One column for each point of the scale, as SurveyMonkey expands answers; ticked or empty.

    A heading 'statement [point]' or '… [statement - point]'; at least two points of a statement. Boxes
    of REDCap ('s01___9') are points where no other column rates the statement and each is a point of
    the scale; else they are asked about.
    """
    choice_columns: dict[str, Place] = {}
    boxes: dict[str, dict[str, str]] = {}  # by statement: column → what the box stands for
    rated = {place.statement for place in places.values() if _is_rating(place)}
    for column in grid.rows:
        if isinstance(places[column], Place):
            continue
        if match := CHECKBOX.search(column):
            place = headings.place(column[: match.start()])
            if isinstance(place, Place) and place.role == RATING and place.statement not in rated:
                boxes.setdefault(place.statement, {})[column] = match.group()[3:]
            continue
        for before, point in _with_point(column):
            place = headings.place(before) if asked.is_answer(point) else None
            if isinstance(place, Place) and place.role == RATING:
                choice_columns[column] = Place(CHOICE, place.statement, place.round, point=point)
                break
    points: dict[str, set[str]] = {}
    for place in choice_columns.values():
        points.setdefault(place.statement, set()).add(place.point)
    chosen_columns: dict[str, Place | Doubt] = {
        c: place for c, place in choice_columns.items() if len(points[place.statement]) > 1
    }
    for statement, columns in boxes.items():
        if len(columns) > 1 and all(map(asked.is_answer, columns.values())):
            chosen_columns |= {c: Place(CHOICE, statement, point=point) for c, point in columns.items()}
        else:
            why = f"a box of {statement} that is not a point of the scale, and no other column rates it"
            chosen_columns |= {column: Doubt(why, statement) for column in columns}
    return chosen_columns


def _with_point(column: str) -> Iterator[tuple[str, str]]:
    """A heading without its last part, and that part."""
    if (match := BRACKETS.match(column)) and not match["behind"]:
        yield match["before"], match["piece"]
        for dash in DASHES.finditer(match["piece"]):
            before = match["piece"][: dash.start()]
            yield f"{match['before']} [{before}]", match["piece"][dash.end() :]


def _cells(path: Path, grid: Grid, places: dict, asked: Asked, used_columns: set[str]):
    """The place of each column that has one, why the others are not used, and the doubts."""
    placed: dict[str, Place] = {}
    unused: dict[str, str] = {}
    doubts: dict[str, Doubt] = {}
    claimed: dict[tuple, str] = {}
    clashes: list[StudyError] = []
    several = {place.round for place in places.values() if isinstance(place, Place)} - {None}
    places = places | _bare(grid, places, used_columns, asked)
    places = {column: _of_another_round(places, column, asked.number) or place for column, place in places.items()}
    for column in grid.rows:
        if column in used_columns:
            continue
        place = places[column]
        if isinstance(place, Place) and place.role == IGNORE:
            unused[column] = "ignored, as columns.csv says"
            continue
        if isinstance(place, Doubt):
            unused[column], doubts[column] = place.why, place
            continue
        if place and (place.role == OTHER or len(several) > 1) and place.round not in (None, asked.number):
            unused[column] = f"the column belongs to round {place.round}"
            continue
        if place is None:
            if not tools.is_tools_own(grid, column):
                same_kind = _other_of_its_kind(grid, column)
                unused[column] = same_kind or NAMES_NONE
                if same_kind and not (grid.rows[column] != "").any():
                    unused.pop(column)
            continue
        key = (place.role, place.statement, place.rank, place.point)
        if key in claimed:
            clashes.append(_clash(path, claimed[key], column, place))
        claimed.setdefault(key, column)
        claimed.setdefault((place.role, place.statement), column)
        placed[column] = place
    raise_all(clashes)
    return placed, unused, doubts


def _of_another_round(places: Places, column: str, number: int) -> Place | None:
    """A rating that names another round, beside one of the same statement that names none or this one.

    So do exports carry the rating of the round before ('S01', 'S01_r1'); it is set aside by `OTHER`.
    """
    place = places[column]
    if not _is_rating(place) or place.round in (None, number):
        return None
    beside = [p for p in places.values() if _is_rating(p) and p.statement == place.statement and p is not place]
    return Place(OTHER, place.statement, place.round) if any(p.round in (None, number) for p in beside) else None


def _bare(grid: Grid, places: Places, used_columns: Collection[str], asked: Asked) -> dict[str, Place | Doubt]:
    """Comments and boxes for 'no opinion' that do not say on what: on the one statement rated before; after several, a doubt."""
    boxes = _bare_of(NO_OPINION, bare_no_opinion, grid, places, used_columns, asked)
    return boxes | _bare_of(COMMENT, bare_comment, grid, {**places, **boxes}, used_columns, asked)


def _bare_of(
    role: str,
    is_bare: Callable[[str, str], bool],
    grid: Grid,
    places: Places,
    used_columns: Collection[str],
    asked: Asked,
) -> dict[str, Place | Doubt]:
    bare_columns: dict[str, Place | Doubt] = {}
    of_role = {p.statement for p in places.values() if isinstance(p, Place) and p.role == role}
    since: list[str] = []  # statements rated since the last column of the role
    for column in grid.rows:
        place = places[column]
        if column not in used_columns and place is None and since and is_bare(column, grid.texts[column]):
            if len(since) > 1:
                what = "comment" if role == COMMENT else "box for 'no opinion'"
                why = f"the {what} may be on {since[-1]} or on all statements from {since[0]} on"
                bare_columns[column] = Doubt(why, since[-1], role)
            elif since[0] not in of_role:
                bare_columns[column] = Place(role, since[0])
            since = []
        elif isinstance(place, Place) and place.role == role:
            since = []
        elif _is_rating(place) and place.round in (None, asked.number) and place.statement not in since:
            since.append(place.statement)
    return bare_columns


def _other_of_its_kind(grid: Grid, column: str) -> str:
    """Why a column that is named after persons or rounds is not the one that tells them."""
    if mostly_addresses(grid.rows[column]):
        return "it holds e-mail addresses, which are not kept"
    if column in columns_named(grid, tools.GROUP):
        return "groups are those of panel.csv, column 'group'"
    if column in columns_named(grid, tools.PERSON):
        return "it is not the column that identifies the panellist"
    return "it does not identify the round" if column in columns_named(grid, tools.ROUND) else ""


def _by_its_cells(place: Place | Doubt | None, cells: pd.Series, asked: Asked) -> Place | Doubt | None:
    """A heading that asks for a comment, or says 'no opinion', among other words: its cells tell, if all say the same."""
    if isinstance(place, Place) and place.role == NO_OPINION and any(c[:1] in "23456789" for c in cells if c):
        return Doubt(f"the heading may ask for the rating of {place.statement} or say 'no opinion'", place.statement)
    if not isinstance(place, Place) or not place.open:
        return place
    answers = [asked.is_answer(cell) for cell in cells.unique() if cell not in ("", NOT_SHOWN)]
    if not any(answers):
        return Place(COMMENT, place.statement, place.round)
    if all(answers):
        return Place(RATING, place.statement, place.round)
    why = f"the heading may ask for the rating of {place.statement} or for a comment"
    return Doubt(why, place.statement)


def _clash(path: Path, one: str, other: str, place: Place) -> StudyError:
    return StudyError(
        f"'{one}' and '{other}' both look like the {place.role} of {place.statement}",
        file=path,
        row=1,
        remedy="Say what each column is in delphi/columns.csv (column, role, statement; the role 'ignore' for what does not "
        "count), or in a column map that rounds.csv names",
    )
