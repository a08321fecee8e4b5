"""Time and memory of the screening steps that run again after each batch, at many records.

    python benchmarks/screening_scale.py SETS FOLDER [--records 100000] [--decided 1000 5000 20000]

SETS is a folder of labelled sets (title, abstract, label of inclusion). The table is made of them:
title, label and about ten sentences of the abstracts of three records of one set with the same
label, drawn by a fixed seed, until there are enough records; so words and their pairs are as
frequent as in real abstracts, while names and misspellings are rarer. Two reviewers have decided
the first records in random order. Each step runs in a process of its own with one thread, through
the same scripts as in the workflow; printed are its processor seconds, wall-clock seconds and
largest memory, reading and writing of the tables included.
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

from coproduction import tables  # noqa: E402
from coproduction.screening.settings import ScreeningSettings  # noqa: E402
from coproduction.screening.tables import RECORDS  # noqa: E402

STEPS = {
    "settle_screening": (
        ["records", "criteria", "title_abstract", "full_text", "adjudications", "retrieval"],
        ["criteria", "decisions", "findings", "conflicts", "states"],
    ),
    "vectorise_records": (["records"], ["vectors"]),
    "measure_agreement": (["decisions"], ["agreement"]),
    "rank_queue": (["records", "vectors", "criteria", "decisions", "states"], ["queue", "basis"]),
    "trace_screening": (
        ["records", "vectors", "decisions", "states"], ["stop", "progress", "measures"],
    ),
    "draw_recall": (["progress", "states"], ["svg", "pdf", "csv"]),
}  # fmt: skip


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
    """Seconds and megabytes of one step."""
    start = time.perf_counter()
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [sys.executable, __file__, "--step", step, str(folder)]
    threads = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1")
    done = subprocess.run(
        command, env=os.environ | threads, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise SystemExit(f"{step}: {done.stderr}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return {
        "processor": round(used, 1),
        "wall": round(time.perf_counter() - start, 1),
        "megabytes": round(json.loads(done.stdout.splitlines()[-1])),
    }


class Job:
    """What Snakemake hands to a script."""

    def __init__(self, step: str, folder: Path):
        given, made = STEPS[step]
        people = {"title_abstract", "full_text", "adjudications", "retrieval"}
        self.input = _Named()
        for name in given:
            path = str(folder / f"{name}.{'npz' if name == 'vectors' else 'csv'}")
            self.input[name] = [path] * os.path.isfile(path) if name in people else path
        if step == "settle_screening":
            self.input["criteria"] = []
        self.output = _Named()
        for name in made:
            ending = {"vectors": "npz", "svg": "svg", "pdf": "pdf"}.get(name, "csv")
            self.output[name] = str(folder / f"{name}.{ending}")
        self.params = _Named(settings=ScreeningSettings().model_dump(), seed=1)
        self.log = [str(folder / f"{step}.log")]
        self.threads = 1


class _Named(dict):
    __getattr__ = dict.__getitem__


def run_here(step: str, folder: Path) -> None:
    """Run the step's script as the workflow does and print its largest memory."""
    source = (SCRIPTS / f"{step}.py").read_text(encoding="utf-8")
    exec(compile(source, step, "exec"), {"snakemake": Job(step, folder), "__name__": "step"})
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def main() -> None:
    """Make the table and time each step for each number of decided records."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("sets", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--records", type=int, default=100_000)
    parser.add_argument("--decided", type=int, nargs="*", default=[1000, 5000, 20000])
    given = parser.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    records, labels = make_records(given.sets, given.records)
    tables.write_csv(records, given.folder / "records.csv", RECORDS)
    print(f"{len(records)} records, {labels.sum()} relevant, "
          f"{(given.folder / 'records.csv').stat().st_size / 1e6:.0f} MB")  # fmt: skip
    for i, decided in enumerate(given.decided):
        write_decisions(labels, decided, given.folder / "title_abstract.csv")
        for step in STEPS:
            if step != "vectorise_records" or i == 0:
                print(decided, step, run_step(step, given.folder), flush=True)


if __name__ == "__main__":
    if sys.argv[1] == "--step":
        run_here(sys.argv[2], Path(sys.argv[3]))
    else:
        main()
