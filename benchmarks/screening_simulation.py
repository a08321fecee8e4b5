"""The ranking beside ASReview's default model: same records, same priors, one record at a time.

    python benchmarks/screening_simulation.py SETS ASREVIEW_PYTHON OUT.csv [--seeds 5] [--keep FOLDER]

SETS is the folder of labelled sets (title, abstract and a label of inclusion); ASREVIEW_PYTHON is
the interpreter of an environment with asreview 2. Both replay the same sets in the same run, from
one relevant and one irrelevant record drawn by seed, until all relevant records are found; both
see title and abstract only. Loss, NDCG and WSS@95 are computed by the same functions here, priors
excluded. Seconds are processor time of features and simulation, one thread each, so
that other work on the machine does not count.
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

from coproduction.screening.features import make_features  # noqa: E402
from coproduction.screening.ranking import Model  # noqa: E402
from coproduction.screening.simulation import loss, ndcg, recall_at, replay, work_saved  # noqa: E402

LABELS = ("label_included", "included", "human_recommendation")
YES = {"1", "1.0", "yes", "include", "true"}


def read_set(path: Path) -> pd.DataFrame:
    """title, abstract, included (0, 1) of a labelled set; records marked as duplicates left out."""
    table = pd.read_csv(path, dtype=str, keep_default_na=False)
    if "duplicate_record_id" in table:
        table = table[table["duplicate_record_id"] == ""]
    label = next(name for name in LABELS if name in table)
    included = table[label].str.strip().str.lower().isin(YES).astype(int)
    return table[["title", "abstract"]].assign(included=included).reset_index(drop=True)


def draw_priors(included: pd.Series, seeds: int) -> list[list[int]]:
    """One relevant and one irrelevant record for each seed."""
    pairs = []
    for seed in range(seeds):
        chance = np.random.default_rng(seed)
        pairs.append([int(chance.choice(np.flatnonzero(included == label))) for label in (1, 0)])
    return pairs


def ours(records: pd.DataFrame, priors: list[list[int]]) -> list[dict]:
    """Labels in the order of our replay and the seconds of each run."""
    labels, runs = records["included"].to_numpy(), []
    for pair in priors:
        start = time.process_time()
        features = make_features(records[["title", "abstract"]], Model().kinds)
        order = replay(features, labels, pair, Model())
        runs.append({"labels": labels[order].tolist(), "seconds": time.process_time() - start})
    return runs


def asreview(
    python: str, records: pd.DataFrame, priors: list[list[int]], kept: Path | None
) -> list[dict]:
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
            kept.write_bytes(out.read_bytes())
        return json.loads(out.read_text(encoding="utf-8"))


def measure(runs: list[dict]) -> dict[str, float]:
    """Means over the runs."""
    measures = {
        "loss": loss,
        "ndcg": ndcg,
        "wss95": work_saved,
        "rrf10": lambda labels: recall_at(labels, 0.1),
    }
    values = {name: np.mean([f(run["labels"]) for run in runs]) for name, f in measures.items()}
    return values | {"seconds": np.mean([run["seconds"] for run in runs])}


def main() -> None:
    """Replay all sets with both and write one row per set and tool."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("sets", type=Path)
    parser.add_argument("python")
    parser.add_argument("out", type=Path)
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--only", nargs="*", default=[])
    parser.add_argument("--keep", type=Path, help="folder in which ASReview's runs are kept")
    given = parser.parse_args()
    rows = []
    for path in sorted(given.sets.glob("*.csv")):
        if given.only and path.stem not in given.only:
            continue
        records = read_set(path)
        priors = draw_priors(records["included"], given.seeds)
        kept = given.keep / f"{path.stem}.json" if given.keep else None
        base = {
            "set": path.stem,
            "records": len(records),
            "relevant": int(records["included"].sum()),
            "runs": given.seeds,
        }
        for tool, runs in (
            ("asreview", asreview(given.python, records, priors, kept)),
            ("ours", ours(records, priors)),
        ):
            rows.append(base | {"tool": tool} | measure(runs))
        pd.DataFrame(rows).round(4).to_csv(given.out, index=False)
        print(pd.DataFrame(rows[-2:]).round(4).to_string(index=False, header=False), flush=True)


if __name__ == "__main__":
    main()
