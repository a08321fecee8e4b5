"""The replay of a finished screening, which runs only where somebody asks for its figure."""

import pandas as pd
import pytest

pytestmark = pytest.mark.slow

FOLDER = "results/screening/simulation"


def test_a_labelled_set_in_the_study_folder_is_replayed_on_demand(fresh):
    rows = [
        (f"Care {i}", "neighbours coproduce home care", 1)
        if i % 5 == 0
        else (f"Grid {i}", "battery storage in electric grids", 0)
        for i in range(40)
    ]
    table = pd.DataFrame(rows, columns=["title", "abstract", "included"])
    table.to_csv(fresh.path / "data/demo/screening/labelled_grids.csv", index=False)
    done = fresh.snakemake("--config", "screening={simulation_starts: 2}", "--", f"{FOLDER}/figures/recall.svg")
    assert done.returncode == 0, done.stdout[-3000:]
    measures = pd.read_csv(fresh.path / FOLDER / "measures.csv")
    assert set(measures["set"]) == {"labelled_grids.csv"}
    assert (measures["wss95"] > 0.5).all()  # nothing is easier to tell apart
    assert not (fresh.path / "results/screening/queue.csv").exists()
