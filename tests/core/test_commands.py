"""Commands of README and documentation: the targets, scripts and files that they name exist; pages are linked."""

import re
import shlex
from importlib.util import find_spec

import pytest
from coproduction import command
from coproduction.reference import declared_tables

FENCE = re.compile(r"^(?:   )?```sh\n(.*?)^(?:   )?```", re.MULTILINE | re.DOTALL)
INLINE = re.compile(r"`((?:make|python|snakemake) [^`\n]+)`")
WORDS = {
    "cp",
    "cd",
    "git",
    "printf",
    "python3",
    "pip",
    "brew",
    "wsl",
    "sudo",
    "apt",
    "uv",
    "conda",
    "docker",
    "Rscript",
}


def pages(root):
    return [root / "README.md", root / "CONTRIBUTING.md", *sorted((root / "docs").glob("*.md"))]


def commands(root):
    """Every command with the page that names it, remarks left out."""
    for page in pages(root):
        text = page.read_text(encoding="utf-8")
        lines = [line for block in FENCE.findall(text) for line in block.splitlines()] + INLINE.findall(text)
        for line in lines:
            words = shlex.split(line.strip(), comments=True)
            if words:
                yield page.name, words


def test_every_command_of_the_documentation_can_be_carried_out(root):
    makefile = (root / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE)) | {"help"}
    variables = set(re.findall(r"^([A-Z]+) \?=", makefile, re.MULTILINE))
    verbs = set(re.findall(r"study\.py ([a-z]+)", command.__doc__))
    wrong, seen = [], 0
    for page, words in commands(root):
        seen += 1
        said = f"{page}: {' '.join(words)}"
        first, rest = words[0], words[1:]
        if first == "make":
            named = [word for word in rest if "=" not in word and not word.startswith("-")]
            given = [word.split("=")[0] for word in rest if "=" in word]
            wrong += [said] if set(named) - targets or set(given) - variables else []
        elif first in ("python", "python3", "py") and rest and rest[0].endswith(".py"):
            missing = not (root / rest[0]).is_file()
            unknown = rest[0] == "study.py" and len(rest) > 1 and rest[1] not in verbs
            wrong += [said] if missing or unknown else []
        elif first == "snakemake":
            profile = re.search(r"--profile (\S+)", " ".join(rest))
            wrong += [said] if profile and not (root / profile[1]).is_dir() else []
        elif first == "cp":
            sources = [word for word in rest[:-1] if word.startswith(("data/", "config/"))]
            wrong += [said] if [name for name in sources if not (root / name).exists()] else []
    assert wrong == []
    assert seen > 30


def test_links_between_pages_lead_somewhere(root):
    wrong = []
    for page in pages(root):
        words = re.sub(r"`[^`\n]*`", "", page.read_text(encoding="utf-8"))  # what is shown as code leads nowhere
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", words):
            if not (page.parent / target).exists():
                wrong.append(f"{page.name}: {target}")
    assert wrong == []


def test_every_page_is_in_the_site(root):
    listed = (root / "docs" / "index.md").read_text(encoding="utf-8").split()
    assert [page.stem for page in sorted((root / "docs").glob("*.md")) if page.stem not in [*listed, "index"]] == []


def test_every_table_that_people_keep_is_in_the_reference(root):
    text = (root / "docs" / "tables.md").read_text(encoding="utf-8")
    assert [form.file for form in declared_tables() if form.people and f"### {form.file}" not in text] == []


@pytest.mark.skipif(find_spec("sphinx") is None, reason="Sphinx is not installed (make test installs it)")
def test_the_site_has_its_settings(root):
    names: dict = {}
    exec((root / "docs" / "conf.py").read_text(encoding="utf-8"), names)
    assert all(find_spec(name) for name in names["extensions"])
