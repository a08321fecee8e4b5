"""The digest of the code a script uses, which decides what runs again."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from coproduction.core.digest import DATA, settings_used
from coproduction.topics.settings import TopicsSettings


def copied(root, folder):
    """A folder with a copy of the scripts and their library."""
    scripts = Path("workflow", "scripts")
    shutil.copytree(root / scripts, folder / scripts, ignore=shutil.ignore_patterns("__pycache__"))
    return folder


@pytest.fixture
def checkout(root, tmp_path):
    return copied(root, tmp_path)


@pytest.fixture(scope="module")
def before(root, tmp_path_factory):
    """The digest in a copy in which nobody has changed anything."""
    return digest(copied(root, tmp_path_factory.mktemp("unchanged")))


def digest(checkout, script="model_topics"):
    scripts = checkout / "workflow" / "scripts"
    call = f"from pathlib import Path; from coproduction.core.digest import code_digest; print(code_digest(Path('{script}.py').resolve()))"
    done = subprocess.run([sys.executable, "-c", call], cwd=scripts, capture_output=True, text=True, check=True)
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
def test_the_digest_changes_exactly_with_the_code_a_script_uses(checkout, before, module, old, new, changes):
    path = checkout / "workflow" / "scripts" / "coproduction" / module
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    assert (digest(checkout) != before) is changes


def test_a_data_file_counts_with_the_module_of_its_name(checkout, before):
    folder = checkout / "workflow" / "scripts" / "coproduction" / "topics"
    (folder / "tables.csv").write_text("key,text\n", encoding="utf-8")
    with_data = digest(checkout)
    assert with_data != before
    (folder / "figures.csv").write_text("of a module that the script does not use\n", encoding="utf-8")
    assert digest(checkout) == with_data


def test_each_data_file_has_the_name_of_a_module(root):
    """Of any other a change would run no step again."""
    library = root / "workflow" / "scripts" / "coproduction"
    files = [p for p in library.rglob("*") if p.is_file() and "__pycache__" not in p.parts and p.suffix != ".py"]
    assert len(files) > 10
    assert [p for p in files if p.suffix not in DATA or not p.with_suffix(".py").exists()] == []


def test_what_was_read_is_kept_by_size_and_time(checkout):
    scripts, kept = checkout / "workflow" / "scripts", checkout / "kept.json"
    code = "import sys; from pathlib import Path; from coproduction.core import digest, start_cache; "
    code += f"start_cache.keep_in(Path({str(kept)!r})); parsed = []; original = digest._parsed; "
    code += "digest._parsed = lambda path: parsed.append(path) or original(path); "
    code += "print(digest.code_digest(Path('model_topics.py').resolve()), len(parsed))"

    def told():
        call = [sys.executable, "-c", code]
        return subprocess.run(call, cwd=scripts, capture_output=True, text=True, check=True).stdout.split()

    for path in scripts.rglob("*.py"):
        os.utime(path, (1_000_000_000, 1_000_000_000))  # nothing is so young that it may change again
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
    code = (
        "import sys; from coproduction import config; from coproduction.core import digest, failed_steps, study_files; "
    )
    code += "from coproduction.report import software; print('pandas' in sys.modules)"
    scripts = root / "workflow" / "scripts"
    done = subprocess.run([sys.executable, "-c", code], cwd=scripts, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_only_settings_count_that_the_code_can_ask_for(root):
    def used(rule):
        fields = list(TopicsSettings.model_fields)
        return set(settings_used(root / "workflow" / "scripts" / f"{rule}.py", fields))

    assert used("model_topics") >= {"n_topics", "stop_words"}
    assert "compared_draws" not in used("model_topics")
    assert "compared_draws" in used("compare_topic_numbers")
    assert used("summarise_topics") == set(TopicsSettings.model_fields)  # writes all of them down


def test_a_setting_behind_a_method_counts_where_the_method_is_called(checkout):
    scripts = checkout / "workflow" / "scripts" / "coproduction" / "topics"
    (scripts / "more_settings.py").write_text(
        "class More:\n    def total(self):\n        return self.hidden + self.shown\n"
        "    @validator\n    def fits(self):\n        return self.checked\n"
    )
    script = checkout / "workflow" / "scripts" / "make.py"
    code = (
        "import sys; sys.path.insert(0, '.'); from pathlib import Path; "
        "from coproduction.core.digest import settings_used; "
        "print(settings_used(Path('make.py').resolve(), ['hidden', 'shown', 'checked']))"
    )
    for body, found in (("x.total()", "['hidden', 'shown']"), ("x.other()", "[]")):
        script.write_text(f"from coproduction.topics.more_settings import More\n{body}\n")
        done = subprocess.run(
            [sys.executable, "-c", code], cwd=script.parent, capture_output=True, text=True, check=True
        )
        assert done.stdout.strip() == found
