"""The common sets of labels of a rating scale, each from the lowest point to the highest, in several languages."""

import csv
from functools import cache
from pathlib import Path

from coproduction.core.text import normalise


@cache
def label_sets() -> tuple[tuple[str, ...], ...]:
    """The sets, normalised."""
    with Path(__file__).with_name("label_sets.csv").open(encoding="utf-8", newline="") as file:
        return tuple(tuple(map(normalise, row["labels"].split("|"))) for row in csv.DictReader(file))


@cache
def words_of_ends() -> tuple[frozenset[str], frozenset[str]]:
    """The words of the lowest and of the highest points of the common sets, two of each where there are four."""
    low = {word for words in label_sets() for word in words[: 1 if len(words) < 4 else 2]}
    high = {word for words in label_sets() for word in words[-1 if len(words) < 4 else -2 :]}
    return frozenset(low - high), frozenset(high - low)


@cache
def families_of(points: int) -> tuple[list[tuple[str, ...]], ...]:
    """The common sets of as many points, those together that share words, directly or by another set."""
    families: list[list[tuple[str, ...]]] = []
    for ordered in label_sets():
        if len(ordered) != points:
            continue
        sharing = [family for family in families if any(set(ordered) & set(other) for other in family)]
        families = [family for family in families if family not in sharing]
        families.append([*(other for family in sharing for other in family), ordered])
    return tuple(families)
