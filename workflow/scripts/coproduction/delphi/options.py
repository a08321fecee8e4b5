"""The options of the Delphi: an order of the statements, fuzzy consensus, and answers in real time.

The state of a real-time Delphi at a moment is each panellist's last answer up to then (Gordon and
Pease 2006, doi:10.1016/j.techfore.2005.09.005); a state that no longer moves and spreads less is
convergence.
"""

import numpy as np
import pandas as pd
import scipy

from coproduction.core import accounting
from coproduction.delphi import tables as forms
from coproduction.delphi.concordance import why_no_concordance
from coproduction.delphi.settings import DelphiSettings
from coproduction.methods import fuzzy
from coproduction.methods.ranking_type import kendall_w, level, overlap, permuted_p, top_weights

MOST = 60  # moments per round; more would not be told apart in a figure


def ranks(ratings: pd.DataFrame, number: int) -> pd.DataFrame:
    """Ranks (statement × panellist) of one round, 1 for the highest rating, ties shared.

    Only panellists who rated every statement that anybody rated in the round.
    """
    part = ratings[(ratings["round"] == number) & (ratings["status"] == "rated")]
    wide = part.pivot(index="statement", columns="panellist", values="rating").astype(float)
    complete = wide.sort_index().dropna(axis=1)
    return complete.rank(axis=0, ascending=False, method="average")


def rank(ratings: pd.DataFrame, rounds: dict[int, str], settings: DelphiSettings) -> tuple[pd.DataFrame, pd.DataFrame]:
    """RANKING and RANKING_ROUNDS over the closed rounds; empty where the option is not used."""
    statements, agreements = [], []
    before: pd.DataFrame | None = None
    closed = [r for r, s in sorted(rounds.items()) if s == "closed"] if settings.ranking.use else []
    for number in closed:
        table = ranks(ratings, number)
        if table.empty:
            continue
        ranked_statements = _ranked(table, number, settings.ranking.top, before)
        statements += ranked_statements.to_dict("records")
        agreements.append(_agreement(table, ranked_statements, number, before, settings))
        before = ranked_statements.set_index("statement")
    ranked_tables = (accounting.table(statements, forms.RANKING), accounting.table(agreements, forms.RANKING_ROUNDS))
    return ranked_tables


def _ranked(table: pd.DataFrame, number: int, k: int, before) -> pd.DataFrame:
    mean = table.mean(axis=1)
    ranked = pd.DataFrame(
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
    ranked["place_before"] = np.asarray(past, float) if before is not None else np.nan
    return ranked.sort_values(["place", "statement"], ignore_index=True)


def _agreement(table: pd.DataFrame, ranked: pd.DataFrame, number, before, settings) -> dict:
    values, k = table.to_numpy(), settings.ranking.top
    w = kendall_w(values)
    common = ranked[ranked["place_before"].notna()].set_index("statement")
    tau = float("nan")
    if len(common) > 1:
        tau = scipy.stats.kendalltau(common["mean_rank"], before["mean_rank"].reindex(common.index))[0]
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
        reason=why_no_concordance(w),
    )


def _same_top(common: pd.DataFrame, before, k: int) -> float:
    """Share of the top k of mean ranks that was there in the round before, on common statements."""
    if before is None or not len(common):
        return float("nan")
    now = common["mean_rank"].round(9).to_numpy()[:, None]
    past = before["mean_rank"].reindex(common.index).round(9).to_numpy()[:, None]
    both = np.minimum(top_weights(now, k), top_weights(past, k)).sum()
    return float(both / min(k, len(common)))


def fuzzy_numbers(settings: DelphiSettings) -> np.ndarray:
    """Fuzzy number of each point of the scale (points, 3), as set or usual."""
    points, numbers = settings.scale.points, settings.fuzzy.numbers
    return np.array([numbers[p] for p in points]) if numbers else fuzzy.usual_numbers(len(points))


def fuzzy_of(counts: np.ndarray, settings: DelphiSettings) -> dict[str, np.ndarray]:
    """The fuzzy numbers of statements with these counts (statements, points), by both methods.

    What is `accepted` follows the method of the settings.
    """
    limits, numbers = settings.fuzzy, fuzzy_numbers(settings)
    near = fuzzy.judge(counts, numbers, limits.threshold, limits.agreement, limits.score)
    crossing = fuzzy.judge_max_min(counts, numbers, limits.score, settings.consensus.quartiles)
    return near | crossing if limits.method == "max-min" else crossing | near


def judge_fuzzily(summary: pd.DataFrame, settings: DelphiSettings) -> pd.DataFrame:
    """FUZZY of every statement and closed round; empty where the option is not used."""
    closed = summary[summary["state"] == "closed"]
    if not settings.fuzzy.use or closed.empty:
        return accounting.table([], forms.FUZZY)
    counts = np.array([[int(c) for c in row.split(";")] for row in closed["counts"]], float)
    judged = pd.DataFrame(fuzzy_of(counts, settings))
    judged.insert(0, "n", closed["n"].to_numpy())
    judged.insert(0, "statement", closed["statement"].to_numpy())
    judged.insert(0, "round", closed["round"].to_numpy())
    judged["reason"] = np.where(judged["n"] > 0, "", "nobody rated the statement")
    by = judged.groupby("round")[settings.fuzzy.score_column]
    judged["place"] = by.rank(ascending=False, method="min")
    judged = judged.sort_values(["round", "place", "statement"], ignore_index=True)
    return accounting.table(judged.to_dict("records"), forms.FUZZY)


def moments(stamps: pd.Series) -> list[str]:
    """The moments at which the state is taken: the end of each day with answers.

    A round within one or two days is taken answer by answer; at most 60 moments, evenly chosen.
    """
    days = sorted({stamp[:10] for stamp in stamps})
    all_moments = [f"{day} 23:59:59" for day in days] if len(days) > 2 else sorted(set(stamps))
    if len(all_moments) <= MOST:
        return all_moments
    chosen = np.unique(np.linspace(0, len(all_moments) - 1, MOST).round().astype(int))
    return [all_moments[k] for k in chosen]


def follow(revisions: pd.DataFrame, settings: DelphiSettings) -> pd.DataFrame:
    """CONVERGENCE from REVISIONS with time stamps; empty where there are none."""
    timed = revisions[revisions["submitted"].str.match(r"\d{4}-")]
    rows = []
    for number, part in timed.groupby("round", sort=True):
        moment_list = moments(part["submitted"])
        for statement, of_statement in part.groupby("statement", sort=True):
            rows += _follow(
                of_statement.sort_values(["submitted", "order"]), moment_list, int(number), statement, settings
            )
    return accounting.table(rows, forms.CONVERGENCE)


def _follow(answers: pd.DataFrame, moment_list: list[str], number: int, statement: str, settings) -> list[dict]:
    stamps = answers["submitted"].to_numpy()
    values = answers["rating"].astype(float).to_numpy()
    people = pd.factorize(answers["panellist"])[0]
    changed = _changes(people, values)
    state = np.full(people.max() + 1, np.nan)
    rows, n_taken = [], 0
    for moment in moment_list:
        upto = int(np.searchsorted(stamps, moment, side="right"))
        for k in range(n_taken, upto):
            state[people[k]] = values[k]
        n_taken = upto
        now = state[~np.isnan(state)]
        base = dict(round=number, statement=statement, moment=moment, answers=upto)
        rows.append(base | dict(revised=int(changed[:upto].sum()), n=len(now)) | _spread(now, settings))
    return rows


def _changes(people: np.ndarray, values: np.ndarray) -> np.ndarray:
    """Which answers differ from the same panellist's answer before."""
    last: dict[int, float] = {}
    is_changed = np.zeros(len(people), bool)
    for k, (person, value) in enumerate(zip(people.tolist(), values.tolist(), strict=True)):
        is_changed[k] = person in last and not (last[person] == value or (np.isnan(last[person]) and np.isnan(value)))
        last[person] = value
    return is_changed


def _spread(now: np.ndarray, settings: DelphiSettings) -> dict:
    if not len(now):
        return dict(median=np.nan, iqr=np.nan, share_high=np.nan)
    method = settings.consensus.quartiles
    q1, q3 = np.quantile(now, [0.25, 0.75], method=method)
    high = float((now >= settings.scale.favourable_from).mean())
    return dict(median=float(np.median(now)), iqr=float(q3 - q1), share_high=high)
