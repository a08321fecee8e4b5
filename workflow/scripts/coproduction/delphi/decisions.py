"""From the long table of ratings to change between rounds, concordance and decisions."""

import itertools
from collections.abc import Collection

import numpy as np
import pandas as pd

from coproduction.core import accounting
from coproduction.delphi import tables as forms
from coproduction.delphi.consensus import CALLED, scale_of
from coproduction.delphi.settings import DelphiSettings
from coproduction.methods import stability
from coproduction.methods.agreement import gwet_ac2, ordinal_alpha, weighted_kappa
from coproduction.methods.distributions import tally
from coproduction.methods.group_comparison import benjamini_hochberg, holm
from coproduction.methods.ranking import Concordance, kendall_w

Rounds = dict[int, str]  # number → state (closed or open)
NOT_LINKABLE = "not linkable: the ids of one of the rounds are not those of the other"


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
                one, other = (wide[r].dropna().to_numpy() for r in (before, after))
                rows.append(base | _unpaired(one, other, settings))
                continue
            pairs = wide[[before, after]].dropna()
            found = _change(pairs[before].to_numpy(), pairs[after].to_numpy(), settings)
            rows.append(base | found | dict(friedman_p=test))
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
    found = dict(
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
    said = dict(limits=_limits(found, x, y, limits), reason=_why_empty(found))
    return found | dict(stable=_stable(found, limits)) | said


def _unpaired(x: np.ndarray, y: np.ndarray, settings: DelphiSettings) -> dict:
    """What two rounds tell whose ratings cannot be paired: how their distributions differ."""
    ends = (settings.scale.unfavourable_to, settings.scale.favourable_from)
    group = stability.group_stability(stability.thirds(x, *ends), stability.thirds(y, *ends))
    found = dict(
        pairs=pd.NA,
        net_change=stability.net_change(x, y),
        variation=stability.variation(y) - stability.variation(x),
        median_change=float(np.median(y) - np.median(x)),
        group_chi2=group.chi2,
        group_p=group.p,
        group_expected=group.smallest,
    )
    rule, limits = settings.stability.rule, settings.stability
    met = {
        "net_change": found["net_change"] <= limits.net_change + 1e-9,
        "variation": abs(found["variation"]) <= limits.variation,
    }
    stable = ("yes" if met[rule] else "no") if rule in met else ""
    return found | dict(stable=stable, limits=NOT_LINKABLE, reason=NOT_LINKABLE)


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


def _limits(found: dict, x: np.ndarray, y: np.ndarray, limits) -> str:
    """What the statistics of one statement cannot show, in words."""
    pairs, changed, crossed = found["pairs"], found["changed"], found["crossed"]
    if not pairs:
        return ""
    said = []
    if pairs < 10:
        said.append("fewer than 10 pairs")
    if 1 / pairs > limits.net_change:
        said.append(f"one panellist is {1 / pairs:.2f} of net change")
    if changed < 6:
        said.append(f"Wilcoxon p cannot fall below {_least(changed)}")
    if crossed < 6:
        said.append(f"McNemar p cannot fall below {_least(crossed)}")
    if found["group_expected"] < 5 or found["individual_expected"] < 5:
        said.append("chi-square rough (expected below 5)")
    if np.ptp(x) == 0 or np.ptp(y) == 0:
        said.append("kappa and rank correlation say nothing: one round on a single point")
    elif pairs < 3:
        said.append("no rank correlation from fewer than 3 pairs")
    if np.isnan(found["group_p"]):
        said.append("no chi-square: all ratings of both rounds in one third")
    elif np.isnan(found["individual_p"]):
        said.append("no chi-square of individuals: one round in one third")
    return "; ".join(said)


def _why_empty(found: dict) -> str:
    """Why statistics of one statement are empty."""
    if not found["pairs"]:
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
    return "; ".join(reason for name, reason in reasons.items() if np.isnan(found[name]))


def _least(n: int) -> str:
    """Smallest two-sided p of a sign or signed-rank test with n changes."""
    return f"{min(1.0, 2.0 ** (1 - n)):.2g}"


def _stable(found: dict, limits) -> str:
    if found["pairs"] == 0:
        return ""
    kappa = found["kappa" if limits.weights == "linear" else "kappa_quadratic"]
    met = {
        "individual": found["within"] >= limits.individual - 1e-9,
        "net_change": found["net_change"] <= limits.net_change + 1e-9,
        # Undefined where all sit on one point (kappa) or the mean is 0 (variation): where nobody
        # changed, that is stable.
        "variation": abs(found["variation"]) <= limits.variation or found["unchanged"] == 1,
        "kappa": kappa >= limits.kappa or found["unchanged"] == 1,
    }
    return "yes" if met[limits.rule] else "no"


def decide(
    statements: pd.DataFrame,
    summary: pd.DataFrame,
    change: pd.DataFrame,
    flow: pd.DataFrame,
    rounds: Rounds,
    settings: DelphiSettings,
) -> pd.DataFrame:
    """DECISIONS: each statement in its current wording, and what the stop rule says."""
    closed = summary[summary["state"] == "closed"]
    last = max((r for r, s in rounds.items() if s == "closed"), default=0)
    response = flow[(flow["round"] == last) & (flow["group"] == "all")]["response"]
    weak = bool(len(response) and response.iloc[0] < settings.min_response)
    rows = []
    current = statements.sort_values(["statement", "version"]).groupby("statement").tail(1)
    for entry in current.sort_values("statement").to_dict("records"):
        own = closed[(closed["statement"] == entry["statement"]) & (closed["version"] == entry["version"])].sort_values(
            "round"
        )
        base = {k: entry[k] for k in ("statement", "version", "text", "factor")}
        rows.append(base | _decision(entry, own, change, last, weak, settings))
    return accounting.table(rows, forms.DECISIONS)


def _decision(entry, own, change, last, weak, settings: DelphiSettings) -> dict:
    if own.empty:
        nothing = dict(round=pd.NA, rounds=0, n=0, verdict="no ratings", stable="")
        return nothing | dict(decision="not rated yet", reason="not in a closed round yet")
    latest = own.iloc[-1]
    kept = ("round", "n", "median", "iqr", "share_high", "share_low", "verdict", "certainty")
    found = {name: latest[name] for name in kept} | dict(rounds=len(own))
    step = change[
        (change["statement"] == entry["statement"])
        & (change["version"] == entry["version"])
        & (change["after"] == latest["round"])
    ]
    stable = step["stable"].iloc[0] if len(step) else ""
    linkable = not (len(step) and step["limits"].iloc[0] == NOT_LINKABLE)
    stop = (latest["verdict"], stable, linkable, len(own), last, weak, settings)
    decision, reason = _stop(entry, *stop)
    return found | dict(stable=stable, decision=decision, reason=reason)


def _stop(entry, verdict, stable, linkable, rounds, last, weak, settings) -> tuple[str, str]:
    """The stop rule: stable and (consensus or split), or a limit. Consensus alone stops nothing.

    Von der Gracht (2012, doi:10.1016/j.techfore.2012.04.013): stability has to be shown before
    consensus is measured.
    """
    words = CALLED[verdict]
    if stable == "yes" and verdict in ("in", "out", "split"):
        return "settled", f"stable {words}"
    ended = entry["last_round"]
    if pd.notna(ended) and ended <= last:
        return "withdrawn", f"taken out after round {int(ended)} with {words}"
    if rounds >= settings.max_rounds:
        return "stopped", f"limit of {settings.max_rounds} rounds reached with {words}"
    if weak:
        return "stopped", f"response below {100 * settings.min_response:.0f} % with {words}"
    known = {"yes": "stable", "no": "not stable", "": "stability not known after one round"}
    if stable == "" and not linkable:
        known[""] = "stability not known: the rounds are not linkable"
    return "ask again", f"{words}, {known[stable]}"


def concordance(ratings: pd.DataFrame, rounds: Rounds, settings: DelphiSettings | None = None) -> pd.DataFrame:
    """CONCORDANCE: agreement per closed round, on all its statements and on the common ones.

    Kendall's W needs panellists without gaps; ordinal alpha and AC2 take all ratings.
    """
    settings = settings or DelphiSettings()
    closed = [r for r, s in sorted(rounds.items()) if s == "closed"]
    wides = {r: matrix(ratings, r).dropna(how="all") for r in closed}
    wides = {r: wide for r, wide in wides.items() if len(wide)}
    common = set.intersection(*(set(w.index) for w in wides.values())) if wides else set()
    rows = []
    for r, wide in wides.items():
        sets = {"all of the round": wide, "rated in all closed rounds": wide.loc[sorted(common)]}
        for name, part in sets.items():
            complete = part.dropna(axis=1)
            found = kendall_w(complete.to_numpy())
            numbers = dict(w=found.w, w_uncorrected=found.uncorrected, chi2=found.chi2, p=found.p)
            size = dict(round=r, statements=found.subjects, panellists=found.raters)
            agreement = dict(alpha=ordinal_alpha(part.to_numpy().T), ac2=_ac2(part, settings))
            reason = why_no_concordance(found)
            rows.append(size | numbers | agreement | {"set": name, "reason": reason})
    return accounting.table(rows, forms.CONCORDANCE)


def _ac2(wide: pd.DataFrame, settings: DelphiSettings) -> float:
    """AC2 of statements × panellists with the weights of the settings."""
    scale = settings.scale
    points = np.array(scale.points, float)
    counts = tally(wide.to_numpy(), scale_of(settings)) if len(wide) else np.zeros((0, len(points)))
    return gwet_ac2(counts, points, settings.stability.weights)


def why_no_concordance(found: Concordance) -> str:
    """Why Kendall's W is empty; nothing where it is not."""
    if not np.isnan(found.w):
        return ""
    if found.subjects < 2:
        return "fewer than 2 statements"
    if found.raters < 2:
        return "fewer than 2 panellists rated all statements"
    return "every panellist gave all statements the same rating"
