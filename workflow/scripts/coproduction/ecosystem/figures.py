"""The factors by technique, by pairs that come up together, and by the range of their ranks.

Half a matrix shows every pair in its own place: with lines between the factors a hundred pairs would
hide each other. All coordinates are inches; what a page does not hold is said, and is in the tables.
"""

import itertools
from collections.abc import Sequence
from typing import Any

import matplotlib.pyplot as plt
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from coproduction.core import figures
from coproduction.core.lettering import LINE, SIZE, fitted_apart, rows_that_fit, width_of, wrapped
from coproduction.core.prose import noun
from coproduction.ecosystem.model_figure import INK, SHADES, WIDTH
from coproduction.ecosystem.settings import EcosystemSettings

TALLEST = figures.PRINTED[1] - 2 * figures.AROUND
NAMES, TECHNIQUE = 2.18, 0.53  # inches: the names at the left, the column of a technique
MATRIX_HEAD, KEY_GAP = 0.62, 0.12
LARGEST_STANDING = 115
BLUE = SHADES["moderate"]
LEVEL_MARKS = {"citizens": "C", "organisation": "O", "environment": "E"}
BAND = "#f3f4f6"
KEY = (
    "C citizens, O public organisation, E environment. Dots: standing within the technique (area, 0 to 1) and "
    "number of sources for and, after a minus sign, against; · awaited or not asked. Panel: median rating; dot filled with "
    "consensus, hollow without, cross with consensus against. Bars: strength, shaded by confidence; line: range "
    "when one line of evidence is left out."
)


def draw_matrix(factors: pd.DataFrame, settings: EcosystemSettings) -> Figure:
    """The matrix figure.

    `factors`: strongest first, with the columns of tables.weighed(settings).
    """
    if not factors["sources"].sum():
        return figures.awaited("No evidence yet: the matrix follows with the first technique.")
    key = wrapped(KEY, WIDTH - 0.1)
    foot = KEY_GAP + LINE * (len(key) + 2)
    labels = fitted_apart(list(factors["name"]), NAMES, 2)
    heights = [0.05 + LINE * len(lines) for lines in labels]
    n_shown = rows_that_fit(heights, TALLEST - MATRIX_HEAD - foot)
    if n_shown < len(factors):
        key = wrapped(f"{KEY} {_not_shown(len(factors) - n_shown)}", WIDTH - 0.1)
    bottom = MATRIX_HEAD + sum(heights[:n_shown])
    figure, axes = page(bottom + foot)
    middles = _rows(axes, labels[:n_shown], heights[:n_shown], MATRIX_HEAD, NAMES)
    for y, level in zip(middles, factors["level"], strict=False):
        axes.text(NAMES + 0.1, y, LEVEL_MARKS[level], size=SIZE, ha="center", va="center_baseline", color="#55595f")
    _draw_dots(axes, factors.head(n_shown), settings, middles)
    _draw_bars(axes, factors.head(n_shown), middles, bottom)
    _draw_matrix_key(axes, key, bottom + KEY_GAP)
    return figure


def page(height: float) -> tuple[Figure, Axes]:
    """Axes over a figure of the width of the text, in inches from the upper left corner."""
    figure = plt.figure(figsize=(WIDTH, height))
    axes = figure.add_axes((0, 0, 1, 1), xlim=(0, WIDTH), ylim=(height, 0))
    axes.set_axis_off()
    return figure, axes


def _not_shown(number: int) -> str:
    return f"{number} more {noun(number, 'condition')} with less evidence: see the table."


def _rows(axes: Axes, labels: list[list[str]], heights: list[float], top: float, edge: float) -> list[float]:
    """Labels that end at `edge`, with a band behind every other row; the middle of each row."""
    middles = []
    for number, (lines, height) in enumerate(zip(labels, heights, strict=True)):
        if number % 2 == 0:
            axes.add_patch(Rectangle((0, top), WIDTH, height, facecolor=BAND, lw=0, zorder=0))
        middles.append(top + height / 2)
        words = "\n".join(lines)
        axes.text(edge, middles[-1], words, size=SIZE, ha="right", va="center", linespacing=1.0, color=INK)
        top += height
    return middles


def _draw_dots(axes: Axes, factors: pd.DataFrame, settings: EcosystemSettings, middles: list[float]) -> None:
    for column, name in enumerate(settings.kinds):
        x = NAMES + 0.32 + TECHNIQUE * column
        title = settings.titles.get(name, name)
        axes.text(x - 0.05, MATRIX_HEAD - 0.05, title, size=SIZE, rotation=38, rotation_mode="anchor", color=INK)
        rated = name in settings.measured_by_value
        for y, factor in zip(middles, factors.to_dict("records"), strict=True):
            standing = factor[f"standing_{name}"]
            if pd.isna(standing):
                axes.text(x, y, "·", ha="center", va="center", size=SIZE, color="#8a8a8a")
            elif rated and not pd.isna(factor[f"value_{name}"]):
                _draw_rating(axes, x, y, standing, factor["verdict"])
                _write_beside(axes, x, y, f"{factor[f'value_{name}']:.1f}")
            elif standing > 0:
                axes.scatter(x, y, s=LARGEST_STANDING * standing, color=BLUE, lw=0, zorder=2)
                _write_beside(axes, x, y, f"{factor[f'sources_{name}']}")
            against = factor[f"hindering_{name}"]
            if not rated and against:
                place = x + 0.14 + width_of(f"{factor[f'sources_{name}']}") if standing > 0 else x + 0.12
                red = figures.PALETTE["vermilion"]
                axes.text(place, y, f"−{against}", size=SIZE, va="center_baseline", color=red)


def _draw_rating(axes: Axes, x: float, y: float, standing: float, verdict: str) -> None:
    """Filled where the panel agreed on the factor, hollow without consensus, a cross against."""
    if verdict == "rejected":
        axes.scatter(x, y, marker="x", s=16, color=INK, lw=0.9, zorder=2)
        return
    fill = BLUE if verdict == "supported" else "white"
    size = LARGEST_STANDING * max(standing, 0.05)
    axes.scatter(x, y, s=size, facecolor=fill, edgecolor=BLUE, lw=0.8, zorder=2)


def _write_beside(axes: Axes, x: float, y: float, words: str) -> None:
    axes.text(x + 0.1, y, words, size=SIZE, va="center_baseline", color=INK)


def _draw_bars(axes: Axes, factors: pd.DataFrame, middles: list[float], bottom: float) -> None:
    left, wide = 5.22, WIDTH - 5.22 - 0.08
    axes.text(left + wide / 2, MATRIX_HEAD - 0.32, "Overall strength", size=SIZE, ha="center", color=INK)
    for value in (0, 0.5, 1):
        x = left + wide * value
        axes.text(x, MATRIX_HEAD - 0.06, f"{value:g}", size=SIZE, ha="center", color=INK)
        axes.plot([x, x], [MATRIX_HEAD, bottom], color="#dddddd", lw=0.5, zorder=0.5)
    for y, factor in zip(middles, factors.itertuples(), strict=True):
        if factor.strength > 0:
            style: dict[str, Any] = {"facecolor": SHADES[factor.confidence], "edgecolor": SHADES["high"], "lw": 0.6}
            axes.add_patch(Rectangle((left, y - 0.055), wide * factor.strength, 0.11, zorder=1, **style))
            ends = [left + wide * factor.low, left + wide * factor.high]
            axes.plot(ends, [y, y], color="white", lw=2.6)
            axes.plot(ends, [y, y], color=INK, lw=1.1)


def _draw_matrix_key(axes: Axes, key: list[str], top: float) -> None:
    axes.text(0.05, top, "\n".join(key), size=SIZE, va="top", linespacing=1.12, color=INK)
    y, x = top + LINE * (len(key) + 0.9), 0.05
    axes.text(x, y, "Confidence:", size=SIZE, va="center", color=INK)
    x += width_of("Confidence:") + 0.15
    for words, shade in SHADES.items():
        axes.scatter(x, y, marker="s", s=26, color=shade, edgecolor=INK, lw=0.5)
        axes.text(x + 0.1, y, words, size=SIZE, va="center", color=INK)
        x += width_of(words) + 0.32


PITCH, PAIRS = 0.138, 33  # inches between columns; how many factors half a matrix shows at most
ROOM_ABOVE, FOOT = 0.26, 0.5
LARGEST_PAIR = 62
CLEAR, CHANCE = SHADES["moderate"], "#b9bec5"
GROUP_WORDS = {"individual": "citizens", "organisational": "public organisation"}


def draw_connections(codebook: pd.DataFrame, edges: pd.DataFrame) -> Figure:
    """The matrix of connections: numbered rows, their numbers above the columns.

    `codebook`: id, name, level, dimension in the order to draw. `edges`: factor_a, factor_b,
    units, clear. Of many factors those that come up together with others most often are shown.
    """
    if edges.empty:
        return figures.awaited("No connections yet: no two conditions occur together.")
    for most in range(PAIRS, 0, -1):
        conditions = most_connected(codebook, edges, most)
        names = WIDTH - PITCH * len(conditions) - 0.12
        labels = fitted_apart(list(conditions["name"]), names - 0.24, 2)
        heights = [0.018 + LINE * len(lines) for lines in labels]
        side = sum(heights)
        left_out = len(codebook) - len(conditions)
        if ROOM_ABOVE + side + FOOT + 0.16 <= TALLEST:
            break
    figure, axes = page(ROOM_ABOVE + side + FOOT + (0.16 if left_out else 0))
    middles = _lines_of_pairs(axes, conditions, labels, names, heights)
    place = {factor: position for position, factor in enumerate(conditions["id"])}
    shown_edges = edges[edges["factor_a"].isin(place) & edges["factor_b"].isin(place)]
    largest = int(shown_edges["units"].max())
    dots = []
    for edge in shown_edges.itertuples():
        column, row = sorted((place[edge.factor_a], place[edge.factor_b]))
        shade = CLEAR if edge.clear == "yes" else CHANCE
        at = names + 0.06 + PITCH * (column + 0.5)
        dots.append((at, middles[row], LARGEST_PAIR * edge.units / largest, shade))
    if dots:  # all at once: hundreds of calls took a third of the drawing
        x, y, sizes, shades = zip(*dots, strict=True)
        axes.scatter(x, y, s=sizes, color=shades, lw=0, zorder=2)
    _draw_pairs_key(axes, largest, ROOM_ABOVE + side + 0.2)
    if left_out:
        words = f"{left_out} {noun(left_out, 'condition')} with fewer connections: see the table."
        axes.text(0.05, ROOM_ABOVE + side + 0.56, words, size=SIZE, va="center", color=INK)
    return figure


def most_connected(codebook: pd.DataFrame, edges: pd.DataFrame, most: int) -> pd.DataFrame:
    """The rows of the codebook, of more than `most` those with most units in common with others."""
    if len(codebook) <= most:
        return codebook
    ends = pd.concat([edges.rename(columns={f"factor_{end}": "id"})[["id", "units"]] for end in "ab"])
    units = ends.groupby("id")["units"].sum().reindex(codebook["id"], fill_value=0)
    ids = set(units.sort_values(ascending=False, kind="stable").index[:most])
    return codebook[codebook["id"].isin(ids)]


def _lines_of_pairs(
    axes: Axes, conditions: pd.DataFrame, labels: list[list[str]], names: float, heights: list[float]
) -> list[float]:
    """Names and lines of the matrix; the middle of each row."""
    tops = [ROOM_ABOVE + sum(heights[:position]) for position in range(len(conditions) + 1)]
    left, bottom = names + 0.06, tops[-1]
    groups = [GROUP_WORDS.get(name, name) for name in conditions["dimension"]]
    middles = [(above + below) / 2 for above, below in itertools.pairwise(tops)]
    for position, (y, lines) in enumerate(zip(middles, labels, strict=True)):
        x = left + PITCH * (position + 0.5)
        axes.plot([left, x], [y, y], color="#e8eaed", lw=0.5, zorder=0)
        axes.plot([x, x], [y, bottom], color="#e8eaed", lw=0.5, zorder=0)
        axes.text(names - 0.22, y, "\n".join(lines), ha="right", va="center", size=SIZE, linespacing=1.0)
        axes.text(names, y, f"{position + 1}", ha="right", va="center", size=SIZE, color="#55595f")
        axes.text(
            x, tops[position], f"{position + 1}", size=SIZE, ha="center", va="bottom", rotation=90, color="#55595f"
        )
    for start in _starts(groups):
        if start:
            x, y = left + PITCH * start, tops[start]
            axes.plot([left, x], [y, y], color="#8a8f96", lw=0.6, zorder=1)
            axes.plot([x, x], [y, bottom], color="#8a8f96", lw=0.6, zorder=1)
    return middles


def _starts(groups: Sequence[str]) -> list[int]:
    """Positions at which a new group begins."""
    return [place for place, name in enumerate(groups) if place == 0 or groups[place - 1] != name]


def _draw_pairs_key(axes: Axes, most: int, y: float) -> None:
    x = 0.12
    for units in sorted({1, max(1, round(most / 2)), most}):
        axes.scatter(x, y, s=LARGEST_PAIR * units / most, color=CHANCE, lw=0)
        axes.text(x + 0.1, y, f"{units}", size=SIZE, va="center", color=INK)
        x += 0.22 + width_of(f"{units}")
    axes.text(x - 0.05, y, "units in which both have evidence", size=SIZE, va="center", color=INK)
    x = 0.12
    for words, shade in (("clearly more often than by chance", CLEAR), ("not clearly", CHANCE)):
        axes.scatter(x, y + 0.19, s=LARGEST_PAIR * 0.6, color=shade, lw=0)
        axes.text(x + 0.1, y + 0.19, words, size=SIZE, va="center", color=INK)
        x += width_of(words) + 0.35


def draw_ranks(firm: pd.DataFrame) -> Figure:
    """The ranges of ranks: columns of ROBUSTNESS, the first rank at the top."""
    if firm.empty:
        return figures.awaited("No ranks yet: there is no evidence to resample.")
    names, top, foot = 2.5, 0.05, 0.42
    labels = fitted_apart(list(firm["name"]), names, 2)
    heights = [0.05 + LINE * len(lines) for lines in labels]
    n_shown = rows_that_fit(heights, TALLEST - top - foot - 0.16)
    left_out = len(firm) - n_shown
    bottom = top + sum(heights[:n_shown])
    figure, axes = page(bottom + foot + (0.16 if left_out else 0))
    middles = _rows(axes, labels[:n_shown], heights[:n_shown], top, names)
    left, wide = names + 0.15, WIDTH - names - 0.25
    last = max(float(firm["rank"].max()), float(firm["rank_high"].max()))

    def at(rank: float) -> float:
        return left + wide * (rank - 0.3) / (last + 0.4)

    step = 5 if last > 12 else 1
    for value in [1, *range(step if step > 1 else 2, int(last) + 1, step)]:
        axes.plot([at(value)] * 2, [top, bottom], color="#dddddd", lw=0.5, zorder=0.5)
        axes.text(at(value), bottom + 0.05, f"{value}", size=SIZE, ha="center", va="top", color=INK)
    for y, factor in zip(middles, firm.head(n_shown).to_dict("records"), strict=True):
        ends = [at(factor["left_out_low"]), at(factor["left_out_high"])]
        axes.plot(ends, [y, y], color=INK, lw=0.6, zorder=2.5)
        ends = [at(factor["rank_low"] - 0.25), at(factor["rank_high"] + 0.25)]
        axes.plot(ends, [y, y], color=SHADES["low"], lw=4.2, solid_capstyle="butt", zorder=2)
        axes.scatter(at(factor["rank"]), y, s=13, color=SHADES["high"], zorder=3, lw=0)
    words = "Place by strength of the evidence"
    axes.text(left + wide / 2, bottom + 0.22, words, size=SIZE, ha="center", va="top", color=INK)
    if left_out:
        axes.text(0.05, bottom + 0.44, _not_shown(left_out), size=SIZE, va="top", color=INK)
    return figure
