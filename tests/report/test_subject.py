"""Nothing of the subject of the bundled study is in the library, its templates or its defaults."""

import re

from coproduction.config import Config

SUBJECT = re.compile(
    r"co-?production (?:of|starts|begins)|start of.{0,6}co-?production"
    r"|social services?|public services?|municipal|favou?rs? co-?production|who co-?produc",
    re.IGNORECASE,
)


def test_no_module_and_no_template_speaks_of_the_subject(root):
    files = [
        *root.glob("workflow/scripts/**/*.py"),
        *root.glob("workflow/scripts/**/*.csv"),
        *root.glob("report/**/*.j2"),
        *root.glob("report/**/*.qmd"),
        *root.glob("report/*.js"),
        *root.glob("report/**/*.html"),
    ]
    assert len(files) > 200
    found = [
        f"{path.relative_to(root)}: {line.strip()}"
        for path in files
        for line in path.read_text(encoding="utf-8").splitlines()
        if SUBJECT.search(line) and "such as" not in line
    ]
    assert found == []


def test_no_default_of_a_setting_speaks_of_the_subject():
    written = Config().model_dump_json()
    assert not SUBJECT.search(written)
    assert Config().ecosystem.subject == "the outcome"
