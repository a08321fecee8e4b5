"""The digest of the code a script uses, which decides what runs again."""

import shutil
import subprocess
import sys

import pytest


@pytest.fixture
def checkout(root, tmp_path):
    shutil.copytree(root / "workflow", tmp_path / "workflow")
    return tmp_path


def digest(checkout, script="model_topics"):
    scripts = checkout / "workflow" / "scripts"
    call = f"from pathlib import Path; from coproduction.core.digest import code_digest; print(code_digest(Path('{script}.py').resolve()))"
    done = subprocess.run(
        [sys.executable, "-c", call], cwd=scripts, capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


@pytest.mark.parametrize(
    ("module", "old", "new", "changes"),
    [
        ("topics/model.py", "EXEMPLARS = 3", "EXEMPLARS = 4", True),
        ("topics/model.py", "EXEMPLARS = 3", "EXEMPLARS = 3  # a remark", False),
        ("topics/model.py", '"""The topic model', '"""A topic model', False),
        ("core/tables.py", "import json\n", "import json\n\nMORE = 1\n", True),
        ("topics/figures.py", "SHOWN_TERMS = 5", "SHOWN_TERMS = 6", False),
    ],
)
def test_the_digest_changes_exactly_with_the_code_a_script_uses(
    checkout, module, old, new, changes
):
    before = digest(checkout)
    path = checkout / "workflow" / "scripts" / "coproduction" / module
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    assert (digest(checkout) != before) is changes


def test_a_data_file_counts_with_the_module_of_its_name(checkout):
    before = digest(checkout)
    folder = checkout / "workflow" / "scripts" / "coproduction" / "topics"
    (folder / "tables.csv").write_text("key,text\n", encoding="utf-8")
    with_data = digest(checkout)
    assert with_data != before
    (folder / "figures.csv").write_text(
        "of a module that the script does not use\n", encoding="utf-8"
    )
    assert digest(checkout) == with_data
