"""The software of a run is what its steps import."""

import ast
from importlib import metadata

import pytest
from coproduction.report.software import distributions, software_used
from parsed import imports_in


@pytest.fixture(scope="module")
def used(root):
    return software_used(root / "workflow")


def test_no_package_is_named_that_no_module_imports(root, used):
    modules = set()
    for path in (root / "workflow" / "scripts").rglob("*.py"):
        for node in imports_in(path):
            if isinstance(node, ast.Import):
                modules |= {alias.name.split(".")[0] for alias in node.names}
            else:
                modules.add(node.module.split(".")[0])
    known = metadata.packages_distributions()
    imported = {name.lower().replace("_", "-") for module in modules for name in known.get(module, [])}
    packages = {row["package"].lower() for row in used["packages"]}
    assert packages <= imported
    assert {"pandas", "scikit-learn", "python-docx", "pyyaml"} <= packages


def test_a_step_is_named_for_what_it_imports(used):
    steps = {row["package"]: row for row in used["packages"]}
    assert "model_topics" in steps["scikit-learn"]["steps"]
    assert "draw_topics" in steps["matplotlib"]["steps"]
    assert "model_topics" not in steps["matplotlib"]["steps"]
    assert steps["pypandoc-binary"]["parts"] == ["Report"]
    assert steps["pandas"]["version"] == metadata.version("pandas")


def test_distributions_are_those_of_the_standard_library(used):
    modules = ["sklearn", "docx", "yaml", "bs4", "pandas", "country_converter"]
    known = metadata.packages_distributions()
    for module, (name, version) in distributions(modules).items():
        assert name.lower() in {other.replace("_", "-").lower() for other in known[module]}
        assert version == metadata.version(name)


def test_a_package_that_is_not_installed_stands_for_itself():
    assert distributions(["no_such_package"]) == {"no_such_package": ("no_such_package", "")}
