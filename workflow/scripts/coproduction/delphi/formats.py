"""Round files of survey tools, read into one form: which column is what, which row is whose.

LimeSurvey (CSV and VV), Qualtrics (three header rows), SurveyMonkey (two), REDCap, Google and
Microsoft Forms differ in where the statement's id or wording stands; tables with one row per answer
(DelphiManager's scores, data deposits, real-time tools) are turned round. A column map settles what
names leave open. No reader for these exports was taken: the packages at hand either need the tool's
API or know one tool only.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from coproduction.core.errors import StudyError, raise_all
from coproduction.core.text import normalise
from coproduction.delphi import by_place
from coproduction.delphi.headers import Grid, read_grid
from coproduction.delphi.places import COMMENT, NO_OPINION, RATING, Finder, Place, bare_comment
from coproduction.delphi.settings import DelphiSettings

PANELLIST = [
    "panellist", "panelist", "panellist id", "panelist id", "panellistid", "panelistid", "token",
    "access code", "participant", "participant id", "participantid", "expert", "expert id", "expertid", "record id",
    "external data reference", "externalreference", "external reference", "externaldatareference",
    "user id", "userid", "respondent", "respondent id", "respondentid", "code", "pseudonym", "rater",
    "study id", "unique response number", "response id", "responseid",
]  # fmt: skip
SUBMITTED = [
    "submitdate", "date submitted", "submitted", "recordeddate", "recorded date", "enddate",
    "end date", "date modified", "timestamp", "completion time", "datestamp", "date last action",
    "horodateur", "zeitstempel", "time", "date", "updated", "updated at", "last modified time",
]  # fmt: skip
STATEMENT = [
    "statement", "statement id", "statementid", "item", "item id", "itemid", "outcome", "outcome id",
    "outcomeid", "question", "question id", "question code", "questionid", "variable", "indicator",
]  # fmt: skip
VALUE = ["rating", "score", "response", "answer", "value", "vote", "rank", "likert"]
ROUND = ["round", "delphi round", "round number", "roundid", "round id", "wave", "runde", "tour"]
TOOLS_OWN = {
    "id", "lastpage", "startlanguage", "seed", "startdate", "datestamp", "start date", "status",
    "start time", "email", "name", "ipaddr", "ip address", "ipaddress", "refurl", "progress",
    "finished", "responseid", "response id", "distributionchannel", "userlanguage", "collector id",
    "collectorid", "duration in seconds", "duration in seconds ", "date created", "completion time",
    "last modified time", "recipientlastname", "recipientfirstname", "recipientemail",
    "locationlatitude", "locationlongitude", "redcap survey identifier", "redcap event name",
    "redcap repeat instrument", "redcap repeat instance", "last page", "start language",
    "date started", "date last action", "email address", "first name", "last name", "custom data",
    "total points", "quiz feedback", "language",
}  # fmt: skip


@dataclass(frozen=True)
class Sheet:
    """A round file: its rows as text (index = row in the file) and the role of its columns."""

    rows: pd.DataFrame
    panellist: str
    submitted: str
    cells: dict[str, tuple[str, str]]  # column → (rating | comment | no opinion, statement)
    unused: dict[str, str] = field(default_factory=dict)  # column → why it is not used
    titles: dict[str, str] = field(default_factory=dict)
    # where a cell stood in the file, if it was moved: (row, column) → (row, column) of the file
    origin: dict[tuple[int, str], tuple[int, str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Long:
    """A file with one row per answer: the columns of panellist, statement, value and the rest."""

    rows: pd.DataFrame
    panellist: str
    submitted: str
    statement: str
    value: str
    comment: str = ""
    round: str = ""
    unused: dict[str, str] = field(default_factory=dict)


def read_round(
    path: Path,
    columns: pd.DataFrame | None,
    finder: Finder,
    settings: DelphiSettings,
    number: int = 1,
    known: frozenset[str] = frozenset(),
) -> Sheet | Long:
    """Read the file of round *number* with a column map (may be None) and the statements' finder.

    *known* are the ids that people may have (lower case); they settle which column holds them.
    Raises StudyError where no column of the panellist or of any rating is found, or two columns
    claim the same.
    """
    grid = read_grid(path)
    if columns is not None:
        return _mapped(path, grid, columns)
    places = {name: finder.place(name, grid.titles[name]) for name in grid.rows}
    panellist = _panellist(path, grid, places, settings, known)
    places[panellist] = None
    submitted = _named(grid, SUBMITTED, places)
    places[submitted] = None
    if not any(place and place.role == RATING for place in places.values()):
        rows, cells, used = by_place.turned(grid, finder)
        if cells:
            places |= dict.fromkeys(used)
            comments, unused = _cells(path, grid, places, number, used | {panellist, submitted})
            return Sheet(rows, panellist, submitted, cells | comments, unused, grid.titles)
        return _long(path, grid, finder, panellist, submitted)
    cells, unused = _cells(path, grid, places, number, {panellist, submitted})
    return Sheet(grid.rows, panellist, submitted, cells, unused, grid.titles)


def _panellist(path, grid: Grid, places, settings: DelphiSettings, known) -> str:
    """The column set, else the first that is named so and holds known ids, else any that does."""
    if settings.panellist_column in grid.rows:
        return settings.panellist_column
    names = _all_named(grid, PANELLIST)
    free = [name for name in grid.rows if not places[name] and name not in names]
    fitting = [name for name in names if known & _ids_in(grid.rows[name])]
    fitting += [name for name in free if _holds_ids(grid.rows[name], known)]
    if fitting:
        return fitting[0]
    if names and not settings.panellist_column:
        return names[0]
    wanted = settings.panellist_column or f"{', '.join(PANELLIST[:4])}, {PANELLIST[6]} …"
    raise StudyError(
        f"no column holds the panellist (looked for {wanted})",
        file=path,
        row=1,
        remedy="Set delphi.panellist_column or name a column map in rounds.csv",
    )


def _ids_in(cells: pd.Series) -> set[str]:
    return {cell.strip().casefold() for cell in cells} - {""}


def _holds_ids(cells: pd.Series, known: frozenset[str]) -> bool:
    """Do most cells hold an id of the panel? Bare numbers must hardly repeat: they may be answers."""
    ids = _ids_in(cells)
    hits = ids & known
    if any(not hit.isdigit() for hit in hits):
        return len(hits) >= 2 and 2 * len(hits) >= len(ids)
    return len(hits) >= 3 and 2 * len(hits) >= len(ids) and 5 * len(ids) >= 4 * len(cells)


def _all_named(grid: Grid, names: list[str]) -> list[str]:
    """The columns whose name or title is one of *names*, in the order of *names*."""
    plain: dict[str, str] = {}
    for column in grid.rows:
        # LimeSurvey can put the code before the text: 'token. Access code'.
        for spelt in (column, grid.titles[column], column.split(". ")[0]):
            plain.setdefault(normalise(re.sub(r"(?<=[a-z])(?=[A-Z])", " ", spelt)), column)
            plain.setdefault(normalise(spelt), column)
    return list(dict.fromkeys(plain[name] for name in names if name in plain))


def _named(grid: Grid, names: list[str], places=None) -> str:
    free = [c for c in _all_named(grid, names) if not (places and places.get(c))]
    if not free and names is SUBMITTED:  # REDCap: the time of each questionnaire
        free = [c for c in grid.rows if c.endswith("_timestamp")]
    return free[0] if free else ""


def _cells(path, grid: Grid, places: dict[str, Place | None], number: int, taken: set[str]):
    """Role and statement of each column that has one, and why the others are not used."""
    found: dict[str, tuple[str, str]] = {}
    unused: dict[str, str] = {}
    claimed: dict[tuple[str, str], str] = {}
    clashes: list[StudyError] = []
    several = {place.round for place in places.values() if place and place.round}
    before = ""
    for column in grid.rows:
        place = places[column]
        if place and len(several) > 1 and place.round not in (None, number):
            unused[column] = f"the column belongs to round {place.round}"
            continue
        if place is None and column not in taken and before and bare_comment(column):
            place = Place(COMMENT, before) if (COMMENT, before) not in claimed else None
        if place is None:
            own = normalise(column) in TOOLS_OWN or column.endswith(("_complete", "_timestamp"))
            if column not in taken and not own:
                unused[column] = "the column names no statement"
            continue
        key = (place.role, place.statement)
        if key in claimed:
            clashes.append(_clash(path, claimed[key], column, key))
        claimed[key] = column
        found[column] = key
        before = place.statement if place.role == RATING else before
    raise_all(clashes)
    return found, unused


def _clash(path, one: str, other: str, key: tuple[str, str]) -> StudyError:
    return StudyError(
        f"'{one}' and '{other}' both look like the {key[0]} of {key[1]}",
        file=path,
        row=1,
        remedy="Say what each column is in a column map and name it in rounds.csv",
    )


def _long(path: Path, grid: Grid, finder: Finder, panellist: str, submitted: str) -> Long:
    """One row per answer, where a column names the statement and one holds the rating."""
    named = _all_named(grid, STATEMENT)
    known = {c: sum(bool(finder.statement(cell)) for cell in set(grid.rows[c])) for c in named}
    statement = max(named, key=lambda c: known[c]) if named else ""
    value = next((c for c in _all_named(grid, VALUE) if c != statement), "")
    if not statement or not value or not known[statement]:
        raise StudyError(
            "no column holds a rating: none names a statement of statements.csv",
            file=path,
            row=1,
            remedy="Use the ids of statements.csv as question codes or name a column map",
        )
    comment = next((c for c in grid.rows if bare_comment(c) and c not in (statement, value)), "")
    number = _named(grid, ROUND)
    used = {panellist, submitted, statement, value, comment, number}
    rest = [c for c in grid.rows if c not in used and normalise(c) not in TOOLS_OWN]
    unused = dict.fromkeys(
        rest, "the column is none of panellist, statement, rating, comment, time"
    )
    return Long(grid.rows, panellist, submitted, statement, value, comment, number, unused)


def _mapped(path: Path, grid: Grid, columns: pd.DataFrame) -> Sheet | Long:
    """Use a column map (COLUMNS); columns that it does not name are unused."""
    missing = [c for c in columns["column"] if c not in grid.rows]
    if missing:
        raise StudyError(
            f"the column map names {', '.join(map(repr, missing[:5]))}, which the file does not have",
            file=path,
            row=1,
            remedy="Correct the column map",
        )
    of = {role: list(part["column"]) for role, part in columns.groupby("role")}
    if len(of.get("panellist", [])) != 1:
        raise StudyError(
            "the column map must name one column of the panellist",
            file=path,
            remedy="Give exactly one column the role 'panellist'",
        )
    named = set(columns["column"])
    unused = {c: "the column map does not name the column" for c in grid.rows if c not in named}
    one = {role: names[0] for role, names in of.items()}
    head = (grid.rows, one["panellist"], one.get("submitted", ""))
    if "statement" in one:
        if RATING not in one:
            raise StudyError(
                "the column map names a column of the statement but none of the rating",
                file=path,
                remedy="Give the column with the ratings the role 'rating'",
            )
        rest = (one.get(COMMENT, ""), one.get("round", ""), unused)
        return Long(*head, one["statement"], one[RATING], *rest)
    kept = columns[columns["role"].isin([RATING, COMMENT, NO_OPINION])]
    cells = {
        column: (role, statement)
        for column, role, statement in kept[["column", "role", "statement"]].itertuples(index=False)
    }
    return Sheet(*head, cells, unused, grid.titles)
