"""What the report says of the results of the Delphi."""

from __future__ import annotations

import pandas as pd

from coproduction.core import markdown as md
from coproduction.core.text import split_list
from coproduction.delphi import report_tables
from coproduction.delphi.consensus import RULE_NAMES
from coproduction.delphi.figure_pages import (
    change_pages,
    changed,
    closed_latest,
    distribution_pages,
    flow_pages,
)
from coproduction.delphi.settings import DelphiSettings
from coproduction.delphi.wording import figure, p_words, whole_panel

COUNTED = {
    "in": "reached consensus in",
    "out": "reached consensus out",
    "split": "remained split",
    "none": "reached no consensus",
    "refused": "could not be judged on this scale",
}


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
        figure(
            "flow",
            "The panel from round to round and, where responses have a date, when they came in (right).",
            _flow_alt(flow),
        ),
        _verdict_words(decisions),
        _distributions(summary, latest, decisions),
        report_tables.decisions_table(decisions),
        _factor_words(decisions),
        figure(
            "map",
            "Median and interquartile range of each statement in its last closed round; numbers in "
            f"a mark count the statements there.{_dashed(settings)}",
            f"Scatter of {len(latest)} statements by median and interquartile range.",
        ),
        _rules_words(latest),
        report_tables.rules_table(latest, settings),
        _change_words(change, summary, latest),
        _groups_words(latest),
        _concordance_words(concordance),
        _open_words(decisions, flow),
    )


def _dashed(settings: DelphiSettings) -> str:
    limit = settings.iqr_limit
    return "" if limit is None else f" Dashed: an interquartile range of {limit:g}."


def _paged(name: str, pages: list, caption: str, alt: str) -> str:
    """A figure on one or more pages; the first carries the caption, later ones refer to it."""
    drawn = []
    for number in range(1, len(pages) + 1):
        label = f"delphi-{name}" if number == 1 else f"delphi-{name}-{number}"
        words = (
            caption
            if number == 1
            else f"{caption.split(',', maxsplit=1)[0].rstrip('.')}, continued."
        )
        page = f" Page {number} of {len(pages)}." if len(pages) > 1 else ""
        path = f"figures/delphi/pages/{name}-{number}"
        drawn.append(md.figure(path, words + page, label, alt + page))
    return "\n\n".join(drawn)


def _distributions(summary, latest, decisions) -> str:
    return _paged(
        "distribution",
        distribution_pages(summary, latest),
        "Ratings of each statement in its last closed rounds, centred on the middle of the scale, "
        "with number of ratings and verdict of each round.",
        f"Diverging bars of {len(latest)} statements: {_verdict_counts(decisions)}.",
    )


def _flow_alt(flow: pd.DataFrame) -> str:
    return "; ".join(
        f"round {r}: {n} of {i} responded"
        for r, n, i in whole_panel(flow)[["round", "responded", "invited"]].itertuples(index=False)
    )


def _panel_words(flow: pd.DataFrame, leavers: pd.DataFrame) -> str:
    closed = whole_panel(flow)[lambda d: d["state"] == "closed"]
    pieces = [
        f"{r.responded} of {r.invited} panellists responded in round {r.round} "
        f"({100 * float(r.response):.0f} %)"
        for r in closed.itertuples()
    ]
    text = f"{'; '.join(pieces)} (@fig-delphi-flow)."
    last = closed.iloc[-1] if len(closed) > 1 else None
    if last is not None and pd.notna(last["retention"]):
        text += (
            f" {100 * last['retention']:.0f} % of those of the first round responded in the last."
        )
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
        f"{settled or 'none'} {'are' if settled > 1 else 'is'} settled, that is stable with consensus or "
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
        "statements (@tbl-delphi-rules; @fig-delphi-map shows median and spread)."
    )
    if len(unsure):
        ids = ", ".join(sorted(unsure["statement"]))
        text += (
            f" The verdict is fragile (bootstrap below 75 %, or one panellist decides) for {ids}."
        )
    return text


def _change_words(change: pd.DataFrame, summary: pd.DataFrame, latest: pd.DataFrame) -> str:
    shown = changed(change, summary)
    if shown.empty:
        return ""
    n = md.percent(shown["unchanged"].mul(shown["pairs"]).sum(), shown["pairs"].sum())
    unstable = sorted(shown.loc[shown["stable"] == "no", "statement"].unique())
    text = (
        f"Between their last two closed rounds {n} of the paired ratings stayed exactly the same "
        "(@fig-delphi-alluvial, @fig-delphi-statements, @tbl-delphi-change). "
    )
    text += f"Not stable: {', '.join(unstable)}. " if unstable else "All statements were stable. "
    for row in shown[shown["wilcoxon_p_holm"] < 0.05].sort_values("statement").itertuples():
        text += (
            f"{row.statement} moved by {row.median_change:+g} points in the median from round "
            f"{row.before} to {row.after} (Holm-adjusted p {p_words(row.wilcoxon_p_holm)}). "
        )
    return md.paragraphs(
        text.strip(), *_change_figures(change, summary, latest, shown, unstable),
        report_tables.change_table(change, summary),
    )  # fmt: skip


def _change_figures(change, summary, latest, shown, unstable: list[str]) -> list[str]:
    about = (
        f"{shown['statement'].nunique()} statements; not stable: {', '.join(unstable) or 'none'}."
    )
    return [
        figure(
            "alluvial",
            "Where ratings went between closed rounds, over all statements rated in both. Strong "
            "bands changed, pale ones stayed; none: no rating.",
            f"Bands between the points of the scale in each two rounds, over {about}",
        ),
        _paged(
            "statements",
            flow_pages(latest, change, summary),
            "How panellists moved on each statement, by third of the scale and round, and its verdict "
            "(none: no consensus). Strong bands changed, pale ones stayed.",
            f"Small alluvial figures of {about}",
        ),
        _paged(
            "change",
            change_pages(shown),
            "Median before and after (left) and the measure of stability (right) of each statement "
            "between its last two closed rounds, least stable first.",
            f"Dumbbells and dots of {about}",
        ),
    ]


def _groups_words(latest: pd.DataFrame) -> str:
    tested = latest[latest["groups_p"].notna()]
    if tested.empty:
        return ""
    apart = tested[tested["groups_p_holm"] < 0.05]
    raw = tested[tested["groups_p"] < 0.05].sort_values("groups_p")
    text = (
        f"The groups of the panel differ on {len(apart) or 'none'} of {len(tested)} statements "
        "after Holm's adjustment"
    )
    if len(raw) > len(apart):
        ids = ", ".join(
            f"{s} (p {p_words(p)})" for s, p in zip(raw["statement"], raw["groups_p"], strict=False)
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
    listed = " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)
    return f"Kendall's W over the {n} statements of all closed rounds is {listed}."


def _open_words(decisions: pd.DataFrame, flow: pd.DataFrame) -> str:
    open_rounds = whole_panel(flow)[lambda d: d["state"] == "open"]
    again = int(decisions["decision"].isin(["ask again", "not rated yet"]).sum())
    if not again and open_rounds.empty:
        return ""
    text = f"{md.plural(again, 'statement')} {'is' if again == 1 else 'are'} still open."
    for r in open_rounds.itertuples():
        if not r.responded:
            text += (
                f" Round {r.round} is open: {r.invited} panellists are asked, none has responded."
            )
            continue
        text += (
            f" Round {r.round} has begun: {r.responded} of {r.invited} panellists have responded. "
            "Its ratings are imported but enter no result before it is closed."
        )
    return md.callout("note", "Still open", text)
