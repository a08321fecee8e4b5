"""The whole chain at many records: processor seconds, and each step's memory beside what it asked for.

    python benchmarks/engine_size.py CHECKOUT [CHECKOUT …] [--records 1000 10000] [--cores 2] [--targets FILE …]

A study of made entries alone (as in `literature_size.py`, a quarter of them second ones), from import to the
report, in a copy of each checkout (with `.venv`); with targets only so far. What the steps of the last checkout
took is added to `engine_size.csv` and, for two and more sizes, drawn (`engine_size.svg`, both axes logarithmic).
Ends with 1 where a step of the last checkout had more memory than it asked for, would not start on a laptop
because it asks for over 6 GB, or takes more than 10.5 times as long for ten times the records.
"""

import argparse
import csv
import math
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
SLOPE = 10.5
SHORT = 1.0  # seconds: what takes less at the larger size tells nothing of growth
HERE = Path(__file__).parent
COLUMNS = ["records", "step", "processor_seconds", "memory_mb", "memory_asked_mb"]


def run(
    checkout: Path, work: Path, ris: Path, records: int, cores: int, targets: list[str]
) -> tuple[float, list[dict[str, str]]]:
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
    command = [copy / ".venv/bin/snakemake", "--cores", str(cores), "--configfile", "mine.yaml", "--", *targets]
    done = subprocess.run(command, cwd=copy, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{checkout}: {done.stdout[-2000:]}{done.stderr[-3000:]}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    steps = copy / "results" / "logs" / "steps.csv"
    rows = list(csv.DictReader(steps.open(encoding="utf-8"))) if steps.is_file() else []
    shutil.rmtree(copy)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, rows


def kept(measured: list[dict[str, str]], whole: bool) -> list[dict[str, str]]:
    """What was measured, with what was before at other sizes (of `whole` chains), or of other steps; kept in the table."""
    path = HERE / "engine_size.csv"
    new = {(row["records"], row["step"]) for row in measured}
    before = list(csv.DictReader(path.open(encoding="utf-8"))) if path.is_file() else []
    sizes = {row["records"] for row in measured} if whole else set()
    others = (row for row in before if row["records"] not in sizes and (row["records"], row["step"]) not in new)
    rows = [*others, *measured]
    rows.sort(key=lambda row: (row["step"], int(row["records"])))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return rows


def per_tenfold(rows: list[dict[str, str]], step: str) -> float | None:
    """By how much a step takes longer for ten times the records, between its two largest sizes."""
    sizes = [(int(row["records"]), float(row["processor_seconds"])) for row in rows if row["step"] == step]
    if len(sizes) < 2 or sizes[-1][1] < SHORT or not sizes[-2][1]:
        return None
    (few, little), (many, much) = sizes[-2:]
    return float((much / little) ** (1 / math.log10(many / few)))


def draw(rows: list[dict[str, str]]) -> None:
    """Seconds of the longest steps by records, both axes logarithmic; a dotted line grows as the records do."""
    import matplotlib

    matplotlib.use("svg")
    import matplotlib.pyplot as plt

    matplotlib.rcParams.update({"svg.hashsalt": "engine", "svg.fonttype": "none", "font.size": 8})
    longest: dict[str, float] = {}
    for row in rows:
        longest[row["step"]] = max(longest.get(row["step"], 0), float(row["processor_seconds"]))
    shown = sorted(longest, key=lambda step: -longest[step])[:10]
    figure, axes = plt.subplots(figsize=(6.3, 4.6), layout="constrained")
    for number, step in enumerate(shown):
        points = [(int(r["records"]), float(r["processor_seconds"])) for r in rows if r["step"] == step]
        axes.plot(*zip(*points, strict=True), marker="osD^v"[number % 5], ms=4, lw=1, color=f"C{number}", label=step)
    low, high = axes.get_xlim()
    axes.plot([low, high], [low / 3000, high / 3000], ":", color="#777777", lw=1, label="as the records grow")
    axes.set(xscale="log", yscale="log", xlabel="entries", ylabel="processor seconds")
    axes.legend(loc="center left", bbox_to_anchor=(1, 0.5), frameon=False)
    figure.savefig(HERE / "engine_size.svg", metadata={"Date": None})


def main() -> None:
    """Print the seconds of each checkout and the steps of the last one."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("checkouts", nargs="+", type=Path)
    parser.add_argument("--records", type=int, nargs="+", default=[10_000])
    parser.add_argument("--cores", type=int, default=2)
    parser.add_argument("--targets", nargs="*", default=[])
    given = parser.parse_args()
    print("| checkout | records | processor s |\n|---|--:|--:|")
    measured: list[dict[str, str]] = []
    with tempfile.TemporaryDirectory() as place:
        for records in given.records:
            ris = Path(place) / "a.ris"
            write_ris(records, ris)
            for checkout in given.checkouts:
                seconds, steps = run(checkout.resolve(), Path(place), ris, records, given.cores, given.targets)
                print(f"| {checkout.resolve().name} | {records:,} | {seconds:.1f} |", flush=True)
            measured += [{"records": str(records), **step} for step in steps]
    rows = kept(measured, whole=not given.targets)
    print("\n| records | step | processor s | MB | MB asked for | times for 10 × |\n|--:|---|--:|--:|--:|--:|")
    wrong = []
    for row in sorted(measured, key=lambda row: (int(row["records"]), -float(row["processor_seconds"]))):
        last = int(row["records"]) == max(given.records)
        compared = measured if len(given.records) > 1 else rows  # of one run, where it has two sizes: machines differ
        grown = per_tenfold(compared, row["step"]) if last else None
        print("| " + " | ".join([*(row[name] for name in COLUMNS), f"{grown:.1f}" if grown else ""]) + " |")
        had, asked = int(row["memory_mb"]), int(row["memory_asked_mb"])
        if had > asked or asked > LAPTOP:
            wrong.append(f"{row['step']}: {had} MB, asked for {asked}")
        if grown and grown > SLOPE:
            wrong.append(f"{row['step']}: {grown:.1f} times as long for ten times the records")
    if len({row["records"] for row in rows}) > 1:
        draw(rows)
    if wrong:
        sys.exit("\n".join(wrong))


if __name__ == "__main__":
    main()
