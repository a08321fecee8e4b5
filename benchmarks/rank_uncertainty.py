"""Joint draws of all choices beside a plain loop over the draws: the same ranks, the time of each.

python benchmarks/rank_uncertainty.py
"""

import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "workflow" / "scripts"))

import numpy as np  # noqa: E402
import pandas as pd  # noqa: E402
from coproduction.methods import composite, composite_uncertainty  # noqa: E402

COUNTRIES, SIZES = 31, (5, 5, 5, 6)


def tables() -> dict[tuple[str, ...], np.ndarray]:
    chance = np.random.default_rng(1)
    values = pd.DataFrame(chance.gamma(2, 20, (COUNTRIES, sum(SIZES))))
    values = values.mask(chance.random(values.shape) < 0.03)
    found = {}
    for how, together in composite.variants():
        scaled = composite.normalise(values, set(), how).to_numpy()
        for imputation in ("none", "median"):
            found[how, imputation, together] = scaled
    return found


def loop(prepared: dict, groups: np.ndarray, draws: int, seed: int) -> np.ndarray:
    """One draw after the other, by plain NumPy."""
    chance = np.random.default_rng(seed)
    keys = list(prepared)
    which = chance.integers(0, len(keys), draws)
    weights = [chance.dirichlet(np.ones(n), size=draws) for n in SIZES]
    between = chance.dirichlet(np.ones(len(SIZES)), size=draws)
    ranks = np.empty((draws, COUNTRIES))
    for draw in range(draws):
        key = keys[which[draw]]
        scores = np.zeros(COUNTRIES)
        for group in range(len(SIZES)):
            own = pd.DataFrame(prepared[key][:, groups == group])
            score = composite.aggregate(own, pd.Series(weights[group][draw]), key[-1], 0)["score"]
            scores = scores + between[draw, group] * score.to_numpy()
        ranks[draw] = composite.rank(pd.Series(scores)).to_numpy()
    return ranks


def main() -> None:
    prepared = tables()
    groups = np.repeat(np.arange(len(SIZES)), SIZES)
    part = np.ones((COUNTRIES, len(SIZES)), dtype=bool)
    for draws in (1_000, 10_000, 100_000):
        start = time.process_time()
        _, whole = composite_uncertainty.joint_draws(
            prepared, ["normalisation", "imputation", "aggregation"], groups, part, draws, 7
        )
        ours = time.process_time() - start
        print(f"{draws} draws: {ours:.2f} s")
        if draws == 1_000:
            start = time.process_time()
            same = np.array_equal(whole.ranks, loop(prepared, groups, draws, 7))
            print(f"  a loop: {time.process_time() - start:.2f} s, the same ranks: {same}")


if __name__ == "__main__":
    main()
