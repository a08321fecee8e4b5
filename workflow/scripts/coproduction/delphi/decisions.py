"""From the long table of ratings to summaries per round, change between rounds and decisions."""

from __future__ import annotations

import itertools

import numpy as np
import pandas as pd

from coproduction.delphi import consensus, paired
from coproduction.delphi import statistics as st
from coproduction.delphi import tables as forms
from coproduction.delphi.settings import DelphiSettings

Rounds = dict[int, str]  # number → state (closed or open)


def states(rounds: pd.DataFrame) -> Rounds:
    """Number → state of the rounds (ROUNDS)."""
    return dict(zip(rounds["round"].astype(int), rounds["status"], strict=True))


def matrix(ratings: pd.DataFrame, number: int) -> pd.DataFrame:
    """Ratings of one round as statements × panellists, NaN where not rated."""
    part = ratings[ratings["round"] == number]
    wide = part.pivot(index="statement", columns="panellist", values="rating")
    return wide.astype(float).sort_index()


def summarise(ratings: pd.DataFrame, rounds: Rounds, settings: DelphiSettings) -> pd.DataFrame:
    """SUMMARY: one row per statement and round in which it was asked."""
    parts = [
        _summary_of_round(ratings[ratings["round"] == r], r, state, settings)
        for r, state in sorted(rounds.items())
    ]
    parts = [part for part in parts if len(part)]
    rows = [row for part in parts for row in part.to_dict("records")]
    return forms.table(rows, forms.SUMMARY)


def _summary_of_round(part, number, state, settings: DelphiSettings) -> pd.DataFrame:
    part = part[part["status"] != "not asked"]
    if part.empty:
        return pd.DataFrame()
    scale = consensus.scale_of(settings)
    rule = consensus.Rule(scale, settings.consensus)
    wide = matrix(part, number)
    counts = st.tally(wide.to_numpy(), scale)
    status = part.groupby(["statement", "status"]).size().unstack(fill_value=0).reindex(wide.index)
    status = status.reindex(columns=forms.ANSWERS, fill_value=0)
    asked = status.sum(axis=1).to_numpy()
    found = pd.DataFrame(
        {
            "round": number,
            "state": state,
            "statement": wide.index,
            "version": part.groupby("statement")["version"].first().reindex(wide.index).to_numpy(),
            "asked": asked,
            "n": counts.sum(1),
            "no_opinion": status["no opinion"].to_numpy(),
            "missing": status["missing"].to_numpy(),
            "counts": [";".join(map(str, row)) for row in counts],
        }
        | _figures(counts, asked, rule)
        | _verdicts(counts, asked, rule, settings, number)
    )
    found["groups_p"] = [_groups_p(part[part["statement"] == s]) for s in wide.index]
    found["groups_p_holm"] = paired.holm(found["groups_p"].to_numpy(float))
    return found


def _figures(counts, asked, rule: consensus.Rule) -> dict:
    points, chosen = rule.scale.points, rule.settings
    base = asked if chosen.denominator == "responded" else None
    mean, sd = st.mean_and_sd(counts, points)
    q1 = st.quantile(counts, 0.25, points, chosen.quartiles)
    q3 = st.quantile(counts, 0.75, points, chosen.quartiles)
    found = dict(mean=mean, sd=sd, median=st.median(counts, points), q1=q1, q3=q3, iqr=q3 - q1)
    found["share_low"] = st.share(counts, rule.scale.low, base)
    found["share_high"] = st.share(counts, rule.scale.high, base)
    names = ("p30", "p70", "ipr", "ipras", "disagreement_index")
    classic = ("classic_agreement", "classic_disagreement")
    found |= {name: np.full(len(counts), np.nan) for name in names + classic}
    if consensus.fits(rule):
        nine = consensus.on_nine(counts, rule)
        rand = st.rand(nine, chosen.percentiles)
        found |= dict(
            zip(names, (rand.p30, rand.p70, rand.ipr, rand.ipras, rand.index), strict=True)
        )
        found |= dict(zip(classic, st.rand_classic(nine), strict=True))
    found["bimodality"] = st.bimodality(counts, points)
    found["rescaled"] = "yes" if consensus.fits(rule) and not rule.scale.is_nine_point else "no"
    return found


def _verdicts(counts, asked, rule: consensus.Rule, settings: DelphiSettings, number: int) -> dict:
    found = {f"by_{r}": consensus.verdicts(counts, r, rule, asked) for r in consensus.RULES}
    deciding, without = rule.settings.rule, asked - counts.sum(1)
    rng = np.random.default_rng([settings.seed, number])
    found["verdict"] = found[f"by_{deciding}"]
    found["certainty"] = consensus.certainty(
        counts, without, deciding, rule, settings.bootstrap, rng
    )
    found["hinges_on"] = consensus.hinges_on_one(counts, without, deciding, rule)
    return found


def _groups_p(part: pd.DataFrame) -> float:
    rated = part[part["status"] == "rated"]
    return paired.groups_differ(
        [g["rating"].to_numpy(float) for _, g in rated.groupby("group", sort=True)]
    )


def by_group(ratings: pd.DataFrame, settings: DelphiSettings) -> pd.DataFrame:
    """GROUPS: distribution of each group per statement and round, and Cliff's delta to the rest."""
    scale = consensus.scale_of(settings)
    rated = ratings[ratings["status"] == "rated"]
    rows = []
    for (number, statement), part in rated.groupby(["round", "statement"], sort=True):
        if part["group"].nunique() < 2:
            continue
        for group, own in part.groupby("group", sort=True):
            values = own["rating"].to_numpy(float)
            rest = part.loc[part["group"] != group, "rating"].to_numpy(float)
            counts = st.tally(values, scale)
            middle = {
                name: st.quantile(counts, q, scale.points, settings.consensus.quartiles)[0]
                for name, q in (("q1", 0.25), ("median", 0.5), ("q3", 0.75))
            }
            shares = dict(share_low=st.share(counts, scale.low)[0])
            shares |= dict(share_high=st.share(counts, scale.high)[0])
            base = dict(round=number, statement=statement, group=group, n=len(values))
            rows.append(base | middle | shares | dict(delta=paired.cliffs_delta(values, rest)))
    return forms.table(rows, forms.GROUPS)


def compare(ratings: pd.DataFrame, rounds: Rounds, settings: DelphiSettings) -> pd.DataFrame:
    """CHANGE between each round and the one before in which the same wording was rated."""
    rated = ratings[ratings["status"] == "rated"]
    rows = []
    for (statement, version), part in rated.groupby(["statement", "version"], sort=True):
        wide = part.pivot(index="panellist", columns="round", values="rating").astype(float)
        numbers = sorted(wide.columns)
        closed = [r for r in numbers if rounds.get(r) == "closed"]
        test = paired.friedman(wide[closed].dropna().to_numpy().T) if len(closed) > 2 else np.nan
        for before, after in itertools.pairwise(numbers):
            pairs = wide[[before, after]].dropna()
            base = dict(statement=statement, version=version, before=before, after=after)
            found = _change(pairs[before].to_numpy(), pairs[after].to_numpy(), settings)
            rows.append(base | found | dict(friedman_p=test))
    table = forms.table(rows, forms.CHANGE)
    families = table.groupby(["before", "after"])["wilcoxon_p"]
    table["wilcoxon_p_holm"] = families.transform(lambda p: paired.holm(p.to_numpy()))
    table["wilcoxon_p_bh"] = families.transform(lambda p: paired.benjamini_hochberg(p.to_numpy()))
    return table


def _change(x: np.ndarray, y: np.ndarray, settings: DelphiSettings) -> dict:
    scale, limits = settings.scale, settings.stability
    points = np.arange(scale.lowest, scale.highest + 1)
    ends = (scale.unfavourable_to, scale.favourable_from)
    third = paired.thirds(x, *ends), paired.thirds(y, *ends)
    group, individual = paired.group_stability(*third), paired.individual_stability(*third)
    middle = np.median(x) if len(x) else np.nan
    moved = x != y
    closer = np.abs(y - middle) < np.abs(x - middle)
    found = dict(
        pairs=len(x),
        unchanged=paired.unchanged(x, y),
        within=paired.unchanged(x, y, limits.within),
        net_change=paired.net_change(x, y),
        kappa=paired.weighted_kappa(x, y, points),
        spearman=paired.spearman(x, y),
        variation=paired.variation(y) - paired.variation(x),
        median_change=float(np.median(y) - middle) if len(x) else np.nan,
        towards=float(closer[moved].mean()) if moved.any() else np.nan,
        wilcoxon_p=paired.signed_rank(x, y)[1] if len(x) else np.nan,
        mcnemar_p=paired.mcnemar(x >= ends[1], y >= ends[1]) if len(x) else np.nan,
        group_p=group.p,
        group_expected=group.smallest,
        individual_p=individual.p,
        individual_expected=individual.smallest,
    )
    return found | dict(stable=_stable(found, limits))


def _stable(found: dict, limits) -> str:
    if found["pairs"] == 0:
        return ""
    met = {
        "individual": found["within"] >= limits.individual - 1e-9,
        "net_change": found["net_change"] <= limits.net_change + 1e-9,
        "variation": abs(found["variation"]) <= limits.variation,
        # Kappa is undefined where all sit on one point in both rounds: nothing changed.
        "kappa": found["kappa"] >= limits.kappa or found["unchanged"] == 1,
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
    """DECISION: each statement in its current wording, and what the stop rule says."""
    closed = summary[summary["state"] == "closed"]
    last = max((r for r, s in rounds.items() if s == "closed"), default=0)
    response = flow[(flow["round"] == last) & (flow["group"] == "all")]["response"]
    weak = bool(len(response) and response.iloc[0] < settings.min_response)
    rows = []
    current = statements.sort_values(["statement", "version"]).groupby("statement").tail(1)
    for entry in current.sort_values("statement").to_dict("records"):
        own = closed[
            (closed["statement"] == entry["statement"]) & (closed["version"] == entry["version"])
        ].sort_values("round")
        base = {k: entry[k] for k in ("statement", "version", "text", "factor")}
        rows.append(base | _decision(entry, own, change, last, weak, settings))
    return forms.table(rows, forms.DECISION)


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
    decision, reason = _stop(entry, latest["verdict"], stable, len(own), last, weak, settings)
    return found | dict(stable=stable, decision=decision, reason=reason)


def _stop(entry, verdict, stable, rounds, last, weak, settings) -> tuple[str, str]:
    """The stop rule: stable and (consensus or split), or a limit. Consensus alone stops nothing.

    Von der Gracht (2012, doi:10.1016/j.techfore.2012.04.013): stability has to be shown before
    consensus is measured.
    """
    words = consensus.CALLED[verdict]
    if stable == "yes" and verdict in ("in", "out", "split"):
        return "settled", f"stable {words}"
    ended = entry["last_round"]
    if pd.notna(ended) and ended <= last:
        return "withdrawn", f"taken out after round {int(ended)} with {words}"
    if rounds >= settings.max_rounds:
        return "stopped", f"limit of {settings.max_rounds} rounds reached with {words}"
    if weak:
        return "stopped", f"response below {100 * settings.min_response:.0f} % with {words}"
    if stable == "":
        return "ask again", f"{words}, stability not known after one round"
    return "ask again", f"{words}, {'stable' if stable == 'yes' else 'not stable'}"


def concordance(ratings: pd.DataFrame, rounds: Rounds) -> pd.DataFrame:
    """CONCORDANCE: Kendall's W per closed round, on all its statements and on the common ones."""
    closed = [r for r, s in sorted(rounds.items()) if s == "closed"]
    wides = {r: matrix(ratings, r).dropna(how="all") for r in closed}
    wides = {r: wide for r, wide in wides.items() if len(wide)}
    common = set.intersection(*(set(w.index) for w in wides.values())) if wides else set()
    rows = []
    for r, wide in wides.items():
        sets = {"all of the round": wide, "rated in all closed rounds": wide.loc[sorted(common)]}
        for name, part in sets.items():
            complete = part.dropna(axis=1)
            found = paired.kendall_w(complete.to_numpy())
            numbers = dict(w=found.w, w_uncorrected=found.uncorrected, chi2=found.chi2, p=found.p)
            size = dict(round=r, statements=found.subjects, panellists=found.raters)
            rows.append(size | numbers | {"set": name})
    return forms.table(rows, forms.CONCORDANCE)
