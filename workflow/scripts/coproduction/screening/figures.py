"""The figures of the progress of screening and of replays; the flow diagram is in `flow`."""

import math
import textwrap

import matplotlib.pyplot as plt
import pandas as pd

from coproduction.core import figures
from coproduction.screening.settings import ScreeningSettings


def draw_recall(recall: pd.DataFrame, total: int, settings: ScreeningSettings) -> plt.Figure:
    """Relevant records found against records screened; below it the p of the stopping rule."""
    if recall.empty:
        return figures.awaited("No decisions on titles and abstracts yet.")
    as_screened = recall[recall["curve"] == "as screened"]
    if as_screened.empty:
        return _draw_replay(recall)
    figure, (top, bottom) = plt.subplots(
        2, 1, figsize=(figures.DOUBLE, 4.2), sharex=True, gridspec_kw={"height_ratios": [3, 1.1], "hspace": 0.12}
    )
    _draw_curves(top, recall, total)
    _draw_p(bottom, recall, settings)
    bottom.set_xlabel("Records screened on title and abstract")
    bottom.set_xlim(0, max(total, int(as_screened["screened"].max())))
    return figure


def _draw_replay(recall: pd.DataFrame) -> plt.Figure:
    """The replay alone, where nothing says in which order records were decided."""
    figure, axes = plt.subplots(figsize=(figures.DOUBLE, 3.1))
    _draw_orders(axes, recall)
    axes.set_xlabel("Records screened on title and abstract, in the order of the replay")
    axes.set_xlim(0, int(recall["screened"].max()))
    return figure


def draw_simulation(measures: pd.DataFrame, curves: pd.DataFrame) -> plt.Figure:
    """Recall curve of each labelled set: every start, their mean, and reading in random order."""
    sets = list(dict.fromkeys(measures["set"]))
    if not sets:
        return figures.awaited("No labelled set in screening/labelled….csv yet.")
    columns = min(3, len(sets))
    lines = math.ceil(len(sets) / columns)
    width = figures.DOUBLE if columns > 1 else figures.SINGLE
    figure, axes = plt.subplots(
        lines,
        columns,
        figsize=(width, 2.3 * lines + 0.4),
        sharex=True,
        sharey=True,
        squeeze=False,
        layout="constrained",
    )
    for place, name in zip(axes.flat, sets, strict=False):
        measures_of_set = measures[measures["set"] == name]
        _draw_set(place, measures_of_set, curves[curves["set"] == name])
    for i, place in enumerate(axes.flat):
        place.set_visible(i < len(sets))
        place.tick_params(labelbottom=i + columns >= len(sets))
    figure.supxlabel("Records read, %")
    figure.supylabel("Relevant records found, %")
    handles, labels = axes.flat[0].get_legend_handles_labels()
    figure.legend(handles, labels, loc="outside upper left", ncols=2)
    return figure


def _draw_set(axes: plt.Axes, measures: pd.DataFrame, curves: pd.DataFrame) -> None:
    row = measures.iloc[0]
    for start, curve in curves.groupby("start"):
        axes.plot(
            100 * curve["screened"],
            100 * curve["found"],
            color=figures.PALETTE["blue"],
            lw=1,
            alpha=0.55,
            label="Replay in ranked order" if start == 1 else None,
        )
    axes.plot([0, 100], [0, 100], ":", color=figures.PALETTE["grey"], lw=1, label="Random order")
    axes.set_title(textwrap.shorten(row["set"].rsplit(".", 1)[0].replace("_", " "), 32), loc="left")
    mean = measures[["wss95", "rrf10", "loss"]].mean()
    measures_in_words = (
        f"{row['relevant']} relevant of {row['records']}\nWSS@95 {mean['wss95']:.2f}\n"
        f"RRF@10 {mean['rrf10']:.2f}\nloss {mean['loss']:.3f}"
    )
    axes.text(98, 3, measures_in_words, ha="right", va="bottom", linespacing=1.3)
    axes.set_xlim(0, 100)
    axes.set_ylim(0, 102)
    axes.grid()


def _draw_curves(axes: plt.Axes, recall: pd.DataFrame, total: int) -> None:
    _draw_orders(axes, recall)
    end = recall.loc[recall["curve"] == "as screened", "screened"].max()
    if end < total:
        axes.axvspan(end, total, color=figures.PALETTE["light"], alpha=0.5, lw=0)
        axes.text(
            (end + total) / 2,
            axes.get_ylim()[1] * 0.06,
            "not\nscreened",
            ha="center",
            va="bottom",
            color=figures.PALETTE["black"],
        )
    axes.legend(loc="lower right" if end < total / 2 else "upper left")


def _draw_orders(axes: plt.Axes, recall: pd.DataFrame) -> None:
    """The curve of each order."""
    looks = {
        "chance": (figures.PALETTE["grey"], ":", "Replay in random order"),
        "ranking replayed": (figures.PALETTE["orange"], "--", "Replay in ranked order"),
        "as screened": (figures.PALETTE["blue"], "-", "As screened"),
    }
    for name, (colour, line, label) in looks.items():
        rows = recall[recall["curve"] == name]
        if len(rows):
            axes.plot(rows["screened"], rows["found"], line, color=colour, label=label, lw=1.4)
    axes.set_ylim(0, None)
    axes.set_ylabel("Relevant records found")
    axes.grid(axis="y")
    axes.legend(loc="lower right")


def _draw_p(axes: plt.Axes, recall: pd.DataFrame, settings: ScreeningSettings) -> None:
    rows = recall[recall["curve"] == "p"]
    axes.plot(rows["screened"], rows["found"], color=figures.PALETTE["purple"], lw=1.4)
    alpha = 1 - settings.stop_confidence
    axes.axhline(alpha, color=figures.PALETTE["black"], lw=0.8, ls="--")
    axes.annotate(f"stop below {alpha:.2g}", (0, alpha), (3, 3), textcoords="offset points")
    axes.set_ylim(0, 1.05)
    axes.set_ylabel("p of the\nstopping rule")
