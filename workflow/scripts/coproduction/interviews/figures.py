"""Figures of the interviews: the themes by interview and saturation; the structure has its own module."""

from typing import Any

import matplotlib.pyplot as plt
import pandas as pd

from coproduction.core.figures import DOUBLE, PALETTE, awaited
from coproduction.interviews.structure_figure import wrap

ROW, LABELS, DIMENSIONS = 0.24, 2.35, 1.45  # inches: a row, and the room left and right of it


def draw_themes(shown: pd.DataFrame) -> plt.Figure:
    """Themes by interviews, darker with more quotes; white and empty: none.

    `shown` is from relations.by_theme.
    """
    if shown.empty:
        return awaited("Themes by interview are drawn when coded interviews are in the structure.")
    columns = list(dict.fromkeys(shown["transcript"]))
    themes = shown.drop_duplicates("theme")[["dimension", "theme"]]
    cells = shown.pivot(index="theme", columns="transcript", values="quotes").astype(float)
    cells = cells.loc[themes["theme"], columns].to_numpy()
    labels = ["\n".join(wrap(theme, LABELS - 0.2, 7)) for theme in themes["theme"]]
    height = ROW * len(labels) + 0.09 * sum(label.count("\n") for label in labels)
    figure = plt.figure(figsize=(DOUBLE, height + 0.55))
    box = (LABELS / DOUBLE, 0.5 / (height + 0.55), 1 - (LABELS + DIMENSIONS) / DOUBLE)
    axes = figure.add_axes((*box, height / (height + 0.55)))
    colours = plt.get_cmap("Blues").with_extremes(bad="white")
    top = max(cells.max(), 1)
    axes.pcolormesh(
        [[value if value else float("nan") for value in row] for row in cells],
        cmap=colours,
        vmin=-0.1 * top,
        vmax=1.15 * top,
        edgecolors="#DDDDDD",
        linewidth=0.4,
    )
    _write_numbers(axes, cells, top)
    axes.set_yticks([n + 0.5 for n in range(len(labels))], labels, size=7)
    turned = 90 if max(map(len, columns)) * len(columns) > 48 else 0
    axes.set_xticks([n + 0.5 for n in range(len(columns))], columns, size=_size(len(columns)), rotation=turned)
    axes.set_xlabel("interviews by date")
    axes.invert_yaxis()
    axes.tick_params(length=0)
    axes.spines[:].set_visible(False)
    _write_dimensions(axes, list(themes["dimension"]), len(columns))
    return figure


def _size(columns: int) -> float:
    """The size of letters, in points, that fits the width of a cell."""
    return max(3.5, min(7, 0.72 * 72 * (DOUBLE - LABELS - DIMENSIONS) / columns))


def _write_numbers(axes, cells, top: float) -> None:
    size = _size(cells.shape[1])
    for row, values in enumerate(cells):
        for column, value in enumerate(values):
            if value:
                colour = "white" if value > 0.6 * top else "#222222"
                place = (column + 0.5, row + 0.5)
                axes.annotate(f"{value:.0f}", place, ha="center", va="center", size=size, color=colour)


def _write_dimensions(axes, dimensions: list[str], width: int) -> None:
    """The dimension beside its themes, with a line along them."""
    edge = axes.transData
    for name in dict.fromkeys(dimensions):
        first, last = dimensions.index(name), len(dimensions) - dimensions[::-1].index(name)
        place = width * 1.012
        axes.plot([place, place], [first + 0.12, last - 0.12], color="#555555", lw=1, clip_on=False)
        words = "\n".join(wrap(name, DIMENSIONS - 0.2, 7))
        middle = (first + last) / 2
        axes.text(width * 1.03, middle, words, size=7, va="center", transform=edge)
    axes.set_xlim(0, width)


def draw_saturation(table: pd.DataFrame) -> plt.Figure:
    """New concepts per interview as bars, all concepts up to there as a line."""
    if table.empty:
        return awaited("Saturation is drawn when coded interviews are in the data structure.")
    figure, axes = plt.subplots(figsize=(DOUBLE * 0.75, 2.7))
    places = list(range(len(table)))
    cumulative, new = table["cumulative"].astype(int), table["new"].astype(int)
    axes.bar(places, new, width=0.6, color=PALETTE["sky"], label="new in this interview")
    axes.plot(places, cumulative, marker="o", markersize=4, color=PALETTE["blue"], label="all up to here")
    note: dict[str, Any] = {"textcoords": "offset points", "ha": "center"}
    for place, total, fresh in zip(places, cumulative, new, strict=True):
        beside = (0, 6) if place else (-11, 3)  # the first bar ends where the line begins
        axes.annotate(str(total), (place, total), xytext=beside, size=7, **note)
        if place:
            axes.annotate(str(fresh), (place, fresh), xytext=(0, 2), size=6.5, color="#555555", **note)
    axes.set_xticks(places, table["transcript"])
    axes.set_xlabel("interviews by date")
    axes.set_ylabel("first-order concepts")
    axes.set_ylim(0, max(cumulative) * 1.15)
    axes.legend(loc="center right")
    return figure
