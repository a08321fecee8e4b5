"""Simulation mode: labelled sets as people have them, replayed, measured and drawn."""

import json
import os
import subprocess

import numpy as np
import pandas as pd
import pytest
from coproduction.core import figures
from coproduction.core.errors import StudyError
from coproduction.core.tables import conforming
from coproduction.screening.figures import draw_simulation
from coproduction.screening.settings import ScreeningSettings
from coproduction.screening.simulation import MEASURES, draw_starts, read_labelled, simulate_sets
from coproduction.screening.tables import SIMULATION_CURVES, SIMULATION_MEASURES

THEMES = ("citizens and officials coproduce home care", "battery storage in electric grids")


def write_set(path, label="included", said=("1", "0"), n=40, **more):
    chance = np.random.default_rng(3)
    words = ["town", "river", "nurse", "child", "school", "bus", "park", "housing", "work", "youth"]
    rows = []
    for i in range(n):
        irrelevant = int(i % 4 != 0)
        filler = " ".join(chance.choice(words, 8))
        row = {"title": f"{filler} {i}", "abstract": THEMES[irrelevant], label: said[irrelevant]}
        rows.append(row | {name: values[i] for name, values in more.items()})
    pd.DataFrame(rows).to_csv(path, index=False)
    return path


@pytest.mark.parametrize(
    ("label", "said"), [("label_included", ("1", "0")), ("included", ("yes", "No")), ("asreview_label", ("1.0", "0.0"))]
)
def test_labels_as_other_tools_write_them(tmp_path, label, said):
    records = read_labelled(write_set(tmp_path / "labelled.csv", label, said))
    assert records["included"].tolist() == [int(i % 4 == 0) for i in range(40)]


def test_rows_marked_as_duplicates_are_left_out(tmp_path):
    marked = ["7" if i in (4, 9) else "" for i in range(40)]
    path = write_set(tmp_path / "labelled.csv", duplicate_record_id=marked)
    records = read_labelled(path)
    assert len(records) == 38
    assert 4 + 2 not in records.index  # row in the file: the header is the first


def test_what_is_wrong_with_a_set_is_said(tmp_path):
    with pytest.raises(StudyError, match="no column shows which records were included"):
        read_labelled(write_set(tmp_path / "a.csv", label="verdict"))
    path = write_set(tmp_path / "b.csv")
    path.write_text(path.read_text().replace(f"{THEMES[1]},0", f"{THEMES[1]},perhaps", 1))
    with pytest.raises(StudyError, match=r"'perhaps' does not show") as caught:
        read_labelled(path)
    assert (caught.value.row, caught.value.column) == (3, "included")
    with pytest.raises(StudyError, match="0 of 40 records are included"):
        read_labelled(write_set(tmp_path / "c.csv", said=("0", "0")))


def test_a_set_is_replayed_from_each_start(tmp_path):
    paths = [str(write_set(tmp_path / f"labelled_{name}.csv")) for name in "ba"]
    settings = ScreeningSettings(simulation_starts=3)
    measures, curves = simulate_sets(paths, settings, seed=5)
    assert conforming(measures, SIMULATION_MEASURES)["set"].tolist() == ["labelled_a.csv"] * 3 + ["labelled_b.csv"] * 3
    assert measures["loss"].max() < 0.2
    last = conforming(curves, SIMULATION_CURVES).groupby(["set", "start"]).last()
    assert (last == 1).all(axis=None)
    again = simulate_sets(paths, settings, seed=5)
    assert again[0].equals(measures)
    assert not simulate_sets(paths, settings, seed=9)[0].equals(measures)


def test_larger_queries_learn_later(tmp_path):
    path = [str(write_set(tmp_path / "labelled.csv"))]
    one, many = (simulate_sets(path, ScreeningSettings(simulation_query=query), seed=5)[0] for query in (1, 39))
    assert one["loss"].mean() <= many["loss"].mean()


def test_starts_are_of_both_kinds_and_drawn_by_seed():
    included = np.array([0, 1, 0, 0, 1, 0])
    pairs = draw_starts(included, 20, seed=1)
    assert all(included[a] == 1 and included[b] == 0 for a, b in pairs)
    assert len({tuple(pair) for pair in pairs}) > 3
    assert draw_starts(included, 5, seed=1) == pairs[:5]


@pytest.mark.parametrize("seed", range(5))
def test_measures_from_their_definitions(seed):
    """Counted out record by record, beside the closed forms."""
    labels = (np.random.default_rng(seed).random(60) < 0.3).astype(int)
    relevant, n = int(labels.sum()), len(labels)
    places = [i + 1 for i, label in enumerate(labels) if label]
    assert MEASURES["atd"](labels) == pytest.approx(sum(places) / relevant)
    assert MEASURES["rrf10"](labels) == pytest.approx(sum(labels[: n // 10]) / relevant)
    best = sum(min(i, relevant) for i in range(1, n + 1))
    worst = sum(max(0, i - (n - relevant)) for i in range(1, n + 1))
    own = sum(int(labels[:i].sum()) for i in range(1, n + 1))
    assert MEASURES["loss"](labels) == pytest.approx((best - own) / (best - worst))
    gain = sum(1 / np.log2(place + 1) for place in places)
    ideal = sum(1 / np.log2(place + 1) for place in range(1, relevant + 1))
    assert MEASURES["ndcg"](labels) == pytest.approx(gain / ideal)


@pytest.mark.parametrize("sets", [0, 1, 4])
def test_the_figure_shows_each_set(tmp_path, sets):
    paths = [str(write_set(tmp_path / f"labelled_{i}.csv")) for i in range(sets)]
    measures, curves = simulate_sets(paths, ScreeningSettings(simulation_starts=2), seed=1)
    with figures.style():
        figure = draw_simulation(measures, curves)
        shown = [axes for axes in figure.axes if axes.get_visible()]
    assert len(shown) == max(1, sets)
    if sets:
        assert "10 relevant of 40" in shown[0].texts[0].get_text()


PEER = """
import json, sys
from asreview.metrics import loss, ndcg
from asreviewcontrib.insights.metrics import _average_time_to_discovery, _recall, _wss
from asreviewcontrib.insights.metrics import _time_to_discovery
print(json.dumps([
    {
        "loss": loss(labels),
        "ndcg": ndcg(labels),
        "wss95": _wss(labels, 0.95),
        "rrf10": _recall(labels, 0.1),
        "atd": _average_time_to_discovery(_time_to_discovery(range(len(labels)), labels)),
    }
    for labels in json.load(sys.stdin)
]))
"""


def test_measures_are_asreviews_own():
    """Beside ASReview and ASReview Insights, where an interpreter has both."""
    python = os.environ.get("COPRODUCTION_ASREVIEW")
    if not python:
        pytest.skip("ASReview is not installed (COPRODUCTION_ASREVIEW names its interpreter)")
    chance = np.random.default_rng(7)
    orders = [
        (chance.random(n) < share).astype(int).tolist() for n in (30, 57, 400, 1003) for share in (0.1, 0.35, 0.8)
    ]
    command = [python, "-c", PEER]
    said = subprocess.run(command, input=json.dumps(orders), capture_output=True, text=True, check=False)
    if "asreviewcontrib" in said.stderr:
        pytest.skip("the interpreter has no ASReview Insights")
    assert said.returncode == 0, said.stderr
    for labels, peer in zip(orders, json.loads(said.stdout), strict=True):
        for name, value in peer.items():
            assert MEASURES[name](labels) == pytest.approx(value), name
