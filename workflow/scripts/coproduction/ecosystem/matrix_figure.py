"""Ranked matrix: which technique supports which factor, and what follows overall.

One row per factor, strongest first; one column of dots per technique (area: standing within
the technique, the number of sources or the median rating beside it); then the overall strength as a bar
with the range it takes when one line of evidence is left out, shaded by confidence.
"""

from collections.abc import Sequence

import matplotlib.pyplot as plt
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from coproduction.core import figures
from coproduction.ecosystem.model_figure import INK, SHADES, WIDTH
from coproduction.ecosystem.settings import EcosystemSettings

ROW = 0.215
HEAD, FOOT = 0.5, 0.55
LARGEST_DOT = 115
BLUE = SHADES["moderate"]
LEVEL_MARKS = {"citizens": "C", "organisation": "O", "environment": "E"}


def draw_matrix(factors: pd.DataFrame, settings: EcosystemSettings) -> Figure:
    """The matrix figure.

    `factors`: strongest first, with the columns of tables.weighed(settings).
    """
    if not factors["sources"].sum():
        return figures.awaited("No evidence yet: the matrix follows with the first technique.")
    height = HEAD + FOOT + ROW * len(factors)
    figure = plt.figure(figsize=(WIDTH, height))
    body = (FOOT / height, (height - HEAD - FOOT) / height)
    dots = figure.add_axes((0.375, body[0], 0.385, body[1]))
    bars = figure.add_axes((0.785, body[0], 0.19, body[1]))
    _draw_dots(dots, factors, settings)
    _draw_bars(bars, factors)
    _draw_key(figure, height)
    return figure


def _draw_dots(axes: Axes, factors: pd.DataFrame, settings: EcosystemSettings) -> None:
    titles = [settings.titles.get(name, name) for name in settings.kinds]
    _set_rows(axes, len(factors))
    axes.set_xlim(-0.5, len(titles) - 0.3)
    axes.set_xticks(range(len(titles)), titles, size=6.6)
    axes.set_yticks(range(len(factors)), _labels(factors), size=6.6)
    for column, name in enumerate(settings.kinds):
        rated = name in settings.measured_by_value
        for row, factor in enumerate(factors.to_dict("records")):
            standing = factor[f"standing_{name}"]
            if pd.isna(standing):
                axes.text(column, row, "·", ha="center", va="center", size=6, color="#8a8a8a")
            elif rated and not pd.isna(factor[f"value_{name}"]):
                _draw_rating(axes, column, row, standing, factor["verdict"])
                _write(axes, column, row, f"{factor[f'value_{name}']:.1f}")
            elif standing > 0:
                axes.scatter(column, row, s=LARGEST_DOT * standing, color=BLUE, lw=0, zorder=2)
                _write(axes, column, row, f"{factor[f'sources_{name}']}")


def _draw_rating(axes: Axes, column: int, row: int, standing: float, verdict: str) -> None:
    """Filled where the panel agreed on the factor, hollow without consensus, a cross against."""
    if verdict == "rejected":
        axes.scatter(column, row, marker="x", s=16, color=INK, lw=0.9, zorder=2)
        return
    fill = BLUE if verdict == "supported" else "white"
    size = LARGEST_DOT * max(standing, 0.05)
    axes.scatter(column, row, s=size, facecolor=fill, edgecolor=BLUE, lw=0.8, zorder=2)


def _write(axes: Axes, column: int, row: int, words: str) -> None:
    axes.text(column + 0.25, row, words, size=5.8, va="center", color=INK)


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
    lines = (
        "C citizens, O public organisation, E environment. Dots: standing within the technique "
        "(area, 0 to 1) and number of sources; · awaited.",
        "Panel: median rating; dot filled with consensus, hollow without, cross with consensus "
        "against; · not asked.",
        "Bars: strength, shaded by confidence; line: range when one line of evidence is left out.",
    )
    for place, words in enumerate(lines):
        figure.text(0.01, (FOOT - 0.14 - 0.13 * place) / height, words, size=5.7)
    axes = figure.add_axes((0.66, 0.04 / height, 0.33, 0.16 / height))
    axes.set_axis_off()
    axes.set_xlim(0, 4)
    axes.set_ylim(0, 1)
    for x, (words, shade) in zip((0, 0.8, 1.95, 2.7), SHADES.items(), strict=True):
        axes.scatter(x + 0.1, 0.5, marker="s", s=20, color=shade, edgecolor=INK, lw=0.5)
        axes.text(x + 0.25, 0.5, words, size=5.8, va="center")
