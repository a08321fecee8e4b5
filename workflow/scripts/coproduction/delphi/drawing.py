"""The figures of the Delphi."""

from __future__ import annotations

import itertools
import textwrap

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.patches import Patch, PathPatch
from matplotlib.path import Path as Outline

from coproduction import figures
from coproduction.delphi.consensus import CALLED
from coproduction.delphi.settings import DelphiSettings

NOTHING = "No round of the Delphi is closed yet."
PALETTE = figures.PALETTE
COLOURS = {
    "in": PALETTE["blue"],
    "out": PALETTE["vermilion"],
    "split": PALETTE["purple"],
    "none": "#666666",
    "refused": PALETTE["grey"],
    "no ratings": PALETTE["light"],
}
MARKS = {"in": "o", "out": "s", "split": "D", "none": "^", "refused": "x", "no ratings": "x"}
ORDER = ["in", "none", "split", "out", "refused", "no ratings"]
TALL = 9.2  # inches: what a printed page holds beside a caption

LABEL_WIDTH = 58  # characters: most statements take two lines beside their two bars


def closed_latest(summary: pd.DataFrame, decisions: pd.DataFrame) -> pd.DataFrame:
    """The rows of SUMMARY that stand in DECISION, most favourable first."""
    kept = decisions[decisions["verdict"] != "no ratings"]
    found = kept[["statement", "round", "version", "text", "decision", "stable"]].merge(
        summary, on=["statement", "round", "version"]
    )
    rank = found["verdict"].map(ORDER.index)
    return found.assign(rank=rank).sort_values(
        ["rank", "median", "share_high", "statement"], ascending=[True, False, False, True]
    )


def draw_distribution(
    summary: pd.DataFrame, decisions: pd.DataFrame, settings: DelphiSettings
) -> tuple[plt.Figure, pd.DataFrame]:
    """Ratings of each statement and closed round, centred on the middle of the scale."""
    latest = closed_latest(summary, decisions)
    if latest.empty:
        return figures.awaited(NOTHING), summary
    shown = _bars(summary, latest)
    step = min(0.36, TALL / len(latest))
    figure, axes = plt.subplots(figsize=(figures.DOUBLE, step * len(latest) + 1.0))
    colours = plt.get_cmap(figures.DIVERGING)(np.linspace(0.08, 0.92, _k(settings)))
    thick = 0.82 / shown["slots"].max()
    for _, row in shown.iterrows():
        _diverging_bar(axes, row, thick, colours, settings)
    _statement_axis(axes, latest, step)
    _verdict_column(axes, latest)
    axes.axvline(0, color=PALETTE["black"], linewidth=0.7)
    axes.set_xlim(-100, 100)
    axes.set_xticks([-100, -50, 0, 50, 100], ["100", "50", "0", "50", "100"])
    axes.set_xlabel("← unfavourable      share of ratings, %      favourable →")
    _scale_legend(figure, colours, settings)
    return figure, shown.drop(columns=["place", "slots"])


def _k(settings: DelphiSettings) -> int:
    return settings.scale.highest - settings.scale.lowest + 1


def _bars(summary: pd.DataFrame, latest: pd.DataFrame) -> pd.DataFrame:
    """Up to the last two closed rounds of each statement; the last one only for long lists."""
    closed = summary[summary["state"] == "closed"].sort_values(["statement", "round"])
    last = 1 if len(latest) > 45 else 2
    closed = closed.groupby("statement").tail(last)
    place = {s: i for i, s in enumerate(latest["statement"])}
    closed = closed[closed["statement"].isin(place)]
    slots = closed.groupby("statement")["round"].transform("size")
    slot = closed.groupby("statement").cumcount()
    offset = (slot - (slots - 1) / 2) * 0.82 / slots.max()
    kept = ["statement", "version", "round", "n", "counts", "median", "iqr", "verdict"]
    found = closed[kept].assign(place=closed["statement"].map(place) + offset, slots=slots)
    return found.sort_values("place", kind="stable")


def _diverging_bar(axes, row, thick, colours, settings) -> None:
    counts = np.array([int(c) for c in row["counts"].split(";")], float)
    share = 100 * counts / counts.sum()
    points = np.arange(settings.scale.lowest, settings.scale.highest + 1)
    below = points < settings.scale.unfavourable_to + 1
    middle = ~below & (points < settings.scale.favourable_from)
    left = -share[below].sum() - share[middle].sum() / 2
    for value, colour in zip(share, colours, strict=True):
        if value:
            axes.barh(
                row["place"], value, thick * 0.9, left=left, color=colour,
                edgecolor="#B5B5B5", linewidth=0.25,
            )  # fmt: skip
        left += value
    if row["slots"] > 1:
        axes.annotate(
            f"{row['round']}", (0, row["place"]), xycoords=("axes fraction", "data"),
            xytext=(2, 0), textcoords="offset points", va="center", fontsize=5.5,
            color=PALETTE["grey"],
        )  # fmt: skip


def _statement_axis(axes, latest: pd.DataFrame, step: float) -> None:
    if step > 0.2:
        labels = [
            textwrap.fill(f"{s}  {t}", LABEL_WIDTH)
            for s, t in zip(latest["statement"], latest["text"], strict=True)
        ]
    else:
        labels = list(latest["statement"])
    axes.set_yticks(range(len(latest)), labels, fontsize=5.5 if step > 0.2 else 5)
    axes.set_ylim(len(latest) - 0.4, -0.6)
    axes.tick_params(axis="y", length=0)
    axes.grid(axis="x")
    axes.spines["left"].set_visible(False)


def _verdict_column(axes, latest: pd.DataFrame) -> None:
    for place, (verdict, stable) in enumerate(
        zip(latest["verdict"], latest["stable"], strict=True)
    ):
        words = CALLED[verdict] + {"yes": ", stable", "no": ", not stable"}.get(stable, "")
        axes.annotate(
            words, (1.01, place), xycoords=("axes fraction", "data"), va="center",
            fontsize=6 if len(latest) <= 45 else 4.5, color=COLOURS[verdict],
            annotation_clip=False,
        )  # fmt: skip


def _scale_legend(figure, colours, settings: DelphiSettings) -> None:
    scale = settings.scale
    words = {scale.lowest: f"{scale.lowest} ({scale.lowest_label})"}
    words[scale.highest] = f"{scale.highest} ({scale.highest_label})"
    points = range(scale.lowest, scale.highest + 1)
    if len(colours) > 11:
        points = [scale.lowest, scale.highest]
    handles = [Patch(color=colours[p - scale.lowest], label=words.get(p, str(p))) for p in points]
    figure.legend(
        handles=handles, ncols=len(handles), loc="lower center", bbox_to_anchor=(0.5, 0.995),
        columnspacing=0.8, handlelength=0.9, handletextpad=0.4, fontsize=6.5,
    )  # fmt: skip
    figure.tight_layout()


def draw_map(
    summary: pd.DataFrame, decisions: pd.DataFrame, settings: DelphiSettings
) -> tuple[plt.Figure, pd.DataFrame]:
    """Median against interquartile range of each statement in its last closed round."""
    latest = closed_latest(summary, decisions)
    if latest.empty:
        return figures.awaited(NOTHING), latest
    figure, axes = plt.subplots(figsize=(figures.DOUBLE, 4.0))
    scale = settings.scale
    limit = settings.iqr_limit
    widest = max(latest["iqr"].max(), limit or 0) + 0.6
    axes.axvspan(scale.favourable_from, scale.highest + 0.5, color=PALETTE["light"], zorder=0)
    axes.axvspan(scale.lowest - 0.5, scale.unfavourable_to, color=PALETTE["light"], zorder=0)
    if limit is not None:
        axes.axhline(limit, color=PALETTE["grey"], linestyle="--", linewidth=0.8)
    used = [v for v in ORDER if v in set(latest["verdict"])]
    handles = [
        plt.Line2D([], [], color=COLOURS[v], marker=MARKS[v], linestyle="", label=CALLED[v])
        for v in used
    ]
    axes.legend(handles=handles, loc="lower left", bbox_to_anchor=(0, 1), ncols=len(handles))
    axes.set_xlim(scale.lowest - 0.5, scale.highest + 0.5)
    axes.set_ylim(-0.4, widest)
    axes.set_xlabel("Median (shaded: unfavourable and favourable end of the scale)")
    axes.set_ylabel("Interquartile range, points")
    _label_spots(axes, latest)
    kept = ["statement", "round", "n", "median", "iqr", "share_high", "share_low", "verdict"]
    return figure, latest[kept]


def _label_spots(axes, latest: pd.DataFrame) -> None:
    """One mark per spot and verdict; its ids where neither a mark nor earlier ids stand."""
    width, height = (72 * inches for inches in axes.figure.get_size_inches())
    (left, right), (low, top) = axes.get_xlim(), axes.get_ylim()
    scale = 0.88 * width / (right - left), 0.82 * height / (top - low)
    spots = []
    for (middle, spread), part in latest.groupby(["median", "iqr"], sort=True):
        for i, (verdict, own) in enumerate(part.groupby("verdict", sort=True)):
            x = middle + 0.09 * i
            axes.plot(x, spread, MARKS[verdict], color=COLOURS[verdict], markersize=5.5, alpha=0.9)
            ids = textwrap.fill(" ".join(sorted(own["statement"])), 15)
            spots.append((x * scale[0], spread * scale[1], (x, spread), ids, COLOURS[verdict]))
    taken = [(x - 4, y - 4, x + 4, y + 4) for x, y, *_ in spots]
    # The longest ids first: they find the least room.
    spots.sort(key=lambda spot: (-len(spot[3]), spot[0], spot[1]))
    for x, y, place, ids, colour in spots:
        lines = ids.split("\n")
        wide, tall = 3.7 * max(map(len, lines)), 7.0 * len(lines)
        box, shift = _free_place(x, y, wide, tall, taken)
        taken.append(box)
        axes.annotate(
            ids, place, shift, textcoords="offset points", fontsize=5.5, color=colour,
            ha="center", va="center",
        )  # fmt: skip


def _free_place(x: float, y: float, wide: float, tall: float, taken: list) -> tuple:
    """The nearest box around a mark that overlaps the fewest taken ones, and its shift (points)."""
    found = []
    for reach in (6, 14, 22):
        sides = ((0, tall / 2 + reach), (0, -tall / 2 - reach))
        sides += ((wide / 2 + reach, 0), (-wide / 2 - reach, 0))
        for dx, dy in sides:
            box = (x + dx - wide / 2, y + dy - tall / 2, x + dx + wide / 2, y + dy + tall / 2)
            clashes = sum(
                box[0] < b[2] and b[0] < box[2] and box[1] < b[3] and b[1] < box[3] for b in taken
            )
            found.append((clashes, len(found), box, (dx, dy)))
    return min(found)[2:]


def draw_change(
    change: pd.DataFrame, summary: pd.DataFrame, settings: DelphiSettings
) -> tuple[plt.Figure, pd.DataFrame]:
    """Median of each statement before and after, and the measure that decides on stability."""
    closed = set(summary.loc[summary["state"] == "closed", "round"])
    shown = change[change["after"].isin(closed) & (change["pairs"] > 0)]
    shown = shown.sort_values(["statement", "after"]).groupby("statement").tail(1)
    if shown.empty:
        words = "Change follows when two rounds with the same wording are closed."
        return figures.awaited(words), change.iloc[:0]
    measure, limit, words, upper = _stability_measure(settings)
    values = shown[measure].abs() if measure == "variation" else shown[measure]
    shown = shown.assign(value=values).sort_values(["value", "statement"], ascending=[upper, True])
    middle = summary.set_index(["statement", "round"])["median"]
    keys = list(zip(shown["statement"], shown["before"], strict=True))
    shown = shown.assign(median_before=[middle[k] for k in keys])
    keys = list(zip(shown["statement"], shown["after"], strict=True))
    shown = shown.assign(median_after=[middle[k] for k in keys])
    step = min(0.2, TALL / len(shown))
    figure, (left, right) = plt.subplots(
        1, 2, sharey=True, figsize=(figures.DOUBLE, step * len(shown) + 1.0), width_ratios=[1, 1]
    )
    _dumbbells(left, shown, settings)
    _stability_dots(right, shown, limit, words)
    left.set_yticks(range(len(shown)), shown["statement"], fontsize=6.5 if step > 0.12 else 4.5)
    left.set_ylim(len(shown) - 0.4, -0.6)
    figure.tight_layout()
    kept = ["statement", "version", "before", "after", "pairs", "median_before", "median_after"]
    return figure, shown[[*kept, measure, "stable"]]


def _stability_measure(settings: DelphiSettings):
    """Column of CHANGE, limit, its words, and whether more is better."""
    chosen = settings.stability
    points = "point" if chosen.within == 1 else "points"
    return {
        "individual": (
            "within", chosen.individual, f"Moved by at most {chosen.within} {points}, share", True,
        ),
        "net_change": ("net_change", chosen.net_change, "Net change", False),
        "variation": ("variation", chosen.variation, "Change of variation (absolute)", False),
        "kappa": ("kappa", chosen.kappa, "Weighted kappa", True),
    }[chosen.rule]  # fmt: skip


def _dumbbells(axes, shown: pd.DataFrame, settings: DelphiSettings) -> None:
    y = np.arange(len(shown))
    before, after = shown["median_before"].to_numpy(), shown["median_after"].to_numpy()
    axes.hlines(y, before, after, color=PALETTE["grey"], linewidth=1.2)
    axes.plot(
        before, y, "o", markerfacecolor="white", markeredgecolor=PALETTE["grey"], markersize=4.5,
        label="before", zorder=3,
    )  # fmt: skip
    axes.plot(after, y, "o", color=PALETTE["blue"], markersize=3.2, label="after", zorder=4)
    axes.set_xlim(settings.scale.lowest - 0.4, settings.scale.highest + 0.4)
    axes.set_xlabel("Median of all who rated")
    axes.grid(axis="x")
    axes.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=2)


def _stability_dots(axes, shown: pd.DataFrame, limit: float, words: str) -> None:
    y = np.arange(len(shown))
    stable = (shown["stable"] == "yes").to_numpy()
    values = shown["value"].to_numpy()
    axes.plot(values[stable], y[stable], "o", color=PALETTE["blue"], label="stable")
    axes.plot(values[~stable], y[~stable], "D", color=PALETTE["vermilion"], label="not stable")
    for line in axes.lines:
        line.set_markersize(4)
    axes.axvline(limit, color=PALETTE["black"], linestyle="--", linewidth=0.8)
    axes.set_xlim(min(0, values.min()), max(1, values.max()) * 1.03)
    axes.set_xlabel(f"{words} (dashed: limit)")
    axes.grid(axis="x")
    axes.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=2)


def draw_flow(
    submissions: pd.DataFrame, panel: pd.DataFrame, rounds: dict[int, str], invited
) -> tuple[plt.Figure, pd.DataFrame]:
    """The panel from round to round: who responded, who did not, who had left."""
    numbers = [r for r in sorted(rounds) if (submissions["round"] == r).any()]
    if not numbers:
        return figures.awaited("No responses to the Delphi yet."), panel.iloc[:0]
    kinds = ["responded", "no response", "left the panel"]
    state = _states(submissions, panel, numbers, rounds, invited)
    figure, axes = plt.subplots(figsize=(figures.DOUBLE, 3.0))
    total, gap = len(panel), 0.05 * len(panel)
    colours = dict(zip(kinds, (PALETTE["blue"], PALETTE["orange"], PALETTE["light"]), strict=True))
    tops = {}
    for x, number in enumerate(numbers):
        level = 0.0
        for kind in kinds:
            n = sum(s == kind or s.startswith(f"{kind} ") for s in state[number].values())
            if n:
                axes.bar(x, n, 0.16, bottom=level, color=colours[kind])
                axes.text(x, level + n / 2, str(n), ha="center", va="center", fontsize=8,
                          color="white" if kind == "responded" else PALETTE["black"])  # fmt: skip
            tops[number, kind] = level
            level += n + (gap if n else 0)
    for x, (one, other) in enumerate(itertools.pairwise(numbers)):
        _streams(axes, x, state[one], state[other], kinds, tops, one, other, colours)
    names = [f"Round {r}" + (" (open)" if rounds[r] == "open" else "") for r in numbers]
    axes.set_xticks(range(len(numbers)), names)
    axes.set_xlim(-0.3, max(len(numbers) - 0.7, 0.7))
    axes.set_ylim(-0.3, total + 2.4 * gap)
    axes.set_yticks([])
    axes.spines[["left", "bottom"]].set_visible(False)
    axes.tick_params(length=0)
    words = {"no response": "no response (so far, in an open round)"}
    handles = [Patch(color=colours[k], label=words.get(k, k)) for k in kinds]
    axes.legend(handles=handles, loc="lower center", bbox_to_anchor=(0.5, 1.0), ncols=3)
    rows = [
        dict(round=r, panellists=list(state[r].values()).count(k), state=k)
        for r in numbers
        for k in kinds
    ]
    return figure, pd.DataFrame(rows)


def _states(submissions, panel, numbers, rounds, invited) -> dict[int, dict[str, str]]:
    found = {}
    for number in numbers:
        own = (submissions["round"] == number) & (submissions["outcome"] == "counts")
        there, asked = set(submissions.loc[own, "panellist"]), invited(panel, number)
        found[number] = {
            p: "responded" if p in there else "no response" if p in asked else "left the panel"
            for p in panel["panellist"]
        }
    return found


def _streams(axes, x, one, other, kinds, tops, first, second, colours) -> None:
    """Bands between two rounds, as wide as the number of panellists they carry."""
    start = {k: tops[first, k] for k in kinds}
    end = {k: tops[second, k] for k in kinds}
    for source in kinds:
        for target in kinds:
            n = sum(one[p] == source and other[p] == target for p in one)
            if not n:
                continue
            a, b = start[source], end[target]
            start[source] += n
            end[target] += n
            left, right, bend = x + 0.08, x + 0.92, x + 0.5
            points = [
                (left, a), (bend, a), (bend, b), (right, b),
                (right, b + n), (bend, b + n), (bend, a + n), (left, a + n), (left, a),
            ]  # fmt: skip
            codes = [1, 4, 4, 4, 2, 4, 4, 4, 79]
            band = PathPatch(Outline(points, codes), facecolor=colours[target], alpha=0.35, lw=0)
            axes.add_patch(band)
