"""The structure as a drawing: factors by ISM level from left to right, the drivers at the left.

Layers, crossings and the way of long arrows follow Sugiyama, Tagawa and Toda (1981): an arrow over
several levels keeps a place of its own in each level that it crosses, so that it passes no
label. Graphviz was considered; it is a program of its own, which no environment here has.
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

from coproduction.core import figures
from coproduction.core.lettering import LINE, SIZE, draw_list, list_height, width_of, wrapped
from coproduction.ecosystem.model_figure import INK, WIDTH
from coproduction.methods.ism import AUTONOMOUS, CYCLE, DEPENDENT, DRIVER, LINKAGE

TINTS = {DRIVER: "#f7c98b", LINKAGE: "#c5dff0", DEPENDENT: "#ffffff", AUTONOMOUS: "#e3e3e3"}
EDGES = {DRIVER: "#b35c00", LINKAGE: "#0072B2", DEPENDENT: "#444444", AUTONOMOUS: "#8A8A8A"}
PAD, GAP = 0.06, 0.14
NARROWEST = 0.98  # inches of a box that holds names; narrower ones hold numbers, and a list below says them
FRAME = 0.06  # around factors that drive each other
WAY = 0.07  # height that a passing arrow keeps free
HEAD, FOOT = 0.46, 0.42
TALLEST = figures.PRINTED[1] - 2 * figures.AROUND
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
    tall = _tallest(columns, boxes)
    listed = _box_width(width) < NARROWEST or HEAD + FOOT + tall > TALLEST
    below = 0.0
    if listed:
        boxes = {row.factor: [f"{row.Index + 1}"] for row in structure.itertuples()}
        tall, below = _tallest(columns, boxes), list_height(structure["name"])
    height = HEAD + FOOT + tall + below
    figure = plt.figure(figsize=(WIDTH, height))
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_xlim(0, WIDTH)
    axes.set_ylim(0, height)
    axes.set_axis_off()
    places = _places(columns, boxes, width, below + FOOT + tall / 2)
    for chain in chains:
        _draw_arrow(axes, chain, places, _box_width(width))
    quadrant = dict(zip(structure["factor"], structure["quadrant"], strict=True))
    for column in columns:
        for node in column:
            if node.factors:
                _draw_group(axes, node, places[node], boxes, quadrant, _box_width(width))
    _draw_head(axes, columns, width, height)
    _draw_key(axes, relations, below + 0.14)
    if listed:
        draw_list(axes, structure["name"], below - 0.04, -1)
    return figure


def _tallest(columns: list[list[Node]], boxes: dict[str, list[str]]) -> float:
    return max(sum(_height(node, boxes) + GAP for node in column) for column in columns)


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
    group_of = {factor: {factor} for factor in structure["factor"]}
    both = relations[relations["skeleton"] == CYCLE]
    for a, b in zip(both["from"], both["to"], strict=True):
        joined = group_of[a] | group_of[b]
        for factor in joined:
            group_of[factor] = joined
    order = list(structure["factor"])
    return {factor: tuple(sorted(group_of[factor], key=order.index)) for factor in order}


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
    return min(1.7, width - 0.24)


def _lines(row, width: float) -> list[str]:
    return wrapped(f"{row.Index + 1}\u00a0 {row.name}", max(0.5, _box_width(width) - 0.08))


def _height(node: Node, boxes: dict[str, list[str]]) -> float:
    if not node.factors:
        return WAY
    inner = sum(len(boxes[factor]) * LINE + 2 * PAD for factor in node.factors)
    return inner + (len(node.factors) - 1) * 0.05 + (0.14 if len(node.factors) > 1 else 0)


def _places(
    columns: Sequence[Sequence[Node]], boxes: dict, width: float, middle: float
) -> dict[Node, tuple[float, float, float]]:
    """Centre and height of each node, the columns centred on the same line."""
    centres = {}
    for number, column in enumerate(columns):
        heights = [_height(node, boxes) for node in column]
        top = middle + (sum(heights) + GAP * (len(column) - 1)) / 2
        for node, height in zip(column, heights, strict=True):
            centres[node] = ((number + 0.5) * width, top - height / 2, height)
            top -= height + GAP
    return centres


def _draw_arrow(axes: Axes, chain: Sequence[Node], places: dict, box: float) -> None:
    """A smooth line from the right side of the first box to the left side of the last."""
    start, *way, end = chain
    points = [(places[start][0] + _half(start, box), places[start][1])]
    for x, y, _ in (places[node] for node in way):
        points += [(x - box / 2, y), (x + box / 2, y)]
    points.append((places[end][0] - _half(end, box), places[end][1]))
    path, codes = [points[0]], [Path.MOVETO]
    for number, (point, next_point) in enumerate(itertools.pairwise(points)):
        if number % 2:  # straight past the boxes of a level
            path.append(next_point)
            codes.append(Path.LINETO)
            continue
        half = (next_point[0] - point[0]) / 2
        path += [(point[0] + half, point[1]), (next_point[0] - half, next_point[1]), next_point]
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
        middle = (number + 0.5) * width
        words = words if width > 0.75 else f"{level}"
        axes.text(middle, height - 0.12, words, size=SIZE, ha="center", va="center", weight="bold")
    if len(columns) > 1:
        for x, words, side in ((0.05, "drives others", "left"), (WIDTH - 0.05, "is driven", "right")):
            axes.text(x, height - 0.3, words, size=SIZE, ha=side, va="center", color="#4a4f55", style="italic")


def _draw_key(axes: Axes, relations: pd.DataFrame, y: float) -> None:
    x = 0.1
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
        axes.text(x + 0.22, y, kind, size=SIZE, va="center")
        x += 0.45 + width_of(kind)
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
        axes.text(x + 0.26, y, "drive each other", size=SIZE, va="center")
