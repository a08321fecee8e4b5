"""How much confidence the evidence for a factor deserves, kept apart from its strength.

GRADE-CERQual (Lewin et al. 2018, Implementation Science 13(Suppl 1):2, doi:10.1186/s13012-017-0688-3)
rates confidence in a finding as high, moderate, low or very low by concerns in four components. Those are
judgements of people. What is computed here is a *proposal* for each component, with its grounds:

- methodological limitations: nothing that people coded or rated; much that nobody has read yet;
- coherence: evidence on both sides, lines in dissonance, a panel without consensus;
- adequacy: few independent sources, few lines of evidence;
- relevance: countries that the sources come from, as far as they are known.

The team overrules a component in `ecosystem/cerqual.csv`, or the confidence as a whole in
`ecosystem/judgements.csv`, each with a reason. The level starts at high and goes down one step for each
moderate concern and two for each serious one; minor ones are named and take nothing away.
"""

from collections.abc import Mapping
from typing import NamedTuple

import pandas as pd

from coproduction.core.markdown import plural
from coproduction.core.vocabulary import REJECTED, UNDECIDED
from coproduction.ecosystem.settings import EcosystemSettings
from coproduction.ecosystem.tables import (
    COMPONENTS,
    CONCERNS,
    CONTESTED,
    DISSONANCE,
    LEVELS,
    NONE,
    NOT_ABOUT,
    READ_STATES,
)

BY_PEOPLE = ("quote", "rating")
FEW_COUNTRIES = 2
NO, MINOR, MODERATE, SERIOUS = range(4)
STEPS = [0, 0, 1, 2]


class Known(NamedTuple):
    """What the rule knows of one factor's evidence."""

    sources: int
    lines: int
    kinds: frozenset[str]
    verdict: str
    side: str
    dissonant: int
    unread: int
    countries: int | None


def proposals(known: Known, settings: EcosystemSettings) -> dict[str, tuple[int, str]]:
    """The concern (0 to 3) and its grounds for each component."""
    return {
        "methodological limitations": _methods(known),
        "coherence": _coherence(known),
        "adequacy": _adequacy(known, settings),
        "relevance": _relevance(known),
    }


def _methods(known: Known) -> tuple[int, str]:
    if not known.kinds & set(BY_PEOPLE):
        return MODERATE, "text matches only; neither coded nor rated by people"
    if known.unread >= max(known.sources, 1):
        return MINOR, f"{plural(known.unread, 'matched source')} not read yet"
    return NO, "coded or rated by people"


def _coherence(known: Known) -> tuple[int, str]:
    concerns = []
    if known.verdict == REJECTED:
        concerns.append((SERIOUS, "the panel agreed that it does not matter"))
    if known.verdict == UNDECIDED:
        concerns.append((MODERATE, "no consensus in the panel"))
    if known.side == CONTESTED:
        concerns.append((MODERATE, "sources on both sides"))
    if known.dissonant and known.verdict != REJECTED:
        concerns.append((MODERATE, f"{plural(known.dissonant, 'pair')} of lines of evidence in dissonance"))
    return _summed(concerns, "all sources point in the same direction")


def _adequacy(known: Known, settings: EcosystemSettings) -> tuple[int, str]:
    concerns = []
    if known.sources <= settings.very_few_sources:
        concerns.append((SERIOUS, f"only {plural(known.sources, 'source')}"))
    elif known.sources < settings.enough_sources:
        concerns.append((MODERATE, plural(known.sources, "source")))
    if known.lines < settings.enough_lines:
        concerns.append((MODERATE, f"{plural(known.lines, 'line')} of evidence"))
    enough = f"{plural(known.sources, 'source')} in {plural(known.lines, 'line')} of evidence"
    return _summed(concerns, enough)


def _relevance(known: Known) -> tuple[int, str]:
    if known.countries is None:
        return NO, "not assessed by the rule: the countries of the sources are unknown"
    if known.countries < FEW_COUNTRIES:
        return MINOR, f"sources whose location is known are from {plural(known.countries, 'country')}"
    return NO, f"sources from {plural(known.countries, 'country')}"


def _summed(concerns: list[tuple[int, str]], otherwise: str) -> tuple[int, str]:
    """One concern for several: their steps add up, to serious at most."""
    if not concerns:
        return NO, otherwise
    steps = sum(STEPS[concern] for concern, _ in concerns)
    return (SERIOUS if steps > 1 else MODERATE), ", ".join(words for _, words in concerns)


def level(concerns: Mapping[str, str]) -> str:
    """The confidence that remains after the concerns of the components; never below very low.

    >>> level({"coherence": "moderate", "adequacy": "serious"})
    'very low'
    """
    steps = sum(STEPS[CONCERNS.index(concern)] for concern in concerns.values())
    return LEVELS[max(0, len(LEVELS) - 1 - steps)]


def cerqual(
    factors: pd.DataFrame,
    trace: pd.DataFrame,
    codes: pd.DataFrame,
    countries: Mapping[tuple[str, str], str],
    team_concerns: pd.DataFrame,
    settings: EcosystemSettings,
) -> pd.DataFrame:
    """The components of each factor that has evidence (CERQUAL), in the order of `factors`.

    trace: all pieces (TRACE). codes: the convergence coding. countries: of
    (technique, source) where it is known. said: what the team judges by component (PEOPLE_CERQUAL).
    """
    counting = trace[(trace["counts"] == "yes") & trace["state"].isin(READ_STATES)]
    counting = counting[counting["direction"] != NOT_ABOUT]
    kinds = counting.groupby("factor")["kind"].agg(frozenset)
    keys = zip(counting["technique"], counting["source"], strict=True)
    known_places = counting.assign(country=[countries.get(key) for key in keys])
    placed = known_places.dropna(subset="country")
    places = placed.groupby("factor")["country"].nunique()
    dissonant = codes[codes["code"] == DISSONANCE].groupby("factor").size()
    judged = team_concerns.set_index(["factor", "component"])
    rows = []
    for factor in factors[factors["sources"] > 0].to_dict("records"):
        name = factor["id"]
        facts_on_factor = Known(
            sources=int(factor["sources"]),
            lines=int(factor["lines"]),
            kinds=kinds.get(name, frozenset()),
            verdict=factor["verdict"],
            side=factor["side"],
            dissonant=int(dissonant.get(name, 0)),
            unread=int(factor["unread"]),
            countries=int(places[name]) if name in places.index else None,
        )
        proposed = proposals(facts_on_factor, settings)
        for component in COMPONENTS:
            concern, grounds = proposed[component]
            is_judged = (name, component) in judged.index
            words = judged.loc[(name, component)] if is_judged else {}
            rows.append(
                {
                    "factor": name,
                    "name": factor["name"],
                    "component": component,
                    "proposed": CONCERNS[concern],
                    "grounds": grounds,
                    "concern": words.get("concern", CONCERNS[concern]),
                    "reason": words.get("reason", ""),
                    "judges": words.get("judges", ""),
                }
            )
    names = ["factor", "name", "component", "proposed", "grounds", "concern", "reason", "judges"]
    return pd.DataFrame(rows, columns=names, dtype=object)


def with_confidence(factors: pd.DataFrame, components: pd.DataFrame) -> pd.DataFrame:
    """The weighed factors with the confidence that their components leave, and the reasons."""
    grouped = {name: rows for name, rows in components.groupby("factor", sort=False)}
    levels, reasons = [], []
    for name in factors["id"]:
        if name not in grouped:
            levels.append(NONE)
            reasons.append("no evidence")
            continue
        rows = grouped[name]
        levels.append(level(dict(zip(rows["component"], rows["concern"], strict=True))))
        concerning = rows[rows["concern"].isin(CONCERNS[MINOR:])]
        reasons.append(
            "; ".join(f"{row['component']}: {row['reason'] or row['grounds']}" for row in concerning.to_dict("records"))
        )
    return factors.assign(confidence=levels, reasons=reasons)


def with_judgements(
    table: pd.DataFrame, judgements: pd.DataFrame, concerns: pd.DataFrame | None = None
) -> pd.DataFrame:
    """The weighed factors with the team's confidence where there is one.

    `confidence` is what counts, `proposed` what the rule proposes; `judgement` holds the reason and
    the judges. A factor without evidence cannot be judged and keeps "none"; that a judgement, or one of the
    `concerns` by component, does not count is said among the reasons.
    """
    judgement_of = judgements.set_index("factor")
    takes = table["id"].isin(judgement_of.index) & (table["confidence"] != NONE)
    words = [
        f"{judgement_of.loc[name, 'reason']} ({judgement_of.loc[name, 'judges']})".removesuffix(" ()") if take else ""
        for name, take in zip(table["id"], takes, strict=True)
    ]
    final = table["id"].map(judgement_of["confidence"]).where(takes, table["confidence"])
    judged = set(judgement_of.index) | set([] if concerns is None else concerns["factor"])
    unsupported = table["id"].isin(judged) & (table["confidence"] == NONE)
    reasons = table["reasons"].mask(unsupported, "no evidence, so that the team's judgement does not count")
    return table.assign(proposed=table["confidence"], confidence=final.astype(str), judgement=words, reasons=reasons)


def confidence_form(table: pd.DataFrame) -> pd.DataFrame:
    """The form for the team: factors with evidence, the proposal with its reasons, room to judge."""
    open_ = table[table["proposed"] != NONE]
    is_judged = open_["judgement"] != ""
    return pd.DataFrame(
        {
            "factor": open_["id"],
            "name": open_["name"],
            "proposed": open_["proposed"],
            "concerns": open_["reasons"],
            "confidence": open_["confidence"].where(is_judged, ""),
            "reason": open_["judgement"],
            "judges": "",
            "date": "",
        }
    )
