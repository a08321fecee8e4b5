"""What a cell of a rating question means: a point of the scale, no opinion, not shown, or nothing.

Codes and labels that carry their code need no setting; labels in words are understood where they
are one of the common sets in `label_sets.txt` (lowest first, as many words as the scale has points)
or are named by people.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

from coproduction.core.text import normalise

RATED, NO_OPINION, MISSING, NOT_ASKED = "rated", "no opinion", "missing", "not asked"
LEADING = re.compile(r"^\s*(-?\d+)(?:(?:[.,]0+)?(?![\d.,])|[.)]\s+(?=\D))")
TRAILING = re.compile(r"(?:^\D*[\(\[](\d+)[\)\]]\s*$)|(?:^\D+[-–—=:\s]\s*(\d+)\s*$)")


@dataclass(frozen=True)
class AnswerKey:
    """The points of a rating question and the words its cells may hold.

    `labels` are words of points, `no_opinion` words and phrases (several words may be part of a
    longer answer), `missing` and `not_asked` whole cells. With `ranks` the first rank, 1, has the
    most points.
    """

    lowest: int
    highest: int
    labels: Mapping[str, int] = field(default_factory=dict)
    no_opinion: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    not_asked: tuple[str, ...] = ()
    ranks: bool = False

    def with_words_of(self, cells: Iterable[str]) -> "AnswerKey":
        """The key with the common labels that these cells are in, where they are in one set."""
        return replace(self, labels={**labels_of(cells, self), **_normalised(self.labels)})

    def parse(self, cell: str) -> tuple[str, int | None]:
        """Status and rating of a cell: a code (7, 7.0), a label with its code, or a known word.

        Raises ValueError, in words for people, for anything else and for points outside the scale.

        >>> AnswerKey(1, 9, no_opinion=("don't know",)).parse("9 (essential)")
        ('rated', 9)
        """
        word, written = normalise(cell), cell.strip().casefold()
        if not written or written in _folded(self.missing):
            return MISSING, None
        if written in _folded(self.not_asked):
            return NOT_ASKED, None
        labels = _normalised(self.labels)
        if word not in labels and not self._is_point(word) and _says(word, self.no_opinion):
            return NO_OPINION, None
        if word in labels:
            return self._on_scale(labels[word])
        match = LEADING.match(cell) or TRAILING.match(cell)
        if not match:
            raise ValueError(f"'{cell[:60]}' is not a rating")
        return self._on_scale(int(next(g for g in match.groups() if g)))

    def _on_scale(self, given: int) -> tuple[str, int]:
        if not self.lowest <= given <= self.highest:
            scale = f"{self.lowest}-{self.highest}"
            raise ValueError(f"the rating {given} is outside the scale {scale}")
        return RATED, self.lowest + self.highest - given if self.ranks else given

    def _is_point(self, word: str) -> bool:
        return word.isdigit() and self.lowest <= int(word) <= self.highest


def _normalised(labels: Mapping[str, int]) -> dict[str, int]:
    return {normalise(label): point for label, point in labels.items()}


@cache
def _folded(entries: tuple[str, ...]) -> frozenset[str]:
    return frozenset(entry.casefold() for entry in entries)


def _says(word: str, phrases: Iterable[str]) -> bool:
    """Is the cell one of the phrases, or does it contain one of several words?

    'X – Don't know or do not recognise this item' says "don't know"; the short 'NO' must be all.
    """
    for phrase in map(normalise, phrases):
        if word == phrase or (" " in phrase and f" {phrase} " in f" {word} "):
            return True
    return False


@cache
def label_sets() -> tuple[tuple[str, ...], ...]:
    """The common sets of labels, normalised, each from the lowest point to the highest."""
    text = Path(__file__).with_name("label_sets.txt").read_text(encoding="utf-8")
    return tuple(tuple(map(normalise, line.split("|"))) for line in text.splitlines() if line)


def labels_of(cells: Iterable[str], key: AnswerKey) -> dict[str, int]:
    """The labels of a round in words (normalised) with their points; empty where they are unknown.

    A set is taken only where it has as many words as the scale has points and holds every word of
    the round that is neither a number nor known otherwise.
    """
    words = set()
    for cell in set(cells):
        try:
            key.parse(cell)
        except ValueError:
            words.add(normalise(cell))
    words = {word for word in words if word and not word.isdigit()}
    for ordered in label_sets():
        if words and len(ordered) == key.highest - key.lowest + 1 and words <= set(ordered):
            return {word: key.lowest + place for place, word in enumerate(ordered)}
    return {}
