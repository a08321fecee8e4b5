"""The factors by technique, by pairs that come up together, and by the range of their ranks.

Half a matrix shows every pair in its own place: with lines between the factors a hundred pairs would
hide each other.
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
MATRIX_HEAD, MATRIX_FOOT = 0.5, 0.55
LARGEST_STANDING = 115
BLUE = SHADES["moderate"]
LEVEL_MARKS = {"citizens": "C", "organisation": "O", "environment": "E"}


def draw_matrix(factors: pd.DataFrame, settings: EcosystemSettings) -> Figure:
    """The matrix figure.

    `factors`: strongest first, with the columns of tables.weighed(settings).
    """
    if not factors["sources"].sum():
        return figures.awaited("No evidence yet: the matrix follows with the first technique.")
    height = MATRIX_HEAD + MATRIX_FOOT + ROW * len(factors)
    figure = plt.figure(figsize=(WIDTH, height))
    body = (MATRIX_FOOT / height, (height - MATRIX_HEAD - MATRIX_FOOT) / height)
    dots = figure.add_axes((0.375, body[0], 0.385, body[1]))
    bars = figure.add_axes((0.785, body[0], 0.19, body[1]))
    _draw_dots(dots, factors, settings)
    _draw_bars(bars, factors)
    _draw_matrix_key(figure, height)
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
                _write_beside(axes, column, row, f"{factor[f'value_{name}']:.1f}")
            elif standing > 0:
                axes.scatter(column, row, s=LARGEST_STANDING * standing, color=BLUE, lw=0, zorder=2)
                _write_beside(axes, column, row, f"{factor[f'sources_{name}']}")
            if not rated and factor[f"hindering_{name}"]:
                axes.text(
                    column + 0.44,
                    row,
                    f"−{factor[f'hindering_{name}']}",
                    size=5.8,
                    va="center",
                    color=figures.PALETTE["vermilion"],
                )


def _draw_rating(axes: Axes, column: int, row: int, standing: float, verdict: str) -> None:
    """Filled where the panel agreed on the factor, hollow without consensus, a cross against."""
    if verdict == "rejected":
        axes.scatter(column, row, marker="x", s=16, color=INK, lw=0.9, zorder=2)
        return
    fill = BLUE if verdict == "supported" else "white"
    size = LARGEST_STANDING * max(standing, 0.05)
    axes.scatter(column, row, s=size, facecolor=fill, edgecolor=BLUE, lw=0.8, zorder=2)


def _write_beside(axes: Axes, column: int, row: int, words: str) -> None:
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
    return [f"{name}  {LEVEL_MARKS[level]}" for name, level in zip(factors["name"], factors["level"], strict=True)]


def _draw_matrix_key(figure: Figure, height: float) -> None:
    lines = (
        "C citizens, O public organisation, E environment. Dots: standing within the technique "
        "(area, 0 to 1), sources for and, in red, against; · awaited.",
        "Panel: median rating; dot filled with consensus, hollow without, cross with consensus against; · not asked.",
        "Bars: strength, shaded by confidence; line: range when one line of evidence is left out.",
    )
    for place, words in enumerate(lines):
        figure.text(0.01, (MATRIX_FOOT - 0.14 - 0.13 * place) / height, words, size=5.7)
    axes = figure.add_axes((0.66, 0.04 / height, 0.33, 0.16 / height))
    axes.set_axis_off()
    axes.set_xlim(0, 4)
    axes.set_ylim(0, 1)
    for x, (words, shade) in zip((0, 0.8, 1.95, 2.7), SHADES.items(), strict=True):
        axes.scatter(x + 0.1, 0.5, marker="s", s=20, color=shade, edgecolor=INK, lw=0.5)
        axes.text(x + 0.25, 0.5, words, size=5.8, va="center")


CELL = 0.138
MARGIN, ROOM_ABOVE, FOOT = 2.35, 1.25, 0.36
LARGEST_PAIR = 62
CLEAR, CHANCE = SHADES["moderate"], "#b9bec5"
GROUP_WORDS = {"individual": "citizens", "organisational": "public organisation"}


def draw_connections(codebook: pd.DataFrame, edges: pd.DataFrame) -> Figure:
    """The matrix of connections.

    `codebook`: id, name, level, dimension in the order to draw. `edges`: factor_a, factor_b,
    units, clear.
    """
    if edges.empty:
        return figures.awaited("No connections yet: no two factors have come up together.")
    number = len(codebook)
    side = CELL * number
    height = ROOM_ABOVE + side + FOOT
    figure = plt.figure(figsize=(WIDTH, height))
    axes = figure.add_axes((MARGIN / WIDTH, FOOT / height, side / WIDTH, side / height))
    axes.set_xlim(-0.5, number - 0.5)
    axes.set_ylim(number - 0.5, -0.5)
    axes.set_axis_off()
    _draw_grid(axes, codebook)
    place = {factor: position for position, factor in enumerate(codebook["id"])}
    most = int(edges["units"].max())
    for edge in edges.itertuples():
        column, row = sorted((place[edge.factor_a], place[edge.factor_b]))
        shade = CLEAR if edge.clear == "yes" else CHANCE
        axes.scatter(column, row, s=LARGEST_PAIR * edge.units / most, color=shade, lw=0, zorder=2)
    _draw_pairs_key(axes, most, number)
    return figure


def _draw_grid(axes: Axes, codebook: pd.DataFrame) -> None:
    groups = [GROUP_WORDS.get(name, name) for name in codebook["dimension"]]
    for position, name in enumerate(codebook["name"]):
        axes.plot([-0.5, position], [position] * 2, color="#e8eaed", lw=0.5, zorder=0)
        axes.plot([position] * 2, [position, len(groups) - 0.5], color="#e8eaed", lw=0.5, zorder=0)
        axes.text(-0.8, position, name, ha="right", va="center", size=5.8)
        axes.text(
            position + 0.15,
            position - 0.4,
            name,
            rotation=45,
            size=5.2,
            ha="left",
            va="bottom",
            rotation_mode="anchor",
            color="#55595f",
        )
    for start in _starts(groups):
        if start:
            axes.plot([-0.5, start - 0.5], [start - 0.5] * 2, color="#8a8f96", lw=0.6, zorder=1)
            ends = [start - 0.5, len(groups) - 0.5]
            axes.plot([start - 0.5] * 2, ends, color="#8a8f96", lw=0.6, zorder=1)


def _starts(groups: Sequence[str]) -> list[int]:
    """Positions at which a new group begins."""
    return [place for place, name in enumerate(groups) if place == 0 or groups[place - 1] != name]


def _draw_pairs_key(axes: Axes, most: int, number: int) -> None:
    y = number + 0.9
    x = -0.5
    for units in sorted({1, max(1, round(most / 2)), most}):
        axes.scatter(x, y, s=LARGEST_PAIR * units / most, color=CHANCE, lw=0, clip_on=False)
        axes.text(x + 0.7, y, f"{units}", size=5.8, va="center", color=INK)
        x += 2.2
    axes.text(x - 0.4, y, "units in which both have evidence", size=5.8, va="center")
    x += 11.5
    for words, shade in (("clearly more often than by chance", CLEAR), ("not clearly", CHANCE)):
        axes.scatter(x, y, s=LARGEST_PAIR * 0.6, color=shade, lw=0, clip_on=False)
        axes.text(x + 0.7, y, words, size=5.8, va="center", color=INK)
        x += 13


def draw_ranks(firm: pd.DataFrame) -> Figure:
    """The ranges of ranks: columns of ROBUSTNESS, the first rank at the top."""
    if firm.empty:
        return figures.awaited("No ranks yet: there is no evidence to draw again.")
    number = len(firm)
    height = 0.55 + 0.16 * number
    figure = plt.figure(figsize=(WIDTH, height))
    axes = figure.add_axes((0.4, 0.36 / height, 0.58, 1 - 0.42 / height))
    axes.set_ylim(number - 0.4, -0.6)
    axes.set_xlim(0.3, number + 0.7)
    for row in range(0, number, 2):
        axes.axhspan(row - 0.5, row + 0.5, color="#f3f4f6", lw=0, zorder=0)
    for place, factor in enumerate(firm.to_dict("records")):
        ends = [factor["left_out_low"], factor["left_out_high"]]
        axes.plot(ends, [place, place], color=INK, lw=0.6, zorder=2.5)
        ends = [factor["rank_low"] - 0.25, factor["rank_high"] + 0.25]
        axes.plot(ends, [place, place], color=SHADES["low"], lw=4.2, solid_capstyle="butt", zorder=2)
        axes.scatter(factor["rank"], place, s=13, color=SHADES["high"], zorder=3, lw=0)
    axes.set_yticks(range(number), list(firm["name"]), size=6.6)
    axes.tick_params(axis="y", length=0)
    axes.set_xlabel("Place by strength of the evidence", size=7)
    axes.grid(axis="x")
    return figure
