"""Which files of the study folder count: what people put there, not what programs leave beside it."""

from collections.abc import Sequence
from pathlib import Path

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


def templates(folders: Sequence[Path], technique: str) -> list[str]:
    """The templates of a technique, one a name: that of the first of `folders` which has it.

    A study's own folder comes before the house's, so that a template laid beside takes its place.
    """
    chosen: dict[str, str] = {}
    for folder in folders:
        for path in sorted((folder / "techniques" / technique).glob("*.j2")):
            chosen.setdefault(path.name, str(path))
    return [chosen[name] for name in sorted(chosen)]
