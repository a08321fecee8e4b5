"""The small chart of a feedback sheet, as SVG that stands alone in HTML and in a PDF.

Written by hand: a page with a hundred matplotlib figures would weigh megabytes.
"""

import html

import pandas as pd

from coproduction.delphi.feedback import Item, plain
from coproduction.delphi.settings import DelphiSettings

DARK, LIGHT, BAND, INK = "#0072B2", "#B9CFE0", "#E69F00", "#222222"
FONT = "DejaVu Sans, Verdana, sans-serif"
TALL, TOP = 62, 15


def histogram(item: Item, settings: DelphiSettings) -> str:
    """Bars of all ratings; below the scale the middle half and median; the own rating is dark.

    What the colours say is also said in words (aria-label, "you") and by shape.
    """
    points = settings.scale.points
    wide = 27 if len(points) <= 11 else max(4, 300 // len(points))
    width, base = wide * len(points) + 8, TOP + TALL
    parts = [_bars(item, points, wide, base), _axis(item, points, wide, base)]
    parts.append(_middle(item, points, wide, base + 26, settings.say("mark")))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {base + 46}" '
        f'width="{width}" height="{base + 46}" role="img" aria-label="{html.escape(in_words(item, settings))}" '
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


def _bars(item: Item, points: list[float], wide: int, base: int) -> str:
    most, parts = max(*item.counts, 1), []
    for i, (point, n) in enumerate(zip(points, item.counts, strict=True)):
        height, x = TALL * n / most, 4 + i * wide
        colour = DARK if point == item.rating else LIGHT
        if n:
            parts.append(
                f'<rect x="{x + 1.5:g}" y="{base - height:.1f}" width="{wide - 3}" '
                f'height="{height:.1f}" fill="{colour}"/>'
            )
            if wide >= 14:
                parts.append(_text(x + wide / 2, base - height - 3, str(n)))
    line = f'<path d="M4 {base}h{wide * len(points)}" stroke="{INK}" stroke-width="0.8"/>'
    return "".join([*parts, line])


def _axis(item: Item, points: list[float], wide: int, base: int) -> str:
    """Numbers of the scale; on long scales the ends, the middle and the own rating."""
    shown = set(points) if wide >= 14 else {points[0], points[-1], points[len(points) // 2]}
    step = points[1] - points[0]
    if item.rating is not None:
        near = [p for p in shown if p != item.rating and abs(p - item.rating) / step * wide < 18]
        shown = (shown - set(near)) | {item.rating}
    return "".join(
        _text(4 + ((p - points[0]) / step + 0.5) * wide, base + 12, str(p), "bold" * (p == item.rating))
        for p in sorted(shown)
    )


def _middle(item: Item, points: list[float], wide: int, y: int, mark: str) -> str:
    """The middle half as a bar with the median as a diamond, and where the panellist stands."""
    parts = []

    def x(value: float) -> float:
        return 4 + ((value - points[0]) / (points[1] - points[0]) + 0.5) * wide

    if not pd.isna(item.median):
        left, right = x(item.q1), x(item.q3)
        parts.append(f'<path d="M{left:.1f} {y}H{right:.1f}" stroke="{BAND}" stroke-width="5" stroke-linecap="round"/>')
        m = x(item.median)
        parts.append(f'<path d="M{m:.1f} {y - 5}l5 5l-5 5l-5 -5z" fill="{INK}" stroke="#ffffff" stroke-width="0.8"/>')
    if item.rating is not None:
        middle_x = min(max(x(item.rating), 14), wide * len(points) - 6)
        parts.append(_text(middle_x, y + 17, html.escape(mark), "bold"))
    return "".join(parts)
