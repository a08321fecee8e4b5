"""A config file that cannot be read is named in one sentence before the workflow starts."""

import os
import subprocess
import sys

import pytest
from coproduction.config_file import check_config_file
from coproduction.core.errors import StudyError


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"study: data/demo\n\tresults: x\n", r"row 2: the line begins with a tab\. Indent with"),
        (b"study: a\ntitle: A: B\n", r"row 2: there is a second colon in the line\. Put a text"),
        (b"study: a\ntitle: Gr\xfcn\n", r"row 2: the file is not valid UTF-8\. Save it"),
        (b"study: a\nauthors: [A, B\n", r"row 3: .*Compare the line"),
        (b"delphi:\n  max_rounds: 3\ntitle: A\ndelphi:\n  late: mark\n", r"row 4: the setting 'delphi' appears twice"),
        (b"delphi:\n  late: mark\n  late: leave out\n", r"row 3: the setting 'delphi\.late' appears twice"),
        (b"study: a\ntitle: Study #1 on care\n", r"row 2: what follows 'Study' counts as a comment: #1 on care"),
        (b"study: a\ntitle: #1\n", r"row 2: what follows '' counts as a comment: #1"),
        (b"authors: [A, B] \nseed: 010\n", r"row 2: YAML reads 010 as the number 8"),
        (b"title: 12:30\n", r"row 1: YAML reads 12:30 as the number 750\. Put a text in quotation marks \(\"12:30\"\)"),
        (b"desk:\n  weight_draws: 10.000\n", r"row 2: YAML reads 10\.000 as the number 10"),
        (
            "desk:\n\u00a0 oldest_year: 2018\n".encode(),
            r"row 2: the line begins with a sign that only looks like a blank",
        ),
        ("title: a\n\u200bseed: 1\n".encode(), r"row 2: the line begins with a sign"),
        (b'title: "Care" in Europe\n', r"row 1: the line does not go with those above it\. Indent"),
        (b"title: 'Anna's study'\n", r"row 1: the line does not go with those above it\. .*all of a text in quotation"),
        (b"title: @home\n", r"row 1: a text begins with a sign that means something else"),
        (b"title: *Care\n", r"row 1: a text begins with \*"),
        (b"desk:\n    oldest_year: 2018\n  countries: [A]\n", r"row 3: the line does not go with those above it"),
        (b"title: Care in\nEurope\n", r"row 3: the line has no colon, or goes on"),
        (b'study: a\ntitle: "Care\nseed: 1\n', r"row 2: a quotation mark is not closed"),
        (b'study: "C:\\Users\\anna"\n', r"row 1: a backslash stands between double quotation marks"),
        (b"title: a\n---\ntitle: b\n", r"row 2: --- begins a second document"),
        (b"PK\x03\x04x", r"this is a file of a word processor"),
        (b"{\\rtf1 title: a}\n", r"this is a file of a word processor"),
        (b"", r"the file holds no settings"),
        (b"# study: a\n", r"the file holds no settings"),
        (b"- a\n", r"the file holds no settings"),
        (None, r"there is no such file\. Name your config file"),
    ],
)
def test_what_cannot_be_read_is_named_with_its_row(tmp_path, content, message):
    path = tmp_path / "my study.yaml"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(StudyError, match=message) as caught:
        check_config_file(path)
    assert str(caught.value).startswith(str(path))


def test_a_byte_order_mark_is_no_fault(tmp_path):
    path = tmp_path / "a.yaml"
    path.write_bytes(b"\xef\xbb\xbfstudy: a\n")
    check_config_file(path)


def test_comments_and_plain_numbers_are_no_fault(tmp_path):
    path = tmp_path / "a.yaml"
    path.write_text(
        "# first\nstudy: a  # a comment\ntitle: 'Study #1'\nsubtitle: A#1\nseed: 20260401\nqca:\n  consistency: 0.8\n"
        "  pri: 1.0\ndesk:\n  weight_draws: 10_000\n",
        encoding="utf-8",
    )
    check_config_file(path)


def test_one_name_in_two_sections_is_no_fault(tmp_path):
    path = tmp_path / "a.yaml"
    path.write_text("desk: {use: true}\ndelphi:\n  fuzzy: {use: true}\n  ranking: {use: true}\n", encoding="utf-8")
    check_config_file(path)


def test_make_says_it_without_a_traceback(root, tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "coproduction.config_file", str(tmp_path / "no.yaml")],
        env=os.environ | {"PYTHONPATH": str(root / "workflow" / "scripts")},
        capture_output=True,
        check=False,
        text=True,
    )
    assert done.returncode == 1
    assert done.stderr.startswith(f"{tmp_path / 'no.yaml'}: there is no such file.")
    assert "Traceback" not in done.stderr
