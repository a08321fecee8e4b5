"""Figures of the ranking-type, fuzzy and real-time Delphi."""

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

from coproduction.core import figures
from coproduction.delphi.settings import DelphiSettings

PALETTE = figures.PALETTE
TALL = 8.6  # inches: what a printed page holds beside a caption
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
        y,
        now["mean_rank"] - now["sd_rank"],
        now["mean_rank"] + now["sd_rank"],
        color=PALETTE["sky"],
        linewidth=1.6,
    )
    axes.plot(past, y, "o", mfc="white", mec="#555555", ms=4, label="mean rank, round before")
    axes.plot(
        now["mean_rank"], y, "o", color=PALETTE["blue"], ms=5, label=f"mean rank, round {last}"
    )
    top = int(rounds.loc[rounds["round"] == last, "top"].iloc[0])
    axes.axhline(top - 0.5, color=PALETTE["black"], linewidth=0.7, linestyle=(0, (4, 3)))
    axes.set_xlabel("mean rank ± standard deviation (1 = first)")
    axes.set_xlim(min(0.5, (now["mean_rank"] - now["sd_rank"]).min() - 0.3), None)
    for at, row in zip(y, now.itertuples(), strict=True):
        axes.annotate(
            f"{100 * row.top:.0f} %",
            (1.02, at),
            xycoords=("axes fraction", "data"),
            va="center",
            fontsize=7,
            annotation_clip=False,
        )
    axes.annotate(
        f"in top {top}",
        (1.02, -1),
        xycoords=("axes fraction", "data"),
        va="center",
        fontsize=7,
        fontweight="bold",
        annotation_clip=False,
    )
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
    axes.set_yticks(y, names, fontsize=max(4.5, min(7.5, step * 40)))
    axes.set_ylim(len(names) - 0.4, -1.4)
    axes.grid(axis="x")
    axes.tick_params(axis="y", length=0)
    return figure, axes, y


def draw_fuzzy(fuzzy: pd.DataFrame, settings: DelphiSettings) -> tuple[plt.Figure, pd.DataFrame]:
    """Mean fuzzy number and score of each statement in its last round, accepted ones filled."""
    if fuzzy.empty:
        return figures.awaited(UNUSED), fuzzy
    now = fuzzy.sort_values("round").groupby("statement").tail(1)
    now = now.sort_values(["score", "statement"], ascending=[False, True], ignore_index=True)
    figure, axes, y = _rows(now["statement"])
    axes.hlines(y, now["m1"], now["m3"], color=PALETTE["sky"], linewidth=1.6)
    for answer, fill, words in (
        ("yes", PALETTE["blue"], "accepted"),
        ("no", "white", "not accepted"),
    ):
        own = now["accepted"] == answer
        axes.plot(
            now.loc[own, "score"], y[own], "o", mfc=fill, mec=PALETTE["blue"], ms=5, label=words
        )
    axes.axvline(settings.fuzzy.score, color=PALETTE["black"], linewidth=0.7, linestyle=(0, (4, 3)))
    axes.set_xlim(0, 1.01)
    axes.set_xlabel("score (dot) and mean fuzzy number from low to high corner (line)")
    for x, words, values in (
        (1.03, "d", [f"{v:.2f}" for v in now["distance"]]),
        (1.13, "within", [f"{100 * v:.0f} %" for v in now["within"]]),
    ):
        axes.annotate(
            words,
            (x, -1),
            xycoords=("axes fraction", "data"),
            va="center",
            fontsize=7,
            fontweight="bold",
            annotation_clip=False,
        )
        for at, value in zip(y, values, strict=True):
            axes.annotate(
                value,
                (x, at),
                xycoords=("axes fraction", "data"),
                va="center",
                fontsize=7,
                annotation_clip=False,
            )
    axes.legend(loc="lower center", bbox_to_anchor=(0.45, 1.0), ncols=2)
    return figure, now


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
        axes.xaxis.set_major_locator(plt.matplotlib.dates.AutoDateLocator(maxticks=5))
        axes.xaxis.set_major_formatter(
            plt.matplotlib.dates.ConciseDateFormatter(axes.xaxis.get_major_locator())
        )
        axes.grid(axis="y")
    return figure, last
