"""Several steps in one job on a cluster; a real one is in tests/workflow/test_slurm.py."""

import asyncio
import os
import re
import time
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace

import pytest
from coproduction import cluster_jobs
from coproduction.core import failed_steps
from coproduction.core.errors import of_the_machine


@pytest.fixture(autouse=True)
def snakemake_as_it_was(monkeypatch):
    """What is taken over is given back."""
    for owner, name in [
        (cluster_jobs.GroupJob, "postprocess"),
        (cluster_jobs.GroupJob, "resources"),
        (cluster_jobs.Job, "cleanup"),
        (cluster_jobs.JobScheduler, "_handle_error"),
        (cluster_jobs.Workflow, "execute"),
        (cluster_jobs.RemoteExecutor, "next_seconds_between_status_checks"),
    ]:
        monkeypatch.setattr(owner, name, getattr(owner, name))
    monkeypatch.delenv(cluster_jobs.TOLD, raising=False)


def test_no_group_waits_for_another_that_waits_for_it(root):
    """Steps of a group that needed another one between them could never be started."""
    rules = root / "workflow" / "rules"
    parts = {part: group for group, several in cluster_jobs.GROUPS.items() for part in several}
    needs = set()
    for part, group in parts.items():
        text = (rules / f"{part}.smk").read_text(encoding="utf-8")
        inputs = "".join(re.findall(r"^    input:\n((?:        .*\n)+)", text, re.M))
        needs |= {(group, parts[other]) for other in re.findall(r'"<results>/(\w+)/', inputs) if other in parts}
    order = list(cluster_jobs.GROUPS)
    later = {(one, other) for one, other in needs if order.index(other) > order.index(one)}
    assert not later
    assert ("answers", "people") in needs
    assert ("answers", "records") in needs


def test_each_file_of_rules_is_in_one_group_or_has_no_steps_of_a_run(root):
    grouped = [part for several in cluster_jobs.GROUPS.values() for part in several]
    files = {path.stem for path in (root / "workflow" / "rules").glob("*.smk")}
    assert len(grouped) == len(set(grouped))
    assert files - set(grouped) == {"house", "inputs", "archive"}


def rule(file):
    return SimpleNamespace(snakefile=f"/study/workflow/rules/{file}.smk", group=None)


def workflow(nodes=20, main=True, **more):
    settings = SimpleNamespace(nodes=nodes, cores=2)
    rules = [rule("delphi"), rule("topics"), rule("report"), rule("archive")]
    return SimpleNamespace(is_main_process=main, resource_settings=settings, rules=rules, **more)


@pytest.mark.parametrize(
    ("given", "large", "groups"),
    [
        (workflow(), False, ["study", "study", "study", None]),
        (workflow(), True, ["people", None, "answers", None]),
        (workflow(nodes=None), False, [None] * 4),  # on a laptop
        (workflow(main=False), False, [None] * 4),  # in a job
    ],
)
def test_steps_are_grouped_on_a_cluster_alone(given, large, groups):
    for one in given.rules:
        one.group = None
    cluster_jobs.group_steps(given, large)
    assert [one.group for one in given.rules] == groups


def test_a_job_runs_its_steps_on_its_own_processors_and_memory(monkeypatch):
    run = []
    monkeypatch.setattr(cluster_jobs.Workflow, "execute", lambda *given, **more: run.append((given, more)))
    monkeypatch.setenv("SLURM_CPUS_PER_TASK", "3")
    monkeypatch.setenv("SLURM_MEM_PER_NODE", "2400")
    cluster_jobs.tell(wanted=False, keep_going=True)
    cluster_jobs.run_steps_here()
    given = workflow(nodes=1, global_resources={}, execution_settings=SimpleNamespace(keep_going=False))
    cluster_jobs.Workflow.execute(given, executor_plugin="slurm-jobstep", executor_settings="its", updated_files=[])
    (((_, plugin, settings), more),) = run
    assert plugin.name == "local"
    assert settings is None
    assert more == {"updated_files": []}
    assert given.global_resources == {"_cores": 3, "_nodes": None, "mem_mb": 2400}
    assert given.resource_settings.cores == 3
    assert given.execution_settings.keep_going


@pytest.mark.parametrize(
    ("remote", "environment", "job"),
    [
        (True, {cluster_jobs.TOLD: "{}", "SLURM_JOB_ID": "7"}, True),
        (True, {"SLURM_JOB_ID": "7"}, False),  # of a Snakemake that is not ours
        (True, {cluster_jobs.TOLD: "{}"}, False),  # of another kind of cluster
        (False, {cluster_jobs.TOLD: "{}", "SLURM_JOB_ID": "7"}, False),  # the whole run within a job
    ],
)
def test_it_is_known_where_a_job_runs(monkeypatch, remote, environment, job):
    monkeypatch.delenv("SLURM_JOB_ID", raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert cluster_jobs.is_job(SimpleNamespace(remote_exec=remote)) == job


@dataclass
class Step:
    """A job of Snakemake, as far as it is asked here."""

    log: Path
    output: list = field(default_factory=list)
    ended: list = field(default_factory=list)
    rule: SimpleNamespace = field(default_factory=lambda: SimpleNamespace(restart_times=1))

    async def postprocess(self, error, **_):
        self.ended.append("failed" if error else "done")

    def is_group(self):
        return False


class Group(list):
    def is_group(self):
        return True


def steps(folder, since, said="INFO reading\n"):
    """One that is done, one that was at work, and one that has not been started since an earlier run."""
    found = [Step(folder / f"{name}.log") for name in ("done", "begun", "waits")]
    for step in found:
        step.log.write_text(said, encoding="utf-8")
        step.log.with_suffix(".made.json").write_text('{"rule": "", "again": "", "made": {}}', encoding="utf-8")
    for old in (found[1].log.with_suffix(".made.json"), found[2].log, found[2].log.with_suffix(".made.json")):
        os.utime(old, (since - 100, since - 100))
    return found


def test_what_a_failed_group_has_finished_stays(tmp_path):
    since = time.time() - 10
    done, begun, waits = steps(tmp_path, since)
    cluster_jobs.keep_what_is_finished(since, lambda job: job.log)
    asyncio.run(cluster_jobs.GroupJob.postprocess([done, begun, waits], error=True))
    assert (done.ended, begun.ended, waits.ended) == (["done"], ["failed"], [])


def test_a_step_whose_results_were_removed_after_its_note_is_not_done(tmp_path):
    since = time.time() - 10
    done, *_ = steps(tmp_path, since)
    done.output = ["gone.csv"]
    cluster_jobs.keep_what_is_finished(since, lambda job: job.log)
    asyncio.run(cluster_jobs.GroupJob.postprocess([done], error=True))
    assert done.ended == ["failed"]
    assert failed_steps.state(done.log, since) == failed_steps.BEGUN


@pytest.mark.parametrize(("local", "kept"), [(True, set()), (False, {"a.csv"})])
def test_earlier_results_of_a_failed_step_stay_on_a_cluster(tmp_path, monkeypatch, local, kept):
    """On a laptop the Snakemake that restores them is the one that would remove them."""
    monkeypatch.chdir(tmp_path)
    for name in ("a.csv", "half.csv"):
        Path(name).write_text("x\n", encoding="utf-8")
    cluster_jobs.edited_results.write(Path("step.log"), "step", ["a.csv"], "")
    skipped = []

    async def cleanup(_, outputs):
        skipped.append(outputs)

    monkeypatch.setattr(cluster_jobs.Job, "cleanup", cleanup)
    cluster_jobs.keep_what_is_finished(time.time(), lambda job: Path("step.log"))
    dag = SimpleNamespace(workflow=SimpleNamespace(local_exec=local))
    asyncio.run(cluster_jobs.Job.cleanup(SimpleNamespace(dag=dag, output=["a.csv", "half.csv"]), set()))
    assert skipped == [kept]


@pytest.mark.parametrize(
    ("said", "tries"),
    [
        ("INFO reading\n", 1),  # killed
        (f"ERROR {failed_steps.PROBLEM}panel.csv, row 3: no such role.\n", 0),
        (f"ERROR {failed_steps.PROBLEM}{of_the_machine(MemoryError())}\n", 1),
    ],
)
@pytest.mark.parametrize("grouped", [True, False])
def test_a_second_try_is_for_steps_that_more_memory_can_mend(tmp_path, monkeypatch, said, tries, grouped):
    since = time.time() - 10
    found = steps(tmp_path, since, said)
    handled = []
    monkeypatch.setattr(cluster_jobs.JobScheduler, "_handle_error", lambda _, job: handled.append(job))
    cluster_jobs.keep_what_is_finished(since, lambda job: job.log)
    job = Group(found) if grouped else found[1]
    cluster_jobs.JobScheduler._handle_error(None, job)
    assert handled == [job]
    assert found[1].rule.restart_times == tries


def test_jobs_are_looked_at_after_a_tenth_of_their_time(monkeypatch):
    """The plugin asks for a second first, and for ten more after each look at which none has ended."""
    now = [1000.0]
    monkeypatch.setattr(cluster_jobs.time, "monotonic", lambda: now[0])
    cluster_jobs.look_in_time()
    executor = type("Slurm", (), {"wait": cluster_jobs.RemoteExecutor.next_seconds_between_status_checks})()
    waits = []
    for ended, later in [(True, 15), (False, 27), (False, 200), (False, 2000), (True, 5)]:
        executor.wait = 1 if ended else executor.wait + 10
        now[0] += later
        waits.append(executor.wait)
    assert waits == pytest.approx([2, 4.2, 24.2, 60, 2])
