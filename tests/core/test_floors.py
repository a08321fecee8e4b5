"""The library is a house of floors: an import only ever points down, and never goes in a circle.

`docs/architecture.md` draws the floors. A script may name a table of another technique; modules of
the library may not, so that techniques meet in tables alone.
"""

import ast
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest
from parsed import imports_in

LIBRARY = Path(__file__).parents[2] / "workflow" / "scripts" / "coproduction"
CORE, TOOLS, TECHNIQUE, ASSEMBLY = range(4)
FLOORS = {"core": CORE, "formats": TOOLS, "methods": TOOLS}
FLOORS |= dict.fromkeys(["desk", "qca", "literature", "screening", "topics"], TECHNIQUE)
FLOORS |= dict.fromkeys(["interviews", "delphi", "ecosystem", "status", "report"], TECHNIQUE)
OF_THE_STUDY = {"core.factors", "core.accounting", "core.identities"}  # unknown to formats, methods
LONGEST = 450

# What is not in order yet; each may only become shorter.
LONG: set[str] = set()


@cache
def modules() -> dict[str, Path]:
    """Every module of the library by its name below `coproduction`."""
    names = {}
    for path in sorted(LIBRARY.rglob("*.py")):
        parts = path.relative_to(LIBRARY).with_suffix("").parts
        names[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return names


@cache
def imports() -> dict[str, set[str]]:
    """What each module imports of the library, also within functions."""
    return {name: set(_imported(path)) - {name} for name, path in modules().items()}


def _imported(path: Path):
    for node in imports_in(path):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        else:
            continue
        for name in names:
            within = name.removeprefix("coproduction.")
            if within == name:
                continue
            yield within if within in modules() else within.rpartition(".")[0]


def room(module: str) -> str:
    """The folder of a module: core, formats, methods or a technique."""
    return module.partition(".")[0]


def floor(module: str) -> int:
    return FLOORS.get(room(module), ASSEMBLY)


def test_an_import_points_down_or_stays_in_its_room():
    wrong = [
        f"{module} imports {other}"
        for module, others in imports().items()
        for other in others
        if room(other) != room(module) and floor(other) >= floor(module) and floor(module) != ASSEMBLY
    ]
    assert wrong == []


def test_every_folder_of_the_library_has_its_floor():
    folders = {path.name for path in LIBRARY.iterdir() if (path / "__init__.py").is_file()}
    assert folders == set(FLOORS)


def test_no_imports_go_in_a_circle():
    try:
        TopologicalSorter(imports()).prepare()
    except CycleError as error:
        pytest.fail(" → ".join(error.args[1]))


def test_formats_and_methods_know_nothing_of_the_study():
    wrong = [
        f"{module} imports {other}"
        for module, others in imports().items()
        if floor(module) == TOOLS
        for other in others & OF_THE_STUDY
    ]
    assert wrong == []


def test_no_module_is_too_long_to_be_read_at_a_sitting():
    lines = {name: path.read_text(encoding="utf-8").count("\n") for name, path in modules().items()}
    long = {name for name, length in lines.items() if length > LONGEST}
    assert {name for name in long if not name.endswith(".tables")} <= LONG  # a list is looked up
