"""Rules of consensus side by side, from counts (…, K) of each statement in one round.

Every rule gives one of VERDICTS for each histogram. The deciding rule is chosen in the settings
before the data are seen; all rules are reported.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from coproduction.delphi import statistics as st
from coproduction.delphi.settings import ConsensusSettings, DelphiSettings

RULES = ("agreement", "iqr", "rand", "comet")
VERDICTS = ("in", "out", "split", "none", "refused", "no ratings")
CALLED = {
    "in": "consensus in",
    "out": "consensus out",
    "split": "split",
    "none": "no consensus",
    "refused": "rule not made for this scale",
    "no ratings": "no ratings",
}


def scale_of(settings: DelphiSettings) -> st.Scale:
    scale = settings.scale
    return st.Scale(scale.lowest, scale.highest, scale.unfavourable_to, scale.favourable_from)


@dataclass(frozen=True)
class Rule:
    """What a rule needs besides the counts."""

    scale: st.Scale
    settings: ConsensusSettings


def verdicts(
    counts: np.ndarray, name: str, rule: Rule, responded: np.ndarray | None = None
) -> np.ndarray:
    """Verdict of the rule *name* for each histogram (…,), as an array of words.

    *responded* (…,) is the number who were asked and responded, used by the rule `agreement` when
    its denominator says so.
    """
    met = {"agreement": _agreement, "iqr": _iqr, "rand": _rand, "comet": _comet}[name]
    if name in ("rand", "comet") and not fits(rule):
        return np.full(counts.shape[:-1], "refused", dtype=object)
    into, out = met(counts, rule, responded)
    split = is_split(counts, rule)
    found = np.where(into, "in", np.where(out, "out", np.where(split, "split", "none")))
    return np.where(counts.sum(-1) > 0, found, "no ratings").astype(object)


def fits(rule: Rule) -> bool:
    """Are RAND/UCLA and COMET defined on this scale, or rescaling allowed?"""
    return rule.scale.is_nine_point or rule.settings.rescale


def is_split(counts: np.ndarray, rule: Rule) -> np.ndarray:
    """At least the set share of ratings at each end of the scale."""
    low, high = st.share(counts, rule.scale.low), st.share(counts, rule.scale.high)
    with np.errstate(invalid="ignore"):
        return (low >= rule.settings.split) & (high >= rule.settings.split)


def _agreement(counts, rule: Rule, responded):
    base = responded if rule.settings.denominator == "responded" else None
    # A share such as 12/16 = 0.75 must reach a threshold of 0.75 in floating point too.
    level = rule.settings.agreement - 1e-9
    high = st.share(counts, rule.scale.high, base)
    low = st.share(counts, rule.scale.low, base)
    with np.errstate(invalid="ignore"):
        return high >= level, low >= level


def _iqr(counts, rule: Rule, _responded):
    points, method = rule.scale.points, rule.settings.quartiles
    spread = st.quantile(counts, 0.75, points, method) - st.quantile(counts, 0.25, points, method)
    middle = st.median(counts, points)
    with np.errstate(invalid="ignore"):
        narrow = spread <= rule.settings.iqr + 1e-9
        high, low = middle >= rule.scale.favourable_from, middle <= rule.scale.unfavourable_to
    return narrow & high, narrow & low


def on_nine(counts: np.ndarray, rule: Rule) -> np.ndarray:
    """The counts on 1 to 9: as they are, or visibly rescaled."""
    return counts if rule.scale.is_nine_point else st.nine_points(counts, rule.scale)


def _rand(counts, rule: Rule, _responded):
    counts = on_nine(counts, rule)
    found = st.rand(counts, rule.settings.percentiles)
    middle = st.median(counts, np.arange(1, 10))
    with np.errstate(invalid="ignore"):
        return (middle >= 6.5) & ~found.disagreement, (middle < 3.5) & ~found.disagreement


def _comet(counts, rule: Rule, _responded):
    counts = on_nine(counts, rule)
    points = np.arange(1, 10)
    high, low = st.share(counts, points >= 7), st.share(counts, points <= 3)
    with np.errstate(invalid="ignore"):
        into = (high >= 0.70 - 1e-9) & (low < 0.15)
        return into, (low >= 0.70 - 1e-9) & (high < 0.15)


def certainty(
    counts: np.ndarray,
    without: np.ndarray,
    name: str,
    rule: Rule,
    draws: int,
    rng: np.random.Generator,
) -> np.ndarray:
    """Share of bootstrap draws (S,) in which the verdict on each statement stays the same.

    Panellists are drawn with replacement. A verdict depends on the histogram only, so a draw is
    multinomial over the points of the scale and "asked but did not rate" (*without*, (S,)): the
    cost does not grow with the panel.
    """
    kept = verdicts(counts, name, rule, counts.sum(-1) + without)
    full = np.concatenate([counts, without[:, None]], axis=1)
    n = full.sum(1)
    same = np.full(len(counts), np.nan)
    for i in np.flatnonzero((n > 0) & (counts.sum(1) > 0)):
        drawn = rng.multinomial(int(n[i]), full[i] / n[i], size=draws)
        found = verdicts(drawn[:, :-1], name, rule, np.full(draws, n[i]))
        same[i] = np.mean(found == kept[i])
    return same


def hinges_on_one(counts: np.ndarray, without: np.ndarray, name: str, rule: Rule) -> np.ndarray:
    """Number of panellists (S,) whose absence alone would change the verdict.

    Leaving out any of those who chose one point has the same effect, so K cases cover everybody.
    """
    k = counts.shape[-1]
    kept = verdicts(counts, name, rule, counts.sum(-1) + without)
    left = counts[:, None, :] - np.eye(k, dtype=int)[None]
    base = (counts.sum(-1) + without - 1)[:, None].repeat(k, 1)
    found = verdicts(np.maximum(left, 0), name, rule, base)
    return np.where((counts > 0) & (found != kept[:, None]), counts, 0).sum(1)
