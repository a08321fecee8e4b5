"""The structure as a drawing: factors by ISM level from left to right, the drivers at the left.

Layers, crossings and the way of long arrows follow Sugiyama, Tagawa and Toda (1981): an arrow over
several levels keeps a place of its own in each level that it crosses, so that it passes no
label. Graphviz was considered; it is a program of its own, which no environment here has.

Two maps of the factors: prominence and relation (DEMATEL), driving and dependence (MICMAC).

Markers carry numbers, and a list below says which factor is which: names beside twenty markers, of
which several share a place, cannot be read. adjustText was considered for the numbers; eight
directions tried in turn are enough for them.
"""

import itertools
from collections.abc import Sequence
from typing import NamedTuple

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import FancyArrowPatch, FancyBboxPatch
from matplotlib.path import Path
from matplotlib.ticker import MaxNLocator

from coproduction.core import figures
from coproduction.ecosystem.model_figure import INK, WIDTH, balanced
from coproduction.methods.ism import AUTONOMOUS, CYCLE, DEPENDENT, DRIVER, LINKAGE, cuts

TINTS = {DRIVER: "#f7c98b", LINKAGE: "#c5dff0", DEPENDENT: "#ffffff", AUTONOMOUS: "#e3e3e3"}
EDGES = {DRIVER: "#b35c00", LINKAGE: "#0072B2", DEPENDENT: "#444444", AUTONOMOUS: "#8A8A8A"}
SIZE, LINE, PAD, GAP = 5.8, 0.1, 0.075, 0.16
FRAME = 0.06  # around factors that drive each other
WAY = 0.07  # height that a passing arrow keeps free
HEAD, FOOT = 0.42, 0.5
SWEEPS = 12


class Node(NamedTuple):
    """A group of factors that stand together, or (without factors) an arrow on its way."""

    level: int
    factors: tuple[str, ...]
    way: int = -1


def draw_structure(structure: pd.DataFrame, relations: pd.DataFrame) -> Figure:
    """The drawing of the levels; columns of STRUCTURE and RELATIONS."""
    if structure.empty:
        return figures.awaited("No structure yet: no expert has judged the influences.")
    columns, chains = layout(structure, relations)
    width = WIDTH / len(columns)
    boxes = {row.factor: _lines(row, width) for row in structure.itertuples()}
    tall = max(sum(_height(node, boxes) + GAP for node in column) for column in columns)
    height = HEAD + FOOT + tall
    figure = plt.figure(figsize=(WIDTH, height))
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_xlim(0, WIDTH)
    axes.set_ylim(0, height)
    axes.set_axis_off()
    places = _places(columns, boxes, width, FOOT + tall / 2)
    for chain in chains:
        _draw_arrow(axes, chain, places, _box_width(width))
    quadrant = dict(zip(structure["factor"], structure["quadrant"], strict=True))
    for column in columns:
        for node in column:
            if node.factors:
                _draw_group(axes, node, places[node], boxes, quadrant, _box_width(width))
    _draw_head(axes, columns, width, height)
    _draw_key(axes, relations)
    return figure


def layout(structure: pd.DataFrame, relations: pd.DataFrame) -> tuple[list[list[Node]], list[list[Node]]]:
    """Columns of nodes from the highest level to 1, and each arrow as the nodes it goes through."""
    level = dict(zip(structure["factor"], structure["level"], strict=True))
    group = _groups(structure, relations)
    nodes = list(dict.fromkeys(Node(int(level[f]), group[f]) for f in structure["factor"]))
    of = {factor: node for node in nodes for factor in node.factors}
    arrows = relations[relations["skeleton"] == "yes"]
    pairs = sorted({(of[a], of[b]) for a, b in zip(arrows["from"], arrows["to"], strict=True)})
    chains = []
    for number, (start, end) in enumerate(pairs):
        way = [Node(at, (), number) for at in range(start.level - 1, end.level, -1)]
        chains.append([start, *way, end])
    everything = nodes + [node for chain in chains for node in chain[1:-1]]
    columns = [
        [node for node in everything if node.level == at] for at in range(max(node.level for node in nodes), 0, -1)
    ]
    return _fewer_crossings(columns, chains), chains


def _groups(structure: pd.DataFrame, relations: pd.DataFrame) -> dict[str, tuple[str, ...]]:
    """Which factors drive each other over some chain: those joined by feedback."""
    found = {factor: {factor} for factor in structure["factor"]}
    both = relations[relations["skeleton"] == CYCLE]
    for a, b in zip(both["from"], both["to"], strict=True):
        joined = found[a] | found[b]
        for factor in joined:
            found[factor] = joined
    order = list(structure["factor"])
    return {factor: tuple(sorted(found[factor], key=order.index)) for factor in order}


def _fewer_crossings(columns: list[list[Node]], chains: list[list[Node]]) -> list[list[Node]]:
    """Each column in the order of the mean place of its neighbours, swept to and fro."""
    near: dict[Node, list[Node]] = {node: [] for column in columns for node in column}
    for chain in chains:
        for a, b in itertools.pairwise(chain):
            near[a].append(b)
            near[b].append(a)
    best, fewest = columns, _crossings(columns, chains)
    for sweep in range(SWEEPS):
        columns = [list(column) for column in columns]
        order = range(len(columns)) if sweep % 2 == 0 else reversed(range(len(columns)))
        for at in order:
            place = {node: (position + 0.5) / len(column) for column in columns for position, node in enumerate(column)}
            columns[at].sort(
                key=lambda node: np.mean([place[other] for other in near[node]]) if near[node] else place[node]
            )
        number = _crossings(columns, chains)
        if number < fewest:
            best, fewest = columns, number
    return best


def _crossings(columns: list[list[Node]], chains: list[list[Node]]) -> int:
    place = {node: spot for column in columns for spot, node in enumerate(column)}
    steps: dict[int, set] = {}
    for chain in chains:
        for a, b in itertools.pairwise(chain):
            steps.setdefault(a.level, set()).add((place[a], place[b]))
    return sum((a - c) * (b - d) < 0 for pairs in steps.values() for a, b in pairs for c, d in pairs)


def _box_width(width: float) -> float:
    return min(1.6, width * 0.74)


def _lines(row, width: float) -> list[str]:
    return balanced(f"{row.Index + 1}  {row.name}", max(8, int(_box_width(width) / 0.056)))


def _height(node: Node, boxes: dict[str, list[str]]) -> float:
    if not node.factors:
        return WAY
    inner = sum(len(boxes[factor]) * LINE + 2 * PAD for factor in node.factors)
    return inner + (len(node.factors) - 1) * 0.05 + (0.14 if len(node.factors) > 1 else 0)


def _places(
    columns: Sequence[Sequence[Node]], boxes: dict, width: float, middle: float
) -> dict[Node, tuple[float, float, float]]:
    """Centre and height of each node, the columns centred on the same line."""
    found = {}
    for number, column in enumerate(columns):
        heights = [_height(node, boxes) for node in column]
        top = middle + (sum(heights) + GAP * (len(column) - 1)) / 2
        for node, height in zip(column, heights, strict=True):
            found[node] = ((number + 0.5) * width, top - height / 2, height)
            top -= height + GAP
    return found


def _draw_arrow(axes: Axes, chain: Sequence[Node], places: dict, box: float) -> None:
    """A smooth line from the right side of the first box to the left side of the last."""
    start, *way, end = chain
    points = [(places[start][0] + _half(start, box), places[start][1])]
    for x, y, _ in (places[node] for node in way):
        points += [(x - box / 2, y), (x + box / 2, y)]
    points.append((places[end][0] - _half(end, box), places[end][1]))
    path, codes = [points[0]], [Path.MOVETO]
    for number, (here, there) in enumerate(itertools.pairwise(points)):
        if number % 2:  # straight past the boxes of a level
            path.append(there)
            codes.append(Path.LINETO)
            continue
        half = (there[0] - here[0]) / 2
        path += [(here[0] + half, here[1]), (there[0] - half, there[1]), there]
        codes += [Path.CURVE4] * 3
    axes.add_patch(
        FancyArrowPatch(
            path=Path(path, codes),
            arrowstyle="-|>",
            mutation_scale=7,
            color="#4a4f55",
            lw=0.8,
            shrinkA=0,
            shrinkB=0,
            zorder=1,
        )
    )


def _half(node: Node, box: float) -> float:
    """From the middle to the side of a box, or of the frame around several."""
    return box / 2 + (FRAME if len(node.factors) > 1 else 0)


def _draw_group(axes: Axes, node: Node, place, boxes: dict, quadrant: dict, box: float) -> None:
    x, y, height = place
    top = y + height / 2
    if len(node.factors) > 1:
        axes.add_patch(
            FancyBboxPatch(
                (x - box / 2 - FRAME, y - height / 2),
                box + 2 * FRAME,
                height,
                lw=0.8,
                facecolor="white",
                edgecolor="#4a4f55",
                linestyle=(0, (3, 2)),
                boxstyle="round,pad=0,rounding_size=0.06",
                zorder=2,
            )
        )
        top -= 0.07
    for factor in node.factors:
        tall = len(boxes[factor]) * LINE + 2 * PAD
        kind = quadrant[factor]
        axes.add_patch(
            FancyBboxPatch(
                (x - box / 2, top - tall),
                box,
                tall,
                facecolor=TINTS[kind],
                edgecolor=EDGES[kind],
                lw=0.9,
                boxstyle="round,pad=0,rounding_size=0.05",
                zorder=3,
            )
        )
        words = "\n".join(boxes[factor])
        axes.text(x, top - tall / 2, words, size=SIZE, ha="center", va="center", zorder=4, color=INK, linespacing=1.05)
        top -= tall + 0.05


def _draw_head(axes: Axes, columns: Sequence, width: float, height: float) -> None:
    for number in range(len(columns)):
        level = len(columns) - number
        words = f"Level {level}"
        axes.text((number + 0.5) * width, height - 0.12, words, size=6.6, ha="center", weight="bold")
    if len(columns) > 1:
        for x, words, side in ((0.05, "drives others", "left"), (WIDTH - 0.05, "is driven", "right")):
            axes.text(x, height - 0.3, words, size=6.2, ha=side, color="#4a4f55", style="italic")


def _draw_key(axes: Axes, relations: pd.DataFrame) -> None:
    x, y = 0.1, 0.12
    for kind, tint in TINTS.items():
        axes.add_patch(
            FancyBboxPatch(
                (x, y - 0.05),
                0.16,
                0.1,
                facecolor=tint,
                edgecolor=EDGES[kind],
                lw=0.9,
                boxstyle="round,pad=0,rounding_size=0.03",
            )
        )
        axes.text(x + 0.22, y, kind, size=6.2, va="center")
        x += 0.95
    if (relations["skeleton"] == CYCLE).any():
        axes.add_patch(
            FancyBboxPatch(
                (x, y - 0.06),
                0.2,
                0.12,
                facecolor="white",
                edgecolor="#4a4f55",
                lw=0.8,
                linestyle=(0, (3, 2)),
                boxstyle="round,pad=0,rounding_size=0.03",
            )
        )
        axes.text(x + 0.26, y, "drive each other", size=6.2, va="center")


MARKS = {DRIVER: "s", LINKAGE: "o", DEPENDENT: "v", AUTONOMOUS: "D"}
PANEL, LEFT, SPACE, TOP, AXIS = 2.85, 0.5, 0.6, 0.3, 0.45
ROW, COLUMNS = 0.135, 3
MARK_SIZE = 6.6
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
        figure.add_axes((x / WIDTH, bottom, PANEL / WIDTH, PANEL / height)) for x in (LEFT, LEFT + PANEL + SPACE)
    )
    _draw_dematel(first, structure, why)
    _draw_micmac(second, structure, cut)
    _draw_list(figure, structure, height)
    return figure


def _draw_dematel(axes: Axes, structure: pd.DataFrame, why: str) -> None:
    axes.set_title("DEMATEL", loc="left", size=7.5, weight="bold")
    if structure["relation"].isna().all():
        axes.set_axis_off()
        axes.text(0.5, 0.5, f"Not computed:\n{why}", ha="center", va="center", size=MARK_SIZE, wrap=True)
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
        axes.text(
            0.985,
            at,
            words,
            transform=axes.transAxes,
            ha="right",
            size=6.2,
            style="italic",
            va="top" if at > 0.5 else "bottom",
            color="#4a4f55",
        )
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
    corners = {DRIVER: (0.02, 0.985), LINKAGE: (0.985, 0.985), AUTONOMOUS: (0.02, 0.02), DEPENDENT: (0.985, 0.02)}
    for kind, (x, y) in corners.items():
        axes.text(
            x,
            y,
            kind,
            transform=axes.transAxes,
            size=6.2,
            style="italic",
            color="#4a4f55",
            ha="left" if x < 0.5 else "right",
            va="bottom" if y < 0.5 else "top",
        )
    places = structure.reset_index(drop=True).groupby(["dependence", "driving"], sort=True)
    found = [(x, y, list(rows.index + 1), rows["quadrant"].iloc[0]) for (x, y), rows in places]
    xs, ys = (np.array([place[axis] for place in found], float) for axis in (0, 1))
    _markers(axes, xs, ys, [place[3] for place in found])
    _write(axes, xs, ys, [_numbers_listed(place[2]) for place in found])


def _numbers_listed(numbers: list[int]) -> str:
    """Numbers of factors that share a place, a few to the line."""
    lines = [numbers[at : at + PER_LINE] for at in range(0, len(numbers), PER_LINE)]
    return ",\n".join(", ".join(map(str, line)) for line in lines)


def _markers(axes: Axes, x, y, quadrants) -> None:
    for a, b, kind in zip(x, y, quadrants, strict=True):
        axes.scatter(a, b, s=26, marker=MARKS[kind], color=TINTS[kind], edgecolor=EDGES[kind], lw=0.9, zorder=3)


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
        axes.text(
            *at,
            label,
            size=MARK_SIZE,
            ha="center",
            va="center",
            color=INK,
            zorder=4,
            linespacing=1.0,
            bbox=dict(facecolor="white", lw=0, pad=0.3) if far else None,
        )


def _free(a: float, b: float, wide: float, tall: float, taken: list) -> tuple[tuple, bool]:
    """A box for a label near (a, b) that covers nothing; whether it stands so far as to need a line."""
    boxes = []
    for ring in range(6):
        for across, up in ((1, 0), (-1, 0), (0, 1), (0, -1), (1, 1), (-1, 1), (1, -1), (-1, -1)):
            x = a + across * (wide / 2 + 0.08 + 0.1 * ring)
            y = b + up * (tall / 2 + 0.08 + 0.1 * ring)
            box = (x - wide / 2, y - tall / 2, x + wide / 2, y + tall / 2)
            boxes.append(box)
            inside = min(box[:2]) > 0.02 and max(box[2:]) < PANEL - 0.02
            if inside and not any(_overlap(box, other) for other in taken):
                return box, ring > 0
    return boxes[0], False


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
