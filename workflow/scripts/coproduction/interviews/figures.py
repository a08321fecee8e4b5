"""Figures of the interviews: the themes by interview and saturation; the structure has its own module."""

from typing import Any

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

from coproduction.core.figures import DOUBLE, PALETTE, PRINTED, awaited
from coproduction.core.lettering import LINE, SIZE, fitted, fitted_apart, width_of

LABELS, DIMENSIONS = 2.1, 1.4  # inches: the room left and right of the cells
FEW = 16  # interviews up to which each number stands beside its mark


def draw_themes(quotes_by_theme: pd.DataFrame) -> plt.Figure:
    """Themes by interviews, darker with more quotes; white and empty: none.

    `quotes_by_theme` is from relations.by_theme.
    """
    if quotes_by_theme.empty:
        return awaited("Themes by interview are drawn once coded interviews are in the data structure.")
    columns = list(dict.fromkeys(quotes_by_theme["transcript"]))
    themes = quotes_by_theme.drop_duplicates("theme")[["dimension", "theme"]]
    cells = quotes_by_theme.pivot(index="theme", columns="transcript", values="quotes").astype(float)
    cells = cells.loc[themes["theme"], columns].to_numpy()
    labels = fitted_apart(list(themes["theme"]), LABELS - 0.1, 2)
    step = max(0.17, LINE * max(map(len, labels)) + 0.04)
    shown_rows = int((PRINTED[1] - 1) / step)
    left_out = len(labels) - shown_rows
    if left_out > 0:  # those with most quotes stay, in their order
        rows_shown = sorted(np.argsort(-np.nansum(cells, axis=1), kind="stable")[:shown_rows])
        cells, themes, labels = cells[rows_shown], themes.iloc[rows_shown], [labels[place] for place in rows_shown]
    height = step * len(labels)
    figure = plt.figure(figsize=(DOUBLE, height + 0.75))
    wide = DOUBLE - LABELS - DIMENSIONS
    axes = figure.add_axes((LABELS / DOUBLE, 0.7 / (height + 0.75), wide / DOUBLE, height / (height + 0.75)))
    colours = plt.get_cmap("Blues").with_extremes(bad="white")
    top = max(np.nanmax(cells), 1)
    axes.pcolormesh(
        [[value if value else float("nan") for value in row] for row in cells],
        cmap=colours,
        vmin=-0.1 * top,
        vmax=1.15 * top,
        edgecolors="#DDDDDD",
        linewidth=0.4,
    )
    pitch = wide / len(columns)
    if pitch > width_of(f"{top:.0f}") + 0.03:
        _write_numbers(axes, cells, top)
    axes.set_yticks([n + 0.5 for n in range(len(labels))], ["\n".join(lines) for lines in labels], linespacing=1.05)
    _name_interviews(axes, columns, pitch, 0.5)
    words = "interviews by date" + (f"; {left_out} more themes: see the table" if left_out > 0 else "")
    axes.set_xlabel(words)
    axes.invert_yaxis()
    axes.tick_params(length=0)
    axes.spines[:].set_visible(False)
    _write_dimensions(axes, list(themes["dimension"]), len(columns))
    return figure


def _name_interviews(axes: plt.Axes, names: list[str], pitch: float, shift: float) -> None:
    """Names below their columns, turned where they find no room; of many every so many."""
    turned = max(map(width_of, names)) > pitch - 0.05
    each = max(1, -(-LINE // pitch)) if turned else 1
    places = range(0, len(names), int(each))
    words = [fitted(names[place], 0.5, 1)[0] if turned else names[place] for place in places]
    axes.set_xticks([place + shift for place in places], words, rotation=90 if turned else 0)


def _write_numbers(axes, cells, top: float) -> None:
    for row, values in enumerate(cells):
        for column, value in enumerate(values):
            if value:
                colour = "white" if value > 0.6 * top else "#222222"
                place = (column + 0.5, row + 0.5)
                axes.annotate(f"{value:.0f}", place, ha="center", va="center", size=SIZE, color=colour)


def _write_dimensions(axes, dimensions: list[str], width: int) -> None:
    """The dimension beside its themes, with a line along them."""
    edge = axes.transData
    for name in dict.fromkeys(dimensions):
        first, last = dimensions.index(name), len(dimensions) - dimensions[::-1].index(name)
        place = width * 1.012
        axes.plot([place, place], [first + 0.12, last - 0.12], color="#555555", lw=1, clip_on=False)
        words = "\n".join(fitted(name, DIMENSIONS - 0.15, 4, weight="bold"))
        middle = (first + last) / 2
        axes.text(width * 1.03, middle, words, size=SIZE, va="center", transform=edge)
    axes.set_xlim(0, width)


def draw_saturation(table: pd.DataFrame) -> plt.Figure:
    """New concepts per interview as bars, all concepts up to there as a line."""
    if table.empty:
        return awaited("Saturation is drawn once coded interviews are in the data structure.")
    figure, axes = plt.subplots(figsize=(DOUBLE * 0.75, 2.7))
    places = list(range(len(table)))
    cumulative, new = table["cumulative"].astype(int), table["new"].astype(int)
    axes.bar(places, new, width=0.6, color=PALETTE["sky"], label="new in this interview")
    axes.plot(places, cumulative, marker="o", markersize=4, color=PALETTE["blue"], label="cumulative")
    note: dict[str, Any] = {"textcoords": "offset points", "ha": "center"}
    few = len(places) <= FEW
    for place, total, fresh in zip(places, cumulative, new, strict=True):
        if not few and place + 1 < len(places):
            continue
        beside = (0, 6) if place else (-11, 3)  # the first bar ends where the line begins
        axes.annotate(str(total), (place, total), xytext=beside, size=SIZE, **note)
        if place and few:
            axes.annotate(str(fresh), (place, fresh), xytext=(0, 2), size=SIZE, color="#555555", **note)
    _name_interviews(axes, list(table["transcript"]), 0.66 * DOUBLE / len(places), 0)
    axes.set_xlabel("interviews by date")
    axes.set_ylabel("first-order concepts")
    axes.set_ylim(0, max(cumulative) * 1.15)
    axes.legend(loc="center right")
    return figure
