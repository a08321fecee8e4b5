"""Which files of the study folder count: what people put there, not what programs leave beside it."""

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
