"""Tells the files of reviewers apart and reads each into the same rows.

A file is recognised by its ending and its columns, never by the tool's name in the file name: the
queue as people fill it in, a table with a column per reviewer, the project file and the exports of
ASReview, the exports of Rayyan and Covidence. RIS is read with rispy: these files are written by
the tools, so the forgiving reader of the searches is not needed.
"""

import re
import tempfile
import zipfile
from pathlib import Path

import pandas as pd
import rispy

from coproduction.core import people_tables, tables
from coproduction.core.errors import StudyError
from coproduction.screening import asreview, covidence, rayyan
from coproduction.screening.tables import PEOPLE_DECISIONS

ANY = tables.schema("table of decisions", "Any table.", {})
WITHOUT_IDS = PEOPLE_DECISIONS.part(
    *(name for name in PEOPLE_DECISIONS.columns if name != "record")
)
KNOWN = {*PEOPLE_DECISIONS.columns, "title", "year", "doi"}
QUEUE, NO_IDS = "queue", "table without record ids"
COLUMN_EACH = "table with a column per reviewer"
PEOPLES = {QUEUE, NO_IDS, COLUMN_EACH}  # written by hand, so words and dates are checked
_OWN = re.compile(r"^(decision|reason|date|note)[ _:]+(\S.*)$", re.IGNORECASE)


def read_export(path: Path, stage: str) -> tuple[str, list[dict]]:
    """Form of the file and its rows, those without a decision too."""
    ending = path.suffix.lower()
    if ending == ".asreview":
        return "ASReview project", asreview.read_project(path, reviewer_of(path, stage))
    if ending == ".ris":
        return _from_ris(path, stage)
    if ending == ".zip":
        return _from_zip(path)
    return _from_table(_any_table(path), path, stage)


def _any_table(path: Path) -> pd.DataFrame:
    """The table in the file, whatever its columns; an empty file is told what a queue needs."""
    try:
        return people_tables.read_people_table(path, ANY)
    except StudyError as error:
        if error.problem != "the file is empty":
            raise
        needed = ", ".join(name for name, column in PEOPLE_DECISIONS.columns.items()
                           if column.required)  # fmt: skip
        raise StudyError(
            error.problem, file=path, remedy=f"It needs a header with the columns {needed}"
        ) from error


def _from_table(table: pd.DataFrame, path: Path, stage: str) -> tuple[str, list[dict]]:
    names = {name.lower() for name in table}
    wide = [match for name in table for match in [_OWN.match(name)] if match]
    if any(name.startswith("asreview_") for name in names):
        rows = asreview.read_table(table, path, reviewer_of(path, stage, table))
        return "ASReview table", rows
    if "covidence #" in names:
        return "Covidence", covidence.read_table(table, path, stage)
    if _from_rayyan(table):
        return "Rayyan", rayyan.read_table(table, path)
    if wide and "decision" not in names:
        return COLUMN_EACH, _from_columns(table, wide)
    return _from_people(table, path)


def _from_people(table: pd.DataFrame, path: Path) -> tuple[str, list[dict]]:
    """Rows of a queue that is filled in, or of a table with titles or DOIs in place of ids."""
    low = {name: name.lower() for name in table if name.lower() in KNOWN}
    table = table.rename(columns=low)
    bare = "record" not in table and bool({"title", "doi"} & set(table))
    form = WITHOUT_IDS if bare else PEOPLE_DECISIONS
    cells = [list(table), *table.to_numpy().tolist()]
    checked = people_tables.check(cells, [1, *table.index], form, path)
    checked = checked.assign(row=checked.index)
    return (NO_IDS if bare else QUEUE), checked.to_dict("records")


def _from_rayyan(table: pd.DataFrame) -> bool:
    columns = {name.lower(): name for name in table}
    if "notes" not in columns or "decision" in columns:
        return False
    keys = table[columns["key"]] if "key" in columns else pd.Series(dtype=str)
    return rayyan.is_rayyan(table[columns["notes"]], keys)


def reviewer_of(path: Path, stage: str, table: pd.DataFrame | None = None) -> str:
    """Who screened, where the export does not say: the rest of the file's name after the stage.

    `title_abstract_ann.asreview` and `title_abstract/ann.asreview` are Ann's.
    """
    if table is not None and (table.get("asreview_user_name", pd.Series()) != "").any():
        return ""
    name = path.stem.removeprefix(stage).strip(" _-.")
    if not name or name.lower().startswith("asreview"):
        raise StudyError(
            "nothing says who made these decisions",
            file=path,
            remedy=f"Name the file after the reviewer, as {stage}_ann{path.suffix}",
        )
    return name


def _from_ris(path: Path, stage: str) -> tuple[str, list[dict]]:
    entries = _entries(people_tables.read_text(path), path)
    notes = [note for entry in entries for note in entry.get("notes", [])]
    if any(note.startswith(("ASReview_", "asreview_")) for note in notes):
        return "ASReview RIS", asreview.read_ris(entries, path, reviewer_of(path, stage))
    if any("RAYYAN-" in note for note in notes):
        return "Rayyan", rayyan.read_ris(entries, path)
    if not covidence.has_list(path):
        raise StudyError(
            "the RIS file holds no decisions of ASReview or Rayyan",
            file=path,
            remedy="Export it again with the decisions; a list of Covidence keeps its name",
        )
    return "Covidence", covidence.read_ris(entries, path, stage)


def _entries(text: str, path: Path) -> list[dict]:
    """RIS entries, each with the line on which it begins."""
    lines = [i for i, line in enumerate(text.splitlines(), 1) if re.match(r"TY {1,2}- ?", line)]
    try:
        entries = rispy.loads(text.lstrip("\ufeff"), skip_unknown_tags=True)
    except Exception as error:
        raise StudyError(
            f"this is not a readable RIS file ({error})", file=path, remedy="Export it again"
        ) from error
    if len(entries) != len(lines):
        raise StudyError(
            f"{len(lines)} entries begin, {len(entries)} are whole",
            file=path,
            remedy="Export it again",
        )
    return [entry | {"line": line} for entry, line in zip(entries, lines, strict=True)]


def _from_zip(path: Path) -> tuple[str, list[dict]]:
    """The zip that Rayyan makes: articles.csv (and a log, which is not needed)."""
    try:
        with zipfile.ZipFile(path) as archive, tempfile.TemporaryDirectory() as folder:
            names = [n for n in archive.namelist() if re.match(r"articles.*\.(csv|ris)$", n)]
            if len(names) != 1:
                raise StudyError(
                    "the zip holds no articles.csv of Rayyan",
                    file=path,
                    remedy="Put the exported file itself here",
                )
            target = Path(archive.extract(names[0], folder))
            if target.suffix == ".ris":
                return "Rayyan", rayyan.read_ris(
                    _entries(people_tables.read_text(target), path), path
                )
            return "Rayyan", rayyan.read_table(people_tables.read_people_table(target, ANY), path)
    except zipfile.BadZipFile as error:
        raise StudyError(
            "this is not a readable zip file", file=path, remedy="Export it again"
        ) from error


def _from_columns(table: pd.DataFrame, wide: list[re.Match]) -> list[dict]:
    """Rows of a table with columns 'decision NAME' (and 'reason NAME', …), one per reviewer."""
    low = {name.lower(): name for name in table}
    reviewers = list(dict.fromkeys(match.group(2).strip() for match in wide))
    own = {(m.group(1).lower(), m.group(2).strip()): m.group(0) for m in wide}
    rows = []
    for number, cells in zip(table.index, table.to_dict("records"), strict=True):
        place = {name: cells[low[name]] if name in low else ""
                 for name in ("record", "doi", "title", "year")}  # fmt: skip
        for reviewer in reviewers:
            said = {
                name: cells[own[name, reviewer]] if (name, reviewer) in own else ""
                for name in ("decision", "reason", "date", "note")
            }
            rows.append(place | said | {"reviewer": reviewer, "row": int(number)})
    return rows
