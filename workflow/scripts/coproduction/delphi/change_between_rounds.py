"""How the ratings of each statement change between rounds, and whether they are stable."""

import itertools
from collections.abc import Collection

import numpy as np
import pandas as pd

from coproduction.core import accounting
from coproduction.delphi import tables as forms
from coproduction.delphi.settings import DelphiSettings
from coproduction.methods import stability
from coproduction.methods.agreement import weighted_kappa
from coproduction.methods.group_comparison import benjamini_hochberg, holm

Rounds = dict[int, str]  # number → state (closed or open)
NOT_LINKABLE = "not linkable: the ids of the two rounds do not match"


def states(rounds: pd.DataFrame) -> Rounds:
    """Number → state of the rounds (ROUNDS)."""
    return dict(zip(rounds["round"].astype(int), rounds["status"], strict=True))


def unlinked(rounds: pd.DataFrame) -> frozenset[int]:
    """The rounds (ROUNDS) whose ids are not those of the same persons in other rounds."""
    if "linked" not in rounds:
        return frozenset()
    return frozenset(rounds.loc[rounds["linked"] == "no", "round"].astype(int))


def matrix(ratings: pd.DataFrame, number: int) -> pd.DataFrame:
    """Ratings of one round as statements × panellists, NaN where not rated."""
    part = ratings[ratings["round"] == number]
    wide = part.pivot(index="statement", columns="panellist", values="rating")
    return wide.astype(float).sort_index()


def compare(
    ratings: pd.DataFrame, rounds: Rounds, settings: DelphiSettings, unlinked: Collection[int] = ()
) -> pd.DataFrame:
    """CHANGE between each round and the one before in which the same wording was rated.

    Between rounds of which one is `unlinked` nobody's two ratings can be told: what needs pairs is
    empty there.
    """
    rated = ratings[ratings["status"] == "rated"]
    rows = []
    for (statement, version), part in rated.groupby(["statement", "version"], sort=True):
        wide = part.pivot(index="panellist", columns="round", values="rating").astype(float)
        numbers = sorted(wide.columns)
        closed = [r for r in numbers if rounds.get(r) == "closed" and r not in unlinked]
        test = stability.friedman(wide[closed].dropna().to_numpy().T) if len(closed) > 2 else np.nan
        for before, after in itertools.pairwise(numbers):
            base = dict(statement=statement, version=version, before=before, after=after)
            if {before, after} & set(unlinked):
                earlier_ratings, later_ratings = (wide[r].dropna().to_numpy() for r in (before, after))
                rows.append(base | _unpaired(earlier_ratings, later_ratings, settings))
                continue
            pairs = wide[[before, after]].dropna()
            paired_change = _change(pairs[before].to_numpy(), pairs[after].to_numpy(), settings)
            rows.append(base | paired_change | dict(friedman_p=test))
    table = accounting.table(rows, forms.CHANGE)
    families = table.groupby(["before", "after"])["wilcoxon_p"]
    table["wilcoxon_p_holm"] = families.transform(lambda p: holm(p.to_numpy()))
    table["wilcoxon_p_bh"] = families.transform(lambda p: benjamini_hochberg(p.to_numpy()))
    return table


def _change(x: np.ndarray, y: np.ndarray, settings: DelphiSettings) -> dict:
    scale, limits = settings.scale, settings.stability
    points = np.array(scale.points, float)
    ends = (scale.unfavourable_to, scale.favourable_from)
    third = stability.thirds(x, *ends), stability.thirds(y, *ends)
    middle = np.median(x) if len(x) else np.nan
    moved = x != y
    closer = np.abs(y - middle) < np.abs(x - middle)
    measures = dict(
        pairs=len(x),
        changed=int(moved.sum()),
        unchanged=stability.unchanged(x, y),
        within=stability.unchanged(x, y, settings.within + 1e-9),
        net_change=stability.net_change(x, y),
        kappa=weighted_kappa(x, y, points),
        kappa_quadratic=weighted_kappa(x, y, points, "quadratic"),
        spearman=stability.spearman(x, y),
        variation=stability.variation(y) - stability.variation(x),
        median_change=float(np.median(y) - middle) if len(x) else np.nan,
        towards=float(closer[moved].mean()) if moved.any() else np.nan,
        wilcoxon_p=stability.signed_rank(x, y)[1] if len(x) else np.nan,
        mcnemar_p=stability.mcnemar(x >= ends[1], y >= ends[1]) if len(x) else np.nan,
        crossed=int(np.sum((x >= ends[1]) != (y >= ends[1]))),
    ) | _tables_of_thirds(*third, settings.seed)
    remarks = dict(limits=_limits(measures, x, y, limits), reason=_why_empty(measures))
    return measures | dict(stable=_stable(measures, limits)) | remarks


def _unpaired(x: np.ndarray, y: np.ndarray, settings: DelphiSettings) -> dict:
    """What two rounds tell whose ratings cannot be paired: how their distributions differ."""
    ends = (settings.scale.unfavourable_to, settings.scale.favourable_from)
    group = stability.group_stability(stability.thirds(x, *ends), stability.thirds(y, *ends))
    measures = dict(
        pairs=pd.NA,
        net_change=stability.net_change(x, y),
        variation=stability.variation(y) - stability.variation(x),
        median_change=float(np.median(y) - np.median(x)),
        group_chi2=group.chi2,
        group_p=group.p,
        group_expected=group.smallest,
    )
    rule, limits = settings.stability.rule, settings.stability
    within_limit = {
        "net_change": measures["net_change"] <= limits.net_change + 1e-9,
        "variation": abs(measures["variation"]) <= limits.variation,
    }
    stable = ("yes" if within_limit[rule] else "no") if rule in within_limit else ""
    return measures | dict(stable=stable, limits=NOT_LINKABLE, reason=NOT_LINKABLE)


def _tables_of_thirds(before: np.ndarray, after: np.ndarray, seed: int) -> dict:
    table = stability.crossed_thirds(before, after)
    group, individual = (stability.group_stability(before, after), stability.individual_stability(table))
    few = individual.smallest < 5
    rng = np.random.default_rng([seed, *table.ravel().tolist()])
    return dict(
        group_chi2=group.chi2,
        group_p=group.p,
        group_expected=group.smallest,
        homogeneity_p=stability.homogeneity(table),
        individual_chi2=individual.chi2,
        individual_p=individual.p,
        individual_expected=individual.smallest,
        individual_p_permuted=stability.permuted_independence(table, rng) if few else np.nan,
        association=stability.association(table),
    )


def _limits(measures: dict, x: np.ndarray, y: np.ndarray, limits) -> str:
    """What the statistics of one statement cannot show, in words."""
    pairs, changed, crossed = measures["pairs"], measures["changed"], measures["crossed"]
    if not pairs:
        return ""
    remarks = []
    if pairs < 10:
        remarks.append("fewer than 10 pairs")
    if 1 / pairs > limits.net_change:
        remarks.append(f"one panellist is {1 / pairs:.2f} of net change")
    if changed < 6:
        remarks.append(f"Wilcoxon p cannot fall below {_least(changed)}")
    if crossed < 6:
        remarks.append(f"McNemar p cannot fall below {_least(crossed)}")
    if measures["group_expected"] < 5 or measures["individual_expected"] < 5:
        remarks.append("chi-square approximate (expected counts below 5)")
    if np.ptp(x) == 0 or np.ptp(y) == 0:
        remarks.append("kappa and rank correlation uninformative: all ratings of one round on a single point")
    elif pairs < 3:
        remarks.append("no rank correlation from fewer than 3 pairs")
    if np.isnan(measures["group_p"]):
        remarks.append("no chi-square: all ratings of both rounds in one third")
    elif np.isnan(measures["individual_p"]):
        remarks.append("no chi-square of individuals: one round in one third")
    return "; ".join(remarks)


def _why_empty(measures: dict) -> str:
    """Why statistics of one statement are empty."""
    if not measures["pairs"]:
        return "nobody rated it in both rounds"
    reasons = {
        "kappa": "no kappa: all ratings of both rounds on one point",
        "spearman": "no rank correlation: fewer than 3 pairs, or a round on one point",
        "variation": "no coefficient of variation: one pair, or a mean of 0",
        "towards": "nobody changed",
        "group_p": "no chi-square of groups: all ratings in one third",
        "individual_p": "no chi-square of individuals: a round in one third",
        "association": "no lambda: all ratings after in one third",
    }
    return "; ".join(reason for name, reason in reasons.items() if np.isnan(measures[name]))


def _least(n: int) -> str:
    """Smallest two-sided p of a sign or signed-rank test with n changes."""
    return f"{min(1.0, 2.0 ** (1 - n)):.2g}"


def _stable(measures: dict, limits) -> str:
    if measures["pairs"] == 0:
        return ""
    kappa = measures["kappa" if limits.weights == "linear" else "kappa_quadratic"]
    within_limit = {
        "individual": measures["within"] >= limits.individual - 1e-9,
        "net_change": measures["net_change"] <= limits.net_change + 1e-9,
        # Undefined where all sit on one point (kappa) or the mean is 0 (variation): where nobody
        # changed, that is stable.
        "variation": abs(measures["variation"]) <= limits.variation or measures["unchanged"] == 1,
        "kappa": kappa >= limits.kappa or measures["unchanged"] == 1,
    }
    return "yes" if within_limit[limits.rule] else "no"
