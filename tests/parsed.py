"""The code of the library as trees, which several tests look through: each file is parsed once."""

import ast
from functools import cache
from pathlib import Path


@cache
def parsed(path: Path) -> ast.Module:
    """The tree of a file; nobody changes it."""
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def imports_in(path: Path) -> list[ast.Import | ast.ImportFrom]:
    """The imports of a file, also those within functions; only statements are looked at, as no other holds any."""
    found: list[ast.Import | ast.ImportFrom] = []
    waiting: list[ast.AST] = [*parsed(path).body]
    while waiting:
        node = waiting.pop()
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            found.append(node)
        for part in ("body", "orelse", "finalbody", "handlers", "cases"):
            waiting += getattr(node, part, ())
    return found
