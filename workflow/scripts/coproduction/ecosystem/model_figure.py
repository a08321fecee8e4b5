"""The model as a figure: factors within nested levels around what they are conditions for.

Innermost the outcome, around it the citizens, the public organisation, and the environment with its
dimensions as columns. The area of a marker is the strength of a factor, its shade the confidence in
the evidence, so that a strong factor on thin evidence looks like one. All coordinates are inches, and
words are measured, hence what fits here fits in print. Rings were drawn before: with letters that can
be read on paper the names of thirty conditions find no room beside them. networkx' drawing was
considered; there is nothing to lay out: the place of a factor is given by its level and dimension.
"""

from typing import Any, NamedTuple

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Circle, FancyBboxPatch, RegularPolygon

from coproduction.core import figures
from coproduction.core.lettering import LINE, SIZE, draw_list, fitted, list_height, width_of

WIDTH = figures.DOUBLE
LARGEST = 0.125  # radius of the marker of strength 1
INK = "#1a1a1a"
SHADES = {"high": "#08306b", "moderate": "#3f7fb8", "low": "#a6c8e4", "very low": "#ffffff"}
SHAPES = {"hinders": (3, np.pi), "contested": (4, 0.0)}  # corners and turn of other markers
COLUMNS = 4  # of names beside one another in the environment; fewer within
MARKER = 2 * LARGEST + 0.06  # room for a marker
INSET, TITLE, ROOM, LEGEND = 0.2, 0.24, 0.07, 0.62  # beside a frame within another; heads; between parts
LINES = (6, 5, 4, 3)  # of a name: fewer where the page would not hold them, then numbers and a list
LISTED = {"environment": 12, "organisation": 9, "citizens": 9}  # columns of numbers
GREY = "#4a4f55"


class Frame(NamedTuple):
    """One level: its title, its tint, and in how many columns names stand."""

    title: str
    tint: str
    columns: int


FRAMES = {
    "environment": Frame("ENVIRONMENT", "#f3f4f6", COLUMNS),
    "organisation": Frame("PUBLIC ORGANISATION", "#e6e9ed", 3),
    "citizens": Frame("CITIZENS", "#d8dde3", 3),
}


class Block(NamedTuple):
    """Some factors below one another in columns, with a head, and how high that is."""

    head: str
    factors: list[Any]
    columns: int
    lines: list[list[str]]
    rows: list[float]  # heights

    @property
    def height(self) -> float:
        """Height in inches with its head."""
        return (0.19 if self.head else 0) + sum(self.rows) + 0.04


def draw_model(factors: pd.DataFrame, subject: str = "the outcome") -> Figure:
    """The model figure.

    `factors`: columns id, name, level, dimension, strength (0 to 1), confidence (a key of
    SHADES, or "none"), in the order in which they should be read.
    `subject`: what they are conditions for, in the middle.
    """
    order = pd.concat([factors[factors["level"] == level] for level in FRAMES])
    numbers = dict(zip(order["id"], map(str, range(1, len(order) + 1)), strict=True))
    page = figures.PRINTED[1] - 2 * figures.AROUND - LEGEND
    room = page - _centre(subject)[1] - 0.18
    for most in LINES:
        levels = {level: _bands(factors, level, most) for level in FRAMES}
        tall = sum(_tall(bands) for bands in levels.values())
        if tall <= room:
            break
    listed = tall > room
    if listed:
        levels = {level: _bands(factors, level, 1, numbers) for level in FRAMES}
        tall = sum(_tall(bands) for bands in levels.values())
    tall += _centre(subject)[1] + 0.18
    names = list(order["name"])
    most = next((n for n in (3, 2, 1) if tall + list_height(names, n) <= page), 1)
    keys = list(numbers.values())
    if listed and tall + list_height(names, most) > page:
        names, keys = _strongest(order, most, page - tall)
    height = tall + LEGEND + (list_height(names, most) if listed else 0)
    figure = plt.figure(figsize=(WIDTH, height))
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_xlim(0, WIDTH)
    axes.set_ylim(height, 0)
    axes.set_axis_off()
    top, bottom = 0.02, tall - 0.02
    for number, (level, bands) in enumerate(levels.items()):
        left = number * INSET
        _frame(axes, left, top, WIDTH - 2 * left, bottom - top, FRAMES[level].tint)
        axes.text(
            WIDTH / 2, top + 0.13, FRAMES[level].title, size=SIZE, weight="bold", ha="center", va="center", color=GREY
        )
        top += TITLE
        for band in bands:
            _draw_band(axes, band, left + 0.1, top, WIDTH - 2 * left - 0.2)
            top += max(block.height for block in band)
        top += ROOM
        bottom -= 0.1
    _draw_centre(axes, subject, top)
    _draw_legend(axes, tall)
    if listed:
        draw_list(axes, names, tall + LEGEND, 1, most, keys)
    return figure


def _strongest(order: pd.DataFrame, most: int, room: float) -> tuple[list[str], list[str]]:
    """The names that a list of this height holds, the strongest of all, and their numbers in order."""
    ranked = order.reset_index(drop=True).sort_values("strength", ascending=False, kind="stable").index
    names, keys = list(order["name"]), [str(n) for n in range(1, len(order) + 1)]
    for n_left in range(1, len(order) + 1):
        positions = sorted(ranked[: len(order) - n_left])
        names = [*order["name"].iloc[positions], f"… and {n_left} more: see the table"]
        keys = [*(str(n + 1) for n in positions), ""]
        if list_height(names, most) <= room:
            break
    return names, keys


def _bands(factors: pd.DataFrame, level: str, most: int, numbers: dict[str, str] | None = None) -> list[list[Block]]:
    """The blocks of a level, those beside one another in one band; `numbers` in the place of names."""
    of_level = factors[factors["level"] == level]
    columns = LISTED[level] if numbers else FRAMES[level].columns
    width = (WIDTH - 2 * list(FRAMES).index(level) * INSET - 0.2) / columns
    rows = list(of_level.itertuples())

    def block(head: str, some: list[Any], beside: int) -> Block:
        words = [numbers[row.id] if numbers else row.name for row in some]
        lines = [[each] if numbers else fitted(each, width - MARKER - 0.08, most) for each in words]
        down = -(-len(some) // beside)
        least = 0.25 if numbers else 0.29
        heights = [
            max([least, *(0.08 + LINE * len(lines[n]) for n in range(row, len(some), down))]) for row in range(down)
        ]
        return Block(head, some, beside, lines, heights)

    if level != "environment":
        return [[block("", rows, columns)]] if rows else []
    names = list(dict.fromkeys(of_level["dimension"]))
    across = min(len(names), COLUMNS) or 1
    blocks = [block(name, [row for row in rows if row.dimension == name], columns // across) for name in names]
    return [blocks[at : at + across] for at in range(0, len(blocks), across)]


def _tall(bands: list[list[Block]]) -> float:
    return TITLE + ROOM + sum(max(block.height for block in band) for band in bands)


def _frame(axes: Axes, left: float, top: float, width: float, height: float, tint: str, edge: str = "#b9c0c8") -> None:
    style: dict[str, Any] = {
        "boxstyle": "round,pad=0,rounding_size=0.12",
        "facecolor": tint,
        "edgecolor": edge,
        "lw": 0.8,
    }
    axes.add_patch(FancyBboxPatch((left, top), width, height, mutation_aspect=1, **style))


def _draw_band(axes: Axes, band: list[Block], left: float, top: float, width: float) -> None:
    step = width / sum(block.columns for block in band) if len(band) > 1 else width / band[0].columns
    for block in band:
        y = top
        if block.head:
            words = fitted(block.head.capitalize(), step * block.columns - 0.1, 1, weight="bold")[0]
            axes.text(left + 0.02, y + 0.08, words, size=SIZE, weight="bold", va="center", color=GREY)
            y += 0.19
        down = len(block.rows)
        for place, (factor, lines) in enumerate(zip(block.factors, block.lines, strict=True)):
            column, row = divmod(place, down)
            middle = y + sum(block.rows[:row]) + block.rows[row] / 2
            x = left + column * step
            _draw_marker(axes, x + MARKER / 2, middle, factor)
            axes.text(x + MARKER + 0.02, middle, "\n".join(lines), size=SIZE, va="center", linespacing=1.05)
        left += step * block.columns


def _centre(subject: str) -> tuple[list[str], float]:
    words = subject.removeprefix("the ").strip()
    lines = fitted(words[:1].upper() + words[1:], 3.2, 3, weight="bold")
    return lines, LINE * len(lines) + 0.3


def _draw_centre(axes: Axes, subject: str, top: float) -> None:
    lines, height = _centre(subject)
    width = max(width_of(line, weight="bold") for line in lines) + 0.5
    _frame(axes, (WIDTH - width) / 2, top - 0.04, width, height - 0.12, INK, INK)
    place = (WIDTH / 2, top - 0.04 + (height - 0.12) / 2)
    axes.text(*place, "\n".join(lines), size=SIZE, weight="bold", color="white", ha="center", va="center")


def _draw_marker(axes: Axes, x: float, y: float, factor: Any) -> None:
    value = getattr(factor, "hindrance", 0) if factor_side(factor) == "hinders" else factor.strength
    if value <= 0:
        style = {"facecolor": "none", "edgecolor": "#6b6b6b", "lw": 0.8, "linestyle": (0, (2, 1.5))}
        radius = 0.05
    else:
        style = {"facecolor": SHADES[factor.confidence], "edgecolor": SHADES["high"], "lw": 0.8}
        radius = LARGEST * float(np.sqrt(value))
    shape = SHAPES.get(factor_side(factor)) if value > 0 else None
    if shape is None:
        axes.add_patch(Circle((x, y), radius, zorder=3, **style))
    else:
        axes.add_patch(_polygon(x, y, 1.2 * radius, shape, style))


def _polygon(x: float, y: float, radius: float, shape: tuple[int, float], style: dict[str, Any]) -> RegularPolygon:
    corners, turn = shape
    turned = turn + np.pi if corners == 3 else turn  # the axis of heights points down
    return RegularPolygon((x, y), corners, radius=radius, orientation=turned, zorder=3, **style)


def factor_side(factor: Any) -> str:
    """Which way the evidence of a row points; favours where the table does not say."""
    return getattr(factor, "side", "favours")


def _draw_legend(axes: Axes, top: float) -> None:
    """Two rows below the frames: what size and what shade mean."""
    y = top + 0.2
    grey: dict[str, Any] = {"facecolor": "#c9ced4", "edgecolor": INK, "lw": 0.6}
    x = _legend_head(axes, y, "Strength of the evidence")
    for value in (0.25, 0.5, 0.75, 1.0):
        radius = LARGEST * float(np.sqrt(value))
        axes.add_patch(Circle((x, y), radius, **grey))
        x = _legend_words(axes, x + radius, y, f"{value:g}") + LARGEST
    for words, shape in SHAPES.items():
        axes.add_patch(_polygon(x, y, 0.09, shape, grey))
        x = _legend_words(axes, x + 0.08, y, words) + 0.09
    y += 0.27
    x = _legend_head(axes, y, "Confidence in it")
    for words, shade in [*SHADES.items(), ("no support so far", "none")]:
        dashes = {"linestyle": (0, (2, 1.5)), "edgecolor": "#6b6b6b"} if shade == "none" else {}
        style = {"facecolor": shade, "edgecolor": SHADES["high"], "lw": 0.8, **dashes}
        axes.add_patch(Circle((x, y), 0.07, **style))
        x = _legend_words(axes, x + 0.07, y, words) + 0.07


def _legend_head(axes: Axes, y: float, words: str) -> float:
    axes.text(0.05, y, words, size=SIZE, va="center", weight="bold")
    return 1.9


def _legend_words(axes: Axes, x: float, y: float, words: str) -> float:
    """Words beside a mark that ends at x; where the next mark may begin."""
    axes.text(x + 0.05, y, words, size=SIZE, va="center")
    return x + 0.05 + width_of(words) + 0.12
