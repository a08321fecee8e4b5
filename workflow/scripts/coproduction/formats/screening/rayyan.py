"""Decisions made in Rayyan: the articles file of its export, as CSV or RIS.

Rayyan keeps everything in the notes: `RAYYAN-INCLUSION: {"Ann"=>"Included", "Bo"=>"Excluded"} |
RAYYAN-LABELS: a,b | RAYYAN-EXCLUSION-REASONS: c,d | USER-NOTES: {"Ann"=>["…"]}`, after what the
record had there before. Reasons are those of all reviewers together: where one reviewer excluded
the record they are that reviewer's, otherwise nobody can tell whose they are.
"""

import re
from pathlib import Path

import pandas as pd

from coproduction.core.errors import StudyError

WORDS = {"Included": "include", "Excluded": "exclude", "Maybe": "maybe"}
_SECTION = re.compile(r"(RAYYAN-INCLUSION|RAYYAN-LABELS|RAYYAN-EXCLUSION-REASONS|USER-NOTES):\s*")
_PAIR = re.compile(r'"((?:[^"\\]|\\.)*)"\s*=>\s*"((?:[^"\\]|\\.)*)"')
_NOTES = re.compile(r'"((?:[^"\\]|\\.)*)"\s*=>\s*\[(.*?)\]')
_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"')


def is_rayyan(notes: pd.Series, keys: pd.Series) -> bool:
    """Whether these columns come from Rayyan."""
    return bool(
        notes.str.contains("RAYYAN-", regex=False).any()
        or (len(keys) and keys.str.startswith("rayyan-").all())
    )


def read_table(table: pd.DataFrame, path: Path) -> list[dict]:
    """Rows of the CSV, one per reviewer and record; one without decision where nobody decided."""
    rows = []
    low = {name.lower(): name for name in table}
    for number, cells in zip(table.index, table.to_dict("records"), strict=True):
        value = {name: cells[column] for name, column in low.items()}
        notes = value.get("notes", "")
        rows += _decisions(
            {
                "places": [value.get("key", ""), notes],
                "doi": value.get("doi", ""),
                "title": value.get("title", ""),
                "year": value.get("year", ""),
                "row": int(number),
            },
            notes,
            path,
        )
    return rows


def read_ris(entries: list[dict], path: Path) -> list[dict]:
    """Rows of the RIS file."""
    rows = []
    for entry in entries:
        notes = " | ".join(entry.get("notes", []))
        rows += _decisions(
            {
                "places": [str(entry.get("id", "")), notes],
                "doi": entry.get("doi", ""),
                "title": entry.get("title") or entry.get("primary_title", ""),
                "year": str(entry.get("year") or entry.get("publication_year", "")),
                "row": entry["line"],
            },
            notes,
            path,
        )
    return rows


def _decisions(place: dict, notes: str, path: Path) -> list[dict]:
    parts = split_notes(notes)
    said = {name: _word(value, path, place["row"]) for name, value in
            _PAIR.findall(parts.get("RAYYAN-INCLUSION", ""))}  # fmt: skip
    written = {
        name: "; ".join(_QUOTED.findall(inner))
        for name, inner in _NOTES.findall(parts.get("USER-NOTES", ""))
    }
    labels = parts.get("RAYYAN-LABELS", "")
    excluders = sum(decision == "exclude" for decision in said.values())
    blank = place | {"reviewer": "", "decision": "", "reason": "", "date": "", "note": ""}
    rows = [
        blank
        | {
            "reviewer": name,
            "decision": decision,
            "reason": parts.get("RAYYAN-EXCLUSION-REASONS", "") if decision == "exclude" else "",
            "note": "; ".join(filter(None, (written.get(name, ""), labels))),
            "scope": "reason of the team" if decision == "exclude" and excluders > 1 else "own",
        }
        for name, decision in said.items()
    ]
    return rows or [blank]


def split_notes(notes: str) -> dict[str, str]:
    """The parts of a notes field by their name."""
    pieces = _SECTION.split(notes)
    return {
        name: value.strip().removesuffix("|").strip()
        for name, value in zip(pieces[1::2], pieces[2::2], strict=True)
    }


def _word(value: str, path: Path, row: int) -> str:
    if value not in WORDS:
        raise StudyError(
            f"'{value}' is not a decision of Rayyan",
            file=path,
            row=row,
            column="notes",
            remedy="It is Included, Excluded or Maybe: export the file again",
        )
    return WORDS[value]
