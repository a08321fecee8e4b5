"""A digest of just the library code that a script uses, so that rebuilding is exact.

Snakemake reruns a step when its script changes but does not look into the modules it imports. The
digest of the script's transitive imports within the library goes into the rule's `params`; it is
taken of syntax trees without docstrings, so that comments, docstrings and formatting do not count.
A data file that has the name of a module (`texts.csv` beside `texts.py`) counts with it.

What was read of a file is kept between runs by its size and time (`keep_in`), because reading all
syntax trees took half the time of a start.
"""

import ast
import atexit
import hashlib
import json
import os
import sys
import time
from collections.abc import Iterable
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import NamedTuple

LIBRARY = Path(__file__).parent.parent
PACKAGE = LIBRARY.name
DATA = (".csv", ".yaml")
AS_A_WHOLE = {"model_dump", "model_dump_json", "model_fields", "__dict__"}
YOUNG = 2  # seconds: a file so new may change again without another size or time


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


_kept: dict[str, list] = {}  # by path and stamp, from an earlier run
_fresh: dict[str, list] = {}  # the same for this run


def code_digest(script: Path) -> str:
    """Return 16 hex digits that change exactly when `script` or library code it imports changes."""
    digest = hashlib.sha256()
    for path in sorted(_reached(script)):
        name = path.relative_to(LIBRARY.parent).as_posix()
        digest.update(f"{name}\n{_read(path).digest}\n".encode())
    return digest.hexdigest()[:16]


def third_party(script: Path) -> set[str]:
    """The packages, by the names under which they are imported, that `script` and its library use."""
    return {name for path in _reached(script) for name in _read(path).others}


def settings_used(script: Path, fields: Iterable[str]) -> list[str]:
    """Which of the `fields` of its settings the code behind a script can ask for.

    All, where it writes the settings down as a whole. `step` refuses a field that is not among them.
    """
    read = [_read(path) for path in _reached(script) if path.parent != LIBRARY / "core"]
    names = {name for one in read for name in one.names}
    methods = {name: set(asked) for one in read for name, asked in one.methods.items()}
    waiting = [name for name in methods if name in names]
    while waiting:
        asked = methods[waiting.pop()] - names
        names |= asked
        waiting += [name for name in asked if name in methods]
    return [field for field in fields if field in names or names & AS_A_WHOLE]


def keep_in(file: Path) -> None:
    """Use what an earlier run kept in `file`, and keep it there for the next when this one ends."""
    with suppress(OSError, ValueError):
        _kept.update(json.loads(file.read_text(encoding="utf-8")))
    atexit.register(_keep, file)


def _keep(file: Path) -> None:
    if _fresh == _kept or not file.parent.is_dir():
        return
    part = file.with_name(f"{file.name}.{os.getpid()}")
    with suppress(OSError):
        part.write_text(json.dumps(_fresh), encoding="utf-8")
        os.replace(part, file)


def _reached(script: Path) -> set[Path]:
    reached, waiting = set(), [script]
    while waiting:
        path = waiting.pop()
        if path in reached:
            continue
        reached.add(path)
        for name in _read(path).modules:
            waiting.extend(_files_of(name))
    return reached


@cache
def _read(path: Path) -> _Read:
    place, stamp = str(path), _stamp(path)
    entry = _kept.get(place)
    if entry and entry[0] == stamp:
        digest, modules, others, names, methods = entry[1:]
        known = _Read(digest, tuple(modules), tuple(others), tuple(names), methods)
    else:
        known = _parsed(path)
    if stamp:
        _fresh[place] = [stamp, *known]
    return known


def _stamp(path: Path) -> str:
    """Sizes and times of a module and its data files; empty where one is too young to rely on."""
    files = [path, *_data_beside(path)]
    states = [file.stat() for file in files]
    if any(time.time() - state.st_mtime < YOUNG for state in states):
        return ""
    sizes = [f"{file.name} {s.st_size} {s.st_mtime_ns}" for file, s in zip(files, states, strict=True)]
    return " ".join([sys.version.split()[0], _form(), *sizes])


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
    own = tuple(name for name in modules if name.split(".")[0] == PACKAGE)
    asked = {name: sorted({node.attr for node in nodes}) for name, nodes in methods.items()}
    digest = hashlib.sha256(content.encode()).hexdigest()
    return _Read(digest, own, others, tuple(sorted(names)), asked)


def _methods(tree: ast.Module):
    """The methods of classes with the attributes that they ask for; of validators nothing counts."""
    for node in ast.walk(tree):
        for method in node.body if isinstance(node, ast.ClassDef) else []:
            if isinstance(method, ast.FunctionDef):
                checks = any("validator" in ast.unparse(d) for d in method.decorator_list)
                asked = [part for part in ast.walk(method) if isinstance(part, ast.Attribute)]
                yield f"{method.name} (checks)" if checks else method.name, asked


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
    stems = [LIBRARY.parent.joinpath(*parts[:end]) for end in range(1, len(parts) + 1)]
    places = [place for stem in stems for place in (stem / "__init__.py", stem.with_suffix(".py"))]
    return tuple(place for place in places if place.is_file())


def _drop_docstrings(nodes: list[ast.AST]) -> None:
    for node in nodes:
        if not isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) or not node.body:
            continue
        first = node.body[0]
        if isinstance(first, ast.Expr) and isinstance(getattr(first.value, "value", None), str):
            node.body = node.body[1:] or [ast.Pass()]
