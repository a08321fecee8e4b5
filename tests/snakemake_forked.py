"""Snakemake's command in a process forked from one that has loaded it already.

A start of `python -m snakemake` takes longer to load its packages than to plan the bundled study, and
the workflow tests start it some forty times. The library of the checkout is not loaded before.
"""

import atexit
import gc
import multiprocessing
import os
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path

import warm_steps

LOADED = ["snakemake.cli", "snakemake.executors.local", "snakemake.executors.dryrun"]
LOADED += ["snakemake.report.html_reporter", "snakemake.script", "snakemake.benchmark", "snakemake.storage"]
LOADED += ["jinja2", "nbformat", "pandas", "pydantic", "requests", "smart_open", "yaml", "yte"]  # what runs load later


@cache
def _forks():
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(LOADED)
    return context


def snakemake(
    args: list[str], folder: Path, warm: bool = True, environment: dict[str, str] | None = None
) -> subprocess.CompletedProcess:
    """`snakemake ARGS` in `folder`; `stdout` is what a person sees on the screen.

    warm: whether its steps come of a process of the tests that has loaded their packages
    environment: variables that are set for it
    """
    steps = warm_steps.kept() if warm and sys.platform == "linux" and "--dry-run" not in args else ""
    with tempfile.NamedTemporaryFile(suffix=".txt") as screen:
        given = (args, str(folder), screen.name, steps, environment or {})
        process = _forks().Process(target=_carried_out, args=given)
        process.start()
        process.join()
        text = Path(screen.name).read_text(encoding="utf-8", errors="replace")
    return subprocess.CompletedProcess(args, process.exitcode or 0, text)


def _carried_out(args: list[str], folder: str, screen: str, steps: str, environment: dict[str, str]) -> None:
    gc.freeze()  # what is loaded stays, and need not be looked through again and again
    os.chdir(folder)
    os.environ.update(environment)
    if steps:
        warm_steps.use(steps)
    seen = os.open(screen, os.O_WRONLY)
    os.dup2(seen, 1)
    os.dup2(seen, 2)
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(line_buffering=True)
    sys.argv = ["snakemake", *args]
    from snakemake.cli import main

    try:
        main(args)
    finally:
        atexit._run_exitfuncs()  # a forked process ends without them: what was read would not be kept for the next start
