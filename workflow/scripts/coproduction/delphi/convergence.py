"""Real-time Delphi: how the answers moved while the panel could change them.

The state at a moment is each panellist's last answer up to then (Gordon and Pease 2006,
doi:10.1016/j.techfore.2005.09.005); a state that no longer moves and spreads less is convergence.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from coproduction.core import accounting
from coproduction.delphi import tables as forms
from coproduction.delphi.settings import DelphiSettings

MOST = 60  # moments per round; more would not be told apart in a figure


def moments(stamps: pd.Series) -> list[str]:
    """The moments at which the state is taken: the end of each day with answers.

    A round within one or two days is taken answer by answer; at most 60 moments, evenly chosen.
    """
    days = sorted({stamp[:10] for stamp in stamps})
    found = [f"{day} 23:59:59" for day in days] if len(days) > 2 else sorted(set(stamps))
    if len(found) <= MOST:
        return found
    chosen = np.unique(np.linspace(0, len(found) - 1, MOST).round().astype(int))
    return [found[k] for k in chosen]


def follow(revisions: pd.DataFrame, settings: DelphiSettings) -> pd.DataFrame:
    """CONVERGENCE from REVISIONS with time stamps; empty where there are none."""
    timed = revisions[revisions["submitted"].str.match(r"\d{4}-")]
    rows = []
    for number, part in timed.groupby("round", sort=True):
        when = moments(part["submitted"])
        for statement, own in part.groupby("statement", sort=True):
            rows += _follow(
                own.sort_values(["submitted", "order"]), when, int(number), statement, settings
            )
    return accounting.table(rows, forms.CONVERGENCE)


def _follow(
    own: pd.DataFrame, when: list[str], number: int, statement: str, settings
) -> list[dict]:
    stamps = own["submitted"].to_numpy()
    values = own["rating"].astype(float).to_numpy()
    people = pd.factorize(own["panellist"])[0]
    changed = _changes(people, values)
    state = np.full(people.max() + 1, np.nan)
    rows, done = [], 0
    for moment in when:
        upto = int(np.searchsorted(stamps, moment, side="right"))
        for k in range(done, upto):
            state[people[k]] = values[k]
        done = upto
        now = state[~np.isnan(state)]
        base = dict(round=number, statement=statement, moment=moment, answers=upto)
        rows.append(
            base | dict(revised=int(changed[:upto].sum()), n=len(now)) | _spread(now, settings)
        )
    return rows


def _changes(people: np.ndarray, values: np.ndarray) -> np.ndarray:
    """Which answers differ from the same panellist's answer before."""
    last: dict[int, float] = {}
    found = np.zeros(len(people), bool)
    for k, (who, value) in enumerate(zip(people.tolist(), values.tolist(), strict=True)):
        found[k] = who in last and not (
            last[who] == value or (np.isnan(last[who]) and np.isnan(value))
        )
        last[who] = value
    return found


def _spread(now: np.ndarray, settings: DelphiSettings) -> dict:
    if not len(now):
        return dict(median=np.nan, iqr=np.nan, share_high=np.nan)
    method = settings.consensus.quartiles
    q1, q3 = np.quantile(now, [0.25, 0.75], method=method)
    high = float((now >= settings.scale.favourable_from).mean())
    return dict(median=float(np.median(now)), iqr=float(q3 - q1), share_high=high)
