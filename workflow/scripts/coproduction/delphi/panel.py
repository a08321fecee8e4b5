"""Who took part in which round, who left, and whether those who left rated differently."""

import itertools

import numpy as np
import pandas as pd
from scipy import stats

from coproduction.core import accounting
from coproduction.delphi import tables as forms
from coproduction.delphi.shown import invited

RESPONDED = "counts"


def flow(submissions: pd.DataFrame, panel: pd.DataFrame, rounds: dict[int, str]) -> pd.DataFrame:
    """PANEL_FLOW: the panel per round, by group and in all; rounds without a file have no responses."""
    people = {r: _people(submissions, r) for r in rounds}
    names = sorted(panel["group"].unique())
    rows = []
    for number in sorted(rounds):
        for group in ["all", *names] if len(names) > 1 else ["all"]:
            members = set(panel.loc[(panel["group"] == group) | (group == "all"), "panellist"])
            rows.append(
                dict(round=number, state=rounds[number], group=group)
                | _moves(number, people, members, invited(panel, number) & members, rounds)
                | _days(submissions, number, members)
            )
    return accounting.table(rows, forms.PANEL_FLOW)


def _people(submissions: pd.DataFrame, number: int) -> set[str]:
    own = (submissions["round"] == number) & (submissions["outcome"] == RESPONDED)
    return set(submissions.loc[own, "panellist"])


def _moves(number, people, members, asked, rounds: dict[int, str]) -> dict:
    """Who came, stayed and went; in an open round nobody has gone yet."""
    now = people[number] & members
    earlier = [r for r in people if r < number]
    before = people[max(earlier)] & members if earlier else set()
    first = people[min(earlier)] & members if earlier else set()
    ever = set().union(*(people[r] for r in earlier)) & members if earlier else set()
    closed = rounds[number] == "closed"
    return dict(
        invited=len(asked | now),
        responded=len(now),
        stayed=len(now & before),
        left=len(before - now) if closed else 0,
        returned=len((now & ever) - before),
        new=len(now - ever),
        response=_share(len(now), len(asked | now)),
        attrition=_share(len(before - now), len(before)) if closed else float("nan"),
        retention=_share(len(now & first), len(first)) if closed else float("nan"),
    )


def _share(part: int, whole: int) -> float:
    return part / whole if whole else float("nan")


def _days(submissions: pd.DataFrame, number: int, members: set[str]) -> dict:
    own = submissions[
        (submissions["round"] == number)
        & (submissions["outcome"] == RESPONDED)
        & submissions["panellist"].isin(members)
    ]
    times = sorted(t[:10] for t in own["submitted"] if t)
    first, last = (times[0], times[-1]) if times else ("", "")
    return dict(finished=len(times), first_day=first, last_day=last)


def leavers(ratings: pd.DataFrame, rounds: dict[int, str]) -> pd.DataFrame:
    """LEAVERS for each pair of closed rounds in a row in which somebody left.

    Compared is each panellist's mean distance from the medians of all: those who leave because the
    majority is elsewhere stand far from it (Bolger and Wright 2011). p is exact or, with many
    panellists, from 20,000 permutations with a fixed seed.
    """
    closed = [r for r, state in sorted(rounds.items()) if state == "closed"]
    rows = []
    for number, following in itertools.pairwise(closed):
        rated = ratings[(ratings["round"] == number) & (ratings["status"] == "rated")]
        after = set(ratings.loc[ratings["round"] == following, "panellist"])
        left = ~rated["panellist"].isin(after)
        if not left.any() or left.all():
            continue
        rows.append(dict(round=number, next=following) | _difference(rated, left))
    return accounting.table(rows, forms.LEAVERS)


def _difference(rated: pd.DataFrame, left: pd.Series) -> dict:
    values = rated["rating"].astype(float)
    middle = values.groupby(rated["statement"]).transform("median")
    distance = (values - middle).abs().groupby(rated["panellist"]).mean()
    gone = distance.index.isin(set(rated.loc[left, "panellist"]))
    one = values[left].groupby(rated.loc[left, "statement"]).median()
    other = values[~left].groupby(rated.loc[~left, "statement"]).median()
    gap = (one - other).dropna().abs()
    top = gap[gap > 0].sort_values(ascending=False, kind="stable").head(3)
    return dict(
        leavers=int(gone.sum()),
        stayers=int((~gone).sum()),
        distance_leavers=float(distance[gone].mean()),
        distance_stayers=float(distance[~gone].mean()),
        p=_permutation(distance.to_numpy(), gone),
        largest=";".join(top.index),
    )


def _permutation(values: np.ndarray, gone: np.ndarray) -> float:

    test = stats.PermutationMethod(n_resamples=20_000, rng=np.random.default_rng(1))
    return float(stats.mannwhitneyu(values[gone], values[~gone], method=test).pvalue)
