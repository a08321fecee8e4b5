"""Pseudonyms: names are replaced when a transcript enters, and places are kept.

The key, its reader and the check that no name is left are in core/identities.py, because comments of
a Delphi pass the same check.
"""

import bisect
from collections.abc import Sequence
from dataclasses import dataclass

from coproduction.core.identities import Key


@dataclass(frozen=True)
class Replacement:
    """A name at raw[raw_start:raw_end] became the pseudonym at new[start:end]."""

    raw_start: int
    raw_end: int
    start: int
    end: int
    pseudonym: str


def pseudonymise(text: str, key: Key, also: Sequence[tuple[int, int, str]] = ()) -> tuple[str, list[Replacement]]:
    """`text` with its names replaced, and where that was done.

    also: places and what replaces them besides, such as the names of speakers; they go before the
    names of the key.
    """
    pattern = key.pattern()
    places = sorted(also)
    starts = [start for start, _, _ in places]
    for match in pattern.finditer(text) if pattern else ():
        before = bisect.bisect_left(starts, match.end()) - 1
        if before < 0 or places[before][1] <= match.start():
            pseudonym = key.pseudonyms[int((match.lastgroup or "")[1:])]
            places.append((*match.span(), pseudonym))
    places.sort()
    pieces, replacements, last, length = [], [], 0, 0
    for start, end, pseudonym in places:
        length += start - last
        replacements.append(Replacement(start, end, length, length + len(pseudonym), pseudonym))
        pieces += [text[last:start], pseudonym]
        last, length = end, length + len(pseudonym)
    return "".join([*pieces, text[last:]]), replacements


def without_overlaps(places: Sequence[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """The places in order; of those that overlap the first, and of equals the longest."""
    apart: list[tuple[int, int, str]] = []
    for place in sorted(places, key=lambda place: (place[0], -place[1])):
        if not apart or place[0] >= apart[-1][1]:
            apart.append(place)
    return apart


def to_pseudonymised(position: int, replacements: list[Replacement], end: bool = False) -> int:
    """A place in the raw text as a place in the pseudonymised one.

    A place inside a name goes to the pseudonym's start, or its end when it is the end of a segment.
    """
    index = bisect.bisect_right(replacements, position, key=lambda r: r.raw_start) - 1
    if index < 0:
        return position
    r = replacements[index]
    if position >= r.raw_end:
        return position + r.end - r.raw_end
    if position == r.raw_start:
        return r.start
    return r.end if end else r.start
