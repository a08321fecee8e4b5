"""Processor time of the bundled study, of a run with nothing to do and of a dry run, side by side.

    python benchmarks/engine.py OLDER NEWER [--rounds 1] [--cores 2]

OLDER and NEWER are checkouts (git repositories) with an environment in `.venv`. Each is cloned, so that
nothing of an earlier run counts, and run in turn. What is counted is user and system time of all processes
that a run starts, as the operating system counts it when they have ended; the least of several starts for
the short ones. A trivial Snakefile with as many rules is what Snakemake itself costs.
"""

import argparse
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

STARTS = 5
# Python keeps bytecode unless it is told not to; where it may not, each start compiles the modules of the library anew.
AS_USERS_HAVE_IT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
RULES = 68
TRIVIAL = """
N = {rules}
rule all:
    input:
        expand("made/{{i}}.txt", i=range(N))
for i in range(N):
    rule:
        name: f"step_{{i}}"
        input: [f"made/{{i - 1}}.txt"] if i else []
        output: f"made/{{i}}.txt"
        shell: "echo made > {{output}}"
"""


def measured(command: list[str | Path], folder: Path) -> tuple[float, float]:
    """Processor seconds and seconds of the clock that a command takes; it must succeed."""
    before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, env=AS_USERS_HAVE_IT)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode:
        sys.exit(f"{command} in {folder} failed:\n{done.stdout[-2000:]}\n{done.stderr[-2000:]}")
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return used, time.perf_counter() - begun


def least(command: list[str | Path], folder: Path) -> float:
    """Processor seconds of the quickest of several starts."""
    return min(measured(command, folder)[0] for _ in range(STARTS))


def clone(checkout: Path, folder: Path) -> Path:
    """A fresh clone with the environment of its checkout."""
    shutil.rmtree(folder, ignore_errors=True)
    subprocess.run(["git", "clone", "--quiet", checkout, folder], check=True)
    os.symlink((checkout / ".venv").resolve(), folder / ".venv")
    return folder


def main() -> None:
    """Measure and print a table in Markdown."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("checkouts", nargs="+", type=Path)
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--cores", default="2")
    given = parser.parse_args()
    runs: dict[Path, list[tuple[float, float]]] = {checkout: [] for checkout in given.checkouts}
    short: dict[Path, tuple[float, float]] = {}
    with tempfile.TemporaryDirectory() as place:
        trivial = Path(place) / "trivial"
        trivial.mkdir()
        (trivial / "Snakefile").write_text(TRIVIAL.format(rules=RULES), encoding="utf-8")
        for turn in range(given.rounds):
            for checkout in given.checkouts:
                folder = clone(checkout.resolve(), Path(place) / checkout.resolve().name)
                snakemake = folder / ".venv" / "bin" / "snakemake"
                runs[checkout].append(measured([snakemake, "--cores", given.cores], folder))
                if turn == given.rounds - 1:
                    nothing = least([snakemake, "--cores", given.cores], folder)
                    short[checkout] = nothing, least([snakemake, "--dry-run", "--forceall", "--quiet"], folder)
        measured([snakemake, "--cores", given.cores], trivial)
        own = least([snakemake, "--cores", given.cores], trivial)
        own_dry = least([snakemake, "--dry-run", "--forceall", "--quiet"], trivial)
    print("| | study, processor s | clock s | nothing to do, s | × trivial | dry run of all, s | × trivial |")
    print("|---|---|---|---|---|---|---|")
    for checkout, done in runs.items():
        used, clock = (statistics.median(column) for column in zip(*done, strict=True))
        nothing, dry = short[checkout]
        print(
            f"| {checkout.resolve().name} | {used:.1f} | {clock:.0f} | {nothing:.2f} | {nothing / own:.2f} "
            f"| {dry:.2f} | {dry / own_dry:.2f} |"
        )
    print(f"| trivial, {RULES} rules | | | {own:.2f} | 1 | {own_dry:.2f} | 1 |")


if __name__ == "__main__":
    main()
