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
left to the research team. The workflow makes a form with its proposals; the team fills it in and puts
it into the study folder as `ecosystem/judgements.csv`. A judgement stands over the proposal, and the
report names both.
"""

from collections.abc import Sequence
from typing import NamedTuple

import pandas as pd

from coproduction.core.markdown import plural
from coproduction.ecosystem.settings import Thresholds
from coproduction.ecosystem.tables import LEVELS, NONE

BY_PEOPLE = ("quote", "rating")


class Concern(NamedTuple):
    """One reason to have less confidence: its CERQual component, words, and steps down."""

    component: str
    words: str
    steps: int


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
        found.append(Concern("adequacy", f"only {plural(sources, 'source')}", 2))
    elif sources < limits.enough_sources:
        found.append(Concern("adequacy", f"{plural(sources, 'source')}", 1))
    if lines < limits.enough_lines:
        found.append(Concern("coherence", f"{plural(lines, 'line')} of evidence", 1))
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


def with_judgements(table: pd.DataFrame, judgements: pd.DataFrame) -> pd.DataFrame:
    """The weighed factors with the team's confidence where there is one.

    `confidence` is what counts, `proposed` what the rule proposes; `judgement` holds the reason and
    the judges. A factor without evidence cannot be judged and keeps "none".
    """
    said = judgements.set_index("factor")
    takes = table["id"].isin(said.index) & (table["confidence"] != NONE)
    words = [
        f"{said.loc[name, 'reason']} ({said.loc[name, 'judges']})".removesuffix(" ()")
        if take
        else ""
        for name, take in zip(table["id"], takes, strict=True)
    ]
    final = table["id"].map(said["confidence"]).where(takes, table["confidence"])
    return table.assign(proposed=table["confidence"], confidence=final.astype(str), judgement=words)


def confidence_form(table: pd.DataFrame) -> pd.DataFrame:
    """The form for the team: factors with evidence, the proposal with its reasons, room to judge."""
    open_ = table[table["proposed"] != NONE]
    said = open_["judgement"] != ""
    return pd.DataFrame(
        {
            "factor": open_["id"],
            "name": open_["name"],
            "proposed": open_["proposed"],
            "concerns": open_["reasons"],
            "confidence": open_["confidence"].where(said, ""),
            "reason": open_["judgement"],
            "judges": "",
            "date": "",
        }
    )
