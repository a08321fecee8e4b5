"""How a QDA program counted the positions in a text.

The standard counts code points of the text in the archive. ATLAS.ti counts a Windows line end as one
character though its text holds two, programs on Qt, Java and .NET count a character beyond the Basic
Multilingual Plane (an emoji) as two, and a text within the XML loses its carriage returns. Such a
project is valid, its selections are only a few characters off, and nothing in it says so. What the
selections show decides: their names, which most programs take from the words, and whole words.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

CRLF_AS_ONE, LF_AS_TWO = "a line end of two characters as one", "a line end as two characters"
UTF16 = "a character beyond the Basic Multilingual Plane as two"
ENOUGH_CUT = 3


@dataclass(frozen=True)
class Span:
    """A selection as it is stated: positions and the name the program gave it."""

    start: int
    end: int
    name: str = ""


class Positions:
    """From positions as one program counts them to code points of the text."""

    def __init__(self, text: str, ways: Sequence[str] = ()):
        self.ways = tuple(ways)
        self._length = len(text)
        self._point = {} if not ways else _points(text, ways)

    def point(self, position: int) -> int | None:
        """The code point at this position; None outside the text or within a character."""
        if self.ways:
            return self._point.get(position)
        return position if 0 <= position <= self._length else None


def _points(text: str, ways: Sequence[str]) -> dict[int, int]:
    places: dict[int, int] = {}
    position = 0
    for place, character in enumerate(text):
        places.setdefault(position, place)
        width = 1
        if UTF16 in ways and ord(character) > 0xFFFF:
            width = 2
        elif CRLF_AS_ONE in ways and text[place : place + 2] == "\r\n":
            width = 0
        elif LF_AS_TWO in ways and character == "\n" and text[place - 1 : place] != "\r":
            width = 2
        position += width
    places.setdefault(position, len(text))
    return places


def positions(text: str, spans: Sequence[Span], origin: str = "") -> Positions:
    """The way of counting that fits the selections; that of the standard where nothing speaks.

    origin: the program that wrote the project; ATLAS.ti is known to count a line end once.
    """
    astral, windows = max(text, default="") > "\uffff", "\r\n" in text
    line_ends: list[list[str]] = [[]]
    if windows:
        line_ends.insert(0 if "atlas" in origin.lower() else 1, [CRLF_AS_ONE])
    if "\n" in text:
        line_ends.append([LF_AS_TWO])
    units: list[list[str]] = [[], [UTF16]] if astral else [[]]
    ways = [[*unit, *end] for unit, end in product(units, line_ends)]
    best = Positions(text, ways[0])
    fit = _fit(text, spans, best)
    for way in ways[1:]:
        if not fit.outside and not fit.cut and not fit.unlike:
            break
        candidate = Positions(text, way)
        candidate_fit = _fit(text, spans, candidate)
        if _better(candidate_fit, fit):
            best, fit = candidate, candidate_fit
    return best


@dataclass(frozen=True)
class _Fit:
    outside: int
    alike: int
    unlike: int
    cut: int


def _fit(text: str, spans: Sequence[Span], tried: Positions) -> _Fit:
    """How the selections look when positions are counted in this way."""
    outside = alike = unlike = cut = 0
    for span in spans:
        start, end = tried.point(span.start), tried.point(span.end)
        if start is None or end is None or end < start:
            outside += 1
            continue
        name = _words(span.name.rstrip(".…"))
        if len(name) >= 4:
            same = _words(text[start:end]).startswith(name)
            alike, unlike = alike + same, unlike + (not same)
        cut += _within_word(text, start) or _within_word(text, end)
    return _Fit(outside, alike, unlike, cut)


def _better(new: _Fit, old: _Fit) -> bool:
    """Whether a way of counting is better than the one before, which wins where little speaks."""
    if (new.outside > 0) != (old.outside > 0):
        return not new.outside
    if new.alike != old.alike:
        return new.alike > old.alike
    return old.cut >= ENOUGH_CUT and new.cut * 4 <= old.cut


def _words(text: str) -> str:
    return re.sub(r"\W+", " ", text.casefold()).strip()


def _within_word(text: str, place: int) -> bool:
    return 0 < place < len(text) and text[place - 1].isalnum() and text[place].isalnum()
