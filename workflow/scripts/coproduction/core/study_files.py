"""Which files of the study folder count: what people put there, not what programs leave beside it."""

import csv
import fnmatch
import os
import re
import unicodedata
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path, PurePosixPath

from coproduction.core.errors import StudyError, nearest, of_a_folder

LANGUAGE = re.compile(r"[a-z]{2,3}")  # code of ISO 639, the name of a folder of translated words
TABLE_ENDINGS = (".csv", ".xlsx", ".ods")  # of tables that people keep
EXAMPLE = "(example)"  # what the first cell of a row begins with that only shows how
LONGEST_EXAMPLE = 20_000  # bytes of a CSV that may hold nothing but a header and an example
_PLACEHOLDER = re.compile(r"\.(.+)\.icloud")  # what macOS keeps of a file that is only in the cloud
NOT_HERE = "{} is in iCloud only and not on this computer; open it once"
LITTER = ("thumbs.db", "desktop.ini", "icon\r")  # of Windows and macOS


def present(study: Path, *patterns: str) -> list[str]:
    """Files that exist under these patterns, by name; people may not have put all there yet.

    A table counts as .csv, .xlsx or .ods: `panel.csv` stands for each. Hidden files, lock files of
    open documents (`~$…`, `.~lock.…`) and litter are passed over. Raises StudyError where a table is
    there in two forms, unless one is the CSV of a new study in which nobody has filled in anything,
    and where a folder has the name of a table.
    """
    paths: set[Path] = set()
    for pattern in patterns:
        matching = {
            path for form in forms_of(pattern) for path in _files(study, form) if not left_by_programs(path.name)
        }
        if len(matching) > 1 and "*" not in pattern:
            matching -= {path for path in matching if _as_new(path)}
        if len(matching) > 1 and "*" not in pattern:
            first, *others = sorted(path.name for path in matching)
            raise StudyError(
                f"the table is there as {first} and as {' and '.join(others)}, and it is unclear which one counts",
                file=min(matching).parent,
                remedy="Keep one of them; put the others outside the study folder",
            )
        paths |= matching
    return sorted(map(str, paths))


def _files(study: Path, pattern: str) -> list[Path]:
    """The files under a pattern, as `Path.glob` finds them: which takes longer, at each start."""
    head, _, last = pattern.rpartition("/")
    if "*" in head.removesuffix("/**"):
        return [path for path in study.glob(pattern) if path.is_file()]
    if "*" not in pattern:
        return _file(study / pattern)
    top = study / head.removesuffix("**")
    if head.endswith("**"):
        names = [os.path.join(folder, name) for folder, _, files in os.walk(top) for name in files]
    else:
        names = [os.path.join(top, name) for name in (os.listdir(top) if os.path.isdir(top) else [])]
    return [Path(name) for name in names if fnmatch.fnmatch(os.path.basename(name), last) and os.path.isfile(name)]


def _file(path: Path) -> list[Path]:
    """The file, if it is there; a folder of its name would pass for a file that is still awaited."""
    if os.path.isdir(path):
        raise of_a_folder(path)
    return [path] if os.path.isfile(path) else []


def present_of(study: Path, patterns: Iterable[str]) -> list[str]:
    """The files under any of these patterns; of a table in two forms both, which is told elsewhere."""
    return sorted({str(path) for pattern in patterns for form in forms_of(pattern) for path in study.glob(form)})


def _as_new(path: Path) -> bool:
    """Whether a CSV holds a header and the row that shows how it is filled in, and nothing else."""
    if path.suffix != ".csv" or path.stat().st_size > LONGEST_EXAMPLE:
        return False
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
        rows = [row for row in csv.reader(file) if any(cell.strip() for cell in row)]
    return all(is_example(row) for row in rows[1:])


def is_example(row: Sequence[str]) -> bool:
    """Whether a row shows how the table is filled in, as in the tables of a new study."""
    return row[0].strip().casefold().startswith(EXAMPLE)


def forms_of(pattern: str) -> list[str]:
    """The names under which a table may be there; of what is no table its own."""
    stem = pattern.removesuffix(".csv")
    return [pattern] if stem == pattern else [f"{stem}{ending}" for ending in TABLE_ENDINGS]


def left_by_programs(name: str) -> bool:
    """Whether a program left a file of this name beside the files of people."""
    plain = name.casefold()
    return plain.startswith((".", "~$")) or plain in LITTER or (plain.startswith("~") and plain.endswith(".tmp"))


def composed(name: str) -> str:
    """The name of a file with its accents composed, as people type them; macOS takes them apart."""
    return unicodedata.normalize("NFC", name)


def named(folder: Path, name: str) -> Path:
    """The file in a folder that people name, however its accents are composed and its folders separated.

    Raises StudyError for a name that leads out of the folder.
    """
    if (folder / name).is_file() and _is_within(name):
        return folder / name
    plain = composed(name.replace("\\", "/"))
    if not _is_within(plain):
        raise StudyError(
            f"'{name}' leads out of the folder",
            file=folder,
            remedy="Put the file into it and name it as it is called there",
        )
    path = folder
    for part in PurePosixPath(plain).parts:
        names = os.listdir(path) if path.is_dir() and not (path / part).exists() else []
        path = path / next((entry for entry in sorted(names) if composed(entry) == part), part)
    return path


def _is_within(name: str) -> bool:
    return not os.path.isabs(name) and not os.path.normpath(name).startswith("..") and not re.match(r"[A-Za-z]:", name)


def is_note(name: str) -> bool:
    """Whether a file is a note that people keep for themselves, which no step reads."""
    return name.casefold().startswith("readme") or name.casefold().endswith(".md")


def unread(study: Path, read: Collection[str], patterns: Iterable[str]) -> list[list[str]]:
    """Files of the study folder that no step reads: each with the reason and what may be meant.

    read: paths of the files that steps read
    patterns: under which names they look for files, relative to the study folder
    """
    known = sorted(set(patterns))
    read_paths = set(map(os.path.abspath, read))  # a file may be given by another way to it
    files = [path for path in sorted(study.rglob("*")) if path.is_file() and os.path.abspath(path) not in read_paths]
    files = [path for path in files if path.relative_to(study).as_posix() not in known or not _as_new(path)]
    unread_files = []
    for path in files:
        name = path.relative_to(study)
        if placeholder := _PLACEHOLDER.fullmatch(path.name):
            unread_files.append([name.as_posix(), NOT_HERE.format(placeholder[1]), ""])
        elif not any(left_by_programs(part) for part in name.parts) and not is_note(path.name):
            unread_files.append([name.as_posix(), *_why(PurePosixPath(name.as_posix()), known)])
    return unread_files


def _why(name: PurePosixPath, patterns: list[str]) -> tuple[str, str]:
    """Why no step reads a file of this name, and the name that may be meant (or nothing)."""
    folders = {pattern.partition("/")[0] for pattern in patterns}
    plain = [pattern for pattern in patterns if "*" not in pattern]
    if len(name.parts) == 1:
        near = nearest(name.name, [PurePosixPath(pattern).name for pattern in plain])
        suggestion = next((pattern for pattern in plain if near and pattern.endswith(f"/{near}")), "")
        return "it is not in any of the folders that are read", suggestion
    folder, rest = name.parts[0], PurePosixPath(*name.parts[1:])
    if folder not in folders:
        near = nearest(folder, sorted(folders))
        return f"no step reads a folder named '{folder}'", f"{near}/{rest}" if near else ""
    names_in_folder = [PurePosixPath(pattern).name for pattern in plain if pattern.startswith(f"{folder}/")]
    for pattern in patterns:
        if name.parent.parent.as_posix() == PurePosixPath(pattern).parent.as_posix() and "*" in pattern:
            above = f"{name.parent.parent}/{name.name}"
            if PurePosixPath(above).match(pattern):
                return "files in sub-folders are not read here", above
    same_stem = [known for known in names_in_folder if PurePosixPath(known).stem == name.stem.casefold()]
    if any(known == name.name.casefold() for known in same_stem):
        return "capital letters in its name count", f"{folder}/{same_stem[0]}"
    if same_stem:
        return f"{name.suffix or 'a file without an extension'} is not read here", f"{folder}/{same_stem[0]}"
    stem = name.stem.casefold()
    copied = [known for known in names_in_folder if re.match(rf"{re.escape(PurePosixPath(known).stem)}[^\w]", stem)]
    near = max(copied, key=len, default=None) or nearest(name.name, names_in_folder)
    return "its name is not one that is read here", f"{folder}/{near}" if near else ""


def report_folders(study: Path, house: Path, language: str) -> list[Path]:
    """Where the words of the report are looked for, in order: the study's own, then the house's.

    Within each the folder of the language comes first. Raises StudyError for a language other than
    English for which there is no folder.
    """
    folders = [folder for place in (study, house) for folder in (place / language, place)]
    if language != "en" and not any(folder.is_dir() for folder in folders[::2]):
        raise StudyError(
            f"setting 'language' is {language}, but there is no folder {folders[0]}",
            remedy="Put the translated templates there, or remove the setting for English",
        )
    return folders


def templates(folders: Sequence[Path], technique: str, *names: str) -> list[str]:
    """The templates of a technique, one a name: that of the first of `folders` which has it.

    A study's own folder comes before the house's, so that a template laid beside takes its place.
    With `names` only these, for a step that fills no others.
    """
    chosen: dict[str, str] = {}
    for folder in folders:
        for path in sorted((folder / "techniques" / technique).glob("*.j2")):
            if not names or path.name.split(".")[0] in names:
                chosen.setdefault(path.name, str(path))
    return [chosen[name] for name in sorted(chosen)]


def report_sources(folders: Sequence[Path]) -> dict[str, str]:
    """The outline, sections and styles of the report by their path in the folder: the first counts.

    Templates are none of them, nor are the folders of languages within a folder.
    """
    chosen: dict[str, str] = {}
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            name = path.relative_to(folder)
            if path.is_file() and not _passed_over(name):
                chosen.setdefault(name.as_posix(), str(path))
    return dict(sorted(chosen.items()))


def _passed_over(name: Path) -> bool:
    first = name.parts[0]
    return (
        first == "techniques"
        or (len(name.parts) > 1 and LANGUAGE.fullmatch(first) is not None)
        or any(left_by_programs(part) for part in name.parts)
    )
