"""Diverging bars: how each statement was rated in each closed round, with the verdict."""

from __future__ import annotations

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.patches import Patch

from coproduction.core import figures
from coproduction.delphi.consensus import CALLED
from coproduction.delphi.figure_pages import (
    COLOURS,
    NOTHING,
    PALETTE,
    TEXT,
    closed_latest,
    distribution_pages,
    points_of,
    row_height,
    scale_colours,
    shortened,
    shown_rounds,
)
from coproduction.delphi.settings import DelphiSettings

LABELS, BARS, WORDS = 2.55, 2.85, 1.5  # inches: wording, bars, verdict
STABLE = {"yes": ", stable", "no": ", not stable"}


def draw(
    summary: pd.DataFrame, decisions: pd.DataFrame, settings: DelphiSettings
) -> list[tuple[plt.Figure, pd.DataFrame]]:
    """One figure per page of statements, most favourable first."""
    latest = closed_latest(summary, decisions)
    if latest.empty:
        return [(figures.awaited(NOTHING), summary)]
    shown = shown_rounds(summary)
    bars = int(shown.groupby("statement").size().max())
    return [
        _page(latest[latest["statement"].isin(page)], shown, bars, settings)
        for page in distribution_pages(summary, latest)
    ]


def _page(latest, shown, bars: int, settings: DelphiSettings) -> tuple[plt.Figure, pd.DataFrame]:
    shown = _placed(shown, latest, bars)
    step = row_height(bars)
    tall = step * len(latest)
    figure = plt.figure(figsize=(figures.DOUBLE, tall + 0.75))
    wide, whole = figures.DOUBLE, tall + 0.75
    axes = figure.add_axes((LABELS / wide, 0.38 / whole, BARS / wide, tall / whole))
    colours = scale_colours(settings)
    for row in shown.to_dict("records"):
        _bar(axes, row, 0.122 / step, colours, settings)
        _verdict(axes, row)
    _wordings(axes, latest)
    _frame(axes, shown)
    _legend(figure, 1 - 0.17 / whole, colours, settings)
    return figure, shown.drop(columns=["place", "last", "stable", "other"])


def _placed(shown, latest, bars: int) -> pd.DataFrame:
    """The bars with their place on the axis: a statement is one unit high."""
    place = {s: i for i, s in enumerate(latest["statement"])}
    shown = shown[shown["statement"].isin(place)]
    slots = shown.groupby("statement")["round"].transform("size")
    slot = shown.groupby("statement").cumcount()
    offset = (slot - (slots - 1) / 2) * 0.145 / row_height(bars)
    kept = ["statement", "version", "round", "n", "counts", "median", "iqr", "verdict"]
    stable = shown["statement"].map(latest.set_index("statement")["stable"])
    wording = shown["statement"].map(latest.set_index("statement")["version"])
    found = shown[kept].assign(
        place=shown["statement"].map(place) + offset,
        last=slot == slots - 1,
        stable=stable,
        other=shown["version"] != wording,
    )
    return found.sort_values("place", kind="stable")


def _bar(axes, row: dict, thick: float, colours, settings: DelphiSettings) -> None:
    counts = np.array([int(c) for c in row["counts"].split(";")], float)
    share = 100 * counts / max(counts.sum(), 1)
    points = points_of(settings)
    below = points <= settings.scale.unfavourable_to
    middle = ~below & (points < settings.scale.favourable_from)
    left = -share[below].sum() - share[middle].sum() / 2
    for value, colour in zip(share, colours, strict=True):
        if value:
            axes.barh(
                row["place"], value, thick, left=left, color=colour,
                edgecolor="#9A9A9A", linewidth=0.25,
            )  # fmt: skip
        left += value


def _verdict(axes, row: dict) -> None:
    """At the right of each bar: round, n and verdict; stability beside the last one."""
    at = dict(xycoords=("axes fraction", "data"), va="center", annotation_clip=False)
    shade = PALETTE["black"] if row["last"] else "#707070"
    for x, words in ((1.035, f"{row['round']}"), (1.115, f"{row['n']}")):
        axes.annotate(words, (x, row["place"]), ha="right", fontsize=TEXT, color=shade, **at)
    words = CALLED[row["verdict"]]
    words = "no rule for this" if row["verdict"] == "refused" else words
    words += STABLE.get(row["stable"], "") if row["last"] else ""
    words += f" (wording {row['version']})" if row["other"] else ""
    weight = "bold" if row["last"] and row["verdict"] != "none" else "normal"
    axes.annotate(
        words, (1.145, row["place"]), fontsize=TEXT, color=COLOURS[row["verdict"]],
        weight=weight if len(words) < 22 else "normal", **at,
    )  # fmt: skip


def _wordings(axes, latest: pd.DataFrame) -> None:
    words = zip(latest["statement"], latest["text"], strict=True)
    for place, (statement, text) in enumerate(words):
        axes.annotate(
            shortened(f"{statement}  {text}", 48, 3), (-(LABELS - 0.03) / BARS, place),
            xycoords=("axes fraction", "data"), va="center", fontsize=TEXT, linespacing=1.05,
            annotation_clip=False,
        )  # fmt: skip
    axes.set_yticks([])
    axes.set_ylim(len(latest) - 0.5, -0.5)
    for place in range(1, len(latest)):
        axes.axhline(
            place - 0.5, xmin=-LABELS / BARS, xmax=1 + WORDS / BARS, color="#DDDDDD",
            linewidth=0.5, clip_on=False, zorder=0,
        )  # fmt: skip


def _frame(axes, shown: pd.DataFrame) -> None:
    axes.axvline(0, color=PALETTE["black"], linewidth=0.7)
    axes.set_xlim(-100, 100)
    axes.set_xticks([-100, -50, 0, 50, 100], ["100", "50", "0", "50", "100"], fontsize=TEXT)
    axes.set_xlabel("← unfavourable      share of ratings, %      favourable →", fontsize=7)
    axes.spines["left"].set_visible(False)
    axes.grid(axis="x")
    at = dict(xycoords="axes fraction", fontsize=TEXT, color=PALETTE["black"])
    at |= dict(xytext=(0, 3), textcoords="offset points", va="bottom", annotation_clip=False)
    axes.annotate("round", (1.035, 1), ha="right", **at)
    axes.annotate("n", (1.115, 1), ha="right", **at)
    axes.annotate("verdict", (1.145, 1), **at)


def _legend(figure, top: float, colours, settings: DelphiSettings) -> None:
    scale = settings.scale
    words = {scale.lowest: f"{scale.lowest} ({scale.lowest_label})"}
    words[scale.highest] = f"{scale.highest} ({scale.highest_label})"
    points = range(scale.lowest, scale.highest + 1)
    if len(colours) > 11:
        points = [scale.lowest, scale.highest]
    handles = [
        Patch(facecolor=colours[p - scale.lowest], edgecolor="#9A9A9A", linewidth=0.25,
              label=words.get(p, str(p)))
        for p in points
    ]  # fmt: skip
    figure.legend(
        handles=handles, ncols=len(handles), loc="center", bbox_to_anchor=(0.5, top),
        columnspacing=0.9, handlelength=0.9, handletextpad=0.4, fontsize=7,
    )  # fmt: skip
