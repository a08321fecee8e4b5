"""How long a large Delphi takes, beside the same statistics in a plain pandas and NumPy loop.

    python benchmarks/delphi_scale.py [panellists] [statements]

The loop draws panellists one bootstrap sample at a time, as a script by hand does; it runs on a part
of the panel, the statements and the draws, and the library on the same part beside it.
"""

import sys
import time
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "workflow" / "scripts"))

from coproduction.delphi import consensus
from coproduction.delphi import statistics as st
from coproduction.delphi.settings import DelphiSettings

DRAWS, PART, PART_DRAWS = 2000, 10, 100


def library(ratings: np.ndarray, settings: DelphiSettings) -> np.ndarray:
    rule = consensus.Rule(consensus.scale_of(settings), settings.consensus)
    counts = st.tally(ratings, rule.scale)
    without = np.isnan(ratings).sum(1)
    for name in consensus.RULES:
        consensus.verdicts(counts, name, rule, counts.sum(1) + without)
    consensus.hinges_on_one(counts, without, "agreement", rule)
    rng = np.random.default_rng(1)
    return consensus.certainty(counts, without, "agreement", rule, DRAWS, rng)


def by_hand(ratings: np.ndarray) -> np.ndarray:
    def verdict(values):
        values = values[~np.isnan(values)]
        if np.mean(values >= 7) >= 0.75:
            return "in"
        if np.mean(values <= 3) >= 0.75:
            return "out"
        return "split" if min(np.mean(values >= 7), np.mean(values <= 3)) >= 0.3 else "none"

    rng = np.random.default_rng(1)
    same = []
    for row in ratings:
        kept = verdict(row)
        for i in range(len(row)):
            verdict(np.delete(row, i))
        draws = [verdict(rng.choice(row, len(row))) for _ in range(PART_DRAWS)]
        same.append(np.mean([d == kept for d in draws]))
    return np.array(same)


def main(panellists: int = 3000, statements: int = 300) -> None:
    rng = np.random.default_rng(1)
    centre = rng.uniform(4, 9, (statements, 1))
    ratings = np.clip(np.rint(rng.normal(centre, 1.8, (statements, panellists))), 1, 9)
    ratings[rng.random(ratings.shape) < 0.05] = np.nan
    start = time.perf_counter()
    library(ratings, DelphiSettings())
    ours = time.perf_counter() - start
    start = time.perf_counter()
    by_hand(ratings[:PART, :300])
    hand = time.perf_counter() - start
    print(f"{panellists} panellists x {statements} statements, {DRAWS} draws: {ours:.2f} s")
    small = time.perf_counter()
    library(ratings[:PART, :300], DelphiSettings())
    small = time.perf_counter() - small
    print(
        f"300 x {PART}: library {small:.3f} s with {DRAWS} draws, loop {hand:.2f} s with {PART_DRAWS}"
    )


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
