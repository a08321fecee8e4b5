"""The project for ASReview 3: each record for itself, labels as prior knowledge, reasons as tags."""

import io
import json
import sqlite3
import zipfile

import pandas as pd
import pytest
from coproduction.formats.screening.asreview import read_project
from coproduction.formats.screening.asreview_project import project_bytes
from coproduction.screening.exporting import to_asreview, to_project
from screening.study_folder import Folder, records, rows

CRITERIA = pd.DataFrame({"criterion": ["E1", "E2"], "label": ["No service", "No citizens; none at all"]})


@pytest.fixture
def labelled(tmp_path):
    decided = rows(*(f"r{i},{who},{said},,," for i, said in enumerate(["include", "exclude"]) for who in "AB"))
    states = Folder(tmp_path / "study").write("title_abstract.csv", decided).settle().states
    return to_asreview(records(), states)


@pytest.fixture
def opened(labelled, tmp_path):
    """The archive, and a connection to the database in it."""
    archive = zipfile.ZipFile(io.BytesIO(to_project(labelled, CRITERIA)))
    archive.extract("results.db", tmp_path)
    return archive, sqlite3.connect(tmp_path / "results.db")


def test_records_labels_and_tags_are_in_the_project(opened, labelled):
    archive, database = opened
    about = json.loads(archive.read("project.json"))
    assert (about["project_file_version"], about["mode"], about["review"]["status"]) == (3, "oracle", "setup")
    assert pd.read_csv(archive.open("data/records.csv"), dtype=str, keep_default_na=False).equals(labelled)
    (group,) = json.loads(archive.read("tags.json"))
    assert [(tag["export"], tag["label"]) for tag in group["values"]] == list(
        zip(CRITERIA["criterion"], CRITERIA["label"], strict=True)
    )
    held = database.execute("SELECT title, authors, year, doi FROM record ORDER BY record_id").fetchall()
    assert [row[0] for row in held] == labelled["title"].tolist()
    assert held[0][1:] == ('["Alder, Ann", "Birch, Bo"]', 2020, None)
    assert database.execute("SELECT record_id, label, querier FROM results").fetchall() == [(0, 1, None), (1, 0, None)]


def test_a_changed_label_is_noted_as_asreview_does(opened):
    _, database = opened
    database.execute("UPDATE results SET label = 0 WHERE record_id = 0")
    database.execute("UPDATE results SET note = 'x' WHERE record_id = 1")
    database.execute("DELETE FROM results WHERE record_id = 1")
    assert database.execute("SELECT record_id, label FROM decision_changes").fetchall() == [(0, 1), (1, 0)]


def test_records_alike_stay_apart(tmp_path):
    table = records(2).assign(title="The same", doi="10.1/same", included="")
    (tmp_path / "p.asreview").write_bytes(project_bytes("p", table, []))
    with zipfile.ZipFile(tmp_path / "p.asreview") as archive:
        assert "tags.json" not in archive.namelist()
    assert [row["record"] for row in read_project(tmp_path / "p.asreview", "ann")] == ["r0", "r1"]


def test_what_comes_back_untouched_holds_no_decision(labelled, tmp_path):
    (tmp_path / "ann.asreview").write_bytes(to_project(labelled, CRITERIA))
    back = read_project(tmp_path / "ann.asreview", "ann")
    assert [row["record"] for row in back if row.get("given")] == ["r0", "r1"]
    assert [row["decision"] for row in back] == [""] * 8


def test_years_that_are_no_numbers_are_left_out(tmp_path):
    table = records(2).assign(year=["in press", ""], included="")
    (tmp_path / "p.asreview").write_bytes(project_bytes("p", table, []))
    assert [row["year"] for row in read_project(tmp_path / "p.asreview", "ann")] == ["", ""]


def test_the_same_records_give_the_same_bytes(labelled):
    made = to_project(labelled, CRITERIA)
    assert made == to_project(labelled.copy(), CRITERIA)
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        assert archive.read("results.db")[96:100] == bytes(4)  # no version of SQLite
        assert "feature_matrices/" in archive.namelist()
