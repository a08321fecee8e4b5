"""Figures of the ranking-type, fuzzy and real-time Delphi."""

from typing import Any

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib import dates

from coproduction.core import figures
from coproduction.delphi.settings import DelphiSettings

PALETTE = figures.PALETTE
TALL = 8.6  # inches: what a printed page holds beside a caption
Columns = list[tuple[float, str, list[str]]]  # place, heading and words of each row
UNUSED = "This part of the Delphi is not used in this study."


def draw_ranking(ranking: pd.DataFrame, rounds: pd.DataFrame) -> tuple[plt.Figure, pd.DataFrame]:
    """Mean rank and its spread in the last round, with the place in the round before."""
    if ranking.empty:
        return figures.awaited(UNUSED), ranking
    last = ranking["round"].max()
    now = ranking[ranking["round"] == last].sort_values(["place", "statement"], ignore_index=True)
    earlier = ranking[ranking["round"] == ranking.loc[ranking["round"] < last, "round"].max()]
    past = now["statement"].map(earlier.set_index("statement")["mean_rank"])
    figure, axes, y = _rows(now["statement"])
    axes.hlines(
        y, now["mean_rank"] - now["sd_rank"], now["mean_rank"] + now["sd_rank"], color=PALETTE["sky"], linewidth=1.6
    )
    axes.plot(past, y, "o", mfc="white", mec="#555555", ms=4, label="mean rank, previous round")
    axes.plot(now["mean_rank"], y, "o", color=PALETTE["blue"], ms=5, label=f"mean rank, round {last}")
    top = int(rounds.loc[rounds["round"] == last, "top"].iloc[0])
    axes.axhline(top - 0.5, color=PALETTE["black"], linewidth=0.7, linestyle=(0, (4, 3)))
    axes.set_xlabel("mean rank ± standard deviation (1 = first)")
    axes.set_xlim(min(0.5, (now["mean_rank"] - now["sd_rank"]).min() - 0.3), None)
    for at, row in zip(y, now.itertuples(), strict=True):
        _beside(axes, 1.02, at, f"{100 * row.top:.0f} %")
    _beside(axes, 1.02, -1, f"in top {top}", fontweight="bold")
    handles, labels = axes.get_legend_handles_labels()
    if past.isna().all():
        handles, labels = handles[1:], labels[1:]
    axes.legend(handles, labels, loc="lower center", bbox_to_anchor=(0.45, 1.0), ncols=2)
    return figure, now.assign(mean_rank_before=past)


def _rows(names: pd.Series) -> tuple[plt.Figure, plt.Axes, np.ndarray]:
    """Axes with one row per statement, the first at the top."""
    step = min(0.24, TALL / len(names))
    figure, axes = plt.subplots(figsize=(figures.DOUBLE * 0.8, step * len(names) + 1.1))
    y = np.arange(len(names))
    axes.set_yticks(y, names)
    axes.set_ylim(len(names) - 0.4, -1.4)
    axes.grid(axis="x")
    axes.tick_params(axis="y", length=0)
    return figure, axes, y


def draw_fuzzy(fuzzy: pd.DataFrame, settings: DelphiSettings) -> tuple[plt.Figure, pd.DataFrame]:
    """Fuzzy numbers and score of each statement in its last round, accepted ones filled."""
    if fuzzy.empty:
        return figures.awaited(UNUSED), fuzzy
    by = settings.fuzzy.score_column
    now = fuzzy.sort_values("round").groupby("statement").tail(1)
    now = now.sort_values([by, "statement"], ascending=[False, True], ignore_index=True)
    figure, axes, y = _rows(now["statement"])
    columns = _draw_crossing(axes, now, y) if settings.fuzzy.method == "max-min" else _draw_mean(axes, now, y)
    for answer, fill, words in (("yes", PALETTE["blue"], "accepted"), ("no", "white", "not accepted")):
        has_answer = now["accepted"] == answer
        axes.plot(now.loc[has_answer, by], y[has_answer], "o", mfc=fill, mec=PALETTE["blue"], ms=5, label=words)
    axes.axvline(settings.fuzzy.score, color=PALETTE["black"], linewidth=0.7, linestyle=(0, (4, 3)))
    axes.set_xlim(0, 1.01)
    for x, words, values in columns:
        _beside(axes, x, -1, words, fontweight="bold")
        for at, value in zip(y, values, strict=True):
            _beside(axes, x, at, value)
    axes.legend(loc="lower center", bbox_to_anchor=(0.45, 1.0), ncols=4, columnspacing=1.2)
    return figure, now


def _draw_mean(axes: plt.Axes, now: pd.DataFrame, y: np.ndarray) -> Columns:
    """The mean fuzzy number of each statement as a line; its distance and share go beside."""
    axes.hlines(y, now["m1"], now["m3"], color=PALETTE["sky"], linewidth=1.6)
    axes.set_xlabel("score (dot) and mean fuzzy number from low to high corner (line)")
    return [
        (1.03, "d", now["distance"].map(_two_digits).tolist()),
        (1.13, "within", (100 * now["within"]).map(_percent).tolist()),
    ]


def _draw_crossing(axes: plt.Axes, now: pd.DataFrame, y: np.ndarray) -> Columns:
    """Both numbers of max-min as lines between their quartiles, with their medians."""
    for end, color, shift in (("low", "sky", -0.16), ("high", "orange", 0.16)):
        axes.hlines(
            y + shift, now[f"{end}_q1"], now[f"{end}_q3"], color=PALETTE[color], linewidth=1.6, label=f"{end} values"
        )
        axes.plot(now[f"{end}_median"], y + shift, "|", color=PALETTE[color], ms=5)
    axes.set_xlabel("value at the crossing (dot), quartiles and medians of low and high values")
    return [
        (1.03, "member", now["membership"].map(_two_digits).tolist()),
        (1.16, "grey", now["grey"].map(_two_digits).tolist()),
    ]


def _two_digits(value: float) -> str:
    return "–" if np.isnan(value) else f"{value:.2f}"


def _percent(value: float) -> str:
    return "–" if np.isnan(value) else f"{value:.0f} %"


def _beside(axes: plt.Axes, x: float, y: float, words: str, **more: Any) -> None:
    """Words at the right of the axes, in the row y."""
    at = ("axes fraction", "data")
    axes.annotate(words, (x, y), xycoords=at, va="center", fontsize=figures.LETTERS, annotation_clip=False, **more)


def draw_convergence(convergence: pd.DataFrame) -> tuple[plt.Figure, pd.DataFrame]:
    """Spread of the answers and their distance from where they ended, over time."""
    if convergence.empty:
        return figures.awaited(UNUSED), convergence
    last = convergence[convergence["round"] == convergence["round"].max()]
    when = pd.to_datetime(last["moment"])
    wide = last.assign(when=when).pivot(index="when", columns="statement")
    figure, (left, right) = plt.subplots(1, 2, figsize=(figures.DOUBLE, 2.7), layout="constrained")
    spread = wide["iqr"]
    left.plot(spread.index, spread, color=PALETTE["grey"], linewidth=0.6, alpha=0.55)
    left.plot([], [], color=PALETTE["grey"], linewidth=0.8, label="each statement")
    left.plot(spread.index, spread.mean(axis=1), color=PALETTE["blue"], linewidth=2, label="mean")
    left.set_ylabel("interquartile range")
    left.set_ylim(0, None)
    left.legend(loc="best")
    away = (wide["median"] - wide["median"].iloc[-1]).abs().mean(axis=1)
    right.plot(
        away.index,
        away,
        color=PALETTE["vermilion"],
        linewidth=2,
        label="mean distance of medians from their last value",
    )
    right.set_ylabel("points of the scale")
    right.set_ylim(0, max(1.0, away.max() * 1.05))
    share = wide["revised"].sum(axis=1) / max(wide["answers"].sum(axis=1).iloc[-1], 1)
    other = right.twinx()
    other.spines["right"].set_visible(True)
    other.plot(
        share.index,
        100 * share,
        color=PALETTE["black"],
        linewidth=1.2,
        linestyle=(0, (4, 2)),
        label="revisions, % of all answers",
    )
    other.set_ylabel("%")
    other.set_ylim(0, None)
    lines = [*right.get_lines(), *other.get_lines()]
    figure.legend(lines, [line.get_label() for line in lines], loc="outside lower right", ncols=2)
    for axes in (left, right):
        axes.xaxis.set_major_locator(dates.AutoDateLocator(maxticks=5))
        axes.xaxis.set_major_formatter(dates.ConciseDateFormatter(axes.xaxis.get_major_locator()))
        axes.grid(axis="y")
    return figure, last
