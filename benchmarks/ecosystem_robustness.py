"""How fast the bootstrap of the model is, against one evaluation of the model, and how it grows.

    python benchmarks/ecosystem_robustness.py

Made-up evidence of 60 factors: documents, studies and interviews (and a panel of 30 with 60 statements).
Prints a row for each number of pieces and the slope of the time over the pieces on a log-log scale.
"""

import sys
import time
from pathlib import Path

import numpy as np
import pandas as pd

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "workflow" / "scripts"))

from coproduction.core import accounting, tables  # noqa: E402
from coproduction.core.text import TermIndex  # noqa: E402
from coproduction.delphi.tables import RATINGS  # noqa: E402
from coproduction.ecosystem import model, robustness  # noqa: E402
from coproduction.ecosystem.directions import with_directions  # noqa: E402
from coproduction.ecosystem.settings import EcosystemSettings  # noqa: E402
from coproduction.ecosystem.tables import PEOPLE_DIRECTIONS  # noqa: E402

FACTORS, PANEL, DRAWS, REPEATS = 60, 30, 1000, 5
KINDS = [("desk", "passage"), ("literature", "study"), ("interviews", "quote")]
SIZES = [2500, 5000, 10_000, 20_000]
CODED = dict.fromkeys(["passage", "study", "quote", "rating", "topic"], "coded")


def made_up(pieces: int) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Codebook, evidence and ratings; a source for each ten pieces."""
    random = np.random.default_rng(1)
    ids = [f"f{n:02}" for n in range(FACTORS)]
    codebook = pd.DataFrame({"id": ids, "name": ids, "level": "citizens", "dimension": "individual"}, dtype=str)
    which = random.integers(3, size=pieces)
    evidence = pd.DataFrame(
        {
            "factor": random.choice(ids, pieces),
            "technique": [KINDS[n][0] for n in which],
            "kind": [KINDS[n][1] for n in which],
            "source": [f"s{n}" for n in random.integers(max(pieces // 10, 1), size=pieces)],
            "locator": [f"page {n}" for n in range(pieces)],
            "excerpt": "All of this came first, they said.",
            "value": np.nan,
            "verdict": "",
            "note": "x",
        }
    )
    rated = pd.DataFrame(
        {
            "factor": ids,
            "technique": "delphi",
            "kind": "rating",
            "source": ids,
            "locator": "round 2",
            "excerpt": "It is there.",
            "value": 7.0,
            "verdict": "supported",
            "note": "",
        }
    )
    ratings = pd.DataFrame(
        [(2, f"D{p}", "a", statement, int(random.integers(1, 10))) for p in range(PANEL) for statement in ids],
        columns=["round", "panellist", "group", "statement", "rating"],
    )
    form = RATINGS.part("round", "panellist", "group", "statement", "rating")
    both = pd.concat([evidence, rated], ignore_index=True)
    return codebook, tables.typed(both, accounting.EVIDENCE), tables.typed(ratings, form)


def best(call) -> float:
    """The shortest of some repetitions, in processor seconds."""
    times = []
    for _ in range(REPEATS):
        start = time.process_time()
        call()
        times.append(time.process_time() - start)
    return min(times)


def main() -> None:
    settings = EcosystemSettings(reading=CODED)
    rows = []
    print("| pieces | one evaluation, s | 1,000 draws, s | times |\n|---|---|---|---|")
    for size in SIZES:
        codebook, evidence, ratings = made_up(size)
        index = TermIndex({name: ["xyzzy"] for name in codebook["id"]})
        pieces = with_directions(evidence, tables.empty(PEOPLE_DIRECTIONS), index, settings)
        verdicts = model.verdicts(evidence)
        once = best(lambda p=pieces, c=codebook, v=verdicts: model.weigh(c, p, v, settings))
        factors = model.weigh(codebook, pieces, verdicts, settings)
        trace = model.trace_table(pieces, factors, settings)

        def drawn(trace=trace, factors=factors, ratings=ratings):
            material = robustness.gather_material(trace, factors, ratings, settings)
            return robustness.bootstrap(material, DRAWS, 1)

        many = best(drawn)
        rows.append((size, many))
        print(f"| {size:,} | {once:.3f} | {many:.3f} | {many / once:.1f} |")
    sizes, seconds = np.log(np.array(rows)).T
    print(f"\nSlope of the draws over the pieces: {np.polyfit(sizes, seconds, 1)[0]:.2f}")


if __name__ == "__main__":
    main()
