"""What the report says of the Delphi, and what the study as a whole takes from it."""

from __future__ import annotations

import re

import pandas as pd

from coproduction import markdown as md
from coproduction import progress
from coproduction.delphi.consensus import CALLED, RULE_NAMES
from coproduction.delphi.drawing import closed_latest
from coproduction.delphi.settings import DelphiSettings
from coproduction.text import split_list

COUNTED = {
    "in": "reached consensus in",
    "out": "reached consensus out",
    "split": "remained split",
    "none": "reached no consensus",
    "refused": "could not be judged on this scale",
}
SAID = {
    "in": progress.SUPPORTED,
    "out": progress.REJECTED,
    "split": progress.UNDECIDED,
    "none": progress.UNDECIDED,
}
TYPES = {
    "linear": 7, "weibull": 6, "hazen": 5, "median_unbiased": 8, "averaged_inverted_cdf": 2,
}  # fmt: skip


def methods(settings: DelphiSettings) -> str:
    """The method note, from the settings."""
    scale, stop = settings.scale, settings.max_rounds
    return md.paragraphs(
        f"Panellists rated each statement from {scale.lowest} ({scale.lowest_label}) to "
        f"{scale.highest} ({scale.highest_label}); 'no opinion' was an answer of its own and is "
        "kept apart from empty cells and from statements that were not asked. Of several "
        f"submissions of one panellist the {settings.double_submissions} counts.",
        f"{_rule_words(settings)} A statement without consensus is called split when at least "
        f"{_pc(settings.consensus.split)} of the ratings lie at each end of the scale. The "
        "deciding rule, the stability criterion and the limits were fixed in the configuration "
        f"(digest `{settings.fixed_rules}`); the other rules, including the interpercentile range "
        "adjusted for symmetry of the RAND/UCLA method [@fitch2001], are reported beside it. "
        f"Quartiles are of type {TYPES[settings.consensus.quartiles]} and the 30th and 70th "
        f"percentile of type {TYPES[settings.consensus.percentiles]} of Hyndman and Fan. "
        f"{_scale_words(settings)}",
        f"{_stability_words(settings)} A statement is settled only when it is stable and has "
        "reached consensus or is split: consensus alone is no reason to stop "
        f"[@vondergracht2012]. No statement is asked in more than {stop} rounds, and a round with "
        f"a response below {_pc(settings.min_response)} ends the Delphi. How sure a verdict is was "
        f"judged by drawing panellists with replacement ({settings.bootstrap:,} draws, seed "
        f"{settings.seed}) and by leaving each panellist out. Tests of change are exact "
        "signed-rank tests, adjusted after Holm over the statements; concordance over all "
        "statements is Kendall's W with correction for ties.",
    )


def _pc(share: float) -> str:
    return f"{100 * share:g} %"


def _rule_words(settings: DelphiSettings) -> str:
    chosen, scale = settings.consensus, settings.scale
    ends = (
        f"{scale.favourable_from}–{scale.highest} (in) or "
        f"{scale.lowest}–{scale.unfavourable_to} (out)"
    )
    base = {"rated": "those who rated the statement", "responded": "those who were asked"}
    return {
        "agreement": f"Consensus is reached when at least {_pc(chosen.agreement)} of "
        f"{base[chosen.denominator]} rate it {ends} [@diamond2014].",
        "iqr": f"Consensus is reached when the interquartile range is at most "
        f"{md.number(settings.iqr_limit)} and the median lies at {ends}.",
        "classic": "Consensus is reached when the median lies in the upper (in) or lower (out) "
        "third of the scale and there is no disagreement by the RAND/UCLA table of panel sizes "
        "[@fitch2001].",
        "rand": "Consensus is reached when the median lies in the upper (in) or lower (out) third "
        "of the scale and the interpercentile range does not exceed the one adjusted for symmetry "
        "[@fitch2001].",
        "comet": "Consensus is reached when at least 70 % rate it at one end of the scale and less "
        "than 15 % at the other.",
    }[chosen.rule]


def _scale_words(settings: DelphiSettings) -> str:
    if (settings.scale.lowest, settings.scale.highest) == (1, 9):
        return ""
    if settings.consensus.rescale:
        return "RAND/UCLA and COMET were computed on ratings moved linearly to the scale 1 to 9."
    return "RAND/UCLA and COMET are made for the scale 1 to 9 and were not applied."


def _stability_words(settings: DelphiSettings) -> str:
    chosen = settings.stability
    point = "point" if chosen.within == 1 else "points"
    return (
        "Stability between two rounds is judged on panellists who rated the same wording in "
        + {
            "individual": f"both: at least {_pc(chosen.individual)} of them moved by at most "
            f"{chosen.within} {point}.",
            "net_change": f"both: the net change of the distribution is at most "
            f"{_pc(chosen.net_change)}.",
            "variation": f"both: the coefficient of variation changes by at most {chosen.variation:g}.",
            "kappa": f"both: linearly weighted kappa is at least {chosen.kappa:g}.",
        }[chosen.rule]
    )


def results(
    summary: pd.DataFrame,
    change: pd.DataFrame,
    decisions: pd.DataFrame,
    flow: pd.DataFrame,
    concordance: pd.DataFrame,
    leavers: pd.DataFrame,
    settings: DelphiSettings,
) -> str:
    """The results: panel, verdicts, change, what is open; or what is awaited."""
    latest = closed_latest(summary, decisions)
    if latest.empty:
        return md.paragraphs(
            "No round of the Delphi is closed yet. The results follow when the statements, the "
            "panel and the export of a closed round are in `delphi/`.",
        )
    return md.paragraphs(
        _panel_words(flow, leavers),
        _figure("flow", "The panel from round to round.", _flow_alt(flow)),
        _verdict_words(decisions),
        _figure(
            "distribution",
            "Ratings of each statement in its last two closed rounds (small numbers: round), "
            "centred on the middle of the scale, with the verdict after the last one.",
            f"Diverging bars of {len(latest)} statements: {_verdict_counts(decisions)}.",
        ),
        _decision_table(decisions),
        _factor_words(decisions),
        _figure(
            "map",
            "Median and interquartile range of each statement in its last closed round."
            + _dashed(settings),
            f"Scatter of {len(latest)} statements by median and interquartile range.",
        ),
        _rules_words(latest),
        _change_words(change, summary, settings),
        _groups_words(latest),
        _concordance_words(concordance),
        _open_words(decisions, flow),
    )


def _dashed(settings: DelphiSettings) -> str:
    limit = settings.iqr_limit
    return "" if limit is None else f" Dashed: an interquartile range of {limit:g}."


def _figure(name: str, caption: str, alt: str) -> str:
    return md.figure(f"figures/delphi/{name}", caption, f"delphi-{name}", alt)


def _all(flow: pd.DataFrame) -> pd.DataFrame:
    return flow[flow["group"] == "all"].sort_values("round")


def _flow_alt(flow: pd.DataFrame) -> str:
    return "; ".join(
        f"round {r}: {n} of {i} responded"
        for r, n, i in _all(flow)[["round", "responded", "invited"]].itertuples(index=False)
    )


def _panel_words(flow: pd.DataFrame, leavers: pd.DataFrame) -> str:
    closed = _all(flow)[lambda d: d["state"] == "closed"]
    pieces = [
        f"{r.responded} of {r.invited} panellists responded in round {r.round} "
        f"({_pc(round(float(r.response), 2))})"
        for r in closed.itertuples()
    ]
    text = f"{'; '.join(pieces)} (@fig-delphi-flow)."
    for row in leavers.itertuples():
        text += (
            f" The {md.plural(row.leavers, 'panellist')} who did not return after round "
            f"{row.round} had rated {row.distance_leavers:.2f} points from the medians on average, "
            f"those who stayed {row.distance_stayers:.2f} (permutation p = {row.p:.2f})."
        )
    return text


def _verdict_words(decisions: pd.DataFrame) -> str:
    rated = decisions[decisions["verdict"] != "no ratings"]
    settled = int((rated["decision"] == "settled").sum())
    return (
        f"Of {md.plural(len(rated), 'statement')} rated in a closed round, "
        f"{_verdict_counts(decisions)} (@fig-delphi-distribution, @tbl-delphi-decisions); "
        f"{settled} {'is' if settled == 1 else 'are'} settled, that is stable with consensus or "
        "split."
    )


def _verdict_counts(decisions: pd.DataFrame) -> str:
    n = decisions.loc[decisions["verdict"] != "no ratings", "verdict"].value_counts()
    return ", ".join(
        f"{n[verdict]} {words}" for verdict, words in COUNTED.items() if n.get(verdict)
    )


def _factor_words(decisions: pd.DataFrame) -> str:
    without = sorted(decisions.loc[decisions["factor"].map(split_list).str.len() == 0, "statement"])
    if not without:
        return ""
    names = "names" if len(without) == 1 else "name"
    named = f" ({', '.join(map(md.escape, without))})" if len(without) <= 12 else ""
    return (
        f"{md.plural(len(without), 'statement')} {names} no condition of the codebook{named}; what "
        "the panel says of them stands here and does not enter the ecosystem of conditions."
    )


def _decision_table(decisions: pd.DataFrame) -> str:
    shown = decisions.assign(
        statement=decisions["statement"]
        + decisions["version"].map(lambda v: f" (wording {v})" if v > 1 else ""),
        share=(100 * decisions["share_high"]).round(),
        certainty=(100 * decisions["certainty"]).round(),
        verdict=decisions["verdict"].map(CALLED),
        stable=decisions["stable"].replace("", "not known"),
    )
    names = {
        "statement": "Statement",
        "text": "Wording",
        "n": "n",
        "median": "Median",
        "iqr": "IQR",
        "share": "At favourable end, %",
        "verdict": "Verdict",
        "certainty": "Certainty, %",
        "stable": "Stable",
        "decision": "Decision",
    }
    made = md.table(
        shown[list(names)],
        "Statements after their last closed round. Certainty: share of bootstrap draws with the "
        "same verdict.",
        "delphi-decisions",
        names,
        widths=[5, 16, 2, 4, 3, 5, 6, 5, 4, 5],
        digits=2,
    )
    return re.sub(r"(\.\d*?)0+ \|", lambda m: f"{m.group(1).rstrip('.')} |", made)


def _rules_words(latest: pd.DataFrame) -> str:
    names = {f"by_{rule}": name for rule, name in RULE_NAMES.items()}
    found = []
    for column, name in names.items():
        n = latest[column].value_counts()
        if n.get("refused") == len(latest):
            found.append(f"{name} not applicable")
        else:
            found.append(f"{name} {n.get('in', 0)} in and {n.get('out', 0)} out")
    same = sum(len(set(row) - {"refused"}) == 1 for row in latest[list(names)].to_numpy().tolist())
    unsure = latest[(latest["certainty"] < 0.75) | (latest["hinges_on"] > 0)]
    text = (
        f"The rules side by side give: {'; '.join(found)}. They agree on {same} of {len(latest)} "
        "statements (@fig-delphi-map shows median and spread)."
    )
    if len(unsure):
        ids = ", ".join(sorted(unsure["statement"]))
        text += (
            f" The verdict is fragile (bootstrap below 75 %, or one panellist decides) for {ids}."
        )
    return text


def _change_words(change: pd.DataFrame, summary: pd.DataFrame, settings) -> str:
    closed = set(summary.loc[summary["state"] == "closed", "round"])
    shown = change[change["after"].isin(closed) & (change["pairs"] > 0)]
    if shown.empty:
        return ""
    unstable = sorted(shown.loc[shown["stable"] == "no", "statement"].unique())
    moved = shown[shown["wilcoxon_p_holm"] < 0.05]
    text = (
        f"Between the rounds {md.percent(shown['unchanged'].mul(shown['pairs']).sum(), shown['pairs'].sum())} "
        "of the paired ratings stayed exactly the same (@fig-delphi-change). "
    )
    text += f"Not stable: {', '.join(unstable)}. " if unstable else "All statements were stable. "
    for row in moved.itertuples():
        text += (
            f"{row.statement} moved by {row.median_change:+g} points in the median from round "
            f"{row.before} to {row.after} (Holm-adjusted p {_p(row.wilcoxon_p_holm)}). "
        )
    figure = _figure(
        "change",
        "Median before and after (left) and the measure of stability (right) of each statement "
        "between its last two closed rounds.",
        f"Dumbbells and dots of {shown['statement'].nunique()} statements; not stable: "
        f"{', '.join(unstable) or 'none'}.",
    )
    return f"{text.strip()}\n\n{figure}"


def _p(value: float) -> str:
    return "< 0.001" if value < 0.001 else f"= {value:.3f}"


def _groups_words(latest: pd.DataFrame) -> str:
    tested = latest[latest["groups_p"].notna()]
    if tested.empty:
        return ""
    apart = tested[tested["groups_p_holm"] < 0.05]
    raw = tested[tested["groups_p"] < 0.05].sort_values("groups_p")
    text = (
        f"The groups of the panel differ on {len(apart)} of {len(tested)} statements after Holm's "
        "adjustment"
    )
    if len(raw) > len(apart):
        ids = ", ".join(
            f"{s} (p {_p(p)})" for s, p in zip(raw["statement"], raw["groups_p"], strict=False)
        )
        text += f"; before adjustment on {ids}"
    return text + ". Groups of this size show large differences only."


def _concordance_words(concordance: pd.DataFrame) -> str:
    own = concordance[
        (concordance["set"] == "rated in all closed rounds") & concordance["w"].notna()
    ]
    parts = [
        f"{r.w:.2f} in round {r.round} ({md.plural(r.panellists, 'panellist')} without gaps)"
        for r in own.itertuples()
    ]
    if not parts:
        return ""
    n = int(own["statements"].iloc[0])
    return f"Kendall's W over the {n} statements of all closed rounds is {' and '.join(parts)}."


def _open_words(decisions: pd.DataFrame, flow: pd.DataFrame) -> str:
    open_rounds = _all(flow)[lambda d: d["state"] == "open"]
    again = int(decisions["decision"].isin(["ask again", "not rated yet"]).sum())
    if not again and open_rounds.empty:
        return ""
    text = f"{md.plural(again, 'statement')} {'is' if again == 1 else 'are'} still open."
    for r in open_rounds.itertuples():
        text += (
            f" Round {r.round} has begun: {r.responded} of {r.invited} panellists have responded. "
            "Its ratings are imported but enter no result before it is closed."
        )
    return md.callout("note", "Still open", text)


def evidence(decisions: pd.DataFrame) -> pd.DataFrame:
    """EVIDENCE of kind rating: one row per statement and factor."""
    rated = decisions[decisions["verdict"] != "no ratings"]
    rows = [
        dict(
            factor=factor, technique="delphi", kind="rating", source=row.statement,
            locator=f"round {row.round}", excerpt=row.text, value=row.median,
            verdict=SAID.get(row.verdict, ""),
            note=f"{CALLED[row.verdict]}; {row.decision} ({row.reason}); median {row.median:g}, "
            f"IQR {row.iqr:g}, n = {row.n}",
        )
        for row in rated.itertuples()
        for factor in split_list(row.factor)
    ]  # fmt: skip
    rows.sort(key=lambda r: (r["factor"], r["source"]))
    return progress.table(rows, progress.EVIDENCE)


def status(
    statements: pd.DataFrame, flow: pd.DataFrame, rounds: pd.DataFrame, decisions: pd.DataFrame
) -> pd.DataFrame:
    """STATUS: statements, each round, and what the stop rule leaves open."""
    n = int(statements["statement"].nunique())
    wanted = "" if n else "the statements, from the researchers"
    row = progress.status_row
    rows = [
        row("delphi", "Statements", n, n, "statement", wanted, "delphi/statements.csv" * (not n))
    ]
    files = dict(zip(rounds["round"], rounds["file"], strict=True))
    for r in _all(flow).itertuples():
        rows.append(_round_status(r, f"delphi/{files[r.round]}"))
    if not len(rounds):
        awaited = "the first round, from the panel"
        rows.append(row("delphi", "Rounds", 0, None, "response", awaited, "delphi/rounds.csv"))
    done = int(decisions["decision"].isin(["settled", "stopped", "withdrawn"]).sum())
    again = len(decisions) - done
    awaited = f"a verdict on {md.plural(again, 'statement')}, from the panel" if again else ""
    rows.append(
        row("delphi", "Decisions", done, len(decisions), "statement", awaited,
            "delphi/rounds.csv" if again else "")
    )  # fmt: skip
    return progress.table(rows, progress.STATUS)


def _round_status(r, file: str) -> dict:
    name, n, total = f"Round {r.round}", int(r.responded), int(r.invited)
    if r.state == "closed" and n:
        return progress.status_row("delphi", name, n, n, "response")
    if r.state == "closed":
        awaited = "the export of this closed round, from the researchers"
    else:
        awaited = f"{md.plural(total - n, 'response')}, from the panel (round open)"
    return progress.status_row("delphi", name, n, total, "response", awaited, file)


def account(cells: pd.DataFrame, decisions: pd.DataFrame) -> pd.DataFrame:
    """ACCOUNT: where every rating cell of every round file and every statement went."""
    rows = []
    for file, part in cells.groupby("file", sort=True):
        outcomes = dict(zip(part["outcome"], part["n"].astype(int), strict=True))
        rows += progress.account_rows("delphi", "rating", f"delphi/{file}", outcomes)
    named = decisions["factor"].map(split_list).str.len() > 0
    rated = decisions["verdict"] != "no ratings"
    outcomes = {
        "evidence for a factor": int((named & rated).sum()),
        "names no factor": int((~named & rated).sum()),
        "not rated yet": int((~rated).sum()),
    }
    outcomes = {outcome: n for outcome, n in outcomes.items() if n}
    rows += progress.account_rows("delphi", "statement", "delphi/statements.csv", outcomes)
    return progress.table(rows, progress.ACCOUNT)
