"""What is said of a run that did not end well."""

import json
import os
import shutil

import pytest
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
    (said,) = failed_steps.unexplained(screen(tmp_path, "INFO reading\n"), 0)
    assert said.startswith("The step model_topics was stopped from outside")
    assert "make CORES=1" in said


def test_a_step_that_could_not_even_write_its_log_has_no_room_left(tmp_path, monkeypatch):
    usage = shutil.disk_usage(tmp_path)
    monkeypatch.setattr(failed_steps.shutil, "disk_usage", lambda _: usage._replace(free=4096))
    (said,) = failed_steps.unexplained(screen(tmp_path, ""), 0)
    assert "no space left" in said
    assert "memory" not in said


def test_what_snakemake_itself_refuses_is_said_with_its_reason(tmp_path):
    path = tmp_path / "run.snakemake.log"
    words = (
        'MissingOutputException in rule weigh_factors in file "/study/ecosystem.smk", line 11:\nJob 7 made no x.csv\n'
    )
    path.write_text(words, encoding="utf-8")
    (said,) = failed_steps.unexplained([str(path)], 0)
    assert said == "The step weigh_factors was not accepted by Snakemake: Job 7 made no x.csv"


def test_a_defect_is_named_by_its_last_line(tmp_path):
    trace = "ERROR the step failed\nTraceback (most recent call last):\n  File x\nValueError: odd\n"
    (said,) = failed_steps.unexplained(screen(tmp_path, trace), 0)
    assert "contains a bug (ValueError: odd)" in said
    assert "model_topics.log" in said


@pytest.mark.parametrize("more", ["", ", /study/.snakemake/slurm_logs/rule_model_topics/4.log"])
def test_a_step_that_said_why_says_it_once(tmp_path, more):
    screens = screen(tmp_path, f"ERROR {failed_steps.PROBLEM}the file is empty\n")
    path = tmp_path / "run.snakemake.log"
    path.write_text(path.read_text().replace(".log (check", f".log{more} (check"), encoding="utf-8")
    assert failed_steps.unexplained(screens, 0) == []
    assert failed_steps.problems_in(tmp_path, 0) == ["the file is empty"]


def test_the_restored_outputs_of_a_killed_step_do_not_count_as_new(tmp_path):
    topics = tmp_path / "topics.csv"
    topics.write_text("topic\n", encoding="utf-8")
    note = {"rule": "model_topics", "again": "", "made": {str(topics): [6, 1, "x"]}}
    path = tmp_path / "model_topics.made.json"
    path.write_text(json.dumps(note), encoding="utf-8")
    os.utime(path, (1000, 1000))  # of an earlier run
    failed_steps.mark_outdated(tmp_path, 2000, screen(tmp_path, ""))
    assert topics.stat().st_mtime == 0


GROUP = """
[Sun Nov 29 18:20:01 2026]
    message: Error in group people
    log: slurm_logs/3.log (check log file(s) for error details)
    jobs:
        rule draw_desk:
            jobid: 7
            output: results/desk/figures/x.svg
            log: {folder}/draw_desk.log (check log file(s) for error details)
        rule calibrate_sets:
            jobid: 8
            output: results/qca/sets.csv
            log: {folder}/calibrate_sets.log (check log file(s) for error details)
        rule draw_qca:
            jobid: 9
            output: results/qca/figures/x.svg
            log: {folder}/draw_qca.log (check log file(s) for error details)
    [Sun Nov 29 18:20:01 2026]
    Error in rule draw_desk:
        jobid: 7
        log: {folder}/draw_desk.log (check log file(s) for error details)
"""


def group(tmp_path, done, begun):
    """A screen on which a job with three steps has failed, of which some were done or begun."""
    for name in ("draw_desk", "calibrate_sets", "draw_qca"):
        log, note = tmp_path / f"{name}.log", tmp_path / f"{name}.made.json"
        log.write_text("INFO reading\n", encoding="utf-8")
        note.write_text(json.dumps({"rule": name, "again": "", "made": {}}), encoding="utf-8")
        os.utime(log, (3000, 3000) if name in [*done, *begun] else (1000, 1000))
        os.utime(note, (3000, 3000) if name in done else (1000, 1000))
    path = tmp_path / "run.snakemake.log"
    path.write_text(GROUP.format(folder=tmp_path), encoding="utf-8")
    return [str(path)]


def test_of_several_steps_in_one_job_the_one_at_work_is_named(tmp_path):
    screens = group(tmp_path, done=["draw_desk"], begun=["calibrate_sets"])
    (said,) = failed_steps.unexplained(screens, 2000)
    assert said.startswith("The step calibrate_sets was stopped from outside")
    assert "--set-resources calibrate_sets:mem_mb=" in said
    assert "make CORES=1" not in said
    failed_steps.mark_outdated(tmp_path, 2000, screens)
    marks = {path.name.split(".")[0]: json.loads(path.read_text())["again"] for path in tmp_path.glob("*.made.json")}
    assert marks == {"draw_desk": "", "calibrate_sets": "failed", "draw_qca": ""}


def test_a_job_that_was_ended_before_its_first_step_has_a_sentence_too(tmp_path):
    (said,) = failed_steps.unexplained(group(tmp_path, done=[], begun=[]), 2000)
    assert said.startswith("A job with 3 steps (draw_desk and others) was stopped from outside while none")


def test_what_a_second_try_has_mended_is_not_told(tmp_path):
    screens = group(tmp_path, done=["draw_desk", "calibrate_sets", "draw_qca"], begun=[])
    assert failed_steps.unexplained(screens, 2000) == []


def test_half_written_files_are_removed(tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "b.csv.part").write_text("half", encoding="utf-8")
    (tmp_path / "a" / "b.csv").write_text("whole", encoding="utf-8")
    failed_steps.remove_parts(tmp_path)
    assert [path.name for path in (tmp_path / "a").iterdir()] == ["b.csv"]
