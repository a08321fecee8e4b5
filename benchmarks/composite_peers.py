"""Stages of composite indicators beside those of the R package COINr.

    python benchmarks/composite_peers.py FOLDER --real PEST   (puts the real indicators into FOLDER/data)
    Rscript benchmarks/composite_peers.R FOLDER
    python benchmarks/composite_peers.py FOLDER

PEST is a table of country, indicator, value and year; neither it nor what comes with R is part of this project.
"""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "workflow" / "scripts"))

import numpy as np  # noqa: E402
import pandas as pd  # noqa: E402
from coproduction.methods import composite  # noqa: E402


def put_real(folder: Path, source: Path) -> None:
    """The latest values of the real indicators, countries in rows."""
    latest = pd.read_csv(source).sort_values("year").drop_duplicates(["country", "indicator"], keep="last")
    (folder / "data").mkdir(parents=True, exist_ok=True)
    latest.pivot(index="country", columns="indicator", values="value").to_csv(folder / "data" / "europe.csv")


def furthest(own: pd.DataFrame, peer: pd.DataFrame) -> float:
    """The largest difference, over the largest value; infinite where cells are empty in one alone."""
    first, second = own.to_numpy(dtype=float), peer[own.columns].to_numpy(dtype=float)
    if (np.isnan(first) != np.isnan(second)).any():
        return float("inf")
    return float(np.nanmax(np.abs(first - second)) / max(np.nanmax(np.abs(second)), 1e-300))


def main(folder: Path) -> None:
    print("| data | units | indicators | treated | min-max | z-score | arithmetic | geometric |")
    print("|---|---:|---:|---:|---:|---:|---:|---:|")
    for path in sorted((folder / "data").glob("*.csv")):
        peer = {
            what: pd.read_csv(folder / f"{path.stem}_{what}.csv", index_col=0)
            for what in ("treated", "minmax", "zscore", "score")
        }
        data = pd.read_csv(path, index_col=0)[list(peer["treated"].columns)].astype(float)
        data.index = [str(n) for n in range(len(data))]
        treated = composite.winsorise(data)
        minmax = composite.normalise(treated, set(), "minmax")
        weights = pd.Series(1.0, index=minmax.columns)
        means = {how: composite.aggregate(minmax, weights, how, 0)["score"] for how in ("arithmetic", "geometric")}
        far = [
            furthest(treated, peer["treated"]),
            furthest(minmax, peer["minmax"]),
            furthest(composite.normalise(treated, set(), "zscore"), peer["zscore"]),
            furthest(means["arithmetic"].to_frame("amean"), peer["score"]),
            furthest(means["geometric"].to_frame("gmean"), peer["score"]),
        ]
        print(f"| {path.stem} | {len(data)} | {data.shape[1]} | " + " | ".join(f"{value:.0e}" for value in far) + " |")


if __name__ == "__main__":
    if len(sys.argv) > 3:
        put_real(Path(sys.argv[1]), Path(sys.argv[3]))
    else:
        main(Path(sys.argv[1]))
