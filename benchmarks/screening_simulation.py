"""The ranking beside ASReview's default model: same records, same priors, one record at a time.

    python benchmarks/screening_simulation.py SETS ASREVIEW_PYTHON OUT [--starts 5] [--keep FOLDER]

SETS is a folder of labelled sets as CSV (title, abstract and a label of inclusion, see
docs/screening.md); ASREVIEW_PYTHON is the interpreter of an environment with asreview 2. Both tools
replay each set in turn, from one relevant and one irrelevant record drawn by seed, until all
relevant records are found; both see title and abstract only. Loss, NDCG, WSS@95 and RRF@10 are
computed by the same functions for both, priors excluded. Seconds are those of vectorising and
simulation per start, one thread each: processor time, which other work on the machine does not
change, and wall-clock time. OUT.csv has a row per set and tool, OUT.md the table to read.
With --keep, ASReview's runs are kept there and taken from there when the same command runs again.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ[name] = "1"

import numpy as np  # noqa: E402
import pandas as pd  # noqa: E402

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "workflow" / "scripts"))

from coproduction.methods.relevance_model import Model  # noqa: E402
from coproduction.methods.replay import replay  # noqa: E402
from coproduction.methods.text_features import make_features  # noqa: E402
from coproduction.screening.simulation import MEASURES, draw_starts, read_labelled  # noqa: E402

SHOWN = ["loss", "ndcg", "wss95", "rrf10"]


def read_set(path: Path) -> pd.DataFrame:
    """title, abstract, included (0, 1) of a labelled set."""
    return read_labelled(path)[["title", "abstract", "included"]].reset_index(drop=True)


def ours(records: pd.DataFrame, priors: list[list[int]]) -> list[dict]:
    """Labels in the order of our replay and the seconds of each run, everything made anew."""
    labels, runs = records["included"].to_numpy(), []
    for pair in priors:
        start, clock = time.process_time(), time.perf_counter()
        features = make_features(records[["title", "abstract"]], Model().kinds)
        order = replay(features, labels, pair, Model())
        seconds, wall = time.process_time() - start, time.perf_counter() - clock
        runs.append({"labels": labels[order].tolist(), "seconds": seconds, "wall": wall})
    return runs


def asreview(python: str, records: pd.DataFrame, priors: list[list[int]], kept: Path | None) -> list[dict]:
    """The same from ASReview, in its own environment; from `kept` where that is there."""
    if kept and kept.is_file():
        return json.loads(kept.read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory() as folder:
        table, given, out = (Path(folder) / name for name in ("set.csv", "priors.json", "out.json"))
        records.to_csv(table, index=False)
        given.write_text(json.dumps(priors), encoding="utf-8")
        command = [python, str(HERE / "screening_asreview.py"), str(table), str(given), str(out)]
        subprocess.run(command, check=True, cwd=folder)
        if kept:
            kept.parent.mkdir(parents=True, exist_ok=True)
            kept.write_bytes(out.read_bytes())
        return json.loads(out.read_text(encoding="utf-8"))


def measure(runs: list[dict]) -> dict[str, float]:
    """Means over the runs."""
    values = {name: np.mean([MEASURES[name](run["labels"]) for run in runs]) for name in SHOWN}
    return values | {name: np.mean([run[name] for run in runs]) for name in ("seconds", "wall")}


def side_by_side(rows: pd.DataFrame) -> str:
    """A Markdown table with a line per set, and what holds over all sets."""
    mine, peer = (rows[rows["tool"] == tool].set_index("set").sort_index() for tool in ("ours", "asreview"))
    times = {name: peer[name] / mine[name] for name in ("seconds", "wall")}
    names = [*SHOWN, "seconds"]
    head = ["set", "records", "relevant", *names, "times faster (processor)", "(wall)"]
    lines = ["| " + " | ".join(head) + " |", "|---" * len(head) + "|"]
    for name, row in mine.iterrows():
        digits = dict.fromkeys(SHOWN, 3) | {"seconds": 2}
        pairs = [f"{row[m]:.{digits[m]}f} / {peer.loc[name, m]:.{digits[m]}f}" for m in names]
        faster = [f"{times[m][name]:.1f}" for m in times]
        lines.append("| " + " | ".join([name, f"{row.records}", f"{row.relevant}", *pairs, *faster]) + " |")
    pairs = [f"{mine[m].mean():.3f} / {peer[m].mean():.3f}" for m in names]
    ratio = [f"{peer[m].sum() / mine[m].sum():.1f}" for m in times]
    lines.append("| " + " | ".join(["**mean**", "", "", *pairs, *ratio]) + " |")
    better = {m: int((np.sign(mine[m] - peer[m]) == (-1 if m == "loss" else 1)).sum()) for m in SHOWN}
    words = ", ".join(f"{m} on {n}" for m, n in better.items())
    lines += ["", f"Each cell: ours / ASReview. Ours is better in {words} of {len(mine)} sets."]
    lines.append(
        f"Times faster lies between {times['seconds'].min():.1f} and {times['seconds'].max():.1f} "
        f"(median {times['seconds'].median():.1f}) in processor time; the last line is the ratio of the sums."
    )
    return "\n".join(lines) + "\n"


def main() -> None:
    """Replay all sets with both and write one row per set and tool."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("sets", type=Path)
    parser.add_argument("python")
    parser.add_argument("out", type=Path, help="path without ending")
    parser.add_argument("--starts", type=int, default=5)
    parser.add_argument("--only", nargs="*", default=[])
    parser.add_argument("--keep", type=Path, help="folder in which ASReview's runs are kept")
    given = parser.parse_args()
    rows = []
    for path in sorted(given.sets.glob("*.csv")):
        if given.only and path.stem not in given.only:
            continue
        records = read_set(path)
        priors = draw_starts(records["included"].to_numpy(), given.starts, seed=0)
        kept = given.keep / f"{path.stem}.json" if given.keep else None
        relevant = int(records["included"].sum())
        base = {"set": path.stem, "records": len(records), "relevant": relevant}
        for tool, runs in (
            ("asreview", asreview(given.python, records, priors, kept)),
            ("ours", ours(records, priors)),
        ):
            rows.append(base | {"runs": given.starts, "tool": tool} | measure(runs))
        table = pd.DataFrame(rows).round(4)
        table.to_csv(given.out.with_suffix(".csv"), index=False)
        given.out.with_suffix(".md").write_text(side_by_side(pd.DataFrame(rows)), encoding="utf-8")
        print(table.tail(2).to_string(index=False, header=False), flush=True)


if __name__ == "__main__":
    main()
