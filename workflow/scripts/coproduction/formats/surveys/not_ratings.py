"""Words that make another thing of a number than a point of a scale, or head a row of means, sums or shares."""

import csv
import re
from pathlib import Path

from coproduction.core.text import normalise

RANGE = re.compile(r"[≥≤<>%]=?\s*\d*|\b\d{1,3}\s*(?:[-–]|to|bis)\s*\d{1,3}\b")  # of points, in the heading of a total
SHARE = re.compile(r"(?:%|[≥≤<>]=?)\s*(?:in|of|rating)?\s*\(?\d[\d\s–-]*%?\)?|\d{1,3}\s*[-–]\s*\d{1,3}\s*%")


def _words(kind: str) -> frozenset[str]:
    path = Path(__file__).with_name("not_ratings.csv")
    with path.open(encoding="utf-8", newline="") as file:
        return frozenset(row["word"] for row in csv.DictReader(file) if row["kind"] == kind)


MONTHS, BEHIND, BEFORE = map(_words, ("month", "behind", "before"))  # a month; behind and before a number
TOTALS, AROUND_TOTALS = (frozenset(" ".join(_words(kind)).split()) for kind in ("summary", "around"))


def heads_a_total(heading: str) -> bool:
    """Whether a row's heading is that of means, sums or shares, as people add below a table.

    >>> [heads_a_total(name) for name in ("Mean score", "Standardabweichung", "% agree (7-9)", "≥ 7", "Panellist 3")]
    [True, True, True, True, False]
    """
    if SHARE.fullmatch(heading.strip()):
        return True
    words = set(normalise(RANGE.sub(" ", heading)).split())
    return bool(words & TOTALS) and words <= TOTALS | AROUND_TOTALS
