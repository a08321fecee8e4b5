"""One vocabulary: a table's file, its constant, its key in the rules and its heading are one word."""

import ast
import importlib
import re
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path

import pytest
from coproduction import reference
from coproduction.core import tables

ROOT = Path(__file__).parents[2]
LIBRARY = ROOT / "workflow" / "scripts" / "coproduction"
NAMED = re.compile(r'^\s+(\w+)=(?:\w+\()?"<results>/([^"]+\.csv)"', re.MULTILINE)
BY_NUMBER = re.compile(r"""(["'])[a-z ]*\1 if [^"'\n]+ [=!]= 1 else ["']""")
GRAMMAR = {"core/prose.py", "core/markdown.py", "core/text.py"}  # where the filters are made

# Techniques that are not in order yet; the list may only become shorter.
UNFINISHED: set[str] = set()
PARTS = sorted(path.stem for path in (ROOT / "workflow" / "rules").glob("*.smk"))


@cache
def declared() -> list[tuple[str, str, tables.Table]]:
    """Every table of the library: its module, its constant and itself."""
    found = []
    for name in reference.modules_with_tables():
        module = importlib.import_module(name)
        own = ast.parse(Path(module.__file__).read_text(encoding="utf-8")).body
        for node in own:
            for target in node.targets if isinstance(node, ast.Assign) else []:
                value = getattr(module, target.id, None) if isinstance(target, ast.Name) else None
                if isinstance(value, tables.Table):
                    found.append((name.removeprefix("coproduction."), target.id, value))
    return found


def words_for(file: str) -> set[str]:
    """What a table kept in `file` may be called: its stem, with its folder where two share it."""
    path = Path(re.match(r"[^( ]+", file)[0])
    stem = path.stem.replace("*", "").strip("_")
    return {stem, f"{path.parent.name}_{stem}".strip("_")}


def part_of(module: str) -> str:
    return module.partition(".")[0]


def in_order(part: str, wrong: list[str]) -> None:
    """Fail for what is wrong, in a technique that is being rebuilt by a note."""
    if wrong and part in UNFINISHED:
        pytest.xfail(f"{len(wrong)} in {part} are not in order yet")
    assert wrong == []


@pytest.mark.parametrize("part", sorted({part_of(module) for module, _, _ in declared()}))
def test_a_table_is_the_constant_of_its_file(part):
    wrong = [
        f"{module}.{name} is kept in {form.file}"
        for module, name, form in declared()
        if part_of(module) == part and re.sub("^(people|study)_", "", name.lower()) not in words_for(form.file)
    ]
    in_order(part, wrong)


def test_a_table_is_declared_once():
    places: dict[tuple[str, bool], list[str]] = {}
    for module, name, form in declared():
        places.setdefault((form.file, form.people), []).append(f"{module}.{name}")
    twice = [names for names in places.values() if len(names) > 1]
    assert [names for names in twice if not any(part_of(n) in UNFINISHED for n in names)] == []


@pytest.mark.parametrize("part", PARTS)
def test_a_rule_names_a_table_by_its_word(part):
    """A key in a rule is the stem of its file; data of a figure are `<figure>_csv`."""
    rules = (ROOT / "workflow" / "rules" / f"{part}.smk").read_text(encoding="utf-8")
    wrong = []
    for key, file in NAMED.findall(rules):
        kept = [form for _, _, form in declared() if not form.people]
        drawn = "/figures/" in file or "/export/" in file
        if key not in ({f"{Path(file).stem}_csv"} if drawn else words_for(file)):
            wrong.append(f"{key}={file}")
        elif not drawn and not any(fnmatchcase(file, form.file) for form in kept):
            wrong.append(f"{file} is not declared")
    in_order(part, wrong)


def test_a_script_is_a_step_of_its_own_name():
    plain = []
    for path in sorted((ROOT / "workflow" / "scripts").glob("*.py")):
        functions = [n for n in ast.parse(path.read_text()).body if isinstance(n, ast.FunctionDef)]
        steps = [f.name for f in functions if any("step(" in ast.unparse(d) for d in f.decorator_list)]
        if steps != [path.stem]:
            plain.append(path.stem)
    if plain and UNFINISHED:
        pytest.xfail(f"{len(plain)} scripts are no steps yet")
    assert plain == []


@pytest.mark.parametrize("part", sorted(path.name for path in LIBRARY.iterdir() if path.is_dir()))
def test_grammar_is_made_by_filters(part):
    """No sentence of Python chooses 'is' or 'are': the filters of the templates do."""
    wrong = [
        f"{path.relative_to(LIBRARY)}: {match[0]}"
        for path in sorted((LIBRARY / part).rglob("*.py"))
        if path.relative_to(LIBRARY).as_posix() not in GRAMMAR
        for match in BY_NUMBER.finditer(path.read_text(encoding="utf-8"))
    ]
    in_order(part, wrong)


def test_the_reference_has_a_heading_for_each_file():
    text = reference.tables_reference()
    headings = re.findall(r"^### (.+)$", text, re.MULTILINE)
    assert sorted(headings) == sorted(form.file for _, _, form in declared())
