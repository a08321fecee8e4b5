"""Two maps of the factors: prominence and relation (DEMATEL), driving and dependence (MICMAC).

Markers carry numbers, and a list below says which factor is which: names beside twenty markers, of
which several share a place, cannot be read. adjustText was considered for the numbers; eight
directions tried in turn are enough for them.
"""

from collections.abc import Iterable
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from coproduction.core import figures
from coproduction.core.lettering import LINE, SIZE, draw_list, list_height, width_of
from coproduction.ecosystem.model_figure import INK, WIDTH
from coproduction.ecosystem.structure_figures import EDGES, TINTS
from coproduction.methods.ism import AUTONOMOUS, DEPENDENT, DRIVER, LINKAGE, cuts

MARKS = {DRIVER: "s", LINKAGE: "o", DEPENDENT: "v", AUTONOMOUS: "D"}
LEFT, TOP, AXIS = 0.52, 0.3, 0.48  # inches around a panel: at its left, above and below
BESIDE = (2.46, 2.46)  # width and height of a panel beside another one
ALONE = (WIDTH - LEFT - 0.1, 3.0)  # where many factors need more room, one below the other
CROWDED = 22  # factors
PER_LINE = 4


def draw_map(structure: pd.DataFrame, cut: str, why: str) -> Figure:
    """The two maps; `cut` of MICMAC's quadrants, `why` there is no DEMATEL (or empty)."""
    if structure.empty:
        return figures.awaited("No map yet: no expert has judged the influences.")
    crowded = len(structure) > CROWDED
    wide, tall = ALONE if crowded else BESIDE
    block = TOP + tall + AXIS
    below = list_height(structure["name"])
    height = block * (2 if crowded else 1) + below
    figure = plt.figure(figsize=(WIDTH, height))
    across = 0 if crowded else LEFT + wide + 0.1
    first, second = (
        figure.add_axes(((LEFT + x) / WIDTH, 1 - (y + TOP + tall) / height, wide / WIDTH, tall / height))
        for x, y in ((0, 0), (across, block if crowded else 0))
    )
    _draw_dematel(first, structure, why)
    _draw_micmac(second, structure, cut)
    page = figure.add_axes((0, 0, 1, 1), xlim=(0, WIDTH), ylim=(0, height))
    page.set_axis_off()
    draw_list(page, structure["name"], below - 0.04, -1)
    return figure


def _draw_dematel(axes: Axes, structure: pd.DataFrame, why: str) -> None:
    axes.set_title("DEMATEL", loc="left", weight="bold")
    if structure["relation"].isna().all():
        axes.set_axis_off()
        axes.text(0.5, 0.5, f"Not computed:\n{why}", ha="center", va="center", size=SIZE, wrap=True)
        return
    x, y = structure["prominence"].to_numpy(), structure["relation"].to_numpy()
    axes.set_xlabel("Prominence, D + R")
    axes.set_ylabel("Relation, D − R")
    reach = 1.25 * max(np.abs(y).max(), 0.01)
    spread = max(x.max() - x.min(), 0.05 * x.max())
    axes.set_xlim(x.min() - 0.15 * spread, x.max() + 0.15 * spread)
    axes.set_ylim(-reach, reach)
    axes.axhline(0, color="#777777", lw=0.7)
    axes.axvline(x.mean(), color="#bbbbbb", lw=0.7, linestyle=(0, (3, 2)))
    for at, words in ((0.985, "causes"), (0.02, "effects")):
        axes.text(
            0.985,
            at,
            words,
            transform=axes.transAxes,
            ha="right",
            size=SIZE,
            style="italic",
            va="top" if at > 0.5 else "bottom",
            color="#4a4f55",
        )
    places = structure.reset_index(drop=True).groupby([x.round(2), y.round(2)], sort=True)
    marker_places = [(*at, list(rows.index + 1), rows["quadrant"].iloc[0]) for at, rows in places]
    _draw_places(axes, marker_places)


def _draw_micmac(axes: Axes, structure: pd.DataFrame, cut: str) -> None:
    number = len(structure)
    axes.set_title("MICMAC", loc="left", weight="bold")
    axes.set_xlabel("Dependence (factors that reach it)")
    axes.set_ylabel("Driving power (factors reached)")
    room = 0.08 * number  # for the words in the corners
    axes.set_xlim(0, number + 1)
    axes.set_ylim(-room, number + 1 + room)
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_locator(MaxNLocator(integer=True))
    axes.axvline(cuts(structure["dependence"].to_numpy(), cut), color="#777777", lw=0.7)
    axes.axhline(cuts(structure["driving"].to_numpy(), cut), color="#777777", lw=0.7)
    corners = {DRIVER: (0.02, 0.985), LINKAGE: (0.985, 0.985), AUTONOMOUS: (0.02, 0.02), DEPENDENT: (0.985, 0.02)}
    for kind, (x, y) in corners.items():
        axes.text(
            x,
            y,
            kind,
            transform=axes.transAxes,
            size=SIZE,
            style="italic",
            color="#4a4f55",
            ha="left" if x < 0.5 else "right",
            va="bottom" if y < 0.5 else "top",
        )
    places = structure.reset_index(drop=True).groupby(["dependence", "driving"], sort=True)
    marker_places = [(x, y, list(rows.index + 1), rows["quadrant"].iloc[0]) for (x, y), rows in places]
    _draw_places(axes, marker_places)


def _draw_places(axes: Axes, places: list[tuple[Any, Any, list[int], str]]) -> None:
    """A marker at each place, and beside it the numbers of the factors that share it."""
    xs, ys = (np.array([place[axis] for place in places], float) for axis in (0, 1))
    _markers(axes, xs, ys, [place[3] for place in places])
    _write(axes, xs, ys, [_numbers_listed(place[2]) for place in places])


def _numbers_listed(numbers: list[int]) -> str:
    """Numbers of factors that share a place, a few to the line."""
    lines = [numbers[at : at + PER_LINE] for at in range(0, len(numbers), PER_LINE)]
    return ",\n".join(", ".join(map(str, line)) for line in lines)


def _markers(axes: Axes, x: np.ndarray, y: np.ndarray, quadrants: Iterable[str]) -> None:
    for a, b, kind in zip(x, y, quadrants, strict=True):
        axes.scatter(a, b, s=26, marker=MARKS[kind], color=TINTS[kind], edgecolor=EDGES[kind], lw=0.9, zorder=3)


def _write(axes: Axes, x: np.ndarray, y: np.ndarray, labels: list[str]) -> None:
    """Each label beside its marker, in the first direction where it covers nothing."""
    room = axes.bbox.width / axes.figure.dpi, axes.bbox.height / axes.figure.dpi
    scale = [size / np.diff(limits)[0] for size, limits in zip(room, (axes.get_xlim(), axes.get_ylim()), strict=True)]
    low = [axes.get_xlim()[0], axes.get_ylim()[0]]
    spots = np.column_stack([(x - low[0]) * scale[0], (y - low[1]) * scale[1]])
    occupied = [(a - 0.06, b - 0.06, a + 0.06, b + 0.06) for a, b in spots]
    occupied += _corners(*room)
    for (a, b), label in zip(spots, labels, strict=True):
        lines = label.split("\n")
        wide, tall = max(map(width_of, lines)) + 0.02, LINE * len(lines)
        box, far = _free(a, b, (wide, tall), room, occupied)
        occupied.append(box)
        middle = ((box[0] + box[2]) / 2, (box[1] + box[3]) / 2)
        at = (middle[0] / scale[0] + low[0], middle[1] / scale[1] + low[1])
        if far:
            marker = (a / scale[0] + low[0], b / scale[1] + low[1])
            axes.plot(*zip(marker, at, strict=True), color="#8A8A8A", lw=0.5, zorder=2)
        axes.text(
            *at,
            label,
            size=SIZE,
            ha="center",
            va="center",
            color=INK,
            zorder=4,
            linespacing=1.0,
            bbox={"facecolor": "white", "lw": 0, "pad": 0.3},
        )


def _corners(width: float, height: float) -> list[tuple[float, float, float, float]]:
    """Where words name the parts of a panel."""
    return [(x, y, x + 0.78, y + 0.18) for x in (0, width - 0.78) for y in (0, height - 0.18)]


def _free(
    a: float, b: float, size: tuple[float, float], room: tuple[float, float], occupied: list
) -> tuple[tuple, bool]:
    """A box for a label near (a, b) that covers nothing; whether it stands so far as to need a line."""
    (wide, tall), boxes = size, []
    for ring in range(14):
        for across, up in ((1, 0), (-1, 0), (0, 1), (0, -1), (1, 1), (-1, 1), (1, -1), (-1, -1)):
            x = a + across * (wide / 2 + 0.08 + 0.1 * ring)
            y = b + up * (tall / 2 + 0.08 + 0.1 * ring)
            box = (x - wide / 2, y - tall / 2, x + wide / 2, y + tall / 2)
            boxes.append(box)
            inside = min(box[:2]) > 0.02 and box[2] < room[0] - 0.02 and box[3] < room[1] - 0.02
            if inside and not any(_overlap(box, other) for other in occupied):
                return box, ring > 0
    return boxes[0], False


def _overlap(one: tuple, other: tuple) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
