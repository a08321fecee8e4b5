"""The design of the study as a figure: what each technique gives and how that leads to the model.

Journals of mixed methods ask for such a procedural figure; this one is drawn from the state of the study,
so that it shows what was done and not what was planned. All coordinates are inches.
"""

from typing import Any

import matplotlib.pyplot as plt
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import FancyBboxPatch

from coproduction.core import figures
from coproduction.core.accounting import NOT_BEGUN, how_far
from coproduction.core.lettering import LINE, SIZE, fitted
from coproduction.core.prose import noun
from coproduction.core.vocabulary import TECHNIQUES

LEFT, MIDDLE, RIGHT = (0.0, 1.5), (1.78, 2.68), (4.86, 1.36)  # left edge and width of the columns
GAP, PAD, HEAD = 0.1, 0.1, 0.3  # between boxes; around their words; above all of them
STEPS = 4  # of a technique that its box names
MODEL = "ecosystem"
AFTER = {"qca": "desk", "screening": "literature", "topics": "screening"}  # where it takes its material from
BESIDE = {"qca", "literature"}  # that enter the model by another one, or are told beside it
INK, EDGE, QUIET, FILL, BLUE = "#1a1a1a", "#3f7fb8", "#8a8f96", "#e8f0f8", "#08306b"


def draw_design(status: pd.DataFrame) -> Figure:
    """The figure; `status` is STATUS of all techniques, with a column `technique`."""
    rows = {name: status[status["technique"] == name] for name in TECHNIQUES}
    techniques = [name for name in TECHNIQUES if name != MODEL]
    words = {name: _words(rows[name], MIDDLE[1]) for name in TECHNIQUES}
    titles = {name: fitted(TECHNIQUES[name], LEFT[1] - 2 * PAD, 2, weight="bold") for name in techniques}
    heights = {name: LINE * max(len(words[name]), len(titles[name]) + 1) + PAD for name in techniques}
    height = HEAD + sum(heights.values()) + GAP * (len(techniques) - 1) + 0.34
    figure = plt.figure(figsize=(figures.DOUBLE, height))
    axes = figure.add_axes((0, 0, 1, 1), xlim=(0, figures.DOUBLE), ylim=(height, 0))
    axes.set_axis_off()
    for (left, width), head in zip(
        (LEFT, MIDDLE, RIGHT), ("Techniques", "Contributions so far", "Integration"), strict=True
    ):
        axes.text(left + width / 2, 0.12, head, size=SIZE, weight="bold", ha="center", va="center", color=INK)
    top, middles = HEAD, {}
    for name in techniques:
        begun = _how_far(rows[name]) != NOT_BEGUN
        middles[name] = top + heights[name] / 2
        _box(axes, LEFT, top, heights[name], begun, FILL)
        title = "\n".join(titles[name])
        place = middles[name] - LINE / 2
        axes.text(sum(LEFT) / 2, place, title, size=SIZE, weight="bold", ha="center", va="center", color=INK)
        under = middles[name] + LINE * (len(titles[name])) / 2
        axes.text(sum(LEFT) / 2, under, _how_far(rows[name]), size=SIZE, ha="center", va="center", color="#4a4f55")
        _box(axes, MIDDLE, top, heights[name], begun, "white")
        axes.text(MIDDLE[0] + PAD, middles[name], "\n".join(words[name]), size=SIZE, va="center", linespacing=1.12)
        _arrow(axes, (sum(LEFT), middles[name]), (MIDDLE[0], middles[name]), begun)
        if name not in BESIDE:
            _arrow(axes, (sum(MIDDLE), middles[name]), (RIGHT[0], middles[name]), begun)
        top += heights[name] + GAP
    _draw_material(axes, middles, heights)
    _draw_model(axes, words[MODEL], top - GAP)
    key = "Dashed: not begun. QCA compares cases and is reported beside the model."
    axes.text(0.02, height - 0.12, key, size=SIZE, va="center", color="#4a4f55")
    return figure


def shown_steps(status: pd.DataFrame) -> pd.DataFrame:
    """What the figure shows, as a table: the steps with their numbers, and the state of each technique."""
    names = [name for name in TECHNIQUES if name in set(status["technique"])]
    states = {name: _how_far(status[status["technique"] == name]) for name in names}
    steps = status[status["technique"].isin(names)][["technique", "step", "done", "total", "unit"]]
    return steps.assign(state=steps["technique"].map(states)).reset_index(drop=True)


def _how_far(rows: pd.DataFrame) -> str:
    return how_far(zip(rows["state"], rows["done"], strict=True))


def _words(rows: pd.DataFrame, width: float) -> list[str]:
    """The steps of a technique with their numbers, a line or two each."""
    lines: list[str] = []
    for row in rows.head(STEPS).itertuples():
        n_expected = row.done if pd.isna(row.total) else row.total  # nobody knows yet how many there will be
        count = f"{row.done:,}" if row.done == n_expected else f"{row.done:,} of {n_expected:,}"
        unit = "" if row.unit in row.step.lower() else f" {noun(n_expected, row.unit)}"
        lines += fitted(f"{row.step}: {count}{unit}", width - 2 * PAD, 2)
    left_out = len(rows) - STEPS
    return [*lines, f"and {left_out} more"] if left_out > 0 else lines or ["not begun"]


def _box(axes: Axes, column: tuple[float, float], top: float, height: float, begun: bool, fill: str) -> None:
    style: dict[str, Any] = {"boxstyle": "round,pad=0,rounding_size=0.05", "lw": 0.9}
    style |= {"facecolor": fill, "edgecolor": EDGE} if begun else {"facecolor": "white", "edgecolor": QUIET}
    style["linestyle"] = "-" if begun else (0, (3, 2))
    axes.add_patch(FancyBboxPatch((column[0] + 0.02, top), column[1] - 0.04, height, **style))


def _arrow(axes: Axes, start: tuple[float, float], end: tuple[float, float], begun: bool) -> None:
    look = {"arrowstyle": "-|>", "lw": 0.9, "color": INK if begun else QUIET, "shrinkA": 1, "shrinkB": 1}
    axes.annotate("", end, start, arrowprops=look | {"mutation_scale": 7, "linestyle": "-" if begun else "--"})


def _draw_material(axes: Axes, middles: dict[str, float], heights: dict[str, float]) -> None:
    """Arrows downwards where one technique takes its material from the one above."""
    x = LEFT[0] + LEFT[1] / 2
    for name, source in AFTER.items():
        _arrow(axes, (x, middles[source] + heights[source] / 2), (x, middles[name] - heights[name] / 2), True)


def _draw_model(axes: Axes, words: list[str], bottom: float) -> None:
    left, width = RIGHT
    axes.add_patch(
        FancyBboxPatch(
            (left + 0.02, HEAD),
            width - 0.04,
            bottom - HEAD,
            boxstyle="round,pad=0,rounding_size=0.05",
            facecolor="#d8dde3",
            edgecolor=BLUE,
            lw=1.2,
        )
    )
    paragraphs = [
        "Model of the conditions",
        "",
        "Joint display and convergence coding",
        "",
        "Strength and confidence",
        "",
    ]
    lines: list[str] = []
    for part in paragraphs:
        lines += fitted(part, width - 2 * PAD, 3) if part else [""]
    lines += [line for word in words for line in fitted(word, width - 2 * PAD, 3)]
    middle = (HEAD + bottom) / 2
    axes.text(left + width / 2, middle, "\n".join(lines), size=SIZE, ha="center", va="center", linespacing=1.12)
