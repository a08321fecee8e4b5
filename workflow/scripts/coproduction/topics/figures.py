"""The figure of the topics."""

from collections.abc import Mapping

import matplotlib.pyplot as plt
import pandas as pd
from matplotlib.ticker import MaxNLocator

from coproduction.core import figures
from coproduction.core.lettering import fitted
from coproduction.core.text import split_list

SHOWN_TERMS = 5
LABELS = 2.7  # inches: names or terms at the left


def draw_prevalence(topics: pd.DataFrame, names: Mapping[str, str]) -> plt.Figure:
    """Bars of the topics' prevalence, with their names or terms; a sentence where there are none yet."""
    if topics.empty:
        return figures.awaited("No topics yet: there are too few records with an abstract.")
    labels = [
        "\n".join(fitted(f"{topic}\u00a0 {names.get(topic) or ', '.join(split_list(terms)[:SHOWN_TERMS])}", LABELS, 2))
        for topic, terms in zip(topics["topic"], topics["terms"], strict=True)
    ]
    step = max(0.3, min(0.42, (figures.PRINTED[1] - 1) / len(topics)))
    height = step * len(topics) + 0.55
    figure = plt.figure(figsize=(figures.DOUBLE, height))
    left = (LABELS + 0.15) / figures.DOUBLE
    axes = figure.add_axes((left, 0.45 / height, 0.99 - left, step * len(topics) / height))
    values = 100 * topics["prevalence"].to_numpy()
    positions = range(len(topics))
    axes.barh(positions, values, height=0.62, color=figures.PALETTE["blue"])
    axes.set_yticks(positions, labels)
    axes.invert_yaxis()
    for position, (value, n) in enumerate(zip(values, topics["documents"], strict=True)):
        axes.annotate(f"{value:.0f} %  ({n})", (value, position), (3, 0), textcoords="offset points", va="center")
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.set_xlim(0, values.max() * 1.2)
    axes.set_xlabel("Prevalence, % (in brackets: records that count for it)")
    axes.grid(axis="x")
    axes.tick_params(axis="y", length=0)
    return figure


def draw_choice(choice: pd.DataFrame) -> plt.Figure:
    """Coherence, stability and mean rank over the number of topics; a sentence where nothing is compared."""
    if choice.empty:
        return figures.awaited("Numbers of topics are compared when there are topics.")
    figure, panels = plt.subplots(1, 3, figsize=(figures.DOUBLE, 2.4))
    coherence, stability, rank = panels
    numbers = choice["topics"].astype(int)
    _lines(coherence, choice, {"c_v": "C_v", "coherence": "NPMI"}, "coherence")
    _lines(stability, choice, {"stability": "mean", "least_stable": "least stable topic"}, "stability")
    _lines(rank, choice, {"mean_rank": ""}, "mean rank (low is good)")
    stability.set_ylim(0, 1)
    chosen = numbers[choice["choice"] == "chosen"]
    for axes in panels:
        for number in chosen:
            axes.axvline(int(number), color="#888888", zorder=0)
        axes.xaxis.set_major_locator(MaxNLocator(integer=True, nbins=6))
        axes.set_xlabel("number of topics")
        axes.grid(axis="y")
    figure.tight_layout(w_pad=1.5)
    return figure


def _lines(axes: plt.Axes, choice: pd.DataFrame, named: Mapping[str, str], label: str) -> None:
    """A line for each column, told apart by colour and dashes; those without values are left out."""
    looks = [(figures.PALETTE["blue"], "-"), (figures.PALETTE["orange"], "--")]
    drawn = [name for name in named if choice[name].notna().any()]
    for name, (colour, dashes) in zip(drawn, looks, strict=False):
        numbers = choice["topics"].astype(int)
        axes.plot(numbers, choice[name], color=colour, linestyle=dashes, label=named[name], marker="o", markersize=3)
    axes.set_ylabel(label)
    axes.margins(y=0.1)
    if any(named[name] for name in drawn):
        axes.legend(loc="lower left", bbox_to_anchor=(-0.05, 1), ncols=2, columnspacing=1, handlelength=1.5)
