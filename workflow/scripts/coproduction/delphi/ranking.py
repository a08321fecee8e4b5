"""Ranking-type Delphi: who puts what first, and how far panellists and rounds agree on it.

After Schmidt (1997, doi:10.1111/j.1540-5915.1997.tb01330.x): mean ranks, Kendall's W with ties in
each round, and how much the top of the list is shared. pymcdm and ranky were considered; neither has
overlaps with ties, and SciPy has the ranks and Kendall's tau.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy import stats

from coproduction.core import accounting
from coproduction.delphi import paired
from coproduction.delphi import tables as forms
from coproduction.delphi.settings import DelphiSettings

DRAWS, LARGEST = 4999, 4000  # permutations, and ratings beyond which chi-square needs none
LEVELS = [(0.9, "unusually strong"), (0.7, "strong"), (0.5, "moderate"), (0.3, "weak")]


def ranks(ratings: pd.DataFrame, number: int) -> pd.DataFrame:
    """Ranks (statement × panellist) of one round, 1 for the highest rating, ties shared.

    Only panellists who rated every statement that anybody rated in the round.
    """
    part = ratings[(ratings["round"] == number) & (ratings["status"] == "rated")]
    wide = part.pivot(index="statement", columns="panellist", values="rating").astype(float)
    complete = wide.sort_index().dropna(axis=1)
    return complete.rank(axis=0, ascending=False, method="average")


def top_weights(table: np.ndarray, k: int) -> np.ndarray:
    """How far each statement (rows) is in each panellist's (columns) top k, 0 to 1; columns sum to k.

    Statements that share the last places share what is left of them: with two tied on places 3 and 4
    of a top 3, each is in it by one half.
    """
    k = min(k, len(table))
    first = stats.rankdata(table, axis=0, method="min")
    last = stats.rankdata(table, axis=0, method="max")
    return np.clip((k - (first - 1)) / (last - first + 1), 0, 1)


def overlap(weights: np.ndarray, k: int) -> float:
    """Mean share of the top k that two panellists have in common; NaN with fewer than two.

    With full ties at the border two tops have in common what both have of each statement (minimum).
    Chance is k / statements.
    """
    people = weights.shape[1]
    if people < 2:
        return float("nan")
    # Σ over pairs of min(a, b), statement by statement, from the sorted weights: no people² table.
    ordered = np.sort(weights, axis=1)
    pairs = (ordered * np.arange(people - 1, -1, -1)).sum()
    return float(pairs / (people * (people - 1) / 2) / min(k, len(weights)))


def permuted_p(table: np.ndarray, rng: np.random.Generator) -> float:
    """p of no concordance by permuting each panellist's ranks; NaN where chi-square is good anyway."""
    n, m = table.shape
    if n < 2 or m < 2 or n * m > LARGEST:
        return float("nan")
    seen = ((table.sum(1) - m * (n + 1) / 2) ** 2).sum()
    hits = 0
    for _ in range(DRAWS):
        sums = rng.permuted(table, axis=0).sum(1)
        hits += ((sums - m * (n + 1) / 2) ** 2).sum() >= seen - 1e-9
    return (hits + 1) / (DRAWS + 1)


def level(w: float) -> str:
    """Schmidt's words for W: from 0.9 unusually strong, 0.7, 0.5, 0.3; below, very weak."""
    if np.isnan(w):
        return ""
    return next((words for least, words in LEVELS if w >= least), "very weak")


def analyse(
    ratings: pd.DataFrame, rounds: dict[int, str], settings: DelphiSettings
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """RANKING and RANKING_ROUNDS over the closed rounds; empty where the option is not used."""
    statements, whole = [], []
    before: pd.DataFrame | None = None
    closed = [r for r, s in sorted(rounds.items()) if s == "closed"] if settings.ranking.use else []
    for number in closed:
        table = ranks(ratings, number)
        if table.empty:
            continue
        own = _statements(table, number, settings.ranking.top, before)
        statements += own.to_dict("records")
        whole.append(_round(table, own, number, before, settings))
        before = own.set_index("statement")
    made = (
        accounting.table(statements, forms.RANKING),
        accounting.table(whole, forms.RANKING_ROUNDS),
    )
    return made


def _statements(table: pd.DataFrame, number: int, k: int, before) -> pd.DataFrame:
    mean = table.mean(axis=1)
    found = pd.DataFrame(
        {
            "round": number,
            "statement": table.index,
            "n": table.shape[1],
            "mean_rank": mean.to_numpy(),
            "sd_rank": table.std(axis=1, ddof=1).to_numpy(),
            "place": mean.round(9).rank(method="min").astype(int).to_numpy(),
            "top": top_weights(table.to_numpy(), k).mean(1),
        }
    )
    past = before["place"].reindex(table.index) if before is not None else np.nan
    found["place_before"] = np.asarray(past, float) if before is not None else np.nan
    return found.sort_values(["place", "statement"], ignore_index=True)


def _round(table: pd.DataFrame, own: pd.DataFrame, number, before, settings) -> dict:
    values, k = table.to_numpy(), settings.ranking.top
    w = paired.kendall_w(values)
    common = own[own["place_before"].notna()].set_index("statement")
    tau = float("nan")
    if len(common) > 1:
        tau = stats.kendalltau(common["mean_rank"], before["mean_rank"].reindex(common.index))[0]
    return dict(
        round=number,
        statements=len(table),
        panellists=table.shape[1],
        w=w.w,
        chi2=w.chi2,
        df=max(len(table) - 1, 0),
        p=w.p,
        p_permuted=permuted_p(values, np.random.default_rng([settings.seed, number])),
        level=level(w.w),
        top=min(k, len(table)),
        overlap=overlap(top_weights(values, k), k),
        chance=min(k, len(table)) / len(table),
        same_top=_same_top(common, before, k),
        tau=float(tau),
    )


def _same_top(common: pd.DataFrame, before, k: int) -> float:
    """Share of the top k of mean ranks that was there in the round before, on common statements."""
    if before is None or not len(common):
        return float("nan")
    now = common["mean_rank"].round(9).to_numpy()[:, None]
    past = before["mean_rank"].reindex(common.index).round(9).to_numpy()[:, None]
    both = np.minimum(top_weights(now, k), top_weights(past, k)).sum()
    return float(both / min(k, len(common)))
