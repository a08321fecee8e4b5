"""The panel from round to round, and when its responses came in."""

from __future__ import annotations

import itertools

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.patches import Patch
from matplotlib.ticker import MaxNLocator

from coproduction.core import figures
from coproduction.delphi.figure_alluvial import band
from coproduction.delphi.figure_pages import PALETTE

KINDS = ["responded", "no response", "left the panel"]
COLOURS = dict(zip(KINDS, (PALETTE["blue"], PALETTE["orange"], PALETTE["light"]), strict=True))


def draw(
    submissions: pd.DataFrame, panel: pd.DataFrame, rounds: dict[int, str], invited
) -> tuple[plt.Figure, pd.DataFrame]:
    """Left who responded, who did not and who had left; right responses by day of the round."""
    numbers = [r for r in sorted(rounds) if (submissions["round"] == r).any()]
    if not numbers:
        return figures.awaited("No responses to the Delphi yet."), panel.iloc[:0]
    state = _states(submissions, panel, numbers, invited)
    days = {r: response_days(submissions, r) for r in numbers}
    days = {r: found for r, found in days.items() if len(found) > 1}
    figure, axes = _axes(bool(days))
    _streams(axes[0], state, numbers, len(panel))
    names = [f"Round {r}" + ("\n(open)" if rounds[r] == "open" else "") for r in numbers]
    axes[0].set_xticks(range(len(numbers)), names)
    so_far = " (so far, in an open round)" if any(rounds[r] == "open" for r in numbers) else ""
    words = {"no response": f"no response{so_far}"}
    there = {k for found in state.values() for k in found.values()}
    handles = [Patch(color=COLOURS[k], label=words.get(k, k)) for k in KINDS if k in there]
    figure.legend(handles=handles, loc="lower left", bbox_to_anchor=(0.01, -0.01), ncols=3,
                  fontsize=7)  # fmt: skip
    if days:
        _by_day(axes[1], days, rounds)
    rows = [
        dict(round=r, panellists=list(state[r].values()).count(k), state=k)
        for r in numbers
        for k in KINDS
    ]
    return figure, pd.DataFrame(rows)


def _axes(with_days: bool):
    if not with_days:
        figure, axes = plt.subplots(figsize=(figures.DOUBLE, 3.0))
        figure.subplots_adjust(left=0.02, right=0.98, bottom=0.22, top=0.97)
        return figure, [axes]
    figure, axes = plt.subplots(
        1, 2, figsize=(figures.DOUBLE, 3.0), width_ratios=[2.1, 1],
        gridspec_kw=dict(left=0.02, right=0.985, bottom=0.22, top=0.95, wspace=0.2),
    )  # fmt: skip
    return figure, list(axes)


def _states(submissions, panel, numbers, invited) -> dict[int, dict[str, str]]:
    found = {}
    for number in numbers:
        own = (submissions["round"] == number) & (submissions["outcome"] == "counts")
        there, asked = set(submissions.loc[own, "panellist"]), invited(panel, number)
        found[number] = {
            p: "responded" if p in there else "no response" if p in asked else "left the panel"
            for p in panel["panellist"]
        }
    return found


def _streams(axes, state: dict, numbers: list[int], total: int) -> None:
    gap, tops = 0.05 * total, {}
    for x, number in enumerate(numbers):
        level, found = 0.0, list(state[number].values())
        for kind in KINDS:
            n = found.count(kind)
            tops[number, kind] = level
            if n:
                axes.bar(x, n, 0.16, bottom=level, color=COLOURS[kind])
                axes.text(
                    x, level + n / 2, f"{n}", ha="center", va="center", fontsize=8,
                    color="white" if kind == "responded" else PALETTE["black"],
                )  # fmt: skip
                level += n + gap
    for x, (one, other) in enumerate(itertools.pairwise(numbers)):
        start = {k: tops[one, k] for k in KINDS}
        end = {k: tops[other, k] for k in KINDS}
        for source, target in itertools.product(KINDS, KINDS):
            n = sum(state[one][p] == source and state[other][p] == target for p in state[one])
            if n:
                band(axes, x + 0.08, x + 0.92, start[source], end[target], n, COLOURS[target], 0.35)
                start[source] += n
                end[target] += n
    axes.set_xlim(-0.2, max(len(numbers) - 0.8, 0.7))
    axes.set_ylim(-0.3, total + 2.4 * gap)
    axes.set_yticks([])
    axes.spines[["left", "bottom"]].set_visible(False)
    axes.tick_params(length=0)


def response_days(submissions: pd.DataFrame, number: int) -> np.ndarray:
    """Days from the first response of a round to each response with a date, sorted."""
    own = (submissions["round"] == number) & (submissions["outcome"] == "counts")
    dates = pd.to_datetime(submissions.loc[own, "submitted"].str[:10], errors="coerce").dropna()
    return np.sort((dates - dates.min()).dt.days.to_numpy()) if len(dates) else np.array([])


def _by_day(axes, days: dict[int, np.ndarray], rounds: dict[int, str]) -> None:
    shades = [PALETTE[c] for c in ("blue", "vermilion", "green", "orange", "purple", "black")]
    for i, (number, found) in enumerate(sorted(days.items())):
        x, y = np.repeat(found, 2), np.repeat(np.arange(len(found) + 1), 2)[1:-1]
        dashed = "--" if rounds[number] == "open" else "-"
        axes.plot(x, y, dashed, color=shades[i % len(shades)], linewidth=1.4,
                  label=f"round {number}")  # fmt: skip
    axes.set_xlim(left=0)
    axes.set_ylim(0, max(map(len, days.values())) * 1.05)
    axes.yaxis.set_major_locator(MaxNLocator(integer=True))
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.set_xlabel("Days since the first response")
    axes.set_ylabel("Responses with a date")
    axes.grid(axis="y")
    axes.legend(loc="lower right", fontsize=7)
