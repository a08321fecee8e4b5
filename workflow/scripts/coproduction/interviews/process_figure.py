"""The process model as a figure: themes and dimensions from left to right, joined by propositions.

The place of a box follows from the longest way to it; what leads back is drawn below. graphviz was left
out: it is no Python package, and cannot keep letters of 8 points within the width of a page.
"""

from typing import Any

import matplotlib.pyplot as plt
import networkx as nx
import pandas as pd
from matplotlib.patches import FancyArrowPatch, FancyBboxPatch
from matplotlib.path import Path

from coproduction.core.figures import DOUBLE, PALETTE, awaited
from coproduction.core.lettering import LINE, SIZE, wrapped
from coproduction.interviews.structure_figure import AROUND, COLOURS, PAD

WIDEST, GAP, APART = 1.75, 0.55, 0.3  # inches: a box, between columns, between boxes of a column
LANE = 0.22  # inches between ways that lead back
Pair = tuple[str, str]
Point = tuple[float, float]


def draw_process(propositions: pd.DataFrame, dimensions: dict[str, str]) -> plt.Figure:
    """Boxes and numbered arrows, the propositions below; or what is awaited.

    shown: PROCESS; dimensions: that of each theme (a dimension has itself), which gives the colour
    """
    if propositions.empty:
        return awaited("The process model is drawn once there is an interviews/propositions.csv.")
    pairs = list(zip(propositions["begins"], propositions["ends"], strict=True))
    columns, back, ways = _columns(pairs)
    width = min(WIDEST, (DOUBLE - GAP * (len(columns) - 1)) / len(columns))
    names = dict.fromkeys(name for pair in pairs for name in pair)
    lines = {name: wrapped(name, width - 2 * PAD, SIZE) for name in names}
    heights = {n: len(lines[n]) * LINE + AROUND if n in lines else LINE for c in columns for n in c}
    tall = max(sum(heights[n] + APART for n in column) for column in columns)
    below = LANE * (len(back) + 1)
    words = [_sentence(row) for row in propositions.itertuples(index=False)]
    sentence_lines = [line for sentence in words for line in wrapped(sentence, DOUBLE - 0.1, SIZE)]
    height = tall + below + len(sentence_lines) * LINE + 0.15
    figure = plt.figure(figsize=(DOUBLE, height))
    axes = figure.add_axes((0, 0, 1, 1), xlim=(0, DOUBLE), ylim=(height, 0))
    axes.set_axis_off()
    places = _places(columns, heights, width, tall)
    order = list(dict.fromkeys(dimensions.values()))
    for name in names:
        left, middle = places[name]
        number = order.index(dimensions[name]) if dimensions.get(name) in order else 0
        _box(axes, lines[name], left, middle, width, heights[name], COLOURS[number % len(COLOURS)])
    lane = tall
    for number, pair in zip(propositions["number"], pairs, strict=True):
        if pair in back:
            lane += LANE
            points = _way_back(places[pair[0]], places[pair[1]], width, lane)
            middle = 2
        else:
            points, middle = _way(pair, ways.get(pair, []), places, width)
        _arrow(axes, f"P{number}", points, middle)
    axes.text(0.05, tall + below, "\n".join(sentence_lines), size=SIZE, va="top", linespacing=1.12, parse_math=False)
    return figure


def _sentence(row: Any) -> str:
    proposition = row.proposition or " ".join(filter(None, [row.begins, row.relation or "→", row.ends]))
    return f"P{row.number}: {proposition} (both: {row.both} interviews; the first alone: {row.begins_only})"


def _columns(pairs: list[Pair]) -> tuple[list[list[str]], set[Pair], dict[Pair, list[str]]]:
    """The names by column, the pairs that lead back, and the places kept free for long ways.

    Where a way passes a column, a place of its own is kept in it, so that it crosses no box.
    """
    graph: nx.DiGraph = nx.DiGraph()
    back = set()
    for begins, ends in pairs:
        graph.add_nodes_from([begins, ends])
        if nx.has_path(graph, ends, begins):
            back.add((begins, ends))
        else:
            graph.add_edge(begins, ends)
    columns = [list(generation) for generation in nx.topological_generations(graph)]
    level = {name: n for n, column in enumerate(columns) for name in column}
    ways: dict[Pair, list[str]] = {}
    before = {name: list(graph.predecessors(name)) for name in level}
    for begins, ends in dict.fromkeys(pairs):
        passed = range(level[begins] + 1, level[ends])
        if (begins, ends) in back or not passed:
            continue
        way = [f"{begins}\0{ends}\0{n}" for n in passed]
        ways[begins, ends] = way
        for n, name in zip(passed, way, strict=True):
            columns[n].append(name)
        before |= {name: [earlier] for name, earlier in zip(way, [begins, *way], strict=False)}
        before[ends] = [way[-1] if name == begins else name for name in before[ends]]
    row = {name: float(n) for n, name in enumerate(columns[0])}
    for column in columns[1:]:  # beside what leads to it
        mean_place = {n: sum(row[b] for b in before[n]) / len(before[n]) if before[n] else 0.0 for n in column}
        column.sort(key=mean_place.__getitem__)
        row |= {name: float(n) for n, name in enumerate(column)}
    return columns, back, ways


def _places(
    columns: list[list[str]], heights: dict[str, float], width: float, tall: float
) -> dict[str, tuple[float, float]]:
    """Left side and middle of each box; columns over the whole width, boxes in the middle of it."""
    step = (DOUBLE - width) / max(1, len(columns) - 1)
    box_places = {}
    for n, column in enumerate(columns):
        used = sum(heights[name] + APART for name in column)
        top = (tall - used) / 2 + APART / 2
        for name in column:
            box_places[name] = (n * step if len(columns) > 1 else (DOUBLE - width) / 2, top + heights[name] / 2)
            top += heights[name] + APART
    return box_places


def _box(
    axes: plt.Axes, lines: list[str], left: float, middle: float, width: float, height: float, colour: str
) -> None:
    corner = (left + 0.02, middle - height / 2)
    axes.add_patch(
        FancyBboxPatch(
            corner,
            width - 0.04,
            height,
            boxstyle="round,pad=0,rounding_size=0.04",
            facecolor=colour + "30",
            edgecolor=colour,
            linewidth=0.8,
            zorder=3,
        )
    )
    style: dict[str, Any] = {"size": SIZE, "ha": "center", "va": "center", "zorder": 4}
    words = "\n".join(lines)
    axes.text(left + width / 2, middle, words, linespacing=1.12, parse_math=False, **style)


def _way(
    pair: Pair, passed: list[str], places: dict[str, tuple[float, float]], width: float
) -> tuple[list[Point], int]:
    """The corners of an arrow to the right, and behind which of them its label is."""
    (left, middle), (other, end) = places[pair[0]], places[pair[1]]
    points = [(left + width - 0.02, middle)]
    for name in passed:
        x, y = places[name]
        points += [(x, y), (x + width, y)]
    points.append((other + 0.02, end))
    return points, 1 if passed else 0


def _way_back(begins: tuple[float, float], ends: tuple[float, float], width: float, lane: float) -> list[Point]:
    """The corners of an arrow that leads back: down between the columns, along below, and up."""
    (left, middle), (other, end) = begins, ends
    down, up = left - GAP * 0.3, other + width + GAP * 0.3
    y = middle + 0.06
    return [(left + 0.02, y), (down, y), (down, lane), (up, lane), (up, end + 0.06), (other + width - 0.02, end + 0.06)]


def _arrow(axes: plt.Axes, label: str, points: list[Point], middle: int) -> None:
    axes.add_patch(
        FancyArrowPatch(
            path=Path(points),
            arrowstyle="-|>",
            mutation_scale=9,
            linewidth=0.9,
            shrinkA=0,
            shrinkB=1,
            color=PALETTE["black"],
            zorder=2,
            joinstyle="round",
        )
    )
    (x, y), (other, end) = points[middle], points[middle + 1]
    around = {"facecolor": "white", "edgecolor": "none", "pad": 0.8}
    place = (x + other) / 2, (y + end) / 2
    axes.text(*place, label, size=SIZE, ha="center", va="center", bbox=around, zorder=5)
