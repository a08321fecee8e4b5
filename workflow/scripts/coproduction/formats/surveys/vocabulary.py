"""Headings in which people ask in words of their own for a code or name the round."""

import csv
import re
from functools import cache
from pathlib import Path

from coproduction.core.text import normalise


@cache
def _words(*kinds: str) -> frozenset[str]:
    path = Path(__file__).with_name("vocabulary.csv")
    with path.open(encoding="utf-8", newline="") as file:
        return frozenset(row["word"] for row in csv.DictReader(file) if row["kind"] in kinds)


def asks_who(heading: str) -> bool:
    """Whether a heading asks in words of its own for the code of a person; what explains it behind counts not.

    >>> [asks_who(heading) for heading in ("Your code (initials and year of birth)", "Postal code", "Panellist no.")]
    [True, False, True]
    """
    words = set(normalise(re.split(r"[(:;,.?–\n]| - ", heading.strip() + " ", maxsplit=1)[0]).split())
    names_one = words & _words("code") or (words & _words("number") and words & _words("person"))
    return bool(names_one) and words <= _words("code", "number", "person", "filling")


def asks_for_the_round(heading: str) -> bool:
    """Whether a heading names nothing but the round.

    >>> asks_for_the_round("Delphi-Runde"), asks_for_the_round("Comments on this round")
    (True, False)
    """
    words = set(normalise(heading).split())
    return bool(words & _words("round")) and words <= _words("round", "number", "filling")
