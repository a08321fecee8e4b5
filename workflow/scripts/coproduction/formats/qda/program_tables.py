"""Coded segments in the tables that QDA programs export.

Taguette's highlights (CSV, Excel), QualCoder's coding report, MAXQDA's coded segments, ATLAS.ti's quotations and Dedoose's
excerpts name the text, its document and its codes, but no place that counts characters. A program is
known by the columns that only its tables have together.
"""

import csv
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from coproduction.core.truth import yes_or_no

NO_CODE = "(no code)"


HEADINGS = Path(__file__).with_suffix(".csv")  # program, field, language, heading
FIELDS = ["document", "text", "code", "coder", "memo", "also"]


@dataclass(frozen=True)
class Columns:
    """Where a program writes what: the headings of each field, in lower case.

    `also` are headings that its table must have besides. codes_in: how several codes of one cell are
    separated. path_in: how codes above one another are separated; the last piece is the code.
    yes_columns: the pattern of a column per code.
    """

    program: str
    headings: dict[str, tuple[str, ...]]
    codes_in: str = ""
    path_in: str = ""
    yes_columns: str = ""


_WRITES: dict[str, dict[str, str]] = {
    "Taguette": {},
    "QualCoder": {},
    "MAXQDA": {"path_in": r"\s*(?:\\|>)\s*"},
    "ATLAS.ti": {"codes_in": r"\s*[\r\n;]+\s*"},
    "Dedoose": {"codes_in": r",\s*", "path_in": r"\s*\\\s*", "yes_columns": r"^code: (.+) applied$"},
}
_NO_TEXT = ("imid:", "avid:")  # what QualCoder calls parts of pictures and recordings


@cache
def programs() -> tuple[Columns, ...]:
    """The programs whose tables are known, with their headings in all languages."""
    with HEADINGS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    headings: dict[tuple[str, str], tuple[str, ...]] = {}
    for row in rows:
        key = row["program"], row["field"]
        headings[key] = (*headings.get(key, ()), row["heading"].casefold())
    return tuple(
        Columns(program, {f: headings.get((program, f), ()) for f in FIELDS}, **separators)
        for program, separators in _WRITES.items()
    )


def known_columns(header: Sequence[str]) -> Columns | None:
    """The program whose table has this header; None for a table that people fill themselves."""
    names = {name.strip().casefold() for name in header}
    for columns in programs():
        fields = columns.headings
        needed = [fields["document"], fields["text"], fields["code"]]
        needed += [(name,) for name in fields["also"]]
        if columns.yes_columns and any(re.match(columns.yes_columns, name) for name in names):
            needed.remove(fields["code"])
        if all(names & set(one) for one in needed):
            return columns
    return None


def rows_of(rows: list[list[str]], lines: list[int], columns: Columns, name: str) -> list[dict[str, object]]:
    """One row per segment and code; a segment without a code stays, without one.

    A coder whom the table does not name is called after the file. A code is called by its name alone, or by
    its whole path (`Costs / Time`) where the table has the name below different codes.
    """
    header = [name.strip().casefold() for name in rows[0]]
    entries = [dict(zip(header, cells, strict=False)) for cells in rows[1:]]
    paths = [_codes(entry, rows[0], columns) for entry in entries]
    below: dict[str, set[tuple[str, ...]]] = {}
    for path in (path for row_paths in paths for path in row_paths):
        below.setdefault(path[-1].casefold(), set()).add(tuple(map(str.casefold, path)))
    segments = []
    for line, entry, row_paths in zip(lines[1:], entries, paths, strict=True):
        codes = [" / ".join(path) if len(below[path[-1].casefold()]) > 1 else path[-1] for path in row_paths]
        about = {
            "file": name,
            "row": line,
            "transcript": _cell(entry, columns.headings["document"]),
            "start": None,
            "end": None,
            "text": _cell(entry, columns.headings["text"]),
            "coder": _cell(entry, columns.headings["coder"]) or str(Path(name).with_suffix("")),
            "memo": _cell(entry, columns.headings["memo"]),
            "within": "",
            "text_key": None,
        }
        refused = "" if about["text"] else "the row contains no words"
        if columns.program == "QualCoder" and entry.get("id", "").startswith(_NO_TEXT):
            refused = "the code was applied to a picture or recording, not to the words of a transcript"
        unclear = _unclear(entry, rows[0], columns)
        if unclear and not refused:
            refused = f"{unclear}, which does not say whether the code applies"
        for number, code in enumerate(codes or [NO_CODE], start=1):
            why = refused or ("" if codes else "it was not coded")
            part = f".{number}" if len(codes) > 1 else ""
            segments.append(about | {"code": code, "refused": why, "part": part})
    return segments


def _unclear(entry: Mapping[str, str], header: Sequence[str], columns_of_program: Columns) -> str:
    """The first cell of a column per code that is neither yes nor no; empty where there is none."""
    columns = [
        name.strip()
        for name in header
        if columns_of_program.yes_columns and re.match(columns_of_program.yes_columns, name.strip(), re.I)
    ]
    cells = ((name, entry.get(name.casefold(), "").strip()) for name in columns)
    return next((f"'{cell}' under '{name}'" for name, cell in cells if cell and yes_or_no(cell) is None), "")


def _cell(entry: Mapping[str, str], names: Sequence[str]) -> str:
    return next((entry[name] for name in names if entry.get(name)), "")


def _codes(entry: Mapping[str, str], header: Sequence[str], columns_of_program: Columns) -> list[tuple[str, ...]]:
    """The codes of a row, each once, in their order: the codes above it, then its name."""
    marked = [re.match(columns_of_program.yes_columns, name.strip(), re.IGNORECASE) for name in header]
    if columns_of_program.yes_columns and any(marked):
        yes = [m for m in marked if m and yes_or_no(entry.get(m.string.casefold(), ""))]
        codes = [match.group(1) for match in yes]
    else:
        cell = _cell(entry, columns_of_program.headings["code"])
        codes = re.split(columns_of_program.codes_in, cell) if columns_of_program.codes_in else [cell]
    paths = [re.split(columns_of_program.path_in, code) if columns_of_program.path_in else [code] for code in codes]
    filled_paths = [tuple(filter(None, map(str.strip, path))) for path in paths]
    return list(dict.fromkeys(path for path in filled_paths if path))
