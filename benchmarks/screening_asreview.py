"""ASReview's side of the screening benchmark; runs in ASReview's own environment.

Called by `screening_simulation.py` as `python screening_asreview.py SET.csv PRIORS.json OUT.json`.
SET.csv has the columns title, abstract, included (0 or 1); PRIORS.json is a list of lists of row
numbers, one list per run. OUT.json receives for each run the labels in the order in which
ASReview's default model showed the records (priors left out, never-shown records last as 0)
and the processor and wall-clock seconds that its simulation took (vectorising included). Nothing
here is used by the workflow.
"""

import json
import sys
import time

import pandas as pd
from asreview import __version__
from asreview.learner import ActiveLearningCycle
from asreview.models.models import get_ai_config
from asreview.models.queriers import TopDown
from asreview.models.stoppers import IsFittable
from asreview.simulation.simulate import Simulate


def replay(records: pd.DataFrame, priors: list[int]) -> dict:
    """One run of `asreview simulate` with the given priors, one record at a time."""
    config = get_ai_config()
    cycles = [
        ActiveLearningCycle(querier=TopDown(), stopper=IsFittable()),
        ActiveLearningCycle.from_meta(config["value"]),
    ]
    start, clock = time.process_time(), time.perf_counter()
    simulation = Simulate(records[["title", "abstract"]], records["included"], cycles, print_progress=False)
    simulation.label(priors)
    simulation.review()
    seconds, wall = time.process_time() - start, time.perf_counter() - clock
    shown = simulation._results.iloc[len(priors) :]["label"].astype(int).tolist()
    missing = len(records) - len(priors) - len(shown)
    return {
        "labels": shown + [0] * missing,
        "shown": len(shown),
        "seconds": seconds,
        "wall": wall,
        "model": config["name"],
        "version": __version__,
    }


def main(table: str, priors: str, out: str) -> None:
    """Replay all runs of one set and write what came out."""
    records = pd.read_csv(table, keep_default_na=False)
    with open(priors, encoding="utf-8") as file:
        runs = json.load(file)
    with open(out, "w", encoding="utf-8") as file:
        json.dump([replay(records, run) for run in runs], file)


if __name__ == "__main__":
    main(*sys.argv[1:])
