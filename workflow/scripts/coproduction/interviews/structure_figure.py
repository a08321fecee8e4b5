"""The data structure as a figure: first-order concepts, second-order themes, aggregate dimensions.

Letters have 8 points at the width of a page, as management journals ask, and what does not fit one page
goes on to the next. Two looks: colours, and black on white with one box of concepts for each theme. Laid
out here, box by box with measured words: graphviz places trees well but neither wraps words to a
column nor keeps brackets and print size, and is no Python package.
"""

from dataclasses import dataclass, field
from typing import Any, NamedTuple

import matplotlib.pyplot as plt
import pandas as pd
from matplotlib.patches import FancyBboxPatch, Rectangle

from coproduction.core.figures import DOUBLE, PALETTE, Drawn, awaited
from coproduction.core.lettering import LINE, SIZE, wrapped
from coproduction.interviews.gioia import concepts_of

TALLEST = 8.6  # inches: a page of A4 with its caption
COLUMNS = [(0.0, 2.92), (3.12, 1.66), (4.98, 1.24)]  # left and width in inches
OVERVIEW = [(0.0, 3.85), (4.12, 2.1)]
HEADS = ["First-order concepts", "Second-order themes", "Aggregate dimensions"]
COLOURS = [PALETTE[n] for n in ("blue", "orange", "green", "purple", "sky", "vermilion", "yellow")]
COLOUR, CLASSIC = "colour", "classic"
INK = "#000000"
PAD, AROUND = 0.05, 0.07  # inches beside, and above and below together, the words of a box
COUNT = 0.3  # inches kept for the number at the end of a concept
TOP, BETWEEN, APART = (0.26, 0.055, 0.07)  # inches above all boxes, between themes, between dimensions
CONTINUED = " (continued)"


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


def pages(structure: pd.DataFrame, look: str = COLOUR) -> list[pd.DataFrame]:
    """The rows of each page: themes stay whole where they fit, dimensions where that leaves no gap."""
    parts: list[pd.DataFrame] = []
    for _, dimension in structure.groupby("dimension", sort=False):
        themes = [theme_rows for _, theme_rows in dimension.groupby("theme", sort=False)]
        for number, theme in enumerate(themes):
            last = parts[-1] if parts else theme.iloc[:0]
            together = pd.concat([last, dimension]) if number == 0 else pd.concat([last, theme])
            begins = number == 0 and _height(together, look) > TALLEST
            fits_alone = _height(dimension, look) <= TALLEST
            if begins and len(last) and fits_alone and _height(last, look) > TALLEST / 2:
                parts.append(theme)
            elif not parts:
                parts += _divided(theme, look)
            elif _height(pd.concat([last, theme]), look) <= TALLEST:
                parts[-1] = pd.concat([last, theme])
            else:
                parts += _divided(theme, look)
    return [_continued(page, parts[:n]) for n, page in enumerate(parts)]


def _divided(theme: pd.DataFrame, look: str) -> list[pd.DataFrame]:
    """A theme on one page, or on as many as its concepts need."""
    parts, start = [], 0
    for end in range(1, len(theme) + 1):
        if end - start > 1 and _height(theme.iloc[start:end], look) > TALLEST:
            parts.append(theme.iloc[start : end - 1])
            start = end - 1
    return [*parts, theme.iloc[start:]]


def _continued(page: pd.DataFrame, before: list[pd.DataFrame]) -> pd.DataFrame:
    """The page with a word behind each name that an earlier page holds too."""
    continued = page.copy()
    for column in ("theme", "dimension"):
        names_before = {name for earlier in before for name in earlier[column]}
        continued[column] = [name + CONTINUED if name in names_before else name for name in continued[column]]
    return continued


def _height(structure: pd.DataFrame, look: str) -> float:
    return _layout(structure, look)[1]


def draw_structure(structure: pd.DataFrame, look: str = COLOUR) -> plt.Figure:
    """One page: three columns joined by brackets; or what is awaited.

    shown: from figure_structure, or one of the pages
    """
    if structure.empty:
        return awaited("The data structure is drawn once there is an interviews/gioia.csv.")
    dimensions, height = _layout(structure, look)
    figure, axes = _page(height, HEADS, COLUMNS)
    for number, dimension in enumerate(dimensions):
        colour = INK if look == CLASSIC else COLOURS[number % len(COLOURS)]
        for theme in dimension.below:
            for concept in theme.below:
                _draw_box(axes, concept, 0, COLUMNS, colour, look)
            _draw_box(axes, theme, 1, COLUMNS, colour, look)
            _draw_bracket(axes, theme, 0, COLUMNS, colour)
        _draw_box(axes, dimension, 2, COLUMNS, colour, look)
        _draw_bracket(axes, dimension, 1, COLUMNS, colour)
    axes.text(0, height - 0.09, _legend(structure, look), size=SIZE, va="center", color="#333333")
    return figure


def drawn_pages(structure: pd.DataFrame) -> dict[str, Drawn]:
    """All pages in both looks by the names of their files, with words that stay words."""
    return {
        f"{look}_{number}": Drawn(draw_structure(page, look), page, live_text=True)
        for look in (COLOUR, CLASSIC)
        for number, page in enumerate(pages(structure, look), start=1)
    }


@dataclass(frozen=True)
class Piece:
    """A box with whole lines of words, or a straight line without any, in inches from the top left corner."""

    left: float
    top: float
    width: float
    height: float
    lines: tuple[str, ...] = ()
    bold: bool = False
    listed: bool = False
    framed: bool = True


# the last head is wider than its column
_HEADS_AT = [(0.0, 0.0, COLUMNS[0][1], 0.2), (3.52, 0.0, 1.8, 0.2), (5.32, 0.0, 1.58, 0.2)]


def as_pieces(page: pd.DataFrame, look: str) -> list[Piece]:
    """What `draw_structure` draws of a page, for programs in which people move boxes; paragraphs stay whole."""
    dimensions, _ = _layout(page, look)
    pieces = [Piece(*place, (head,), True, framed=False) for place, head in zip(_HEADS_AT, HEADS, strict=True)]
    for dimension in dimensions:
        for theme in dimension.below:
            for concept in theme.below:
                pieces.append(_piece(concept, 0))
            pieces += [_piece(theme, 1), *_bracket(theme, 0)]
        pieces += [_piece(dimension, 2), *_bracket(dimension, 1)]
    return pieces


def _piece(box: Box, column: int) -> Piece:
    left, width = COLUMNS[column]
    paragraphs: list[str] = []
    for line in box.lines:
        if column == 0 and not line.startswith("•") and paragraphs:
            paragraphs[-1] += f" {line.strip()}"
        else:
            paragraphs.append(line)
    words = tuple(paragraphs) if column == 0 else (" ".join(box.lines),)
    return Piece(left, box.middle - box.height / 2, width, box.height, words, column == 2, column == 0)


def _bracket(box: Box, column: int) -> list[Piece]:
    start, end = sum(COLUMNS[column]), COLUMNS[column + 1][0]
    middle = (start + end) / 2
    places = [below.middle for below in box.below]
    low, high = min(*places, box.middle), max(*places, box.middle)
    level = [Piece(start, place, middle - start, 0) for place in places]
    return [*level, Piece(middle, low, 0, high - low), Piece(middle, box.middle, end - middle, 0)]


def draw_in_report(structure: pd.DataFrame, look: str) -> plt.Figure:
    """The whole structure where it fits one page, otherwise themes and dimensions."""
    all_pages = pages(structure, look)
    return draw_structure(structure, look) if len(all_pages) < 2 else draw_overview(structure)


def draw_overview(structure: pd.DataFrame) -> plt.Figure:
    """Themes and dimensions of a structure of several pages, with the number of concepts."""
    dimensions, top = [], TOP
    for dimension, rows in structure.groupby("dimension", sort=False):
        themes = []
        for theme, theme_rows in rows.groupby("theme", sort=False):
            box = _box(str(theme), OVERVIEW[0][1] - COUNT, "normal", [])
            box.count = str(len(theme_rows))
            themes.append(box)
        box = _box(str(dimension), OVERVIEW[1][1], "bold", themes)
        top = _stack(themes, top, box.height) + APART
        box.middle = _centre(themes)
        dimensions.append(box)
    figure, axes = _page(top + 0.16, HEADS[1:], OVERVIEW)
    for number, dimension in enumerate(dimensions):
        colour = COLOURS[number % len(COLOURS)]
        for theme in dimension.below:
            _draw_box(axes, theme, 0, OVERVIEW, colour, COLOUR)
        _draw_box(axes, dimension, 1, OVERVIEW, colour, COLOUR)
        _draw_bracket(axes, dimension, 0, OVERVIEW, colour)
    words = "Number: first-order concepts of the theme."
    axes.text(0, top + 0.07, words, size=SIZE, va="center", color="#333333")
    return figure


def _page(height: float, heads: list[str], columns: list[tuple[float, float]]) -> tuple[plt.Figure, plt.Axes]:
    figure = plt.figure(figsize=(DOUBLE, height))
    axes = figure.add_axes((0, 0, 1, 1), xlim=(0, DOUBLE), ylim=(height, 0))
    axes.set_axis_off()
    for (left, width), head in zip(columns, heads, strict=True):
        last = head == heads[-1]  # may be wider than its column: it ends where the column ends
        place, side = (left + width - 0.02, "right") if last else (left + width / 2, "center")
        axes.text(place, 0.1, head, ha=side, va="center", size=SIZE, weight="bold")
    return figure, axes


def _legend(structure: pd.DataFrame, look: str) -> str:
    if look == CLASSIC:
        return "In brackets: interviews in which the concept was coded."
    text = "Number: interviews in which the concept was coded."
    unused = (structure["state"] != "in use").any()
    return text + (" Dashed: concept without a coded segment." if unused else "")


def _layout(structure: pd.DataFrame, look: str) -> tuple[list[Box], float]:
    """The boxes of all dimensions with their places, and the height of the figure in inches."""
    top, dimensions = TOP, []
    for dimension, rows in _by_name(_concepts_in(structure), "dimension").items():
        themes, start = [], top
        for theme, of_theme in _by_name(rows, "theme").items():
            concepts = _concept_boxes(of_theme, look)
            box = _box(str(theme), COLUMNS[1][1], "normal", concepts)
            top = _stack(concepts, top, box.height)
            box.middle = _centre(concepts)
            themes.append(box)
            top += BETWEEN
        box = _box(str(dimension), COLUMNS[2][1], "bold", themes)
        missing = box.height - (top - BETWEEN - start)
        top += max(0.0, missing) + APART
        box.middle = min(max(_centre(themes), start + box.height / 2), top - box.height / 2)
        dimensions.append(box)
    return dimensions, top + 0.14


class _Concept(NamedTuple):
    """What a box says of a concept, and where it stands."""

    dimension: str
    theme: str
    concept: str
    transcripts: int
    state: str


def _concepts_in(structure: pd.DataFrame) -> list[_Concept]:
    """The rows of a page, which is laid out anew for each theme that may find room on it."""
    return list(map(_Concept._make, zip(*(structure[name].tolist() for name in _Concept._fields), strict=True)))


def _by_name(concepts: list[_Concept], column: str) -> dict[str, list[_Concept]]:
    """The concepts of each theme or dimension, in the order of their first."""
    groups: dict[str, list[_Concept]] = {}
    for concept in concepts:
        groups.setdefault(getattr(concept, column), []).append(concept)
    return groups


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


def _concept_boxes(of_theme: list[_Concept], look: str) -> list[Box]:
    """A box for each concept; in the classic look one for all of a theme, line by line."""
    width = COLUMNS[0][1]
    if look == CLASSIC:
        lines = []
        for row in of_theme:
            words = wrapped(f"{row.concept} ({row.transcripts})", width - 2 * PAD - 0.16, SIZE)
            lines += [f"• {words[0]}", *(f"   {line}" for line in words[1:])]
        return [Box(lines, len(lines) * LINE + AROUND)]
    boxes = []
    for row in of_theme:
        box = _box(row.concept, width - COUNT, "normal", [])
        box.count, box.used = str(row.transcripts), row.state == "in use"
        boxes.append(box)
    return boxes


def _box(words: str, width: float, weight: str, below: list[Box]) -> Box:
    lines = wrapped(words, width - 2 * PAD, SIZE, weight)
    return Box(lines, len(lines) * LINE + AROUND, below=below)


def _draw_box(
    axes: plt.Axes, box: Box, column: int, columns: list[tuple[float, float]], colour: str, look: str
) -> None:
    left, width = columns[column]
    corner = (left + 0.02, box.middle - box.height / 2 + 0.01)
    wide, high = width - 0.04, box.height - 0.02
    last = column == len(columns) - 1
    if look == CLASSIC:
        axes.add_patch(Rectangle(corner, wide, high, facecolor="white", edgecolor=INK, linewidth=0.7))
    else:
        face = colour + ("55" if last else "14" if column == 0 else "30")
        axes.add_patch(
            FancyBboxPatch(
                corner,
                wide,
                high,
                boxstyle="round,pad=0,rounding_size=0.03",
                facecolor=face,
                edgecolor=colour,
                linewidth=0.6,
                linestyle="-" if box.used else (0, (3, 2)),
            )
        )
    style: dict[str, Any] = {"size": SIZE, "va": "center", "linespacing": 1.12, "parse_math": False}
    text = "\n".join(box.lines)
    if column == 0:
        axes.text(left + PAD + 0.02, box.middle, text, ha="left", **style)
        place = left + width - PAD - 0.02
        if box.count:
            axes.text(place, box.middle, box.count, ha="right", color="#444444", **style)
        return
    weight = "bold" if last else "normal"
    axes.text(left + width / 2, box.middle, text, ha="center", weight=weight, **style)


def _draw_bracket(axes: plt.Axes, box: Box, column: int, columns: list[tuple[float, float]], colour: str) -> None:
    """From the boxes below in `column` to `box` in the next one."""
    start = sum(columns[column]) - 0.02
    end = columns[column + 1][0] + 0.02
    middle = (start + end) / 2
    line: dict[str, Any] = {"color": colour, "linewidth": 0.8, "solid_capstyle": "round"}
    places = [below.middle for below in box.below]
    for place in places:
        axes.plot([start, middle], [place, place], **line)
    axes.plot([middle, middle], [min(*places, box.middle), max(*places, box.middle)], **line)
    axes.plot([middle, end], [box.middle, box.middle], **line)
