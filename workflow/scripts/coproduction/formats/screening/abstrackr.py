"""Labels as Abstrackr exports them: a column for each reviewer, in which 1 is include, 0 borderline and -1 exclude.

`o` stands where a reviewer has no label, and under `consensus` `x` where they disagree. Behind each reviewer comes a column
`labeled_at`, in newer versions; citations that nobody has labelled follow below a line that says so.

Source: the code of Abstrackr (github.com/bwallace/abstrackr-web, lib/csvbuilder.py).
"""

import re
from pathlib import Path

import pandas as pd

from coproduction.core.errors import StudyError

LABELS = {"1": "include", "0": "maybe", "-1": "exclude"}
_NONE = {"", "o", "x"}
_IDS = {"(internal) id", "(source) id"}
_FIELDS = {*_IDS, "pubmed id", "keywords", "abstract", "title", "journal", "authors", "tags", "notes"}
_AT = "labeled_at"
_NOTES = re.compile(r"(general|population|intervention/comparator|outcome) notes \((.+)\)\Z")
_REST = "citations that are not yet labeled by anyone"


def is_export(header: list[str]) -> bool:
    """Whether a table with these headings comes from Abstrackr."""
    return len(_IDS & {name.lower() for name in header}) > 0 and "consensus" in header


def apart(header: list[str]) -> list[str]:
    """The headings with the time of a label named after whose label it is.

    >>> apart(["(internal) id", "consensus", "labeled_at", "ann", "labeled_at"])
    ['(internal) id', 'consensus', 'labeled_at consensus', 'ann', 'labeled_at ann']
    """
    return [f"{_AT} {header[at - 1]}" if at and name == _AT else name for at, name in enumerate(header)]


def read_table(table: pd.DataFrame, path: Path) -> list[dict]:
    """A row for each label, and one for what the reviewers agreed on where their labels differ.

    Raises StudyError for a cell that is no label.
    """
    people = [name for name in table if _is_reviewer(name)]
    rows = []
    for number, cells in zip(table.index, table.to_dict("records"), strict=True):
        if cells.get("(internal) id", cells.get("(source) id")) == _REST:
            continue
        place = {
            "places": [cells.get("(source) id", ""), cells.get("keywords", ""), cells.get("abstract", "")],
            "doi": "",
            "title": cells.get("title", ""),
            "year": "",
            "row": int(number),
        }
        blank = place | {"reviewer": "", "decision": "", "reason": "", "date": "", "note": ""}
        labels = {name: _label(cells[name], name, int(number), path) for name in people}
        labels_given = {name: label for name, label in labels.items() if label}
        of_people = {label for name, label in labels_given.items() if name != "consensus"}
        own_rows = [
            blank
            | {
                "reviewer": name if name != "consensus" else "team",
                "decision": label,
                "date": cells.get(f"{_AT} {name}", ""),
                "note": _notes(cells, name),
                "scope": "own" if name != "consensus" else "team",
            }
            for name, label in labels_given.items()
            if name != "consensus" or of_people != {label}
        ]
        rows += own_rows or [blank]
    return rows


def _is_reviewer(name: str) -> bool:
    return name.lower() not in _FIELDS and not name.startswith(f"{_AT} ") and not _NOTES.match(name)


def _label(cell: str, name: str, row: int, path: Path) -> str:
    if cell not in LABELS and cell not in _NONE:
        raise StudyError(
            f"'{cell}' is not a label of Abstrackr",
            file=path,
            row=row,
            column=name,
            remedy="It is 1, 0, -1 or o: export the labels again",
        )
    return LABELS.get(cell, "")


def _notes(cells: dict[str, str], name: str) -> str:
    own_notes = [cell for column, cell in cells.items() if cell and (kind := _NOTES.match(column)) and kind[2] == name]
    return "; ".join(own_notes)
