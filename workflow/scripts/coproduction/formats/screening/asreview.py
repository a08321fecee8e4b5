"""Decisions made in ASReview: its project file, and its exports as table or RIS.

The project file is a zip with the data set as it was given and SQLite databases: in version 2
`data_store.db` (records) and `reviews/<id>/results.db` (labels), in version 3 one `results.db` with
both. It is read with the standard library: the package asreview would bring machine learning along
for two tables. Labels that ASReview took from the data set are not decisions made there and are
passed over; labels that a person chose as prior knowledge are decisions. ASReview takes labels from
a data set that is labelled in part, all of them when the project is made; of one that is labelled
throughout it takes none.
"""

import csv
import io
import json
import re
import sqlite3
import tempfile
import zipfile
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pandas as pd
import rispy

from coproduction.core.archives import DAMAGED
from coproduction.core.days import as_times
from coproduction.core.errors import StudyError, raise_all
from coproduction.core.truth import truth_of

LABELS = {1: "include", 0: "exclude"}
PER_LABEL = 0.05  # seconds that ASReview takes at most to write one label of a data set
_SECONDS = re.compile(r"1\d{9}(?:[.,]\d+)?")  # of 2001 to 2033
_RECORDS = "SELECT record_id, dataset_row, title, doi, year, included, {group} AS decided FROM record"
# An empty label is not a changed mind: version 3 notes so that a record has got its first label.
_CHANGES = "SELECT record_id FROM decision_changes WHERE label IS NOT NULL"
_LABELS = "SELECT record_id, label, querier, time, note, tags, user_id FROM results"


def read_project(path: Path, reviewer: str) -> list[dict]:
    """One row per record of the project, with the decision that stands in the end.

    Raises StudyError where the file is no project of ASReview 2 or 3.
    """
    try:
        with zipfile.ZipFile(path) as archive, tempfile.TemporaryDirectory() as folder:
            given_places = _given_places(archive)
            records, labels, changes = _databases(archive, Path(folder), path)
    except (*DAMAGED, sqlite3.DatabaseError) as error:
        raise StudyError(
            f"this is not a readable ASReview project ({error})",
            file=path,
            remedy="Export the project again in ASReview (Export > Project file)",
        ) from error
    in_part = any(record["included"] is None for record in records)
    rows = [
        _row(record, labels.get(record["decided"]), changes[record["decided"]], given_places, in_part)
        for record in records
    ]
    rows.sort(key=lambda row: (row["date"], row["row"]))
    users = {row["user"] for row in rows if row["decision"]}
    return [row | {"reviewer": _named(reviewer, row["user"], users)} for row in rows]


def _named(reviewer: str, user: int | None, users: set) -> str:
    """The reviewer after whom the file is named; with the user's number where there are several."""
    several = reviewer and len(users) > 1
    return f"{reviewer} {'0' if user is None else user}" if several else reviewer


def _databases(archive: zipfile.ZipFile, folder: Path, path: Path) -> tuple[list[dict], dict[int, dict], Counter]:
    """Records, the label by record, and how often it was changed."""
    names = archive.namelist()
    stores = [name for name in names if name in ("data_store.db", "results.db")]
    results = [name for name in names if name.endswith("results.db")]
    if len(stores) != 1 or len(results) != 1:
        old = any(name.endswith("results.sql") for name in names)
        raise StudyError(
            "the project was made by an ASReview before version 2"
            if old
            else "the file is not an ASReview project with one review",
            file=path,
            remedy="Open the project in ASReview 2 or newer and export it again",
        )
    store = _rows(archive, stores[0], folder)
    result = _rows(archive, results[0], folder)
    columns = {row["name"] for row in store("PRAGMA table_xinfo(record)")}
    group = "group_id" if "group_id" in columns else "record_id"
    changes = Counter(row["record_id"] for row in result(_CHANGES))
    return (
        store(_RECORDS.format(group=group) + " ORDER BY record_id"),
        {row["record_id"]: row for row in result(_LABELS)},
        changes,
    )


def _rows(archive: zipfile.ZipFile, name: str, folder: Path) -> Callable[[str], list[dict]]:
    """A function that asks the database `name` of the archive."""
    target = folder / name.replace("/", "_")
    target.write_bytes(archive.read(name))

    def ask(query: str) -> list[dict]:
        connection = sqlite3.connect(target)
        connection.row_factory = sqlite3.Row
        try:
            return [dict(row) for row in connection.execute(query)]
        finally:
            connection.close()

    return ask


def _given_places(archive: zipfile.ZipFile) -> list[dict]:
    """Where ids may stand in the data set that ASReview was given, by row; none without it."""
    names = [name for name in archive.namelist() if name.startswith("data/") and name != "data/"]
    if len(names) != 1:
        return []
    text = archive.read(names[0]).decode("utf-8-sig", errors="replace")
    if names[0].lower().endswith((".ris", ".txt")):
        return [{"record": "", "places": places_in(entry)} for entry in rispy.loads(text, skip_unknown_tags=True)]
    delimiter = "\t" if names[0].lower().endswith(".tsv") else ","
    table = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter)
    return [{"record": row.get("record") or "", "places": [row.get("key") or ""]} for row in table]


def places_in(entry: dict) -> list[str]:
    """Where a RIS entry may hold the id it was given under: id, accession number, notes."""
    places = [entry.get("id", ""), entry.get("accession_number", ""), *entry.get("notes", [])]
    return [str(place) for place in places]


def _row(record: dict, label: dict | None, changes: int, given_places: list[dict], in_part: bool) -> dict:
    in_data = record["dataset_row"] < len(given_places)
    row = {
        **(given_places[record["dataset_row"]] if in_data else {"record": "", "places": []}),
        "doi": record["doi"] or "",
        "title": record["title"],
        "year": str(record["year"] or ""),
        "row": record["dataset_row"] + 1,
        "user": None,
        "decision": "",
        "reason": "",
        "date": "",
        "note": "",
    }
    if label is None or label["label"] is None:
        return row
    as_given = label["label"] == record["included"] and label["querier"] is None
    if as_given and in_part and not changes:
        return row | {"given": True}
    label_words = LABELS[label["label"]]
    groups = json.loads(label["tags"] or "null") or []
    tags = [tag for group in groups for tag in group["values"] if tag.get("checked")]
    return row | {
        "decision": label_words,
        "date": datetime.fromtimestamp(label["time"] or 0, UTC).strftime("%Y-%m-%d %H:%M:%S"),
        "note": label["note"] or "",
        "tags": ";".join(tag.get("export") or tag.get("label") or tag["name"] for tag in tags),
        "user": label["user_id"],
        "changed": f"changed in ASReview {changes} x: in the end {label_words}" if changes else "",
    }


def read_table(table: pd.DataFrame, path: Path, reviewer: str) -> list[dict]:
    """Rows of an export as CSV, TSV or Excel (index: rows of the file)."""
    names = {name.lower(): name for name in table}
    label = names.get("asreview_label")
    given_column = next((names[n] for n in ("included", "label_included", "label") if n in names), None)
    if label is None:
        raise StudyError(
            "the export has no column 'asreview_label'",
            file=path,
            row=1,
            remedy="Export the decisions with ASReview 2 or newer",
        )
    if (table.get("asreview_user_name", pd.Series()) != "").any():
        reviewer = ""  # the file itself says who decided
    row_cells = [{name.lower(): value for name, value in row.items()} for row in table.to_dict("records")]
    numbers = [int(number) for number in table.index]
    times = _times(row_cells, numbers, path)
    from_data_flags = _taken(
        [cells[label.lower()] for cells in row_cells],
        table[given_column].tolist() if given_column else [""] * len(table),
        times,
    )
    rows = [
        _exported(cells | {"asreview_time": time}, number, from_data, reviewer, path)
        for cells, number, time, from_data in zip(row_cells, numbers, times, from_data_flags, strict=True)
    ]
    return sorted(rows, key=lambda row: (row["date"], row["row"]))


def _times(row_cells: list[dict], numbers: list[int], path: Path) -> list[str]:
    """When each label was given; StudyError for a stamp that a table program has spoilt."""
    stamps = [_of_seconds(str(cells.get("asreview_time", "")).strip()) for cells in row_cells]
    times = as_times(stamps)
    raise_all(
        [
            StudyError(
                f"'{stamp}' is not a readable time",
                file=path,
                row=number,
                column="asreview_time",
                remedy="Export the file again and do not save it in a spreadsheet program, or write 2026-01-28 10:00",
            )
            for stamp, time, number in zip(stamps, times, numbers, strict=True)
            if stamp and not time
        ]
    )
    return times


def _of_seconds(stamp: str) -> str:
    """A time that is written as the seconds since 1970, as ASReview keeps it, in figures; others as they are."""
    if not _SECONDS.fullmatch(stamp):
        return stamp
    return datetime.fromtimestamp(float(stamp.replace(",", ".")), UTC).strftime("%Y-%m-%d %H:%M:%S")


def _whole(cell: object) -> str:
    """A whole number as table programs write it: 1, 1.0, 1,0 or TRUE."""
    truth = truth_of(str(cell))
    return str(cell).removesuffix(".0").removesuffix(",0") if truth is None else str(int(truth))


def _taken(labels: list[str], given_labels: list[str], times: list[str]) -> list[bool]:
    """Whether each label was taken from the data set, of which `given_labels` are the own labels.

    ASReview takes them all at once, as fast as it can write; a person takes longer. So those are
    taken that are the data set's own and not later than the first of them, give or take.
    """
    plain = [(_whole(a), _whole(b)) for a, b in zip(labels, given_labels, strict=True)]
    alike = [bool(a) and a == b for a, b in plain]
    stamps = [datetime.fromisoformat(time) if time else None for time in times]
    of_those = [s for s, same in zip(stamps, alike, strict=True) if same and s]
    throughout = all(b for _, b in plain)
    if not of_those:
        return [False] * len(alike) if throughout else alike
    latest = min(of_those) + timedelta(seconds=2 + PER_LABEL * len(of_those))
    if throughout and any(stamp > latest for stamp in of_those):
        return [False] * len(alike)  # labelled throughout: nothing was taken
    return [same and (stamp is None or stamp <= latest) for same, stamp in zip(alike, stamps, strict=True)]


def _exported(cells: dict, number: int, is_given: bool, reviewer: str, path: Path) -> dict:
    value = _whole(cells["asreview_label"])
    if value not in ("1", "0", ""):
        raise StudyError(
            f"'{value}' is not a label of ASReview",
            file=path,
            row=number,
            column="asreview_label",
            remedy="It is 1, 0 or empty: export the file again",
        )
    tags = [
        name.removeprefix("asreview_tag_").split("_", 1)[-1]
        for name, cell in cells.items()
        if name.startswith("asreview_tag_") and _whole(cell) == "1"
    ]
    row = {
        "record": cells.get("record", ""),
        "places": cells.get("places") or [cells.get("key", ""), cells.get("id", "")],
        "doi": cells.get("doi", ""),
        "title": cells.get("title", "") or cells.get("primary_title", ""),
        "year": cells.get("year", ""),
        "row": number,
        "reviewer": cells.get("asreview_user_name", "") or reviewer,
        "decision": "",
        "reason": "",
        "date": "",
        "note": "",
    }
    if not value:
        return row
    decision = LABELS[int(value)]
    if is_given:
        return row | {"given": True}
    return row | {
        "decision": decision,
        "date": str(cells.get("asreview_time", "")),
        "note": str(cells.get("asreview_note", "")),
        "tags": ";".join(tags),
    }


def read_ris(entries: list[dict], path: Path, reviewer: str) -> list[dict]:
    """Rows of an export as RIS, in which notes hold what the columns of the table hold."""
    row_cells = []
    for entry in entries:
        cells = {
            "places": places_in(entry),
            "doi": entry.get("doi", ""),
            "title": entry.get("title") or entry.get("primary_title", ""),
            "year": str(entry.get("year") or entry.get("publication_year", "")),
            "asreview_label": "",
        }
        for note in entry.get("notes", []):
            name, colon, value = note.partition(": ")
            if name in ("ASReview_relevant", "ASReview_irrelevant"):
                cells["asreview_label"] = "1" if name == "ASReview_relevant" else "0"
            elif colon and name.startswith("asreview_") and name != "asreview_label":
                cells[name] = str(_from_json(value))
        row_cells.append(cells)
    numbers = [entry["line"] for entry in entries]
    times = _times(row_cells, numbers, path)
    rows = [
        _exported(cells | {"asreview_time": time}, number, False, reviewer, path)
        for cells, number, time in zip(row_cells, numbers, times, strict=True)
    ]
    return sorted(rows, key=lambda row: (row["date"], row["row"]))


def _from_json(value: str) -> object:
    try:
        return json.loads(value)
    except json.JSONDecodeError:
        return value
