"""Median against interquartile range of each statement in its last closed round."""

from __future__ import annotations

import textwrap

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

from coproduction.core import figures
from coproduction.delphi.consensus import CALLED
from coproduction.delphi.figure_pages import (
    COLOURS,
    MARKS,
    NOTHING,
    ORDER,
    PALETTE,
    TEXT,
    closed_latest,
)
from coproduction.delphi.settings import DelphiSettings

FEW = 45  # statements up to which each one's id stands beside its spot
LINES = 4  # of ids beside a spot


def draw(
    summary: pd.DataFrame, decisions: pd.DataFrame, settings: DelphiSettings
) -> tuple[plt.Figure, pd.DataFrame]:
    """One spot per median, range and verdict; its size is the number of statements there."""
    latest = closed_latest(summary, decisions)
    if latest.empty:
        return figures.awaited(NOTHING), latest
    figure, axes = plt.subplots(figsize=(figures.DOUBLE, 4.3 if len(latest) <= FEW else 4.8))
    figure.subplots_adjust(left=0.075, right=0.985, bottom=0.11, top=0.92)
    _frame(axes, latest, settings)
    _spots(axes, latest)
    kept = ["statement", "round", "n", "median", "iqr", "share_high", "share_low", "verdict"]
    return figure, latest[kept]


def _frame(axes, latest: pd.DataFrame, settings: DelphiSettings) -> None:
    scale, limit = settings.scale, settings.iqr_limit
    for low, high in (
        (scale.favourable_from, scale.highest + 0.5),
        (scale.lowest - 0.5, scale.unfavourable_to),
    ):
        axes.axvspan(low, high, color="#F1F1F1", zorder=0)
    if limit is not None:
        axes.axhline(limit, color=PALETTE["grey"], linestyle="--", linewidth=0.8, zorder=1)
    used = [v for v in ORDER if v in set(latest["verdict"])]
    handles = [
        plt.Line2D([], [], color=COLOURS[v], marker=MARKS[v], linestyle="", label=CALLED[v])
        for v in used
    ]
    axes.legend(handles=handles, loc="lower left", bbox_to_anchor=(0, 1), ncols=len(handles))
    axes.set_xlim(scale.lowest - 0.5, scale.highest + 0.5)
    axes.set_xticks(np.arange(scale.lowest, scale.highest + 1))
    axes.set_ylim(-0.5, max(latest["iqr"].max(), limit or 0) + 0.6)
    axes.set_xlabel("Median (shaded: unfavourable and favourable end of the scale)")
    axes.set_ylabel("Interquartile range, points")


def _spots(axes, latest: pd.DataFrame) -> None:
    """Spots side by side where verdicts share a place, then ids where there is room for them."""
    width, height = (72 * inches for inches in axes.figure.get_size_inches())
    (left, right), (low, top) = axes.get_xlim(), axes.get_ylim()
    box = axes.get_position()
    scale = box.width * width / (right - left), box.height * height / (top - low)
    few = len(latest) <= FEW
    spots = []
    for (middle, spread), part in latest.groupby(["median", "iqr"], sort=True):
        shift = 0.0
        for verdict, own in part.groupby("verdict", sort=True):
            size = 5.5 if few else 5.5 + 2.8 * np.sqrt(len(own))
            x = middle + shift
            shift += size / scale[0] * 1.1
            axes.plot(x, spread, MARKS[verdict], color=COLOURS[verdict], markersize=size,
                      markeredgecolor="white", markeredgewidth=0.4, zorder=3)  # fmt: skip
            if not few and len(own) > 1:
                axes.annotate(f"{len(own)}", (x, spread), ha="center", va="center", color="white",
                              fontsize=TEXT, zorder=4)  # fmt: skip
            spots.append(((x, spread), size, sorted(own["statement"]), COLOURS[verdict]))
    _ids(
        axes, spots, scale, few, (left * scale[0], low * scale[1], right * scale[0], top * scale[1])
    )


def _listed(ids: list[str]) -> str:
    """Ids in lines; of many lines the first ones and how many ids are not shown."""
    lines = textwrap.wrap(" ".join(ids), 15)
    if len(lines) <= LINES:
        return "\n".join(lines)
    kept = lines[: LINES - 1]
    return "\n".join([*kept, f"and {len(ids) - len(' '.join(kept).split())} more"])


def _ids(axes, spots: list, scale: tuple[float, float], few: bool, frame: tuple) -> None:
    places = [(x * scale[0], y * scale[1]) for (x, y), *_ in spots]
    taken = [
        (x - size / 2, y - size / 2, x + size / 2, y + size / 2)
        for (x, y), (_, size, *_) in zip(places, spots, strict=True)
    ]
    # The longest ids first: they find the least room.
    order = sorted(range(len(spots)), key=lambda i: (-len(spots[i][2]), places[i]))
    for i in order:
        place, size, ids, colour = spots[i]
        if not few and len(ids) > 3:
            continue
        words = _listed(ids)
        lines = words.split("\n")
        wide, tall = 0.66 * TEXT * max(map(len, lines)), 1.2 * TEXT * len(lines)
        clashes, free, shift = _free_place(*places[i], size / 2, wide, tall, taken, frame)
        if not few and clashes:
            continue
        taken.append(free)
        axes.annotate(
            words, place, shift, textcoords="offset points", fontsize=TEXT, color=colour,
            ha="center", va="center", linespacing=1.0, zorder=5,
            bbox=dict(facecolor="white", alpha=0.75, linewidth=0, pad=0.4),
        )  # fmt: skip


def _free_place(x, y, radius, wide, tall, taken: list, frame: tuple) -> tuple:
    """The nearest box around a spot that overlaps the fewest taken ones, and its shift (points).

    A box that leaves the frame of the axes covers what stands there, and is taken last.
    """
    found = []
    for reach in (radius + 2, radius + 8, radius + 15):
        sides = [(0, tall / 2 + reach), (0, -tall / 2 - reach)]
        sides += [(wide / 2 + reach, 0), (-wide / 2 - reach, 0)]
        sides += [
            (a * (wide / 2 + reach * 0.7), b * (tall / 2 + reach * 0.7))
            for a in (1, -1)
            for b in (1, -1)
        ]
        for dx, dy in sides:
            box = (x + dx - wide / 2, y + dy - tall / 2, x + dx + wide / 2, y + dy + tall / 2)
            clashes = sum(
                box[0] < b[2] and b[0] < box[2] and box[1] < b[3] and b[1] < box[3] for b in taken
            )
            out = box[0] < frame[0] or box[1] < frame[1] or box[2] > frame[2] or box[3] > frame[3]
            clashes += len(taken) * out
            found.append((clashes, len(found), box, (dx, dy)))
    clashes, _, box, shift = min(found)
    return clashes, box, shift
