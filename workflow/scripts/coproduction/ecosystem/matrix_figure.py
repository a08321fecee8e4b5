"""Ranked matrix: which technique supports which factor, and what follows overall.

One row per factor, strongest first; one column of dots per technique (area: standing within
the technique; the number of sources written beside it); then the overall strength as a bar
with the range it takes when one line of evidence is left out, shaded by confidence.
"""

from collections.abc import Mapping, Sequence

import matplotlib.pyplot as plt
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from coproduction.ecosystem.model_figure import INK, SHADES, WIDTH

ROW = 0.215
HEAD, FOOT = 0.5, 0.55
LARGEST_DOT = 115
LEVEL_MARKS = {"citizens": "C", "organisation": "O", "environment": "E"}


def draw_matrix(factors: pd.DataFrame, titles: Mapping[str, str]) -> Figure:
    """The matrix figure.

    `factors`: strongest first, with columns name, level, strength, low, high, confidence,
    lines, and per technique in `titles` the columns sources_<technique> (whole) and
    standing_<technique> (0 to 1; missing where the technique has not delivered).
    """
    height = HEAD + FOOT + ROW * max(len(factors), 1)
    figure = plt.figure(figsize=(WIDTH, height))
    body = (FOOT / height, (height - HEAD - FOOT) / height)
    dots = figure.add_axes((0.375, body[0], 0.385, body[1]))
    bars = figure.add_axes((0.785, body[0], 0.19, body[1]))
    _draw_dots(dots, factors, titles)
    _draw_bars(bars, factors)
    _draw_key(figure, height)
    return figure


def _draw_dots(axes: Axes, factors: pd.DataFrame, titles: Mapping[str, str]) -> None:
    names = list(titles)
    _set_rows(axes, len(factors))
    axes.set_xlim(-0.5, len(names) - 0.3)
    axes.set_xticks(range(len(names)), list(titles.values()), size=6.6)
    axes.set_yticks(range(len(factors)), _labels(factors), size=6.6)
    for column, name in enumerate(names):
        standing = factors[f"standing_{name}"]
        for row, (value, count) in enumerate(
            zip(standing, factors[f"sources_{name}"], strict=True)
        ):
            if pd.isna(value):
                axes.text(column, row, "·", ha="center", va="center", size=6, color="#8a8a8a")
            elif value > 0:
                axes.scatter(column, row, s=LARGEST_DOT * value, color="#3f7fb8", lw=0, zorder=2)
                axes.text(column + 0.25, row, f"{count}", size=5.8, va="center", color=INK)


def _draw_bars(axes: Axes, factors: pd.DataFrame) -> None:
    _set_rows(axes, len(factors))
    axes.set_xlim(0, 1)
    axes.set_xticks([0, 0.5, 1], ["0", "0.5", "1"], size=6.3)
    axes.set_yticks([])
    axes.set_title("Overall strength", size=6.6, pad=17)
    for row, factor in enumerate(factors.itertuples()):
        if factor.strength > 0:
            shade = SHADES[factor.confidence]
            axes.barh(row, factor.strength, 0.62, color=shade, edgecolor=SHADES["high"], lw=0.6)
            axes.plot([factor.low, factor.high], [row, row], color="white", lw=2.6)
            axes.plot([factor.low, factor.high], [row, row], color=INK, lw=1.1)


def _set_rows(axes: Axes, number: int) -> None:
    axes.set_ylim(number - 0.5, -0.5)
    axes.xaxis.tick_top()
    axes.tick_params(length=0)
    for row in range(0, number, 2):
        axes.axhspan(row - 0.5, row + 0.5, color="#f3f4f6", lw=0, zorder=0)
    for spine in axes.spines.values():
        spine.set_visible(False)


def _labels(factors: pd.DataFrame) -> Sequence[str]:
    return [
        f"{name}  {LEVEL_MARKS[level]}"
        for name, level in zip(factors["name"], factors["level"], strict=True)
    ]


def _draw_key(figure: Figure, height: float) -> None:
    words = (
        "C citizens, O public organisation, E environment. Dots: standing within the technique, "
        "area from 0 to 1; beside them the number of sources; · awaited."
    )
    figure.text(0.02, 0.38 / height, words, size=6)
    figure.text(
        0.02,
        0.24 / height,
        "Bars: strength, shaded by confidence; the line shows its range when one line of "
        "evidence is left out.",
        size=6,
    )
    axes = figure.add_axes((0.62, 0.04 / height, 0.37, 0.16 / height))
    axes.set_axis_off()
    axes.set_xlim(0, 4)
    axes.set_ylim(0, 1)
    for place, (words, shade) in enumerate(SHADES.items()):
        axes.scatter(place + 0.1, 0.5, marker="s", s=22, color=shade, edgecolor=INK, lw=0.5)
        axes.text(place + 0.25, 0.5, words, size=5.8, va="center")
