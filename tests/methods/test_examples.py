"""The examples in the docstrings of the methods are run."""

import doctest
import importlib
import pkgutil

import coproduction.methods
import pytest

MODULES = [module.name for module in pkgutil.iter_modules(coproduction.methods.__path__)]


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_give_what_they_say(name):
    result = doctest.testmod(importlib.import_module(f"coproduction.methods.{name}"))
    assert result.attempted
    assert not result.failed
