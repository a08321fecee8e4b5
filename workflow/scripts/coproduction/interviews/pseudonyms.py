"""Pseudonyms: names are replaced when a transcript enters, and places are kept.

The key, its reader and the check that no name is left are in core/identities.py, because comments of
a Delphi pass the same check.
"""

import bisect
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


def pseudonymise(text: str, key: Key) -> tuple[str, list[Replacement]]:
    """`text` with its names replaced, and where that was done."""
    pattern = key.pattern()
    if pattern is None:
        return text, []
    pieces, done, last, length = [], [], 0, 0
    for match in pattern.finditer(text):
        pseudonym = key.pseudonyms[int(match.lastgroup[1:])]
        length += match.start() - last
        done.append(Replacement(*match.span(), length, length + len(pseudonym), pseudonym))
        pieces += [text[last : match.start()], pseudonym]
        last, length = match.end(), length + len(pseudonym)
    return "".join([*pieces, text[last:]]), done


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
