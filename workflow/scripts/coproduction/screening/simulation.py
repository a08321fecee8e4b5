"""Simulation mode: labelled sets replayed from several starts, with measures and curves."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from coproduction.core import people_tables, tables
from coproduction.core.errors import StudyError, raise_all
from coproduction.methods import replay
from coproduction.methods.relevance_model import Model
from coproduction.methods.similarities import Similarities
from coproduction.methods.text_features import make_features
from coproduction.screening.settings import ScreeningSettings
from coproduction.screening.tables import LABELLED, SIMULATION_CURVES, SIMULATION_MEASURES

MARKS = 500  # points of a curve
LABELS = (
    "included",
    "label_included",
    "label",
    "final_included",
    "abstract_included",
    "asreview_label",
    "human_recommendation",
)
YES = {"1", "1.0", "yes", "y", "include", "included", "true", "relevant"}
NO = {"0", "0.0", "no", "n", "exclude", "excluded", "false", "irrelevant", "not relevant"}

MEASURES = {
    "loss": replay.loss,
    "ndcg": replay.ndcg,
    "wss95": replay.work_saved,
    "rrf10": lambda labels: replay.recall_at(labels, 0.1),
    "atd": replay.time_to_discovery,
}


def read_labelled(path: str | Path) -> pd.DataFrame:
    """title, abstract, keywords, included (1, 0) of a labelled set; the index is the row in the file.

    Raises StudyError where the label is missing or unclear, and where fewer than two records are
    relevant or none is irrelevant, as there is nothing to find then.
    """
    path = Path(path)
    table = people_tables.read_people_table(path, LABELLED)
    column = next((name for name in LABELS if name in table), None)
    if column is None:
        raise StudyError(
            "no column shows which records were included",
            file=path,
            row=1,
            remedy=f"Name the column {LABELS[0]} and write 1 or 0",
        )
    if "duplicate_record_id" in table:
        table = table[table["duplicate_record_id"] == ""]
    label_cells = table[column].astype(str).str.strip().str.lower()
    raise_all(
        [
            StudyError(
                f"'{table.loc[row, column]}' does not show whether the record was included",
                file=path,
                row=int(row),
                column=column,
                remedy="Write 1 or 0, or remove the row",
            )
            for row in label_cells.index[~label_cells.isin(YES | NO)]
        ]
    )
    included = label_cells.isin(YES).astype(int)
    if included.sum() < 2 or included.all():
        raise StudyError(
            f"{included.sum()} of {len(included)} records are included",
            file=path,
            column=column,
            remedy="A replay needs two included records and one excluded record",
        )
    keywords = table.get("keywords", "")
    return table[["title", "abstract"]].assign(keywords=keywords, included=included)


def draw_starts(included: np.ndarray, starts: int, seed: int) -> list[list[int]]:
    """One relevant and one irrelevant record for each start, drawn by seed, seed + 1, ..."""
    included = np.asarray(included)
    pairs = []
    for number in range(seed, seed + starts):
        chance = np.random.default_rng(number)
        pairs.append([int(chance.choice(np.flatnonzero(included == label))) for label in (1, 0)])
    return pairs


def simulate_sets(paths: Sequence[str], settings: ScreeningSettings, seed: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """SIMULATION_MEASURES and SIMULATION_CURVES of all sets; empty without any."""
    rows: list[dict] = []
    curves: list[pd.DataFrame] = []
    for path in sorted(paths):
        records = read_labelled(path)
        measures, set_curves = _simulate(Path(path).name, records, settings, seed)
        rows += measures
        curves += set_curves
    if not rows:
        return tables.empty(SIMULATION_MEASURES), tables.empty(SIMULATION_CURVES)
    return pd.DataFrame(rows), pd.concat(curves, ignore_index=True)


def _simulate(
    name: str, records: pd.DataFrame, settings: ScreeningSettings, seed: int
) -> tuple[list[dict], list[pd.DataFrame]]:
    labels, model = records["included"].to_numpy(), Model()
    features = make_features(records, model.kinds)
    similarities = Similarities(features.similar)
    rows, curves = [], []
    for start, pair in enumerate(draw_starts(labels, settings.simulation_starts, seed), start=1):
        query = settings.simulation_query
        labels_in_order = labels[replay.replay(features, labels, pair, model, query, similarities)]
        first = [int(records.index[i]) for i in pair]
        rows.append(
            {"set": name, "records": len(labels), "relevant": int(labels.sum()), "start": start}
            | {"first_relevant": first[0], "first_irrelevant": first[1]}
            | {measure: round(function(labels_in_order), 6) for measure, function in MEASURES.items()}
        )
        curves.append(_curve(labels_in_order).assign(set=name, start=start))
    return rows, curves


def _curve(labels_in_order: np.ndarray) -> pd.DataFrame:
    """Shares read and found, at about MARKS points."""
    n_found = np.append(0, replay.recall_curve(labels_in_order))
    marks = np.unique(np.linspace(0, len(labels_in_order), min(MARKS, len(labels_in_order) + 1)).round().astype(int))
    return pd.DataFrame({"screened": (marks / len(labels_in_order)).round(6), "found": n_found[marks].round(6)})
