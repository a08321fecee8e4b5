"""Which files of the study folder count: what people put there, not what programs leave beside it."""

import re
from collections.abc import Sequence
from pathlib import Path

from coproduction.core.errors import StudyError

LANGUAGE = re.compile(r"[a-z]{2,3}")  # code of ISO 639, the name of a folder of translated words
LITTER = ("thumbs.db", "desktop.ini", "icon\r")  # of Windows and macOS


def present(study: Path, *patterns: str) -> list[str]:
    """Files that exist under these patterns, by name; people may not have put all there yet.

    Hidden files, lock files of open documents (`~$…`, `.~lock.…`) and litter are passed over.
    """
    return sorted(
        {
            str(path)
            for pattern in patterns
            for path in study.glob(pattern)
            if path.is_file() and not left_by_programs(path.name)
        }
    )


def left_by_programs(name: str) -> bool:
    """Whether a program left a file of this name beside the files of people."""
    return name.startswith((".", "~$")) or name.casefold() in LITTER


def report_folders(study: Path, house: Path, language: str) -> list[Path]:
    """Where the words of the report are looked for, in order: the study's own, then the house's.

    Within each the folder of the language comes first. Raises StudyError for a language other than
    English for which there is no folder.
    """
    folders = [folder for place in (study, house) for folder in (place / language, place)]
    if language != "en" and not any(folder.is_dir() for folder in folders[::2]):
        raise StudyError(
            f"setting 'language' is {language}, but there is no folder {folders[0]}",
            remedy="Put the translated templates there, or leave the setting out for English",
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
