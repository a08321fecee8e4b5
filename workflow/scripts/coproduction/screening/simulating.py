"""Simulation mode: labelled sets replayed from several starts, with measures and curves."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from coproduction.core import tables
from coproduction.screening import simulation
from coproduction.screening.features import make_features
from coproduction.screening.kernel import dense_kernel
from coproduction.screening.labelled import read_labelled
from coproduction.screening.ranking import Model
from coproduction.screening.settings import ScreeningSettings
from coproduction.screening.tables import SIMULATED, SIMULATED_CURVES

MARKS = 500  # points of a curve

MEASURES = {
    "loss": simulation.loss,
    "ndcg": simulation.ndcg,
    "wss95": simulation.work_saved,
    "rrf10": lambda labels: simulation.recall_at(labels, 0.1),
    "atd": simulation.time_to_discovery,
}


def draw_starts(included: np.ndarray, starts: int, seed: int) -> list[list[int]]:
    """One relevant and one irrelevant record for each start, drawn by seed, seed + 1, ..."""
    included = np.asarray(included)
    pairs = []
    for number in range(seed, seed + starts):
        chance = np.random.default_rng(number)
        pairs.append([int(chance.choice(np.flatnonzero(included == label))) for label in (1, 0)])
    return pairs


def simulate_sets(
    paths: Sequence[str], settings: ScreeningSettings, seed: int
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """SIMULATED and SIMULATED_CURVES of all sets; empty without any."""
    rows: list[dict] = []
    curves: list[pd.DataFrame] = []
    for path in sorted(paths):
        records = read_labelled(path)
        own, drawn = _simulate(Path(path).name, records, settings, seed)
        rows += own
        curves += drawn
    if not rows:
        return tables.empty(SIMULATED), tables.empty(SIMULATED_CURVES)
    return pd.DataFrame(rows), pd.concat(curves, ignore_index=True)


def _simulate(
    name: str, records: pd.DataFrame, settings: ScreeningSettings, seed: int
) -> tuple[list[dict], list[pd.DataFrame]]:
    labels, model = records["included"].to_numpy(), Model()
    features = make_features(records, model.kinds)
    small = len(labels) <= simulation.DENSE_KERNEL
    kernel = dense_kernel(features.similar) if small else None
    rows, curves = [], []
    for start, pair in enumerate(draw_starts(labels, settings.simulation_starts, seed), start=1):
        query = settings.simulation_query
        shown = labels[simulation.replay(features, labels, pair, model, query, kernel)]
        first = [int(records.index[i]) for i in pair]
        rows.append(
            {"set": name, "records": len(labels), "relevant": int(labels.sum()), "start": start}
            | {"first_relevant": first[0], "first_irrelevant": first[1]}
            | {measure: round(function(shown), 6) for measure, function in MEASURES.items()}
        )
        curves.append(_curve(shown).assign(set=name, start=start))
    return rows, curves


def _curve(shown: np.ndarray) -> pd.DataFrame:
    """Shares read and found, at about MARKS points."""
    found = np.append(0, simulation.recall_curve(shown))
    kept = np.unique(np.linspace(0, len(shown), min(MARKS, len(shown) + 1)).round().astype(int))
    return pd.DataFrame({"screened": (kept / len(shown)).round(6), "found": found[kept].round(6)})
