"""Exports for other tools: written with every run while the searches are small, and once somebody has asked for them."""

import re
from pathlib import Path

import pytest
from coproduction.core import end_of_run
from coproduction.core.exports import FILES, is_written, not_written


@pytest.fixture
def results(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    results = Path("results")
    for file in ("literature/records.csv", "status/status.csv"):
        (results / file).parent.mkdir(parents=True, exist_ok=True)
        (results / file).write_text("record\n")
    (results / "a.ris").write_bytes(b"x" * 1500)
    return results


def write(results, *names):
    for name in names:
        (results / name).parent.mkdir(parents=True, exist_ok=True)
        (results / name).touch()


@pytest.mark.parametrize("step", FILES)
def test_the_size_of_the_searches_decides(results, step):
    searches = [str(results / "a.ris")] * 2
    assert is_written(step, searches, 0.003, results)
    assert not is_written(step, searches, 0.0029, results)
    assert is_written(step, [], 0, results)


@pytest.mark.parametrize("step", FILES)
def test_what_was_asked_for_is_kept_current(results, step):
    write(results, FILES[step][-1])
    assert is_written(step, [str(results / "a.ris")], 0, results)
    others = set(FILES) - {step}
    assert not any(is_written(other, [str(results / "a.ris")], 0, results) for other in others)


def test_a_run_ends_with_what_it_has_not_written(results):
    every = [file for files in FILES.values() for file in files]
    said = " ".join(end_of_run.words(results).split())
    assert all(str(results / file) in said for file in every)
    assert "literature.exports_up_to_mb" in said
    assert "make exports" in said
    write(results, *FILES["export_records"])
    assert "records.ris" not in not_written(results)
    assert "asreview.csv" in not_written(results)
    write(results, *every)
    assert not_written(results) == ""
    assert "Not written" not in end_of_run.words(results)


def test_a_study_without_records_has_nothing_to_export(tmp_path):
    assert not_written(tmp_path) == ""


@pytest.mark.parametrize(("step", "rules"), [("export_records", "literature"), ("export_screening", "screening")])
def test_the_files_are_those_that_the_steps_write(root, step, rules):
    text = (root / "workflow" / "rules" / f"{rules}.smk").read_text(encoding="utf-8")
    outputs = text.split(f"rule {step}:")[1].split("output:")[1].split("log:")[0]
    assert sorted(re.findall(r'"<results>/([^"]+)"', outputs)) == sorted(FILES[step])
