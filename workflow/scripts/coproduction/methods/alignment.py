"""Where the words of one version of a text are in another: places mapped through what was edited.

Words are compared, not characters, so that white space and line ends do not count. Runs of words that
occur once in both versions are anchors (as in the patience diff); what lies between them is aligned
by rapidfuzz's Levenshtein distance. difflib was left out: it is quadratic where words repeat, and
they do. diff-match-patch works on characters and cuts words into pieces.
"""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

ANCHOR = 4  # words in a row
LARGEST = 400_000_000  # pairs of words between two anchors that are still compared
_TOKEN = re.compile(r"\w+|[^\w\s]")
_ALIKE = str.maketrans(
    "\u2018\u2019\u201b\u2032\u201c\u201d\u201e\u2033\u2010\u2011\u2012\u2013\u2014", "''''\"\"\"\"-----"
)


@dataclass(frozen=True)
class Mapped:
    """A place in the other version; `same` where its words are unchanged."""

    start: int
    end: int
    same: bool


class Alignment:
    """From places in `source` to places in `target`, two versions of one text.

    expected: places in the target that are known to differ (names that were replaced). likeness:
    equal words as a share of the words of the shorter version; first_edit: where the source first
    differs from the target elsewhere than there, its length where it does not.

    >>> moved = Alignment("Yes. We came. Yes, often.", "Title. Yes. We came. Yes, oftn.")
    >>> moved.place(14, 17), moved.place(14, 24)
    (Mapped(start=21, end=24, same=True), Mapped(start=21, end=30, same=False))
    """

    def __init__(self, source: str, target: str, expected: Sequence[tuple[int, int]] = ()) -> None:
        self._source = _tokens(source)
        self._target = self._source if source == target else _tokens(target)
        self._starts = [start for _, start, _ in self._source]
        words, others = ([token for token, *_ in tokens] for tokens in (self._source, self._target))
        self._to = list(range(len(words))) if words == others else _aligned(words, others)
        same = len(words) if words == others else sum(map(self._same, range(len(words))))
        self.first_edit = len(source) if words == others else self._first_edit(expected, len(source))
        self.likeness = same / max(1, min(len(words), len(others)))

    def place(self, start: int, end: int) -> Mapped | None:
        """Where source[start:end] is in the target; None where none of its words is left."""
        first = max(0, bisect_right(self._starts, start) - 1)
        if first < len(self._source) and self._source[first][2] <= start:
            first += 1
        last = bisect_left(self._starts, end) - 1
        between = range(first, last + 1)
        mapped = [self._to[n] for n in between if self._to[n] >= 0]
        if not mapped:
            return None
        low, high = min(mapped), max(mapped)
        same = len(mapped) == len(between) == high - low + 1 and all(map(self._same, between))
        begin, finish = self._target[low][1], self._target[high][2]
        if same:  # a selection may begin or end within a word
            begin += max(0, start - self._source[first][1])
            finish -= max(0, self._source[last][2] - end)
        return Mapped(begin, finish, same)

    def _first_edit(self, expected: Sequence[tuple[int, int]], length: int) -> int:
        """The place in the source of the first word that was edited other than as expected."""
        spans = sorted(expected)
        begins = [start for start, _ in spans]

        def known(first: int, last: int) -> bool:
            """Whether the words of the target from first to last, and next to them, are expected."""
            low = self._target[max(0, first - 1)][1]
            high = self._target[min(last, len(self._target) - 1)][2]
            place = bisect_left(begins, high) - 1
            return place >= 0 and spans[place][1] > low

        before = -1
        for number in range(len(self._source)):
            other = self._to[number]
            if other < 0:
                continue
            skipped = number and self._to[number - 1] < 0
            if (other != before + 1 or skipped or not self._same(number)) and not known(before + 1, other):
                return self._source[number][1]
            before = other
        return length

    def _same(self, number: int) -> bool:
        other = self._to[number]
        return other >= 0 and self._source[number][0] == self._target[other][0]


def _tokens(text: str) -> list[tuple[str, int, int]]:
    """Words and marks with their places; accents composed, quotation marks and dashes of one form."""
    plain = text.translate(_ALIKE)
    if unicodedata.is_normalized("NFC", plain):
        return [(m.group(), *m.span()) for m in _TOKEN.finditer(plain)]
    # a combining accent is made a letter, so that the pattern keeps the word whole
    masked = "".join("x" if unicodedata.combining(c) else c for c in plain)
    spans = (m.span() for m in _TOKEN.finditer(masked))
    return [(unicodedata.normalize("NFC", plain[start:end]), start, end) for start, end in spans]


def _aligned(source: list[str], target: list[str]) -> list[int]:
    """For each word of the source its place in the target, or -1."""
    to = [-1] * len(source)
    source_end, target_end = 0, 0
    for first, second, length in [*_anchors(source, target), (len(source), len(target), 0)]:
        _align_between(source, target, (source_end, first), (target_end, second), to)
        to[first : first + length] = range(second, second + length)
        source_end, target_end = first + length, second + length
    return to


def _align_between(
    source: list[str], target: list[str], source_span: tuple[int, int], target_span: tuple[int, int], to: list[int]
) -> None:
    words, target_words = source[slice(*source_span)], target[slice(*target_span)]
    if not words or not target_words or len(words) * len(target_words) > LARGEST:
        return
    for step in Levenshtein.opcodes(words, target_words):
        if step.tag in ("equal", "replace"):
            length = step.src_end - step.src_start
            start = target_span[0] + step.dest_start
            to[source_span[0] + step.src_start : source_span[0] + step.src_end] = range(start, start + length)


def _anchors(source: list[str], target: list[str]) -> list[tuple[int, int, int]]:
    """Equal runs of words, in order in both, grown from runs that occur once in each."""
    first, second = _unique_runs(source), _unique_runs(target)
    pairs = sorted((place, second[run]) for run, place in first.items() if run in second)
    rising_pairs = _rising(pairs)
    anchors: list[tuple[int, int, int]] = []
    source_end = target_end = 0
    for place, target_place in rising_pairs:
        if place < source_end or target_place < target_end:
            continue
        length = 0
        while (
            place + length < len(source)
            and target_place + length < len(target)
            and source[place + length] == target[target_place + length]
        ):
            length += 1
        anchors.append((place, target_place, length))
        source_end, target_end = place + length, target_place + length
    return anchors


def _unique_runs(words: list[str]) -> dict[tuple[str, ...], int]:
    runs = [tuple(words[n : n + ANCHOR]) for n in range(len(words) - ANCHOR + 1)]
    often = Counter(runs)
    return {run: place for place, run in enumerate(runs) if often[run] == 1}


def _rising(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest part of `pairs` (sorted by the first) in which the second rises too."""
    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for number, (_, other) in enumerate(pairs):
        place = bisect_left(tails, other)
        before.append(ends[place - 1] if place else -1)
        tails[place : place + 1] = [other]
        ends[place : place + 1] = [number]
    longest = []
    number = ends[-1] if ends else -1
    while number >= 0:
        longest.append(pairs[number])
        number = before[number]
    return longest[::-1]
