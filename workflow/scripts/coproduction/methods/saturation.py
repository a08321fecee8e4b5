"""Saturation: whether further interviews still bring something new."""

from collections.abc import Hashable, Iterable, Sequence


def discoveries(interviews: Sequence[Iterable[Hashable]]) -> list[tuple[int, int, int]]:
    """For each interview in order: its things, those in no earlier one, and all up to here.

    interviews: the things (concepts, codes) of each interview; one may be named several times

    >>> discoveries(["aab", "bc", "a"])
    [(2, 2, 2), (2, 1, 3), (1, 0, 3)]
    """
    seen: set[Hashable] = set()
    counted = []
    for things in interviews:
        here = set(things)
        new = len(here - seen)
        seen |= here
        counted.append((len(here), new, len(seen)))
    return counted


def new_information_ratios(
    interviews: Sequence[Iterable[Hashable]], base: int, run: int
) -> list[float | None]:
    """For each interview the new things of the run that ends with it, as a share of the base.

    base: number of first interviews whose things are the base; run: number of interviews of a run.
    A run ends with every interview from base + run on, so that runs overlap; None before, and where the
    base has nothing.

    Source: Guest, Namey and Chen (2020), PLoS ONE 15(5), e0232076,
    doi:10.1371/journal.pone.0232076.

    >>> new_information_ratios(["abc", "ad", "d", "e"], base=1, run=2)
    [None, None, 0.3333333333333333, 0.3333333333333333]
    """
    counted = discoveries(interviews)
    ratios: list[float | None] = [None] * len(counted)
    for last in range(base + run - 1, len(counted)):
        if known := counted[base - 1][2]:
            ratios[last] = sum(new for _, new, _ in counted[last - run + 1 : last + 1]) / known
    return ratios
