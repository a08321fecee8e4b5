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
from coproduction.screening.linking import find_id

TEAM = "Covidence"
# What being in a list means at each stage; "" where the stage is open, none where it is not due.
LISTS = {
    "screen": {"title_abstract": ""},
    "irrelevant": {"title_abstract": "exclude"},
    "select": {"title_abstract": "include", "full_text": ""},
    "excluded": {"title_abstract": "include", "full_text": "exclude"},
    "included": {"title_abstract": "include", "full_text": "include"},
}
_REASON = re.compile(r"\s*exclusion reason:\s*([^;\n]*)", re.IGNORECASE)
_DAY = re.compile(r"(20\d\d)(\d\d)(\d\d)\d{6}")


def has_list(path: Path) -> bool:
    """Whether the file's name says which list it holds."""
    return len(_lists(path)) == 1


def list_of(path: Path) -> str:
    """The list that a file holds, by its name; StudyError where the name says none."""
    if has_list(path):
        return _lists(path)[0]
    raise StudyError(
        "the name of the export does not say which list of Covidence it is",
        file=path,
        remedy=f"Keep the name that Covidence gave it, with one of {', '.join(LISTS)} in it",
    )


def _lists(path: Path) -> list[str]:
    words = re.split(r"[^a-z]+", path.stem.lower())
    return [name for name in LISTS if name in words]


def read_table(table: pd.DataFrame, path: Path, stage: str) -> list[dict]:
    """Rows of the CSV for one stage; none where the list says nothing of the stage."""
    if stage not in LISTS[list_of(path)]:
        return []
    return [
        _row(
            {
                "record": find_id(cells.get("Accession Number", ""), cells.get("Notes", "")),
                "doi": cells.get("DOI", ""),
                "title": cells.get("Title", ""),
                "year": cells.get("Published Year", ""),
                "row": int(number),
            },
            cells.get("Notes", ""),
            path,
            stage,
        )
        for number, cells in zip(table.index, table.to_dict("records"), strict=True)
    ]


def read_ris(entries: list[dict], path: Path, stage: str) -> list[dict]:
    """Rows of the RIS file for one stage; none where the list says nothing of the stage."""
    if stage not in LISTS[list_of(path)]:
        return []
    return [
        _row(
            {
                "record": find_id(
                    str(entry.get("id", "")),
                    entry.get("accession_number", ""),
                    *entry.get("notes", []),
                ),
                "doi": entry.get("doi", ""),
                "title": entry.get("title") or entry.get("primary_title", ""),
                "year": str(entry.get("year") or entry.get("publication_year", "")),
                "row": entry["line"],
            },
            "\n".join(entry.get("notes", [])),
            path,
            stage,
        )
        for entry in entries
    ]


def _row(place: dict, notes: str, path: Path, stage: str) -> dict:
    decision = LISTS[list_of(path)][stage]
    day = _DAY.search(path.stem)
    reason = _REASON.search(notes)
    return place | {
        "reviewer": TEAM,
        "decision": decision,
        "reason": reason.group(1).strip() if reason and decision == "exclude" else "",
        "date": "-".join(day.groups()) if day and decision else "",
        "note": "",
        "scope": "team",
    }
