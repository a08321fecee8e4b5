"""Which topic of the literature speaks of which condition, and what no study mentions.

Conditions with the fewest studies come first, so that the gap is what one sees. All coordinates are inches.
"""

from collections.abc import Mapping
from math import cos, radians, sin
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from coproduction.core import figures
from coproduction.core.lettering import LINE, SIZE, fitted, fitted_apart, rows_that_fit, width_of, wrapped
from coproduction.core.prose import noun
from coproduction.ecosystem.figures import BAND, CHANCE, CLEAR, TALLEST, page
from coproduction.ecosystem.gaps import LEVEL, SILENT
from coproduction.ecosystem.model_figure import INK, WIDTH

NAMES, STUDIES = 2.42, 2.66  # right edges: the conditions, the number of their studies
MOST_TOPICS = 12  # columns that a page holds
HEAD, ANGLE, LONGEST = 0.25, 55, 1.7  # room above the rows; degrees and inches of a heading
UP, ALONG = sin(radians(ANGLE)), cos(radians(ANGLE))
FIRST, LAST = STUDIES + 0.3, WIDTH - 0.75  # the columns of the first and of the last topic
ROW, PITCH = 0.16, 0.4
LARGEST = 95
SHORT = {"interviews": "I", "delphi": "P", "desk": "D", "qca": "Q"}
KEY = (
    "Dots: included records of the topic that mention the condition, with their number; blue: more than chance "
    "would have (p below 0.05 after correction), grey: not. Studies: included studies that mention the condition. "
    "Shaded: no included study does. Right: who else knows of it (D documents, I interviews, P panel, Q QCA)."
)


def draw_gaps(gaps: pd.DataFrame, conditions: pd.DataFrame, titles: Mapping[str, str]) -> Figure:
    """The figure of the gaps: a row for each condition, a column for each topic.

    gaps: LITERATURE_GAPS. conditions: TOPIC_CONDITIONS. titles: what each topic is called, in their order.
    """
    if not gaps["studies"].sum():
        return figures.awaited("No included study mentions a condition yet: gaps can be shown once studies do.")
    topics = list(titles)[:MOST_TOPICS]
    pitch = min(PITCH, (LAST - FIRST) / max(len(topics) - 1, 1))
    places = {topic: FIRST + pitch * n for n, topic in enumerate(topics)}
    heads = {
        topic: fitted(f"{topic} {titles[topic]}", min(LONGEST, (WIDTH - x) / ALONG - 0.1), 1)[0]
        for topic, x in places.items()
    }
    top = HEAD + UP * max([width_of(words) for words in heads.values()], default=0.5)
    key, remark = wrapped(KEY, WIDTH - 0.1), ""
    if len(titles) > len(topics):
        remark = f" {len(titles) - len(topics)} {noun(len(titles) - len(topics), 'topic')} more: see the table."
        key = wrapped(KEY + remark, WIDTH - 0.1)
    n_shown = rows_that_fit([ROW] * len(gaps), TALLEST - top - LINE * (len(key) + 2))
    if n_shown < len(gaps):
        n_left = len(gaps) - n_shown
        remark += f" {n_left} {noun(n_left, 'condition')} with more studies: see the table."
        key = wrapped(KEY + remark, WIDTH - 0.1)
    bottom = top + ROW * n_shown
    figure, axes = page(bottom + LINE * (len(key) + 1))
    for topic, x in places.items():
        axes.text(x, top - 0.06, heads[topic], size=SIZE, rotation=ANGLE, rotation_mode="anchor", color=INK)
    axes.text(STUDIES, top - 0.1, "Studies", size=SIZE, ha="right", color=INK)
    middles = _draw_conditions(axes, gaps.head(n_shown), top)
    _draw_links(axes, conditions, middles, places)
    axes.text(0.05, bottom + 0.1, "\n".join(key), size=SIZE, va="top", linespacing=1.12, color=INK)
    return figure


def _draw_conditions(axes: Axes, gaps: pd.DataFrame, top: float) -> dict[str, float]:
    """Names, numbers of studies and who else knows; the middle of each row by its condition."""
    middles = {}
    names = [lines[0] for lines in fitted_apart(list(gaps["name"]), NAMES - 0.06, 1)]
    for n, row in enumerate(gaps.itertuples()):
        y = top + ROW * n
        shade = "#fbe3d4" if row.gap == SILENT else BAND if n % 2 == 0 else "white"
        axes.add_patch(Rectangle((0, y), WIDTH, ROW, facecolor=shade, lw=0, zorder=0))
        middles[row.factor] = y + ROW / 2
        style: dict[str, Any] = {"size": SIZE, "va": "center_baseline", "color": INK}
        axes.text(NAMES, middles[row.factor], names[n], ha="right", **style)
        axes.text(STUDIES, middles[row.factor], str(row.studies), ha="right", **style)
        others = " ".join(SHORT.get(name, name[:1].upper()) for name in row.elsewhere.split(";") if name)
        axes.text(WIDTH - 0.05, middles[row.factor], others, ha="right", **style)
    return middles


def _draw_links(
    axes: Axes, conditions: pd.DataFrame, middles: Mapping[str, float], places: Mapping[str, float]
) -> None:
    drawn = conditions[
        conditions["factor"].isin(middles) & conditions["topic"].isin(places) & (conditions["records"] > 0)
    ]
    most = conditions["records"].max() if len(conditions) else 1
    for row in drawn.itertuples():
        x, y = places[row.topic], middles[row.factor]
        colour = CLEAR if row.p_adjusted < LEVEL else CHANCE
        axes.scatter(x, y, s=LARGEST * row.records / most, color=colour, lw=0, zorder=2)
        axes.text(x + 0.085, y, str(row.records), size=SIZE, va="center_baseline", color=INK)
