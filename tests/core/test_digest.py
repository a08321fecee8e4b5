"""The digest of the code a script uses, which decides what runs again."""

import os
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


def test_what_was_read_is_kept_by_size_and_time(checkout):
    scripts, kept = checkout / "workflow" / "scripts", checkout / "kept.json"
    code = "import sys; from pathlib import Path; from coproduction.core import digest; "
    code += f"digest.keep_in(Path({str(kept)!r})); parsed = []; original = digest._parsed; "
    code += "digest._parsed = lambda path: parsed.append(path) or original(path); "
    code += "print(digest.code_digest(Path('model_topics.py').resolve()), len(parsed))"

    def told():
        call = [sys.executable, "-c", code]
        return subprocess.run(
            call, cwd=scripts, capture_output=True, text=True, check=True
        ).stdout.split()

    for path in scripts.rglob("*.py"):
        os.utime(
            path, (1_000_000_000, 1_000_000_000)
        )  # nothing is so young that it may change again
    first, read = told()
    assert int(read) > 10
    assert told() == [first, "0"]
    model = scripts / "coproduction" / "topics" / "model.py"
    model.write_text(model.read_text(encoding="utf-8") + "\nMORE = 1\n", encoding="utf-8")
    second, read = told()
    assert second != first
    assert read == "1"
    assert told() == [second, "1"]  # so young that its time does not tell
    kept.write_text("{broken", encoding="utf-8")
    assert told()[0] == second


def test_the_snakefile_loads_no_pandas(root):
    code = "import sys; from coproduction import config; from coproduction.core import digest, runs, study_files; "
    code += "from coproduction.report import software; print('pandas' in sys.modules)"
    scripts = root / "workflow" / "scripts"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=scripts, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "False"
