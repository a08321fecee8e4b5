"""Connections between the factors as half a matrix, grouped by level and dimension.

A drawing with lines was left out: with 32 factors and a hundred pairs the lines
hide each other, while half a matrix shows every pair in its own place.
"""

from collections.abc import Sequence

import matplotlib.pyplot as plt
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from coproduction.core import figures
from coproduction.ecosystem.model_figure import INK, SHADES, WIDTH

CELL = 0.138
LEFT, TOP, FOOT = 2.35, 1.25, 0.36
LARGEST_DOT = 62
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
    height = TOP + side + FOOT
    figure = plt.figure(figsize=(WIDTH, height))
    axes = figure.add_axes((LEFT / WIDTH, FOOT / height, side / WIDTH, side / height))
    axes.set_xlim(-0.5, number - 0.5)
    axes.set_ylim(number - 0.5, -0.5)
    axes.set_axis_off()
    _draw_grid(axes, codebook)
    place = {factor: position for position, factor in enumerate(codebook["id"])}
    most = int(edges["units"].max())
    for edge in edges.itertuples():
        column, row = sorted((place[edge.factor_a], place[edge.factor_b]))
        shade = CLEAR if edge.clear == "yes" else CHANCE
        axes.scatter(column, row, s=LARGEST_DOT * edge.units / most, color=shade, lw=0, zorder=2)
    _draw_key(axes, most, number)
    return figure


def _draw_grid(axes: Axes, codebook: pd.DataFrame) -> None:
    groups = [GROUP_WORDS.get(name, name) for name in codebook["dimension"]]
    for position, name in enumerate(codebook["name"]):
        axes.plot([-0.5, position], [position] * 2, color="#e8eaed", lw=0.5, zorder=0)
        axes.plot([position] * 2, [position, len(groups) - 0.5], color="#e8eaed", lw=0.5, zorder=0)
        axes.text(-0.8, position, name, ha="right", va="center", size=5.8)
        axes.text(
            position + 0.15, position - 0.4, name, rotation=45, size=5.2, ha="left", va="bottom",
            rotation_mode="anchor", color="#55595f",
        )  # fmt: skip
    for start in _starts(groups):
        if start:
            axes.plot([-0.5, start - 0.5], [start - 0.5] * 2, color="#8a8f96", lw=0.6, zorder=1)
            ends = [start - 0.5, len(groups) - 0.5]
            axes.plot([start - 0.5] * 2, ends, color="#8a8f96", lw=0.6, zorder=1)


def _starts(groups: Sequence[str]) -> list[int]:
    """Positions at which a new group begins."""
    return [place for place, name in enumerate(groups) if place == 0 or groups[place - 1] != name]


def _draw_key(axes: Axes, most: int, number: int) -> None:
    y = number + 0.9
    x = -0.5
    for units in sorted({1, max(1, round(most / 2)), most}):
        axes.scatter(x, y, s=LARGEST_DOT * units / most, color=CHANCE, lw=0, clip_on=False)
        axes.text(x + 0.7, y, f"{units}", size=5.8, va="center", color=INK)
        x += 2.2
    axes.text(x - 0.4, y, "units in which both have evidence", size=5.8, va="center")
    x += 11.5
    for words, shade in (("clearly more often than by chance", CLEAR), ("not clearly", CHANCE)):
        axes.scatter(x, y, s=LARGEST_DOT * 0.6, color=shade, lw=0, clip_on=False)
        axes.text(x + 0.7, y, words, size=5.8, va="center", color=INK)
        x += 13
