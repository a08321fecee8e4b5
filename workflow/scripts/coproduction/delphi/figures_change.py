"""Figure of the change of each statement between its last two closed rounds, and how stable it is."""

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

from coproduction.core import figures
from coproduction.core.lettering import fitted
from coproduction.core.prose import noun
from coproduction.delphi.figures import PALETTE, TEXT, WAITING
from coproduction.delphi.settings import DelphiSettings
from coproduction.delphi.shown import change_pages, changed

STEP, NAMES = 0.28, 2.5  # inches: per statement; its words at the left


def draw_change(
    change: pd.DataFrame, summary: pd.DataFrame, decisions: pd.DataFrame, settings: DelphiSettings
) -> list[tuple[plt.Figure, pd.DataFrame]]:
    """Median before and after, and the measure that decides on stability, least stable first."""
    last_change = ordered(changed(change, summary), settings)
    if last_change.empty:
        return [(figures.awaited(WAITING), change.iloc[:0])]
    middle = summary.set_index(["statement", "round"])["median"]
    for when in ("before", "after"):
        keys = list(zip(last_change["statement"], last_change[when], strict=True))
        last_change[f"median_{when}"] = [middle[k] for k in keys]
    last_change["text"] = last_change["statement"].map(decisions.set_index("statement")["text"]).fillna("")
    span = min(0.0, last_change["value"].min()), max(1.0, last_change["value"].max())
    return [
        _change_page(last_change[last_change["statement"].isin(page)], settings, span)
        for page in change_pages(last_change)
    ]


def ordered(last_change: pd.DataFrame, settings: DelphiSettings) -> pd.DataFrame:
    """With the deciding measure as *value*, least stable first."""
    measure, _, _, upper = measure_of(settings)
    values = last_change[measure].abs() if measure == "variation" else last_change[measure]
    # Kappa is not defined where all sit on one point in both rounds: nothing changed.
    last_change = last_change.assign(value=values.fillna(1.0 if upper else 0.0))
    return last_change.sort_values(["value", "statement"], ascending=[upper, True])


def measure_of(settings: DelphiSettings) -> tuple[str, float, str, bool]:
    """Column of CHANGE, limit, its words, and whether more is better."""
    chosen = settings.stability
    points = noun(settings.within, "point")
    return {
        "individual": ("within", chosen.individual, f"Share moved by ≤ {settings.within:g} {points}", True),
        "net_change": ("net_change", chosen.net_change, "Net change", False),
        "variation": ("variation", chosen.variation, "Change of variation (absolute)", False),
        "kappa": ("kappa", chosen.kappa, "Weighted kappa", True),
    }[chosen.rule]


def _change_page(rows, settings: DelphiSettings, span) -> tuple[plt.Figure, pd.DataFrame]:
    tall = STEP * len(rows)
    figure, (left, right) = plt.subplots(
        1,
        2,
        sharey=True,
        figsize=(figures.DOUBLE, tall + 0.95),
        gridspec_kw=dict(
            left=NAMES / figures.DOUBLE,
            right=0.97,
            top=1 - 0.3 / (tall + 0.95),
            bottom=0.5 / (tall + 0.85),
            wspace=0.08,
        ),
    )
    measure, limit, words, _ = measure_of(settings)
    _dumbbells(left, rows, settings)
    _stability(right, rows, limit, words, span)
    named = zip(rows["statement"], rows["text"], strict=True)
    for place, (statement, text) in enumerate(named):
        left.annotate(
            "\n".join(fitted(f"{statement}\u00a0 {text}", NAMES - 0.1, 2)),
            (0.005 * figures.DOUBLE * 72, place),
            xycoords=("figure points", "data"),
            va="center",
            fontsize=TEXT,
            linespacing=1.0,
            annotation_clip=False,
        )
    left.set_yticks([])
    left.set_ylim(len(rows) - 0.4, -0.6)
    columns = ["statement", "version", "before", "after", "pairs", "median_before", "median_after"]
    return figure, rows[[*columns, measure, "stable"]]


def _dumbbells(axes, rows: pd.DataFrame, settings: DelphiSettings) -> None:
    y = np.arange(len(rows))
    before, after = rows["median_before"].to_numpy(), rows["median_after"].to_numpy()
    axes.hlines(y, before, after, color=PALETTE["grey"], linewidth=1.2)
    axes.plot(
        before,
        y,
        "o",
        markerfacecolor="white",
        markeredgecolor=PALETTE["grey"],
        markersize=4.5,
        label="before",
        zorder=3,
    )
    axes.plot(after, y, "o", color=PALETTE["blue"], markersize=3.2, label="after", zorder=4)
    scale = settings.scale
    margin = 0.4 if len(scale.points) <= 11 else (scale.highest - scale.lowest) / 25
    axes.set_xlim(scale.lowest - margin, scale.highest + margin)
    if len(scale.points) <= 11:
        axes.set_xticks(scale.points)
    axes.set_xlabel("Median of all who rated")
    axes.grid(axis="x")
    axes.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=2, borderaxespad=0.2)


def _stability(axes, rows: pd.DataFrame, limit: float, words: str, span) -> None:
    y = np.arange(len(rows))
    stable = (rows["stable"] == "yes").to_numpy()
    values = rows["value"].to_numpy()
    for chosen, mark, colour, label in (
        (stable, "o", PALETTE["blue"], "stable"),
        (~stable, "D", PALETTE["vermilion"], "not stable"),
    ):
        if chosen.any():
            axes.plot(values[chosen], y[chosen], mark, color=colour, label=label)
    for line in axes.lines:
        line.set_markersize(4)
        line.set_clip_on(False)
    axes.axvline(limit, color=PALETTE["black"], linestyle="--", linewidth=0.8)
    axes.set_xlim(span[0] - 0.02, span[1] * 1.03)
    axes.set_xlabel(f"{words}\n(dashed: limit)")
    axes.grid(axis="x")
    axes.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=2, borderaxespad=0.2)
