"""Which statements are asked again in the next round, and which are settled: the stopping rule."""

import pandas as pd

from coproduction.core import accounting
from coproduction.delphi import tables as forms
from coproduction.delphi.change_between_rounds import NOT_LINKABLE, Rounds
from coproduction.delphi.consensus import CALLED
from coproduction.delphi.settings import DelphiSettings


def decide(
    statements: pd.DataFrame,
    summary: pd.DataFrame,
    change: pd.DataFrame,
    flow: pd.DataFrame,
    rounds: Rounds,
    settings: DelphiSettings,
) -> pd.DataFrame:
    """DECISIONS: each statement in its current wording, and what the stopping rule says."""
    closed = summary[summary["state"] == "closed"]
    last = max((r for r, s in rounds.items() if s == "closed"), default=0)
    response = flow[(flow["round"] == last) & (flow["group"] == "all")]["response"]
    weak = bool(len(response) and response.iloc[0] < settings.min_response)
    rows = []
    current = statements.sort_values(["statement", "version"]).groupby("statement").tail(1)
    for entry in current.sort_values("statement").to_dict("records"):
        closed_rounds = closed[
            (closed["statement"] == entry["statement"]) & (closed["version"] == entry["version"])
        ].sort_values("round")
        base = {k: entry[k] for k in ("statement", "version", "text", "factor")}
        rows.append(base | _decision(entry, closed_rounds, change, last, weak, settings))
    return accounting.table(rows, forms.DECISIONS)


def _decision(entry, rated_rounds, change, last, weak, settings: DelphiSettings) -> dict:
    if rated_rounds.empty:
        nothing = dict(round=pd.NA, rounds=0, n=0, verdict="no ratings", stable="")
        return nothing | dict(decision="not yet rated", reason="not yet in a closed round")
    latest = rated_rounds.iloc[-1]
    columns = ("round", "n", "median", "iqr", "share_high", "share_low", "verdict", "certainty")
    latest_values = {name: latest[name] for name in columns} | dict(rounds=len(rated_rounds))
    step = change[
        (change["statement"] == entry["statement"])
        & (change["version"] == entry["version"])
        & (change["after"] == latest["round"])
    ]
    stable = step["stable"].iloc[0] if len(step) else ""
    linkable = not (len(step) and step["limits"].iloc[0] == NOT_LINKABLE)
    stop = (latest["verdict"], stable, linkable, len(rated_rounds), last, weak, settings)
    decision, reason = _stop(entry, *stop)
    return latest_values | dict(stable=stable, decision=decision, reason=reason)


def _stop(entry, verdict, stable, linkable, rounds, last, weak, settings) -> tuple[str, str]:
    """The stopping rule: stable and (consensus or split), or a limit. Consensus alone stops nothing.

    Von der Gracht (2012, doi:10.1016/j.techfore.2012.04.013): stability has to be shown before
    consensus is measured.
    """
    words = CALLED[verdict]
    if stable == "yes" and verdict in ("in", "out", "split"):
        return "settled", f"stable {words}"
    ended = entry["last_round"]
    if pd.notna(ended) and ended <= last:
        return "withdrawn", f"withdrawn after round {int(ended)} with {words}"
    if rounds >= settings.max_rounds:
        return "stopped", f"limit of {settings.max_rounds} rounds reached with {words}"
    if weak:
        return "stopped", f"response below {100 * settings.min_response:.0f} % with {words}"
    stability_words = {"yes": "stable", "no": "not stable", "": "stability unknown after one round"}
    if stable == "" and not linkable:
        stability_words[""] = "stability unknown: the rounds cannot be linked"
    return "ask again", f"{words}, {stability_words[stable]}"
