"""Figures of the interviews: the data structure, the themes by interview and saturation.

The data structure is laid out here, box by box with measured words: graphviz places trees well but
neither wraps words to a column nor keeps brackets and print size, and is no Python package.
"""

from dataclasses import dataclass, field

import matplotlib.pyplot as plt
import pandas as pd
from matplotlib.font_manager import FontProperties
from matplotlib.patches import FancyBboxPatch
from matplotlib.textpath import text_to_path

from coproduction.core.figures import DOUBLE, PALETTE, awaited
from coproduction.interviews.gioia import concepts_of

TALLEST = 8.9  # inches: a page of A4 with its caption
SIZES = [7.5, 7, 6.5, 6, 5.75, 5.5, 5.25, 5]  # points, the first that fits
COLUMNS = [(0.0, 3.4), (3.66, 1.75), (5.67, 1.23)]  # left and width in inches
HEADS = ["First-order concepts", "Second-order themes", "Aggregate dimensions"]
COLOURS = [PALETTE[n] for n in ("blue", "orange", "green", "purple", "sky", "vermilion", "yellow")]
# inches above and below the words of a box: little where many concepts make the letters small
PAD_OF_SIZE = {size: 0.075 if size >= 6 else 0.045 for size in SIZES}
PAD = 0.05  # inches between a box and its words
COUNT = 0.3  # inches kept for the number at the end of a concept
ROW, LABELS, DIMENSIONS = 0.24, 2.35, 1.45  # inches: a row, and the room left and right of it


@dataclass
class Box:
    """A node with its words in lines and, in inches from the top, its middle and height."""

    lines: list[str]
    height: float
    middle: float = 0.0
    below: list["Box"] = field(default_factory=list)
    count: str = ""
    used: bool = True


def figure_structure(structure: pd.DataFrame) -> pd.DataFrame:
    """What the figure shows: the concepts in the order of dimensions and themes."""
    placed = concepts_of(structure)
    columns = ["dimension", "theme", "concept", "segments", "transcripts", "state"]
    first = {d: i for i, d in enumerate(dict.fromkeys(placed["dimension"]))}
    themes = {t: i for i, t in enumerate(dict.fromkeys(placed["theme"]))}
    order = placed.assign(d=placed["dimension"].map(first), t=placed["theme"].map(themes))
    return order.sort_values(["d", "t"], kind="stable")[columns].reset_index(drop=True)


def draw_structure(shown: pd.DataFrame) -> plt.Figure:
    """Three columns joined by brackets; or what is awaited. `shown` is from figure_structure."""
    if shown.empty:
        return awaited("The data structure is drawn when interviews/gioia.csv is there.")
    for size in SIZES:
        dimensions, height = _layout(shown, size)
        if height <= TALLEST:
            break
    figure = plt.figure(figsize=(DOUBLE, height))
    axes = figure.add_axes((0, 0, 1, 1), xlim=(0, DOUBLE), ylim=(height, 0))
    axes.set_axis_off()
    for (left, width), head in zip(COLUMNS, HEADS, strict=True):
        last = head == HEADS[-1]  # wider than its column: it ends where the column ends
        place, side = (left + width - 0.02, "right") if last else (left + width / 2, "center")
        axes.text(place, 0.1, head, ha=side, va="center", size=8, weight="bold")
    for number, dimension in enumerate(dimensions):
        colour = COLOURS[number % len(COLOURS)]
        for theme in dimension.below:
            for concept in theme.below:
                _draw_box(axes, concept, 0, colour, size)
            _draw_box(axes, theme, 1, colour, size)
            _draw_bracket(axes, theme, 0, colour)
        _draw_box(axes, dimension, 2, colour, size)
        _draw_bracket(axes, dimension, 1, colour)
    axes.text(0, height - 0.06, _legend(shown), size=6, va="center", color="#555555")
    return figure


def _legend(shown: pd.DataFrame) -> str:
    text = "Number: interviews in which the concept was coded."
    unused = (shown["state"] != "in use").any()
    return text + (" Dashed: concept without a coded segment." if unused else "")


def _layout(shown: pd.DataFrame, size: float) -> tuple[list[Box], float]:
    """The boxes of all dimensions with their places, and the height of the figure in inches."""
    line, top, dimensions = size * 1.18 / 72, 0.24, []
    for dimension, rows in shown.groupby("dimension", sort=False):
        themes, start = [], top
        for theme, own in rows.groupby("theme", sort=False):
            concepts = [_concept_box(row, size, line) for row in own.itertuples(index=False)]
            box = _box(theme, 1, size, line, concepts)
            top = _stack(concepts, top, box.height)
            box.middle = _centre(concepts)
            themes.append(box)
            top += 0.05
        box = _box(dimension, 2, size, line, themes)
        missing = box.height - (top - 0.05 - start)
        top += max(0.0, missing) + 0.06
        box.middle = min(max(_centre(themes), start + box.height / 2), top - box.height / 2)
        dimensions.append(box)
    return dimensions, top + 0.08


def _stack(boxes: list[Box], top: float, least: float) -> float:
    """Place boxes one below the other over at least `least` inches; returns where they end."""
    gap = 0.025
    total = sum(box.height for box in boxes) + gap * (len(boxes) - 1)
    place = top + max(0.0, least - total) / 2
    for box in boxes:
        box.middle = place + box.height / 2
        place += box.height + gap
    return top + max(total, least)


def _centre(boxes: list[Box]) -> float:
    return (boxes[0].middle + boxes[-1].middle) / 2


def _concept_box(row, size: float, line: float) -> Box:
    box = _box(row.concept, 0, size, line, [])
    box.count, box.used = str(row.transcripts), row.state == "in use"
    return box


def _box(words: str, column: int, size: float, line: float, below: list[Box]) -> Box:
    room = COLUMNS[column][1] - 2 * PAD - (COUNT if column == 0 else 0)
    lines = wrap(words, room, size, "bold" if column == 2 else "normal")
    return Box(lines, len(lines) * line + PAD_OF_SIZE[size], below=below)


def wrap(words: str, width: float, size: float, weight: str = "normal") -> list[str]:
    """`words` in lines of at most `width` inches; a word that is too long is cut with a hyphen."""
    font = FontProperties(family="DejaVu Sans", size=size, weight=weight)

    def wide(piece: str) -> bool:
        return text_to_path.get_text_width_height_descent(piece, font, False)[0] / 72 > width

    lines = [""]
    for whole in words.split():
        word = whole
        if lines[-1] and wide(f"{lines[-1]} {word}"):
            lines.append("")
        while wide(word):
            cut = next(n for n in range(len(word) - 1, 0, -1) if n == 1 or not wide(word[:n] + "-"))
            lines[-1:] = [word[:cut] + "-", ""]
            word = word[cut:]
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


def _draw_box(axes, box: Box, column: int, colour: str, size: float) -> None:
    left, width = COLUMNS[column]
    axes.add_patch(
        FancyBboxPatch(
            (left + 0.02, box.middle - box.height / 2 + 0.01),
            width - 0.04,
            box.height - 0.02,
            boxstyle="round,pad=0,rounding_size=0.03",
            facecolor=colour + ("14", "30", "55")[column],
            edgecolor=colour,
            linewidth=0.6,
            linestyle="-" if box.used else (0, (3, 2)),
        )
    )
    text = "\n".join(box.lines)
    style = {"size": size, "va": "center", "linespacing": 1.12, "parse_math": False}
    if column == 0:
        axes.text(left + PAD + 0.02, box.middle, text, ha="left", **style)
        place = left + width - PAD - 0.02
        axes.text(place, box.middle, box.count, ha="right", va="center", size=size, color="#555555")
        return
    weight = "bold" if column == 2 else "normal"
    axes.text(left + width / 2, box.middle, text, ha="center", weight=weight, **style)


def _draw_bracket(axes, box: Box, column: int, colour: str) -> None:
    """From the boxes below in `column` to `box` in the next one."""
    start = sum(COLUMNS[column]) - 0.02
    end = COLUMNS[column + 1][0] + 0.02
    middle = (start + end) / 2
    line = {"color": colour, "linewidth": 0.8, "solid_capstyle": "round"}
    places = [below.middle for below in box.below]
    for place in places:
        axes.plot([start, middle], [place, place], **line)
    axes.plot([middle, middle], [min(*places, box.middle), max(*places, box.middle)], **line)
    axes.plot([middle, end], [box.middle, box.middle], **line)


def draw_themes(shown: pd.DataFrame) -> plt.Figure:
    """Themes by interviews, darker with more quotes; white and empty: none.

    `shown` is from relations.by_theme.
    """
    if shown.empty:
        return awaited("Themes by interview are drawn when coded interviews are in the structure.")
    columns = list(dict.fromkeys(shown["transcript"]))
    themes = shown.drop_duplicates("theme")[["dimension", "theme"]]
    cells = shown.pivot(index="theme", columns="transcript", values="quotes").astype(float)
    cells = cells.loc[themes["theme"], columns].to_numpy()
    labels = ["\n".join(wrap(theme, LABELS - 0.2, 7)) for theme in themes["theme"]]
    height = ROW * len(labels) + 0.09 * sum(label.count("\n") for label in labels)
    figure = plt.figure(figsize=(DOUBLE, height + 0.55))
    box = (LABELS / DOUBLE, 0.5 / (height + 0.55), 1 - (LABELS + DIMENSIONS) / DOUBLE)
    axes = figure.add_axes((*box, height / (height + 0.55)))
    colours = plt.get_cmap("Blues").with_extremes(bad="white")
    top = max(cells.max(), 1)
    axes.pcolormesh(
        [[value if value else float("nan") for value in row] for row in cells],
        cmap=colours, vmin=-0.1 * top, vmax=1.15 * top, edgecolors="#DDDDDD", linewidth=0.4,
    )  # fmt: skip
    _write_numbers(axes, cells, top)
    axes.set_yticks([n + 0.5 for n in range(len(labels))], labels, size=7)
    turned = 90 if max(map(len, columns)) * len(columns) > 48 else 0
    axes.set_xticks(
        [n + 0.5 for n in range(len(columns))], columns, size=_size(len(columns)), rotation=turned
    )
    axes.set_xlabel("interviews by date")
    axes.invert_yaxis()
    axes.tick_params(length=0)
    axes.spines[:].set_visible(False)
    _write_dimensions(axes, list(themes["dimension"]), len(columns))
    return figure


def _size(columns: int) -> float:
    """The size of letters, in points, that fits the width of a cell."""
    return max(3.5, min(7, 0.72 * 72 * (DOUBLE - LABELS - DIMENSIONS) / columns))


def _write_numbers(axes, cells, top: float) -> None:
    size = _size(cells.shape[1])
    for row, values in enumerate(cells):
        for column, value in enumerate(values):
            if value:
                colour = "white" if value > 0.6 * top else "#222222"
                place = (column + 0.5, row + 0.5)
                axes.annotate(
                    f"{value:.0f}", place, ha="center", va="center", size=size, color=colour
                )


def _write_dimensions(axes, dimensions: list[str], width: int) -> None:
    """The dimension beside its themes, with a line along them."""
    edge = axes.transData
    for name in dict.fromkeys(dimensions):
        first, last = dimensions.index(name), len(dimensions) - dimensions[::-1].index(name)
        place = width * 1.012
        axes.plot([place, place], [first + 0.12, last - 0.12], color="#555555", lw=1, clip_on=False)
        words = "\n".join(wrap(name, DIMENSIONS - 0.2, 7))
        middle = (first + last) / 2
        axes.text(width * 1.03, middle, words, size=7, va="center", transform=edge)
    axes.set_xlim(0, width)


def draw_saturation(table: pd.DataFrame) -> plt.Figure:
    """New concepts per interview as bars, all concepts up to there as a line."""
    if table.empty:
        return awaited("Saturation is drawn when coded interviews are in the data structure.")
    figure, axes = plt.subplots(figsize=(DOUBLE * 0.75, 2.7))
    places = list(range(len(table)))
    cumulative, new = table["cumulative"].astype(int), table["new"].astype(int)
    axes.bar(places, new, width=0.6, color=PALETTE["sky"], label="new in this interview")
    axes.plot(
        places, cumulative, marker="o", markersize=4, color=PALETTE["blue"], label="all up to here"
    )
    note = {"textcoords": "offset points", "ha": "center"}
    for place, total, fresh in zip(places, cumulative, new, strict=True):
        beside = (0, 6) if place else (-11, 3)  # the first bar ends where the line begins
        axes.annotate(str(total), (place, total), xytext=beside, size=7, **note)
        if place:
            axes.annotate(
                str(fresh), (place, fresh), xytext=(0, 2), size=6.5, color="#555555", **note
            )
    axes.set_xticks(places, table["transcript"])
    axes.set_xlabel("interviews by date")
    axes.set_ylabel("first-order concepts")
    axes.set_ylim(0, max(cumulative) * 1.15)
    axes.legend(loc="center right")
    return figure
