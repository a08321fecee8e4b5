"""Tells the exports of screening tools apart and reads each into the same rows.

A file is recognised by its ending and its columns, never by the tool's name in the file name: the
project file and the exports of ASReview, the exports of Rayyan, Covidence, Colandr, EPPI-Reviewer and Abstrackr. RIS is read with
rispy: these files are written by the tools, so the forgiving reader of the searches is not needed.

A row has the places where the id of the record may stand (`places`), doi, title, year, the row of
the file, reviewer, decision (include, exclude, maybe or nothing), reason, date and note; of
Covidence the list that the record is in, of Colandr and EPPI-Reviewer what the team came to, in place of reviewer and decision.
"""

import itertools
import re
import tempfile
import zipfile
from pathlib import Path
from typing import NamedTuple

import pandas as pd
import rispy

from coproduction.core import people_tables, tables, workbooks
from coproduction.core.archives import DAMAGED
from coproduction.core.errors import StudyError
from coproduction.formats.screening import abstrackr, asreview, colandr, covidence, eppi, rayyan

ANY = tables.Table("", "Any table.", {}, people=True)
ABSTRACKR = "Abstrackr"
COLANDR, EPPI = "Colandr", "EPPI-Reviewer"
COVIDENCE, RAYYAN_LOGGED, RAYYAN_LOG = "Covidence", "Rayyan with its log", "log of Rayyan"
_ARTICLES = re.compile(r"(^|/)[^/]*articles[^/]*\.(csv|ris)$", re.IGNORECASE)
BELOW_NAMES = ("decision", "vote", "reason", "date", "note", "notes", "comment", "comments")
DEEPEST = 5  # zips within zips
_LOG = re.compile(r"(^|/)[^/]*customizations_log[^/]*\.csv$", re.IGNORECASE)


class Export(NamedTuple):
    """Whose export a file is and its rows, those without a decision too.

    `form` is empty for a table of no tool that is known here; `table` then holds it.
    """

    form: str
    rows: list[dict]
    table: pd.DataFrame | None = None


def read_export(path: Path, reviewer: str) -> Export:
    """What a screening tool has written to `path`.

    reviewer: who screened, for the exports of ASReview that do not say it themselves
    """
    ending = path.suffix.lower()
    if ending == ".asreview":
        return Export("ASReview project", asreview.read_project(path, reviewer))
    if ending == ".ris":
        return _from_ris(path, reviewer)
    if ending == ".zip":
        return _from_zip(path)
    if ending == ".json":
        return Export(EPPI, eppi.read_json(people_tables.read_text(path).lstrip("\ufeff"), path))
    rows, lines = _one_heading(*people_tables.read_people_rows(path))
    if rows and abstrackr.is_export(rows[0]):
        table = people_tables.check([abstrackr.apart(rows[0]), *rows[1:]], lines, ANY, path)
        return Export(ABSTRACKR, abstrackr.read_table(table, path))
    return _from_table(people_tables.check(rows, lines, ANY, path), path, reviewer)


def _one_heading(rows: list[list[str]], lines: list[int]) -> tuple[list[list[str]], list[int]]:
    """Rows with one header where there are two: names over joined cells, and below each what is theirs.

    >>> _one_heading([["", "Ann", "", "Bo", ""], ["record", "Decision", "Reason", "Decision", "Reason"]], [1, 2])[0]
    [['record', 'Ann Decision', 'Ann Reason', 'Bo Decision', 'Bo Reason']]
    """
    for at, (upper, lower) in enumerate(itertools.pairwise(rows[: workbooks.TITLE_ROWS])):
        low = [cell.casefold() for cell in lower]
        names = [cell for cell in upper if cell]
        if low.count("decision") < 2 or len(set(names)) < len(names) or len(names) < 2:
            continue
        heads, above = [], ""
        for over, below in itertools.zip_longest(upper, lower, fillvalue=""):
            above = over or above
            heads.append(f"{above} {below}".strip() if below.casefold() in BELOW_NAMES else below or over)
        return [heads, *rows[at + 2 :]], lines[at + 1 :]
    return rows, lines


def _from_table(table: pd.DataFrame, path: Path, reviewer: str) -> Export:
    names = {name.lower() for name in table}
    if any(name.startswith("asreview_") for name in names):
        return Export("ASReview table", asreview.read_table(table, path, reviewer))
    if colandr.is_export(names):
        low = table.rename(columns=str.lower)
        return Export(COLANDR, colandr.read_table(low, path))
    if covidence.is_export(names):
        return Export(COVIDENCE, covidence.read_table(table, path))
    if rayyan.is_log(table):
        return Export(RAYYAN_LOG, [])
    if _is_rayyan(table):
        return _from_rayyan(rayyan.said_in_table(table), path, _log_beside(path))
    return Export("", [], table)


def _is_rayyan(table: pd.DataFrame) -> bool:
    columns = {name.lower(): name for name in table}
    if "notes" not in columns or "decision" in columns:
        return False
    keys = table[columns["key"]] if "key" in columns else pd.Series(dtype=str)
    return rayyan.is_rayyan(table[columns["notes"]], keys)


def _from_ris(path: Path, reviewer: str) -> Export:
    entries = _entries(people_tables.read_text(path), path)
    notes = [note for entry in entries for note in entry.get("notes", [])]
    if any(note.startswith(("ASReview_", "asreview_")) for note in notes):
        return Export("ASReview RIS", asreview.read_ris(entries, path, reviewer))
    if any("RAYYAN-" in note for note in notes):
        return _from_rayyan(rayyan.said_in_ris(entries), path, _log_beside(path))
    if not covidence.has_list(path):
        raise StudyError(
            "the RIS file contains no decisions of ASReview or Rayyan",
            file=path,
            remedy="Export it again with the decisions (a list of Covidence keeps its name), or write them into a table: "
            "tags, keywords and groups of a reference manager are not read",
        )
    return Export(COVIDENCE, covidence.read_ris(entries, path))


def _entries(text: str, path: Path) -> list[dict]:
    """RIS entries, each with the line on which it begins."""
    lines = [i for i, line in enumerate(text.splitlines(), 1) if re.match(r"TY {1,2}- ?", line)]
    try:
        entries = rispy.loads(text.lstrip("\ufeff"), skip_unknown_tags=True)
    except Exception as error:
        raise StudyError(f"this is not a readable RIS file ({error})", file=path, remedy="Export it again") from error
    if len(entries) != len(lines):
        raise StudyError(
            f"{len(lines)} entries begin, but only {len(entries)} are complete", file=path, remedy="Export it again"
        )
    return [entry | {"line": line} for entry, line in zip(entries, lines, strict=True)]


def _from_zip(path: Path) -> Export:
    """A zip of Rayyan (articles.csv, also in parts, in a folder or in a zip of its own, and its log), or lists of Covidence."""
    with tempfile.TemporaryDirectory() as folder:
        try:
            with zipfile.ZipFile(path) as archive:
                files = _unpacked(archive, Path(folder))
        except DAMAGED as error:
            raise StudyError(
                f"this is not a readable zip file ({error})", file=path, remedy="Export it again, without a password"
            ) from error
        logs = [file for file in files if _LOG.search(file.name)]
        tables = [file for file in files if file not in logs and file.suffix.lower() in (".csv", ".ris")]
        parts = [file for file in tables if _ARTICLES.search(file.name) or b"RAYYAN-" in file.read_bytes()]
        if not parts:
            return _lists_in_zip(tables, path)
        log = _log_beside(path)
        for file in logs:
            _add(log, _log(file, path))
        articles: rayyan.Said = []
        for part in parts:
            first = max((place["row"] for place, _ in articles), default=0)
            articles += [(place | {"row": first + place["row"]}, notes) for place, notes in _articles(part, path)]
        return _from_rayyan(articles, path, log)


def _unpacked(
    archive: zipfile.ZipFile, folder: Path, wanted_names: re.Pattern[str] | None = None, depth: int = 0
) -> list[Path]:
    """The files of an archive and of the archives in it, in the order of their names, each in a folder of its own.

    wanted: the names of those that are asked for, if not all
    """
    if depth > DEEPEST:
        raise zipfile.BadZipFile(f"zip files nested more than {DEEPEST} deep")
    files = []
    names = [n for n in archive.namelist() if not n.startswith("__MACOSX/") and not n.endswith("/")]
    for number, name in enumerate(sorted(names)):
        file = folder / str(number) / re.split(r"[/\\]", name)[-1]
        packed = file.suffix.lower() == ".zip"
        if wanted_names and not packed and not wanted_names.search(file.name):
            continue
        file.parent.mkdir()
        file.write_bytes(archive.read(name))
        if packed:
            with zipfile.ZipFile(file) as inner:
                files += _unpacked(inner, file.parent, wanted_names, depth + 1)
        else:
            files.append(file)
    return files


def _logs_if_readable(archive: zipfile.ZipFile, folder: Path) -> list[Path]:
    """The logs in an archive; none where it cannot be read, which is said where it is read for its own sake."""
    try:
        return _unpacked(archive, folder, _LOG)
    except DAMAGED:
        return []


def _lists_in_zip(tables: list[Path], path: Path) -> Export:
    """The lists of Covidence that were packed together; StudyError where there are none."""
    rows: list[dict] = []
    for table in tables:
        export = read_export(table, "")
        if export.form != COVIDENCE:
            raise StudyError(
                f"{table.name} in the zip is not an export of Rayyan or Covidence",
                file=path,
                remedy="Put the file itself in the folder of the stage instead of the zip",
            )
        first = max((row["row"] for row in rows), default=0)
        rows += [row | {"row": first + row["row"]} for row in export.rows]
    if not rows:
        raise StudyError(
            "the zip contains no articles.csv of Rayyan", file=path, remedy="Put the exported file itself here"
        )
    return Export(COVIDENCE, rows)


def _from_rayyan(articles: rayyan.Said, path: Path, log: rayyan.Log) -> Export:
    form = RAYYAN_LOGGED if log else "Rayyan"
    return Export(form, rayyan.read_articles(articles, path, log))


def _articles(target: Path, path: Path) -> rayyan.Said:
    """One part of the articles."""
    if target.suffix.lower() == ".ris":
        return rayyan.said_in_ris(_entries(people_tables.read_text(target), path))
    return rayyan.said_in_table(people_tables.read_people_table(target, ANY))


def _log(target: Path, path: Path) -> rayyan.Log:
    """The log in `target`; none where it is empty."""
    try:
        return rayyan.read_log(people_tables.read_people_table(target, ANY), path)
    except StudyError as error:
        if "empty" in error.problem:
            return {}
        raise


def _add(log: rayyan.Log, more: rayyan.Log) -> None:
    """Take what one more log says into `log`: parts of an export may share the articles of a user."""
    for user, events in more.items():
        log.setdefault(user, {}).update(events)


def _log_beside(path: Path) -> rayyan.Log:
    """What the logs say that lie beside an export, also within another part of it that is a zip."""
    log: rayyan.Log = {}
    for other in sorted(path.parent.glob("*customizations_log*.csv")):
        _add(log, _log(other, other))
    for other in sorted(path.parent.glob("*.zip")):
        if other != path and zipfile.is_zipfile(other):
            with zipfile.ZipFile(other) as archive, tempfile.TemporaryDirectory() as folder:
                for file in _logs_if_readable(archive, Path(folder)):
                    _add(log, _log(file, other))
    return log
