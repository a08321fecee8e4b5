"""What is said of a run that did not end well."""

import json
import shutil

from coproduction.core import failed_steps

SCREEN = """
[Sat Nov 28 17:36:31 2026]
Error in rule model_topics:
    message: None
    jobid: 2
    output: results/topics/topics.csv, results/topics/documents.csv
    log: {log} (check log file(s) for error details)
Shutting down, this might take some time.
"""


def screen(tmp_path, words):
    log = tmp_path / "model_topics.log"
    log.write_text(words, encoding="utf-8")
    path = tmp_path / "run.snakemake.log"
    path.write_text(SCREEN.format(log=log), encoding="utf-8")
    return [str(path)]


def test_a_killed_step_has_a_last_sentence(tmp_path):
    (said,) = failed_steps.unexplained(screen(tmp_path, "INFO reading\n"))
    assert said.startswith("The step model_topics was ended from outside")
    assert "make CORES=1" in said


def test_a_step_that_could_not_even_write_its_log_has_no_room_left(tmp_path, monkeypatch):
    usage = shutil.disk_usage(tmp_path)
    monkeypatch.setattr(failed_steps.shutil, "disk_usage", lambda _: usage._replace(free=4096))
    (said,) = failed_steps.unexplained(screen(tmp_path, ""))
    assert "no space left" in said
    assert "memory" not in said


def test_what_snakemake_itself_refuses_is_said_with_its_reason(tmp_path):
    path = tmp_path / "run.snakemake.log"
    words = (
        'MissingOutputException in rule weigh_factors in file "/study/ecosystem.smk", line 11:\nJob 7 made no x.csv\n'
    )
    path.write_text(words, encoding="utf-8")
    (said,) = failed_steps.unexplained([str(path)])
    assert said == "The step weigh_factors was not accepted by Snakemake: Job 7 made no x.csv"


def test_a_defect_is_named_by_its_last_line(tmp_path):
    trace = "ERROR the step failed\nTraceback (most recent call last):\n  File x\nValueError: odd\n"
    (said,) = failed_steps.unexplained(screen(tmp_path, trace))
    assert "has a defect (ValueError: odd)" in said
    assert "model_topics.log" in said


def test_a_step_that_said_why_says_it_once(tmp_path):
    screens = screen(tmp_path, f"ERROR {failed_steps.PROBLEM}the file is empty\n")
    assert failed_steps.unexplained(screens) == []
    assert failed_steps.problems_in(tmp_path, 0) == ["the file is empty"]


def test_the_restored_outputs_of_a_killed_step_do_not_count_as_new(tmp_path):
    topics = tmp_path / "topics.csv"
    topics.write_text("topic\n", encoding="utf-8")
    note = {"rule": "model_topics", "again": "", "made": {str(topics): [6, 1, "x"]}}
    (tmp_path / "model_topics.made.json").write_text(json.dumps(note), encoding="utf-8")
    failed_steps.mark_outdated(tmp_path, 0, screen(tmp_path, ""))
    assert topics.stat().st_mtime == 0


def test_half_written_files_are_removed(tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "b.csv.part").write_text("half", encoding="utf-8")
    (tmp_path / "a" / "b.csv").write_text("whole", encoding="utf-8")
    failed_steps.remove_parts(tmp_path)
    assert [path.name for path in (tmp_path / "a").iterdir()] == ["b.csv"]
