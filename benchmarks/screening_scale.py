"""Time and memory of the screening steps that run again after each batch of decisions, at many records.

    python benchmarks/screening_scale.py SETS FOLDER [--records 100000] [--decided 1000 5000 20000] [--out OUT.md]

SETS is a folder of labelled sets (title, abstract, label of inclusion). The table is made of them:
title, label and about ten sentences of the abstracts of three records of one set with the same
label, drawn by a fixed seed, until there are enough records; so words and their pairs are as
frequent as in real abstracts, while names and misspellings are rarer. Two reviewers have decided
the first records in random order. Each step runs alone through Snakemake with one thread, the last
line is the new queue after a batch in one run. Processor seconds, wall-clock seconds and largest
memory, with Snakemake's own start and the reading and writing of the tables, are printed and kept in
OUT.md, where sections of other numbers of records stay.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pandas as pd
from screening_simulation import HERE, read_set

SCRIPTS = HERE.parent / "workflow" / "scripts"
sys.path.insert(0, str(SCRIPTS))

from coproduction.core import tables  # noqa: E402
from coproduction.literature.tables import RECORDS  # noqa: E402

STEPS = {
    "vectorise_records": "vectors.npz",
    "match_full_texts": "full_texts.csv",
    "settle_screening": "states.csv",
    "rank_queue": "queue.csv",
    "measure_screening": "stop.csv",
    "draw_screening": "figures/recall.csv",
    "settle_screening rank_queue": "queue.csv",  # what people wait for after a batch, in one run
}
ONCE = ("vectorise_records", "match_full_texts")  # until the records or the full texts change


def make_records(sets: Path, n: int) -> tuple[pd.DataFrame, np.ndarray]:
    """RECORDS of n mixed records, and their labels."""
    chance = np.random.default_rng(1)
    pools = []
    for path in sorted(sets.glob("*.csv")):
        for label, group in read_set(path).groupby("included"):
            texts = [text.split(". ") for text in group["abstract"]]
            pools.append((label, group["title"].tolist(), texts))
    shares = np.array([len(titles) for _, titles, _ in pools], dtype=float)
    rows, labels = [], []
    for i in chance.choice(len(pools), n, p=shares / shares.sum()):
        label, titles, texts = pools[i]
        a, b, c = chance.integers(len(titles), size=3)
        sentences = [*texts[a], *texts[b], *texts[c]]
        drawn = chance.permutation(len(sentences))[:10]
        rows.append((titles[a], ". ".join(sentences[k] for k in drawn)))
        labels.append(label)
    table = pd.DataFrame(rows, columns=["title", "abstract"])
    table["record"] = [f"r{i:07d}" for i in range(n)]
    table["members"], table["databases"] = table["record"], "Scopus"
    return table.reindex(columns=list(RECORDS.columns), fill_value=""), np.array(labels)


def write_decisions(labels: np.ndarray, decided: int, path: Path) -> None:
    """Two reviewers on the first `decided` records of a random order, with a few conflicts."""
    chance = np.random.default_rng(2)
    drawn = chance.permutation(len(labels))[:decided]
    rows = []
    for reviewer in ("A", "B"):
        said = np.where(chance.random(decided) < 0.02, 1 - labels[drawn], labels[drawn])
        rows.append(
            pd.DataFrame(
                {
                    "record": [f"r{i:07d}" for i in drawn],
                    "reviewer": reviewer,
                    "decision": np.where(said == 1, "include", "exclude"),
                    "date": "2026-01-01",
                }
            )
        )
    pd.concat(rows).to_csv(path, index=False)


def run_step(step: str, folder: Path) -> dict[str, float]:
    """Seconds and megabytes of one step, Snakemake's own start included."""
    command = [sys.executable, __file__, "--step", step, str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{step}: {done.stdout[-2000:]} {done.stderr[-2000:]}")
    return json.loads(done.stdout.splitlines()[-1])


def run_here(step: str, folder: Path) -> None:
    """Run one rule alone through Snakemake and print what it took."""
    results = folder / "results"
    start = time.perf_counter()
    subprocess.run(
        [
            sys.executable,
            "-m",
            "snakemake",
            "--cores",
            "1",
            "--quiet",
            "all",
            "--config",
            f"study={folder / 'study'}",
            f"results={results}",
            "--allowed-rules",
            *step.split(),
            "--forcerun",
            *step.split(),
            "--",
            str(results / "screening" / STEPS[step]),
        ],
        check=True,
        cwd=HERE.parent,
        env=os.environ | dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1"),
    )
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    found = {
        "processor": round(used.ru_utime + used.ru_stime, 1),
        "wall": round(time.perf_counter() - start, 1),
        "megabytes": round(used.ru_maxrss / 1024),
    }
    print(json.dumps(found))


HEAD = """# Screening at many records

Written by `benchmarks/screening_scale.py` (there: how the records are made). One thread; Snakemake's own start
and the reading and writing of the tables are included. Wall-clock time depends on what else the machine does.
"""


def keep(out: Path, title: str, rows: list[dict]) -> None:
    """Write the section of this run into `out`; sections of other titles stay as they are."""
    text = out.read_text(encoding="utf-8") if out.exists() else HEAD
    head, *sections = text.split("\n## ")
    kept = [section.rstrip("\n") for section in sections if not section.startswith(f"{title}\n")]
    lines = ["| decided | step | processor s | wall clock s | MB |", "|---|---|---|---|---|"]
    lines += [
        f"| {r['decided']:,} | {r['step'].replace(' ', ' + ')} | {r['processor']} | {r['wall']} | {r['megabytes']:,} |"
        for r in rows
    ]
    kept.append("\n".join([title, "", *lines]))
    kept.sort(key=lambda section: int(section.split(" ")[0].replace(",", "")))
    out.write_text("\n\n## ".join([head.rstrip("\n"), *kept]) + "\n", encoding="utf-8")


def main() -> None:
    """Make the table and time each step for each number of decided records."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("sets", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--records", type=int, default=100_000)
    parser.add_argument("--decided", type=int, nargs="*", default=[1000, 5000, 20000])
    parser.add_argument("--out", type=Path, default=HERE / "screening_scale.md")
    given = parser.parse_args()
    study = given.folder / "study" / "screening"
    study.mkdir(parents=True, exist_ok=True)
    records, labels = make_records(given.sets, given.records)
    path = given.folder / "results" / "literature" / "records.csv"
    tables.write_csv(records, path, RECORDS)
    size = path.stat().st_size / 1e6
    print(f"{len(records)} records, {labels.sum()} relevant, {size:.0f} MB")
    title, rows = f"{len(records):,} records, {labels.sum():,} of them relevant", []
    for i, decided in enumerate(given.decided):
        write_decisions(labels, decided, study / "title_abstract.csv")
        for step in STEPS:
            if i == 0 or step not in ONCE:
                used = run_step(step, given.folder)
                print(decided, step, used, flush=True)
                rows.append({"decided": decided, "step": step} | used)
    keep(given.out, title, rows)


if __name__ == "__main__":
    if sys.argv[1] == "--step":
        run_here(sys.argv[2], Path(sys.argv[3]))
    else:
        main()
