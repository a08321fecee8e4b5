"""The stop statement and the curves of this study."""

import math
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from coproduction.core import accounting, tables
from coproduction.core import markdown as md
from coproduction.methods import replay, stopping
from coproduction.methods.relevance_model import Model
from coproduction.methods.similarities import Similarities
from coproduction.methods.text_features import Features, make_features
from coproduction.screening.queue import known_labels, random_order
from coproduction.screening.settings import ScreeningSettings
from coproduction.screening.tables import MEASURES, PROGRESS, STOP

UNKNOWN = "unknown: the files do not show the order in which records were decided"
RULE = "stopping rule, p"
A_TEST = "a test of the recall target, provided that the ranking is as good as assumed"
RULE_OF_THUMB = "shows how much was read, not how much was found: not a reason to stop"
STARTS = 10  # replays from different starting records
REPLAYED = 2000  # decided records that are replayed at most
QUERIES = 500  # times that a replay learns anew, about
STEPS = 100  # points at which the stopping rule is traced
MARKS = 2000  # points of a curve


@dataclass(frozen=True)
class Sequence:
    """The records that have been decided, in the order in which they were, as far as it is known.

    `ends`: numbers of records after which the order is sure; between two of them it is not known
    which came first (the records of a day). None where the files do not say when they were decided.
    `precision`: "time", "day" or "unknown"; `undated`: records whose decision has no date.
    """

    records: list[str]
    labels: np.ndarray
    ends: np.ndarray | None
    precision: str
    undated: int


def screening_order(decisions: pd.DataFrame, labels: pd.Series) -> Sequence:
    """Records in the order of their first decision on title and abstract.

    By day and time; a day counts as one moment where a decision of it has no time. The order of the
    rows of a file is not taken for that of the decisions, and neither is the day of an export that
    says what a team has settled.
    """
    title_decisions = decisions[decisions["stage"] == "title_abstract"]
    title_decisions = title_decisions[title_decisions["record"].isin(labels.index)]
    day = title_decisions["date"].where(title_decisions["scope"] != "team", "")
    timed = (title_decisions["time"] != "").groupby(day).transform("all")
    title_decisions = title_decisions.assign(when=(day + " " + title_decisions["time"].where(timed, "")).str.strip())
    title_decisions = title_decisions.sort_values(["when", "record"], kind="stable")
    first = title_decisions.drop_duplicates("record")
    undated = int((title_decisions.groupby("record")["when"].min() == "").sum())
    records = first["record"].tolist()
    relevance = labels[records].to_numpy(dtype=int)
    if undated or not records:
        return Sequence(records, relevance, None, "unknown", undated)
    ends = np.flatnonzero(first["when"].ne(first["when"].shift(-1))) + 1
    precise = first["when"].str.contains(" ").all()
    return Sequence(records, relevance, ends, "time" if precise else "day", 0)


def state_stop(states: pd.DataFrame, decisions: pd.DataFrame, settings: ScreeningSettings) -> pd.DataFrame:
    """STOP: what has been screened and found, the stopping rule, the heuristics, recall."""
    labels = known_labels(states, decisions)
    order = screening_order(decisions, labels)
    labels_in_order, ends = order.labels, order.ends
    total, n_relevant = len(states), int(labels_in_order.sum())
    rows = [
        _row("records in all", total),
        _row("records screened", len(labels_in_order), there=f"{len(labels_in_order)} of {total}"),
        _row("relevant records found", n_relevant),
    ]
    rows.append(_row("order of the decisions", math.nan, there=_order_words(order)))
    alpha = 1 - settings.stop_confidence
    wanted = f"p below {alpha:.3g} for recall of {100 * settings.recall_target:.0f} %"
    if ends is None and 0 < len(labels_in_order) < total:
        rows.append(_row(RULE, math.nan, wanted=wanted, there=UNKNOWN, met=None))
    else:
        p = stopping.missed_target_p(labels_in_order, total, settings.recall_target, ends, settings.stop_odds)
        there = f"p = {p:.3f}" if p >= 0.0005 else "p < 0.001"
        rows.append(_row(RULE, p, wanted=wanted, there=there, met=p < alpha))
    estimate, expected = _from_sample(order, decisions, total, settings.confidence)
    rows.append(estimate)
    keys_known = [key for key in settings.key_records if key in set(states["record"])]
    keys = (sum(int(labels.get(key, 0)) for key in keys_known), len(settings.key_records))
    checks = stopping.check_heuristics(
        labels_in_order,
        total,
        share=settings.safe_share,
        run=settings.safe_run,
        expected=expected,
        keys=keys,
        ends=ends,
    )
    if ends is None and len(labels_in_order):
        checks = [
            replace(check, there=UNKNOWN, met=None) if check.name == stopping.IN_A_ROW else check for check in checks
        ]
    rows += [
        _row(c.name, math.nan, wanted=c.wanted, there=c.there, met=c.met) | {"worth": RULE_OF_THUMB} for c in checks
    ]
    return accounting.table([{"worth": A_TEST if row["statement"] == RULE else ""} | row for row in rows], STOP)


def _row(
    name: str,
    value: float,
    low: float = math.nan,
    high: float = math.nan,
    wanted: str = "",
    there: str = "",
    met: bool | str | None = "",
) -> dict:
    met_in_words = "" if met == "" else "unknown" if met is None else "yes" if met else "no"
    numbers = {"value": value, "low": low, "high": high}
    values = {name: "" if math.isnan(number) else number for name, number in numbers.items()}
    return {"statement": name, "wanted": wanted, "there": there, "met": met_in_words} | values


def _order_words(order: Sequence) -> str:
    if order.precision == "unknown":
        return f"{UNKNOWN}; {md.plural(order.undated, 'record')} without a date" if order.undated else UNKNOWN
    return f"known to the {order.precision}"


def _from_sample(order: Sequence, decisions: pd.DataFrame, total: int, confidence: float) -> tuple[dict, float | None]:
    """Recall estimated from the records noted as a random sample, and the relevant expected.

    The sample stands for all records that had not been screened when it was begun; the recall is
    that of all that has been found by now.
    """
    notes = decisions.loc[decisions["stage"] == "title_abstract", ["record", "note"]]
    drawn = set(notes.loc[notes["note"].str.lower().str.contains(r"\brandom\b"), "record"])
    labels_in_order = order.labels
    in_sample = np.array([record in drawn for record in order.records], dtype=bool)
    name = "recall from a random sample"
    if not in_sample.any():
        wanted = "records of the queue in random order, with 'random' in their note"
        return _row(name, math.nan, wanted=wanted, there="no sample"), None
    if order.ends is None:
        return _row(name, math.nan, wanted="an order of the decisions", there=UNKNOWN), None
    relevant, sample = int(labels_in_order[in_sample].sum()), int(in_sample.sum())
    first = int(np.flatnonzero(in_sample)[0])
    before = int(max([0, *order.ends[order.ends <= first]]))
    population = total - before
    estimate = stopping.relevant_left(sample, relevant, population, confidence)
    n_found, found_before = int(labels_in_order.sum()), int(labels_in_order[:before].sum())
    recall = stopping.estimate_recall(n_found, found_before, estimate)
    there = f"{relevant} relevant in a sample of {sample} of {population}"
    row = _row(name, recall.value, recall.low, recall.high, there=there)
    return row, found_before + estimate.value


def trace_progress(
    records: pd.DataFrame,
    states: pd.DataFrame,
    decisions: pd.DataFrame,
    settings: ScreeningSettings,
    features: Features | None = None,
    model: Model | None = None,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """PROGRESS and MEASURES: screening as it went, and the ranking replayed on the same decisions.

    The replay is among the records that have been decided, from the first ten pairs of a relevant
    and an irrelevant record in the order of their ids, so it shows what the ranking would have
    saved; it is not an estimate for the records not screened. Of more than REPLAYED decided records
    a random sample of so many is replayed, and its curve is drawn to the scale of all.
    """
    labels = known_labels(states, decisions)
    order = screening_order(decisions, labels)
    labels_in_order = order.labels
    if not len(labels_in_order):
        return tables.empty(PROGRESS), tables.empty(MEASURES)
    rows = []
    if order.ends is not None:
        sure = np.append(0, order.ends)
        rows += [row for row in _curve("as screened", labels_in_order, known_at=sure)]
        step = max(1, len(labels_in_order) // STEPS)
        rows += [
            {"curve": "p", "screened": end, "found": p}
            for end, p in stopping.trace_p(
                labels_in_order, len(states), settings.recall_target, step, order.ends, settings.stop_odds
            )
        ]
    places = _sample(records["record"], set(order.records))
    labels_of_places = labels[records["record"].iloc[places]].to_numpy(dtype=int)
    model = model or Model()
    features = make_features(records.iloc[places], model.kinds) if features is None else features.take(places)
    runs = _replays(features, labels_of_places, model)
    if runs:
        scale = len(labels_in_order) / len(labels_of_places)
        rows += _curve("ranking replayed", np.mean(runs, axis=0), first=1, scale=scale)
        chance = np.full(len(runs[0]), np.mean(runs[0]))
        rows += _curve("chance", chance, first=1, scale=scale)
    return accounting.table(rows, PROGRESS), _measures(runs)


def _sample(records: pd.Series, decided: set[str]) -> np.ndarray:
    """Places of the decided records, or of REPLAYED of them at random, in the order of their ids."""
    names = sorted(decided)
    if len(names) > REPLAYED:
        place = random_order(names, seed=0)
        names = [name for name in names if place[name] <= REPLAYED]
    index = {record: i for i, record in enumerate(records)}
    return np.array([index[name] for name in names], dtype=int)


def _curve(
    name: str, labels: np.ndarray, first: int = 0, scale: float = 1, known_at: np.ndarray | None = None
) -> list[dict]:
    """Found after 0, 1, ... records; `first` relevant records were known at the start.

    `known_at`: numbers of records at which the curve is known, all of them if None. Of long curves
    about MARKS points are kept.
    """
    n_found = np.concatenate([[0], np.cumsum(labels)]) + first
    places = np.arange(len(n_found)) if known_at is None else known_at
    step = max(1, len(places) // MARKS)
    marks = sorted({*places[::step].tolist(), len(n_found) - 1})
    return [
        {"curve": name, "screened": round((i + 2 * first) * scale), "found": round(float(n_found[i]) * scale, 6)}
        for i in marks
    ]


def _replays(features: Features, labels: np.ndarray, model: Model) -> list[np.ndarray]:
    """Labels in the order of the replay, for up to STARTS pairs of starting records."""
    relevant, irrelevant = np.flatnonzero(labels == 1), np.flatnonzero(labels == 0)
    if len(relevant) < 2 or not len(irrelevant):
        return []
    similarities, batch = Similarities(features.similar), max(1, len(labels) // QUERIES)
    runs = []
    for pair in zip(relevant[:STARTS], irrelevant[:STARTS], strict=False):
        start = [int(i) for i in pair]
        runs.append(labels[replay.replay(features, labels, start, model, batch, similarities)])
    return runs


def _measures(runs: list[np.ndarray]) -> pd.DataFrame:
    usable = [run for run in runs if 0 < run.sum() < len(run)]
    if not usable:
        return tables.empty(MEASURES)
    measures = {
        "WSS@95": lambda run: replay.work_saved(run, 0.95),
        "RRF@10": lambda run: replay.recall_at(run, 0.1),
        "loss": replay.loss,
        "NDCG": replay.ndcg,
        "ATD": replay.time_to_discovery,
    }
    rows = []
    for name, measure in measures.items():
        values = [measure(run) for run in usable]
        rows.append(
            {
                "measure": name,
                "value": float(np.mean(values)),
                "low": min(values),
                "high": max(values),
                "starts": len(values),
            }
        )
    return accounting.table(rows, MEASURES)
