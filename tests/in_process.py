"""The steps of a study in one process, for tests of what a study says of itself at many states.

Snakemake plans the bundled study once; its steps are then carried out one after the other, each with those of
its inputs that the study has at that state, and only where these differ from the last time. That takes
a tenth of the time of a run a state, and suits what is written alone: nothing is drawn or rendered.
"""

import hashlib
import logging
import multiprocessing
import os
import runpy
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

from snakemake_forked import LOADED


@dataclass(frozen=True)
class Job:
    """A step as it was planned."""

    rule: str
    script: str
    inputs: list[tuple[str, Any]]
    outputs: dict[str, str]
    params: dict[str, Any]
    config: dict[str, Any]


def plan(folder: Path, targets: list[str], *options: str) -> list[Job]:
    """The steps that make `targets` in a checkout, in an order in which they can be carried out."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(LOADED)
    here, there = context.Pipe(duplex=False)
    process = context.Process(target=_plan, args=(str(folder), targets, options, there))
    process.start()
    there.close()
    jobs = here.recv()
    process.join()
    return jobs


def _plan(folder: str, targets: list[str], options: tuple[str, ...], there: Any) -> None:
    os.chdir(folder)
    from snakemake.cli import main
    from snakemake.executors import dryrun

    found, shown = [], dryrun.Executor.run_job

    def run_job(executor: Any, job: Any) -> None:
        found.append(job)
        shown(executor, job)

    dryrun.Executor.run_job = run_job
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    sys.argv = ["snakemake", "--cores", "1", "--dry-run", "--forceall", "--quiet", "all", *options, "--", *targets]
    try:
        main()
    except SystemExit:
        there.send([_job(job, folder) for job in found])


def _job(job: Any, folder: str) -> Job:
    return Job(
        job.rule.name,
        str(Path(folder, "workflow", "rules", job.rule.script).resolve()),
        [(name, _plain(value)) for name, value in job.input.items()],
        {name: str(path) for name, path in job.output.items()},
        dict(job.params.items()),
        dict(job.dag.workflow.config),
    )


def _plain(value: Any) -> str | list[str]:
    return str(value) if isinstance(value, str) else [str(each) for each in value]


class Steps:
    """Carries out planned steps in the current folder, which is a checkout."""

    def __init__(self, jobs: list[Job], study: str) -> None:
        self._jobs, self._study = jobs, study
        self._made: dict[str, str] = {}

    def run(self) -> list[str]:
        """Carry out what is new; returns the rules."""
        from coproduction.core import figures  # not before: a run is planned with the library of its checkout

        with patch.object(figures, "save", _save_data):
            return [job.rule for job in self._jobs if self._run(job)]

    def _run(self, job: Job) -> bool:
        given = {name: self._there(value) for name, value in job.inputs}
        state = _state(given)
        if self._made.get(job.rule) == state:
            return False
        for path in map(Path, job.outputs.values()):
            shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
            path.parent.mkdir(parents=True, exist_ok=True)
        _carry_out(job, given)
        self._made[job.rule] = state
        return True

    def _there(self, value: str | list[str]) -> str | list[str]:
        """An input without the files of people that the study does not have."""
        if isinstance(value, str):
            return value
        return [path for path in value if not path.startswith(f"{self._study}/") or Path(path).exists()]


def _state(given: dict[str, Any]) -> str:
    found = hashlib.sha256()
    for name, value in given.items():
        for path in [value] if isinstance(value, str) else value:
            found.update(f"{name} {path}\n".encode())
            if Path(path).is_file():
                found.update(Path(path).read_bytes())
            else:
                found.update("\n".join(sorted(str(p) for p in Path(path).rglob("*"))).encode())
    return found.hexdigest()


def _save_data(_figure: Any, data: Any, svg: str, pdf: str, csv: str, _live_text: bool = False) -> None:
    """Of a figure the data alone, which steps read."""
    data.to_csv(csv, index=False)
    Path(svg).touch()
    Path(pdf).touch()


def _carry_out(job: Job, given: dict[str, Any]) -> None:
    from snakemake.iocontainers import InputFiles, Log, OutputFiles, Params

    inputs = InputFiles()
    for name, value in given.items():
        start = len(inputs)
        inputs.extend([value] if isinstance(value, str) else value)
        inputs._set_name(name, start, end=None if isinstance(value, str) else len(inputs))
    step = SimpleNamespace(
        rule=job.rule,
        input=inputs,
        output=OutputFiles(fromdict=job.outputs),
        params=Params(fromdict=job.params),
        log=Log([f"logs/{job.rule}.log"]),
        config=job.config,
        threads=1,
    )
    for handler in logging.root.handlers[:]:
        if isinstance(handler, logging.FileHandler):
            logging.root.removeHandler(handler)
    runpy.run_path(job.script, init_globals={"snakemake": step})
