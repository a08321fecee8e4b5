"""Loading a script costs what it uses: heavy packages are loaded by those steps alone that need them.

Seen in the imports at the head of the modules that a script reaches; what a function imports when it is
called costs only those who call it.
"""

import ast
from functools import cache
from pathlib import Path

import pytest
from parsed import parsed

SCRIPTS = Path(__file__).parents[2] / "workflow" / "scripts"
# Package → the scripts that may load it when they start; names may end in *.
MAY_LOAD = {
    "matplotlib": {"draw_*", "simulate_screening"},
    "sklearn": {"*_topics", "compare_topic_numbers", "*_screening", "rank_queue", "vectorise_records"},
    "pandera": set(),
    "openpyxl": set(),
    "pypandoc": set(),
    "typst": set(),
    "docx": {"read_documents", "read_interviews", "draw_interviews"},
}


@cache
def loaded(path: Path) -> tuple[frozenset[str], frozenset[Path]]:
    """What the head of a file imports: other packages, and modules of the library."""
    others, own = set(), set()
    for name in _imported(parsed(path).body):
        if not name.startswith("coproduction"):
            others.add(name.partition(".")[0])
        parts = name.split(".")
        for end in range(1, len(parts) + 1):
            stem = SCRIPTS.joinpath(*parts[:end])
            own |= {p for p in (stem / "__init__.py", stem.with_suffix(".py")) if p.is_file()}
    return frozenset(others), frozenset(own)


def _imported(nodes):
    for node in nodes:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Try | ast.With) or (
            isinstance(node, ast.If) and "TYPE_CHECKING" not in ast.unparse(node.test)
        ):
            yield from _imported(node.body)


def reached(script: Path) -> set[str]:
    """All packages that are loaded with a script."""
    seen: set[Path] = set()
    waiting, packages = [script], set()
    while waiting:
        path = waiting.pop()
        if path not in seen:
            seen.add(path)
            others, own = loaded(path)
            packages |= others
            waiting += own
    return packages


@pytest.mark.parametrize("package", MAY_LOAD)
def test_a_heavy_package_is_loaded_only_where_it_is_needed(package):
    loading = {path.stem for path in SCRIPTS.glob("*.py") if package in reached(path)}
    allowed = {s for s in loading if any(Path(s).match(shape) for shape in MAY_LOAD[package])}
    assert loading == allowed


def test_statistics_are_loaded_when_the_first_is_computed():
    """`import scipy` loads scipy.stats, which takes longer than pandas, at its first use."""
    modules = (SCRIPTS / "coproduction").rglob("*.py")
    early = [path.name for path in modules if "scipy.stats" in _imported(parsed(path).body)]
    assert early == []
