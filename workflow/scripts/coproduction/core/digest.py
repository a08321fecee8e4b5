"""A digest of just the library code that a script uses, so that rebuilding is exact.

Snakemake reruns a step when its script changes but does not look into the modules it imports. The
digest of the script's transitive imports within the library goes into the rule's `params`; it is
taken of syntax trees without docstrings, so that comments, docstrings and formatting do not count.
A data file that has the name of a module (`texts.csv` beside `texts.py`) counts with it.
"""

import ast
import hashlib
import os
import sys
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from coproduction.core.start_cache import SELDOM, cached, stamp_of

LIBRARY = Path(__file__).parent.parent
PACKAGE = LIBRARY.name
DATA = (".csv", ".yaml")
AS_A_WHOLE = {"model_dump", "model_dump_json", "model_fields", "__dict__"}


class _Read(NamedTuple):
    """What a module says: the digest of its code, the modules and the other packages it imports.

    `names` are the attributes that its code asks for; those in the methods of a class of settings
    are kept apart, since a method counts where it is called.
    """

    digest: str
    modules: tuple[str, ...]
    others: tuple[str, ...]
    names: tuple[str, ...]
    methods: dict[str, list[str]]


def code_digest(script: Path) -> str:
    """Return 16 hex digits that change exactly when `script` or library code it imports changes."""
    return _behind(script)[0]


@cache
def _behind(script: Path) -> tuple[str, list[str]]:
    """The digest of a script with its library, and the packages they use; kept while nothing in the library changes."""
    digest, others = _cached(script, "behind", lambda: [_digest(script), sorted(_third_party(script))])
    return digest, others


def _cached(script: Path, subject: str, make: Callable[[], Any]) -> Any:
    """What `make` finds in the code behind a script, or has found while all of the library was as it is now."""
    library = _library()
    return cached(f"{subject} {script.name}", [script], make, library) if library else make()


@cache
def _library() -> str:
    """A digest of the sizes and times of all files of the library; empty where one is too young to rely on."""
    files = sorted(
        os.path.join(folder, name)
        for folder, _, names in os.walk(LIBRARY)
        for name in names
        if name.endswith((".py", *DATA))
    )
    stamp = stamp_of(map(Path, files))
    return hashlib.sha256("\n".join([stamp, *files]).encode()).hexdigest()[:16] if stamp else ""


def _digest(script: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(_reached(script)):
        name = path.relative_to(LIBRARY.parent).as_posix()
        digest.update(f"{name}\n{_read(path).digest}\n".encode())
    return digest.hexdigest()[:16]


def third_party(script: Path) -> set[str]:
    """The packages, by the names under which they are imported, that `script` and its library use."""
    return set(_behind(script)[1])


def _third_party(script: Path) -> set[str]:
    return {name for path in _reached(script) for name in _read(path).others}


def library_behind(script: Path) -> tuple[list[str], list[str]]:
    """The modules of the library that a script imports, and all files that are read when it does.

    Modules that it may import later, within a function, count among the files alone.
    """
    modules, files = cached(
        f"library behind {script.name}", [script], lambda: _library_behind(script), _library(), SELDOM
    )
    return modules, files


def _library_behind(script: Path) -> list[list[str]]:
    tree = ast.parse(script.read_text(encoding="utf-8"), filename=str(script))
    modules = sorted({name for name in _imports([*tree.body]) if name in _modules()})
    files = {path for path in _reached(script) if path != script}
    return [modules, sorted(map(str, files | {data for path in files for data in _data_beside(path)}))]


def settings_used(script: Path, fields: Iterable[str]) -> list[str]:
    """Which of the `fields` of its settings the code behind a script can ask for.

    All, where it writes the settings down as a whole. `step` refuses a field that is not among them.
    """
    wanted_fields = list(fields)
    used: list[str] = _cached(
        script, f"settings {' '.join(wanted_fields)} of", lambda: _settings_used(script, wanted_fields)
    )
    return used


def _settings_used(script: Path, fields: Iterable[str]) -> list[str]:
    modules = [_read(path) for path in _reached(script) if path.parent != LIBRARY / "core"]
    names = {name for module in modules for name in module.names}
    methods = {name: set(new_names) for module in modules for name, new_names in module.methods.items()}
    waiting = [name for name in methods if name in names]
    while waiting:
        new_names = methods[waiting.pop()] - names
        names |= new_names
        waiting += [name for name in new_names if name in methods]
    return [field for field in fields if field in names or names & AS_A_WHOLE]


@cache
def _reached(script: Path) -> frozenset[Path]:
    reached: set[Path] = set()
    waiting = {script}
    while waiting:
        path = waiting.pop()
        reached.add(path)
        waiting |= _imported(path) - reached
    return frozenset(reached)


@cache
def _imported(path: Path) -> frozenset[Path]:
    return frozenset(file for name in _read(path).modules for file in _files_of(name))


@cache
def _read(path: Path) -> _Read:
    name = path.relative_to(LIBRARY.parent).as_posix()  # so that it also holds for a copy of the checkout
    return _Read(*cached(name, [path, *_data_beside(path)], lambda: _parsed(path), _form(), SELDOM))


@cache
def _form() -> str:
    """This module's own digest: what it kept before it was changed does not count."""
    return hashlib.sha256(Path(__file__).read_bytes()).hexdigest()[:8]


def _parsed(path: Path) -> _Read:
    tree = ast.parse(path.read_text(encoding="utf-8"), filename=str(path))
    nodes = list(ast.walk(tree))
    modules = tuple(sorted(set(_imports(nodes))))
    others = tuple(sorted(set(_other_packages(modules))))
    methods = dict(_methods(tree)) if path.name.endswith("settings.py") else {}
    apart = {node for name in methods for node in methods[name]}
    names = {node.attr for node in nodes if isinstance(node, ast.Attribute) and node not in apart}
    _drop_docstrings(nodes)
    content = ast.dump(tree)
    content += "".join(data.read_text(encoding="utf-8") for data in _data_beside(path))
    library_modules = tuple(name for name in modules if name.split(".")[0] == PACKAGE)
    names_by_method = {name: sorted({node.attr for node in nodes}) for name, nodes in methods.items()}
    digest = hashlib.sha256(content.encode()).hexdigest()
    return _Read(digest, library_modules, others, tuple(sorted(names)), names_by_method)


def _methods(tree: ast.Module):
    """The methods of classes with the attributes that they ask for; of validators nothing counts."""
    for node in ast.walk(tree):
        for method in node.body if isinstance(node, ast.ClassDef) else []:
            if isinstance(method, ast.FunctionDef):
                checks = any("validator" in ast.unparse(d) for d in method.decorator_list)
                attributes = [part for part in ast.walk(method) if isinstance(part, ast.Attribute)]
                yield f"{method.name} (checks)" if checks else method.name, attributes


def _other_packages(modules: tuple[str, ...]):
    for name in modules:
        top = name.split(".")[0]
        if top != PACKAGE and top not in sys.stdlib_module_names:
            yield top


def _data_beside(module: Path) -> list[Path]:
    """The data files that have the name of `module`."""
    places = (module.with_suffix(ending) for ending in DATA)
    return [place for place in places if place.is_file()]


def _imports(nodes: list[ast.AST]):
    for node in nodes:
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            yield node.module
            for alias in node.names:
                yield f"{node.module}.{alias.name}"


@cache
def _files_of(name: str) -> tuple[Path, ...]:
    """The files that an import of this name loads: of each package on the way, and of the module."""
    parts = name.split(".")
    stems = [".".join(parts[:end]) for end in range(1, len(parts) + 1)]
    return tuple(_modules()[stem] for stem in stems if stem in _modules())


@cache
def _modules() -> dict[str, Path]:
    """The file of each module and package of the library; one look at the folders, not one a name."""
    files = {}
    for folder, _, names in os.walk(LIBRARY):
        folder_path = Path(folder)
        package = ".".join(folder_path.relative_to(LIBRARY.parent).parts)
        for name in names:
            if name.endswith(".py"):
                files[package if name == "__init__.py" else f"{package}.{name[:-3]}"] = folder_path / name
    return files


def _drop_docstrings(nodes: list[ast.AST]) -> None:
    for node in nodes:
        if not isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) or not node.body:
            continue
        first = node.body[0]
        if isinstance(first, ast.Expr) and isinstance(getattr(first.value, "value", None), str):
            node.body = node.body[1:] or [ast.Pass()]
