"""Files of public statistics as rows of text: CSV, TSV and workbooks, also within .zip and .gz as sites hand them out.

What a download is made of is read by the readers of tables that people keep; here it is only unpacked.
"""

import gzip
import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from coproduction.core import people_tables, workbooks
from coproduction.core.archives import DAMAGED
from coproduction.core.errors import StudyError

ENDINGS = (".csv", ".tsv", ".txt", ".xlsx", ".xls", ".ods")
MOST_BYTES = 2_000_000_000  # of one table when it is unpacked
OLDER = "cp1252"  # of CSV that is no UTF-8, where only letters of names with accents can be read wrongly


@dataclass(frozen=True)
class Sheet:
    """One table of a download: its name (`file`, `archive: file` or `workbook: number of the sheet`) and rows of text."""

    name: str
    rows: list[list[str]]
    lines: list[int]


def is_description(path: str | Path) -> bool:
    """Whether a file only describes the table beside it, as the World Bank packs two with each of its tables."""
    return Path(path).name.casefold().startswith(("metadata_country", "metadata_indicator"))


def sheets(path: str | Path) -> list[Sheet]:
    """The tables in a file as it was downloaded, with the numbers of their rows.

    Raises StudyError for an archive or workbook that cannot be opened and for files of other kinds.
    """
    path = Path(path)
    with _unpacked(path) as files:
        return [sheet for name, file in files for sheet in _sheets_of(name, file, path)]


@contextmanager
def _unpacked(path: Path) -> Iterator[list[tuple[str, Path]]]:
    """The files of a download: itself, or what is packed in it."""
    ending = path.suffix.lower()
    if ending not in (".zip", ".gz"):
        yield [(path.name, path)]
        return
    with tempfile.TemporaryDirectory() as folder:
        try:
            files = _from_zip(path, Path(folder)) if ending == ".zip" else [(path.name, _from_gzip(path, Path(folder)))]
        except (*DAMAGED, gzip.BadGzipFile) as error:
            raise StudyError(
                f"the archive cannot be opened ({error})",
                file=path,
                remedy="Download it again, or put the table that is in it here",
            ) from error
        yield files


def _from_zip(path: Path, folder: Path) -> list[tuple[str, Path]]:
    members = []
    with zipfile.ZipFile(path) as archive:
        for number, entry in enumerate(archive.infolist()):
            name = Path(entry.filename).name
            if entry.is_dir() or not name.lower().endswith(ENDINGS) or "__MACOSX" in entry.filename:
                continue
            _check_size(entry.file_size, path)
            target = folder / f"{number}{Path(name).suffix.lower()}"
            with archive.open(entry) as packed, target.open("wb") as file:
                shutil.copyfileobj(packed, file)
            members.append((f"{path.name}: {name}", target))
    if not members:
        raise StudyError("the archive contains no table", file=path, remedy="Download the data as CSV or Excel")
    return members


def _from_gzip(path: Path, folder: Path) -> Path:
    inner = Path(path.stem).suffix.lower() or ".csv"
    target = folder / f"0{inner}"
    with gzip.open(path) as packed, target.open("wb") as file:
        for piece in iter(lambda: packed.read(1 << 24), b""):
            file.write(piece)
            _check_size(file.tell(), path)
    return target


def _check_size(size: int, path: Path) -> None:
    if size > MOST_BYTES:
        raise StudyError(
            "the unpacked contents of the archive are larger than 2 GB",
            file=path,
            remedy="Choose countries, years and series before you download",
        )


def _sheets_of(name: str, file: Path, path: Path) -> list[Sheet]:
    ending = file.suffix.lower()
    if ending not in ENDINGS:
        raise StudyError(
            f"a file of the type {ending or 'without extension'} is not a table of statistics",
            file=path,
            remedy="Download the data as CSV or Excel; put documents into desk/documents",
        )
    if ending in (".xlsx", ".xls"):
        return _of_workbook(name, file, path)
    try:
        rows, lines = people_tables.read_people_rows(file, OLDER, delimiter="\t" if ending == ".tsv" else "")
    except StudyError as error:
        raise StudyError(error.problem, file=path, row=error.row, column=error.column, remedy=error.remedy) from error
    return [Sheet(name, rows, lines)]


def _rows_of_sheets(file: Path) -> list[list[list[str]]]:
    """The rows of each sheet of a workbook, of which kind it is being told by its first bytes."""
    raw = file.read_bytes()
    if not zipfile.is_zipfile(file):
        return workbooks.read_old_sheets(raw, as_shown=True)
    sheets = workbooks.read_sheets(raw, as_shown=True)
    for number in range(1, len(sheets) + 1):
        workbooks.check_calculated(file, number)
    return sheets


def _stripped(cell: str) -> str:
    return workbooks.Joined(cell.strip()) if isinstance(cell, workbooks.Joined) else cell.strip()


def _under_another_name(file: Path) -> str:
    """What a file is that no reader of workbooks can read."""
    start = file.read_bytes()[:2000].lstrip(b"\xef\xbb\xbf\r\n\t ").lower()
    if start.startswith((b"<html", b"<!doctype html", b"<table", b"<head", b"<body", b"<meta", b"<style")):
        return f"a page of the web under the name of a workbook ({file.suffix})"
    if b"urn:schemas-microsoft-com:office:spreadsheet" in start:
        return "a workbook in the XML of Excel 2003, which is not read"
    if start and b"\0" not in start and b"\n" in start:
        return f"a text file under the name of a workbook ({file.suffix})"
    return "not a readable Excel workbook"


def _of_workbook(name: str, file: Path, path: Path) -> list[Sheet]:
    try:
        sheet_rows = _rows_of_sheets(file)
    except workbooks.Struck as error:
        raise people_tables.struck(error, path) from error
    except workbooks.Uncalculated as error:
        raise people_tables.uncalculated(error, path, people_tables.SAVE_AGAIN) from error
    except Exception as error:
        raise StudyError(
            f"this is {_under_another_name(file)}", file=path, remedy="Download it again, or save it as CSV UTF-8"
        ) from error
    sheets = []
    for number, rows in enumerate(sheet_rows, start=1):
        filled_rows = [(line, [_stripped(cell) for cell in row]) for line, row in enumerate(rows, start=1)]
        filled_rows = [(line, row) for line, row in filled_rows if any(row)]
        if filled_rows:
            title = name if number == 1 else f"{name}: sheet {number}"
            sheets.append(Sheet(title, [row for _, row in filled_rows], [line for line, _ in filled_rows]))
    return sheets
