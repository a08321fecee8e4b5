"""What the report says of the ranking-type, fuzzy and real-time Delphi, where they are used."""

from __future__ import annotations

import pandas as pd

from coproduction.core import markdown as md
from coproduction.delphi.settings import DelphiSettings
from coproduction.delphi.wording import figure, p_words


def methods(settings: DelphiSettings) -> str:
    """One paragraph per option in use."""
    parts = []
    if settings.ranking.use:
        given = {
            "ratings": "Ranks were taken from each panellist's ratings, ties shared",
            "ranks": "Panellists ranked the statements",
        }[settings.ranking.answers]
        parts.append(
            f"{given}; mean ranks, Kendall's W with correction for ties and the share of the "
            f"{settings.ranking.top} statements at the top that panellists have in common follow "
            "Schmidt [@schmidt1997]. Only panellists without gaps enter."
        )
    if settings.fuzzy.use:
        limits = settings.fuzzy
        parts.append(
            "In the fuzzy evaluation each rating is a triangular fuzzy number; consensus needs a "
            f"mean distance d of at most {limits.threshold:g} from the mean number "
            f"[@chenglin2002] and at least {100 * limits.agreement:g} % of the ratings within it "
            f"[@chuhwang2008], acceptance also a defuzzified score of at least {limits.score:g}."
        )
    if settings.real_time:
        parts.append(
            "Panellists could return and change their answers while a round was open; the last "
            "value of each counts [@gordonpease2006]."
        )
    return md.paragraphs(*parts) if parts else ""


def results(ranking, rounds, fuzzy, convergence, settings: DelphiSettings) -> str:
    """The sections of the options in use; empty where there are none."""
    parts = _ranking(ranking, rounds) + _fuzzy(fuzzy, settings) + _convergence(convergence)
    return md.paragraphs(*parts) if parts else ""


def _ranking(ranking: pd.DataFrame, rounds: pd.DataFrame) -> list[str]:
    if ranking.empty:
        return []
    texts = []
    for r in rounds.itertuples():
        p = r.p if pd.isna(r.p_permuted) else r.p_permuted
        text = (
            f"In round {r.round} Kendall's W of the order is {r.w:.2f} ({r.level} agreement; "
            f"chi-square {r.chi2:.1f}, {r.df} degrees of freedom, p {p_words(p)}; "
            f"{md.plural(r.panellists, 'panellist')}, {md.plural(r.statements, 'statement')}); two "
            f"panellists share {100 * r.overlap:.0f} % of their top {r.top}, by chance it would be "
            f"{100 * r.chance:.0f} %"
        )
        if not pd.isna(r.same_top):
            text += f"; {100 * r.same_top:.0f} % of the top is that of the round before"
        if not pd.isna(r.tau):
            text += f" (Kendall's tau of the mean ranks {r.tau:.2f})"
        texts.append(f"{text}.")
    last = ranking[ranking["round"] == ranking["round"].max()]
    top = int(rounds["top"].iloc[-1])
    names = ", ".join(md.escape(s) for s in last.sort_values("place")["statement"].head(top))
    texts.append(f"At the top stand {names} (@fig-delphi-ranking).")
    chart = figure(
        "ranking",
        "Mean ranks in the last closed round. Line: ± one standard deviation; hollow: the round "
        "before; dashed: end of the top; at the right: share of panellists who have it in their "
        "top.",
        f"Dot chart of {len(last)} statements by mean rank; first: {last['statement'].iloc[0]}.",
    )
    return [" ".join(texts), chart]


def _fuzzy(fuzzy: pd.DataFrame, settings: DelphiSettings) -> list[str]:
    if fuzzy.empty:
        return []
    last = fuzzy.sort_values("round").groupby("statement").tail(1)
    yes = last[last["accepted"] == "yes"].sort_values("score", ascending=False)
    text = (
        f"The fuzzy evaluation accepts {len(yes)} of {md.plural(len(last), 'statement')}"
        " (@fig-delphi-fuzzy)"
    )
    near = last[last["distance"] <= settings.fuzzy.threshold + 1e-9]
    text += (
        f"; the distance d is at most {settings.fuzzy.threshold:g} for {len(near)}. The highest "
        f"score has {md.escape(last.sort_values('score')['statement'].iloc[-1])}."
    )
    chart = figure(
        "fuzzy",
        "Fuzzy evaluation of each statement in its last closed round: defuzzified score, mean "
        "fuzzy number, distance d and share of the panel within the threshold. Dashed: smallest "
        "score that is accepted.",
        f"Dot chart of {len(last)} statements by fuzzy score; {len(yes)} are accepted.",
    )
    return [text, chart]


def _convergence(convergence: pd.DataFrame) -> list[str]:
    if convergence.empty:
        return []
    last = convergence[convergence["round"] == convergence["round"].max()]
    moments = sorted(last["moment"].unique())
    end = last[last["moment"] == moments[-1]]
    half = last[last["moment"] == moments[len(moments) // 2]].set_index("statement")
    moved = (end.set_index("statement")["median"] - half["median"]).abs()
    text = (
        f"Between {moments[0][:10]} and {moments[-1][:10]} {int(end['answers'].sum()):,} answers "
        f"came in, of which {int(end['revised'].sum()):,} changed an earlier one. In the second "
        f"half of the time the median of {int((moved > 0).sum())} of "
        f"{md.plural(len(end), 'statement')} still moved; the mean interquartile range went from "
        f"{half['iqr'].mean():.2f} to {end['iqr'].mean():.2f} (@fig-delphi-convergence)."
    )
    chart = figure(
        "convergence",
        "How answers converged: interquartile range of each statement (left), mean distance of the "
        "medians from where they ended and revisions (right).",
        "Lines over time: spread of the answers, distance of the medians from their last value, "
        "share of revisions.",
    )
    return [text, chart]
