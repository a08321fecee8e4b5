"""The last words on the screen, and the progress before them."""

import errno
import json
import subprocess
import sys
from pathlib import Path

import pytest
from coproduction import command
from coproduction.command import Progress, release_lock
from coproduction.core import end_of_run

STATUS = "technique,step,state,done,total,unit,awaited,put_in\n"


def test_the_report_and_the_next_three_things(tmp_path):
    (tmp_path / "status").mkdir()
    (tmp_path / "report").mkdir()
    for kind in ("html", "pdf"):
        (tmp_path / "report" / f"ecosystem.{kind}").write_text("x", encoding="utf-8")
    rows = "".join(f"delphi,Round {n},awaited,0,,,answers,delphi/round{n}.csv\n" for n in range(5))
    (tmp_path / "status" / "status.csv").write_text(STATUS + rows, encoding="utf-8")
    (tmp_path / "status" / "unread.csv").write_text(
        "file,reason,did_you_mean\ndelphi/pannel.csv,no step reads it,delphi/panel.csv\n", encoding="utf-8"
    )
    said = end_of_run.words(tmp_path)
    assert f"The report: {tmp_path}/report/ecosystem.html (and ecosystem.pdf)" in said
    assert "1. Delphi, round 0: answers. File: delphi/round0.csv." in said
    assert "4. " not in said
    assert "and 2 more" in said
    assert "Did you mean delphi/panel.csv?" in said


def test_what_is_under_way_comes_before_what_has_not_begun(tmp_path):
    (tmp_path / "status").mkdir()
    rows = "desk,Documents read,awaited,0,,document,documents,\necosystem,Model,awaited,0,5,technique,evidence,\n"
    rows += "screening,Titles and abstracts,awaited,0,142,record,decisions on 142 records,\n"
    (tmp_path / "status" / "status.csv").write_text(STATUS + rows, encoding="utf-8")
    said = end_of_run.words(tmp_path)
    assert said.index("decisions on 142 records") < said.index("documents") < said.index("evidence")


def test_a_finished_study_awaits_nothing(tmp_path):
    assert end_of_run.words(tmp_path) == "Run the whole study to see what is awaited."
    (tmp_path / "status").mkdir()
    (tmp_path / "status" / "status.csv").write_text(STATUS, encoding="utf-8")
    assert end_of_run.words(tmp_path) == "Nothing is awaited."


def test_progress_is_one_line_a_step(capsys):
    progress = Progress()
    for line in ("Building DAG of jobs...", "Job 3: Reading the exports", "1 of 12 steps (8%) done"):
        progress.hear(line)
    progress.hear("Job 4: Drawing the topics")
    progress.end()
    shown = capsys.readouterr().out.splitlines()
    assert shown[0] == "Reading the exports"
    assert shown[1] == "1 of 12 steps: Drawing the topics"
    assert shown[2] == "1 of 12 steps done."


def test_a_run_that_stopped_says_nothing_of_nothing_to_do(capsys):
    Progress().end(ended_well=False)
    assert capsys.readouterr().out == ""
    Progress().end()
    assert capsys.readouterr().out == "Everything is up to date.\n\n"


@pytest.fixture
def locked(tmp_path, monkeypatch):
    """Whether a lock in the current folder is released that a run with a given process id has left."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".snakemake" / "locks").mkdir(parents=True)
    (tmp_path / ".snakemake" / "locks" / "0.input.lock").write_text("x")

    def released(pid=None):
        called = tmp_path / "called"
        called.unlink(missing_ok=True)
        if pid is not None:
            (tmp_path / ".snakemake" / "running.json").write_text(json.dumps({"pid": pid}))
        release_lock(["sh", "-c", f"touch {called}"])
        return called.exists()

    return released


def waiting(name):
    """A process at work that has this word on its command line."""
    code = "print(flush=True); import time; time.sleep(60)"
    process = subprocess.Popen([sys.executable, "-c", code, name], stdout=subprocess.PIPE)
    process.stdout.readline()
    return process


def test_a_lock_is_released_when_its_run_is_gone_and_never_before(locked):
    assert not locked()  # nobody knows whose it is
    with waiting("snakemake") as run:
        assert not locked(run.pid)
        run.kill()
    assert locked(run.pid)


@pytest.mark.skipif(not Path("/proc/self/cmdline").is_file(), reason="only Linux tells what a process is")
def test_a_lock_is_released_where_another_program_has_its_number(locked):
    with waiting("other") as other:
        assert locked(other.pid)
        other.kill()


@pytest.mark.parametrize(
    ("number", "said"), [(errno.EROFS, "can be read but not written to"), (errno.ENOSPC, "no space left")]
)
def test_a_run_that_cannot_write_its_log_ends_with_one_sentence(tmp_path, monkeypatch, capsys, number, said):
    """The run of a study on a disk that can only be read (tried with one) failed before Snakemake could start."""
    (tmp_path / "study.yaml").write_text("study: .\nresults: made\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)

    def refuse(path, *given, **more):
        raise OSError(number, "x", str(path))

    monkeypatch.setattr(Path, "mkdir", refuse)
    assert command.main(["run", "study.yaml"]) == 1
    told = capsys.readouterr().err
    assert said in told
    assert "made/logs" in told


@pytest.fixture
def started(tmp_path, monkeypatch):
    """A run of `command` in a folder of its own, in which a script stands for Snakemake."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "study.yaml").write_text("results: made\n", encoding="utf-8")
    python = tmp_path / "python"
    monkeypatch.setattr(command.sys, "executable", str(python))

    def run(script, *more):
        python.write_text(f"#!{SHELL}\necho $0 $* >> said\n{script}\n", encoding="utf-8")
        python.chmod(0o755)
        return command.run(Path("study.yaml"), [*more])

    return run


SHELL = "/bin/sh"
LOCK = "mkdir -p .snakemake/locks; touch .snakemake/locks/0.output.lock"
on_unix = pytest.mark.skipif(not Path(SHELL).is_file(), reason="a shell stands for Snakemake")


@on_unix
def test_targets_are_not_taken_for_config_files(started, tmp_path):
    assert started("", "archive_study") == 0
    assert (tmp_path / "said").read_text().endswith("-m snakemake --configfile=study.yaml archive_study\n")


@on_unix
@pytest.mark.parametrize("signal", ["KILL", "HUP"])
def test_a_run_that_was_ended_says_so_and_its_lock_is_released_by_the_next(started, tmp_path, capfd, signal):
    assert started(f"{LOCK}; kill -{signal} $$") != 0
    assert "The run was interrupted" in capfd.readouterr().out
    assert (tmp_path / ".snakemake" / "running.json").is_file()
    started("case $* in *--unlock) rm -r .snakemake/locks;; esac")
    assert not (tmp_path / ".snakemake" / "locks").exists()
    assert not (tmp_path / ".snakemake" / "running.json").exists()


@on_unix
def test_whoever_ends_the_command_ends_the_run(started, tmp_path, capfd):
    assert started("trap 'echo ended >> said; exit 3' TERM; kill -TERM $PPID; sleep 20 2>&- & wait; exit 0") == 3
    assert (tmp_path / "said").read_text().endswith("ended\n")
    assert "run the same command again to continue" in capfd.readouterr().out


@on_unix
def test_two_runs_at_once_are_told_of_each_other(started, tmp_path, capfd):
    (tmp_path / ".snakemake" / "locks").mkdir(parents=True)
    (tmp_path / ".snakemake" / "locks" / "0.input.lock").touch()
    assert started("echo 'It can be removed with the --unlock argument.' >&2; exit 1") == 1
    assert capfd.readouterr().out.startswith("Another run of this study is in progress")
    assert not (tmp_path / ".snakemake" / "running.json").exists()  # nobody may release a lock of somebody else


@pytest.mark.parametrize("made", ["file", "link"])
def test_a_file_where_the_results_are_to_be_is_one_sentence(tmp_path, monkeypatch, capsys, made):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "study.yaml").write_text("results: taken\n", encoding="utf-8")
    (tmp_path / "taken").touch() if made == "file" else (tmp_path / "taken").symlink_to("nowhere")
    assert command.main(["run", "study.yaml"]) == 1
    assert "is in the place of the results folder" in capsys.readouterr().err


def test_a_config_of_the_bundled_study_that_cannot_be_read_is_one_sentence(tmp_path, monkeypatch, capsys):
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "config.yaml").write_text("study: data/demo\nqca:\n  : [\n", encoding="utf-8")
    monkeypatch.setattr(command, "HOUSE", tmp_path)
    assert command.main(["run"]) == 1
    assert "config.yaml" in capsys.readouterr().err
