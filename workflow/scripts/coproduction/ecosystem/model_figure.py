"""The model as a figure: factors on three rings around what they are conditions for.

Inside the start itself, then citizens, the public organisation, and the environment with its
four dimensions as quarters. The area of a marker is the strength of a factor, its shade the
confidence in the evidence, so that a strong factor on thin evidence looks like one. All
coordinates are inches, hence what fits here fits in print. networkx' drawing was considered;
its layouts know no rings with labels that must not touch, and there is nothing to lay out:
the place of a factor is given by its level and dimension.
"""

from collections.abc import Sequence
from textwrap import wrap
from typing import NamedTuple

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.patches import Circle, PathPatch, RegularPolygon
from matplotlib.path import Path
from matplotlib.textpath import TextPath

from coproduction.core import figures

WIDTH, HEIGHT = figures.DOUBLE, 6.8
TOP = 3.1
LARGEST = 0.155
INK = "#1a1a1a"
SHADES = {"high": "#08306b", "moderate": "#3f7fb8", "low": "#a6c8e4", "very low": "#ffffff"}
SHAPES = {"hinders": (3, np.pi), "contested": (4, 0.0)}  # corners and turn of other markers
QUARTERS = {"political": 135, "economic": 45, "social": 225, "technological": 315}
ROOM, SECTOR_ROOM = {"citizens": 7, "organisation": 9}, 7  # names that find room without touching
LIST_ROW, LIST_COLUMNS = 0.135, 3
DIMENSION_TITLES = {name: f"{name} environment".upper() for name in QUARTERS}


class Ring(NamedTuple):
    """A band from `inner` to `outer` (inches); markers at `middle`; title along the inside."""

    inner: float
    middle: float
    outer: float
    tint: str
    title: str


RINGS = {
    "environment": Ring(1.98, 2.32, 2.54, "#f3f4f6", ""),
    "organisation": Ring(1.23, 1.645, 1.98, "#e6e9ed", "PUBLIC ORGANISATION"),
    "citizens": Ring(0.45, 0.89, 1.23, "#d8dde3", "CITIZENS"),
}


def draw_model(factors: pd.DataFrame, subject: str = "the outcome") -> Figure:
    """The model figure.

    `factors`: columns id, name, level, dimension, strength (0 to 1), confidence (a key of
    SHADES, or "none"), in the order in which they should run along the rings.
    `subject`: what they are conditions for, in the middle.
    """
    sectors = sectors_of(factors)
    numbered = is_crowded(factors, sectors)
    rows = -(-len(factors) // LIST_COLUMNS) if numbered else 0
    height = HEIGHT + (LIST_ROW * rows + 0.1 if numbered else 0)
    figure = plt.figure(figsize=(WIDTH, height))
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_xlim(-WIDTH / 2, WIDTH / 2)
    axes.set_ylim(TOP - height, TOP)
    axes.set_axis_off()
    _draw_rings(axes, sectors, numbered, subject)
    places = []
    for level in ("citizens", "organisation"):
        own = factors[factors["level"] == level]
        start = 90 if level == "organisation" else 60
        angles = _around(len(own), start)
        places += [(RINGS[level], *pair) for pair in zip(angles, own.itertuples(), strict=True)]
    for dimension, (centre, span) in sectors.items():
        is_here = (factors["level"] == "environment") & (factors["dimension"] == dimension)
        own = factors[is_here]
        angles = _quarter(len(own), centre, span)
        ring = RINGS["environment"]
        places += [(ring, *pair) for pair in zip(angles, own.itertuples(), strict=True)]
    for number, (ring, angle, factor) in enumerate(places, start=1):
        if numbered:
            _draw_numbered(axes, ring, angle, factor, number)
        elif ring.title:
            _draw_inner(axes, ring, angle, factor)
        else:
            _draw_outer(axes, ring, angle, factor)
    _draw_legend(axes)
    if numbered:
        _draw_names(axes, [factor.name for _, _, factor in places], rows)
    return figure


def sectors_of(factors: pd.DataFrame) -> dict[str, tuple[float, float]]:
    """Centre and width in degrees of each dimension of the environment, in four known quarters or evenly."""
    here = list(dict.fromkeys(factors.loc[factors["level"] == "environment", "dimension"]))
    if set(here) <= set(QUARTERS):
        return {name: (centre, 90) for name, centre in QUARTERS.items()}
    span = 360 / len(here)
    return {name: (180 - span * (place + 0.5), span) for place, name in enumerate(here)}


def is_crowded(factors: pd.DataFrame, sectors: dict[str, tuple[float, float]]) -> bool:
    """Whether names would touch, so that markers get numbers and a list below says the names."""
    levels = factors["level"].value_counts()
    outside = factors[factors["level"] == "environment"]["dimension"].value_counts()
    return any(levels.get(name, 0) > most for name, most in ROOM.items()) or any(
        outside.get(name, 0) * 90 / span > SECTOR_ROOM for name, (_, span) in sectors.items()
    )


def _draw_numbered(axes: Axes, ring: Ring, angle: float, factor, number: int) -> None:
    """A marker with its number, every other one further out."""
    middle = (ring.inner + ring.outer) / 2
    x, y = _at(middle + (0.17 if number % 2 else -0.06), angle)
    radius = _draw_marker(axes, x, y, factor)
    inside = radius >= 0.075
    dark = factor.confidence in ("high", "moderate") and factor.strength > 0
    axes.text(
        x if inside else x + radius + 0.06,
        y,
        f"{number}",
        size=5.2,
        ha="center",
        va="center",
        color="white" if inside and dark else INK,
        zorder=4,
    )


def _draw_names(axes: Axes, names: Sequence[str], rows: int) -> None:
    """The names of the numbered factors in columns below the legend."""
    for place, name in enumerate(names):
        column, row = divmod(place, rows)
        x = -WIDTH / 2 + 0.15 + column * WIDTH / LIST_COLUMNS
        y = TOP - HEIGHT - 0.1 - LIST_ROW * row
        axes.text(x, y, f"{place + 1}", size=5.8, weight="bold", va="center")
        axes.text(x + 0.18, y, name, size=5.8, va="center")


def balanced(words: str, width: int) -> list[str]:
    """`words` on as few lines of `width` characters as possible, lines of similar length."""
    lines = wrap(words, width, break_long_words=False)
    for narrower in range(width - 1, 3, -1):
        tighter = wrap(words, narrower, break_long_words=False)
        if len(tighter) > len(lines):
            break
        lines = tighter
    return lines


def _around(number: int, start: float) -> Sequence[float]:
    """Angles in degrees, clockwise from `start`, evenly around the circle."""
    return [start - 360 * position / max(number, 1) for position in range(number)]


def _quarter(number: int, centre: float, span: float) -> Sequence[float]:
    """Angles in degrees, clockwise, evenly over the `span` around `centre`."""
    return [centre + span / 2 - span * (position + 0.5) / number for position in range(number)]


def _draw_rings(axes: Axes, sectors: dict[str, tuple[float, float]], numbered: bool, subject: str) -> None:
    """The rings with their titles; those of the environment outside where no names are there."""
    for ring in RINGS.values():
        axes.add_patch(Circle((0, 0), ring.outer, facecolor=ring.tint, edgecolor="white", lw=1.2))
    outer = RINGS["environment"]
    for angle in (centre - span / 2 for centre, span in sectors.values()):
        x, y = _at(outer.inner, angle)
        far_x, far_y = _at(outer.outer, angle)
        axes.plot([x, far_x], [y, far_y], color="white", lw=2.5, solid_capstyle="butt")
    axes.add_patch(Circle((0, 0), RINGS["citizens"].inner, facecolor=INK, edgecolor="white"))
    words = wrap(subject.removeprefix("the ").strip(), 13, break_on_hyphens=False)
    middle = "\n".join(words)
    size = 7.5 if max(map(len, words)) <= 13 and len(words) <= 4 else 6
    axes.text(0, 0, middle[:1].upper() + middle[1:], color="white", ha="center", va="center", size=size)
    for ring in RINGS.values():
        if ring.title:
            _write_along(axes, ring.title, ring.inner + 0.05, 90)
    for dimension, (centre, _) in sectors.items():
        title = DIMENSION_TITLES.get(dimension, dimension.upper())
        _write_along(axes, title, outer.outer + 0.06 if numbered else outer.inner + 0.1, centre)


def _draw_marker(axes: Axes, x: float, y: float, factor) -> float:
    """Draw a factor's marker; its radius in inches."""
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
        corners, turn = shape
        patch = RegularPolygon((x, y), corners, radius=1.25 * radius, orientation=turn, zorder=3, **style)
        axes.add_patch(patch)
    return radius


def factor_side(factor) -> str:
    """Which way the evidence of a row points; favours where the table does not say."""
    return getattr(factor, "side", "favours")


def _draw_inner(axes: Axes, ring: Ring, angle: float, factor) -> None:
    """A marker with its label below, the pair centred on the middle of the ring."""
    width = 15 if ring.title == "CITIZENS" else 16
    lines = balanced(factor.name, width)
    x, y = _at(ring.middle, angle)
    top = y + 0.055 * len(lines) + 0.02
    _draw_marker(axes, x, top, factor)
    below = top - LARGEST * float(np.sqrt(max(factor.strength, 0.1))) - 0.03
    axes.text(x, below, "\n".join(lines), ha="center", va="top", size=6.3, linespacing=1.02)


def _draw_outer(axes: Axes, ring: Ring, angle: float, factor) -> None:
    """A marker in the ring with its label outside, on the side that faces away."""
    x, y = _at(ring.middle, angle)
    _draw_marker(axes, x, y, factor)
    x, y = _at(ring.outer + 0.06, angle)
    across, up = np.cos(np.radians(angle)), np.sin(np.radians(angle))
    side = "left" if across > 0 else "right"
    upright = "bottom" if up > 0.55 else "top" if up < -0.55 else "center"
    name = "\n".join(balanced(factor.name, 19 if 0.3 < abs(up) < 0.8 else 15))
    axes.text(x, y, name, ha=side, va=upright, size=6.4, linespacing=1.02)


def _write_along(axes: Axes, words: str, radius: float, centre: float) -> None:
    """Small capitals bent along a circle, upright in both halves of the figure."""
    shape = TextPath((0, 0), words, size=5.6 / 72, prop=FontProperties(weight="bold"))
    points = shape.vertices.copy()
    along = points[:, 0] - (points[:, 0].min() + points[:, 0].max()) / 2
    if np.sin(np.radians(centre)) >= 0:
        turned, distance = np.radians(centre) - along / radius, radius + points[:, 1]
    else:
        outside = radius + 0.055
        turned, distance = np.radians(centre) + along / outside, outside - points[:, 1]
    bent = np.column_stack([distance * np.cos(turned), distance * np.sin(turned)])
    axes.add_patch(PathPatch(Path(bent, shape.codes), facecolor="#4a4f55", lw=0))


def _draw_legend(axes: Axes) -> None:
    """Two rows below the circle: what size and what shade mean."""
    y = TOP - HEIGHT + 0.42
    axes.text(-3.2, y, "Strength of the evidence", size=6.6, va="center", weight="bold")
    x = -1.65
    for value in (0.25, 0.5, 0.75, 1.0):
        radius = LARGEST * float(np.sqrt(value))
        axes.add_patch(Circle((x, y), radius, facecolor="#c9ced4", edgecolor=INK, lw=0.6))
        axes.text(x + radius + 0.05, y, f"{value:g}", size=6.3, va="center")
        x += 0.62
    x += 0.25
    for words, (corners, turn) in SHAPES.items():
        style = {"facecolor": "#c9ced4", "edgecolor": INK, "lw": 0.6}
        axes.add_patch(RegularPolygon((x, y), corners, radius=0.095, orientation=turn, **style))
        axes.text(x + 0.14, y, words, size=6.3, va="center")
        x += 0.35 + 0.06 * len(words)
    y -= 0.3
    axes.text(-3.2, y, "Confidence in it", size=6.6, va="center", weight="bold")
    x = -1.65
    for words, shade in [*SHADES.items(), ("no support so far", "none")]:
        dashes = {"linestyle": (0, (2, 1.5)), "edgecolor": "#6b6b6b"} if shade == "none" else {}
        style = {"facecolor": shade, "edgecolor": SHADES["high"], "lw": 0.8, **dashes}
        axes.add_patch(Circle((x, y), 0.075, **style))
        axes.text(x + 0.12, y, words, size=6.3, va="center")
        x += 0.3 + 0.06 * len(words)


def _at(radius: float, angle: float) -> tuple[float, float]:
    """Cartesian coordinates of a point given by radius and angle in degrees."""
    return radius * float(np.cos(np.radians(angle))), radius * float(np.sin(np.radians(angle)))
