"""What the report reads of the techniques."""

import importlib.metadata
import platform
from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from coproduction import progress, tables

SHOWN_VERSIONS = ["snakemake", "pandas", "scikit-learn", "scipy", "matplotlib"]


def gathered(paths: str | Sequence[str], form) -> pd.DataFrame:
    """The tables at `paths` (schema `form`) one below the other."""
    paths = [paths] if isinstance(paths, str) else list(paths)
    found = [tables.read_result(path, form) for path in paths]
    found = [table for table in found if len(table)]
    return pd.concat(found, ignore_index=True) if found else tables.empty(form)


def read_trace(paths: str | Sequence[str]) -> pd.DataFrame:
    """The evidence behind the factors; empty where the model is not there yet."""
    return gathered(paths, progress.EVIDENCE)


def versions() -> dict[str, str]:
    """Python and the libraries that compute, for the method section."""
    found = {"Python": platform.python_version()}
    return found | {name: importlib.metadata.version(name) for name in SHOWN_VERSIONS}


def fragment_names(paths: Sequence[str]) -> dict[str, Path]:
    """`desk/methods.md` for `…/desk/report/methods.md`, by the folder two levels up."""
    return {f"{path.parent.parent.name}/{path.name}": path for path in map(Path, paths)}


def figure_names(paths: Sequence[str]) -> dict[str, Path]:
    """`topics/prevalence.svg` for `…/topics/prevalence.svg`."""
    return {f"{path.parent.name}/{path.name}": path for path in map(Path, paths)}
