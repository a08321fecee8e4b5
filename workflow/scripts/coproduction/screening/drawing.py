"""The figure of the progress of screening; the flow diagram is in `flow`."""

import matplotlib.pyplot as plt
import pandas as pd

from coproduction import figures
from coproduction.screening.settings import ScreeningSettings


def draw_recall(recall: pd.DataFrame, total: int, settings: ScreeningSettings) -> plt.Figure:
    """Relevant records found against records screened; below it the p of the stop rule."""
    seen = recall[recall["curve"] == "as screened"]
    if seen.empty:
        return figures.awaited("No decisions on titles and abstracts yet.")
    figure, (top, bottom) = plt.subplots(
        2, 1, figsize=(figures.DOUBLE, 4.2), sharex=True,
        gridspec_kw={"height_ratios": [3, 1.1], "hspace": 0.12},
    )  # fmt: skip
    _draw_curves(top, recall, total)
    _draw_p(bottom, recall, settings)
    bottom.set_xlabel("Records screened on title and abstract")
    bottom.set_xlim(0, max(total, int(seen["screened"].max())))
    return figure


def _draw_curves(axes: plt.Axes, recall: pd.DataFrame, total: int) -> None:
    looks = {
        "chance": (figures.PALETTE["grey"], ":", "Replay in random order"),
        "ranking replayed": (figures.PALETTE["orange"], "--", "Replay in ranked order"),
        "as screened": (figures.PALETTE["blue"], "-", "As screened"),
    }
    for name, (colour, line, label) in looks.items():
        rows = recall[recall["curve"] == name]
        if len(rows):
            axes.plot(rows["screened"], rows["found"], line, color=colour, label=label, lw=1.4)
    end = recall.loc[recall["curve"] == "as screened", "screened"].max()
    if end < total:
        axes.axvspan(end, total, color=figures.PALETTE["light"], alpha=0.5, lw=0)
        axes.text(
            (end + total) / 2, axes.get_ylim()[1] * 0.06, "not\nscreened", ha="center", va="bottom",
            color=figures.PALETTE["black"], fontsize=7,
        )  # fmt: skip
    axes.set_ylim(0, None)
    axes.set_ylabel("Relevant records found")
    axes.grid(axis="y")
    axes.legend(loc="upper left")


def _draw_p(axes: plt.Axes, recall: pd.DataFrame, settings: ScreeningSettings) -> None:
    rows = recall[recall["curve"] == "p"]
    axes.plot(rows["screened"], rows["found"], color=figures.PALETTE["purple"], lw=1.4)
    alpha = 1 - settings.stop_confidence
    axes.axhline(alpha, color=figures.PALETTE["black"], lw=0.8, ls="--")
    axes.annotate(
        f"stop below {alpha:.2g}", (0, alpha), (3, 3), textcoords="offset points", fontsize=7
    )
    axes.set_ylim(0, 1.05)
    axes.set_ylabel("p of the\nstop rule")
