"""Truth table and solutions of many conditions and 60 cases, beside the R package QCA where it is there.

    python benchmarks/qca_size.py [seconds that R may take]

Four kinds of made-up data (three seeds each): fuzzy and independent conditions, conditions that go together
as countries' do, crisp ones with an outcome that follows from them, crisp ones with an outcome by chance.
Processor seconds of the conservative and the parsimonious solutions together, without starting the
program; R's library is looked for as Rscript does it (R_LIBS).
"""

import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "workflow" / "scripts"))

import numpy as np  # noqa: E402
import pandas as pd  # noqa: E402
from coproduction.methods import minimisation, truth_tables  # noqa: E402

CASES = 60


def drawn(kind: str, k: int, seed: int) -> pd.DataFrame:
    """Memberships of 60 cases in k conditions and the outcome Y; none is 0.5."""
    chance = np.random.default_rng(seed)
    if kind == "independent":
        x = chance.beta(0.5, 0.5, (CASES, k))
    elif kind == "together":
        values = 0.7 * chance.normal(size=(CASES, 1)) + 0.7 * chance.normal(size=(CASES, k))
        x = 1 / (1 + np.exp(4 - 8 * (values.argsort(0).argsort(0) + 0.5) / CASES))
    else:
        x = (chance.random((CASES, k)) < 0.5).astype(float)
    y = np.maximum(np.minimum(x[:, 0], x[:, 1]), np.minimum(x[:, 2], 1 - x[:, 3]))
    if kind in ("independent", "together"):
        y = np.clip(y + chance.normal(0, 0.08, CASES), 0, 1)
    elif kind == "crisp, by chance":
        y = (chance.random(CASES) < 0.5).astype(float)
    table = pd.DataFrame(np.c_[x, y].round(2), columns=[f"C{n}" for n in range(k)] + ["Y"])
    return table.where(table != 0.5, 0.51)


def solved(table: pd.DataFrame) -> tuple[float, minimisation.Solutions, minimisation.Solutions]:
    """Processor seconds, conservative and parsimonious solutions."""
    start = time.process_time()
    data = truth_tables.of_frame(table.set_axis(map(str, table.index)), "Y", list(table)[:-1])
    rows = truth_tables.rows(data)
    positive = truth_tables.positive(rows, 1, 0.8, 0)
    remainders = [row.number for row in rows if row.n < 1]
    plain = minimisation.shortest(positive, [], data.fields)
    short = minimisation.shortest(positive, remainders, data.fields)
    return time.process_time() - start, plain, short


def in_r(table: pd.DataFrame, folder: Path, seconds: float) -> str:
    """What qca_size.R prints, or why there is nothing."""
    path = folder / "data.csv"
    table.to_csv(path, index=False)
    command = ["Rscript", str(ROOT / "benchmarks" / "qca_size.R"), str(path)]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=seconds, check=False)
    except subprocess.TimeoutExpired:
        return f"not done after {seconds:g} s"
    return done.stdout.strip().splitlines()[-1] if done.returncode == 0 else done.stderr.strip().splitlines()[-2]


def main(seconds: float) -> None:
    print("| data | conditions | seed | here, s | solutions | R: s, solutions |")
    print("|---|---:|---:|---:|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        for kind in ("independent", "together", "crisp", "crisp, by chance"):
            for k in (8, 12):
                for seed in (1, 2, 3):
                    table = drawn(kind, k, seed)
                    took, plain, short = solved(table)
                    told = f"{plain.number}, {'' if short.complete else 'at least '}{short.number}"
                    peer = in_r(table, Path(folder), seconds) if seconds else "not run"
                    print(f"| {kind} | {k} | {seed} | {took:.2f} | {told} | {peer} |", flush=True)


if __name__ == "__main__":
    main(float(sys.argv[1]) if len(sys.argv) > 1 else 0)
