"""The last words on the screen, and the progress before them."""

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
    assert "1. Delphi, Round 0: answers. Put it in delphi/round0.csv." in said
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
    assert end_of_run.words(tmp_path) == "What is awaited is said once the whole study has been run."
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
    assert capsys.readouterr().out == "Nothing had to be made anew.\n\n"


def test_nothing_is_released_while_a_run_is_under_way(tmp_path, monkeypatch):
    import json
    import os

    monkeypatch.chdir(tmp_path)
    (tmp_path / ".snakemake" / "locks").mkdir(parents=True)
    (tmp_path / ".snakemake" / "locks" / "0.input.lock").write_text("x")
    running = tmp_path / ".snakemake" / "running.json"
    called = tmp_path / "called"
    command = ["sh", "-c", f"touch {called}"]
    release_lock(command)
    running.write_text(json.dumps({"pid": os.getpid()}))
    release_lock(command)
    assert not called.exists()
    running.write_text(json.dumps({"pid": 2**22 + 1}))
    release_lock(command)
    assert called.exists()
