"""Files of the study folder: what people put there is found, what programs leave there is not."""

import re
from pathlib import Path

import pytest
from coproduction.core.errors import StudyError
from coproduction.core.study_files import named, present, report_folders, templates, unread
from coproduction.desk.documents import read_documents


@pytest.mark.parametrize(
    "name",
    ["Thumbs.db", "desktop.ini", ".DS_Store", "~$a.docx", ".~lock.a.docx#", "Icon\r", "._a.docx", "~WRL0001.tmp"],
)
def test_what_programs_leave_is_passed_over(tmp_path, name):
    (tmp_path / name).touch()
    assert present(tmp_path, "*", "**/*") == []


@pytest.mark.parametrize("name", ["Über Bürger räte.docx", "a (1).CSV", "~a.txt", "sub/b.txt"])
def test_what_people_put_there_is_found_once(tmp_path, name):
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True)
    path.touch()
    assert present(tmp_path, "**/*", "*") == [str(path)]


@pytest.mark.parametrize(
    "pattern", ["a.csv", "sub/*", "sub/b*.csv", "**/*", "sub/**/*", "sub/**/*.pdf", "none/*", "s*/b*"]
)
def test_files_are_found_as_a_glob_finds_them(tmp_path, pattern):
    for name in ("a.csv", "a.pdf", "sub/a.csv", "sub/b1.csv", "sub/b2.pdf", "sub/deep/b.csv", "sub/deep/c.pdf"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    assert present(tmp_path, pattern) == sorted(str(path) for path in tmp_path.glob(pattern) if path.is_file())


def test_a_link_counts_where_it_leads_somewhere(tmp_path):
    (tmp_path / "a.txt").touch()
    (tmp_path / "b.txt").symlink_to(tmp_path / "a.txt")
    (tmp_path / "c.txt").symlink_to(tmp_path / "gone.txt")
    assert present(tmp_path, "*.txt") == [str(tmp_path / "a.txt"), str(tmp_path / "b.txt")]


@pytest.mark.parametrize(
    ("on_disk", "written"),
    [
        ("documents/a.txt", "documents\\a.txt"),
        ("documents/a.txt", "./documents//a.txt"),
        ("documents/Bu\u0308rger.txt", "documents/B\u00fcrger.txt"),  # as macOS keeps it, and as people type it
        ("Mu\u0308ller/B\u00fcrger.txt", "M\u00fcller\\B\u00fcrger.txt"),
        ("a\\b.txt", "a\\b.txt"),
    ],
)
def test_a_file_is_found_however_its_name_is_written(tmp_path, on_disk, written):
    path = tmp_path / on_disk
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch()
    assert named(tmp_path, written) == path


@pytest.mark.parametrize("written", ["/etc/hostname", "../b.txt", "documents/../../b.txt", "C:\\Users\\b.txt"])
def test_a_name_that_leads_out_of_the_folder_is_refused(tmp_path, written):
    with pytest.raises(StudyError, match="leads out of the folder"):
        named(tmp_path / "desk", written)


def test_a_document_in_a_sub_folder_is_listed(tmp_path, root):
    rules = (root / "workflow" / "rules" / "desk.smk").read_text(encoding="utf-8")
    pattern = re.search(r'files=present\("desk/(.+?)"\)', rules)[1]
    path = tmp_path / "documents" / "laws" / "a.txt"
    path.parent.mkdir(parents=True)
    path.write_text("A law.", encoding="utf-8")
    files = [Path(name) for name in present(tmp_path, pattern)]
    documents = read_documents(tmp_path, None, files, "").documents
    assert documents["file"].tolist() == ["documents/laws/a.txt"]
    assert documents["state"].tolist() == ["not in the register"]


def test_a_language_without_words_is_named(tmp_path):
    with pytest.raises(StudyError, match=r"setting 'language' is de, but there is no folder .*own/de"):
        report_folders(tmp_path / "own", tmp_path / "house", "de")
    assert len(report_folders(tmp_path / "own", tmp_path / "house", "en")) == 4


def test_templates_of_the_language_come_first_then_the_study_s_own(tmp_path):
    for place in ("own/de", "own", "house"):
        folder = tmp_path / place / "techniques" / "topics"
        folder.mkdir(parents=True)
        for name in {"own/de": ["a"], "own": ["a", "b"], "house": ["a", "b", "c"]}[place]:
            (folder / f"{name}.md.j2").touch()
    folders = report_folders(tmp_path / "own", tmp_path / "house", "de")
    found = [Path(path).relative_to(tmp_path).parts for path in templates(folders, "topics")]
    assert [parts[:2] for parts in found] == [("own", "de"), ("own", "techniques"), ("house", "techniques")]
    assert [Path(path).name for path in templates(folders, "topics", "b")] == ["b.md.j2"]


@pytest.mark.parametrize("ending", [".csv", ".xlsx", ".ods"])
def test_a_table_counts_in_each_of_its_forms(tmp_path, ending):
    (tmp_path / "delphi").mkdir()
    (tmp_path / "delphi" / f"panel{ending}").touch()
    assert present(tmp_path, "delphi/panel.csv") == [str(tmp_path / "delphi" / f"panel{ending}")]


@pytest.mark.parametrize("ending", [".csv", ".xlsx", ".ods"])
def test_a_folder_with_the_name_of_a_table_is_no_missing_table(tmp_path, ending):
    folder = tmp_path / "delphi" / f"panel{ending}"
    folder.mkdir(parents=True)
    (folder / "panel.csv").write_text("panellist\nD1\n", encoding="utf-8")
    with pytest.raises(StudyError, match=rf"delphi/panel{ending}: this is a folder; the workflow expects a file"):
        present(tmp_path, "delphi/panel.csv")
    assert present(tmp_path, "delphi/**/*") == [str(folder / "panel.csv")]


def test_a_table_in_two_forms_is_asked_about(tmp_path):
    (tmp_path / "panel.xlsx").touch()
    (tmp_path / "panel.csv").write_text("panellist,group\nP1,city\n", encoding="utf-8")
    with pytest.raises(StudyError, match=r"there as panel\.csv and as panel\.xlsx.*Keep one of them"):
        present(tmp_path, "panel.csv")
    assert len(present(tmp_path, "panel*.csv")) == 2


@pytest.mark.parametrize("content", ["", "panellist,group\n", 'panellist,group\n"(example) P1, of us",city\n\n'])
def test_a_table_of_a_new_study_gives_way_to_one_that_is_filled_in(tmp_path, content):
    (tmp_path / "delphi").mkdir()
    (tmp_path / "delphi" / "panel.csv").write_text(content, encoding="utf-8")
    (tmp_path / "delphi" / "panel.xlsx").touch()
    found = present(tmp_path, "delphi/panel.csv")
    assert found == [str(tmp_path / "delphi" / "panel.xlsx")]
    assert unread(tmp_path, found, ["delphi/panel.csv"]) == []
