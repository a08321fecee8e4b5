"""Where a coded quote stands: its words decide, its stated place helps.

QDA programs count positions differently (line ends of two characters, code units instead of code
points, texts as they were before pseudonyms), so a place is believed only when the words there are
the quote. Otherwise the quote is looked for nearby, then in the whole transcript, and taken only
where it stands once. Fuzzy search was left out: a quote that differs is for a person to look at.
"""

import re
from dataclasses import dataclass

from coproduction.interviews.pseudonyms import Key, Replacement, pseudonymise, to_pseudonymised
from coproduction.interviews.transcripts import canonical

_ALIKE = {
    **dict.fromkeys("'\u2018\u2019\u201b\u2032", "['\u2018\u2019\u201b\u2032]"),
    **dict.fromkeys('"\u201c\u201d\u201e\u2033', '["\u201c\u201d\u201e\u2033]'),
    **dict.fromkeys("-\u2010\u2011\u2012\u2013\u2014", "[-\u2010-\u2014]"),
}


@dataclass(frozen=True)
class Place:
    """Where a quote stands in the pseudonymised text, or the reason why it stands nowhere."""

    start: int | None
    end: int | None
    outcome: str
    reason: str = ""


def find_place(
    text: str,
    quote: str,
    start: int | None,
    end: int | None,
    key: Key,
    replacements: list[Replacement],
    window: int,
) -> Place:
    """The place of a quote, with outcome 'at its place', 'found elsewhere' or 'refused'.

    The stated place may count in the text before or after pseudonyms; without a quote the stated
    place is all there is and must lie within the text.
    """
    if not quote.strip():
        return _place_alone(text, start, end)
    wanted = pseudonymise(canonical(quote), key)[0].strip()
    stated = [] if start is None else [start, to_pseudonymised(start, replacements)]
    indent = len(quote) - len(quote.lstrip())
    for begin in dict.fromkeys(place + indent for place in stated):
        if text[begin : begin + len(wanted)] == wanted:
            return Place(begin, begin + len(wanted), "at its place")
    return _searched(text, wanted, stated, window)


def _searched(text: str, wanted: str, stated: list[int], window: int) -> Place:
    """The only place of the words, or the only one near where they were stated."""
    found = [match.span() for match in _pattern(wanted).finditer(text)]
    if len(found) == 1:
        return _found(found[0], stated)
    if not found:
        return _refused("the words do not stand in the transcript")
    near = [span for span in found if any(abs(span[0] - s) <= window for s in stated)]
    if len(near) == 1:
        return _found(near[0], stated)
    way = "not once near the place" if stated else "and no place is given"
    return _refused(f"the words stand {len(found)} times in the transcript, {way}")


def _place_alone(text: str, start: int | None, end: int | None) -> Place:
    if start is None or end is None or not 0 <= start < end <= len(text):
        return _refused(f"the place lies outside the transcript of {len(text)} characters")
    if not text[start:end].strip():
        return _refused("the place holds no words")
    return Place(start, end, "at its place")


def _found(span: tuple[int, int], stated: list[int]) -> Place:
    if not stated:
        return Place(*span, "found elsewhere", "no place was given")
    moved = min((span[0] - s for s in stated), key=abs)
    way = "the same place, other characters" if moved == 0 else f"{abs(moved)} characters " + (
        "later" if moved > 0 else "earlier"
    )  # fmt: skip
    return Place(*span, "found elsewhere", way)


def _refused(reason: str) -> Place:
    return Place(None, None, "refused", reason)


def _pattern(wanted: str) -> re.Pattern:
    """The quote, whatever the white space between its words and the shape of marks."""
    pieces = [
        "".join(_ALIKE.get(character, re.escape(character)) for character in word)
        for word in wanted.split()
    ]
    return re.compile(r"\s+".join(pieces))
