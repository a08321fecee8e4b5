"""No file of the study folder is passed over in silence."""

import pytest
from coproduction.core import study_files

PATTERNS = ["interviews/gioia.csv", "interviews/participants.csv", "interviews/transcripts/*"]
PATTERNS += ["desk/register.csv", "delphi/panel.csv", "delphi/*.xlsx", "screening/title_abstract*.csv"]


@pytest.mark.parametrize(
    ("name", "reason", "meant"),
    [
        ("interviews/gioia.xlsx", ".xlsx is not read here", "interviews/gioia.csv"),
        ("interviews/Participants.csv", "capital letters in its name count", "interviews/participants.csv"),
        ("desk/register.ods", ".ods is not read here", "desk/register.csv"),
        ("interviews/particpants.csv", "not one that is read here", "interviews/participants.csv"),
        ("interview/gioia.csv", "no step reads a folder named 'interview'", "interviews/gioia.csv"),
        ("interviews/transcripts/old/P1.txt", "sub-folders", "interviews/transcripts/P1.txt"),
        ("panel.csv", "not in any of the folders", "delphi/panel.csv"),
        ("screening/Anna decisions.csv", "not one that is read here", ""),
        ("delphi/panel - Kopie.csv", "not one that is read here", "delphi/panel.csv"),
        ("delphi/panel (Ann's conflicted copy 2026-03-01).csv", "not one that is read here", "delphi/panel.csv"),
        ("delphi/.panel.csv.icloud", "panel.csv is in iCloud only and not on this computer", ""),
        ("photos/bridge.jpg", "no step reads a folder named 'photos'", ""),
    ],
)
def test_a_file_that_no_step_reads_is_named_with_what_may_be_meant(tmp_path, name, reason, meant):
    path = tmp_path / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("x", encoding="utf-8")
    ((file, why, near),) = study_files.unread(tmp_path, set(), PATTERNS)
    assert file == name
    assert reason in why
    assert near == meant


def test_a_file_that_is_read_by_another_way_to_it_is_not_named(tmp_path, monkeypatch):
    """The settings of a study may be given by their whole path, the study folder by a short one."""
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "study.yaml").write_text("study: mine")
    monkeypatch.chdir(tmp_path)
    read = {str(tmp_path / "mine" / "study.yaml")}
    assert study_files.unread(study_files.Path("mine"), read, PATTERNS) == []


def test_what_is_read_and_what_nobody_means_to_be_read_is_not_named(tmp_path):
    for name in ("delphi/panel.csv", "README.md", "delphi/notes.md", ".git/config", "~$panel.csv"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x", encoding="utf-8")
    read = {str(tmp_path / "delphi/panel.csv")}
    assert study_files.unread(tmp_path, read, PATTERNS) == []
