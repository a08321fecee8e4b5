"""How steps are started: in forks where that can be, and not at all where their results stand."""

import subprocess
import sys
from contextlib import nullcontext

from snakemake.benchmark import benchmarked
from snakemake.jobs import Job
from snakemake.persistence import PersistenceBase
from snakemake.script import PythonScript

from coproduction.core import forks
from coproduction.core.digest import third_party

# Snakemake 9.27.1 loads pandas before it compares params, for tables among them; ours are plain values.
PersistenceBase._serialize_param = property(lambda self: self._serialize_param_builtin)

FORKS = forks.Forks()
SOURCES = {}  # by rule, what its step is made from in this run
STANDING = set()  # rules whose results are made from the same already
remove_output, execute_alone = Job.remove_existing_output, PythonScript.execute_script


def apart(job):
    """Whether a step runs in surroundings of its own."""
    return job.conda_env or job.container_img or job.env_modules or job.shadow_dir


def forced():
    """Whether somebody asked for steps to run, whatever their results."""
    asked = workflow.dag_settings
    return asked.forceall or asked.forcetargets or asked.forcerun


async def remove_what_does_not_stand(job):
    """Before a step runs, Snakemake removes its results; not where the step comes to the same again."""
    rule = job.rule.name
    if script_of(rule).is_file() and not forced() and not apart(job):
        log = Path(job.log[0])
        SOURCES[rule] = notes.source_of(map(str, job.input), dict(job.params.items()))
        if notes.stands(log, SOURCES[rule], list(map(str, job.output))):
            STANDING.add(rule)
            job.rule.benchmark = job._benchmark = None  # what it took is known already
            return
    await remove_output(job)


def execute(job, file, edit=False):
    """Run a step, unless its results stand, and note what it was made from."""
    if job.rulename in STANDING:
        return
    start(job, file, edit)
    if job.rulename in SOURCES:
        notes.add_source(Path(job.log[0]), SOURCES[job.rulename])


def start(job, file, edit):
    """Run a step in a fork of one process that has loaded pandas and its like, where that can be."""
    script = script_of(job.rulename)
    if not forks.possible() or apart(job) or job.threads > 1 or edit or not script.is_file():
        return execute_alone(job, file, edit)
    places = ("TMPDIR", "TMP", "TEMPDIR", "TEMP") if job.resources.get("tmpdir") else ()
    try:
        step = FORKS.start(file, third_party(script), {place: job.resources.tmpdir for place in places})
    except OSError:
        return execute_alone(job, file, edit)
    with benchmarked(step.pid, job.bench_record) if job.bench_record else nullcontext():
        status = step.wait()
    if status:
        raise subprocess.CalledProcessError(status, [sys.executable, file])


# A job on a cluster is one step in a Snakemake of its own, which has nothing to share.
if workflow.is_main_process:
    Job.remove_existing_output = remove_what_does_not_stand
    PythonScript.execute_script = execute
