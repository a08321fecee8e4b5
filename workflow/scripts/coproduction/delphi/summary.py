"""Each statement in each round: distribution, all rules of consensus, how sure they are, groups."""

from collections import Counter
from typing import Any

import numpy as np
import pandas as pd

from coproduction.core import accounting
from coproduction.delphi import tables as forms
from coproduction.delphi.consensus import limits_of, scale_of
from coproduction.delphi.settings import DelphiSettings
from coproduction.methods import consensus
from coproduction.methods import distributions as st
from coproduction.methods.consensus import Limits
from coproduction.methods.group_comparison import cliffs_delta, differ, holm

Rounds = dict[int, str]  # number → state (closed or open)
PERCENTILES = ("p30", "p70", "ipr", "ipras", "disagreement_index")
CLASSIC = ("classic_agreement", "classic_disagreement")


def judge(ratings: pd.DataFrame, rounds: Rounds, settings: DelphiSettings) -> tuple[pd.DataFrame, pd.DataFrame]:
    """SUMMARY, a row per statement and round that asked it, and RULES, one per rule of these."""
    parts = [
        _round(ratings[(ratings["round"] == r) & (ratings["status"] != "not asked")], r, settings)
        for r in sorted(rounds)
    ]
    rows = [row | {"state": rounds[row["round"]]} for part in parts for row in part[0]]
    rules = [row for part in parts for row in part[1]]
    return accounting.table(rows, forms.SUMMARY), accounting.table(rules, forms.RULES)


def _round(part: pd.DataFrame, number: int, settings: DelphiSettings) -> tuple[list, list]:
    if part.empty:
        return [], []
    limits = limits_of(settings)
    names = sorted(part["statement"].unique())
    by_group = group_counts(part, names, limits.scale)
    counts = by_group.sum(0)
    statements = part["statement"].tolist()
    n_of = Counter(zip(statements, part["status"].tolist(), strict=True))
    status = {word: np.array([n_of[name, word] for name in names]) for word in forms.ANSWERED}
    asked = sum(status.values(), np.zeros(len(names), int))
    versions = dict(zip(reversed(statements), reversed(part["version"].tolist()), strict=True))
    base = {"round": [number] * len(names), "statement": names, "version": [versions[name] for name in names]}
    rules = _rules(counts, asked - counts.sum(1), limits, settings, number)
    deciding = rules[settings.consensus.rule]
    groups_p = differ(by_group, [settings.seed, number])
    summary_table = _as_rows(
        base
        | dict(asked=asked, n=counts.sum(1))
        | dict(no_opinion=status["no opinion"], missing=status["missing"])
        | dict(counts=[";".join(map(str, row)) for row in counts])
        | _figures(counts, asked, limits)
        | {f"by_{name}": columns["verdict"] for name, columns in rules.items()}
        | {name: deciding[name] for name in ("verdict", "certainty", "hinges_on")}
        | dict(groups_p=groups_p, groups_p_holm=holm(groups_p), groups_reason=why_no_difference(by_group))
        | dict(reason=why_empty(counts, limits))
    )
    by_rule = [
        _as_rows(base | columns | {"rule": [name] * len(names)}, deciding="yes" if columns is deciding else "no")
        for name, columns in rules.items()
    ]
    return summary_table, [row for of_statement in zip(*by_rule, strict=True) for row in of_statement]


def _as_rows(columns: dict[str, Any], **same: Any) -> list[dict[str, Any]]:
    """The rows of a table from its columns, with what is the same in all of them."""
    values = [cells if isinstance(cells, list) else cells.tolist() for cells in columns.values()]
    return [dict(zip(columns, row, strict=True)) | same for row in zip(*values, strict=True)]


def group_counts(part: pd.DataFrame, names: list[str], scale: st.Scale) -> np.ndarray:
    """Counts (G, S, K) of the ratings by group (sorted), statement (as *names*) and point."""
    rated = part[part["status"] == "rated"]
    group_names = sorted(part["group"].unique())
    k = len(scale.points)
    place = pd.Index(names).get_indexer(rated["statement"])
    group = pd.Index(group_names).get_indexer(rated["group"])
    point = scale.place(rated["rating"].to_numpy(float))
    flat = (group * len(names) + place) * k + point
    size = len(group_names) * len(names) * k
    return np.bincount(flat, minlength=size).reshape(len(group_names), len(names), k)


def _figures(counts, asked, limits: Limits) -> dict:
    points = limits.scale.points
    base = asked if limits.denominator == "responded" else None
    mean, sd = st.mean_and_sd(counts, points)
    q1 = st.quantile(counts, 0.25, points, limits.quartiles)
    q3 = st.quantile(counts, 0.75, points, limits.quartiles)
    columns = dict(mean=mean, sd=sd, median=st.median(counts, points), q1=q1, q3=q3, iqr=q3 - q1)
    columns["share_low"] = st.share(counts, limits.scale.low, base)
    columns["share_high"] = st.share(counts, limits.scale.high, base)
    columns |= {name: np.full(len(counts), np.nan) for name in PERCENTILES + CLASSIC}
    if consensus.fits(limits):
        nine = consensus.on_nine(counts, limits)
        rand = consensus.rand(nine, limits.percentiles)
        values = (rand.p30, rand.p70, rand.ipr, rand.ipras, rand.index)
        columns |= dict(zip(PERCENTILES, values, strict=True))
        columns |= dict(zip(CLASSIC, consensus.rand_classic(nine), strict=True))
    columns["bimodality"] = st.bimodality(counts, points)
    rescaled = consensus.fits(limits) and not limits.scale.is_nine_point
    columns["rescaled"] = ["yes" if rescaled else "no"] * len(counts)
    return columns


def _rules(counts, without, limits: Limits, settings: DelphiSettings, number: int) -> dict:
    """Per rule the verdicts, the chance of each verdict, and on how many panellists it hinges.

    With too few ratings for a verdict there is none, and nothing to say of how sure it is.
    """
    rng = np.random.default_rng([settings.seed, number])
    shares = consensus.chances(counts, without, limits, settings.bootstrap, rng)
    few = too_few(counts.sum(1), counts.sum(1) + without, settings)
    columns_by_rule = {}
    for name in consensus.RULES:
        verdict = consensus.verdicts(counts, name, limits, counts.sum(1) + without)
        hinges = consensus.hinges_on_one(counts, without, name, limits)
        columns_by_rule[name] = dict(
            verdict=np.where(few & consensus.made_for(name, limits), "too few", verdict),
            certainty=np.where(few, np.nan, consensus.certainty(shares[name], verdict)),
            hinges_on=pd.array(np.where(few, np.nan, hinges), dtype="Int64"),
        )
        ends = ("chance_in", "chance_out", "chance_split", "chance_none")
        shares[name][few] = np.nan
        columns_by_rule[name] |= dict(zip(ends, shares[name].T, strict=True))
    return columns_by_rule


def too_few(n: np.ndarray, asked: np.ndarray, settings: DelphiSettings) -> np.ndarray:
    """Whether a statement has some ratings but fewer than a verdict needs, in number or share."""
    rules = settings.consensus
    return (n > 0) & ((n < rules.min_ratings) | (n < rules.min_share * asked - 1e-9))


def why_empty(counts: np.ndarray, limits: Limits) -> list[str]:
    """Why numbers of statements with these counts (S, K) are empty; nothing where none is."""
    reasons_by_statement = []
    nine = "" if consensus.fits(limits) else "no RAND/UCLA percentiles: not a scale from 1 to 9"
    for counts_of_statement in counts:
        n, used = int(counts_of_statement.sum()), int((counts_of_statement > 0).sum())
        reasons = [nine] if n else ["nobody rated it"]
        if n == 1:
            reasons.append("no standard deviation: one rating")
        if n and (n < 4 or used < 2):
            reasons.append("no bimodality: " + ("all ratings are the same" if used < 2 else "fewer than 4 ratings"))
        if n and consensus.fits(limits) and not 8 <= n <= 16:
            reasons.append("no table of panel sizes: designed for 8 to 16 ratings")
        reasons_by_statement.append("; ".join(reason for reason in reasons if reason))
    return reasons_by_statement


def why_no_difference(counts: np.ndarray) -> np.ndarray:
    """Why groups with these counts (G, S, K) cannot be compared, by statement; empty where they can."""
    large = (counts.sum(-1) >= 2).sum(0)
    total = np.where((counts.sum(-1) >= 2)[..., None], counts, 0).sum(0)
    same = (total > 0).sum(-1) < 2
    few = "fewer than 2 groups with 2 ratings"
    return np.where(large < 2, few, np.where(same, "all ratings are the same", ""))


def by_group(ratings: pd.DataFrame, settings: DelphiSettings) -> pd.DataFrame:
    """GROUPS: distribution of each group per statement and round, compared with the rest."""
    scale = scale_of(settings)
    rows = []
    for number, part in ratings[ratings["status"] == "rated"].groupby("round", sort=True):
        names = sorted(part["statement"].unique())
        rows += _groups_of_round(part, int(number), names, scale, settings)
    return accounting.table(rows, forms.GROUPS)


def _groups_of_round(part, number, names, scale, settings: DelphiSettings) -> list[dict]:
    counts = group_counts(part, names, scale)
    total, method = counts.sum(0), settings.consensus.quartiles
    group_tables = []
    for g, group in enumerate(sorted(part["group"].unique())):
        group_numbers, other_numbers = counts[g], total - counts[g]
        both_rated = (group_numbers.sum(1) > 0) & (other_numbers.sum(1) > 0)
        columns = dict(
            round=number,
            statement=names,
            group=group,
            n=group_numbers.sum(1),
            q1=st.quantile(group_numbers, 0.25, scale.points, method),
            median=st.median(group_numbers, scale.points),
            q3=st.quantile(group_numbers, 0.75, scale.points, method),
            share_low=st.share(group_numbers, scale.low),
            share_high=st.share(group_numbers, scale.high),
            delta=cliffs_delta(group_numbers, other_numbers),
            p=differ(np.stack([group_numbers, other_numbers]), [settings.seed, number, g]),
            reason=why_no_difference(np.stack([group_numbers, other_numbers])),
        )
        group_tables.append(pd.DataFrame(columns)[both_rated])
    table = pd.concat(group_tables)
    table["p_holm"] = holm(table["p"].to_numpy(float))
    return table.sort_values(["statement", "group"]).to_dict("records")
