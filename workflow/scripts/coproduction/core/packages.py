"""The packages behind the steps: which are installed, and in which version."""

import hashlib
import shutil
import sys
from collections.abc import Iterable
from functools import cache
from importlib import metadata
from pathlib import Path

from coproduction.core.digest import third_party
from coproduction.core.start_cache import cached


def versions_digest(script: Path) -> str:
    """Return 8 hex digits that change with the version of any package that `script` uses."""
    used = [f"{module} {_version(module)}" for module in sorted(third_party(script))]
    return hashlib.sha256("\n".join(used).encode()).hexdigest()[:8]


def program_digest(name: str) -> str:
    """Return 8 hex digits that change when the program `name` is installed, replaced or removed."""
    place = shutil.which(name)
    if place is None:
        return "none"
    path = Path(place).resolve()
    version_file = path.parent.parent / "share" / "version"  # where Quarto keeps it
    state = path.stat()
    version = version_file.read_text() if version_file.is_file() else f"{state.st_size} {state.st_mtime_ns}"
    return hashlib.sha256(f"{place} {version}".encode()).hexdigest()[:8]


@cache
def _version(module: str) -> str:
    return distributions([module])[module][1]


def distributions(modules: Iterable[str]) -> dict[str, tuple[str, str]]:
    """The name and version of the distribution that each module comes from, as installed.

    A module that no installed distribution has stands for itself, without a version. What is found is
    kept until something is installed or removed, which changes the time of a folder of packages.
    """
    names = sorted(modules)
    folders = _folders_of_packages()
    distribution_of = cached(
        f"distributions of {' '.join(names)}",
        folders,
        lambda: _installed_distributions(names),
        " ".join(map(str, folders)),
    )
    return {module: (name, version) for module, (name, version) in distribution_of.items()}


@cache
def _folders_of_packages() -> list[Path]:
    return [path for path in map(Path, sys.path) if path.is_dir() and any(path.glob("*.dist-info"))]


def _installed_distributions(modules: Iterable[str]) -> dict[str, list[str]]:
    """`metadata.packages_distributions` knows the same, but reads all file lists, fifteen times as long."""
    distribution_of, unknown = {}, set()
    for module in modules:
        try:
            distribution_of[module] = [module.replace("_", "-"), metadata.version(module)]
        except metadata.PackageNotFoundError:
            distribution_of[module] = [module, ""]
            unknown.add(module)
    for distribution in metadata.distributions() if unknown else ():
        files = f"\n{distribution.read_text('RECORD') or ''}"
        for module in sorted(unknown):
            if f"\n{module}/__init__.py," in files or f"\n{module}.py," in files:
                name = distribution.metadata["Name"].replace("_", "-")
                distribution_of[module] = [name, distribution.version]
                unknown.discard(module)
    return distribution_of
