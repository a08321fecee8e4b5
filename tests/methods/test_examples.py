"""Every public function of methods/ shows an example in its docstring, and the examples hold."""

import ast
import doctest
import importlib
from pathlib import Path

import coproduction.methods
import pytest

FOLDER = Path(coproduction.methods.__path__[0])
MODULES = sorted(path.stem for path in FOLDER.glob("*.py") if path.stem != "__init__")
MODULES += sorted(f"duplicates.{path.stem}" for path in (FOLDER / "duplicates").glob("*.py") if path.stem != "__init__")


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_give_what_they_say(name):
    result = doctest.testmod(importlib.import_module(f"coproduction.methods.{name}"))
    assert result.attempted
    assert not result.failed


@pytest.mark.parametrize("name", MODULES)
def test_a_public_function_shows_an_example(name):
    tree = ast.parse((FOLDER / f"{name.replace('.', '/')}.py").read_text(encoding="utf-8"))
    bare = [
        node.name
        for node in tree.body
        if isinstance(node, ast.FunctionDef)
        and not node.name.startswith("_")
        and ">>>" not in (ast.get_docstring(node) or "")
    ]
    assert bare == []
