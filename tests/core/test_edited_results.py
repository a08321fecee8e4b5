"""Results that people change or delete, and inputs that change while a step reads them."""

import json
import os
from pathlib import Path

import pytest
from coproduction.core import edited_results


@pytest.fixture
def study(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ("a.csv", "pages/one.md", "pages/two.md"):
        path = tmp_path / "results" / "part" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{name}\n", encoding="utf-8")
    (tmp_path / "results" / "logs").mkdir()
    noted("")
    return tmp_path / "results"


def noted(again):
    outputs = ["results/part/a.csv", "results/part/pages"]
    edited_results.write(Path("results/logs/make_a.log"), "make_a", outputs, again)


def read():
    return edited_results.Notes(Path("results/logs"))


def test_what_is_as_it_was_made_is_left_alone(study):
    os.utime(study / "part" / "a.csv")  # a newer time alone
    assert read().touched == {}
    assert read().again("make_a") == ""
    assert read().again("another") == ""


OUTPUTS = ["results/part/a.csv", "results/part/pages", "results/part/new.csv"]


@pytest.mark.parametrize(
    ("changed", "kept"),
    [
        ("", OUTPUTS[:2]),
        ("a.csv", OUTPUTS[1:2]),
        ("pages/two.md", OUTPUTS[:1]),
        ("new.csv", OUTPUTS[:2]),  # half a result of a step that has failed
    ],
)
def test_results_of_an_earlier_success_are_known(study, changed, kept):
    if changed:
        (study / "part" / changed).write_text("something else\n", encoding="utf-8")
    assert edited_results.as_made(Path("results/logs/make_a.log"), OUTPUTS) == kept


def test_where_a_step_has_never_succeeded_nothing_is_kept(study):
    assert edited_results.as_made(Path("results/logs/other.log"), OUTPUTS) == []


def test_a_step_that_is_passed_over_is_confirmed(study):
    note = Path("results/logs/make_a.made.json")
    os.utime(note, (1000, 1000))
    before = note.read_bytes()
    edited_results.confirm(Path("results/logs/make_a.log"))
    assert note.stat().st_mtime > 1000
    assert note.read_bytes() == before


def test_a_changed_result_is_made_anew_once_and_kept_aside(study):
    path = study / "part" / "a.csv"
    path.write_text("A.csv\n", encoding="utf-8")  # of the same size
    found = read()
    assert found.touched == {"make_a": [edited_results.Touched("results/part/a.csv", missing=False)]}
    mark = found.again("make_a")
    assert mark
    said = edited_results.put_aside(Path("results"), found.touched)
    assert "results/part/a.csv was changed after the workflow had written it" in said
    assert (study / "set_aside" / "part" / "a.csv").read_text(encoding="utf-8") == "A.csv\n"
    path.write_text("a.csv\n", encoding="utf-8")
    noted(mark)  # the step has run with this mark
    assert read().touched == {}
    assert read().again("make_a") == mark  # nothing runs again
    path.write_text("A.csv\n", encoding="utf-8")
    assert read().again("make_a") not in ("", mark)  # the same change once more


def test_what_was_deleted_is_made_anew_each_time(study):
    marks = {""}
    for _ in range(3):
        (study / "part" / "pages" / "one.md").unlink()
        found = read()
        assert found.touched["make_a"] == [edited_results.Touched("results/part/pages/one.md", missing=True)]
        mark = found.again("make_a")
        assert mark != json.loads((study / "logs" / "make_a.made.json").read_text())["again"]
        marks.add(mark)
        (study / "part" / "pages" / "one.md").write_text("pages/one.md\n", encoding="utf-8")
        noted(mark)
    assert len(marks) == 3


def test_a_folder_that_was_empty_is_missed_as_well(study):
    (study / "part" / "none").mkdir()
    edited_results.write(Path("results/logs/make_b.log"), "make_b", ["results/part/none"], "")
    assert read().touched == {}
    (study / "part" / "none").rmdir()
    assert list(read().touched) == ["make_b"]


def test_a_note_that_cannot_be_read_says_nothing(study):
    (study / "logs" / "make_a.made.json").write_text("{broken", encoding="utf-8")
    assert read().touched == {}


def test_an_input_that_changes_or_goes_away_is_noticed(study):
    paths = ["results/part/a.csv", "results/part/pages/one.md", "results/part/pages"]
    before = edited_results.of_inputs(paths)
    assert edited_results.changed_since(before) == []
    (study / "part" / "a.csv").write_text("more\n", encoding="utf-8")
    (study / "part" / "pages" / "one.md").unlink()
    assert edited_results.changed_since(before) == paths[:2]


def source(**params):
    return edited_results.source_of(["in.csv", "results/part/pages"], {"code": "1", "settings": {"limit": 3}} | params)


@pytest.fixture
def made(study):
    Path("in.csv").write_text("1\n", encoding="utf-8")
    log = Path("results/logs/make_a.log")
    edited_results.add_source(log, source())
    outputs = ["results/part/a.csv", "results/part/pages"]
    return lambda **params: edited_results.stands(log, source(**params), outputs)


def test_results_stand_that_were_made_from_the_same(made):
    assert made()
    os.utime("in.csv", (1, 1))
    os.utime("results/part/a.csv")
    assert made()  # times alone say nothing


@pytest.mark.parametrize("path", ["in.csv", "results/part/a.csv", "results/part/pages/one.md"])
def test_results_do_not_stand_where_a_file_is_another(made, path):
    Path(path).write_text("2\n", encoding="utf-8")
    assert not made()
    Path(path).unlink()
    assert not made()


def test_results_do_not_stand_where_a_folder_holds_more(made):
    Path("results/part/pages/three.md").write_text("3\n", encoding="utf-8")
    assert not made()


def test_results_do_not_stand_for_other_settings_or_other_code(made):
    assert not made(code="2")
    assert not made(settings={"limit": 4})
    assert made(settings={"limit": 3})


def test_results_of_which_nothing_was_noted_do_not_stand(made, study):
    (study / "logs" / "make_a.made.json").unlink()
    assert not made()
