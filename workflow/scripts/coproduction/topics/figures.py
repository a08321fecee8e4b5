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
    """Coherence and stability over the number of topics; a sentence where nothing is compared."""
    if choice.empty:
        return figures.awaited("Numbers of topics are compared when there are topics.")
    figure, (left, right) = plt.subplots(1, 2, figsize=(figures.DOUBLE, 2.3))
    numbers = choice["topics"].astype(int)
    line = {"marker": "o", "markersize": 3.5}
    left.plot(numbers, choice["coherence"], color=figures.PALETTE["blue"], **line)
    left.set_ylabel("coherence (mean NPMI)")
    right.plot(numbers, choice["stability"], color=figures.PALETTE["blue"], label="mean", **line)
    right.plot(
        numbers,
        choice["least_stable"],
        color=figures.PALETTE["orange"],
        linestyle="--",
        label="least stable topic",
        **line,
    )
    right.set_ylabel("stability (average Jaccard)")
    right.set_ylim(0, 1)
    right.legend(loc="upper right")
    for axes in (left, right):
        axes.axvline(int(numbers[choice["chosen"] == "yes"].iloc[0]), color="#888888", zorder=0)
        axes.set_xticks(numbers)
        axes.set_xlabel("number of topics (line: the chosen one)")
        axes.grid(axis="y")
    left.margins(y=0.15)
    figure.tight_layout(w_pad=2)
    return figure
