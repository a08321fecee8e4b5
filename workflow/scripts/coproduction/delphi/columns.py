"""Which column of a round file is what: panellist, time, and the answers on each statement.

LimeSurvey (CSV and VV), Qualtrics (three header rows), SurveyMonkey (two), REDCap, Google and
Microsoft Forms differ in where the statement's id or wording is; tables with one row per answer
(DelphiManager's scores, data deposits, real-time tools) name it row by row, exported rankings in the
cell. A column map settles what names leave open. No reader for these exports was taken: the packages
at hand either need the tool's API or know one tool only.
"""

import re
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from coproduction.core.errors import StudyError, raise_all
from coproduction.core.text import normalise
from coproduction.formats.surveys.grid import Grid

RATING, COMMENT, NO_OPINION, RANK = "rating", "comment", "no opinion", "rank"
COMMENT_WORDS = {
    "com", "comm", "comment", "comments", "commentaire", "commentaires", "kommentar", "kommentare",
    "comentario", "comentariu", "commento", "remark", "remarks", "reason", "reasons", "why", "text",
    "feedback", "rationale", "justification", "explain",
}  # fmt: skip
BARE = {  # words that a column may have which holds nothing but the comment on the rating before it
    "please", "add", "any", "your", "on", "this", "the", "a", "for", "of", "rating", "answer", "if",
    "you", "wish", "optional", "or", "and", "other", "specify", "free", "response", "item",
    "statement", "suggestions", "suggestion", "open", "ended", "votre", "ihr", "zu",
}  # fmt: skip
NO_OPINION_WORDS = re.compile(
    r"no[ _-]?op(in|inion)?\b|don'?t[ _]?know|(^|[ _])dk($|[ _])|sans[ _]avis"
)
ROUND_IN_NAME = re.compile(
    r"(?<![a-z0-9])(?:round|runde|ronda|tour|wave|delphi|dft|rd|r)[ _.-]?(\d{1,2})(?![a-z0-9])"
)
CHECKBOX = re.compile(r"___\w+$")
PLACE_OF_RANK = re.compile(
    r"(?:\[|\(|\b(?:rank|rang|place|position|ranking)[ _.-]*|_)(\d{1,3})[\])]?\s*$", re.I
)
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
SHORT_TITLE = 20  # characters that a cut title must have to be taken for the wording's beginning


@dataclass(frozen=True)
class Place:
    """What a column holds (a role) of which statement; `round` and `rank` if its name says one.

    The statement is empty where each row names it: in the column with the role STATEMENT, or in the
    cell itself (RANK).
    """

    role: str
    statement: str = ""
    round: int | None = None
    rank: int | None = None


class Finder:
    """Finds the place of a column.

    `wordings` are the statements (STATEMENTS) with all versions; `ask_comment` is how the study's
    own questionnaire asks for comments.
    """

    def __init__(self, wordings: pd.DataFrame, ask_comment: str = "") -> None:
        ids = sorted(set(wordings["statement"]), key=lambda s: (-len(s), s))
        self._ids = [(statement, _pattern(statement)) for statement in ids]
        texts = [
            (normalise(t), s) for s, t in zip(wordings["statement"], wordings["text"], strict=True)
        ]
        self._ask_comment = normalise(ask_comment)
        self._known: dict[str, str] = {}
        self._texts = sorted({(t, s) for t, s in texts if t}, key=lambda e: (-len(e[0]), e))

    def place(self, column: str, title: str) -> Place | None:
        """By the longest id in the name, else the longest wording in the title, else its beginning.

        A box of a REDCap checkbox (name___1) is no rating.
        """
        if CHECKBOX.search(column):
            return None
        for statement, pattern in self._ids:
            match = pattern.search(column)
            if match:
                around = f"{column[: match.start()]} {column[match.end() : match.end() + 14]}"
                return Place(_role(around), statement, _round(around))
        plain = normalise(title)
        statement, wording = self._by_wording(plain)
        if not statement:
            return None
        around = plain.replace(wording, " ")
        if self._ask_comment and self._ask_comment in around:
            return Place(COMMENT, statement, _round(around))
        return Place(_role(around), statement, _round(around))

    def statement(self, cell: str) -> str:
        """The statement that a cell names by its id or its wording; empty where there is none."""
        if cell not in self._known:  # a table with one row per answer names each thousands of times
            self._known[cell] = self._statement(cell)
        return self._known[cell]

    def _statement(self, cell: str) -> str:
        for statement, pattern in self._ids:
            if pattern.fullmatch(cell.strip()):
                return statement
        return self._by_wording(normalise(cell))[0] or self._named_in(cell)

    def _named_in(self, cell: str) -> str:
        hits = [s for s, pattern in self._ids if pattern.match(cell.strip())]
        return hits[0] if hits else ""

    def _by_wording(self, plain: str) -> tuple[str, str]:
        for wording, statement in self._texts:
            if f" {wording} " in f" {plain} ":
                return statement, wording
        # LimeSurvey and others cut long texts: the beginning counts where only one statement has it.
        begun = {
            s
            for wording, s in self._texts
            if len(plain) >= SHORT_TITLE and wording.startswith(plain)
        }
        return (begun.pop(), plain) if len(begun) == 1 else ("", "")


def _pattern(statement: str) -> re.Pattern:
    """The id as a whole word, whatever its case, with or without punctuation and leading zeros."""
    # LimeSurvey's codes have no punctuation: z_s1 comes back as zs1.
    names = {statement, "".join(c for c in statement if c.isalnum())} - {""}
    pieces = [re.sub(r"(?<!\d)0*(\d+)", r"0*\1", re.escape(name)) for name in sorted(names)]
    if statement.isdigit():
        # A bare number is an id only where the name says so: '12.', '[12]', 'Q12', 'item 12'.
        word = r"(?:^|[\[(]|\b(?:q|item|statement|question|s|no)[ _.]?)"
        return re.compile(rf"{word}(?:{'|'.join(pieces)})(?=$|[\])._: )])", re.IGNORECASE)
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(pieces)})(?![^\W_])", re.IGNORECASE)


def _role(around: str) -> str:
    around = around.lower().replace("’", "'")
    if NO_OPINION_WORDS.search(around):
        return NO_OPINION
    words = set(re.findall(r"[^\W\d_]+", around))
    return COMMENT if words & COMMENT_WORDS else RATING


def _round(around: str) -> int | None:
    match = ROUND_IN_NAME.search(around.lower())
    return int(match.group(1)) if match else None


def bare_comment(column: str) -> bool:
    """Does the column hold comments without saying on what ('Comments2', 'Please explain')?"""
    words = set(re.findall(r"[^\W\d_]+", column.lower()))
    return bool(words & COMMENT_WORDS) and words <= COMMENT_WORDS | BARE


@dataclass(frozen=True)
class Layout:
    """The columns of a round file: whose row it is, when, the answers, and what is not used.

    `statement` is the column that names the statement row by row (empty: the columns do), `round`
    the one that names the round. `unused` says of each other column why.
    """

    panellist: str
    submitted: str
    cells: dict[str, Place]
    statement: str = ""
    round: str = ""
    unused: dict[str, str] = field(default_factory=dict)


def layout_of(
    path: Path,
    grid: Grid,
    columns: pd.DataFrame | None,
    finder: Finder,
    panellist_column: str = "",
    number: int = 1,
    known: frozenset[str] = frozenset(),
) -> Layout:
    """The layout of the file of round `number`, by a column map (COLUMNS, may be None) or its names.

    `known` are the ids that people may have (lower case); they settle which column holds them.
    Raises StudyError where no column of the panellist or of any rating is found, or two columns
    claim the same.
    """
    if columns is not None:
        return _mapped(path, grid, columns)
    places = {name: finder.place(name, grid.titles[name]) for name in grid.rows}
    panellist = _panellist(path, grid, places, panellist_column, known)
    places[panellist] = None
    submitted = _named(grid, SUBMITTED, places)
    places[submitted] = None
    taken = {panellist, submitted}
    ranks: dict[str, Place] = {}
    if not any(place and place.role == RATING for place in places.values()):
        ranks = _ranks(grid, finder)
        if not ranks:
            return _row_by_row(path, grid, finder, panellist, submitted)
        places |= dict.fromkeys(ranks)
    cells, unused = _cells(path, grid, places, number, taken | set(ranks))
    return Layout(panellist, submitted, ranks | cells, unused=unused)


def _ranks(grid: Grid, finder: Finder) -> dict[str, Place]:
    """Rankings exported place by place: column 'first' holds a statement, 'second' the next.

    Empty where fewer than two columns are places that hold statements (LimeSurvey writes them so).
    """
    found = {}
    for column in grid.rows:
        match = PLACE_OF_RANK.search(column) or PLACE_OF_RANK.search(grid.titles[column])
        cells = [c for c in grid.rows[column] if c and not c.startswith("{")]
        named = [finder.statement(c) for c in cells]
        if match and cells and 5 * sum(map(bool, named)) >= 4 * len(cells):
            found[column] = Place(RANK, rank=int(match.group(1)))
    ranks = [place.rank for place in found.values()]
    return found if len(found) > 1 and len(set(ranks)) == len(ranks) else {}


def _panellist(path, grid: Grid, places, wanted: str, known) -> str:
    """The column set, else the first that is named so and holds known ids, else any that does."""
    if wanted in grid.rows:
        return wanted
    names = _all_named(grid, PANELLIST)
    free = [name for name in grid.rows if not places[name] and name not in names]
    fitting = [name for name in names if known & _ids_in(grid.rows[name])]
    fitting += [name for name in free if _holds_ids(grid.rows[name], known)]
    if fitting:
        return fitting[0]
    if names and not wanted:
        return names[0]
    looked_for = wanted or f"{', '.join(PANELLIST[:4])}, {PANELLIST[6]} …"
    raise StudyError(
        f"no column holds the panellist (looked for {looked_for})",
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
    found: dict[str, Place] = {}
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
        found[column] = place
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


def _row_by_row(path: Path, grid: Grid, finder: Finder, panellist: str, submitted: str) -> Layout:
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
    cells = {value: Place(RATING)} | ({comment: Place(COMMENT)} if comment else {})
    return Layout(panellist, submitted, cells, statement, number, unused)


def _mapped(path: Path, grid: Grid, columns: pd.DataFrame) -> Layout:
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
    who, when = one["panellist"], one.get("submitted", "")
    if "statement" in one:
        if RATING not in one:
            raise StudyError(
                "the column map names a column of the statement but none of the rating",
                file=path,
                remedy="Give the column with the ratings the role 'rating'",
            )
        cells = {one[role]: Place(role) for role in (RATING, COMMENT) if role in one}
        return Layout(who, when, cells, one["statement"], one.get("round", ""), unused)
    kept = columns[columns["role"].isin([RATING, COMMENT, NO_OPINION])]
    cells = {
        column: Place(role, statement)
        for column, role, statement in kept[["column", "role", "statement"]].itertuples(index=False)
    }
    return Layout(who, when, cells, unused=unused)
