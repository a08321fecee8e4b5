"""A digest of just the library code that a script uses, so that rebuilding is exact.

Snakemake reruns a step when its script changes but does not look into the modules it imports. The
digest of the script's transitive imports within the library goes into the rule's `params`; it is
taken of syntax trees without docstrings, so that comments, docstrings and formatting do not count.
A data file that has the name of a module (`texts.csv` beside `texts.py`) counts with it.
"""

import ast
import hashlib
import sys
from functools import cache
from pathlib import Path

LIBRARY = Path(__file__).parent.parent
PACKAGE = LIBRARY.name
DATA = (".csv", ".yaml")


def code_digest(script: Path) -> str:
    """Return 16 hex digits that change exactly when `script` or library code it imports changes."""
    digest = hashlib.sha256()
    for path in sorted(_reached(script)):
        name = path.relative_to(LIBRARY.parent).as_posix()
        digest.update(f"{name}\n{_tree(path)[0]}\n".encode())
    return digest.hexdigest()[:16]


def third_party(script: Path) -> set[str]:
    """The packages, by the names under which they are imported, that `script` and its library use."""
    return {name for path in _reached(script) for name in _tree(path)[2]}


def _reached(script: Path) -> set[Path]:
    reached, waiting = set(), [script]
    while waiting:
        path = waiting.pop()
        if path in reached:
            continue
        reached.add(path)
        waiting.extend(_tree(path)[1])
    return reached


@cache
def _tree(path: Path) -> tuple[str, tuple[Path, ...], frozenset[str]]:
    tree = ast.parse(path.read_text(encoding="utf-8"), filename=str(path))
    nodes = list(ast.walk(tree))
    imported = tuple(sorted(set(_imports(nodes))))
    others = frozenset(_other_packages(nodes))
    _drop_docstrings(nodes)
    return ast.dump(tree) + _data_beside(path), imported, others


def _other_packages(nodes: list[ast.AST]):
    for node in nodes:
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            names = [node.module]
        for name in names:
            top = name.split(".")[0]
            if top != PACKAGE and top not in sys.stdlib_module_names:
                yield top


def _data_beside(module: Path) -> str:
    """The content of the data files that have the name of `module`."""
    places = (module.with_suffix(ending) for ending in DATA)
    return "".join(place.read_text(encoding="utf-8") for place in places if place.is_file())


def _imports(nodes: list[ast.AST]):
    for node in nodes:
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield from _modules(alias.name)
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            yield from _modules(node.module)
            for alias in node.names:
                yield from _modules(f"{node.module}.{alias.name}")


@cache
def _modules(name: str) -> tuple[Path, ...]:
    parts = name.split(".")
    if parts[0] != PACKAGE:
        return ()
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
