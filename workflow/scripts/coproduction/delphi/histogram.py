"""The small chart of a feedback sheet, as SVG that stands alone in HTML and in a PDF.

Written by hand: a page with a hundred matplotlib figures would weigh megabytes.
"""

import html
from dataclasses import dataclass, replace
from functools import cached_property

import pandas as pd

from coproduction.delphi.feedback import Item, plain
from coproduction.delphi.settings import DelphiSettings

DARK, LIGHT, BAND, INK = "#0072B2", "#B9CFE0", "#E69F00", "#222222"
FONT = "DejaVu Sans, Verdana, sans-serif"
TALL = 62  # the highest bar
BASE = 15 + TALL  # where the bars stand


def histogram(item: Item, settings: DelphiSettings) -> str:
    """Bars of all ratings; below the scale the middle half and median; the own rating is dark.

    What the colours say is also said in words (aria-label, "you") and by shape.
    """
    space = _Space(settings)
    parts = [_bars(item, space), _axis(item.rating, space), _middle(item, space), _you(item.rating, space, settings)]
    return _svg(space, f'role="img" aria-label="{html.escape(in_words(item, settings))}" ', *parts)


def of_all(item: Item, settings: DelphiSettings) -> str:
    """The layer of the chart that is the same for everybody: bars, middle half and median.

    With `own_bar` and `own_place` upon it it looks as `histogram`.
    """
    space = _Space(settings)
    return _svg(space, "", _bars(replace(item, rating=None), space), _middle(item, space))


def own_bar(item: Item, settings: DelphiSettings) -> tuple[float, float, float, float] | None:
    """The dark bar of the own rating: left, top, width and height as shares of the width of the chart."""
    space = _Space(settings)
    for place, point in enumerate(space.points):
        if point == item.rating and item.counts[place]:
            left, top, width, height = (side / space.width for side in _sides(item, place, space))
            return left, top, width, height
    return None


def own_place(rating: float | None, settings: DelphiSettings) -> str:
    """The layer with the scale, and where the panellist stands on it; the same for all statements."""
    space = _Space(settings)
    return _svg(space, "", _axis(rating, space), _you(rating, space, settings))


@dataclass(frozen=True)
class _Space:
    """Where things are in a chart, in its units."""

    settings: DelphiSettings

    @cached_property
    def points(self) -> list[float]:
        return self.settings.scale.points

    @cached_property
    def wide(self) -> int:
        """The width of a bar with its gap."""
        return 27 if len(self.points) <= 11 else max(4, 300 // len(self.points))

    @property
    def width(self) -> int:
        return self.wide * len(self.points) + 8

    def x(self, value: float) -> float:
        """The middle of the bar of a value."""
        return 4 + ((value - self.points[0]) / (self.points[1] - self.points[0]) + 0.5) * self.wide


def _svg(space: _Space, attributes: str, *parts: str) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {space.width} {BASE + 46}" '
        f'width="{space.width}" height="{BASE + 46}" {attributes}'
        f'font-family="{FONT}" font-size="10" fill="{INK}">{"".join(parts)}</svg>'
    )


def in_words(item: Item, settings: DelphiSettings) -> str:
    """The chart in words."""
    points = settings.scale.points
    say = settings.say
    rated = ", ".join(say("chart_ratings", number=n, point=p) for p, n in zip(points, item.counts, strict=True) if n)
    half = say("from_to", low=plain(item.q1), high=plain(item.q3))
    parts = [rated, say("chart_middle", median=plain(item.median), middle=half)]
    parts += [say("chart_own", point=item.rating)] if item.rating is not None else []
    return "; ".join(parts)


def _text(x: float, y: float, words: str, weight: str = "") -> str:
    bold = ' font-weight="bold"' if weight else ""
    return f'<text x="{x:g}" y="{y:g}" text-anchor="middle"{bold}>{words}</text>'


def _bars(item: Item, space: _Space) -> str:
    parts = []
    for place, n in enumerate(item.counts):
        parts.append(_bar(item, place, space))
        if n and space.wide >= 14:
            parts.append(_text(4 + (place + 0.5) * space.wide, BASE - _height(item, n) - 3, str(n)))
    return "".join(
        [*parts, f'<path d="M4 {BASE}h{space.wide * len(space.points)}" stroke="{INK}" stroke-width="0.8"/>']
    )


def _bar(item: Item, place: int, space: _Space) -> str:
    if not item.counts[place]:
        return ""
    x, y, width, height = _sides(item, place, space)
    colour = DARK if space.points[place] == item.rating else LIGHT
    return f'<rect x="{x:g}" y="{y:.1f}" width="{width}" height="{height:.1f}" fill="{colour}"/>'


def _sides(item: Item, place: int, space: _Space) -> tuple[float, float, int, float]:
    """Left, top, width and height of a bar."""
    height = _height(item, item.counts[place])
    return 4 + place * space.wide + 1.5, BASE - height, space.wide - 3, height


def _height(item: Item, n: int) -> float:
    return TALL * n / max(*item.counts, 1)


def _axis(rating: float | None, space: _Space) -> str:
    """Numbers of the scale; on long scales the ends, the middle and the own rating."""
    points = space.points
    labelled = set(points) if space.wide >= 14 else {points[0], points[-1], points[len(points) // 2]}
    step = points[1] - points[0]
    if rating is not None:
        near = [p for p in labelled if p != rating and abs(p - rating) / step * space.wide < 18]
        labelled = (labelled - set(near)) | {rating}
    return "".join(_text(space.x(p), BASE + 12, str(p), "bold" * (p == rating)) for p in sorted(labelled))


def _middle(item: Item, space: _Space) -> str:
    """The middle half as a bar with the median as a diamond."""
    if pd.isna(item.median):
        return ""
    x, y = space.x, BASE + 26
    return (
        f'<path d="M{x(item.q1):.1f} {y}H{x(item.q3):.1f}" stroke="{BAND}" stroke-width="5" stroke-linecap="round"/>'
        f'<path d="M{x(item.median):.1f} {y - 5}l5 5l-5 5l-5 -5z" fill="{INK}" stroke="#ffffff" stroke-width="0.8"/>'
    )


def _you(rating: float | None, space: _Space, settings: DelphiSettings) -> str:
    if rating is None:
        return ""
    middle = min(max(space.x(rating), 14), space.wide * len(space.points) - 6)
    return _text(middle, BASE + 43, html.escape(settings.say("mark")), "bold")
