"""Saturation: whether further interviews still bring something new."""

import math
import random
from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass


def discoveries(interviews: Sequence[Iterable[Hashable]]) -> list[tuple[int, int, int]]:
    """For each interview in order: its things, those in no earlier one, and cumulative.

    interviews: the things (concepts, codes) of each interview; one may be named several times

    >>> discoveries(["aab", "bc", "a"])
    [(2, 2, 2), (2, 1, 3), (1, 0, 3)]
    """
    named_so_far: set[Hashable] = set()
    counted = []
    for things in interviews:
        named = set(things)
        new = len(named - named_so_far)
        named_so_far |= named
        counted.append((len(named), new, len(named_so_far)))
    return counted


def new_information_ratios(interviews: Sequence[Iterable[Hashable]], base: int, run: int) -> list[float | None]:
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


@dataclass(frozen=True)
class Richness:
    """How many things there may be in all: the estimate, its limits (95 %), and what was covered."""

    observed: int
    estimate: float
    low: float
    high: float
    coverage: float


def chao2(interviews: Sequence[Iterable[Hashable]]) -> Richness:
    """Chao2 for incidence data in the form for few samples, and the coverage of the sample.

    With n interviews, Q1 things in one and Q2 in two: S + (n - 1) / n * Q1**2 / (2 Q2), or with
    Q1 (Q1 - 1) / (2 (Q2 + 1)) where no thing is in two. The limits are those of a lognormal. nan where
    there is one interview or none. Codes are no animals: the estimate is a lower bound for codes that
    are as likely in each interview as in the next.

    Source: Chao (1987), doi:10.2307/2531532; variance and limits: Colwell (2013), EstimateS 9, Appendix
    B; coverage: Chao and Jost (2012), doi:10.1890/11-1952.1, equation 4.

    >>> round(chao2(["abc", "abd", "ace", "abf", "ag"]).estimate, 1)
    13.4
    """
    interviews_by_thing = Counter(thing for things in interviews for thing in set(things))
    n, total, nan = len(interviews), len(interviews_by_thing), float("nan")
    if n < 2 or not total:
        return Richness(total, nan, nan, nan, nan)
    often = Counter(interviews_by_thing.values())
    once, twice, share = often[1], often[2], (n - 1) / n
    if twice:
        ratio = once / twice
        more = share * once**2 / (2 * twice)
        variance = twice * (share / 2 * ratio**2 + share**2 * ratio**3 + share**2 / 4 * ratio**4)
    else:
        more = share * once * (once - 1) / 2
        variance = (
            share * once * (once - 1) / 2
            + share**2 * once * (2 * once - 1) ** 2 / 4
            - share**2 * once**4 / (4 * (total + more))
        )
    estimate = total + more
    low = high = estimate
    if more > 0 and variance > 0:
        width = math.exp(1.96 * math.sqrt(math.log(1 + variance / more**2)))
        low, high = total + more / width, total + more * width
    incidences = sum(interviews_by_thing.values())
    unseen = (n - 1) * once + 2 * twice
    coverage = 1 - once / incidences * ((n - 1) * once / unseen) if unseen else 1.0
    return Richness(total, estimate, low, high, coverage)


def order_interval(
    interviews: Sequence[Iterable[Hashable]], base: int, run: int, seed: int, draws: int = 1000
) -> tuple[float, float, float]:
    """The share of new things of the last run when the order of the interviews is drawn anew.

    Returns median and 95 % limits of the ratio of `new_information_ratios` over random orders, since
    the order of dates is one of many; nan where no run can be formed.

    Source: Guest, Namey and Chen (2020), doi:10.1371/journal.pone.0232076; permutation: Gotelli and
    Colwell (2001), doi:10.1046/j.1461-0248.2001.00230.x.

    >>> order_interval(["ab", "bc", "ab", "a"], base=2, run=1, seed=1, draws=200)
    (0.0, 0.0, 0.5)
    """
    sets = [set(things) for things in interviews]
    draw = random.Random(seed)
    ratios = []
    for _ in range(draws):
        order = draw.sample(sets, len(sets))
        last = new_information_ratios(order, base, run)[-1] if order else None
        if last is not None:
            ratios.append(last)
    if not ratios:
        return (float("nan"),) * 3
    ratios.sort()
    low, high = (ratios[round(p * (len(ratios) - 1))] for p in (0.025, 0.975))
    return ratios[len(ratios) // 2], low, high
