"""Where records stand in Covidence: its lists, exported as CSV or RIS.

Covidence exports one list per place in the review and says which in the file's name, as in
`review_12345_irrelevant_csv_20260310101500.csv`. The lists hold what the team settled, not who
voted how: so a row is the team's outcome, which needs no second reviewer and tells nothing about
agreement. The reason of an exclusion in full text opens the notes: `Exclusion reason: …`.
"""

import re
from pathlib import Path

import pandas as pd

from coproduction.core.errors import StudyError
from coproduction.formats.screening.asreview import places_in

LISTS = ("screen", "irrelevant", "select", "excluded", "included")
NUMBERS = {"covidence #", "covidence number", "covidence id"}  # how its versions head the number of a study
REASONS = ("exclusion reason", "reason for exclusion", "exclusion reasons")
_REASON = re.compile(r"\s*exclusion reason:\s*([^;\n]*)", re.IGNORECASE)
_DAY = re.compile(r"(20\d\d)(\d\d)(\d\d)\d{6}")


def is_export(names: set[str]) -> bool:
    """Whether a table with these columns (in small letters) comes from Covidence."""
    return bool(NUMBERS & names)


def has_list(path: Path) -> bool:
    """Whether the file's name says which list it holds."""
    return len(_lists(path)) == 1


def list_of(path: Path) -> str:
    """The list that a file holds, by its name; StudyError where the name says none."""
    if has_list(path):
        return _lists(path)[0]
    raise StudyError(
        "the file name does not show which Covidence list it is",
        file=path,
        remedy=f"Keep the name that Covidence gave it, with one of {', '.join(LISTS)} in it",
    )


def _lists(path: Path) -> list[str]:
    words = re.split(r"[^a-z]+", path.stem.lower())
    if {"not", "non", "nicht"} & set(words):
        return []  # "not included" may be any of the others
    return [name for name in LISTS if name in words]


def read_table(table: pd.DataFrame, path: Path) -> list[dict]:
    """Rows of the CSV, each with the list that the file holds."""
    rows = []
    for number, cells in zip(table.index, table.to_dict("records"), strict=True):
        low = {name.lower(): value for name, value in cells.items()}
        notes = low.get("notes", "")
        place = {
            "places": [low.get("accession number", ""), notes],
            "doi": low.get("doi", ""),
            "title": low.get("title", ""),
            "year": low.get("published year", "") or low.get("year", ""),
            "row": int(number),
        }
        reason = next((low[name] for name in REASONS if low.get(name)), "")
        rows.append(_row(place, f"Exclusion reason: {reason}" if reason else notes, path))
    return rows


def read_ris(entries: list[dict], path: Path) -> list[dict]:
    """Rows of the RIS file, each with the list that the file holds."""
    return [
        _row(
            {
                "places": places_in(entry),
                "doi": entry.get("doi", ""),
                "title": entry.get("title") or entry.get("primary_title", ""),
                "year": str(entry.get("year") or entry.get("publication_year", "")),
                "row": entry["line"],
            },
            "\n".join(entry.get("notes", [])),
            path,
        )
        for entry in entries
    ]


def _row(place: dict, notes: str, path: Path) -> dict:
    day = _DAY.search(path.stem)
    reason = _REASON.search(notes)
    return place | {
        "list": list_of(path),
        "reason": reason.group(1).strip() if reason else "",
        "date": "-".join(day.groups()) if day else "",
        "note": "",
    }
