"""Who took part in which round, who left, and whether those who left rated differently."""

import itertools
from collections.abc import Collection, Iterable

import numpy as np
import pandas as pd
import scipy

from coproduction.core import accounting
from coproduction.delphi import tables as forms
from coproduction.delphi.shown import invited

RESPONDED = "counts"


def flow(
    submissions: pd.DataFrame, panel: pd.DataFrame, rounds: dict[int, str], unlinked: Collection[int] = ()
) -> pd.DataFrame:
    """PANEL_FLOW: the panel per round, by group and in all; rounds without a file have no responses.

    Of an `unlinked` round it is known how many responded, not who of the panel.
    """
    people = responded_in(submissions, rounds)
    names = sorted(panel["group"].unique())
    rows = []
    for number in sorted(rounds):
        for group in ["all", *names] if len(names) > 1 else ["all"]:
            if number in unlinked and group != "all":
                continue
            members = set(panel.loc[(panel["group"] == group) | (group == "all"), "panellist"])
            invited_members = invited(panel, number) & members
            if number in unlinked:
                members, moves = people[number], _unlinked_moves(len(people[number]), len(invited_members))
            else:
                moves = _moves(number, people, members, invited_members, rounds, unlinked)
            rows.append(
                dict(round=number, state=rounds[number], group=group) | moves | _days(submissions, number, members)
            )
    return accounting.table(rows, forms.PANEL_FLOW)


def reminders(
    submissions: pd.DataFrame, panel: pd.DataFrame, rounds: dict[int, str], unlinked: Collection[int] = ()
) -> pd.DataFrame:
    """REMINDERS: who of the panel is asked in an open round and has not (or not wholly) responded."""
    rows = []
    group = dict(zip(panel["panellist"], panel["group"], strict=True))
    for number in sorted(r for r, state in rounds.items() if state == "open" and r not in unlinked):
        of_round = submissions[submissions["round"] == number]
        finished = set(of_round.loc[(of_round["outcome"] == RESPONDED) & (of_round["finished"] == "yes"), "panellist"])
        begun = set(of_round.loc[of_round["outcome"] == RESPONDED, "panellist"])
        submitted = set(of_round["panellist"])
        for name in sorted(invited(panel, number) - finished):
            state = "begun, not finished" if name in begun else "submitted, but does not count"
            state = state if name in submitted else "nothing came"
            rows.append(dict(round=number, panellist=name, group=group.get(name, ""), state=state))
    return accounting.table(rows, forms.REMINDERS)


def responded_in(submissions: pd.DataFrame, rounds: Iterable[int]) -> dict[int, set[str]]:
    """Who responded in each of the rounds."""
    counted = submissions[submissions["outcome"] == RESPONDED]
    return {number: set(counted.loc[counted["round"] == number, "panellist"]) for number in rounds}


def _unlinked_moves(responded: int, n_invited: int) -> dict:
    """How many responded; the panel may be unknown."""
    invited = max(responded, n_invited)
    nothing = dict.fromkeys(("stayed", "left", "returned", "new"), pd.NA)
    return dict(invited=invited, responded=responded, response=_share(responded, invited)) | nothing


def _moves(number, people, members, invited_members, rounds: dict[int, str], unlinked) -> dict:
    """Who came, stayed and went; in an open round nobody has gone yet."""
    now = people[number] & members
    earlier = [r for r in people if r < number]
    before = people[max(earlier)] & members if earlier else set()
    first = people[min(earlier)] & members if earlier else set()
    ever = set().union(*(people[r] for r in earlier)) & members if earlier else set()
    closed = rounds[number] == "closed"
    numbers = dict(
        invited=len(invited_members | now),
        responded=len(now),
        stayed=len(now & before),
        left=len(before - now) if closed else 0,
        returned=len((now & ever) - before),
        new=len(now - ever),
        response=_share(len(now), len(invited_members | now)),
        attrition=_share(len(before - now), len(before)) if closed else float("nan"),
        retention=_share(len(now & first), len(first)) if closed else float("nan"),
    )
    if earlier and max(earlier) in unlinked:
        numbers |= dict(stayed=pd.NA, left=pd.NA, returned=pd.NA, new=pd.NA, attrition=float("nan"))
    if earlier and min(earlier) in unlinked:
        numbers["retention"] = float("nan")
    return numbers


def _share(part: int, whole: int) -> float:
    return part / whole if whole else float("nan")


def _days(submissions: pd.DataFrame, number: int, members: set[str]) -> dict:
    counted = submissions[
        (submissions["round"] == number)
        & (submissions["outcome"] == RESPONDED)
        & submissions["panellist"].isin(members)
    ]
    times = sorted(t[:10] for t in counted["submitted"] if t)
    first, last = (times[0], times[-1]) if times else ("", "")
    return dict(finished=len(times), first_day=first, last_day=last)


def leavers(ratings: pd.DataFrame, rounds: dict[int, str], unlinked: Collection[int] = ()) -> pd.DataFrame:
    """LEAVERS for each pair of closed rounds in a row in which somebody left; none of unlinked ones.

    Compared is each panellist's mean distance from the medians of all: those who leave because the
    majority is elsewhere are far from it (Bolger and Wright 2011). p is exact or, with many
    panellists, from 20,000 permutations with a fixed seed.
    """
    closed = [r for r, state in sorted(rounds.items()) if state == "closed"]
    rows = []
    for number, following in itertools.pairwise(closed):
        if {number, following} & set(unlinked):
            continue
        rated = ratings[(ratings["round"] == number) & (ratings["status"] == "rated")]
        after = set(ratings.loc[ratings["round"] == following, "panellist"])
        has_left = ~rated["panellist"].isin(after)
        if not has_left.any() or has_left.all():
            continue
        rows.append(dict(round=number, next=following) | _difference(rated, has_left))
    return accounting.table(rows, forms.LEAVERS)


def _difference(rated: pd.DataFrame, has_left: pd.Series) -> dict:
    values = rated["rating"].astype(float)
    middle = values.groupby(rated["statement"]).transform("median")
    distance = (values - middle).abs().groupby(rated["panellist"]).mean()
    leaver = distance.index.isin(set(rated.loc[has_left, "panellist"]))
    median_leavers = values[has_left].groupby(rated.loc[has_left, "statement"]).median()
    median_stayers = values[~has_left].groupby(rated.loc[~has_left, "statement"]).median()
    gap = (median_leavers - median_stayers).dropna().abs()
    top = gap[gap > 0].sort_values(ascending=False, kind="stable").head(3)
    p, reason = _permutation(distance.to_numpy(), leaver)
    return dict(
        leavers=int(leaver.sum()),
        stayers=int((~leaver).sum()),
        distance_leavers=float(distance[leaver].mean()),
        distance_stayers=float(distance[~leaver].mean()),
        p=p,
        largest=";".join(top.index),
        reason=reason,
    )


def _permutation(values: np.ndarray, leaver: np.ndarray) -> tuple[float, str]:
    """p of the rank sums by permutation, or nan and why there is none."""
    for number, verb in ((leaver.sum(), "left"), ((~leaver).sum(), "stayed")):
        if number < 2:
            return float("nan"), f"no test: only {number} panellist {verb}"
    if np.ptp(values) == 0:
        return float("nan"), "no test: all are equally far from the medians"
    test = scipy.stats.PermutationMethod(n_resamples=20_000, rng=np.random.default_rng(1))
    return float(scipy.stats.mannwhitneyu(values[leaver], values[~leaver], method=test).pvalue), ""
