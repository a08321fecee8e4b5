"""What must not get out: identities in the panel's tables, and comments that tell who somebody is."""

import re
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from coproduction.core import identities, people_tables
from coproduction.core.errors import StudyError
from coproduction.core.text import normalise
from coproduction.delphi import tables as forms

IDENTITY_COLUMNS = {
    "name",
    "names",
    "first name",
    "firstname",
    "given name",
    "last name",
    "lastname",
    "surname",
    "family name",
    "full name",
    "fullname",
    "email",
    "e mail",
    "mail",
    "email address",
    "phone",
    "telephone",
    "phone number",
    "mobile",
    "address",
    "street",
    "date of birth",
    "birthday",
    "orcid",
    "nom",
    "prenom",
    "courriel",
    "vorname",
    "nachname",
    "adresse",
    "nome",
    "cognome",
    "nombre",
    "apellido",
    "nume",
    "prenume",
    "telefon",
    "recipientemail",
    "recipientlastname",
    "recipientfirstname",
}
_NAME = r"(?:[^\W\d_]{2,}|[^\W\d_]\.)"  # or an initial
TWO_NAMES = re.compile(rf"{_NAME}(?:(?:[-' ]|, ){_NAME})+")
REMEDY = "Keep names and addresses outside the study folder; use only pseudonyms for the panel"


def refuse_identities(table: pd.DataFrame, path: str | Path) -> None:
    """Raise StudyError where a table of the panel seems to hold names, e-mails or telephones.

    The message names the column, never its content.
    """
    for column in table:
        if normalise(str(column)) in IDENTITY_COLUMNS:
            raise StudyError(
                "the column appears to identify people",
                file=path,
                row=1,
                column=column,
                remedy=f"Remove the column. {REMEDY}",
            )
    for column in table.select_dtypes(include=["object", "string"]):
        for row, cell in table[column].items():
            if traces := identities.traces(str(cell), []):
                raise StudyError(
                    f"the cell contains {traces[0]}", file=path, row=int(row), column=column, remedy=REMEDY
                )
    if "panellist" in table and _mostly_names(table["panellist"]):
        raise StudyError(
            "the panellists' ids look like personal names",
            file=path,
            column="panellist",
            remedy="Give each panellist a pseudonym such as D01. " + REMEDY,
        )


def refuse_names(ids: pd.Series, path: str | Path) -> None:
    """Raise StudyError where the column of a round file that tells who answers holds names of persons."""
    cells = pd.Series(ids[ids != ""].unique())
    if _mostly_names(cells):
        raise StudyError(
            "the column identifies the panellists by what looks like their names, which no result may show",
            file=path,
            row=1,
            column=str(ids.name),
            remedy="Replace each name by a pseudonym such as D01, the same one in every round, and keep the key outside "
            "the study folder",
        )


def _mostly_names(cells: pd.Series) -> bool:
    """Do most cells have two words with a capital and no number, and rarely the same first word?"""
    shaped = [c for c in cells if TWO_NAMES.fullmatch(c) and c.istitle()]
    common = Counter(c.split()[0] for c in shaped).most_common(1)
    return 2 * len(shaped) > len(cells) > 1 and common[0][1] < max(2, len(shaped) / 2)


def without_identity(content: str) -> str:
    """An id of a round file as it may appear in a result: withheld where it tells who somebody is."""
    traces = identities.traces(content, [])
    return f"(not shown: {traces[0]})" if traces else content


@dataclass
class Comments:
    """The check that every comment passes, the wordings people gave instead, and what it withheld."""

    keys: list[identities.Key] = field(default_factory=list)
    instead: dict[tuple[int, str, str], str] = field(default_factory=dict)
    withheld: list[dict] = field(default_factory=list)

    def passed(self, comment: str, place: dict) -> str:
        """The comment as it may be shown; empty where it is withheld (and listed).

        *place* has round, panellist, statement, file, row and column of the comment.
        """
        key = (place["round"], place["panellist"], place["statement"])
        text = self.instead.get(key, comment)
        traces = identities.traces(text, self.keys)
        if traces:
            self._list(place, traces, "withheld")
            return ""
        if key in self.instead:
            traces_before = identities.traces(comment, self.keys)
            self._list(place, traces_before, "replaced by people" if text else "removed by the researchers")
        return text

    def _list(self, place: dict, traces: list[str], state: str) -> None:
        self.withheld.append(place | dict(found="; ".join(traces), state=state))


def read_comments(key_files: list[str], comments: str) -> Comments:
    """The keys of names (each may be absent) and comments.csv, people's own wordings."""
    keys = [identities.read_key(path) for path in key_files]
    instead = {}
    if comments:
        table = people_tables.read_people_table(comments, forms.COMMENTS)
        for row in table.itertuples():
            instead[int(row.round), row.panellist, row.statement] = row.comment
    return Comments(keys, instead)
