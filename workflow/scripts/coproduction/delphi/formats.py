"""Round files of survey tools, read into one form: which column is what, which row is whose.

LimeSurvey, Qualtrics (three header rows), SurveyMonkey (two), REDCap, Google and Microsoft Forms
differ in where the statement's id or wording stands; a column map settles what a name leaves open.
No reader for these exports was taken: the packages at hand either need the tool's API or know one
tool only.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from coproduction import tables
from coproduction.delphi.settings import DelphiSettings
from coproduction.errors import StudyError, raise_all
from coproduction.text import normalise

ANY = tables.schema("round file", "An export of a survey tool.", {})
PANELLIST = [
    "panellist", "panelist", "token", "participant", "participant id", "record id", "respondent",
    "respondent id", "external data reference", "externalreference", "external reference", "code",
]  # fmt: skip
SUBMITTED = [
    "submitdate", "submitted", "recordeddate", "recorded date", "enddate", "end date",
    "date modified", "timestamp", "completion time", "datestamp",
]  # fmt: skip
TOOLS_OWN = {
    "id", "lastpage", "startlanguage", "seed", "startdate", "datestamp", "start date", "status",
    "start time", "email", "name", "ipaddr", "ip address", "refurl", "progress", "finished",
    "responseid", "response id", "distributionchannel", "userlanguage", "collector id",
    "duration in seconds", "date created", "completion time", "last modified time",
}  # fmt: skip
COMMENT = {
    "com", "comm", "comment", "comments", "commentaire", "commentaires", "kommentar", "comentario",
    "remark", "remarks", "reason", "reasons", "why", "text",
}  # fmt: skip
NO_OPINION = re.compile(r"no[ _-]?op(in|inion)?\b|dont[ _]?know|(^|[ _])dk($|[ _])|sans[ _]avis")


@dataclass(frozen=True)
class Sheet:
    """A round file: its rows as text (index = row in the file) and the role of its columns."""

    rows: pd.DataFrame
    panellist: str
    submitted: str
    cells: dict[str, tuple[str, str]]  # column → (rating | comment | no opinion, statement)
    unused: list[str]


def read_round(
    path: Path, columns: pd.DataFrame | None, wordings: pd.DataFrame, settings: DelphiSettings
) -> Sheet:
    """Read a round file with a column map (may be None) and the statements (STATEMENTS).

    Raises StudyError where no column of the panellist or of any rating is found, or two columns
    claim the same.
    """
    rows, titles = _without_extra_headers(tables.read_people_table(path, ANY))
    if columns is not None:
        return _mapped(path, rows, columns)
    panellist = settings.panellist_column or _named(rows.columns, titles, PANELLIST)
    if panellist not in rows:
        raise StudyError(
            f"no column holds the panellist (looked for {', '.join(PANELLIST[:6])} …)",
            file=path,
            row=1,
            remedy="Set delphi.panellist_column or name a column map in rounds.csv",
        )
    submitted = _named(rows.columns, titles, SUBMITTED)
    cells = _cells(path, rows, titles, wordings, {panellist, submitted})
    known = {panellist, submitted, *cells}
    unused = [c for c in rows if c not in known and normalise(c) not in TOOLS_OWN]
    return Sheet(rows, panellist, submitted, cells, unused)


def _without_extra_headers(rows: pd.DataFrame) -> tuple[pd.DataFrame, dict[str, str]]:
    """Drop the second and third header row of Qualtrics and SurveyMonkey; keep the full titles."""
    titles = {name: name for name in rows}
    if len(rows) >= 2 and rows.iloc[1].str.contains('"ImportId"', regex=False).any():
        return rows.iloc[2:], {name: f"{name} {rows.iloc[0][name]}" for name in rows}
    if len(rows) and normalise(rows.columns[0]) == "respondent id" and not rows.iloc[0, 0]:
        return rows.iloc[1:], {name: f"{name} {rows.iloc[0][name]}" for name in rows}
    return rows, titles


def _named(columns, titles: dict[str, str], names: list[str]) -> str:
    """The first column whose name or title is one of *names*, in the order of *names*."""
    plain = {}
    for column in columns:
        plain.setdefault(normalise(column), column)
        plain.setdefault(normalise(titles[column]), column)
    return next((plain[name] for name in names if name in plain), "")


def _cells(path, rows, titles, wordings, taken) -> dict[str, tuple[str, str]]:
    found: dict[str, tuple[str, str]] = {}
    claimed: dict[tuple[str, str], str] = {}
    clashes = []
    for column in rows:
        place = None if column in taken else _place(column, titles[column], wordings)
        if place is None:
            continue
        if place in claimed:
            clashes.append(
                StudyError(
                    f"'{claimed[place]}' and '{column}' both look like the {place[0]} of {place[1]}",
                    file=path,
                    row=1,
                    remedy="Say what each column is in a column map and name it in rounds.csv",
                )
            )
        claimed[place] = column
        found[column] = place
    raise_all(clashes)
    if not any(role == "rating" for role, _ in found.values()):
        raise StudyError(
            "no column holds a rating: none names a statement of statements.csv",
            file=path,
            row=1,
            remedy="Use the ids of statements.csv as question codes or name a column map",
        )
    return found


def _place(column: str, title: str, wordings: pd.DataFrame) -> tuple[str, str] | None:
    """(role, statement) of a column by the id in its name or the wording in its title."""
    hits = []
    for statement in set(wordings["statement"]):
        # LimeSurvey's codes have no punctuation: z_s1 comes back as zs1.
        plain = "".join(c for c in statement if c.isalnum())
        names = "|".join(re.escape(name) for name in (statement, plain) if name)
        match = re.search(rf"(?<![^\W_])(?:{names})(?![^\W_])", column, re.IGNORECASE)
        if match:
            hits.append((len(statement), statement, match.span()))
    if hits:
        _, statement, (start, end) = max(hits)
        return _role(f"{column[:start]} {column[end : end + 14]}"), statement
    plain = normalise(title)
    for statement, text in zip(wordings["statement"], wordings["text"], strict=True):
        wording = normalise(text)
        if wording and wording in plain:
            return _role(plain.replace(wording, " ")), statement
    return None


def _role(around: str) -> str:
    around = around.lower()
    if NO_OPINION.search(around):
        return "no opinion"
    words = set(re.findall(r"[^\W\d_]+", around))
    return "comment" if words & COMMENT else "rating"


def _mapped(path: Path, rows: pd.DataFrame, columns: pd.DataFrame) -> Sheet:
    """Use a column map (COLUMNS); columns that it does not name are unused."""
    missing = [c for c in columns["column"] if c not in rows]
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
    kept = columns[columns["role"].isin(["rating", "comment", "no opinion"])]
    cells = {
        column: (role, statement)
        for column, role, statement in kept[["column", "role", "statement"]].itertuples(index=False)
    }
    named = set(columns["column"])
    submitted = of.get("submitted", [""])[0]
    return Sheet(rows, of["panellist"][0], submitted, cells, [c for c in rows if c not in named])
