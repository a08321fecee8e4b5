"""Where the prepared pieces of the report come from."""

from collections.abc import Sequence
from pathlib import Path


def fragment_names(paths: Sequence[str]) -> dict[str, Path]:
    """`desk/methods.md` for `…/desk/report/methods.md`, by the folder two levels up."""
    return {f"{path.parent.parent.name}/{path.name}": path for path in map(Path, paths)}


def figure_names(paths: Sequence[str]) -> dict[str, Path]:
    """`topics/prevalence.svg` for `…/topics/figures/prevalence.svg`."""
    return {f"{path.parent.parent.name}/{path.name}": path for path in map(Path, paths)}


def page_names(folders: str | Sequence[str]) -> dict[str, Path]:
    """`delphi/pages/change-1.svg` for each figure in a folder `…/delphi/pages` of figures."""
    folders = [folders] if isinstance(folders, str) else folders
    return {
        f"{folder.parent.name}/{folder.name}/{file.name}": file
        for folder in map(Path, folders)
        for file in sorted(folder.iterdir())
        if file.suffix in (".svg", ".pdf")
    }
