"""Processor time of rendering the report of the bundled study, older and newer version in turn.

    python benchmarks/rendering.py OLDER NEWER [--rounds 3]

OLDER and NEWER are checkouts with an environment in `.venv` and finished results in `results/`. The one step
`render_report` is forced in each; what is counted is user and system time of all processes that the start of
Snakemake begins (pandoc among them), as the operating system counts it when they have ended. The same for a
start that has nothing to do is taken off. The least of several rounds is printed, in turn so that a busy
machine is busy for both.
"""

import argparse
import resource
import subprocess
import sys
import time
from pathlib import Path

STEP = "render_report"
PLAN = ["--rerun-triggers", "mtime", "--allowed-rules", STEP]  # no other step, whatever looks outdated


def measured(checkout: Path, words: list[str]) -> tuple[float, float]:
    """Processor seconds and seconds of the clock of one start; it must succeed."""
    command = [checkout / ".venv" / "bin" / "snakemake", "--cores", "2", *words]
    before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    done = subprocess.run(command, cwd=checkout, capture_output=True, text=True, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode:
        sys.exit(f"{words} in {checkout} failed:\n{done.stdout[-1500:]}\n{done.stderr[-1500:]}")
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, time.perf_counter() - begun


def main() -> None:
    """Measure and print a table in Markdown."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("checkouts", nargs="+", type=Path)
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    renderings: dict[Path, list[tuple[float, float]]] = {checkout: [] for checkout in given.checkouts}
    starts: dict[Path, list[tuple[float, float]]] = {checkout: [] for checkout in given.checkouts}
    for _ in range(given.rounds):
        for checkout in given.checkouts:
            page = "results/report/ecosystem.html"
            drafts = checkout / "results" / "report" / "draft" / "ecosystem.html"
            target = str(drafts.relative_to(checkout)) if drafts.exists() else page
            renderings[checkout].append(measured(checkout, [*PLAN, "--force", target]))
            starts[checkout].append(measured(checkout, [*PLAN, "--dry-run", target]))
    print(
        "| checkout | processor, rendering | processor, a start | difference | clock, rendering |\n|---|--:|--:|--:|--:|"
    )
    for checkout in given.checkouts:
        whole, start = min(used for used, _ in renderings[checkout]), min(used for used, _ in starts[checkout])
        clock = min(passed for _, passed in renderings[checkout])
        print(f"| {checkout.name} | {whole:.1f} s | {start:.1f} s | {whole - start:.1f} s | {clock:.1f} s |")


if __name__ == "__main__":
    main()
