"""How steps are started: in forks where that can be, and not at all where their results stand.

This takes the place of some functions of Snakemake that are no public interface, so that the Snakefile
asks for it with the very version of the lock alone. Without it all results are the same.
"""

import atexit
import re
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import snakemake.api  # first: the others import each other
import snakemake.workflow
from snakemake.benchmark import BenchmarkRecord
from snakemake.dag import DAG, ScriptProcessor
from snakemake.exceptions import WorkflowError
from snakemake.io import _IOFile
from snakemake.jobs import Job
from snakemake.persistence import PersistenceBase
from snakemake.script import PythonScript

from coproduction import cluster_jobs
from coproduction.core import edited_results, forks, shared_results
from coproduction.core.digest import LIBRARY, library_behind, third_party
from coproduction.core.errors import of_the_machine
from coproduction.core.start_cache import cached

VERSION = "9.27.1"
STEPS = "step,processor_seconds,memory_mb,memory_asked_mb"
# These look at all results, not at their inputs alone: they run whenever anything before them does.
LOOK_AT_ALL = {"release_report", "archive_study"}
# What costs most in large studies and depends on the search and its settings alone; studies may share it.
COSTLY = {
    "import_exports",
    "find_duplicates",
    "identify_languages",
    "vectorise_records",
    "compare_topic_numbers",
    "model_topics",
}


def known() -> bool:
    """Whether this Snakemake is the one whose functions are known."""
    return snakemake.__version__ == VERSION


def read_rules_once() -> None:
    """Keep files of rules as Snakemake has read them, until they change: that took a fifth of a start."""
    anew = snakemake.workflow.parse

    def parse(
        path: Any, workflow: Any, linemap: dict[int, int], overwrite_shellcmd: str | None = None, rulecount: int = 0
    ) -> tuple[str, int]:
        """A file of rules as Python, and the number of rules; `linemap` gets the lines it comes from."""
        file = Path(path.get_path_or_uri(secret_free=True))

        def read() -> list[Any]:
            lines: dict[int, int] = {}
            text, count = anew(path, workflow, lines, overwrite_shellcmd, rulecount)
            return [text, count, list(lines.items())]

        if overwrite_shellcmd is not None or not file.is_file():
            return anew(path, workflow, linemap, overwrite_shellcmd, rulecount)
        text, count, lines = cached(f"rules of {file} after {rulecount}", [file], read, VERSION)
        linemap |= dict(lines)
        return text, count

    snakemake.workflow.parse = parse


def _match(file: Any, target: str) -> re.Match[str] | None:
    """How a file of a rule matches a path: Snakemake makes a regular expression of each, also where all is fixed."""
    if "{" in file.file:
        return file.regex().match(target) or None
    return _FIXED.match("") if file.file == target else None


_FIXED = re.compile("")


async def _whatever_the_time(dag: Any, job: Any, outputs: Any) -> None:
    """Snakemake refuses results that are older than their inputs, for ever where an input comes from the future.

    A clock that was set back, an archive from another time zone: inputs count by their content, not by their time.
    """


def _keep(job: Any, entry: str) -> None:
    """Leave the results of a step to other studies; where that cannot be, its log says why."""
    try:
        shared_results.keep(entry, list(map(str, job.output)))
    except OSError as error:
        with Path(job.log[0]).open("a", encoding="utf-8") as log:
            log.write(f"WARNING not kept for other studies: {error}\n")


def _measured(record: BenchmarkRecord | None, on_the_clock: float = 0.0, seconds: float = 0.0, memory: int = 0) -> None:
    """Fill Snakemake's record of a step, where its rule keeps one, with what the system counted until its end.

    Snakemake looks at the process itself, now and then: it misses what a short step takes, and fails where a step has
    ended before the first look.
    """
    if record:
        record.running_time, record.data_collected = max(on_the_clock, 0.0001), True
        record.cpu_time, record.cpu_usage, record.max_rss = seconds, 100 * seconds, float(memory)


class Engine:
    """Starts the steps of a run.

    workflow: Snakemake's
    script_of: the script of a rule, by the name of the rule
    places: by path of a folder of the study what stands for it, the same in all studies
    """

    def __init__(self, workflow: Any, script_of: Callable[[str], Path], places: Mapping[str, str]) -> None:
        self._workflow, self._script_of, self._places = workflow, script_of, places
        self._forks = forks.Forks()
        self._lock, self._steps = threading.Lock(), list[str]()
        self._sources: dict[str, Any] = {}  # by rule, what its step is made from in this run
        self._standing: set[str] = set()  # rules whose results are made from the same already
        self._shared: dict[str, str] = {}  # by rule, what names its results among those that studies share
        # By file, what a step took when it ran, which Snakemake overwrites although it does not run.
        self._took: dict[str, bytes] = {}
        self._remove_output, self._execute = Job.remove_existing_output, PythonScript.execute_script
        self._checksum, self._look_for_script = _IOFile.checksum, ScriptProcessor.process_job

    def take_over(self) -> None:
        """Start the steps from here on, in a job on a cluster too; not in what such a job starts."""
        # Snakemake loads pandas before it compares params, for tables among them; ours are plain values.
        PersistenceBase._serialize_param = property(lambda self: self._serialize_param_builtin)
        _IOFile.match = _match
        DAG.check_output_mtime = _whatever_the_time
        if cluster_jobs.is_job(self._workflow):
            cluster_jobs.run_steps_here()
            atexit.register(self.keep_what_steps_took)  # no hooks of the Snakefile run there
        elif self._workflow.is_main_process:
            cluster_jobs.look_in_time()
            cluster_jobs.keep_what_is_finished(time.time(), lambda job: Path(job.log[0]))
        else:
            return
        engine = self

        async def checksum(file: Any, *arguments: Any, **more: Any) -> str | None:
            return await engine.checksum(file, *arguments, **more)

        async def remove_existing_output(job: Any) -> None:
            await engine.remove_what_does_not_stand(job)

        def execute_script(job: Any, file: str, edit: bool = False) -> None:
            engine.execute(job, file, edit)

        def process_job(processor: Any, job: Any) -> None:
            engine.look_for_script(processor, job)

        _IOFile.checksum, ScriptProcessor.process_job = checksum, process_job
        Job.remove_existing_output, PythonScript.execute_script = remove_existing_output, execute_script

    def group_steps(self, large: bool) -> None:
        """On a cluster, put steps together in one job each; all rules are known then."""
        cluster_jobs.group_steps(self._workflow, large)

    def begin(self) -> None:
        """At the start of a run, tell jobs on a cluster what they need to know of it."""
        cluster_jobs.tell(self._is_forced(), self._workflow.execution_settings.keep_going)

    def keep_what_steps_took(self) -> None:
        """At the end of a run, put the measured times of steps back that did not run."""
        for file, measured in self._took.items():
            Path(file).write_bytes(measured)

    def _is_forced(self) -> bool:
        """Whether steps are to run whatever their results: it was asked for, or Snakemake sets up packages."""
        if cluster_jobs.is_job(self._workflow):  # jobs are always told to run their steps
            return cluster_jobs.run_instructions()["wanted"]
        dag_settings = self._workflow.dag_settings
        deployed = self._workflow.deployment_settings.deployment_method
        return bool(dag_settings.forceall or dag_settings.forcetargets or dag_settings.forcerun or deployed)

    def look_for_script(self, processor: Any, job: Any) -> None:
        """Snakemake copies the script of each step to know that it is there, and loads a reader of notebooks."""
        if not self._script_of(job.rule.name).is_file():
            self._look_for_script(processor, job)

    async def remove_what_does_not_stand(self, job: Any) -> None:
        """Before a step runs, Snakemake removes its results; not where the step comes to the same again."""
        name = job.rule.name
        if self._script_of(name).is_file():
            log = Path(job.log[0])
            self._sources[name] = edited_results.source_of(map(str, job.input), dict(job.params.items()))
            alike = not self._is_forced() and name not in LOOK_AT_ALL
            if alike and edited_results.stands(log, self._sources[name], list(map(str, job.output))):
                self._standing.add(name)
                if job.benchmark and Path(job.benchmark).is_file():
                    self._took[job.benchmark] = Path(job.benchmark).read_bytes()
                return
            if alike and name in COSTLY and shared_results.folder():
                params = dict(job.params.items())
                self._shared[name] = shared_results.key(name, map(str, job.input), params, self._places)
        try:
            await self._remove_output(job)
        except OSError as error:  # of Snakemake's own, before a step could say it
            told = of_the_machine(error)
            if told is None:
                raise
            raise WorkflowError(str(told)) from None

    def execute(self, job: Any, file: str, edit: bool = False) -> None:
        """Run a step, unless its results stand, and note what it was made from."""
        if job.rulename in self._standing:
            edited_results.confirm(Path(job.log[0]))
            return _measured(job.bench_record)  # Snakemake asks for some measure, see `keep_what_steps_took`
        entry = self._shared.get(job.rulename, "")
        if not (entry and self._take_shared(job, entry)):
            self._start(job, file, edit)
            if entry:
                _keep(job, entry)
        if job.rulename in self._sources:
            edited_results.add_source(Path(job.log[0]), self._sources[job.rulename])

    def _take_shared(self, job: Any, entry: str) -> bool:
        """Whether the results of the same step of another study are there, and now here."""
        outputs, log = list(map(str, job.output)), Path(job.log[0])
        if not shared_results.take(entry, outputs):
            return False
        log.parent.mkdir(parents=True, exist_ok=True)
        log.write_text(f"INFO taken from {shared_results.folder()}, left there by another study: {entry}\n", "utf-8")
        edited_results.write(log, job.rulename, outputs, edited_results.again_in(job.params))
        _measured(job.bench_record)
        return True

    def _start(self, job: Any, file: str, edit: bool) -> None:
        """Run a step in a fork of one process that has loaded what it imports, where that can be."""
        script = self._script_of(job.rulename)
        apart = job.conda_env or job.container_img or job.env_modules or job.shadow_dir
        if not forks.possible() or apart or edit or not script.is_file():
            return self._execute(job, file, edit)
        environment = dict.fromkeys(forks.THREADS, str(job.threads))
        if job.resources.get("tmpdir"):
            environment |= dict.fromkeys(("TMPDIR", "TMP", "TEMPDIR", "TEMP"), job.resources.tmpdir)
        try:
            library = forks.Library(str(LIBRARY.parent), *library_behind(script))
            step = self._forks.start(file, third_party(script), environment, library)
        except OSError:
            return self._execute(job, file, edit)
        began = time.monotonic()
        status = step.wait()
        _measured(job.bench_record, time.monotonic() - began, step.seconds, step.memory)
        self._note(job, step)
        if status:
            raise subprocess.CalledProcessError(status, [sys.executable, file])

    def _note(self, job: Any, step: forks.Started) -> None:
        """Keep what a step took in logs/steps.csv, beside the memory that its rule asked for; jobs would share it."""
        if not self._workflow.is_main_process:
            return
        path = Path(job.log[0]).parents[1] / "steps.csv"
        row = f"{job.rulename},{step.seconds:.2f},{step.memory},{job.resources.get('mem_mb', '')}"
        with self._lock, suppress(OSError):  # the step itself says where the disk is full
            self._steps.append(row)
            path.write_text("\n".join([STEPS, *self._steps, ""]), encoding="utf-8")

    async def checksum(
        self, file: Any, threshold: int | None = None, force: bool = False, algorithm: str | None = None
    ) -> str | None:
        """The checksum of a file, kept by size and time: Snakemake takes it anew for each output of a step."""
        plain = algorithm is None and not file.is_storage
        if plain and (force or await file.is_checksum_eligible(threshold)):
            return f"sha256:{edited_results.kept_digest(Path(file))}"
        return await self._checksum(file, threshold, force, algorithm)
