"""The whole chain at many records: processor seconds, and each step's memory beside what it asked for.

    python benchmarks/engine_size.py CHECKOUT [CHECKOUT …] [--records 10000] [--cores 2]

A study of made entries alone (as in `literature_size.py`, a quarter of them second ones), from import to the
report, in a copy of each checkout (with `.venv`). Ends with 1 where a step of the last checkout had more
memory than it asked for, or would not start on a laptop because it asks for over 6 GB.
"""

import argparse
import csv
import resource
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from literature_size import write_ris

PARTS = ["Snakefile", "config", "envs", "profiles", "report", "workflow", "CITATION.cff"]
SEARCHES = "database,platform,date,query,file,hits\nMade,made,2026-01-10,made,a.ris,{records}\n"
LAPTOP = 6000


def run(checkout: Path, work: Path, ris: Path, records: int, cores: int) -> tuple[float, list[dict[str, str]]]:
    """Processor seconds of a study of these entries, and its steps (none before they were written down)."""
    copy = work / checkout.name
    copy.mkdir()
    for part in PARTS:
        source = checkout / part
        (shutil.copytree if source.is_dir() else shutil.copy2)(source, copy / part)
    (copy / ".venv").symlink_to((checkout / ".venv").resolve())
    searches = copy / "mine" / "searches"
    searches.mkdir(parents=True)
    shutil.copy2(ris, searches / "a.ris")
    (searches / "searches.csv").write_text(SEARCHES.format(records=records), encoding="utf-8")
    (copy / "mine.yaml").write_text("study: mine\nresults: results\n", encoding="utf-8")
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [copy / ".venv/bin/snakemake", "--cores", str(cores), "--configfile", "mine.yaml"]
    done = subprocess.run(command, cwd=copy, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{checkout}: {done.stdout[-2000:]}{done.stderr[-3000:]}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    steps = copy / "results" / "logs" / "steps.csv"
    rows = list(csv.DictReader(steps.open(encoding="utf-8"))) if steps.is_file() else []
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, rows


def main() -> None:
    """Print the seconds of each checkout and the steps of the last one."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("checkouts", nargs="+", type=Path)
    parser.add_argument("--records", type=int, default=10_000)
    parser.add_argument("--cores", type=int, default=2)
    given = parser.parse_args()
    print("| checkout | records | processor s |\n|---|--:|--:|")
    with tempfile.TemporaryDirectory() as place:
        ris = Path(place) / "a.ris"
        write_ris(given.records, ris)
        for checkout in given.checkouts:
            seconds, steps = run(checkout.resolve(), Path(place), ris, given.records, given.cores)
            print(f"| {checkout.resolve().name} | {given.records:,} | {seconds:.1f} |", flush=True)
    print("\n| step | processor s | MB | MB asked for |\n|---|--:|--:|--:|")
    wrong = []
    for step in sorted(steps, key=lambda row: -float(row["processor_seconds"])):
        print("| " + " | ".join(step.values()) + " |")
        had, asked = int(step["memory_mb"]), int(step["memory_asked_mb"])
        if had > asked or asked > LAPTOP:
            wrong.append(f"{step['step']}: {had} MB, asked for {asked}")
    if wrong:
        sys.exit("\n".join(wrong))


if __name__ == "__main__":
    main()
