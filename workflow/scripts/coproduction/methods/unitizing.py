"""Agreement of people who mark passages of a text, where the marks themselves may differ.

Written out because no kept Python package has it: `pygamma-agreement` has gamma and wants a solver,
DKPro Agreement, which has it, is Java.
"""

import math
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, combinations

Span = tuple[int, int]


@dataclass(frozen=True)
class Unitizing:
    """Observed and expected disagreement of observers on one category; alpha is nan without any."""

    observed: float
    expected: float

    @property
    def alpha(self) -> float:
        """1 - observed / expected."""
        return 1 - self.observed / self.expected if self.expected else math.nan


def unitizing(observers: Sequence[Sequence[Span]], length: int) -> Unitizing:
    """Disagreement on the passages of one category in a continuum of `length` characters.

    observers: for each the passages as (start, end), the end not included; those of one observer that
    overlap or touch are one.

    Source: Krippendorff (2004), Content Analysis, 2nd edition, chapter 11 (example on p. 254);
    Krippendorff (1995), doi:10.2307/271061.

    >>> k = unitizing([[(30, 90), (150, 200)], [(30, 90), (150, 200)]], 300)
    >>> k.alpha, round(k.expected, 4)
    (1.0, 0.049)
    """
    m = len(observers)
    sections = [_sections(spans, length) for spans in observers]
    if m < 2 or length < 1:
        return Unitizing(math.nan, math.nan)
    apart = sum(2 * _between(sections_of, other) for sections_of, other in combinations(sections, 2))
    observed = apart / (m * (m - 1) * length**2)
    units = [s for sections_of in sections for s in sections_of if s[2]]
    gaps = sorted(end - start for sections_of in sections for start, end, marked in sections_of if not marked)
    longer = [0, *accumulate(reversed(gaps))][::-1]  # how long the gaps from the n-th on are together
    total = 0.0
    for start, end, _ in units:
        size = end - start
        total += (len(units) - 1) / 3 * (2 * size**3 - 3 * size**2 + size)
        first = bisect_left(gaps, size)
        total += size**2 * (longer[first] - (len(gaps) - first) * (size - 1))
    within = sum((end - start) * (end - start - 1) for start, end, _ in units)
    possible = m * length * (m * length - 1) - within
    return Unitizing(observed, 2 / length * total / possible if possible else math.nan)


def overall_alpha(parts: Sequence[Unitizing]) -> float:
    """Alpha over all categories: the sums of what was observed and expected for each.

    Source: Krippendorff (2004), Content Analysis, 2nd edition, p. 254.

    >>> round(overall_alpha([Unitizing(0.0144, 0.0532), Unitizing(0.0, 0.049)]), 3)
    0.859
    """
    expected = sum(part.expected for part in parts)
    return 1 - sum(part.observed for part in parts) / expected if expected else math.nan


def _sections(spans: Sequence[Span], length: int) -> list[tuple[int, int, bool]]:
    """The continuum as passages and gaps: (start, end, whether it is a passage)."""
    parts: list[tuple[int, int, bool]] = []
    place = 0
    for start, end in merged(spans):
        if start > place:
            parts.append((place, start, False))
        parts.append((start, end, True))
        place = end
    if place < length:
        parts.append((place, length, False))
    return parts


def merged(spans: Sequence[Span]) -> list[Span]:
    """The spans in order; those that overlap or touch are one.

    >>> merged([(5, 9), (1, 3), (3, 6)])
    [(1, 9)]
    """
    joined: list[Span] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        elif end > start:
            joined.append((start, end))
    return joined


def _between(first: Sequence[tuple[int, int, bool]], second: Sequence[tuple[int, int, bool]]) -> int:
    """Disagreement of two observers: both lists of sections cover the continuum, and are gone through once."""
    apart, i, j = 0, 0, 0
    while i < len(first) and j < len(second):
        apart += _apart(first[i], second[j])
        end, others = first[i][1], second[j][1]
        i, j = i + (end <= others), j + (others <= end)
    return apart


def _apart(one: tuple[int, int, bool], other: tuple[int, int, bool]) -> int:
    """The squared difference of two sections that overlap."""
    if one[2] and other[2]:
        return (one[0] - other[0]) ** 2 + (one[1] - other[1]) ** 2
    if not one[2] and not other[2]:
        return 0
    unit, gap = (one, other) if one[2] else (other, one)
    return (unit[1] - unit[0]) ** 2 if gap[0] <= unit[0] and unit[1] <= gap[1] else 0
