"""How steps are started: in forks where that can be, and not at all where their results stand.

This takes the place of four methods of Snakemake that are no public interface, so that the Snakefile
includes it with the very version of the lock alone. Without it all results are the same.
"""

import subprocess
import sys
from contextlib import nullcontext

from snakemake.benchmark import benchmarked
from snakemake.io import _IOFile
from snakemake.jobs import Job
from snakemake.persistence import PersistenceBase
from snakemake.script import PythonScript

from coproduction.core import forks
from coproduction.core.digest import third_party

# Snakemake 9.27.1 loads pandas before it compares params, for tables among them; ours are plain values.
PersistenceBase._serialize_param = property(lambda self: self._serialize_param_builtin)

# These look at all results, not at their inputs alone: they run whenever anything before them does.
LOOK_AT_ALL = {"release_report", "archive_study"}
FORKS = forks.Forks()
SOURCES = {}  # by rule, what its step is made from in this run
STANDING = set()  # rules whose results are made from the same already
TOOK = (
    {}
)  # by file, what a step took when it ran, which Snakemake overwrites although it does not run
checksum_anew = _IOFile.checksum
remove_output, execute_alone = Job.remove_existing_output, PythonScript.execute_script


def wanted():
    """Whether steps are to run whatever their results: it was asked for, or Snakemake sets up packages."""
    asked = workflow.dag_settings
    deployed = workflow.deployment_settings.deployment_method
    return asked.forceall or asked.forcetargets or asked.forcerun or deployed


async def remove_what_does_not_stand(job):
    """Before a step runs, Snakemake removes its results; not where the step comes to the same again."""
    name = job.rule.name
    if script_of(name).is_file():
        log = Path(job.log[0])
        SOURCES[name] = notes.source_of(map(str, job.input), dict(job.params.items()))
        alike = not wanted() and name not in LOOK_AT_ALL
        if alike and notes.stands(log, SOURCES[name], list(map(str, job.output))):
            STANDING.add(name)
            if job.benchmark and Path(job.benchmark).is_file():
                TOOK[job.benchmark] = Path(job.benchmark).read_bytes()
            return
    await remove_output(job)


def execute(job, file, edit=False):
    """Run a step, unless its results stand, and note what it was made from."""
    if job.rulename in STANDING:
        with benchmarked(None, job.bench_record) if job.bench_record else nullcontext():
            return  # Snakemake asks for some measure, see `keep_what_steps_took`
    start(job, file, edit)
    if job.rulename in SOURCES:
        notes.add_source(Path(job.log[0]), SOURCES[job.rulename])


def start(job, file, edit):
    """Run a step in a fork of one process that has loaded pandas and its like, where that can be."""
    script = script_of(job.rulename)
    apart = job.conda_env or job.container_img or job.env_modules or job.shadow_dir
    if not forks.possible() or apart or edit or not script.is_file():
        return execute_alone(job, file, edit)
    given = dict.fromkeys(forks.THREADS, str(job.threads))
    if job.resources.get("tmpdir"):
        given |= dict.fromkeys(("TMPDIR", "TMP", "TEMPDIR", "TEMP"), job.resources.tmpdir)
    try:
        step = FORKS.start(file, third_party(script), given)
    except OSError:
        return execute_alone(job, file, edit)
    with benchmarked(step.pid, job.bench_record) if job.bench_record else nullcontext():
        status = step.wait()
    if status:
        raise subprocess.CalledProcessError(status, [sys.executable, file])


async def checksum(file, threshold=None, force=False, algorithm=None):
    """The checksum of a file, kept by size and time: Snakemake takes it anew for each output of a step."""
    if (
        algorithm is not None
        or file.is_storage
        or not (force or await file.is_checksum_eligible(threshold))
    ):
        return await checksum_anew(file, threshold, force, algorithm)
    return f"sha256:{notes.kept_digest(Path(file))}"


def keep_what_steps_took():
    """Put the measured times of steps back that did not run."""
    for file, measured in TOOK.items():
        Path(file).write_bytes(measured)


# A job on a cluster is one step in a Snakemake of its own, which has nothing to share.
if workflow.is_main_process:
    _IOFile.checksum = checksum
    Job.remove_existing_output = remove_what_does_not_stand
    PythonScript.execute_script = execute
    AT_END.append(keep_what_steps_took)
