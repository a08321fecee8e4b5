"""Generated and doubled things are in step: references, lock, conda environments, rules and scripts."""

import ast
import importlib.util
import re
import sys
from functools import cache

import bibtexparser
import pytest
import yaml
from coproduction import engine
from parsed import parsed


def lock_pins(root, name="run.txt"):
    """Package → version for Python 3.12 or newer."""
    pins = {}
    text = (root / "requirements" / name).read_text(encoding="utf-8")
    for name_, version, marker in re.findall(r"^([\w.-]+)==([^\s;\\]+)([^\\\n]*)", text, re.M):
        if "python_full_version < '3.12" not in marker:
            pins[name_] = version
    return pins


# As conda-forge calls a package where the index of Python has another name for it; conda tells - from _.
CONDA_NAMES = {"matplotlib-base": "matplotlib", "country_converter": "country-converter"}
# At conda-forge no recipe was found of krippendorff and rispy, of pypdfium2 none for Windows (4.30), of the others none of
# the pinned version.
NOT_BY_CONDA = {"krippendorff", "py3langid", "pypdfium2", "rispy", "rocrate", "striprtf"}


def wanted_in(root, env):
    """Package → version of a conda environment, with what it takes by pip."""
    entries = yaml.safe_load((root / "envs" / f"{env}.yaml").read_text())["dependencies"]
    plain = [entry for entry in entries if isinstance(entry, str)]
    plain += [name.replace("==", "=") for e in entries if isinstance(e, dict) for name in e["pip"]]
    named = (entry.partition("=") for entry in plain)
    return {CONDA_NAMES.get(name, name): version for name, _, version in named}


def test_generated_references_are_in_step(root):
    spec = importlib.util.spec_from_file_location("make_reference", root / "docs" / "make_reference.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    for path, content in module.generated().items():
        assert path.read_text(encoding="utf-8") == content, f"{path.name}: run `make reference`"


@pytest.mark.parametrize("env", ["tables", "text", "report", "archive"])
def test_conda_environments_have_the_pins_of_the_lock(root, env):
    pins = lock_pins(root)
    for name, version in wanted_in(root, env).items():
        if name in ("python", "pip", "quarto"):
            continue
        assert pins[name] == version, name


@pytest.mark.parametrize("env", ["tables", "text", "report", "archive"])
def test_what_conda_cannot_give_comes_by_pip(root, env):
    entries = yaml.safe_load((root / "envs" / f"{env}.yaml").read_text())["dependencies"]
    by_conda = {entry.partition("=")[0] for entry in entries if isinstance(entry, str)}
    assert not by_conda & (NOT_BY_CONDA | {"country-converter", "matplotlib"})
    assert "pip" in by_conda or not any(isinstance(entry, dict) for entry in entries)


def test_the_tests_run_with_all_that_a_run_needs(root):
    pins, tests = lock_pins(root), lock_pins(root, "test.txt")
    assert pins
    assert {name: tests.get(name) for name in pins} == pins


def test_every_pin_has_a_hash_and_no_host_is_named(root):
    for name in ("run.txt", "test.txt"):
        text = (root / "requirements" / name).read_text(encoding="utf-8")
        assert "://" not in text
        blocks = re.split(r"^(?=[\w.-]+==)", text, flags=re.M)[1:]
        assert blocks
        assert all("--hash=sha256:" in block for block in blocks)


def test_one_rule_one_script_one_log(root):
    rules = {}
    for path in sorted((root / "workflow" / "rules").glob("*.smk")):
        text = path.read_text(encoding="utf-8")
        for name, body in re.findall(r"^rule (\w+):\n(.*?)(?=^rule |\Z)", text, re.M | re.S):
            rules[name] = body
            assert f'code=code("{name}")' in body, name
            assert f'"../scripts/{name}.py"' in body, name
            assert re.search(rf'"<logs>/\w+/{name}\.log"', body), name
            assert "message:" in body, name
            assert "conda:" in body, name
            assert "threads:" in body, name
            assert body.lstrip().startswith('"""'), name
    scripts = {path.stem for path in (root / "workflow" / "scripts").glob("*.py")}
    assert scripts == set(rules)


DISTRIBUTIONS = {
    "bs4": "beautifulsoup4",
    "docx": "python-docx",
    "sklearn": "scikit-learn",
    "yaml": "pyyaml",
    "cycler": "matplotlib",
    "fontTools": "matplotlib",
    "country_converter": "country-converter",
    "markdown_it": "markdown-it-py",
    "charset_normalizer": "charset-normalizer",
}


def third_party(script):
    """Distributions that a script needs, through the library modules that it reaches."""
    from coproduction.core.digest import _reached

    found = set().union(*map(imported_in, _reached(script)))
    found -= set(sys.stdlib_module_names) | {"coproduction"}
    return {DISTRIBUTIONS.get(name, name) for name in found}


@cache
def imported_in(path):
    """The packages that a module imports at its top; imports within functions are for environments that have them."""
    found = set()
    for node in parsed(path).body:
        names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom):
            names = [node.module]
        found |= {name.split(".")[0] for name in names}
    return found


def test_each_rule_s_environment_has_what_its_script_imports(root):
    lacking = {}
    for path in sorted((root / "workflow" / "rules").glob("*.smk")):
        text = path.read_text(encoding="utf-8")
        for name, body in re.findall(r"^rule (\w+):\n(.*?)(?=^rule |\Z)", text, re.M | re.S):
            env = re.search(r"envs/(\w+)\.yaml", body)[1]
            have = set(wanted_in(root, env))
            missing = third_party(root / "workflow" / "scripts" / f"{name}.py") - have
            if missing:
                lacking[f"{path.name} {name} ({env})"] = sorted(missing)
    assert lacking == {}


@pytest.mark.parametrize("name", ["report/methods.bib", "config/references.bib"])
def test_a_bibliography_can_be_read_whole_and_has_each_key_once(root, name):
    text = (root / name).read_text(encoding="utf-8")
    library = bibtexparser.parse_string(text)
    assert library.failed_blocks == []
    keys = re.findall(r"^@\w+\{([^,\s]+),", text, re.M)
    assert sorted(entry.key for entry in library.entries) == sorted(set(keys))
    assert len(keys) == len(set(keys))


def test_the_engine_is_for_the_locked_version_of_snakemake(root):
    """It replaces methods that are no public interface: try it anew with each version, then name that here."""
    assert lock_pins(root)["snakemake"] == engine.VERSION


def test_the_image_has_the_environments_of_now(root):
    spec = importlib.util.spec_from_file_location("make_dockerfile", root / "envs" / "make_dockerfile.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    assert module.DOCKERFILE.read_text(encoding="utf-8") == module.dockerfile(), "run `make reference`"
