"""Two maps of the factors: prominence and relation (DEMATEL), driving and dependence (MICMAC).

Markers carry numbers, and a list below says which factor is which: names beside twenty markers, of
which several share a place, cannot be read. adjustText was considered for the numbers; eight
directions tried in turn are enough for them.
"""

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from coproduction.core import figures
from coproduction.ecosystem.ism import AUTONOMOUS, DEPENDENT, DRIVER, LINKAGE, cuts
from coproduction.ecosystem.model_figure import INK, WIDTH
from coproduction.ecosystem.structure_figure import EDGES, TINTS

MARKS = {DRIVER: "s", LINKAGE: "o", DEPENDENT: "v", AUTONOMOUS: "D"}
PANEL, LEFT, SPACE, TOP, AXIS = 2.85, 0.5, 0.6, 0.3, 0.45
ROW, COLUMNS = 0.135, 3
SIZE = 6.6
PER_LINE = 4
CORNERS = [
    (x, y, x + 0.62, y + 0.15) for x in (0, PANEL - 0.62) for y in (0, PANEL - 0.15)
]  # where words name the parts


def draw_map(structure: pd.DataFrame, cut: str, why: str) -> Figure:
    """The two maps; `cut` of MICMAC's quadrants, `why` there is no DEMATEL (or empty)."""
    if structure.empty:
        return figures.awaited("No map yet: no expert has judged the influences.")
    rows = -(-len(structure) // COLUMNS)
    height = TOP + PANEL + AXIS + 0.12 + ROW * rows
    figure = plt.figure(figsize=(WIDTH, height))
    bottom = (height - TOP - PANEL) / height
    first, second = (
        figure.add_axes((x / WIDTH, bottom, PANEL / WIDTH, PANEL / height))
        for x in (LEFT, LEFT + PANEL + SPACE)
    )
    _draw_dematel(first, structure, why)
    _draw_micmac(second, structure, cut)
    _draw_list(figure, structure, height)
    return figure


def _draw_dematel(axes: Axes, structure: pd.DataFrame, why: str) -> None:
    axes.set_title("DEMATEL", loc="left", size=7.5, weight="bold")
    if structure["relation"].isna().all():
        axes.set_axis_off()
        axes.text(0.5, 0.5, f"Not computed:\n{why}", ha="center", va="center", size=SIZE, wrap=True)
        return
    x, y = structure["prominence"].to_numpy(), structure["relation"].to_numpy()
    axes.set_xlabel("Prominence, D + R", size=7)
    axes.set_ylabel("Relation, D − R", size=7)
    axes.tick_params(labelsize=6.2)
    reach = 1.25 * max(np.abs(y).max(), 0.01)
    spread = max(x.max() - x.min(), 0.05 * x.max())
    axes.set_xlim(x.min() - 0.15 * spread, x.max() + 0.15 * spread)
    axes.set_ylim(-reach, reach)
    axes.axhline(0, color="#777777", lw=0.7)
    axes.axvline(x.mean(), color="#bbbbbb", lw=0.7, linestyle=(0, (3, 2)))
    for at, words in ((0.985, "causes"), (0.02, "effects")):
        axes.text(0.985, at, words, transform=axes.transAxes, ha="right", size=6.2, style="italic",
                  va="top" if at > 0.5 else "bottom", color="#4a4f55")  # fmt: skip
    _markers(axes, x, y, structure["quadrant"])
    labels = [str(number + 1) for number in range(len(structure))]
    _write(axes, x, y, labels)


def _draw_micmac(axes: Axes, structure: pd.DataFrame, cut: str) -> None:
    number = len(structure)
    axes.set_title("MICMAC", loc="left", size=7.5, weight="bold")
    axes.set_xlabel("Dependence (factors that reach it)", size=7)
    axes.set_ylabel("Driving power (factors reached)", size=7)
    axes.tick_params(labelsize=6.2)
    room = 0.08 * number  # for the words in the corners
    axes.set_xlim(0, number + 1)
    axes.set_ylim(-room, number + 1 + room)
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_locator(MaxNLocator(integer=True))
    axes.axvline(cuts(structure["dependence"].to_numpy(), cut), color="#777777", lw=0.7)
    axes.axhline(cuts(structure["driving"].to_numpy(), cut), color="#777777", lw=0.7)
    corners = {DRIVER: (0.02, 0.985), LINKAGE: (0.985, 0.985), AUTONOMOUS: (0.02, 0.02), DEPENDENT: (0.985, 0.02)}  # fmt: skip
    for kind, (x, y) in corners.items():
        axes.text(x, y, kind, transform=axes.transAxes, size=6.2, style="italic", color="#4a4f55",
                  ha="left" if x < 0.5 else "right", va="bottom" if y < 0.5 else "top")  # fmt: skip
    places = structure.reset_index(drop=True).groupby(["dependence", "driving"], sort=True)
    found = [(x, y, list(rows.index + 1), rows["quadrant"].iloc[0]) for (x, y), rows in places]
    xs, ys = (np.array([place[axis] for place in found], float) for axis in (0, 1))
    _markers(axes, xs, ys, [place[3] for place in found])
    _write(axes, xs, ys, [_listed(place[2]) for place in found])


def _listed(numbers: list[int]) -> str:
    """Numbers of factors that share a place, a few to the line."""
    lines = [numbers[at : at + PER_LINE] for at in range(0, len(numbers), PER_LINE)]
    return ",\n".join(", ".join(map(str, line)) for line in lines)


def _markers(axes: Axes, x, y, quadrants) -> None:
    for a, b, kind in zip(x, y, quadrants, strict=True):
        axes.scatter(a, b, s=26, marker=MARKS[kind], color=TINTS[kind], edgecolor=EDGES[kind], lw=0.9, zorder=3)  # fmt: skip


def _write(axes: Axes, x: np.ndarray, y: np.ndarray, labels: list[str]) -> None:
    """Each label beside its marker, in the first direction where it covers nothing."""
    scale = [PANEL / np.diff(limits)[0] for limits in (axes.get_xlim(), axes.get_ylim())]
    low = [axes.get_xlim()[0], axes.get_ylim()[0]]
    spots = np.column_stack([(x - low[0]) * scale[0], (y - low[1]) * scale[1]])
    taken = [(a - 0.06, b - 0.06, a + 0.06, b + 0.06) for a, b in spots]
    taken += CORNERS
    for (a, b), label in zip(spots, labels, strict=True):
        lines = label.split("\n")
        wide, tall = 0.056 * max(map(len, lines)) + 0.02, 0.1 * len(lines)
        box, far = _free(a, b, wide, tall, taken)
        taken.append(box)
        middle = ((box[0] + box[2]) / 2, (box[1] + box[3]) / 2)
        at = (middle[0] / scale[0] + low[0], middle[1] / scale[1] + low[1])
        if far:
            here = (a / scale[0] + low[0], b / scale[1] + low[1])
            axes.plot(*zip(here, at, strict=True), color="#8A8A8A", lw=0.5, zorder=2)
        axes.text(*at, label, size=SIZE, ha="center", va="center", color=INK, zorder=4,
                  linespacing=1.0, bbox=dict(facecolor="white", lw=0, pad=0.3) if far else None)  # fmt: skip


def _free(a: float, b: float, wide: float, tall: float, taken: list) -> tuple[tuple, bool]:
    """A box for a label near (a, b) that covers nothing; whether it stands so far as to need a line."""
    first = None
    for ring in range(6):
        for across, up in ((1, 0), (-1, 0), (0, 1), (0, -1), (1, 1), (-1, 1), (1, -1), (-1, -1)):
            x = a + across * (wide / 2 + 0.08 + 0.1 * ring)
            y = b + up * (tall / 2 + 0.08 + 0.1 * ring)
            box = (x - wide / 2, y - tall / 2, x + wide / 2, y + tall / 2)
            first = first or box
            inside = min(box[:2]) > 0.02 and max(box[2:]) < PANEL - 0.02
            if inside and not any(_overlap(box, other) for other in taken):
                return box, ring > 0
    return first, False


def _overlap(one: tuple, other: tuple) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _draw_list(figure: Figure, structure: pd.DataFrame, height: float) -> None:
    rows = -(-len(structure) // COLUMNS)
    for number, row in enumerate(structure.itertuples()):
        column, line = divmod(number, rows)
        x = (0.12 + column * WIDTH / COLUMNS) / WIDTH
        y = (ROW * (rows - line) - 0.02) / height
        figure.text(x, y, f"{number + 1}", size=5.8, weight="bold", va="center")
        figure.text(x + 0.17 / WIDTH, y, row.name, size=5.8, va="center")
