"""Several steps in one job on a cluster: how they run there, and what stands when such a job ends early.

A job on a cluster is Snakemake once more, with the steps of a group. It starts them one after the other by
`srun`, each with a Snakemake of its own, and when one fails the first Snakemake removes what all of them made.
Here they run as on a laptop, on the processors and in the memory that the job has been given, and what is
finished stays. Like `engine` this takes the place of functions of Snakemake that are no public interface.
"""

import json
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import snakemake.api  # noqa: F401 (first: the others import each other)
from snakemake.iocontainers import ResourceList
from snakemake.jobs import GroupJob, Job
from snakemake.scheduling.job_scheduler import JobScheduler
from snakemake.workflow import Workflow
from snakemake_interface_executor_plugins.executors.remote import RemoteExecutor
from snakemake_interface_executor_plugins.registry import ExecutorPluginRegistry

from coproduction.core import edited_results, failed_steps

TOLD = "COPRODUCTION_RUN"  # what jobs are told of the run that they belong to: Slurm hands the environment on
# The steps of small studies take seconds each, and so go to the cluster as one job. Where there are many records, what
# people have written is a job, what is made of all is another, and each step that reads the records one of its own,
# with memory by the size of its inputs. By the file of their rules.
GROUPS = {
    "people": ["settings", "desk", "qca", "interviews", "delphi"],
    "records": ["literature", "screening", "topics"],
    "answers": ["ecosystem", "status", "report"],
}
WHOLE, HEAVY = "study", "records"
STEPS = 2  # a group asks for the time of so many steps
SOONEST, LATEST = 2, 60  # seconds between two looks at the jobs
LATER = 10  # by so many seconds the plugin wants to wait longer, each time that none has ended
SHARE = 10  # a look after a tenth more of the time that the jobs have run


def tell(wanted: bool, keep_going: bool) -> None:
    """Tell the jobs of this run whether steps run whatever their results, and go on after one has failed."""
    os.environ[TOLD] = json.dumps({"wanted": wanted, "keep_going": keep_going})


def run_instructions() -> dict[str, bool]:
    """What this job was told; empty elsewhere."""
    instructions: dict[str, bool] = json.loads(os.environ.get(TOLD, "{}"))
    return instructions


def is_job(workflow: Any) -> bool:
    """Whether this Snakemake runs the steps of one job on a Slurm cluster."""
    return bool(workflow.remote_exec and TOLD in os.environ and "SLURM_JOB_ID" in os.environ)


def group_steps(workflow: Any, large: bool) -> None:
    """Group the steps of a run on a cluster: all in one job, or three kinds where there are many records."""
    if not (workflow.is_main_process and workflow.resource_settings.nodes):
        return
    groups = {group: parts for group, parts in GROUPS.items() if not (large and group == HEAVY)}
    group_of = {part: group if large else WHOLE for group, parts in groups.items() for part in parts}
    for rule in workflow.rules:
        rule.group = group_of.get(Path(rule.snakefile).stem)
    resources = GroupJob.resources.fget

    def with_its_time(group: Any) -> ResourceList:
        own_resources = resources(group)
        times = [job.resources.get("runtime") for job in group]
        longest = max((STEPS * runtime for runtime in times if isinstance(runtime, int)), default=None)
        return ResourceList(fromdict=dict(own_resources.items()) | ({} if longest is None else {"runtime": longest}))

    GroupJob.resources = property(with_its_time)


def run_steps_here() -> None:
    """Let Snakemake run the steps of this job itself, as many at a time as it has been given processors for."""
    execute = Workflow.execute

    def execute_here(workflow: Any, executor_plugin: Any, executor_settings: Any, **more: Any) -> None:
        resources = workflow.global_resources
        cores = int(os.environ.get("SLURM_CPUS_PER_TASK", "1"))
        resources["_cores"], resources["_nodes"] = cores, None
        workflow.resource_settings.cores, workflow.resource_settings.nodes = cores, None
        if os.environ.get("SLURM_MEM_PER_NODE"):
            resources["mem_mb"] = int(os.environ["SLURM_MEM_PER_NODE"])
        workflow.execution_settings.keep_going = run_instructions()["keep_going"]
        execute(workflow, ExecutorPluginRegistry().get_plugin("local"), None, **more)

    Workflow.execute = execute_here


def look_in_time() -> None:
    """Look at the jobs again after a tenth of the time since the last one ended, within limits.

    The plugin looks ten seconds later each time, up to three minutes: a job of 15 seconds ended after 33.
    """

    def wait(executor: Any) -> float:
        passed = time.monotonic() - getattr(executor, "_since", time.monotonic())
        executor._waits = min(LATEST, max(SOONEST, passed / SHARE))
        return float(executor._waits)

    def set_wait(executor: Any, seconds: float) -> None:
        if seconds != getattr(executor, "_waits", 0) + LATER:  # a job has ended, or the first ones are on their way
            executor._since = time.monotonic()

    RemoteExecutor.next_seconds_between_status_checks = property(wait, set_wait)


def keep_what_is_finished(since: float, log_of: Callable[[Any], Any]) -> None:
    """When a group fails, treat each of its steps by what became of it; try again only what may then succeed.

    since: the start of the run, in seconds of the epoch
    log_of: the log of a job of Snakemake
    """
    postprocess, handle_error, cleanup = GroupJob.postprocess, JobScheduler._handle_error, Job.cleanup

    async def keep_earlier(job: Any, protected: Any) -> None:
        """Snakemake in the job has restored the earlier results of a failed step; the one outside would remove them."""
        earlier = [] if job.dag.workflow.local_exec else edited_results.as_made(log_of(job), map(str, job.output))
        await cleanup(job, {*protected, *earlier})

    async def by_step(group: Any, error: bool = False, **more: Any) -> None:
        if not error:
            await postprocess(group, error=False, **more)
            return
        for job in group:
            log, outputs = log_of(job), list(map(str, job.output))
            succeeded = failed_steps.state(log, since) == failed_steps.DONE
            if succeeded and edited_results.as_made(log, outputs) != outputs:
                edited_results.forget(log)  # ended between its note and its end, so that its results were removed
                succeeded = False
            if succeeded or failed_steps.state(log, since) != failed_steps.WAITS:
                await job.postprocess(error=not succeeded, check_output_mtime=False, **more)

    def after_error(scheduler: Any, job: Any, *args: Any, **more: Any) -> None:
        jobs = list(job) if job.is_group() else [job]
        if any(failed_steps.said_why(log_of(each), since) for each in jobs):
            for each in jobs:  # more memory does not mend a file
                each.rule.restart_times = 0
        handle_error(scheduler, job, *args, **more)

    GroupJob.postprocess, JobScheduler._handle_error, Job.cleanup = by_step, after_error, keep_earlier
