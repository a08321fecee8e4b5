"""Reads the screening files of the study folder; every problem names file, row and column."""

import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pandas as pd

from coproduction.core import people_tables, tables
from coproduction.core.errors import StudyError, raise_all
from coproduction.screening.decisions import STAGES
from coproduction.screening.exports import PEOPLES, read_export
from coproduction.screening.tables import (
    CRITERIA,
    PEOPLE_ADJUDICATIONS,
    RETRIEVAL,
)

WORDS = {
    "include": {"include", "included", "yes", "y", "1", "in"},
    "exclude": {"exclude", "excluded", "no", "n", "0", "out"},
    "maybe": {"maybe", "unsure", "unclear", "uncertain", "?"},
}
LONG = 5  # letters of a decision that may have a remark behind it
_DAY = re.compile(r"\d{4}-\d\d-\d\d(?:[T ].*)?$")
_POINTS = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})(?: .*)?$")  # always the day first
COLUMNS = ["record", "reviewer", "decision", "reason", "date", "note", "file", "row", "doi", "title",
           "year", "scope", "changed", "tags"]  # fmt: skip
SOURCE_COLUMNS = ["stage", "file", "form", "entries", "undecided", "given"]


def read_criteria(paths: Sequence[str]) -> pd.DataFrame:
    """The criteria in the order of the file; empty where there is no file yet."""
    if not paths:
        return tables.empty(CRITERIA)
    return people_tables.read_people_csv(paths[0], CRITERIA).reset_index(drop=True)


def read_stage(paths: Sequence[str], stage: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Rows with a decision of all files of a stage (COLUMNS), in the order of files and rows.

    With them what the files hold (SOURCE_COLUMNS): entries, those without a decision, and those
    whose label was in the data set that the tool was given.
    """
    rows, sources = [pd.DataFrame(columns=COLUMNS)], []
    for path in map(Path, sorted(paths)):
        form, table = _read_decisions(path, stage)
        if table.empty and form not in PEOPLES:
            continue
        rows.append(table.loc[table["decision"] != "", COLUMNS])
        decided = table.loc[table["decision"] != "", "row"].nunique()
        given = table.loc[table["given"], "row"].nunique()
        entries = table["row"].nunique()
        sources.append((stage, _label(path), form, entries, entries - decided - given, given))
    return (
        pd.concat(rows, ignore_index=True),
        pd.DataFrame(sources, columns=SOURCE_COLUMNS),
    )


def _read_decisions(path: Path, stage: str) -> tuple[str, pd.DataFrame]:
    """Form of the file and all its rows, those without a decision too."""
    form, rows = read_export(path, stage)
    table = pd.DataFrame(rows)
    table = table.reindex(columns=[*COLUMNS, "given"])
    table["given"] = table["given"].eq(True)
    table["file"] = _label(path)
    text = [name for name in COLUMNS if name != "row"]
    table[text] = table[text].astype(object).where(table[text].notna(), "").astype(str)
    table.loc[table["scope"] == "", "scope"] = "own"
    table = table.reset_index(drop=True)
    decided = table["decision"] != ""
    if form in PEOPLES:
        rows = table[decided].set_index("row", drop=False)
        words = _words(rows["decision"], path, tuple(WORDS))
        table.loc[decided, "decision"] = words["word"].tolist()
        notes = [
            " ".join(filter(None, pair)) for pair in zip(rows["note"], words["remark"], strict=True)
        ]
        table.loc[decided, "note"] = notes
        table.loc[decided, "date"] = _days(rows["date"], path).tolist()
    table["date"] = table["date"].str[:10]
    _check_reviewers(table[decided], path)
    return form, table


def _label(path: Path) -> str:
    """The file's name, below screening/."""
    folders = {*STAGES, "covidence"}
    return f"{path.parent.name}/{path.name}" if path.parent.name in folders else path.name


def _check_reviewers(table: pd.DataFrame, path: Path) -> None:
    raise_all(
        [
            StudyError(
                "the decision has no reviewer",
                file=path,
                row=int(row),
                column="reviewer",
                remedy="Write the initials or code of the one who decided",
            )
            for row in table.loc[table["reviewer"] == "", "row"]
        ]
    )


def _filled(table: pd.DataFrame, column: str, path: Path) -> pd.DataFrame:
    """Rows where `column` is filled, with file, row and the optional columns."""
    table = table[table[column] != ""].copy()
    for name in ("reason", "date", "note", "reviewer", "adjudicator", "study"):
        if name not in table:
            table[name] = ""
    return table.assign(file=path.name, row=table.index)


def _words(cells: pd.Series, path: Path, allowed: tuple[str, ...]) -> pd.DataFrame:
    """Decisions (index: rows of the file) in the words that count, and what was remarked beside.

    "exclude - but good background" is exclude with a remark. StudyError for what is no decision,
    or two, or one with a question mark.
    """
    words = [_word(cell, allowed) for cell in cells]
    raise_all(
        [
            StudyError(
                f"'{cell}' is not a decision",
                file=path,
                row=int(row),
                column="decision",
                remedy=f"Write {', '.join(allowed[:-1])} or {allowed[-1]}",
            )
            for (row, cell), (word, _) in zip(cells.items(), words, strict=True)
            if not word
        ]
    )
    return pd.DataFrame(words, columns=["word", "remark"], index=cells.index)


def _word(cell: str, allowed: tuple[str, ...]) -> tuple[str, str]:
    """The decision in a cell and the remark behind it; no decision where it is not clear."""
    known = {word: decision for decision in allowed for word in WORDS[decision]}
    plain = cell.strip().lower().removesuffix(".0")
    if plain in known:
        return known[plain], ""
    first, *rest = re.findall(r"[a-z]+", plain) or [""]
    long = {word for word in known if len(word) >= LONG}
    if first not in long or not plain.startswith(first) or "?" in plain or long & set(rest):
        return "", ""
    return known[first], cell.strip()[len(first) :].strip(" -–—:,.;()")


def _days(cells: pd.Series, path: Path) -> pd.Series:
    """Days as YYYY-MM-DD; 1.4.2025 has one reading, 4/1/2025 has two and is refused."""
    days = cells.map(_day)
    raise_all(
        [
            StudyError(
                f"'{value}' is not a date",
                file=path,
                row=int(row),
                column="date",
                remedy="Write YYYY-MM-DD (Excel: format the column as text first) or leave it empty",
            )
            for (row, value), day in zip(cells.items(), days, strict=True)
            if value and not day
        ]
    )
    return days


def _day(cell: str) -> str:
    points = _POINTS.match(cell)
    if points:
        day, month, year = points.groups()
        cell = f"{year}-{month:0>2}-{day:0>2}"
    try:
        return str(date.fromisoformat(cell[:10])) if _DAY.match(cell) else ""
    except ValueError:
        return ""


def read_adjudications(paths: Sequence[str]) -> pd.DataFrame:
    """Settled conflicts: stage, record, decision, reason, adjudicator, note, file, row."""
    columns = ["stage", "record", "decision", "reason", "adjudicator", "note", "file", "row"]
    if not paths:
        return pd.DataFrame(columns=columns)
    path = Path(paths[0])
    table = _filled(people_tables.read_people_csv(path, PEOPLE_ADJUDICATIONS), "decision", path)
    table["decision"] = _words(table["decision"], path, ("include", "exclude"))["word"]
    return table[columns].reset_index(drop=True)


def read_retrieval(paths: Sequence[str]) -> pd.DataFrame:
    """What was obtained: record, status, note, study, file, row."""
    columns = ["record", "status", "note", "study", "file", "row"]
    if not paths:
        return pd.DataFrame(columns=columns)
    path = Path(paths[0])
    table = _filled(people_tables.read_people_csv(path, RETRIEVAL), "record", path)
    return table[columns].reset_index(drop=True)
