"""Rules of consensus side by side, from counts (…, K) of each statement in one round.

Every rule gives one of VERDICTS for each histogram. The deciding rule is chosen in the settings
before the data are seen; all rules are reported.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from coproduction.delphi import statistics as st
from coproduction.delphi.settings import ConsensusSettings, DelphiSettings

RULES = ("agreement", "iqr", "rand", "classic", "comet")
RULE_NAMES = {
    "agreement": "agreement",
    "iqr": "IQR",
    "rand": "RAND/UCLA",
    "classic": "RAND/UCLA by panel size",
    "comet": "COMET",
}
VERDICTS = ("in", "out", "split", "none", "refused", "no ratings")
CALLED = {
    "in": "consensus in",
    "out": "consensus out",
    "split": "split",
    "none": "no consensus",
    "refused": "rule not made for this scale or panel",
    "no ratings": "no ratings",
}
CHUNK = 400_000  # bootstrap histograms held at a time: some 30 MB


@dataclass(frozen=True)
class Rule:
    """What a rule needs besides the counts."""

    scale: st.Scale
    settings: ConsensusSettings
    iqr_limit: float | None = 2.0


def rule_of(settings: DelphiSettings) -> Rule:
    return Rule(scale_of(settings), settings.consensus, settings.iqr_limit)


def scale_of(settings: DelphiSettings) -> st.Scale:
    scale = settings.scale
    return st.Scale(scale.lowest, scale.highest, scale.unfavourable_to, scale.favourable_from)


def verdicts(
    counts: np.ndarray, name: str, rule: Rule, responded: np.ndarray | None = None
) -> np.ndarray:
    """Verdict of the rule *name* for each histogram (…,), as an array of words.

    *responded* (…,) is the number who were asked and responded, used by the rule `agreement` when
    its denominator says so. A rule that was not made for the scale, or for so many ratings, is
    refused.
    """
    shape = counts.shape[:-1]
    if not made_for(name, rule):
        return np.full(shape, "refused", dtype=object)
    into, out = _METHODS[name](counts, rule, responded)
    split = is_split(counts, rule)
    found = np.where(into, "in", np.where(out, "out", np.where(split, "split", "none")))
    n = counts.sum(-1)
    if name == "classic":
        found = np.where((n >= 8) & (n <= 16), found, "refused")
    return np.where(n > 0, found, "no ratings").astype(object)


def made_for(name: str, rule: Rule) -> bool:
    """Is the rule defined on this scale, or its rescaling allowed?"""
    if name == "iqr":
        return rule.iqr_limit is not None
    return name == "agreement" or fits(rule)


def fits(rule: Rule) -> bool:
    """Are RAND/UCLA and COMET defined on this scale, or rescaling allowed?"""
    return rule.scale.is_nine_point or rule.settings.rescale


def is_split(counts: np.ndarray, rule: Rule) -> np.ndarray:
    """At least the set share of ratings at each end of the scale."""
    low, high = st.share(counts, rule.scale.low), st.share(counts, rule.scale.high)
    level = rule.settings.split - 1e-9
    with np.errstate(invalid="ignore"):
        return (low >= level) & (high >= level)


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
        narrow = spread <= rule.iqr_limit + 1e-9
        high, low = middle >= rule.scale.favourable_from, middle <= rule.scale.unfavourable_to
    return narrow & high, narrow & low


def on_nine(counts: np.ndarray, rule: Rule) -> np.ndarray:
    """The counts on 1 to 9: as they are, or visibly rescaled."""
    return counts if rule.scale.is_nine_point else st.nine_points(counts, rule.scale)


def _rand(counts, rule: Rule, _responded):
    counts = on_nine(counts, rule)
    found, third = st.rand(counts, rule.settings.percentiles), st.tertile(counts)
    with np.errstate(invalid="ignore"):
        return (third == 2) & ~found.disagreement, (third == 0) & ~found.disagreement


def _classic(counts, rule: Rule, _responded):
    """Appropriate or inappropriate needs its third and no disagreement, as in the manual."""
    counts = on_nine(counts, rule)
    _, disagree = st.rand_classic(counts)
    third = st.tertile(counts)
    return (third == 2) & (disagree == 0), (third == 0) & (disagree == 0)


def _comet(counts, rule: Rule, _responded):
    counts = on_nine(counts, rule)
    points = np.arange(1, 10)
    high, low = st.share(counts, points >= 7), st.share(counts, points <= 3)
    with np.errstate(invalid="ignore"):
        into = (high >= 0.70 - 1e-9) & (low < 0.15 - 1e-9)
        return into, (low >= 0.70 - 1e-9) & (high < 0.15 - 1e-9)


_METHODS = {
    "agreement": _agreement,
    "iqr": _iqr,
    "rand": _rand,
    "classic": _classic,
    "comet": _comet,
}


def chances(
    counts: np.ndarray, without: np.ndarray, rule: Rule, draws: int, rng: np.random.Generator
) -> dict[str, np.ndarray]:
    """For each rule the share of bootstrap draws (S, 4) that end in, out, split and none.

    Panellists are drawn with replacement (Efron 1979, doi:10.1214/aos/1176344552). A verdict
    depends on the histogram only, so a draw is multinomial over the points of the scale and "asked
    but did not rate" (*without*, (S,)): the cost does not grow with the panel. All rules judge the
    same draws. Draws that a rule refuses or in which nobody rates are left out of its shares.
    """
    full = np.concatenate([counts, np.asarray(without)[:, None]], axis=1)
    n = full.sum(1)
    found = {name: np.full((len(counts), 4), np.nan) for name in RULES}
    there = np.flatnonzero(counts.sum(1) > 0)
    step = max(1, CHUNK // draws)
    for start in range(0, len(there), step):
        rows = there[start : start + step]
        share = full[rows] / n[rows, None]
        drawn = rng.multinomial(n[rows, None], share[:, None, :], size=(len(rows), draws))
        asked = np.broadcast_to(n[rows, None], (len(rows), draws))
        for name in RULES:
            verdict = verdicts(drawn[..., :-1], name, rule, asked)
            ended = np.stack([(verdict == v).sum(1) for v in VERDICTS[:4]], 1)
            with np.errstate(invalid="ignore"):
                found[name][rows] = ended / ended.sum(1, keepdims=True)
    return found


def certainty(shares: np.ndarray, kept: np.ndarray) -> np.ndarray:
    """From the shares (S, 4) of one rule the share that ended as the verdict *kept* (S,) did."""
    place = np.array([VERDICTS.index(v) for v in kept], int)
    known = place < 4
    found = shares[np.arange(len(kept)), np.where(known, place, 0)]
    return np.where(known, found, np.nan)


def hinges_on_one(counts: np.ndarray, without: np.ndarray, name: str, rule: Rule) -> np.ndarray:
    """Number of panellists (S,) whose absence alone would change the verdict.

    Leaving out any of those who chose one point has the same effect, so K + 1 cases (one for those
    who did not rate) cover everybody. A panel that gets too small for the rule changes no verdict.
    """
    full = np.concatenate([counts, np.asarray(without)[:, None]], axis=1)
    k = full.shape[-1]
    kept = verdicts(counts, name, rule, full.sum(-1))
    left = np.maximum(full[:, None, :] - np.eye(k, dtype=int)[None], 0)
    found = verdicts(left[..., :-1], name, rule, left.sum(-1))
    changed = (found != kept[:, None]) & (found != "refused") & (kept[:, None] != "refused")
    return np.where(changed, full, 0).sum(1)
