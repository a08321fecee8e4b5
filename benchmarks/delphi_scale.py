"""Bootstrap and leave-one-out of a Delphi: the library beside straightforward pandas and plain loops.

    python benchmarks/delphi_scale.py [panellists] [statements]

On one part (panellists x statements x draws) all three do the same work in one run: the verdict of
percent agreement on each statement, the share of bootstrap draws of panellists that keep it, and the
number of panellists whose absence alone would change it. `pandas` is what an analyst writes (one Series
per statement, `.sample(replace=True)`, `.drop`); `loops` is the same without a library, as in R with
`for` and `sample`. Verdicts and leave-one-out counts must be equal, or the run stops. Then the library
alone does a large Delphi, all five rules included. Times are processor time of this process.
"""

import math
import random
import sys
import time
from pathlib import Path

import numpy as np
import pandas as pd

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "workflow" / "scripts"))

from coproduction.delphi.consensus import limits_of
from coproduction.delphi.settings import DelphiSettings
from coproduction.methods import consensus
from coproduction.methods import distributions as st

PART = dict(panellists=1000, statements=20, draws=200)
LARGE_DRAWS = 2000


def made_up(panellists: int, statements: int) -> np.ndarray:
    rng = np.random.default_rng(1)
    centre = rng.uniform(3, 9, (statements, 1))
    ratings = np.clip(np.rint(rng.normal(centre, 1.8, (statements, panellists))), 1, 9)
    ratings[rng.random(ratings.shape) < 0.05] = np.nan
    return ratings


def library(ratings: np.ndarray, draws: int) -> pd.DataFrame:
    """All five rules, since the library never judges by one alone."""
    rule = limits_of(DelphiSettings())
    counts = st.tally(ratings, rule.scale)
    without = np.isnan(ratings).sum(1)
    shares = consensus.chances(counts, without, rule, draws, np.random.default_rng(1))
    found = {}
    for name in consensus.RULES:
        verdict = consensus.verdicts(counts, name, rule, counts.sum(1) + without)
        certainty = consensus.certainty(shares[name], verdict)
        hinges = consensus.hinges_on_one(counts, without, name, rule)
        found[name] = pd.DataFrame(dict(verdict=verdict, certainty=certainty, hinges=hinges))
    return found["agreement"]


def judged(high: float, low: float) -> str:
    if high >= 0.75 - 1e-9:
        return "in"
    if low >= 0.75 - 1e-9:
        return "out"
    return "split" if min(high, low) >= 0.3 - 1e-9 else "none"


def with_pandas(ratings: np.ndarray, draws: int) -> pd.DataFrame:
    def verdict(own: pd.Series) -> str:
        own = own.dropna()
        return judged((own >= 7).mean(), (own <= 3).mean())

    rows = []
    for _, own in pd.DataFrame(ratings).iterrows():
        kept = verdict(own)
        drawn = [verdict(own.sample(len(own), replace=True, random_state=i)) for i in range(draws)]
        left = [verdict(own.drop(i)) for i in own.index]
        rows.append(
            dict(
                verdict=kept, certainty=float(np.mean([d == kept for d in drawn])), hinges=sum(v != kept for v in left)
            )
        )
    return pd.DataFrame(rows)


def with_loops(ratings: np.ndarray, draws: int) -> pd.DataFrame:
    def verdict(own: list) -> str:
        n = high = low = 0
        for value in own:
            if not math.isnan(value):
                n += 1
                high += value >= 7
                low += value <= 3
        return judged(high / n, low / n)

    chance, rows = random.Random(1), []
    for row in ratings:
        own = row.tolist()
        kept, same, hinges = verdict(own), 0, 0
        for _ in range(draws):
            same += verdict([own[chance.randrange(len(own))] for _ in own]) == kept
        for i in range(len(own)):
            hinges += verdict(own[:i] + own[i + 1 :]) != kept
        rows.append(dict(verdict=kept, certainty=same / draws, hinges=hinges))
    return pd.DataFrame(rows)


def timed(work, ratings: np.ndarray, draws: int) -> tuple[float, pd.DataFrame]:
    start = time.process_time()
    found = work(ratings, draws)
    return time.process_time() - start, found


def main(panellists: int = 3000, statements: int = 300) -> None:
    part = made_up(PART["panellists"], PART["statements"])
    library(part, 10)  # imports and first calls do not count
    seconds, found = {}, {}
    for work in (library, with_pandas, with_loops):
        seconds[work.__name__], found[work.__name__] = timed(work, part, PART["draws"])
    ours = found["library"]
    for name, other in found.items():
        if not ours[["verdict", "hinges"]].astype(str).equals(other[["verdict", "hinges"]].astype(str)):
            raise SystemExit(f"{name} gives other verdicts or leave-one-out counts")
        gap = (ours["certainty"] - other["certainty"]).abs().max()
        print(
            f"{name:12} {seconds[name]:7.3f} s   {seconds[name] / seconds['library']:6.1f} x   "
            f"largest gap of certainty {gap:.3f}"
        )
    large, _ = timed(library, made_up(panellists, statements), LARGE_DRAWS)
    print(f"library on {panellists} x {statements}, {LARGE_DRAWS} draws, five rules: {large:.2f} s")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
