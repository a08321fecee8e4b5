"""How much confidence the evidence for a factor deserves, kept apart from its strength.

GRADE-CERQual (Lewin et al. 2018, Implementation Science 13(Suppl 1):2,
doi:10.1186/s13012-017-0688-3) rates confidence in a finding of a qualitative synthesis as
high, moderate, low or very low by looking for concerns in four components. Those ratings are
judgements of people. What is computed here is a *proposal* that follows the idea with rules
anyone can check: it starts at high and goes down one step for each concern:

- adequacy of data: few independent sources (two steps when very few);
- coherence: a single line of evidence, or a panel that reached no consensus (two steps when
  the panel agreed that the factor does not matter);
- methodological limitations: nothing but automatic text matching, no person coded or rated.

The fourth component, relevance to the context at hand, cannot be computed from counts and is
left to the research team, whose judgements overrule the proposal.
"""

from collections.abc import Sequence
from typing import NamedTuple

LEVELS = ("very low", "low", "moderate", "high")
NONE = "none"
BY_PEOPLE = ("quote", "rating")


class Concern(NamedTuple):
    """One reason to have less confidence: its CERQual component, words, and steps down."""

    component: str
    words: str
    steps: int


class Thresholds(NamedTuple):
    """From how many sources and lines on there is no concern (see the settings)."""

    very_few_sources: int
    enough_sources: int
    enough_lines: int


def concerns(
    sources: int, lines: int, kinds: Sequence[str], verdict: str, limits: Thresholds
) -> list[Concern]:
    """Concerns about one factor's evidence.

    `sources`: independent sources over all techniques. `lines`: lines of evidence that
    support the factor. `kinds`: kinds of its evidence. `verdict`: the panel's, one of
    "supported", "no consensus", "rejected", "" (not asked, or not yet).
    """
    found = []
    if sources <= limits.very_few_sources:
        found.append(Concern("adequacy", f"only {_count(sources, 'source')}", 2))
    elif sources < limits.enough_sources:
        found.append(Concern("adequacy", f"{_count(sources, 'source')}", 1))
    if lines < limits.enough_lines:
        found.append(Concern("coherence", f"{_count(lines, 'line')} of evidence", 1))
    if verdict == "no consensus":
        found.append(Concern("coherence", "no consensus in the panel", 1))
    if verdict == "rejected":
        found.append(Concern("coherence", "the panel agreed against it", 2))
    if not set(kinds) & set(BY_PEOPLE):
        found.append(Concern("methodological limitations", "text matching only", 1))
    return found


def level(found: Sequence[Concern]) -> str:
    """The level that remains after all steps down; never below very low."""
    steps = sum(concern.steps for concern in found)
    return LEVELS[max(0, len(LEVELS) - 1 - steps)]


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
